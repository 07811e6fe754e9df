"""One state of a conflict judged under changing rankings.

Positions of states are those of the state graph; a ranking is a list of numbers by position, 0 best. The
verdicts are those of `stability/`; what this adds is what a search for other preferences needs: the whole
of what the others reach, node by node, and a path into it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from standoff.conflict.graph import StateGraph, members
from standoff.conflict.problems import ModelProblem

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
"""The concepts for which inverse questions are answered."""

START = -1
"""Stands for the last mover where a departure was made by the decision maker in question."""

Ranks = Sequence[int]
Node = tuple[int, int]
"""A state and who moved last (START where moves are transitive, so that it does not matter)."""


class Order:
    """A ranking laid out as bit sets: which states are better than which number."""

    def __init__(self, ranks: Ranks) -> None:
        """Lay out ranks by position."""
        self.ranks = ranks
        by_number: dict[int, int] = {}
        for position, number in enumerate(ranks):
            by_number[number] = by_number.get(number, 0) | 1 << position
        self._above: dict[int, int] = {}
        collected = 0
        for number in sorted(by_number):
            self._above[number] = collected
            collected |= by_number[number]
        self._every = collected
        self._numbers = sorted(by_number)

    def better(self, state: int) -> int:
        """The states that are better than one."""
        return self._above[self.ranks[state]]

    def from_number(self, number: int) -> int:
        """The states with a rank or a worse one."""
        place = bisect_left(self._numbers, number)
        return self._every & ~self._above[self._numbers[place]] if place < len(self._numbers) else 0

    def not_better(self, state: int) -> int:
        """The states that are no better than one, itself among them."""
        return self._every & ~self._above[self.ranks[state]]


@dataclass(frozen=True, slots=True)
class Reach:
    """What the others can make of a departure: the nodes, and for each the step that first led to it."""

    before: dict[Node, Node | None]

    @property
    def states(self) -> set[int]:
        """The states that are reached."""
        return {state for state, _ in self.before}

    def path(self, state: int) -> list[tuple[int, int, int]]:
        """The steps (mover, source, target) that lead to a state."""
        node: Node | None = next(n for n in self.before if n[0] == state)
        steps: list[tuple[int, int, int]] = []
        while node is not None:
            earlier = self.before[node]
            if earlier is not None:
                steps.append((node[1], earlier[0], node[0]))
            node = earlier
        return steps[::-1]


class Game:
    """A state graph, a concept, and the definitions for one state at a time."""

    def __init__(self, graph: StateGraph, concept: str) -> None:
        """Refuse a concept without inverse, and unknown preferences."""
        if concept not in CONCEPTS:
            raise ModelProblem(f"{concept!r} has no inverse question here: take one of {', '.join(CONCEPTS)}")
        if any(any(table) for table in graph.unknown):
            raise ModelProblem(
                "inverse questions change known rankings, and a preference here is partly unknown: give all "
                "comparisons first"
            )
        self.graph = graph
        self.concept = concept
        self.credible = concept in ("seq", "sseq")
        self.symmetric = concept in ("smr", "sseq")

    def departures(self, i: int, state: int, order: Order) -> int:
        """The improvements of a decision maker from a state."""
        return self.graph.moves[i][state] & order.better(state)

    def outcomes(self, i: int, outcome: int) -> tuple[int, ...]:
        """What must be no better than the state if an outcome is to deter: itself, and all countermoves."""
        if not self.symmetric:
            return (outcome,)
        return (outcome, *members(self.graph.moves[i][outcome]))

    def steps(self, j: int, source: int, orders: Sequence[Order]) -> int:
        """Where an opponent steps to in an answer."""
        moves = self.graph.moves[j][source]
        return moves & orders[j].better(source) if self.credible else moves

    def reach(self, i: int, departure: int, orders: Sequence[Order], until: int = 0) -> Reach:
        """All that legal answers to a departure lead to, or, as soon as one of the states in `until` is
        among it, what was found so far."""
        others = self.graph.others(i)
        before: dict[Node, Node | None] = {(departure, START): None}
        if self.concept == "nash" or until >> departure & 1:
            return Reach(before)
        seen = dict.fromkeys((START, *others), 0)
        layer: list[Node] = [(departure, START)]
        every = 0
        while layer:
            following: list[Node] = []
            for node in layer:
                for j in others:
                    if j == node[1] and not self.graph.transitive:
                        continue
                    fresh = self.steps(j, node[0], orders) & ~(every if self.graph.transitive else seen[j])
                    seen[j] |= fresh
                    every |= fresh
                    for target in members(fresh):
                        before[target, j] = node
                        following.append((target, j))
                    if fresh & until:
                        return Reach(before)
            layer = following
        return Reach(before)

    def deterring(self, i: int, not_better: int) -> int:
        """The outcomes that deter, given what is no better than the state."""
        if not self.symmetric:
            return not_better
        moves = self.graph.moves[i]
        return sum(1 << t for t in members(not_better) if not moves[t] & ~not_better)

    def undeterred(self, i: int, state: int, orders: Sequence[Order]) -> list[tuple[int, Reach]]:
        """The departures that nothing deters from, each with what the others can make of it."""
        found = []
        departures = self.departures(i, state, orders[i])
        deterring = self.deterring(i, orders[i].not_better(state)) if departures else 0
        for departure in members(departures):
            reach = self.reach(i, departure, orders, deterring)
            if not any(deterring >> outcome & 1 for outcome, _ in reach.before):
                found.append((departure, reach))
        return found

    def is_stable(self, i: int, state: int, orders: Sequence[Order]) -> bool:
        """Say whether a state is stable for a decision maker."""
        departures = self.departures(i, state, orders[i])
        deterring = self.deterring(i, orders[i].not_better(state)) if departures else 0
        for departure in members(departures):
            reach = self.reach(i, departure, orders, deterring)
            if not any(deterring >> outcome & 1 for outcome, _ in reach.before):
                return False
        return True
