"""A ranking that may change, as literals: which of two states is better.

The cost of a new ranking is the number of pairs of states that compare differently than before (Kendall's
tau, ties included). Only the states that some clause speaks of are placed anew, because of two facts:

- States that stand next to each other, and of which no clause speaks, are moved as one block without loss:
  all compare alike with everything outside, so the cheapest place of one of them serves all.
- Such blocks keep their order. If in a ranking block A comes after (or level with) block B, though it came
  before, then put A just above B, or B just below A. For each state between, what the one move costs per
  member the other gains per member, whatever that state compared like before; so one of the two costs
  nothing, and the pair A, B is put right.

So a ranking is a place, among the blocks in their order, for each state spoken of, and the order of those
that share a place. A place is a number in unary ("no later than here"), each block that is passed costs its
weight, and a place that alone costs more than the limit is left out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise, permutations
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from standoff.conflict.inverse.clauses import FALSE, TRUE, Clauses
from standoff.conflict.inverse.game import Ranks

TRIPLES_AT_ONCE = 400
"""The most rules for three states that are added after one solution."""


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


class Lessons:
    """Pairs and threes of states that solutions got wrong: the next problem about the same ranking begins
    with their rules."""

    def __init__(self) -> None:
        """Start with none."""
        self.pairs: set[tuple[int, int]] = set()
        self.triples: set[tuple[int, int, int]] = set()


class Ranked:
    """A ranking of which every comparison may change at a cost of 1 (`Changeable`)."""

    def __init__(
        self, clauses: Clauses, ranks: Ranks, touched: Iterable[int], limit: int, lessons: Lessons
    ) -> None:
        """Take the ranks as they are; `touched` are the states that clauses speak of, and only rankings
        that cost at most `limit` need to be found."""
        self._clauses = clauses
        self._ranks = tuple(ranks)
        self._limit = limit
        self._touched = sorted(touched, key=lambda s: (ranks[s], s))
        self._pairs: dict[tuple[int, int], int] = {}
        self._triples: set[tuple[int, int, int]] = set()
        self._line = _Line(self._ranks, self._touched)
        self._places = {t: self._line.places(self._ranks[t], limit) for t in self._touched}
        self._unary = {t: self._place(t) for t in self._touched}
        self._lessons = lessons
        among = set(self._touched)
        for a, b in sorted(lessons.pairs):
            if a in among and b in among:
                self._pair(a, b)
        for triple in sorted(lessons.triples):
            if among.issuperset(triple):
                self._triple(*triple)

    # Places ---------------------------------------------------------------------------------------

    def _place(self, state: int) -> list[int]:
        """Give a state its place, and wish that it pass no block."""
        places, clauses = self._places[state], self._clauses
        unary = [clauses.fresh() for _ in places[:-1]]
        for earlier, later in pairwise(unary):
            clauses.add((-earlier, later))
        home = self._line.home[self._ranks[state]]
        for block in self._line.blocks[places[0] // 2 : (places[-1] + 1) // 2]:
            before, upto = (_at_most(places, unary, place) for place in (block.place - 1, block.place))
            if home < block.place:
                clauses.wish(before, block.weight)
            elif home > block.place:
                clauses.wish(-upto, block.weight)
            else:
                clauses.wish(-before, block.weight)
                clauses.wish(upto, block.weight)
        return unary

    def _upto(self, state: int, place: int) -> int:
        return _at_most(self._places[state], self._unary[state], place)

    # Pairs ----------------------------------------------------------------------------------------

    def better(self, target: int, source: int) -> int:
        """A literal that makes one state better than another."""
        if target == source:
            return FALSE
        self._pair(target, source)
        return self._literal(target, source)

    def no_better(self, target: int, source: int) -> int:
        """A literal that makes one state no better than another."""
        return -self.better(target, source)

    def _literal(self, x: int, y: int) -> int:
        """The literal of "x better than y" of a pair that has its variables, or the constant that it is."""
        variable = self._pairs.get((min(x, y), max(x, y)))
        if variable is None:
            return TRUE if self._ranks[x] < self._ranks[y] else FALSE
        return variable if x < y else variable + 1

    def _pair(self, a: int, b: int) -> None:
        """Give a pair its two variables, the wish that it stay, and what they say of the places."""
        key = (min(a, b), max(a, b))
        if key in self._pairs or self._line.distance(self._ranks[a], self._ranks[b]) > self._limit:
            return
        clauses = self._clauses
        self._pairs[key] = clauses.fresh()
        clauses.fresh()
        over, under = self._literal(a, b), self._literal(b, a)
        clauses.add((-over, -under))
        if self._ranks[a] == self._ranks[b]:
            clauses.wish(-over)
            clauses.wish(-under)
        else:
            clauses.wish(over if self._ranks[a] < self._ranks[b] else under)
        for place in sorted({*self._places[a], *self._places[b]}):
            # What is no worse comes no later, and on a place that a block holds all are equal.
            clauses.add((under, -self._upto(b, place), self._upto(a, place)))
            clauses.add((over, -self._upto(a, place), self._upto(b, place)))
            if place % 2:
                apart = (
                    self._upto(a, place - 1),
                    -self._upto(a, place),
                    self._upto(b, place - 1),
                    -self._upto(b, place),
                )
                clauses.add((-over, *apart))
                clauses.add((-under, *apart))

    def _triple(self, a: int, b: int, c: int) -> None:
        """Add the rule for three states, in all six ways: what is better than a second is better than a
        third, or the third is better than the second."""
        self._triples.add((a, b, c))
        self._pair(a, b)
        self._pair(a, c)
        self._pair(b, c)
        for x, y, z in permutations((a, b, c)):
            self._clauses.add((-self._literal(x, y), self._literal(x, z), self._literal(z, y)))

    # Solutions ------------------------------------------------------------------------------------

    def refine(self) -> bool:
        """Count the pairs that the last solution turns unseen, and add the rules for three states that it
        breaks."""
        if len(self._touched) < 2:
            return False
        better, counted = self._better()
        old = np.array([self._ranks[t] for t in self._touched])
        turned = (better != (old[:, None] < old[None, :])) & ~counted
        unseen = np.argwhere(np.triu(turned | turned.T, 1)).tolist()
        for a, b in unseen:
            low, high = sorted((self._touched[a], self._touched[b]))
            self._lessons.pairs.add((low, high))
            self._pair(low, high)
        if unseen:
            return True
        not_better = ~better
        loose = not_better.astype(np.float32) @ not_better.astype(np.float32) > 0
        broken: set[tuple[int, int, int]] = set()
        for x, y in np.argwhere(better & loose).tolist():
            for z in np.flatnonzero(not_better[x] & not_better[:, y]).tolist():
                a, b, c = sorted((self._touched[x], self._touched[y], self._touched[z]))
                if (a, b, c) not in self._triples:
                    broken.add((a, b, c))
            if len(broken) >= TRIPLES_AT_ONCE:
                break
        self._lessons.triples |= broken
        for triple in sorted(broken):
            self._triple(*triple)
        return bool(broken)

    def _where(self) -> list[int]:
        """The place of each touched state in the last solution."""
        found = []
        for t in self._touched:
            reached = (
                p for p, u in zip(self._places[t], self._unary[t], strict=False) if self._clauses.is_true(u)
            )
            found.append(next(reached, self._places[t][-1]))
        return found

    def _better(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which touched state is better than which in the last solution, and which pairs have variables."""
        where = np.array(self._where())
        old = np.array([self._ranks[t] for t in self._touched])
        same = where[:, None] == where[None, :]
        better = (where[:, None] < where[None, :]) | (
            same & (where[:, None] % 2 == 0) & (old[:, None] < old[None, :])
        )
        counted = np.zeros_like(better)
        at = {t: n for n, t in enumerate(self._touched)}
        for (a, b), variable in self._pairs.items():
            x, y = at[a], at[b]
            better[x, y], better[y, x] = self._clauses.is_true(variable), self._clauses.is_true(variable + 1)
            counted[x, y] = counted[y, x] = True
        return better, counted

    def ranks(self) -> tuple[int, ...]:
        """The ranking in the last solution, which must break no rule."""
        keys = [(self._line.home[number], number) for number in self._ranks]
        if self._touched:
            better, _ = self._better()
            for n, (t, place) in enumerate(zip(self._touched, self._where(), strict=True)):
                keys[t] = (place, self._line.number_at(place) if place % 2 else int(better[:, n].sum()))
        dense = {key: rank for rank, key in enumerate(sorted(set(keys)))}
        return tuple(dense[key] for key in keys)


