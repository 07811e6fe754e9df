"""The verdicts of one conflict on every state at once, under each kind of foresight.

The answer judges many variants of one conflict against one definition of a settlement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from standoff.conflict.answer.settlement import Settlement
from standoff.conflict.hypercube.stability import CONCEPTS, judge
from standoff.conflict.model import Conflict

States = NDArray[np.bool_]
"""One truth value for each combination of options."""


@dataclass(frozen=True, eq=False)
class Board:
    """Which states are stable for each party and for all, by concept, and which settle the conflict.

    All arrays have length 2^options.
    """

    conflict: Conflict
    stable: dict[str, tuple[States, ...]]
    equilibria: dict[str, States]
    settled: States

    def holds(self, state: int, concept: str) -> bool:
        """Whether a state is an equilibrium."""
        return bool(self.equilibria[concept][state])

    def outcomes(self, concept: str) -> list[int]:
        """The equilibria, ascending."""
        return [int(state) for state in np.flatnonzero(self.equilibria[concept])]

    def settlements(self, concept: str) -> list[int]:
        """The equilibria that settle the conflict, ascending."""
        return [int(state) for state in np.flatnonzero(self.equilibria[concept] & self.settled)]

    @cached_property
    def possible_settlements(self) -> list[int]:
        """The feasible states that would settle the conflict, stable or not."""
        return [int(state) for state in self.conflict.feasible if self.settled[state]]


def board_of(conflict: Conflict, settlement: Settlement, concepts: Sequence[str] = CONCEPTS) -> Board:
    """Judge a conflict; raises ModelProblem where it is in graph form, too large or partly unknown."""
    verdicts = judge(conflict, tuple(concepts))
    every = np.arange(1 << conflict.option_count, dtype=np.int64)
    return Board(
        conflict,
        {verdict.concept: verdict.stable for verdict in verdicts},
        {verdict.concept: verdict.equilibria for verdict in verdicts},
        settlement.among(every),
    )
