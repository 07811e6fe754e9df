"""The smallest change of preferences that makes a state an equilibrium, or breaks one.

Implicit hitting sets (Moreno-Centeno and Karp 2013): a MaxSAT solver proposes the cheapest preferences that
meet all demands so far; the definitions judge them; where they fail, new demands say what every answer must
do about it (`demands.py`). So rankings are never gone through, and paths of answers never have to be
written out in advance.

Rankings are searched in rounds of growing cost: in a round, comparisons that by themselves cost more than
its limit are constants, so that a cheap answer is found in a small problem, however large the conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from standoff.conflict.graph import members
from standoff.conflict.inverse.budget import Budget
from standoff.conflict.inverse.clauses import FALSE, Clauses, Outcome
from standoff.conflict.inverse.demands import Atom, Demand, deterred, unanswered
from standoff.conflict.inverse.game import Game, Order, Ranks
from standoff.conflict.inverse.rankings import Changeable, Fixed, Lessons, Ranked

FIRST_LIMIT = 8
"""The greatest cost of the first round; each further round allows four times as much."""

Rankings = tuple[tuple[int, ...], ...]
Improve = Callable[[Sequence[Order]], None]
"""Told of every proposal, to make an answer of it, if a dearer one."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A state, and whether it is to be stable for all of some decision makers or not for one of them."""

    game: Game
    state: int
    wanted: bool
    who: tuple[int, ...]

    def met(self, orders: Sequence[Order]) -> bool:
        """Say whether rankings do."""
        return all(self.game.is_stable(i, self.state, orders) for i in self.who) == self.wanted


@dataclass(frozen=True, slots=True)
class Found:
    """The end of a search: the cheapest rankings, or why there are none; no answer costs less than
    `at_least`."""

    outcome: Outcome
    rankings: Rankings | None
    at_least: int


class Proposals:
    """One problem of clauses about the preferences of all decision makers."""

    def __init__(self, goal: Goal, clauses: Clauses, preferences: Sequence[Changeable]) -> None:
        """Start without demands; for an unwanted equilibrium choose a departure."""
        self.goal, self.clauses, self.preferences = goal, clauses, preferences
        self._all_of: dict[tuple[Atom, ...], int] = {}
        self._chosen: dict[tuple[int, int], int] = {}
        if not goal.wanted:
            self._choose_departures()

    def _choose_departures(self) -> None:
        """A literal for each departure that may be the one that nothing deters from; one must be true."""
        for i in self.goal.who:
            for departure in members(self.goal.game.graph.moves[i][self.goal.state]):
                gain = self.preferences[i].better(departure, self.goal.state)
                if gain != FALSE:
                    self._chosen[i, departure] = self.clauses.fresh()
                    self.clauses.add((-self._chosen[i, departure], gain))
        self.clauses.add(self._chosen.values())

    def ask(self, demand: Demand, alternatives: Iterable[tuple[Atom, ...]]) -> None:
        """Ask for one of the alternatives."""
        clause = [self._all(alternative) for alternative in alternatives]
        if not self.goal.wanted:
            choice = self._chosen.get((demand.decision_maker, demand.departure))
            if choice is None:
                return
            clause.append(-choice)
        self.clauses.add(clause)

    def _all(self, atoms: tuple[Atom, ...]) -> int:
        if atoms not in self._all_of:
            parts = [self._literal(atom) for atom in atoms]
            if len(parts) == 1:
                self._all_of[atoms] = parts[0]
            elif FALSE in parts:
                self._all_of[atoms] = FALSE
            else:
                literal = self._all_of[atoms] = self.clauses.fresh()
                for part in parts:
                    self.clauses.add((-literal, part))
        return self._all_of[atoms]

    def _literal(self, atom: Atom) -> int:
        preference = self.preferences[atom.decision_maker]
        if atom.better:
            return preference.better(atom.target, atom.source)
        return preference.no_better(atom.target, atom.source)

    def propose(self, limit: int | None, budget: Budget) -> Outcome:
        """Find the cheapest preferences that meet the demands."""
        while True:
            outcome = self.clauses.solve(limit, budget)
            if outcome != "found":
                return outcome
            # Every preference is refined, also after one that was.
            refined = [preference.refine() for preference in self.preferences]
            if not any(refined):
                return "found"
            if budget.spent:
                return "late"

    def rankings(self) -> Rankings:
        """The rankings that were proposed."""
        return tuple(preference.ranks() for preference in self.preferences)

    def missing(self, orders: Sequence[Order]) -> list[Demand]:
        """What the proposal fails to do, learnt from the definitions."""
        goal = self.goal
        if goal.wanted:
            return unanswered(goal.game, goal.state, goal.who, orders)
        found: list[Demand] = []
        for (i, departure), choice in self._chosen.items():
            if self.clauses.is_true(choice):
                found += deterred(goal.game, goal.state, i, departure, orders)
        return found


def search(proposals: Proposals, budget: Budget) -> Found:
    """Find the cheapest preferences, of whatever kind they are, that meet a goal."""
    everything = sum(1 << s for s in range(proposals.goal.game.graph.size))
    while True:
        outcome = proposals.propose(None, budget)
        if outcome != "found":
            return Found(outcome, None, proposals.clauses.cost)
        rankings = proposals.rankings()
        orders = [Order(ranks) for ranks in rankings]
        if proposals.goal.met(orders):
            return Found("found", rankings, proposals.clauses.cost)
        for demand in proposals.missing(orders):
            goal = proposals.goal
            proposals.ask(demand, demand.alternatives(goal.game, goal.state, lambda j, s: everything))


