"""Inverse questions about a conflict, and their answers in its own terms.

Kinsara, Kilgour and Hipel 2015 (IEEE Transactions on Systems, Man and Cybernetics: Systems 45) and Wang,
Hipel, Fang and Xu 2018 ask which preferences make a state an equilibrium. Asked here is for the nearest
ones: by rankings, the fewest pairs of states that compare differently (Kendall's tau, ties included); by
statements, the fewest priority statements dropped, moved or added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from standoff.conflict.graph import StateGraph, build, members
from standoff.conflict.inverse.branching import RankingSearch
from standoff.conflict.inverse.budget import Budget, Share
from standoff.conflict.inverse.change import By, Change, PartyChange
from standoff.conflict.inverse.clauses import Clauses
from standoff.conflict.inverse.game import Game, Order
from standoff.conflict.inverse.places import margin
from standoff.conflict.inverse.rankings import Changeable, Fixed
from standoff.conflict.inverse.search import Goal, Proposals, Rankings, search
from standoff.conflict.inverse.statements import Stated
from standoff.conflict.model import Conflict
from standoff.conflict.preference import Partial, Priorities, Ranking
from standoff.conflict.problems import ModelProblem
from standoff.conflict.wording import joined

REPAIRS = 6
"""How often the places of the state in question are set anew where one party's move upsets another."""

REPAIR_SHARE = 0.1
"""The share of the time that may go into making dear answers of proposals."""


def make_equilibrium(
    conflict: Conflict,
    state: str,
    concept: str = "seq",
    *,
    parties: Iterable[str] | None = None,
    by: By = "ranking",
    additions: bool = True,
    seconds: float | None = None,
) -> Change:
    """Find the smallest change of some (or all) parties' preferences that makes a state an equilibrium.

    `state` is an id. `seconds` is how long the search may take (no limit where None); past it the answer is
    the smallest change found so far, if any, and what any answer changes at least. Raises ModelProblem for
    an unknown state, party or concept, for partly unknown preferences, and for a change of statements where
    a party has none.
    """
    return Inverse(conflict, concept).ask(
        state, wanted=True, parties=parties, by=by, additions=additions, seconds=seconds
    )


def break_equilibrium(
    conflict: Conflict,
    state: str,
    concept: str = "seq",
    *,
    parties: Iterable[str] | None = None,
    by: By = "ranking",
    additions: bool = True,
    seconds: float | None = None,
) -> Change:
    """Find the smallest change of some (or all) parties' preferences after which a state is no
    equilibrium."""
    return Inverse(conflict, concept).ask(
        state, wanted=False, parties=parties, by=by, additions=additions, seconds=seconds
    )


