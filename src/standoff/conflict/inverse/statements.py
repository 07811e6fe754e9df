"""Priority statements that may be dropped, moved or added, as literals: which of two states is better.

One state is better than another where a kept statement favours it and every kept statement that favours the
other comes later (option prioritisation: Hipel, Kilgour, Fang and Peng 1997). Each statement that is
dropped, moved or added costs 1; the statements that are neither keep their order among each other. Added
are single options, to be taken or not to be taken. One statement at least is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from standoff.conflict.formula import Formula, Not, Taken, truth
from standoff.conflict.graph import members
from standoff.conflict.inverse.clauses import FALSE, TRUE, Clauses
from standoff.conflict.preference import Priorities, Priority
from standoff.conflict.problems import ModelProblem


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: what happens to which statement, and the number (from 1) at which it stands afterwards.

    `before` is its number before the change, 0 for an added one; `place` is 0 for a dropped one.
    """

    kind: Literal["dropped", "moved", "added"]
    statement: Priority
    before: int
    place: int


class Stated:
    """Priorities of which statements may be dropped, moved or added at a cost of 1 each (`Changeable`)."""

    def __init__(
        self,
        clauses: Clauses,
        preference: Priorities,
        states: Sequence[int],
        options: int,
        *,
        additions: bool,
    ) -> None:
        """Take the statements as they are; `states` are the states by position, as option bits."""
        if any(len(level) != 1 for level in preference.levels):
            raise ModelProblem(
                "statements that count alike cannot be moved one by one: put one statement on each level, or "
                "ask for a change of the ranking"
            )
        self._clauses = clauses
        self._old = [level[0] for level in preference.levels]
        self._items = [*self._old, *(_additions(self._old, options) if additions else ())]
        self._true = [truth(item.formula, np.array(states, dtype=np.int64)).tolist() for item in self._items]
        self._keep = [clauses.fresh() for _ in self._items]
        self._moved = [clauses.fresh() for _ in self._old]
        self._order: dict[tuple[int, int], int] = {}
        self._truths = [
            sum(1 << p for p, true in enumerate(self._true) if true[state]) for state in range(len(states))
        ]
        self._literals: dict[tuple[bool, int, int], int] = {}
        self._decisive: dict[tuple[int, int], int] = {}
        self._kept_before: dict[tuple[int, int], int] = {}
        self._triples: set[tuple[int, int, int]] = set()
        for number, keep in enumerate(self._keep):
            old = number < len(self._old)
            clauses.wish(keep if old else -keep)
            if old:
                clauses.wish(-self._moved[number])
        clauses.add(self._keep)
        for p, q in combinations(range(len(self._old)), 2):
            clauses.add((self._moved[p], self._moved[q], self._earlier(p, q)))

    def _earlier(self, p: int, q: int) -> int:
        """A literal that is true where one statement comes before another."""
        low, high = min(p, q), max(p, q)
        if (low, high) not in self._order:
            self._order[low, high] = self._clauses.fresh()
        return self._order[low, high] if p < q else -self._order[low, high]

    def better(self, target: int, source: int) -> int:
        """A literal that makes one state better: a kept statement for it, before all that speak against."""
        favouring, against = self._speaking(target, source)
        key = (True, favouring, against)
        if key not in self._literals:
            reasons = [self._decides(p, against) for p in members(favouring)]
            literal = self._literals[key] = self._clauses.fresh() if reasons else FALSE
            if reasons:
                self._clauses.add((-literal, *reasons))
        return self._literals[key]

    def no_better(self, target: int, source: int) -> int:
        """A literal that makes one state no better: each kept statement for it has one against it before."""
        favouring, against = self._speaking(target, source)
        key = (False, favouring, against)
        if key not in self._literals:
            literal = self._literals[key] = self._clauses.fresh() if favouring else TRUE
            for p in members(favouring):
                reasons = [self._is_kept_before(q, p) for q in members(against)]
                self._clauses.add((-literal, -self._keep[p], *reasons))
        return self._literals[key]

    def _speaking(self, target: int, source: int) -> tuple[int, int]:
        """The statements that favour one state over another, and those that speak against it, as bits:
        whichever states they are, the same statements decide alike."""
        one, other = self._truths[target], self._truths[source]
        return one & ~other, other & ~one

    def _decides(self, p: int, against: int) -> int:
        """A literal that keeps a statement and puts it before all of some others that are kept."""
        if (p, against) not in self._decisive:
            literal = self._decisive[p, against] = self._clauses.fresh()
            self._clauses.add((-literal, self._keep[p]))
            for q in members(against):
                self._clauses.add((-literal, -self._keep[q], self._earlier(p, q)))
        return self._decisive[p, against]

    def _is_kept_before(self, q: int, p: int) -> int:
        """A literal that keeps a statement and puts it before another."""
        if (q, p) not in self._kept_before:
            literal = self._kept_before[q, p] = self._clauses.fresh()
            self._clauses.add((-literal, self._keep[q]))
            self._clauses.add((-literal, self._earlier(q, p)))
        return self._kept_before[q, p]

    # Solutions ------------------------------------------------------------------------------------

    def refine(self) -> bool:
        """Forbid the circles of three in which the last solution orders the statements that it keeps."""
        kept = [p for p, keep in enumerate(self._keep) if self._clauses.is_true(keep)]
        before = np.array([[p != q and self._before(p, q) for q in kept] for p in kept], dtype=np.bool_)
        if len(set(before.sum(axis=1).tolist())) == len(kept):
            return False
        found = set()
        for at, (p, row) in enumerate(zip(kept, before, strict=True)):
            for other in np.flatnonzero(row).tolist():
                for third in np.flatnonzero(before[other] & before[:, at]).tolist():
                    low, middle, high = sorted((p, kept[other], kept[third]))
                    found.add((low, middle, high))
        for p, q, r in sorted(found - self._triples):
            self._clauses.add((-self._earlier(p, q), -self._earlier(q, r), -self._earlier(r, p)))
            self._clauses.add((self._earlier(p, q), self._earlier(q, r), self._earlier(r, p)))
        self._triples |= found
        return bool(found)

    def _before(self, p: int, q: int) -> bool:
        """Whether one statement comes before another in the last solution; what nothing speaks of is as it
        was."""
        variable = self._order.get((min(p, q), max(p, q)))
        return p < q if variable is None else self._clauses.is_true(variable if p < q else -variable)

    def _in_order(self) -> list[int]:
        """The kept statements of the last solution, the most important first."""
        kept = [p for p, keep in enumerate(self._keep) if self._clauses.is_true(keep)]
        return sorted(kept, key=lambda p: sum(self._before(q, p) for q in kept if q != p))

    def ranks(self) -> tuple[int, ...]:
        """The ranking in the last solution, which must break no rule."""
        order = self._in_order()
        count = len(self._true[0])
        keys = [tuple(not self._true[p][state] for p in order) for state in range(count)]
        dense = {key: rank for rank, key in enumerate(sorted(set(keys)))}
        return tuple(dense[key] for key in keys)

    def preference(self) -> Priorities:
        """The statements in the last solution."""
        return Priorities(tuple((self._items[p],) for p in self._in_order()))

    def edits(self) -> tuple[Edit, ...]:
        """What the last solution changes."""
        order = self._in_order()
        places = {p: place for place, p in enumerate(order, start=1)}
        still = _longest_rising([p for p in order if p < len(self._old)])
        found = []
        for p, item in enumerate(self._items):
            if p >= len(self._old):
                if p in places:
                    found.append(Edit("added", item, 0, places[p]))
            elif p not in places:
                found.append(Edit("dropped", item, p + 1, 0))
            elif p not in still:
                found.append(Edit("moved", item, p + 1, places[p]))
        return tuple(found)


def _additions(old: Sequence[Priority], options: int) -> list[Priority]:
    known: set[Formula] = {item.formula for item in old}
    formulas: list[Formula] = [f for k in range(options) for f in (Taken(k), Not(Taken(k)))]
    return [Priority(formula) for formula in formulas if formula not in known]


def _longest_rising(numbers: list[int]) -> set[int]:
    """The longest subsequence that rises: statements that can be said to have stayed."""
    length = np.ones(len(numbers), dtype=int)
    previous = [-1] * len(numbers)
    for at, number in enumerate(numbers):
        for earlier in range(at):
            if numbers[earlier] < number and length[earlier] + 1 > length[at]:
                length[at], previous[at] = length[earlier] + 1, earlier
    found: set[int] = set()
    at = int(np.argmax(length)) if numbers else -1
    while at >= 0:
        found.add(numbers[at])
        at = previous[at]
    return found
