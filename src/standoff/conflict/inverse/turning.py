"""The fewest comparisons of one ranking that must change so that some given ones hold.

Counted are pairs of states that compare differently than before (Kendall's tau, ties included). Two facts
keep this cheap. Each state between two that are to turn compares differently with one of them, so turning
one pair costs the states between, and one. And demands whose stretches of the ranking do not overlap are
independent: each is met within its own stretch, and the costs add up. What overlaps is left to MaxSAT
(`rankings.py`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from standoff.conflict.inverse.budget import Budget
from standoff.conflict.inverse.clauses import Clauses
from standoff.conflict.inverse.demands import Atom
from standoff.conflict.inverse.game import Order, Ranks
from standoff.conflict.inverse.rankings import Lessons, Ranked


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the ranking from one old rank to another, the states that demands on it speak of and their
    old ranks, ascending, what meeting them costs, and the new ranks of all states when only this part
    changes."""

    low: int
    high: int
    touched: frozenset[int]
    places: tuple[int, ...]
    cost: int
    ranks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Turned:
    """A nearest ranking in which some comparisons hold, and what it costs."""

    cost: int
    order: Order
    stretches: tuple[Stretch, ...]
    # What is asked about it again and again, filled as it is asked: prices of comparisons, rises and steps.
    prices: dict[tuple[bool, int, int], tuple[int, int]] = field(default_factory=dict, compare=False)
    rises: dict[int, tuple[int, tuple[Atom, ...]] | None] = field(default_factory=dict, compare=False)
    steps: dict[int, tuple[list[tuple[int, int]], int]] = field(default_factory=dict, compare=False)


class OutOfTime(Exception):
    """The time was up before the nearest ranking was known."""


