"""What every answer to an inverse question must do, learnt from preferences that do not do it.

- Wanted: from a departure the others reach a set of states without a deterring one. Then the departure must
  be no improvement, or a state of the set must deter, or a step out of the set must become an improvement.
- Unwanted: a departure is chosen that should be deterred by nothing, but a path of answers leads to an
  outcome that deters. Then another departure must be chosen, or a step of the path must be no improvement,
  or the outcome must not deter.

No answer breaks a demand, and preferences that meet all that can be learnt of them are an answer
(definitions: `game.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf
from typing import NamedTuple

from standoff.conflict.graph import members
from standoff.conflict.inverse.game import START, Game, Node, Order, Reach

DETERRENTS = 40
"""The most outcomes that are asked about at once where one departure is deterred by many."""


class Atom(NamedTuple):
    """A comparison of one decision maker: target better than source, or no better."""

    decision_maker: int
    better: bool
    target: int
    source: int


Alternative = tuple[Atom, ...]
"""Comparisons that must all hold."""

Within = Callable[[int, int], int]
"""Of a decision maker and a state: the states that could come to lie above it."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A departure that nothing deters from, and all that the others reach."""

    decision_maker: int
    departure: int
    reach: Reach

    def alternatives(self, game: Game, state: int, within: Within) -> Iterator[Alternative]:
        """One of these must come to hold."""
        i = self.decision_maker
        yield (Atom(i, False, self.departure, state),)
        if game.concept == "nash":
            return
        for outcome in sorted(self.reach.states):
            yield tuple(Atom(i, False, t, state) for t in game.outcomes(i, outcome) if t != state)
        if game.credible:
            yield from ((atom,) for atom in sorted(self._steps_out(game, within)))

    def _steps_out(self, game: Game, within: Within) -> set[Atom]:
        """The moves of the others that would lead on from what they reach."""
        graph = game.graph
        seen: dict[int, int] = {}
        for state, last in self.reach.before:
            seen[last] = seen.get(last, 0) | 1 << state
        inside = sum(1 << state for state in self.reach.states)
        found = set()
        for state, last in self.reach.before:
            for j in graph.others(self.decision_maker):
                if j == last and not graph.transitive:
                    continue
                beyond = graph.moves[j][state] & ~(inside if graph.transitive else seen.get(j, 0))
                found |= {Atom(j, True, target, state) for target in members(beyond & within(j, state))}
        return found


@dataclass(frozen=True, slots=True)
class Deterred:
    """A departure that should be deterred by nothing, and a path of answers to an outcome that deters."""

    decision_maker: int
    departure: int
    path: tuple[tuple[int, int, int], ...]
    outcome: int

    def alternatives(self, game: Game, state: int, within: Within) -> Iterator[Alternative]:
        """One of these must come to hold, if the departure is the one."""
        if game.credible:
            for j, source, target in self.path:
                yield (Atom(j, False, target, source),)
        for t in game.outcomes(self.decision_maker, self.outcome):
            if t != state:
                yield (Atom(self.decision_maker, True, t, state),)


Demand = Unanswered | Deterred


def unanswered(game: Game, state: int, who: Sequence[int], orders: Sequence[Order]) -> list[Demand]:
    """What is missing for a state to be stable for some decision makers; nothing where it is."""
    return [
        Unanswered(i, departure, reach) for i in who for departure, reach in game.undeterred(i, state, orders)
    ]


def widest_answer(
    game: Game,
    state: int,
    i: int,
    departure: int,
    orders: Sequence[Order],
    cost: Callable[[Atom], int | None],
) -> Deterred | None:
    """Find the answer that is dearest to take away from a departure that should be deterred by nothing;
    None where nothing deters.

    Of all paths to outcomes that deter the one is taken whose cheapest alternative costs most, as `cost`
    has it (None where a comparison cannot be had). Paths are widened from the departure as in Dijkstra's
    algorithm, with the least cost of a step in place of a length (Pollack 1960).
    """
    deterring = game.deterring(i, orders[i].not_better(state))
    others = game.graph.others(i)
    start: Node = (departure, START)
    before: dict[Node, tuple[int, Node]] = {}
    waiting: list[tuple[float, Node]] = [(-inf, start)]
    settled: set[Node] = set()
    known: dict[Node, float] = {}
    widest, outcome = -1.0, None
    while waiting:
        narrow, node = heappop(waiting)
        if -narrow <= widest:
            break
        if node in settled:
            continue
        settled.add(node)
        if deterring >> node[0] & 1:
            prices = [cost(Atom(i, True, t, state)) for t in game.outcomes(i, node[0]) if t != state]
            width = min([-narrow, *(inf if price is None else price for price in prices)])
            if width > widest:
                widest, outcome = width, node
        for j in others:
            if j == node[1]:
                continue
            for target in members(game.steps(j, node[0], orders)):
                reached = (target, START if game.graph.transitive else j)
                if reached in settled:
                    continue
                price = cost(Atom(j, False, target, node[0])) if game.credible else None
                width = min(-narrow, inf if price is None else price)
                if width > widest and width > known.get(reached, -1.0):
                    known[reached], before[reached] = width, (j, node)
                    heappush(waiting, (-width, reached))
    if outcome is None:
        return None
    path, node = [], outcome
    while node != start:
        j, earlier = before[node]
        path.append((j, earlier[0], node[0]))
        node = earlier
    return Deterred(i, departure, tuple(path[::-1]), outcome[0])


def deterred(game: Game, state: int, i: int, departure: int, orders: Sequence[Order]) -> list[Demand]:
    """What deters from one departure: shortest paths to some outcomes that do, the nearest first."""
    if game.concept == "nash":
        return []
    deterring = game.deterring(i, orders[i].not_better(state))
    reach = game.reach(i, departure, orders)
    found: dict[int, Demand] = {}
    for outcome, _ in reach.before:
        if deterring >> outcome & 1 and outcome not in found:
            found[outcome] = Deterred(i, departure, tuple(reach.path(outcome)), outcome)
            if len(found) == DETERRENTS:
                break
    return list(found.values())