class RankingSearch:
    """The cheapest rankings that meet a goal, where some decision makers' rankings may change."""

    def __init__(self, goal: Goal, ranks: Sequence[Ranks], free: Iterable[int], improve: Improve) -> None:
        """Start from the present rankings."""
        self.goal, self.ranks, self.free, self.improve = goal, ranks, frozenset(free), improve
        self.demands: list[Demand] = []
        self._spans = [_Spans(r) for r in ranks]
        self._lessons = [Lessons() for _ in ranks]

    def run(self, dearest: Callable[[], int], budget: Budget) -> Found:
        """Look for an answer that costs at most `dearest()`, which may fall while the search goes on."""
        limit, at_least = min(FIRST_LIMIT, dearest()), 0
        while True:
            found = self._within(limit, budget)
            at_least = max(at_least, min(found.at_least, limit + 1))
            if found.outcome in ("found", "late") or limit >= dearest():
                return Found(found.outcome, found.rankings, at_least)
            limit = min(4 * limit, dearest())

    def _within(self, limit: int, budget: Budget) -> Found:
        """Look for the cheapest answer that costs at most `limit`."""
        at_least = 0
        while True:
            clauses = Clauses()
            try:
                found = self._with_touched(limit, clauses, budget)
                at_least = max(at_least, clauses.cost)
            finally:
                clauses.close()
            if found is not None:
                return Found(found.outcome, found.rankings, max(at_least, found.at_least))

    def _with_touched(self, limit: int, clauses: Clauses, budget: Budget) -> Found | None:
        """Look in one problem; None where a demand speaks of states that it has no places for."""
        laid_out = [self._alternatives(demand, limit) for demand in self.demands]
        touched = self._touched(laid_out, limit)
        preferences: list[Changeable] = [
            Ranked(clauses, r, touched[i], limit, self._lessons[i]) if i in self.free else Fixed(r)
            for i, r in enumerate(self.ranks)
        ]
        proposals = Proposals(self.goal, clauses, preferences)
        for demand, alternatives in zip(self.demands, laid_out, strict=True):
            proposals.ask(demand, alternatives)
        while True:
            outcome = proposals.propose(limit, budget)
            if outcome != "found":
                return Found(outcome, None, limit + 1 if outcome in ("none", "dear") else clauses.cost)
            rankings = proposals.rankings()
            orders = [Order(r) for r in rankings]
            if self.goal.met(orders):
                return Found("found", rankings, clauses.cost)
            self.improve(orders)
            known = True
            for demand in proposals.missing(orders):
                self.demands.append(demand)
                alternatives = self._alternatives(demand, limit)
                more = self._touched([alternatives], limit, bare=True)
                known = known and all(a <= b for a, b in zip(more, touched, strict=True))
                if known:
                    proposals.ask(demand, alternatives)
            if not known:
                return None

    def _alternatives(self, demand: Demand, limit: int) -> list[tuple[Atom, ...]]:
        """The alternatives that can hold at a cost within the limit."""
        found = demand.alternatives(
            self.goal.game, self.goal.state, lambda j, s: self._within_reach(j, s, limit)
        )
        return [a for a in found if all(self._can_hold(atom, limit) for atom in a)]

    def _within_reach(self, j: int, source: int, limit: int) -> int:
        return self._spans[j].up_to(source, limit if j in self.free else 0)

    def _can_hold(self, atom: Atom, limit: int) -> bool:
        ranks = self.ranks[atom.decision_maker]
        if (ranks[atom.target] < ranks[atom.source]) == atom.better:
            return True
        return self._can_turn(atom, limit)

    def _can_turn(self, atom: Atom, limit: int) -> bool:
        spans = self._spans[atom.decision_maker]
        return atom.decision_maker in self.free and spans.distance(atom.target, atom.source) <= limit

    def _touched(
        self, laid_out: Iterable[Iterable[tuple[Atom, ...]]], limit: int, *, bare: bool = False
    ) -> list[set[int]]:
        """The states by decision maker of which the demands speak, and those of all departures."""
        found: list[set[int]] = [set() for _ in self.ranks]
        for alternatives in laid_out:
            for alternative in alternatives:
                for atom in alternative:
                    if self._can_turn(atom, limit):
                        found[atom.decision_maker] |= {atom.target, atom.source}
        if not self.goal.wanted and not bare:
            for i in self.goal.who:
                for departure in members(self.goal.game.graph.moves[i][self.goal.state]):
                    if self._can_turn(Atom(i, True, departure, self.goal.state), limit):
                        found[i] |= {departure, self.goal.state}
        return found


class _Spans:
    """How far apart states stand in a ranking."""

    def __init__(self, ranks: Ranks) -> None:
        self.ranks = ranks
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

    def distance(self, one: int, other: int) -> int:
        """What it costs at least to turn two states."""
        low, high = sorted((self.ranks[one], self.ranks[other]))
        return self._before[high + 1] - self._before[low] - 1

    def up_to(self, source: int, limit: int) -> int:
        """The states that are better than one, or can come to be at a cost within a limit."""
        number, last = self.ranks[source], self.ranks[source]
        while last + 1 < len(self._upto) - 1 and self._before[last + 2] - self._before[number] - 1 <= limit:
            last += 1
        if self._before[number + 1] - self._before[number] - 1 > limit:
            return self._upto[number]
        return self._upto[last + 1]