class Turning:
    """One ranking, and its nearest neighbours in which given comparisons hold; each is worked out once."""

    def __init__(self, ranks: Ranks) -> None:
        """Lay out ranks by position, dense from 0."""
        self.ranks = tuple(ranks)
        self._before = [0] * (max(ranks) + 2)
        by_number = [0] * (max(ranks) + 1)
        for state, number in enumerate(ranks):
            self._before[number + 1] += 1
            by_number[number] |= 1 << state
        for number in range(max(ranks) + 1):
            self._before[number + 1] += self._before[number]
        self._upto = [0]
        for states in by_number:
            self._upto.append(self._upto[-1] | states)
        self._stretches: dict[frozenset[Atom], Stretch | None] = {}
        self._turned: dict[frozenset[Atom], Turned | None] = {frozenset(): Turned(0, Order(self.ranks), ())}

    def holds(self, atom: Atom) -> bool:
        """Say whether a comparison holds as things are."""
        return (self.ranks[atom.target] < self.ranks[atom.source]) == atom.better

    def distance(self, one: int, other: int) -> int:
        """What it costs to turn two states."""
        low, high = sorted((self.ranks[one], self.ranks[other]))
        return self._between(low, high) - 1

    def _between(self, low: int, high: int) -> int:
        """The number of states from one rank to another, both among them."""
        return self._before[high + 1] - self._before[low]

    def up_to(self, source: int, limit: int) -> int:
        """The states that are better than one, or can come to be at a cost within a limit."""
        number = self.ranks[source]
        # The last rank up to which the states from this one are no more than the limit and one.
        last = bisect_right(self._before, self._before[number] + limit + 1) - 2
        return self._upto[max(number, last + 1)]

    def least(self, atoms: frozenset[Atom], budget: Budget) -> Turned | None:
        """Give a nearest ranking in which all of some comparisons hold; None where none is such.

        Raises OutOfTime.
        """
        if atoms not in self._turned:
            self._turned[atoms] = self._least(atoms, budget)
        return self._turned[atoms]

    def _least(self, atoms: frozenset[Atom], budget: Budget) -> Turned | None:
        # What holds anyway need not be asked for, unless what is asked for would upset it.
        asked = {atom for atom in atoms if not self.holds(atom)}
        while True:
            stretches = []
            for low, high, part in self._parts(asked):
                if part not in self._stretches:
                    self._stretches[part] = self._stretch(low, high, part, budget)
                stretch = self._stretches[part]
                if stretch is None:
                    return None
                stretches.append(stretch)
            ranks = self._joined(stretches)
            upset = {a for a in atoms if (ranks[a.target] < ranks[a.source]) != a.better}
            if not upset:
                return Turned(sum(s.cost for s in stretches), Order(ranks), tuple(stretches))
            asked |= upset

    def _parts(self, atoms: Iterable[Atom]) -> list[tuple[int, int, frozenset[Atom]]]:
        """Sort comparisons by stretches of the ranking that do not overlap."""
        spans = []
        for atom in atoms:
            low, high = sorted((self.ranks[atom.target], self.ranks[atom.source]))
            spans.append((low, high, atom))
        spans.sort()
        found: list[tuple[int, int, list[Atom]]] = []
        for low, high, atom in spans:
            if found and low <= found[-1][1]:
                start, end, part = found[-1]
                found[-1] = (start, max(end, high), [*part, atom])
            else:
                found.append((low, high, [atom]))
        return [(low, high, frozenset(part)) for low, high, part in found]

    def _stretch(self, low: int, high: int, atoms: frozenset[Atom], budget: Budget) -> Stretch | None:
        touched = frozenset(state for atom in atoms for state in (atom.target, atom.source))
        size, clauses = self._between(low, high), Clauses()
        try:
            ranked = Ranked(clauses, self.ranks, touched, size * size, Lessons())
            for better, target, source in sorted((a.better, a.target, a.source) for a in atoms):
                literal = ranked.better(target, source)
                clauses.add([literal if better else -literal])
            while True:
                outcome = clauses.solve(None, budget)
                if outcome == "late":
                    raise OutOfTime
                if outcome != "found":
                    return None
                if not ranked.refine():
                    places = tuple(sorted(self.ranks[state] for state in touched))
                    return Stretch(low, high, touched, places, clauses.cost, ranked.ranks())
        finally:
            clauses.close()

    def _joined(self, stretches: Iterable[Stretch]) -> tuple[int, ...]:
        """The ranking in which every one of some stretches changes."""
        starts: dict[int, Stretch] = {n: s for s in stretches for n in range(s.low, s.high + 1)}
        if not starts:
            return self.ranks
        keys = [
            (starts[number].low, starts[number].ranks[state]) if number in starts else (number, 0)
            for state, number in enumerate(self.ranks)
        ]
        dense = {key: rank for rank, key in enumerate(sorted(set(keys)))}
        return tuple(dense[key] for key in keys)

    def further(self, turned: Turned, atom: Atom) -> int:
        """What a comparison that does not hold after a change costs beyond that change, at the least."""
        return self._prices(turned, atom)[0]

    def share(self, turned: Turned, atom: Atom) -> int:
        """Twice what a comparison adds beyond a change, at the least, where others are asked for with it that
        speak of other states.

        The pairs that two of them turn in common are of their own four states: let each count half of them.
        Then one that turns d pairs by itself keeps (d + 1) / 2 at the least, however many there are, since
        the two states that it turns it has alone.
        """
        return self._prices(turned, atom)[1]

    def share_among(self, turned: Turned, atom: Atom, spoken: int) -> int:
        """The same where all others speak of states in a bit set: whatever else lies between counts whole."""
        low, high = sorted((self.ranks[atom.target], self.ranks[atom.source]))
        between = self._upto[high + 1] & ~self._upto[low]
        for stretch in turned.stretches:
            if stretch.low <= high and low <= stretch.high:
                for state in stretch.touched:
                    spoken |= 1 << state
        spoken |= 1 << atom.target | 1 << atom.source
        return self.share(turned, atom) + (between & ~spoken).bit_count()

    def _prices(self, turned: Turned, atom: Atom) -> tuple[int, int]:
        """The two prices of a comparison after a change.

        Either its cost is counted against the stretches that it overlaps, or, where no demand has spoken of
        its two states, the pairs of other states that the change turns are counted beside its own.
        """
        key = (atom.better, atom.target, atom.source)
        known = turned.prices.get(key)
        if known is None:
            known = turned.prices[key] = self._price(turned, atom)
        return known

    def _price(self, turned: Turned, atom: Atom) -> tuple[int, int]:
        low, high = self.ranks[atom.target], self.ranks[atom.source]
        if (low < high) == atom.better:
            return 0, 0
        if low > high:
            low, high = high, low
        cost = self._before[high + 1] - self._before[low] - 1
        less, alone, loss, apart = 0, cost, 0, True
        for stretch in turned.stretches:
            if stretch.low > high or low > stretch.high:
                continue
            less += stretch.cost
            if atom.target in stretch.touched or atom.source in stretch.touched:
                apart = False
            else:
                alone -= bisect_right(stretch.places, high) - bisect_left(stretch.places, low)
                # Without a state that it passes, a change costs less by what it turns with that state.
                inside = (stretch.low <= low) + (high <= stretch.high)
                loss += inside * len(stretch.touched)
        further, share = cost - less, cost + 1 - 2 * less
        if apart:
            further, share = max(further, alone - loss), max(share, alone + 1 - 2 * loss)
        return max(0, further), max(0, share)
