"""The smallest change of rankings that makes a state an equilibrium, or breaks one, by branch and bound.

A set of comparisons has a nearest ranking for each decision maker (`turning.py`), which the definitions
judge. Where they fail, every answer with these comparisons meets one of a few alternatives (`demands.py`):
each is followed, the one that can become cheapest first (best-first search; Land and Doig 1960). An
alternative leaves to those before it what they have in common, so no set is visited twice. The first bound
that passes the cheapest known answer proves it the smallest. Rankings are never gone through.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count, zip_longest

from standoff.conflict.graph import members
from standoff.conflict.inverse.budget import Budget, Share
from standoff.conflict.inverse.demands import Alternative, Atom, Demand, unanswered, widest_answer
from standoff.conflict.inverse.game import Order, Ranks
from standoff.conflict.inverse.search import Goal
from standoff.conflict.inverse.shortfall import Plans, Steps, plans, together
from standoff.conflict.inverse.turning import OutOfTime, Turned, Turning

Asked = tuple[frozenset[Atom], ...]
"""The comparisons that are to hold, by decision maker."""

DIVES = 6
"""How often one attempt to meet all demands at once is mended."""

DIVE_SHARE = 0.2
"""The share of the time that may go into such attempts."""

Departure = tuple[int, int]
"""A decision maker, and the state that it departs to with nothing to deter it."""


@dataclass(frozen=True, slots=True)
class _Fork:
    """Alternatives beside some comparisons, each with what an answer that meets it costs at least,
    ascending; `places` are their numbers here, `earlier` the forks that led here and the number of the
    alternative that was taken there."""

    asked: Asked
    departure: Departure | None
    ways: list[tuple[int, Alternative]]
    places: dict[Alternative, int]
    earlier: tuple[tuple[_Fork, int], ...]

    def is_left(self, alternative: Alternative) -> bool:
        """Say whether an alternative is left to a way that was parted from before."""
        return any(fork.places.get(alternative, number) < number for fork, number in self.earlier)


class RankingSearch:
    """The cheapest rankings that meet a goal, where some decision makers' rankings may change."""

    def __init__(
        self,
        goal: Goal,
        ranks: Sequence[Ranks],
        free: Iterable[int],
        answer: Callable[[Sequence[Order]], None],
        improve: Callable[[Sequence[Order]], None],
    ) -> None:
        """Start from the present rankings; `answer` is told of rankings that meet the goal, `improve` of
        those that do not yet."""
        self.goal, self.free, self.answer, self.improve = goal, frozenset(free), answer, improve
        self.turning = [Turning(r) for r in ranks]
        self._heap: list[tuple[int, int, int, _Fork, int]] = []
        self._numbers = count()
        self._diving = Share(DIVE_SHARE)

    def run(self, dearest: Callable[[], int], budget: Budget) -> tuple[int, bool]:
        """Look for answers that cost at most `dearest()`, which falls while the search goes on.

        Returns what an answer that was not proposed costs at least, and whether all cheaper ones were.
        """
        at_least = 0
        try:
            for asked, departure in self._starts():
                self._judge(asked, departure, (), 0, dearest(), budget)
            while self._heap:
                at_least = max(at_least, self._heap[0][0])
                if at_least > dearest():
                    break
                if budget.spent:
                    return at_least, False
                bound, _, _, fork, number = heapq.heappop(self._heap)
                self._push(fork, number + 1)
                asked = _with(fork.asked, fork.ways[number][1])
                earlier = (*fork.earlier, (fork, number))
                self._judge(asked, fork.departure, earlier, bound, dearest(), budget)
        except OutOfTime:
            return at_least, False
        return dearest() + 1, True

    def _starts(self) -> Iterator[tuple[Asked, Departure | None]]:
        nothing: Asked = tuple(frozenset() for _ in self.turning)
        if self.goal.wanted:
            yield nothing, None
            return
        for i in self.goal.who:
            for departure in members(self.goal.game.graph.moves[i][self.goal.state]):
                gain = Atom(i, True, departure, self.goal.state)
                if i in self.free or self.turning[i].holds(gain):
                    yield _with(nothing, (gain,)), (i, departure)

    def _push(self, fork: _Fork, number: int) -> None:
        """Let an alternative wait for its turn; of equals the one with the most comparisons comes first."""
        if number < len(fork.ways):
            entry = (fork.ways[number][0], -len(fork.earlier), next(self._numbers), fork, number)
            heapq.heappush(self._heap, entry)

    def _judge(
        self,
        asked: Asked,
        departure: Departure | None,
        earlier: tuple[tuple[_Fork, int], ...],
        bound: int,
        dearest: int,
        budget: Budget,
    ) -> None:
        """Propose the nearest rankings, and let what they fail to do wait."""
        turned = self._turned(asked, budget)
        if turned is None:
            return
        cost = sum(t.cost for t in turned)
        if cost > dearest:
            return
        demands = self._missing(departure, turned)
        if not demands:
            self.answer([t.order for t in turned])
            return
        self.improve([t.order for t in turned])
        least, demand, planned = self._hardest(demands, turned, dearest - cost)
        bound = max(bound, cost + least)
        if bound > dearest:
            return
        with self._diving.turn() as allowed:
            if allowed and planned:
                self._dive(asked, planned, dearest, budget)
        fork = _Fork(asked, departure, [], {}, earlier)
        chosen = [
            (further, alternative)
            for alternative in self._alternatives(demand, turned, dearest - cost)
            if (further := self._further(alternative, turned)) is not None
            and cost + further <= dearest
            and not fork.is_left(alternative)
        ]
        chosen.sort()
        fork.ways.extend((max(bound, cost + further), alternative) for further, alternative in chosen)
        fork.places.update((alternative, number) for number, (_, alternative) in enumerate(chosen))
        self._push(fork, 0)

    def _hardest(
        self, demands: Sequence[Demand], turned: Sequence[Turned], spare: int
    ) -> tuple[int, Demand, list[Atom]]:
        """What it costs further at least to meet the demands, the one that is dearest to meet, and
        comparisons that would meet them if none of these upset another."""
        most, hardest, planned = 0, demands[0], list[Atom]()
        if not self.goal.wanted:
            return most, hardest, planned
        by_party: dict[int, dict[int, Demand]] = {}
        for demand in demands:
            by_party.setdefault(demand.decision_maker, {})[demand.departure] = demand
        for i, mine in by_party.items():
            steps = {j: self._steps(j, turned[j]) for j in self.goal.game.graph.others(i)}
            found = self._plans(i, mine, steps, turned, spare)
            least, rise = together(found)
            for one in found:
                planned += one.beside(rise).atoms or ()
            if least <= spare:
                spoken = [0] * len(turned)
                for one in found:
                    spoken = [a | b for a, b in zip_longest(spoken, one.marks, fillvalue=0)]
                steps = {j: self._among(j, turned[j], spoken[j]) for j in steps}
                least = max(least, together(self._plans(i, mine, steps, turned, spare))[0])
            if least > most:
                most = least
                hardest = mine[max(found, key=lambda one: one.beside(0).steps).departure]
        if len(by_party) > 1 and most <= spare:
            most = max(most, self._all_together(by_party, turned, spare))
        return most, hardest, planned

    def _all_together(
        self, by_party: dict[int, dict[int, Demand]], turned: Sequence[Turned], spare: int
    ) -> int:
        """What the demands of all decision makers cost further at the least.

        In the ranking of each of them its rise is counted. In each other ranking the steps that meet the
        demands of one cost no more than the whole, so on average over all of them they do not either.
        """
        total = 0
        for i, mine in by_party.items():
            steps = {
                j: self._part(j, turned[j], 0 if j in by_party else len(by_party))
                for j in self.goal.game.graph.others(i)
            }
            total += together(self._plans(i, mine, steps, turned, spare))[0]
        return total

    def _plans(
        self,
        i: int,
        departures: Iterable[int],
        steps: dict[int, Steps],
        turned: Sequence[Turned],
        spare: int,
    ) -> list[Plans]:
        return [
            plans(departure, steps, lambda outcome: self._rise(i, outcome, turned), spare)
            for departure in departures
        ]

    def _among(self, j: int, turned: Turned, spoken: int) -> Steps:
        """The steps of a mover after a change, where all speak of states in a bit set."""
        whole, turning = self._steps(j, turned), self.turning[j]

        def steps(source: int) -> tuple[list[tuple[int, int]], int]:
            onward, marks = whole(source)
            return [
                (share and turning.share_among(turned, Atom(j, True, target, source), spoken), target)
                for share, target in onward
            ], marks

        return cache(steps)

    def _part(self, j: int, turned: Turned, served: int) -> Steps:
        """The steps of a mover after a change, each with the part that one of those served has in it."""
        whole = self._steps(j, turned)

        def steps(source: int) -> tuple[list[tuple[int, int]], int]:
            onward, marks = whole(source)
            return [(share // served if served else 0, target) for share, target in onward], marks

        return cache(steps)

    def _rise(self, i: int, outcome: int, turned: Sequence[Turned]) -> tuple[int, Alternative] | None:
        """How far the state must rise in a decision maker's ranking for an outcome to deter."""
        known = turned[i].rises
        if outcome not in known:
            state = self.goal.state
            parts = tuple(Atom(i, False, t, state) for t in self.goal.game.outcomes(i, outcome) if t != state)
            further = self._further(parts, turned)
            known[outcome] = None if further is None else (further, parts if further else ())
        return known[outcome]

    def _steps(self, j: int, turned: Turned) -> Steps:
        """The steps of a mover after a change, by source."""
        game, turning, order = self.goal.game, self.turning[j], turned.order
        known = turned.steps

        def steps(source: int) -> tuple[list[tuple[int, int]], int]:
            if source not in known:
                moves = game.graph.moves[j][source]
                free = moves & order.better(source) if game.credible else moves
                onward, spoken = [(0, target) for target in members(free)], 0
                for target in members(moves & ~free if j in self.free else 0):
                    onward.append((turning.share(turned, Atom(j, True, target, source)), target))
                    spoken |= 1 << source | 1 << target
                known[source] = onward, spoken
            return known[source]

        return steps

    def _turned(self, asked: Asked, budget: Budget) -> list[Turned] | None:
        """The nearest ranking of each decision maker; None where one has none."""
        found = []
        for turning, atoms in zip(self.turning, asked, strict=True):
            turned = turning.least(atoms, budget)
            if turned is None:
                return None
            found.append(turned)
        return found

    def _dive(self, asked: Asked, planned: Iterable[Atom], dearest: int, budget: Budget) -> None:
        """Do all at once what would meet every demand, and again for what that upsets, until an answer is
        found or it costs too much."""
        for _ in range(DIVES):
            asked = _with(asked, planned)
            turned = self._turned(asked, budget)
            if turned is None or (cost := sum(t.cost for t in turned)) > dearest:
                return
            orders = [t.order for t in turned]
            demands = self._missing(None, turned)
            if not demands:
                self.answer(orders)
                return
            _, _, planned = self._hardest(demands, turned, dearest - cost)
            if not planned:
                return

    def _missing(self, departure: Departure | None, turned: Sequence[Turned]) -> list[Demand]:
        """What rankings fail to do."""
        goal, orders = self.goal, [t.order for t in turned]
        if departure is None:
            return unanswered(goal.game, goal.state, goal.who, orders)
        widest = widest_answer(
            goal.game, goal.state, *departure, orders, lambda atom: self._further((atom,), turned)
        )
        return [] if widest is None else [widest]

    def _alternatives(self, demand: Demand, turned: Sequence[Turned], spare: int) -> Iterator[Alternative]:
        def within(j: int, source: int) -> int:
            return self.turning[j].up_to(source, spare + turned[j].cost if j in self.free else 0)

        return demand.alternatives(self.goal.game, self.goal.state, within)

    def _further(self, alternative: Alternative, turned: Sequence[Turned]) -> int | None:
        """What an alternative costs further at the least; None where it cannot be had."""
        most = 0
        for atom in alternative:
            i = atom.decision_maker
            if i in self.free:
                most = max(most, self.turning[i].further(turned[i], atom))
            elif not self.turning[i].holds(atom):
                return None
        return most


def _with(asked: Asked, alternative: Iterable[Atom]) -> Asked:
    more = list(asked)
    for atom in alternative:
        more[atom.decision_maker] |= {atom}
    return tuple(more)
