"""What changed between two files of one conflict: options, statements, what holds, and because of what.

Parts are matched by their ids. Outcomes are compared on the options that both files have. A change is a cause
of an outcome that is new (or gone) where taking that one change back in the newer conflict makes the outcome
fall (or hold) again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from standoff.conflict.answer.alterations import Added, Alteration, Dropped, Held, Moved, altered
from standoff.conflict.answer.board import Board, board_of
from standoff.conflict.answer.case import Case, Part
from standoff.conflict.answer.settlement import Settlement, settlement_of
from standoff.conflict.formula import And, Formula, If, Iff, Not, Or, Taken

Kind = Literal["new", "gone", "moved", "reworded", "done", "undone", "standing", "evidence"]

Shared = frozenset[str]
"""An outcome on the options that both files have: the ids of those that are taken."""


@dataclass(frozen=True, slots=True)
class Change:
    """One part that changed. `part` is the newer one, the older where it is `gone`; `was` the standing before;
    `back` takes the change back in the newer conflict, empty where that cannot be done alone."""

    kind: Kind
    part: Part
    was: str = ""
    back: tuple[Alteration, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """An outcome that holds now and did not (`gained`), or the other way round, and the changes that cause it.

    `states` are the states of the newer conflict that are this outcome on the shared options.
    """

    outcome: Shared
    states: tuple[int, ...]
    gained: bool
    causes: tuple[Change, ...]


@dataclass(frozen=True, eq=False)
class Difference:
    """What changed between an older and a newer case under a concept."""

    old: Case
    new: Case
    concept: str
    changes: tuple[Change, ...]
    turns: tuple[Turn, ...]
    before: Board
    after: Board
    shared: tuple[tuple[str, int, int], ...]
    """The options that both have: id, number in the older, number in the newer."""


def difference(old: Case, new: Case, concept: str = "seq") -> Difference:
    """Compare two cases, without the switches of either; raises ModelProblem as judging does."""
    before_settlement, settlement = settlement_of(old), settlement_of(new)
    before = board_of(old.conflict, before_settlement, (concept,))
    after = board_of(new.conflict, settlement, (concept,))
    new_numbers = {new.option_id(k): k for k in range(new.conflict.option_count)}
    shared = tuple(
        (old.option_id(k), k, new_numbers[old.option_id(k)])
        for k in range(old.conflict.option_count)
        if old.option_id(k) in new_numbers
    )
    changes = tuple(_changes(old, new))
    turns = _turns(new, settlement, before, after, concept, shared, changes)
    return Difference(old, new, concept, changes, turns, before, after, shared)


def projected(state: int, shared: tuple[tuple[str, int, int], ...], *, newer: bool) -> Shared:
    """An outcome on the shared options."""
    return frozenset(id for id, before, after in shared if state >> (after if newer else before) & 1)


# Parts --------------------------------------------------------------------------------------------


def _changes(old: Case, new: Case) -> Iterator[Change]:
    for part in new.parts.values():
        if part.id not in old.parts:
            yield Change("new", part, back=_without(new, part))
    for part in old.parts.values():
        if part.id not in new.parts:
            yield Change("gone", part, back=_with(old, new, part))
    for part in new.parts.values():
        if part.id in old.parts:
            yield from _same(old, new, part)
    yield from _moved(old, new)


def _same(old: Case, new: Case, part: Part) -> Iterator[Change]:
    """How a part changed that both have, its place apart."""
    was = old.parts[part.id]
    if part.what == "statement" and part.owner is not None:
        before, after = _formula(old, part.id), _formula(new, part.id)
        translated = None if before is None else _translated(old, new, before)
        if after is not None and translated != after:
            place = _place(new, part.id)
            back: tuple[Alteration, ...] = (
                ()
                if translated is None
                else (Dropped(part.id), Added(part.owner, translated, place, part.id))
            )
            yield Change("reworded", part, back=back)
    if part.what == "option":
        k, n = _number(old, part.id), _number(new, part.id)
        quo_before, quo_after = old.conflict.status_quo, new.conflict.status_quo
        if quo_before is not None and quo_after is not None:
            done = bool(quo_after >> n & 1)
            if bool(quo_before >> k & 1) != done:
                yield Change("done" if done else "undone", part)
    if part.standing != was.standing:
        yield Change("standing", part, was.standing)
    elif set(part.evidence) - set(was.evidence):
        yield Change("evidence", part)


def _moved(old: Case, new: Case) -> Iterator[Change]:
    """Statements that stand elsewhere among those that both files have: the fewest that explain the new order."""
    for party in range(len(new.conflict.decision_makers)):
        now = [s.id for s in new.statements(party) if s.id in old.parts]
        then = [s.id for i in range(len(old.conflict.decision_makers)) for s in old.statements(i)]
        order = [then.index(id) for id in now]
        stay = _longest_rising(order)
        for at, id in enumerate(now):
            if at in stay:
                continue
            others = [s.id for s in new.statements(party) if s.id != id]
            after = [other for other in others if other in then and then.index(other) > then.index(id)]
            place = others.index(after[0]) if after else len(others)
            yield Change("moved", new.parts[id], back=(Moved(id, place),))


def _longest_rising(numbers: list[int]) -> set[int]:
    """The places of the longest subsequence that rises."""
    best: list[list[int]] = []
    for at, number in enumerate(numbers):
        runs = [run for run in best if numbers[run[-1]] < number]
        best.append([*max(runs, key=len), at] if runs else [at])
    longest: list[int] = max(best, key=len, default=[])
    return set(longest)


def _without(new: Case, part: Part) -> tuple[Alteration, ...]:
    """The newer conflict as if a part of it were not there."""
    if part.what == "statement":
        return (Dropped(part.id),)
    if part.what == "option" and new.conflict.status_quo is not None:
        k = _number(new, part.id)
        return (Held(k, bool(new.conflict.status_quo >> k & 1)),)
    return ()


def _with(old: Case, new: Case, part: Part) -> tuple[Alteration, ...]:
    """The newer conflict as if a statement of the older were still there; nothing for other parts."""
    if part.what != "statement" or part.owner is None:
        return ()
    name = old.conflict.decision_makers[part.owner]
    formula = _formula(old, part.id)
    translated = None if formula is None else _translated(old, new, formula)
    if translated is None or name not in new.conflict.decision_makers:
        return ()
    party = new.conflict.decision_makers.index(name)
    here = [s.id for s in new.statements(party)]
    below = [s.id for s in old.statements(part.owner)]
    following = [id for id in below[below.index(part.id) + 1 :] if id in here]
    place = here.index(following[0]) if following else len(here)
    return (Added(party, translated, place, part.id),)


def _formula(case: Case, id: str) -> Formula | None:
    owner = case.parts[id].owner
    if owner is None:
        return None
    return next((s.formula for s in case.statements(owner) if s.id == id), None)


def _place(case: Case, id: str) -> int:
    owner = case.parts[id].owner
    return 0 if owner is None else [s.id for s in case.statements(owner)].index(id)


def _number(case: Case, id: str) -> int:
    return next(k for k in range(case.conflict.option_count) if case.option_id(k) == id)


def _translated(old: Case, new: Case, formula: Formula) -> Formula | None:
    """A formula of the older conflict in the option numbers of the newer; None where an option is gone."""
    numbers = {new.option_id(k): k for k in range(new.conflict.option_count)}

    def go(part: Formula) -> Formula | None:
        match part:
            case Taken(option):
                number = numbers.get(old.option_id(option))
                return None if number is None else Taken(number)
            case Not(inner):
                found = go(inner)
                return None if found is None else Not(found)
            case And(parts) | Or(parts):
                inside = [go(one) for one in parts]
                if any(one is None for one in inside):
                    return None
                kept = tuple(one for one in inside if one is not None)
                return And(kept) if isinstance(part, And) else Or(kept)
            case If(left, right) | Iff(left, right):
                one, other = go(left), go(right)
                if one is None or other is None:
                    return None
                return If(one, other) if isinstance(part, If) else Iff(one, other)

    return go(formula)


# Outcomes -----------------------------------------------------------------------------------------


def _turns(
    new: Case,
    settlement: Settlement,
    before: Board,
    after: Board,
    concept: str,
    shared: tuple[tuple[str, int, int], ...],
    changes: tuple[Change, ...],
) -> tuple[Turn, ...]:
    then = {projected(s, shared, newer=False) for s in before.outcomes(concept)}
    now = {projected(s, shared, newer=True) for s in after.outcomes(concept)}
    without = {
        number: {projected(s, shared, newer=True) for s in board.outcomes(concept)}
        for number, change in enumerate(changes)
        if change.back
        for board in [board_of(altered(new.conflict, change.back), settlement, (concept,))]
    }
    found = []
    for outcome in sorted(now ^ then, key=lambda o: (o not in now, sorted(o))):
        gained = outcome in now
        causes = tuple(
            change
            for number, change in enumerate(changes)
            if number in without and (outcome in without[number]) != gained
        )
        states = tuple(
            int(s) for s in new.conflict.feasible if projected(int(s), shared, newer=True) == outcome
        )
        found.append(Turn(outcome, states, gained, causes))
    return tuple(found)
