"""Counterfactual switches: the conflict as it would be if a claim were dropped, a threat not believed, a
bloc split, or an option impossible to take back.

`drop` takes a statement off its party's list; an option that is dropped stays as it is today. `disbelieve`
takes an option out of everybody's reckoning (nobody expects it to be taken), or takes a threat's statement
off the list. `split` makes the members of a bloc parties of their own: each wants what the bloc wants, and
owns the options whose id begins with its code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from standoff.conflict.answer.alterations import Alteration, Dropped, Held, Once, altered
from standoff.conflict.answer.case import Case, Part, Switches
from standoff.conflict.formula import Taken, holds
from standoff.conflict.model import Conflict
from standoff.conflict.preference import Preference, Priorities
from standoff.conflict.problems import ModelProblem
from standoff.conflict.wording import joined


@dataclass(frozen=True, slots=True)
class Thrown:
    """A case with its switches thrown, and each of them as `(kind, id)` in the order in which it was thrown."""

    case: Case
    thrown: tuple[tuple[str, str], ...]


def throw(case: Case, more: Switches = Switches()) -> Thrown:
    """Throw the file's switches and more of them; raise ModelProblem for an id that names nothing suitable."""
    switches = case.switches + more
    found = case
    thrown: list[tuple[str, str]] = []
    for id in switches.split:
        found = _split(found, id)
        thrown.append(("split", id))
    for kind, ids in (
        ("drop", switches.drop),
        ("disbelieve", switches.disbelieve),
        ("irreversible", switches.irreversible),
    ):
        for id in ids:
            for alteration in _alterations(found, kind, id):
                found = _changed(found, alteration)
            thrown.append((kind, id))
    return Thrown(replace(found, switches=Switches()), tuple(thrown))


def _changed(case: Case, alteration: Alteration) -> Case:
    """A case with one change made; what is said of a statement goes with it."""
    gone = alteration.id if isinstance(alteration, Dropped) else None
    parts = {id: part for id, part in case.parts.items() if id != gone}
    return replace(case, conflict=altered(case.conflict, [alteration]), parts=parts)


def _alterations(case: Case, kind: str, id: str) -> list[Alteration]:
    wanted = {"drop": ("statement", "option"), "disbelieve": ("option", "statement")}.get(kind, ("option",))
    part = _part(case, id, wanted)
    if part.what == "statement":
        return [Dropped(id) for id in _with_copies(case, part.id)]
    option = next(k for k in range(case.conflict.option_count) if case.option_id(k) == part.id)
    if kind == "irreversible":
        return [Once(option)]
    quo = case.conflict.status_quo
    if kind == "drop":
        return [Held(option, quo is not None and holds(Taken(option), quo))]
    if quo is not None and holds(Taken(option), quo):
        raise ModelProblem(f"{id!r} is done today, so that it cannot be disbelieved: drop it instead")
    return [Held(option, False)]


def _with_copies(case: Case, id: str) -> list[str]:
    """A statement, and the copies of it that a split has made."""
    return [other for other in case.parts if other == id or other.startswith(f"{id}@")]