class Inverse:
    """One conflict and concept, laid out once for any number of questions."""

    def __init__(self, conflict: Conflict, concept: str = "seq") -> None:
        """Lay out the state graph; raise ModelProblem for an unknown concept and unknown preferences."""
        if any(isinstance(preference, Partial) for preference in conflict.preferences):
            raise ModelProblem(
                "inverse questions change known rankings, and a preference here is partly unknown: give all "
                "comparisons first"
            )
        self.conflict = conflict
        self.graph: StateGraph = build(conflict)
        self.game = Game(self.graph, concept)
        self.ranks = [tuple(int(r) for r in conflict.ranks(i)) for i in self.graph.everyone]
        self.orders = [Order(ranks) for ranks in self.ranks]

    def is_equilibrium(self, state: str) -> bool:
        """Say whether a state is stable for all as things are."""
        position = self.graph.position(state)
        return all(self.game.is_stable(i, position, self.orders) for i in self.graph.everyone)

    def ask(
        self,
        state: str,
        *,
        wanted: bool,
        parties: Iterable[str] | None = None,
        by: By = "ranking",
        additions: bool = True,
        seconds: float | None = None,
    ) -> Change:
        """Find the smallest change that makes a state an equilibrium (`wanted`) or makes it none."""
        goal = Goal(self.game, self.graph.position(state), wanted, tuple(self.graph.everyone))
        free = self._free(parties)
        budget = Budget(seconds)
        if by == "ranking":
            return _ByRanking(self, goal, free, budget).answer()
        return self._by_statements(goal, free, additions, budget)

    def _free(self, parties: Iterable[str] | None) -> tuple[int, ...]:
        """The decision makers whose preferences may change."""
        if parties is None:
            return tuple(self.graph.everyone)
        names = list(parties)
        for name in names:
            if name not in self.conflict.decision_makers:
                raise ModelProblem(
                    f"there is no decision maker {name!r}: they are {joined(self.conflict.decision_makers)}"
                )
        return tuple(sorted({self.conflict.decision_makers.index(name) for name in names}))

    def _by_statements(self, goal: Goal, free: Sequence[int], additions: bool, budget: Budget) -> Change:
        """The fewest statements that must be dropped, moved or added."""
        clauses = Clauses()
        try:
            stated = {i: self._stated(clauses, i, additions) for i in free}
            preferences: list[Changeable] = [
                stated[i] if i in stated else Fixed(ranks) for i, ranks in enumerate(self.ranks)
            ]
            found = search(Proposals(goal, clauses, preferences), budget)
            head = (self.game.concept, self.graph.ids[goal.state], goal.wanted)
            if found.rankings is None:
                return Change(
                    *head, "statements", False, proven=found.outcome != "late", at_least=found.at_least
                )
            parties = []
            for i, statements in stated.items():
                edits = statements.edits()
                if edits:
                    changed = distance(self.ranks[i], found.rankings[i])
                    parties.append(PartyChange(i, statements.preference(), changed, edits=edits))
            cost = sum(len(party.edits) for party in parties)
            return Change(*head, "statements", True, cost, tuple(parties), at_least=cost)
        finally:
            clauses.close()

    def _stated(self, clauses: Clauses, i: int, additions: bool) -> Stated:
        preference = self.conflict.preferences[i]
        if not isinstance(preference, Priorities):
            raise ModelProblem(
                f"{self.conflict.decision_makers[i]!r} has no priority statements to change: ask for a "
                f"change of its ranking, or leave it out"
            )
        return Stated(clauses, preference, self.graph.states, self.conflict.option_count, additions=additions)


