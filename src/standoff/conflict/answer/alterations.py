"""Changes to a conflict for the sake of argument, as data: each can be applied, said, and applied again.

A conflict is never changed in place; `altered` gives the conflict as it would be.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from standoff.conflict.formula import And, Formula, Not, Taken, holds
from standoff.conflict.model import Conflict, Constraint
from standoff.conflict.preference import Preference, Priorities, Priority
from standoff.conflict.problems import ModelProblem


@dataclass(frozen=True, slots=True)
class Dropped:
    """A statement, by its id, that its party no longer makes."""

    id: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A statement, by its id, at another place of its party's list (from 0, after the move)."""

    id: str
    place: int


@dataclass(frozen=True, slots=True)
class Added:
    """A party also makes a statement, at a place of its list (from 0, after the change)."""

    party: int
    formula: Formula
    place: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """An option that stays as it is said to be, whatever anybody does: nobody reckons with its change."""

    option: int
    taken: bool


@dataclass(frozen=True, slots=True)
class Once:
    """An option that cannot be taken back."""

    option: int


@dataclass(frozen=True, slots=True)
class Replaced:
    """A party with another preference altogether."""

    party: int
    preference: Preference


Alteration = Dropped | Moved | Added | Held | Once | Replaced


def altered(conflict: Conflict, alterations: Iterable[Alteration]) -> Conflict:
    """Apply changes one after the other.

    Raises ModelProblem for an id that no statement has, for a party without statements, and where nothing
    would be left to happen.
    """
    for alteration in alterations:
        conflict = _altered(conflict, alteration)
    return conflict


def _altered(conflict: Conflict, alteration: Alteration) -> Conflict:
    match alteration:
        case Dropped(id):
            party, place = find_statement(conflict, id)
            levels = list(_levels(conflict, party))
            kept = tuple(priority for priority in levels[place] if priority.id != id)
            levels[place : place + 1] = [kept] if kept else []
            return _with_levels(conflict, party, levels)
        case Moved(id, target):
            party, place = find_statement(conflict, id)
            levels = list(_levels(conflict, party))
            levels.insert(target, levels.pop(place))
            return _with_levels(conflict, party, levels)
        case Added(party, formula, place, id):
            levels = list(_levels(conflict, party))
            levels.insert(place, (Priority(formula, "", id),))
            return _with_levels(conflict, party, levels)
        case Replaced(party, preference):
            preferences = list(conflict.preferences)
            preferences[party] = preference
            return replace(conflict, preferences=tuple(preferences))
        case Held(option, taken):
            return _held(conflict, option, taken)
        case Once(option):
            options = list(conflict.options)
            options[option] = replace(options[option], moves="on")
            return replace(conflict, options=tuple(options))


def _levels(conflict: Conflict, party: int) -> tuple[tuple[Priority, ...], ...]:
    preference = conflict.preferences[party]
    if not isinstance(preference, Priorities):
        raise ModelProblem(
            f"{conflict.decision_makers[party]!r} has no statements to change: its preference is a ranking or weights"
        )
    return preference.levels


def _with_levels(conflict: Conflict, party: int, levels: list[tuple[Priority, ...]]) -> Conflict:
    """Put statements in place of a party's; one that says nothing stands for none, so that it is indifferent."""
    preferences: list[Preference] = list(conflict.preferences)
    indifferent = ((Priority(And(()), "", ""),),)
    preferences[party] = Priorities(tuple(levels) or indifferent)
    return replace(conflict, preferences=tuple(preferences))


def _held(conflict: Conflict, option: int, taken: bool) -> Conflict:
    formula: Formula = Taken(option) if taken else Not(Taken(option))
    quo = conflict.status_quo
    if quo is not None and not holds(formula, quo):
        raise ModelProblem(
            f"{conflict.options[option].name!r} is {'not ' if taken else ''}done today, so that it cannot be "
            f"thought {'done' if taken else 'away'} without changing where things stand"
        )
    if conflict.states:
        states = tuple((id, state) for id, state in conflict.states if holds(formula, state))
        if not states:
            raise ModelProblem(
                f"no listed state is left where {conflict.options[option].name!r} stays as it is"
            )
        return replace(conflict, states=states)
    return replace(conflict, constraints=(*conflict.constraints, Constraint(formula, "rule", "held")))


def find_statement(conflict: Conflict, id: str) -> tuple[int, int]:
    """The party and the level (from 0) of a statement; raise ModelProblem where there is none with this id."""
    for party, preference in enumerate(conflict.preferences):
        if isinstance(preference, Priorities):
            for place, level in enumerate(preference.levels):
                if any(priority.id == id for priority in level):
                    return party, place
    raise ModelProblem(f"there is no statement {id!r}")
