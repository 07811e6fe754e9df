"""The smallest change of preferences that makes a state an equilibrium, or breaks one.

Implicit hitting sets (Moreno-Centeno and Karp 2013): a MaxSAT solver proposes the cheapest preferences that
keep to all clauses so far; the definitions judge them; where they fail, one clause says what every solution
must do about it, and no solution is lost. So rankings are never gone through, and a path of answers never
has to be written out in advance.

- Wanted: from a departure the others reach a set of states without a deterring one. Then the departure must
  be no improvement, or a state of the set must deter, or a step out of the set must become an improvement.
- Unwanted: a departure is chosen that should be deterred by nothing, but a path of answers leads to an
  outcome that deters. Then another departure must be chosen, or a step of the path must be no improvement,
  or the outcome must not deter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from standoff.conflict.graph import members
from standoff.conflict.inverse.clauses import FALSE, Clauses
from standoff.conflict.inverse.game import Game, Order, Reach
from standoff.conflict.inverse.rankings import Changeable


class Search:
    """One question: preferences of all decision makers (`Changeable`), and the state in question."""

    def __init__(
        self,
        game: Game,
        state: int,
        clauses: Clauses,
        preferences: Sequence[Changeable],
        who: Iterable[int],
        below: int | None = None,
    ) -> None:
        """Ask about a state and the decision makers for whom it is to be stable, or of whom one is to leave
        it; only answers that cost less than `below` count."""
        self.game = game
        self.state = state
        self.clauses = clauses
        self.preferences = preferences
        self.who = tuple(who)
        self._deterring: dict[tuple[int, int], int] = {}
        self.below = below
        self.rounds = 0

    def keep(self) -> tuple[tuple[int, ...], ...] | None:
        """The rankings nearest to the present ones in which the state is stable for all in question; None
        where there are none."""
        while self._proposed():
            orders = [Order(preference.ranks()) for preference in self.preferences]
            fine = True
            for i in self.who:
                for departure, reach in self.game.undeterred(i, self.state, orders):
                    fine = False
                    self._ask_for_answer(i, departure, reach, orders)
            if fine:
                return tuple(tuple(order.ranks) for order in orders)
        return None

    def leave(self) -> tuple[tuple[int, ...], ...] | None:
        """The rankings nearest to the present ones in which the state is not stable for one in question;
        None where there are none."""
        chosen = self._choose_departures()
        while self._proposed():
            orders = [Order(preference.ranks()) for preference in self.preferences]
            if not all(self.game.is_stable(i, self.state, orders) for i in self.who):
                return tuple(tuple(order.ranks) for order in orders)
            for (i, departure), choice in chosen.items():
                if self.clauses.is_true(choice):
                    self._ask_for_silence(i, departure, choice, orders)
        return None

    def _proposed(self) -> bool:
        """Find the cheapest preferences that are rankings and keep to all clauses."""
        while self.clauses.solve() and (self.below is None or self.clauses.cost < self.below):
            self.rounds += 1
            refined = [preference.refine() for preference in self.preferences]
            if not any(refined):
                return True
        return False

    # Wanted ---------------------------------------------------------------------------------------

    def _ask_for_answer(self, i: int, departure: int, reach: Reach, orders: Sequence[Order]) -> None:
        clause = [self.preferences[i].no_better(departure, self.state)]
        if self.game.concept != "nash":
            clause += [self._deters(i, outcome) for outcome in sorted(reach.states)]
            if self.game.credible:
                clause += self._steps_out(i, reach, orders)
        self.clauses.add(clause)

    def _deters(self, i: int, outcome: int) -> int:
        """A literal that makes an outcome deter i from leaving the state."""
        if outcome == self.state and not self.game.symmetric:
            return -FALSE
        key = (i, outcome)
        if key not in self._deterring:
            parts = [
                self.preferences[i].no_better(t, self.state)
                for t in self.game.outcomes(i, outcome)
                if t != self.state
            ]
            if FALSE in parts:
                self._deterring[key] = FALSE
            else:
                self._deterring[key] = self.clauses.fresh()
                for part in parts:
                    self.clauses.add((-self._deterring[key], part))
        return self._deterring[key]

    def _steps_out(self, i: int, reach: Reach, orders: Sequence[Order]) -> list[int]:
        """Literals for the moves of the others that would lead on from what they reach."""
        graph = self.game.graph
        seen: Mapping[int, int] = _by_mover(reach)
        inside = sum(1 << state for state in reach.states)
        found = []
        for state, last in reach.before:
            for j in graph.others(i):
                if j == last and not graph.transitive:
                    continue
                beyond = graph.moves[j][state] & ~(inside if graph.transitive else seen.get(j, 0))
                found += [self.preferences[j].better(target, state) for target in members(beyond)]
        return found

    # Unwanted -------------------------------------------------------------------------------------

    def _choose_departures(self) -> dict[tuple[int, int], int]:
        """A literal for each departure that may be the one that nothing deters from; one must be true."""
        chosen: dict[tuple[int, int], int] = {}
        for i in self.who:
            for departure in members(self.game.graph.moves[i][self.state]):
                gain = self.preferences[i].better(departure, self.state)
                if gain != FALSE:
                    chosen[i, departure] = self.clauses.fresh()
                    self.clauses.add((-chosen[i, departure], gain))
        self.clauses.add(chosen.values())
        return chosen

    def _ask_for_silence(self, i: int, departure: int, choice: int, orders: Sequence[Order]) -> None:
        if self.game.concept == "nash":
            return
        reach = self.game.reach(i, departure, orders)
        not_better = orders[i].not_better(self.state)
        for outcome in sorted(reach.states):
            if not self.game.deters(i, outcome, not_better):
                continue
            clause = [-choice]
            if self.game.credible:
                clause += [
                    self.preferences[j].no_better(target, source) for j, source, target in reach.path(outcome)
                ]
            clause += [
                self.preferences[i].better(t, self.state)
                for t in self.game.outcomes(i, outcome)
                if t != self.state
            ]
            self.clauses.add(clause)


def _by_mover(reach: Reach) -> dict[int, int]:
    seen: dict[int, int] = {}
    for state, last in reach.before:
        seen[last] = seen.get(last, 0) | 1 << state
    return seen
