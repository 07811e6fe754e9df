"""Import and export of `.gmcr` save files of the desktop program GMCR+.

The files are JSON, as its public save files and save-file schema show them: `options` with
`permittedDirection` (`both`, `fwd`, `back`); `decisionMakers` with `options` (numbers from 0),
`preferences` (statements in order: a condition is a list of `[option, "Y" or "N"]`, a union is
`{"compound": true, "members": [...]}`), `misperceptions` (conditions of states that a decision maker does
not see) and, where rankings are set by hand, `preferenceRanking` (`preferenceVector` in older files) with
state numbers best first, ties in lists; `infeasibles` (conditions). A flag says whether rankings or
statements count: `useManualPreferenceRanking`, in older files `useManualPreferenceVectors`. Options are put
in the order of their owners; states are numbered from 1 in ascending order of their value with option k as
bit k.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from standoff.conflict.checks import check
from standoff.conflict.document import Node
from standoff.conflict.formula import Formula, Or, as_masks, from_mask, options_in, truth
from standoff.conflict.json_form import parse_json
from standoff.conflict.json_places import json_places
from standoff.conflict.masks import Mask, join_states
from standoff.conflict.model import Conflict, Moves, Option, View
from standoff.conflict.preference import Partial, Preference, Priorities, Priority, Weights, ranks
from standoff.conflict.preference_text import read_ranking, state_reader
from standoff.conflict.problems import ModelProblem, Path

_DIRECTIONS: dict[str, Moves] = {"both": "both", "fwd": "on", "back": "off"}
_FLAGS = ("useManualPreferenceRanking", "useManualPreferenceVectors")
_RANKINGS = ("preferenceRanking", "preferenceVector")
_NUMBERED = 16
"""The most options with which states get the numbers that the program gives them."""


def read_gmcr(text: str, file: str) -> Conflict:
    """Read a save file; raise ModelProblem with file, line and column for a mistake."""
    document = parse_json(text, file)
    try:
        return _conflict(Node(document), file)
    except ModelProblem as problem:
        problem.path = _translate(problem.path)
        raise json_places(text).locate(problem, file) from None


def _translate(path: Path) -> Path:
    if path[:1] == ("decision_maker",):
        return ("decisionMakers", *path[1:2])
    return ("infeasibles",) if path[:1] == ("feasibility",) else path


def _conflict(root: Node, file: str) -> Conflict:
    people = root["decisionMakers"].parts()
    given = root["options"].parts()
    owned = [_numbers(person["options"], len(given)) for person in people]
    order = list(dict.fromkeys([k for options in owned for k in options] + list(range(len(given)))))
    place = {k: position for position, k in enumerate(order)}
    options = tuple(
        Option(
            given[k]["name"].text(),
            tuple(i for i, numbers in enumerate(owned) if k in numbers),
            _direction(given[k]),
        )
        for k in order
    )
    conflict = Conflict(
        name=file.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or "conflict",
        decision_makers=tuple(person["name"].text() for person in people),
        options=options,
        preferences=(),
        infeasible=tuple(_mask(node, place) for node in root.each("infeasibles")),
    )
    if len(options) <= _NUMBERED:
        states = tuple((str(number), int(state)) for number, state in enumerate(conflict.feasible, start=1))
        conflict = replace(conflict, states=states)
    check(conflict)
    by_hand = any(flag in root and root[flag].flag() for flag in _FLAGS)
    conflict = replace(
        conflict,
        preferences=tuple(_preference(person, conflict, place, by_hand) for person in people),
        views=tuple(
            View(i, never=tuple(_condition(node, place) for node in person.each("misperceptions")))
            for i, person in enumerate(people)
            if person.each("misperceptions")
        ),
    )
    check(conflict)
    return conflict


def _numbers(node: Node, count: int) -> list[int]:
    found = []
    for part in node.parts():
        number = part.whole()
        if not 0 <= number < count:
            raise part.problem(f"there is no option {number}: the options are numbered 0 to {count - 1}")
        found.append(number)
    return found


def _direction(node: Node) -> Moves:
    given = node.maybe("permittedDirection")
    if given is None:
        return "both"
    if given.value not in _DIRECTIONS:
        raise given.problem(f"{given.value!r} is no direction: it is both, fwd or back")
    return _DIRECTIONS[given.value]


def _mask(node: Node, place: dict[int, int]) -> Mask:
    care = value = 0
    for pair in node.parts():
        parts = pair.parts()
        if len(parts) != 2 or parts[1].value not in ("Y", "N"):
            raise pair.problem("a condition is a list of pairs of an option number and Y or N")
        number = parts[0].whole()
        if number not in place:
            raise parts[0].problem(f"there is no option {number}: the options are 0 to {len(place) - 1}")
        care |= 1 << place[number]
        value |= (parts[1].value == "Y") << place[number]
    return Mask(care, value)


def _condition(node: Node, place: dict[int, int]) -> Formula:
    if not isinstance(node.value, dict):
        return from_mask(_mask(node, place))
    masks = tuple(from_mask(_mask(member, place)) for member in node["members"].parts())
    return masks[0] if len(masks) == 1 else Or(masks)


def _preference(person: Node, conflict: Conflict, place: dict[int, int], by_hand: bool) -> Preference:
    if by_hand:
        key = next((key for key in _RANKINGS if key in person), None)
        if key is None:
            raise person.problem("rankings are set by hand in this file, but here is no 'preferenceRanking'")
        return read_ranking(person[key], state_reader(conflict))
    statements = [_condition(node, place) for node in person.each("preferences")]
    if not statements:
        return Weights((Node(0).number(),) * conflict.option_count)
    return Priorities(tuple((Priority(formula),) for formula in statements))


def to_gmcr(conflict: Conflict) -> dict[str, Any]:
    """Give the conflict as a save file; raise ModelProblem for what the form has no place for.

    Statements stay statements where every decision maker has them, one a level; else all get rankings by
    hand. Great preference, attitudes and constraints' wording are lost; the constraints themselves become
    masks.
    """
    if conflict.arcs is not None or not conflict.options:
        raise ModelProblem("the .gmcr form knows no explicit moves: write .toml or .json instead")
    if any(isinstance(preference, Partial) for preference in conflict.preferences):
        raise ModelProblem("the .gmcr form knows no unknown preference: write .toml or .json instead")
    by_hand = not all(_is_plain(preference) for preference in conflict.preferences)
    if by_hand and conflict.option_count > _NUMBERED:
        raise ModelProblem(
            f"the .gmcr form needs rankings state by state here, and {conflict.option_count} options have "
            f"too many states for that: give every preference as priorities"
        )
    return {
        "program": "gmcr-py",
        "version": "0.3.12",
        "useManualPreferenceRanking": by_hand,
        "options": [
            {"name": option.name, "permittedDirection": _direction_of(option)} for option in conflict.options
        ],
        "decisionMakers": [_person(conflict, i, by_hand) for i in range(len(conflict.decision_makers))],
        "infeasibles": [_pairs(mask) for mask in _infeasible(conflict)],
    }


def _is_plain(preference: Preference) -> bool:
    return isinstance(preference, Priorities) and all(len(level) == 1 for level in preference.levels)


def _direction_of(option: Option) -> str:
    return next(name for name, moves in _DIRECTIONS.items() if moves == option.moves)


def _pairs(mask: Mask) -> list[list[Any]]:
    return [
        [k, "Y" if mask.value >> k & 1 else "N"] for k in range(mask.care.bit_length()) if mask.care >> k & 1
    ]


def _infeasible(conflict: Conflict) -> list[Mask]:
    masks = list(conflict.infeasible)
    for constraint in conflict.constraints:
        masks.extend(_where(constraint.formula, False))
    if conflict.states:
        every = np.arange(1 << conflict.option_count, dtype=np.int64)
        unlisted = np.setdiff1d(every[conflict.feasible_among(every)], conflict.feasible)
        masks.extend(join_states((int(state) for state in unlisted), conflict.option_count))
    return masks


def _where(formula: Formula, wanted: bool) -> list[Mask]:
    """Cover the states in which a formula is true, or false, by masks over the options that it speaks of."""
    masks = as_masks(formula) if wanted else None
    if masks is not None:
        return list(masks)
    spoken = sorted(set(options_in(formula)))
    local = np.arange(1 << len(spoken), dtype=np.int64)
    spread = np.zeros_like(local)
    for position, k in enumerate(spoken):
        spread |= (local >> np.int64(position) & 1) << np.int64(k)
    covered = join_states((int(s) for s in local[truth(formula, spread) == wanted]), len(spoken))
    return [
        Mask(
            sum((mask.care >> position & 1) << k for position, k in enumerate(spoken)),
            sum((mask.value >> position & 1) << k for position, k in enumerate(spoken)),
        )
        for mask in covered
    ]


def _person(conflict: Conflict, i: int, by_hand: bool) -> dict[str, Any]:
    preference = conflict.preferences[i]
    person: dict[str, Any] = {
        "name": conflict.decision_makers[i],
        "options": [k for k, option in enumerate(conflict.options) if i in option.owners],
        "preferences": [],
        "misperceptions": [
            _pairs(mask)
            for view in conflict.views
            if view.viewer == i
            for formula in view.never
            for mask in _where(formula, True)
        ],
    }
    if isinstance(preference, Priorities):
        levels = [priority.formula for level in preference.levels for priority in level]
        person["preferences"] = [_statement(formula) for formula in levels]
    if by_hand:
        person["preferenceRanking"] = _ranking(preference, conflict)
    return person


def _statement(formula: Formula) -> Any:
    masks = _where(formula, True)
    if len(masks) == 1:
        return _pairs(masks[0])
    return {"compound": True, "members": [_pairs(mask) for mask in masks]}


def _ranking(preference: Preference, conflict: Conflict) -> list[Any]:
    feasible = np.sort(conflict.feasible)
    found = ranks(preference, feasible)
    groups = [[int(n) + 1 for n in np.flatnonzero(found == rank)] for rank in range(int(found.max()) + 1)]
    return [group[0] if len(group) == 1 else group for group in groups]
