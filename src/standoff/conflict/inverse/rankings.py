"""A ranking that may change, as literals: which of two states is better.

A weak order is a relation "better" that is asymmetric and negatively transitive: where x is better than y,
x is better than z or z better than y, for every z. Each pair of states that compares differently than before
costs 1. A pair gets its variables only when something speaks of it, and the rule for three states is added
where a solution breaks it, or where it makes a pair's true cost known at once: a pair cannot turn without
every state between turning against one of the two.
"""

from __future__ import annotations

from itertools import permutations
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from standoff.conflict.inverse.clauses import FALSE, TRUE, Clauses
from standoff.conflict.inverse.game import Ranks


class Changeable(Protocol):
    """A preference in a search: literals for its comparisons, and the ranking that a solution gives it.

    A literal, where true, makes its comparison hold; where false, it need not fail.
    """

    def better(self, target: int, source: int) -> int:
        """A literal that makes one state better than another."""

    def no_better(self, target: int, source: int) -> int:
        """A literal that makes one state no better than another."""

    def refine(self) -> bool:
        """Add the rules that the last solution breaks; say whether there were any."""

    def ranks(self) -> tuple[int, ...]:
        """The ranking in the last solution."""


class Fixed:
    """A ranking that stays as it is."""

    def __init__(self, ranks: Ranks) -> None:
        """Keep the ranks."""
        self._ranks = tuple(ranks)

    def better(self, target: int, source: int) -> int:
        """A constant."""
        return TRUE if self._ranks[target] < self._ranks[source] else FALSE

    def no_better(self, target: int, source: int) -> int:
        """A constant."""
        return -self.better(target, source)

    def refine(self) -> bool:
        """Nothing to add."""
        return False

    def ranks(self) -> tuple[int, ...]:
        """The ranking."""
        return self._ranks


class Ranked:
    """A ranking of which every comparison may change at a cost of 1 (`Changeable`)."""

    def __init__(self, clauses: Clauses, ranks: Ranks, below: int | None = None) -> None:
        """Take the ranks as they are; pairs that cannot turn at less than a total cost of `below` stay."""
        self._clauses = clauses
        self._before = np.array(ranks, dtype=np.int64)
        self._pairs: dict[tuple[int, int], int] = {}
        self._triples: set[tuple[int, int, int]] = set()
        self._below = below
        self._sorted = np.sort(self._before)

    def better(self, target: int, source: int) -> int:
        """A literal that makes one state better than another, with the states between."""
        if (min(target, source), max(target, source)) not in self._pairs and self._may_turn(target, source):
            self._pair(target, source)
            self._add_between(target, source)
        return self._literal(target, source)

    def no_better(self, target: int, source: int) -> int:
        """A literal that makes one state no better than another, with the states between."""
        return -self.better(target, source)

    def _may_turn(self, a: int, b: int) -> bool:
        return self._below is None or self._least_cost(a, b) < self._below

    def _least_cost(self, a: int, b: int) -> int:
        low, high = sorted((self._before[a], self._before[b]))
        first = np.searchsorted(self._sorted, low, side="left")
        return int(np.searchsorted(self._sorted, high, side="right") - first) - 1

    def _literal(self, x: int, y: int) -> int:
        """The literal of "x better than y" of a pair that has its variables, or the constant that it is."""
        variable = self._pairs.get((min(x, y), max(x, y)))
        if variable is None:
            return TRUE if self._before[x] < self._before[y] else FALSE
        return variable if x < y else variable + 1

    def _pair(self, a: int, b: int) -> None:
        """Give a pair its two variables, the wish that it stay, and the rule that only one holds."""
        key = (min(a, b), max(a, b))
        if key in self._pairs or not self._may_turn(a, b):
            return
        self._pairs[key] = self._clauses.fresh()
        self._clauses.fresh()
        self._clauses.add((-self._literal(a, b), -self._literal(b, a)))
        if self._before[a] == self._before[b]:
            self._clauses.wish(-self._literal(a, b))
            self._clauses.wish(-self._literal(b, a))
        else:
            first, second = (a, b) if self._before[a] < self._before[b] else (b, a)
            self._clauses.wish(self._literal(first, second))

    def _add_between(self, a: int, b: int) -> None:
        low, high = sorted((self._before[a], self._before[b]))
        for c in np.flatnonzero((self._before >= low) & (self._before <= high)).tolist():
            if c not in (a, b):
                self._triple(a, b, c)

    def _triple(self, a: int, b: int, c: int) -> None:
        """Add the rule for three states, in all six ways."""
        key = tuple(sorted((a, b, c)))
        if key in self._triples:
            return
        self._triples.add((key[0], key[1], key[2]))
        self._pair(a, b)
        self._pair(a, c)
        self._pair(b, c)
        for x, y, z in permutations((a, b, c)):
            self._clauses.add((-self._literal(x, y), self._literal(x, z), self._literal(z, y)))

    # Solutions ------------------------------------------------------------------------------------

    def refine(self) -> bool:
        """Add the rules for three states that the last solution breaks."""
        better = self._better()
        broken: set[tuple[int, int, int]] = set()
        for a, b in self._changed(better):
            thirds = np.zeros(len(self._before), dtype=np.bool_)
            for x, y in ((a, b), (b, a)):
                over, under = better[x], better[:, x]
                if better[x, y]:
                    thirds |= ~over & ~better[:, y]
                else:
                    # The pair is one of the two that a third state's comparison leans on.
                    thirds |= (over & ~better[y]) | (better[:, y] & ~under)
            thirds[[a, b]] = False
            for c in np.flatnonzero(thirds).tolist():
                low, middle, high = sorted((a, b, c))
                broken.add((low, middle, high))
        for triple in broken:
            self._triple(*triple)
        return bool(broken)

    def _better(self) -> NDArray[np.bool_]:
        better: NDArray[np.bool_] = self._before[:, None] < self._before[None, :]
        for (a, b), variable in self._pairs.items():
            better[a, b] = self._clauses.is_true(variable)
            better[b, a] = self._clauses.is_true(variable + 1)
        return better

    def _changed(self, better: NDArray[np.bool_]) -> list[tuple[int, int]]:
        """The pairs that compare differently than before."""
        return [
            (a, b)
            for a, b in self._pairs
            if better[a, b] != (self._before[a] < self._before[b])
            or better[b, a] != (self._before[b] < self._before[a])
        ]

    def ranks(self) -> tuple[int, ...]:
        """The ranking in the last solution, which must break no rule: how many states are better, made
        dense."""
        _, dense = np.unique(self._better().sum(axis=0), return_inverse=True)
        return tuple(int(rank) for rank in dense)
