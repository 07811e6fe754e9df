"""Nash, GMR, SMR, SEQ and SSEQ stability of every state of the hypercube, for every decision maker.

With ranks (0 best) and W(s1) the worst that the others' answers to s1 can bring, a state s is stable where
the least of max(rank(s1), W(s1)) over the decision maker's moves s1 is no better than s. The worst answer is
the greatest rank within the others' reach (GMR, SEQ), or, where the decision maker moves once more (SMR,
SSEQ), the greatest of what is left of it after its best countermove. Counting the state itself among its
moves, and a departure among the answers to it, changes nothing: neither is better than what it is compared
with. Definitions: Fang, Hipel and Kilgour 1993, ch. 3; Rego and Vieira 2017 (SSEQ).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.conflict.hypercube.axes import (
    NOTHING,
    Values,
    axes,
    greatest_within_reach,
    least_within_reach,
)
from standoff.conflict.hypercube.improvements import Improver, raise_by_sequences
from standoff.conflict.hypercube.ranks import feasible_combinations, rank_combinations
from standoff.conflict.model import ENUMERATION_LIMIT, Conflict
from standoff.conflict.preference import Partial
from standoff.conflict.problems import ModelProblem

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
"""The concepts that are judged over the hypercube."""

Combinations = NDArray[np.bool_]
"""A set of states as one truth value for each combination of options."""


@dataclass(frozen=True, eq=False)
class CubeVerdicts:
    """One concept over the hypercube: the stable states by decision maker, and the equilibria."""

    concept: str
    stable: tuple[Combinations, ...]
    equilibria: Combinations


def applies(conflict: Conflict) -> bool:
    """Say whether the hypercube gives exact verdicts: option form, known preferences, options within the
    limit."""
    return (
        bool(conflict.options)
        and conflict.arcs is None
        and conflict.option_count <= ENUMERATION_LIMIT
        and not any(isinstance(preference, Partial) for preference in conflict.preferences)
    )


def judge(conflict: Conflict, concepts: Sequence[str] = CONCEPTS) -> tuple[CubeVerdicts, ...]:
    """Judge every state under some concepts, in the order asked.

    Raises ModelProblem where the conflict is in graph form, has unknown preferences or too many options, or
    has no feasible state.
    """
    _refuse(conflict, concepts)
    cube = _Cube(conflict)
    everyone = range(len(conflict.decision_makers))
    found: dict[str, list[Combinations]] = {concept: [] for concept in concepts}
    for i in everyone:
        for concept in concepts:
            found[concept].append(cube.stable(i, concept))
    verdicts = []
    for concept in concepts:
        common = found[concept][0].copy()
        for stable in found[concept][1:]:
            common &= stable
        verdicts.append(CubeVerdicts(concept, tuple(found[concept]), common))
    return tuple(verdicts)


def _refuse(conflict: Conflict, concepts: Sequence[str]) -> None:
    unknown = [concept for concept in concepts if concept not in CONCEPTS]
    if unknown:
        raise ModelProblem(
            f"{unknown[0]!r} is not judged over the hypercube: take one of {', '.join(CONCEPTS)}"
        )
    if not conflict.options or conflict.arcs is not None:
        raise ModelProblem("a conflict in graph form has no hypercube: solve it state by state")
    if conflict.option_count > ENUMERATION_LIMIT:
        raise ModelProblem(
            f"the conflict has {conflict.option_count} options, and going through all combinations stops at "
            f"{ENUMERATION_LIMIT}: ask a query about a mask instead"
        )


class _Cube:
    """Ranks and feasibility of one conflict, and what is worked out of them once."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        self.everyone = range(len(conflict.decision_makers))
        self.feasible = feasible_combinations(conflict)
        if self.feasible is not None and not self.feasible.any():
            raise ModelProblem(
                "no state is feasible: the masks and constraints exclude every combination of options"
            )
        self.ranks = [
            rank_combinations(preference, conflict.option_count, self.feasible)
            for preference in conflict.preferences
        ]
        self.axes = [axes(conflict, [i]) for i in self.everyone]
        self._improvers: dict[int, Improver] = {}

    def stable(self, i: int, concept: str) -> Combinations:
        """The states that are stable for a decision maker."""
        ranks = self.ranks[i]
        if concept == "nash":
            hope = ranks.copy()
        else:
            hope = self._least_own(i) if concept in ("smr", "sseq") else ranks.copy()
            if self.feasible is not None:
                hope[~self.feasible] = NOTHING
            if concept in ("gmr", "smr"):
                self._raise_by_moves(hope, i)
            else:
                raise_by_sequences(hope, [self._improver(j) for j in self.everyone if j != i])
            np.maximum(hope, ranks, out=hope)
        least_within_reach(hope, self.axes[i])
        stable: Combinations = hope >= ranks
        if self.feasible is not None:
            stable &= self.feasible
        return stable

    def _least_own(self, i: int) -> Values:
        """What is left of each outcome after the decision maker's best countermove."""
        left = self.ranks[i].copy()
        least_within_reach(left, self.axes[i])
        return left

    def _raise_by_moves(self, values: Values, i: int) -> None:
        """Raise values to the greatest that any moves of the others lead to.

        Where every combination is feasible the others' moves make one product of axes. Else each mover's
        moves are gone through in turn until nothing changes, without stopping in infeasible states.
        """
        others = [j for j in self.everyone if j != i]
        if self.feasible is None or len(others) == 1:
            greatest_within_reach(values, axes(self.conflict, others))
            return
        infeasible = ~self.feasible
        quiet = -1
        while others:
            for j in others:
                before = values.copy()
                greatest_within_reach(values, self.axes[j])
                values[infeasible] = NOTHING
                quiet = quiet + 1 if np.array_equal(before, values) else 0
                if quiet >= len(others) - 1:
                    return

    def _improver(self, j: int) -> Improver:
        if j not in self._improvers:
            self._improvers[j] = Improver(self.ranks[j], self.axes[j])
        return self._improvers[j]
