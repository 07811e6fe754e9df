"""What would have to give: the smallest changes of what parties want after which a settlement holds.

One change takes a statement off a party's list, puts one at another place, or adds one about one option.
Every single change is tried on every state at once (`sweep`), so that "one change is enough" and "no single
change is enough" are proven. Where more are needed, the engine's inverse question is asked of the settlements
that come nearest (`nearest`), and the answer says of how many it was asked.

Inverse questions: Kinsara, Kilgour and Hipel 2015; option statements: Hipel, Kilgour, Fang and Peng 1997.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from standoff.conflict.answer.alterations import Added, Alteration, Dropped, Moved, altered, find_statement
from standoff.conflict.answer.board import Board, board_of
from standoff.conflict.answer.case import Case
from standoff.conflict.answer.settlement import Settlement
from standoff.conflict.formula import Formula, Not, Taken
from standoff.conflict.hypercube.ranks import feasible_combinations, rank_combinations
from standoff.conflict.inverse.change import Change
from standoff.conflict.inverse.question import Inverse
from standoff.conflict.model import Conflict
from standoff.conflict.preference import Priorities

WORK = 1 << 20
"""The most states times variants that are judged for one question."""

CANDIDATES = 6
"""How many settlements are put to the inverse question where no single change is enough."""

SECONDS = 5.0
"""How long one inverse question may take; past it, its best answer so far counts."""

QUESTION_STATES = 1 << 10
"""The most states with which the inverse question is asked."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Changes after which some settlements hold: `states` are those that hold then."""

    alterations: tuple[Alteration, ...]
    party: int
    states: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Smallest:
    """The smallest changes that were found.

    `proposals` come with the gentlest first. `tried` single changes were tried out of `single`; where
    `complete` is False the work ran out before all were. `asked` settlements were put to the inverse question,
    whose best answer is `engine`.
    """

    proposals: tuple[Proposal, ...] = ()
    tried: int = 0
    single: int = 0
    complete: bool = True
    asked: int = 0
    engine: Change | None = None


def smallest(case: Case, settlement: Settlement, board: Board, concept: str) -> Smallest:
    """Find the smallest changes after which a settlement is stable for all under a concept."""
    swept = sweep(case, settlement, concept)
    if swept.proposals or not board.possible_settlements:
        return swept
    return nearest(case, board, concept, swept)


def sweep(case: Case, settlement: Settlement, concept: str, work: int = WORK) -> Smallest:
    """Try every single change of a statement, those that move least first."""
    conflict = case.conflict
    hostile = _hostile(case, settlement)
    edits = sorted(
        (edit for i in range(len(conflict.decision_makers)) for edit in single_changes(case, i)),
        key=lambda edit: _strain(conflict, hostile, edit),
    )
    most = max(1, work >> conflict.option_count)
    feasible = feasible_combinations(conflict)
    seen: dict[tuple[int, bytes], tuple[int, ...]] = {}
    found: dict[tuple[object, ...], Proposal] = {}
    judged = tried = 0
    for edit in edits:
        party = party_of(conflict, edit)
        changed = altered(conflict, [edit])
        ranks = rank_combinations(changed.preferences[party], conflict.option_count, feasible)
        key = (party, _order(ranks))
        if key not in seen:
            if judged >= most:
                break
            judged += 1
            seen[key] = tuple(board_of(changed, settlement, (concept,)).settlements(concept))
        tried += 1
        if seen[key] and not _given_up(case, edit, found):
            found.setdefault(_theme(edit), Proposal((edit,), party, seen[key]))
    return Smallest(tuple(found.values()), tried, len(edits), tried == len(edits))


def _given_up(case: Case, edit: Alteration, found: dict[tuple[object, ...], Proposal]) -> bool:
    """Whether wanting something only takes back a statement that it would be enough to drop."""
    if not isinstance(edit, Added):
        return False
    formula = edit.formula
    contrary = formula.part if isinstance(formula, Not) else Not(formula)
    return any(
        statement.formula == contrary and ("dropped", statement.id) in found
        for statement in case.statements(edit.party)
    )