class _Block:
    """States that no clause speaks of, at one odd place; `level` where touched states may stand level with
    it, because some do."""

    def __init__(self, place: int, weight: int, level: bool, number: int) -> None:
        self.place, self.weight, self.level, self.number = place, weight, level, number


class _Line:
    """The blocks in their order, on odd places; the even places lie between them."""

    def __init__(self, ranks: Ranks, touched: list[int]) -> None:
        count = max(ranks) + 1
        spoken = {ranks[t] for t in touched}
        among = set(touched)
        quiet, self._before = [0] * count, [0] * (count + 1)
        for state, number in enumerate(ranks):
            self._before[number + 1] += 1
            if state not in among:
                quiet[number] += 1
        for number in range(count):
            self._before[number + 1] += self._before[number]
        self.blocks: list[_Block] = []
        self.home: dict[int, int] = {}
        gathered: list[int] = []
        for number in range(count):
            if number not in spoken:
                gathered.append(number)
                continue
            self._gather(gathered, quiet)
            if quiet[number]:
                self._gather([number], quiet, level=True)
            else:
                self.home[number] = 2 * len(self.blocks)
        self._gather(gathered, quiet)

    def _gather(self, numbers: list[int], quiet: list[int], level: bool = False) -> None:
        weight = sum(quiet[number] for number in numbers)
        if weight:
            place = 2 * len(self.blocks) + 1
            self.blocks.append(_Block(place, weight, level, numbers[0]))
            self.home.update(dict.fromkeys(numbers, place))
        numbers.clear()

    def number_at(self, place: int) -> int:
        """The old rank of the block at a place."""
        return self.blocks[place // 2].number

    def distance(self, one: int, other: int) -> int:
        """What it costs at least to turn two states of some ranks: each state between compares differently
        with one of them."""
        low, high = min(one, other), max(one, other)
        return self._before[high + 1] - self._before[low] - 1

    def places(self, number: int, limit: int) -> list[int]:
        """The places at which a state of some rank can end up at a cost within a limit, ascending."""
        home = self.home[number]
        found, cost = [home], 0
        start = cost + (self.blocks[home // 2].weight if home % 2 else 0)
        for blocks, side in ((self.blocks[: home // 2][::-1], -1), (self.blocks[(home + 1) // 2 :], 1)):
            cost = start
            if home % 2 and cost <= limit:
                found.append(home + side)
            for block in blocks:
                cost += block.weight
                if cost > limit:
                    break
                found += [block.place, block.place + side] if block.level else [block.place + side]
        return sorted(found)


def _at_most(places: list[int], unary: list[int], place: int) -> int:
    """The literal of "no later than here"."""
    number = bisect_right(places, place)
    return FALSE if number == 0 else TRUE if number == len(places) else unary[number - 1]
