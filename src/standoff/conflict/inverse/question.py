"""Inverse questions about a conflict, and their answers in its own terms.

Kinsara, Kilgour and Hipel 2015 (IEEE Transactions on Systems, Man and Cybernetics: Systems 45) and Wang,
Hipel, Fang and Xu 2018 ask which preferences make a state an equilibrium. Asked here is for the nearest
ones: by rankings, the fewest pairs of states that compare differently (Kendall's tau, ties included); by
statements, the fewest priority statements dropped, moved or added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from standoff.conflict.formula_text import write_formula
from standoff.conflict.graph import StateGraph, build
from standoff.conflict.inverse.clauses import Clauses
from standoff.conflict.inverse.game import Game, Order
from standoff.conflict.inverse.places import margin
from standoff.conflict.inverse.rankings import Changeable, Fixed, Ranked
from standoff.conflict.inverse.search import Search
from standoff.conflict.inverse.statements import Edit, Stated
from standoff.conflict.model import Conflict
from standoff.conflict.option_names import OptionNames
from standoff.conflict.preference import Partial, Preference, Priorities, Ranking
from standoff.conflict.problems import ModelProblem
from standoff.conflict.wording import counted, joined

By = Literal["ranking", "statements"]


@dataclass(frozen=True, slots=True)
class PartyChange:
    """What changes for one decision maker: its new preference, and either the pairs of states that compare
    differently or the edits of its statements."""

    decision_maker: int
    preference: Preference
    comparisons: int
    risen: tuple[str, ...] = ()
    fallen: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest change that answers a question.

    `possible` is False where no change of the preferences in question does; `cost` is the number of pairs
    or of edits, 0 where nothing has to change.
    """

    concept: str
    state: str
    wanted: bool
    by: By
    possible: bool
    cost: int = 0
    parties: tuple[PartyChange, ...] = ()

    def sentence(self, conflict: Conflict) -> str:
        """Say what has to change."""
        goal = (
            f"an equilibrium ({self.concept.upper()})"
            if self.wanted
            else f"no equilibrium ({self.concept.upper()})"
        )
        if not self.possible:
            return f"No change of these preferences makes state {self.state} {goal}."
        if not self.cost:
            return f"State {self.state} is {goal} already."
        parts = [_party_sentence(conflict, party) for party in self.parties]
        unit = "comparison" if self.by == "ranking" else "statement"
        return (
            f"State {self.state} becomes {goal} with {counted(self.cost, unit)} changed, and with no fewer: "
            f"{'; '.join(parts)}."
        )


def make_equilibrium(
    conflict: Conflict,
    state: str,
    concept: str = "seq",
    *,
    parties: Iterable[str] | None = None,
    by: By = "ranking",
    additions: bool = True,
) -> Change:
    """Find the smallest change of some (or all) parties' preferences that makes a state an equilibrium.

    `state` is an id. Raises ModelProblem for an unknown state, party or concept, for partly unknown
    preferences, and for a change of statements where a party has none.
    """
    return _answer(conflict, state, concept, parties, by, additions, wanted=True)


def break_equilibrium(
    conflict: Conflict,
    state: str,
    concept: str = "seq",
    *,
    parties: Iterable[str] | None = None,
    by: By = "ranking",
    additions: bool = True,
) -> Change:
    """Find the smallest change of some (or all) parties' preferences after which a state is no
    equilibrium."""
    return _answer(conflict, state, concept, parties, by, additions, wanted=False)


def _answer(
    conflict: Conflict,
    state: str,
    concept: str,
    parties: Iterable[str] | None,
    by: By,
    additions: bool,
    *,
    wanted: bool,
) -> Change:
    if any(isinstance(preference, Partial) for preference in conflict.preferences):
        raise ModelProblem(
            "inverse questions change known rankings, and a preference here is partly unknown: give all "
            "comparisons first"
        )
    graph = build(conflict)
    question = _Question(conflict, graph, Game(graph, concept), graph.position(state), wanted)
    free = question.free(parties)
    return question.by_ranking(free) if by == "ranking" else question.by_statements(free, additions)