def _order(ranks: np.ndarray[tuple[int], np.dtype[np.int32]]) -> bytes:
    """What two rankings share that order all states alike."""
    return np.unique(ranks, return_inverse=True)[1].astype(np.int32).tobytes()


def single_changes(case: Case, party: int) -> Iterator[Alteration]:
    """Every single change of a party's statements; none where it ranks or weighs, or counts several as one."""
    preference = case.conflict.preferences[party]
    if not isinstance(preference, Priorities) or any(len(level) != 1 for level in preference.levels):
        return
    stated = case.statements(party)
    for place, priority in enumerate(stated):
        yield Dropped(priority.id)
        yield from (Moved(priority.id, to) for to in range(len(stated)) if to != place)
    known: set[Formula] = {priority.formula for priority in stated}
    for option in range(case.conflict.option_count):
        for formula in (Taken(option), Not(Taken(option))):
            if formula not in known:
                yield from (Added(party, formula, place) for place in range(len(stated), -1, -1))


def party_of(conflict: Conflict, edit: Alteration) -> int:
    """Whose statements a change touches."""
    if isinstance(edit, Added):
        return edit.party
    assert isinstance(edit, Dropped | Moved)
    return find_statement(conflict, edit.id)[0]


def _theme(edit: Alteration) -> tuple[object, ...]:
    """What changes are variants of one proposal: the gentlest of them is kept."""
    match edit:
        case Added(party, formula, _):
            return ("added", party, formula)
        case Moved(id, _):
            return ("moved", id)
        case Dropped(id):
            return ("dropped", id)
    raise AssertionError(edit)


def _hostile(case: Case, settlement: Settlement) -> frozenset[tuple[int, Formula]]:
    """Wishes that would make a conflict worse, by party: for what it only threatens, or against what is demanded
    of it."""
    options = case.conflict.options
    found: set[tuple[int, Formula]] = {
        (party, Taken(threat.option))
        for threat in settlement.threats
        for party in options[threat.option].owners
    }
    for demand in settlement.demands:
        refused: Formula = Not(Taken(demand.option)) if demand.taken else Taken(demand.option)
        found.update((party, refused) for party in options[demand.option].owners)
    return frozenset(found)


def _strain(
    conflict: Conflict, hostile: frozenset[tuple[int, Formula]], edit: Alteration
) -> tuple[int, int, int]:
    """What asks least of a party comes first: to reorder, to give up, to want something more as well, and last
    to want something hostile."""
    match edit:
        case Moved(id, to):
            party, place = find_statement(conflict, id)
            return (0, abs(to - place), party)
        case Dropped(id):
            party, place = find_statement(conflict, id)
            return (1, -place, party)
        case Added(party, formula, place):
            return (3 if (party, formula) in hostile else 2, -place, party)
    raise AssertionError(edit)


def nearest(case: Case, board: Board, concept: str, swept: Smallest) -> Smallest:
    """Ask the inverse question of the settlements that fewest parties want to leave."""
    conflict = case.conflict
    if len(conflict.feasible) > QUESTION_STATES:
        return swept
    stated = all(
        isinstance(p, Priorities) and all(len(level) == 1 for level in p.levels) for p in conflict.preferences
    )
    quo = conflict.status_quo or 0
    unstable = {
        state: sum(not stable[state] for stable in board.stable[concept])
        for state in board.possible_settlements
    }
    ordered = sorted(unstable, key=lambda s: (unstable[s], (s ^ quo).bit_count(), s))
    best: Change | None = None
    inverse = Inverse(conflict, concept)
    for state in ordered[:CANDIDATES]:
        found = inverse.ask(
            conflict.state_id(state), wanted=True, by="statements" if stated else "ranking", seconds=SECONDS
        )
        if found.possible and (best is None or found.cost < best.cost):
            best = found
    return replace(swept, asked=min(len(ordered), CANDIDATES), engine=best)
