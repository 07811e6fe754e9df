"""The conflict model: decision makers, options, feasible states, moves, preferences.

Graph Model for Conflict Resolution: Kilgour, Hipel and Fang 1987 (Automatica 23); Fang, Hipel and Kilgour
1993, *Interactive Decision Making*; Xu, Hipel, Kilgour and Fang 2018, *Conflict Resolution Using the Graph
Model*.

A state is an int. In option form option k is bit k. In a model without options (pure graph form) a state is
the position of its id in `states`. The model is a frozen value without results; whatever is computed from
it lives in functions of this room.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from standoff.conflict.formula import And, Formula, If, Not, Or, Taken, holds, truth
from standoff.conflict.masks import Mask, state_signs
from standoff.conflict.preference import Partial, Preference, ranks
from standoff.conflict.problems import ModelProblem

if TYPE_CHECKING:
    from standoff.conflict.large_solution import LargeSolution
    from standoff.conflict.solution import Solution

Moves = Literal["both", "on", "off"]
Arc = tuple[int, int]

ENUMERATION_LIMIT = 24
"""The most options whose states are ever listed one by one."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that its owners can do or leave.

    `owners` are numbers of decision makers; one, but for an option that either of several can switch (a
    common move). `moves` is `both`, `on` (only from not taken to taken) or `off`. `id` is a short name for
    formulas; may be empty.
    """

    name: str
    owners: tuple[int, ...]
    moves: Moves = "both"
    id: str = ""


@dataclass(frozen=True, slots=True)
class Constraint:
    """A rule that every feasible state keeps; `kind` and `text` say how its author put it, `formula` what
    it means."""

    formula: Formula
    kind: Literal["exclusive", "at_least_one", "exactly_one", "only_if", "rule"] = "rule"
    text: str = ""


def exclusive(options: tuple[int, ...]) -> Formula:
    """At most one of the options is taken."""
    pairs = [(a, b) for i, a in enumerate(options) for b in options[i + 1 :]]
    return And(tuple(Not(And((Taken(a), Taken(b)))) for a, b in pairs))


def at_least_one(options: tuple[int, ...]) -> Formula:
    """One of the options or more is taken."""
    return Or(tuple(Taken(option) for option in options))


def only_if(option: int, condition: Formula) -> Formula:
    """The option is taken only where the condition is true."""
    return If(condition, Taken(option))


@dataclass(frozen=True, slots=True)
class View:
    """How one decision maker sees the conflict (hypergame of level 1: Bennett 1977; Wang, Hipel and Fraser
    1988).

    `unseen` are options that the viewer does not know of, `never` formulas of states that the viewer thinks
    impossible, `preferences` what the viewer takes some decision makers (itself too) to prefer.
    """

    viewer: int
    unseen: tuple[int, ...] = ()
    never: tuple[Formula, ...] = ()
    preferences: tuple[tuple[int, Preference], ...] = ()


@dataclass(frozen=True)
class Conflict:
    """One conflict.

    `states` lists the feasible states with their ids, in the author's order; empty in option form means all
    that the masks and constraints leave, each with its value as id. `arcs` holds one tuple of moves `(from,
    to)` for each decision maker and then takes the place of the moves that the options imply.
    `attitudes[i][j]` is the attitude of i towards j: 1, 0 or -1. `observers` are decision makers without
    options or moves by intention.
    """

    name: str
    decision_makers: tuple[str, ...]
    options: tuple[Option, ...]
    preferences: tuple[Preference, ...]
    infeasible: tuple[Mask, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    states: tuple[tuple[str, int], ...] = ()
    arcs: tuple[tuple[Arc, ...], ...] | None = None
    status_quo: int | None = None
    observers: tuple[int, ...] = ()
    attitudes: tuple[tuple[int, ...], ...] | None = None
    views: tuple[View, ...] = ()
    source: str = field(default="", compare=False)

    @classmethod
    def load(cls, path: str | Path) -> Conflict:
        """Read a conflict from a `.toml`, `.json` or `.gmcr` file; raise ModelProblem with the place of a
        mistake."""
        from standoff.conflict.files import load_conflict

        return load_conflict(Path(path))

    def save(self, path: str | Path) -> None:
        """Write the conflict in the form that the suffix names: `.toml`, `.json` or `.gmcr`."""
        from standoff.conflict.files import save_conflict

        save_conflict(self, Path(path))

    def solve(self) -> Solution | LargeSolution:
        """Say which states are stable for whom, in which sense, and what can be reached from the status
        quo."""
        from standoff.conflict.solution import solve

        return solve(self)

    # Options --------------------------------------------------------------------------------------

    @property
    def option_count(self) -> int:
        """The number of options."""
        return len(self.options)

    def owned(self, decision_maker: int) -> int:
        """The options of a decision maker, as bits."""
        return sum(1 << k for k, option in enumerate(self.options) if decision_maker in option.owners)

    @cached_property
    def only_on(self) -> int:
        """The options that can only be switched on, as bits."""
        return sum(1 << k for k, option in enumerate(self.options) if option.moves == "on")

    @cached_property
    def only_off(self) -> int:
        """The options that can only be switched off, as bits."""
        return sum(1 << k for k, option in enumerate(self.options) if option.moves == "off")

    @property
    def has_common_options(self) -> bool:
        """Whether some option belongs to more than one decision maker."""
        return any(len(option.owners) > 1 for option in self.options)

    # Feasible states ------------------------------------------------------------------------------

    def is_feasible(self, state: int) -> bool:
        """Say whether a state can occur."""
        if self.states:
            return state in self._listed
        if state < 0 or state >> self.option_count:
            return False
        return not any(mask.matches(state) for mask in self.infeasible) and all(
            holds(constraint.formula, state) for constraint in self.constraints
        )

    def feasible_among(self, states: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Say for each of an array of states (up to 62 options) whether masks and constraints leave it in."""
        left = np.ones(states.shape, dtype=np.bool_)
        for mask in self.infeasible:
            left &= ~mask.matching(states)
        for constraint in self.constraints:
            left &= truth(constraint.formula, states)
        return left

    @cached_property
    def feasible(self) -> NDArray[np.int64]:
        """The feasible states: the listed ones in their order, else ascending. Raises ModelProblem past the
        limit."""
        if self.states:
            return np.array([state for _, state in self.states], dtype=np.int64)
        if self.option_count > ENUMERATION_LIMIT:
            raise ModelProblem(
                f"the conflict has {self.option_count} options, and listing its states stops at "
                f"{ENUMERATION_LIMIT}: ask a query about a mask instead, or join or fix options",
                ("option", ENUMERATION_LIMIT),
            )
        every = np.arange(1 << self.option_count, dtype=np.int64)
        return every[self.feasible_among(every)]

    @cached_property
    def _listed(self) -> dict[int, str]:
        return {state: id for id, state in self.states}

    @cached_property
    def _by_id(self) -> dict[str, int]:
        return dict(self.states)

    def state_id(self, state: int) -> str:
        """The id of a state: the author's where states are listed, else its value."""
        return self._listed.get(state, str(state))

    def state_of(self, id: str) -> int | None:
        """The state with an id, or None."""
        if self.states:
            return self._by_id.get(id)
        short = id.isdecimal() and len(id) <= 20
        return int(id) if short and self.is_feasible(int(id)) else None

    def signs(self, state: int) -> str:
        """The state as a mask; empty in a model without options."""
        return state_signs(state, self.option_count)

    # Moves ----------------------------------------------------------------------------------------

    def can_switch(self, decision_maker: int, state: int) -> int:
        """The options, as bits, that a decision maker may switch in a state, were every state feasible."""
        return self.owned(decision_maker) & ~(state & self.only_on) & ~(~state & self.only_off)

    def reachable(self, decision_maker: int, state: int) -> list[int]:
        """The states that a decision maker can move to in one step (R_i), ascending; several options may
        switch at once."""
        if self.arcs is not None:
            return sorted({target for source, target in self.arcs[decision_maker] if source == state})
        free = self.can_switch(decision_maker, state)
        return sorted(state ^ switch for switch in _subsets(free) if self.is_feasible(state ^ switch))

    # Preferences ----------------------------------------------------------------------------------

    def ranks(self, decision_maker: int) -> NDArray[np.int32]:
        """Rank the feasible states for a decision maker (shape of `feasible`, 0 best, ties share a rank)."""
        return ranks(self.preferences[decision_maker], self.feasible)

    @property
    def has_unknown(self) -> bool:
        """Whether some preference is partly unknown."""
        return any(isinstance(preference, Partial) for preference in self.preferences)


def _subsets(bits: int) -> Iterator[int]:
    """Give the non-empty subsets of a set of bits."""
    subset = bits
    while subset:
        yield subset
        subset = (subset - 1) & bits
