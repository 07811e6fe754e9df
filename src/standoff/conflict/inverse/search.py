"""The smallest change of preferences that makes a state an equilibrium, or breaks one.

Implicit hitting sets (Moreno-Centeno and Karp 2013): a MaxSAT solver proposes the cheapest preferences that
meet all demands so far; the definitions judge them; where they fail, new demands say what every answer must
do about it (`demands.py`). So rankings are never gone through, and paths of answers never have to be
written out in advance.

Statements are changed so; rankings are searched by branches (`branching.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from standoff.conflict.graph import members
from standoff.conflict.inverse.budget import Budget
from standoff.conflict.inverse.clauses import FALSE, Clauses, Outcome
from standoff.conflict.inverse.demands import Atom, Demand, deterred, unanswered
from standoff.conflict.inverse.game import Game, Order
from standoff.conflict.inverse.rankings import Changeable

Rankings = tuple[tuple[int, ...], ...]


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