class _ByRanking:
    """The fewest comparisons that must change: the cheapest known answer, and a search for a cheaper one."""

    def __init__(self, inverse: Inverse, goal: Goal, free: Sequence[int], budget: Budget) -> None:
        self.inverse, self.goal, self.free, self.budget = inverse, goal, free, budget
        self.best: Rankings | None = None
        self.cost = 0
        self._repairing = Share(REPAIR_SHARE)

    def answer(self) -> Change:
        """Search, unless each verdict hangs on the decision maker's own ranking alone."""
        inverse = self.inverse
        self._repair(inverse.orders)
        alone = not inverse.game.credible or len(inverse.graph.everyone) == 1
        if self.best is not None and (alone or self.cost == 0):
            return self._change(self.best, self.cost, proven=True)
        searched = RankingSearch(self.goal, inverse.ranks, self.free, self._answered, self._improve)
        at_least, proven = searched.run(self._dearest, self.budget)
        if self.best is None:
            return Change(*self._head(), False, proven=proven, at_least=0 if proven else at_least)
        return self._change(self.best, min(at_least, self.cost), proven=proven or at_least >= self.cost)

    def _answered(self, orders: Sequence[Order]) -> None:
        self._keep(tuple(tuple(order.ranks) for order in orders))

    def _dearest(self) -> int:
        """The most that an answer worth finding costs."""
        if self.best is not None:
            return self.cost - 1
        size = self.inverse.graph.size
        return size * (size - 1) // 2 * len(self.free)

    def _keep(self, rankings: Rankings) -> None:
        cost = sum(distance(a, b) for a, b in zip(self.inverse.ranks, rankings, strict=True))
        if self.best is None or cost < self.cost:
            self.best, self.cost = rankings, cost

    def _improve(self, orders: Sequence[Order]) -> None:
        """Make an answer of a proposal, unless that has taken too much of the time."""
        with self._repairing.turn() as allowed:
            if allowed:
                self._repair(orders)

    def _repair(self, orders: Sequence[Order]) -> None:
        """Move the state itself, each in the ranking of a party whose verdict must flip, until it does."""
        game, state, everyone = self.inverse.game, self.goal.state, self.inverse.graph.everyone
        orders = list(orders)
        for _ in range(REPAIRS):
            stable = [game.is_stable(i, state, orders) for i in everyone]
            if all(stable) == self.goal.wanted:
                self._keep(tuple(tuple(order.ranks) for order in orders))
                return
            if self.goal.wanted:
                turn = [i for i in everyone if not stable[i]]
                if not set(turn) <= set(self.free):
                    break
            else:
                turn = self._easiest(orders)
            if not turn:
                break
            for i in turn:
                orders[i] = Order(margin(game, i, state, orders).ranks or orders[i].ranks)
        if self.best is None:
            self._keep_first() if self.goal.wanted else self._keep_silent()

    def _easiest(self, orders: Sequence[Order]) -> list[int]:
        """The decision maker whose verdict flips with the smallest change of its own ranking."""
        margins = [(margin(self.inverse.game, i, self.goal.state, orders).comparisons, i) for i in self.free]
        costs = [(cost, i) for cost, i in margins if cost is not None]
        return [min(costs)[1]] if costs else []

    def _keep_first(self) -> None:
        """Where all may change: a state that all rank first is an equilibrium."""
        first = [list(ranks) for ranks in self.inverse.ranks]
        for i in self.free:
            first[i][self.goal.state] = -1
        orders = [Order([rank - min(ranks) for rank in ranks]) for ranks in first]
        if self.goal.met(orders):
            self._keep(tuple(tuple(order.ranks) for order in orders))

    def _keep_silent(self) -> None:
        """Where the others may change: a departure that is worth it, to a state that none of them leaves."""
        graph, state = self.inverse.graph, self.goal.state
        for i in graph.everyone:
            for departure in members(graph.moves[i][state]):
                changed = [list(ranks) for ranks in self.inverse.ranks]
                for j in self.free:
                    wished = [changed[j][t] for t in members(graph.moves[j][departure])] if j != i else []
                    changed[j][departure] = min([changed[j][departure], *wished])
                if i in self.free and changed[i][departure] >= changed[i][state]:
                    changed[i] = [2 * rank for rank in changed[i]]
                    changed[i][departure] = changed[i][state] - 1
                orders = [Order([rank - min(ranks) for rank in ranks]) for ranks in changed]
                if self.goal.met(orders):
                    self._keep(tuple(tuple(order.ranks) for order in orders))

    def _head(self) -> tuple[str, str, bool, By]:
        game = self.inverse.game
        return game.concept, self.inverse.graph.ids[self.goal.state], self.goal.wanted, "ranking"

    def _change(self, found: Rankings, at_least: int, *, proven: bool) -> Change:
        parties = tuple(
            self._party(i, after) for i, after in enumerate(found) if distance(self.inverse.ranks[i], after)
        )
        cost = sum(party.comparisons for party in parties)
        return Change(*self._head(), True, cost, parties, proven, at_least)

    def _party(self, i: int, after: tuple[int, ...]) -> PartyChange:
        graph, before = self.inverse.graph, self.inverse.ranks[i]
        groups = tuple(
            tuple(graph.states[s] for s, rank in enumerate(after) if rank == number)
            for number in sorted(set(after))
        )
        risen, fallen = movers(before, after)
        return PartyChange(
            i,
            Ranking(groups),
            distance(before, after),
            tuple(graph.ids[s] for s in risen),
            tuple(graph.ids[s] for s in fallen),
        )


def distance(first: Sequence[int], second: Sequence[int]) -> int:
    """The number of pairs of states that compare differently in two rankings (0 best, by position)."""
    if tuple(first) == tuple(second):
        return 0
    a, b = np.array(first), np.array(second)
    differ = np.sign(a[:, None] - a[None, :]) != np.sign(b[:, None] - b[None, :])
    return int(np.count_nonzero(differ)) // 2


def movers(before: Sequence[int], after: Sequence[int]) -> tuple[list[int], list[int]]:
    """States that account for all changed comparisons between two rankings, few of them: those that rose,
    those that fell."""
    a, b = np.array(before), np.array(after)
    change = np.sign(b[:, None] - b[None, :]) - np.sign(a[:, None] - a[None, :])
    risen: list[int] = []
    fallen: list[int] = []
    while np.any(change):
        counts = np.count_nonzero(change, axis=1)
        state = int(np.argmax(counts))
        (risen if change[state].sum() < 0 else fallen).append(state)
        change[state] = change[:, state] = 0
    return risen, fallen