def _part(case: Case, id: str, kinds: Sequence[str]) -> Part:
    found = case.parts.get(id)
    if found is None and any(other.startswith(f"{id}@") for other in case.parts):
        found = next(part for other, part in case.parts.items() if other.startswith(f"{id}@"))
        found = replace(found, id=id)
    if found is not None and found.what in kinds:
        return found
    known = [part.id for part in case.parts.values() if part.what in kinds]
    close = get_close_matches(id, known, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"there are {joined(known[:12]) or 'none'}"
    raise ModelProblem(f"there is no {' or '.join(kinds)} {id!r}: {hint}")


# Splitting a bloc ---------------------------------------------------------------------------------


def _split(case: Case, id: str) -> Case:
    part = next(
        (
            part
            for part in case.parts.values()
            if part.what == "party"
            and part.owner is not None
            and id in (part.id, case.conflict.decision_makers[part.owner])
        ),
        None,
    )
    if part is None or part.owner is None:
        known = joined([part.id for part in case.parts.values() if part.what == "party"])
        raise ModelProblem(f"there is no party {id!r} to split: there are {known}")
    conflict = case.conflict
    if conflict.arcs is not None or conflict.views or conflict.attitudes:
        raise ModelProblem(
            "a bloc is split only in a conflict without explicit moves, views and attitudes: take them out"
        )
    members = _members(case, part)
    if len(members) < 2:
        raise ModelProblem(
            f"{id!r} cannot be split: its options do not begin with the codes of two or more members "
            f"(its note names {part.note or 'no members'})"
        )
    return _as_members(case, part.owner, part.id, members)


def _members(case: Case, part: Part) -> dict[str, tuple[int, ...]]:
    """The members of a bloc that own something: code to options. What no code claims goes to the first code."""
    codes = sorted(part.note.split(), key=len, reverse=True)
    found: dict[str, list[int]] = {}
    for k, option in enumerate(case.conflict.options):
        if part.owner in option.owners:
            id = case.option_id(k).lower()
            code = next((code for code in codes if id.startswith(f"{code.lower()}-")), None)
            found.setdefault(code or (part.note.split() or [""])[0], []).append(k)
    return {code: tuple(options) for code, options in found.items()}


def _as_members(case: Case, bloc: int, bloc_id: str, members: dict[str, tuple[int, ...]]) -> Case:
    """Put the members in the bloc's place; the other parties keep their order."""
    conflict = case.conflict
    codes = list(members)
    number = {
        old: old if old < bloc else old + len(codes) - 1 for old in range(len(conflict.decision_makers))
    }
    taker = {k: bloc + codes.index(code) for code, options in members.items() for k in options}
    options = tuple(
        replace(
            option,
            owners=tuple(dict.fromkeys(taker[k] if o == bloc else number[o] for o in option.owners)),
        )
        for k, option in enumerate(conflict.options)
    )
    names = list(conflict.decision_makers)
    names[bloc : bloc + 1] = codes
    preferences: list[Preference] = list(conflict.preferences)
    preferences[bloc : bloc + 1] = [_copy(conflict.preferences[bloc], code) for code in codes]
    split = Conflict(
        name=conflict.name,
        decision_makers=tuple(names),
        options=options,
        preferences=tuple(preferences),
        infeasible=conflict.infeasible,
        constraints=conflict.constraints,
        states=conflict.states,
        status_quo=conflict.status_quo,
        observers=tuple(number[o] for o in conflict.observers if o != bloc),
        source=conflict.source,
    )
    return replace(case, conflict=split, parts=_split_parts(case, bloc, bloc_id, codes, number, split))


def _copy(preference: Preference, code: str) -> Preference:
    if not isinstance(preference, Priorities):
        return preference
    return Priorities(
        tuple(tuple(replace(p, id=f"{p.id}@{code}") for p in level) for level in preference.levels)
    )


def _split_parts(
    case: Case, bloc: int, bloc_id: str, codes: list[str], number: dict[int, int], split: Conflict
) -> dict[str, Part]:
    parts: list[Part] = []
    for part in case.parts.values():
        if part.owner is None:
            parts.append(part)
        elif part.owner != bloc:
            parts.append(replace(part, owner=number[part.owner]))
        elif part.what == "party":
            parts += [replace(part, id=code, owner=bloc + n) for n, code in enumerate(codes)]
        elif part.what == "statement":
            parts += [replace(part, id=f"{part.id}@{code}", owner=bloc + n) for n, code in enumerate(codes)]
        else:
            k = next(k for k in range(len(split.options)) if case.option_id(k) == part.id)
            parts.append(replace(part, owner=split.options[k].owners[0]))
    return {part.id: part for part in parts}