class _Question:
    """One conflict, state and goal."""

    def __init__(self, conflict: Conflict, graph: StateGraph, game: Game, state: int, wanted: bool) -> None:
        self.conflict, self.graph, self.game, self.state, self.wanted = conflict, graph, game, state, wanted
        self.ranks = [tuple(int(r) for r in conflict.ranks(i)) for i in graph.everyone]
        self.orders = [Order(ranks) for ranks in self.ranks]

    def free(self, parties: Iterable[str] | None) -> tuple[int, ...]:
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

    def by_ranking(self, free: Sequence[int]) -> Change:
        """The fewest comparisons that must change."""
        known = self._by_own_places(free)
        if known is not None and (not self.game.credible or len(self.graph.everyone) == 1):
            # Each verdict hangs on the decision maker's own ranking alone, so the places are the answer.
            return self._ranking_change(known)
        below = None if known is None else self._distance(known)
        if below == 0:
            return self._ranking_change(known)
        clauses = Clauses()
        try:
            preferences: list[Changeable] = [
                Ranked(clauses, ranks, below) if i in free else Fixed(ranks)
                for i, ranks in enumerate(self.ranks)
            ]
            search = Search(self.game, self.state, clauses, preferences, self.graph.everyone, below)
            found = search.keep() if self.wanted else search.leave()
        finally:
            clauses.close()
        return self._ranking_change(known if found is None else found)

    def _by_own_places(self, free: Sequence[int]) -> tuple[tuple[int, ...], ...] | None:
        """A change that only moves the state itself, each in the ranking of the party whose verdict must
        flip; None where that does not do."""
        everyone = self.graph.everyone
        stable = [self.game.is_stable(i, self.state, self.orders) for i in everyone]
        if all(stable) == self.wanted:
            return tuple(self.ranks)
        changed = list(self.ranks)
        margins = {i: margin(self.game, i, self.state, self.orders) for i in free}
        if self.wanted:
            for i in everyone:
                if stable[i]:
                    continue
                if i not in margins:
                    return None
                ranks = margins[i].ranks
                assert ranks is not None, "at the top of its own ranking every state is stable"
                changed[i] = ranks
        else:
            costs = [(m.comparisons, i) for i, m in margins.items() if m.comparisons is not None]
            if not costs:
                return None
            _, i = min(costs)
            changed[i] = margins[i].ranks or changed[i]
        orders = [Order(ranks) for ranks in changed]
        holds = all(self.game.is_stable(i, self.state, orders) for i in everyone)
        return tuple(changed) if holds == self.wanted else None

    def _distance(self, ranks: Sequence[Sequence[int]]) -> int:
        return sum(distance(a, b) for a, b in zip(self.ranks, ranks, strict=True))

    def _ranking_change(self, found: tuple[tuple[int, ...], ...] | None) -> Change:
        id = self.graph.ids[self.state]
        if found is None:
            return Change(self.game.concept, id, self.wanted, "ranking", False)
        parties = tuple(
            self._party(i, after) for i, after in enumerate(found) if distance(self.ranks[i], after)
        )
        return Change(
            self.game.concept, id, self.wanted, "ranking", True, sum(p.comparisons for p in parties), parties
        )

    def _party(self, i: int, after: tuple[int, ...], edits: tuple[Edit, ...] = ()) -> PartyChange:
        groups = tuple(
            tuple(self.graph.states[s] for s, rank in enumerate(after) if rank == number)
            for number in sorted(set(after))
        )
        risen, fallen = movers(self.ranks[i], after)
        return PartyChange(
            i,
            Ranking(groups),
            distance(self.ranks[i], after),
            tuple(self.graph.ids[s] for s in risen),
            tuple(self.graph.ids[s] for s in fallen),
            edits,
        )

    def by_statements(self, free: Sequence[int], additions: bool) -> Change:
        """The fewest statements that must be dropped, moved or added."""
        clauses = Clauses()
        try:
            preferences: list[Changeable] = []
            stated: dict[int, Stated] = {}
            for i, preference in enumerate(self.conflict.preferences):
                if i not in free:
                    preferences.append(Fixed(self.ranks[i]))
                    continue
                if not isinstance(preference, Priorities):
                    raise ModelProblem(
                        f"{self.conflict.decision_makers[i]!r} has no priority statements to change: ask for a "
                        f"change of its ranking, or leave it out"
                    )
                stated[i] = Stated(
                    clauses,
                    preference,
                    self.graph.states,
                    self.conflict.option_count,
                    additions=additions,
                )
                preferences.append(stated[i])
            search = Search(self.game, self.state, clauses, preferences, self.graph.everyone)
            found = search.keep() if self.wanted else search.leave()
            id = self.graph.ids[self.state]
            if found is None:
                return Change(self.game.concept, id, self.wanted, "statements", False)
            parties = []
            for i, statements in stated.items():
                edits = statements.edits()
                if edits:
                    party = self._party(i, found[i], edits)
                    parties.append(PartyChange(i, statements.preference(), party.comparisons, edits=edits))
            cost = sum(len(party.edits) for party in parties)
            return Change(self.game.concept, id, self.wanted, "statements", True, cost, tuple(parties))
        finally:
            clauses.close()


def distance(first: Sequence[int], second: Sequence[int]) -> int:
    """The number of pairs of states that compare differently in two rankings (0 best, by position)."""
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


def _party_sentence(conflict: Conflict, party: PartyChange) -> str:
    name = conflict.decision_makers[party.decision_maker]
    if party.edits:
        return f"{name} has {joined(_edit_text(conflict, edit) for edit in party.edits)}"
    moves = [f"{_ids(ids)} {verb}" for ids, verb in ((party.risen, "higher"), (party.fallen, "lower")) if ids]
    return f"{name} ranks {joined(moves)} ({counted(party.comparisons, 'comparison')})"


def _ids(ids: Sequence[str]) -> str:
    shown = [f"state {id}" for id in ids[:6]]
    return joined(shown) if len(ids) <= 6 else f"{', '.join(shown)} and {len(ids) - 6} more"


def _edit_text(conflict: Conflict, edit: Edit) -> str:
    names = OptionNames(conflict.options, conflict.decision_makers)
    text = edit.statement.text or write_formula(edit.statement.formula, names)
    if edit.kind == "dropped":
        return f"statement {edit.before} ({text}) dropped"
    if edit.kind == "moved":
        return f"statement {edit.before} ({text}) moved to place {edit.place}"
    return f"{text!r} added as statement {edit.place}"
