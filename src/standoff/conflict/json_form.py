"""The JSON form of a conflict, for programs: decision makers, options, states, moves and preferences by
state ids.

Keys: `decision_makers`, `options` (`name`, `owner` or `owners`, `moves`), `infeasible` (masks), `states`
(id to mask), `reachability` (decision maker to state id to the ids one move away; takes the place of the
options' moves), `status_quo`, `preferences` (decision maker to groups of equally good ids, best first),
`priorities` (decision maker to statements: unions of masks, or formulas). For what this form alone cannot
say there are `weights`, `chains`, `degrees`, `rules` and `observers`, which other readers may ignore. Keys
that mean nothing here (such as results and notes) are left aside.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from standoff.conflict.checks import check, check_names
from standoff.conflict.document import Node
from standoff.conflict.formula_text import write_formula, write_masks
from standoff.conflict.json_places import json_places
from standoff.conflict.masks import Mask
from standoff.conflict.model import Arc, Conflict, Constraint, Option
from standoff.conflict.option_names import OptionNames
from standoff.conflict.preference import Partial, Preference, Priorities, Ranking, Weights
from standoff.conflict.preference_text import (
    States,
    read_chains,
    read_formula,
    read_priorities,
    read_ranking,
    read_weights,
    state_reader,
)
from standoff.conflict.problems import ModelProblem, Path
from standoff.conflict.toml_form import one_state, read_moves, read_states, status_quo_state

_KINDS = ("preferences", "weights", "chains", "priorities")
"""Where a decision maker's preference may stand; the first that has it counts."""


def read_json(text: str, file: str) -> Conflict:
    """Read a conflict; raise ModelProblem with file, line and column for a mistake."""
    document = parse_json(text, file)
    try:
        return _conflict(Node(document))
    except ModelProblem as problem:
        raise placed_in_json(problem, text, file) from None


def placed_in_json(problem: ModelProblem, text: str, file: str) -> ModelProblem:
    """Give a problem with a document its line and column."""
    problem.path = _translate(problem.path)
    return json_places(text).locate(problem, file)


def parse_json(text: str, file: str) -> Any:
    """Parse JSON; raise ModelProblem with the place of a mistake, such as a name given twice in one
    object."""
    try:
        document = json.loads(text)
        json_places(text)
    except json.JSONDecodeError as mistake:
        where = f"{file}:{mistake.lineno}:{mistake.colno}"
        raise ModelProblem(f"this is not valid JSON: {mistake.msg.lower()}", where=where) from None
    except ModelProblem as problem:
        raise ModelProblem(problem.problem, where=file) from None
    except (RecursionError, ValueError):
        raise ModelProblem(
            "lists lie too deep within each other, or a number is too long", where=file
        ) from None
    return document


def _translate(path: Path) -> Path:
    """Turn the path of a check into this form's keys."""
    if path[:1] == ("decision_maker",):
        return ("decision_makers", *path[1:2])
    if path[:1] == ("option",):
        return ("options", *path[1:])
    if path == ("feasibility",):
        return ("infeasible",)
    return ("reachability",) if path == ("move",) else path


def _conflict(root: Node) -> Conflict:
    names_of = root["decision_makers"].parts()
    decision_makers = tuple(node.text() for node in names_of)
    check_names(decision_makers)
    options = tuple(_option(node, decision_makers) for node in root.each("options"))
    names = OptionNames(options, decision_makers)
    name, source = root.maybe("name"), root.maybe("source")
    bare = Conflict(
        name="conflict" if name is None else name.text(),
        source="" if source is None else source.label(),
        decision_makers=decision_makers,
        options=options,
        preferences=(),
        infeasible=tuple(_mask(node, len(options)) for node in root.each("infeasible")),
        constraints=tuple(
            Constraint(read_formula(node, names), "rule", node.text()) for node in root.each("rules")
        ),
        observers=tuple(_who(node, decision_makers) for node in root.each("observers")),
    )
    bare = replace(bare, states=read_states(root.maybe("states"), bare))
    reachability = root.maybe("reachability")
    if reachability is not None:
        bare = replace(bare, arcs=_arcs(reachability, bare))
    check(bare)
    states = state_reader(bare)
    quo = root.maybe("status_quo")
    full = replace(
        bare,
        preferences=tuple(_preference(root, who, states, names) for who in decision_makers),
        status_quo=None if quo is None or quo.value is None else status_quo_state(quo, states),
    )
    check(full)
    return full


def _option(node: Node, decision_makers: tuple[str, ...]) -> Option:
    owners = node.each("owners")
    if "owner" in node and node["owner"].value is not None:
        owners = [node["owner"], *owners]
    found = tuple(dict.fromkeys(_who(owner, decision_makers) for owner in owners))
    id = node.maybe("id")
    return Option(
        node["name"].text(), found, read_moves(node.maybe("moves")), "" if id is None else id.label()
    )


def _who(node: Node, decision_makers: tuple[str, ...]) -> int:
    name = node.text()
    if name not in decision_makers:
        raise node.problem(f"there is no decision maker {name!r}: they are {', '.join(decision_makers)}")
    return decision_makers.index(name)


def _mask(node: Node, count: int) -> Mask:
    try:
        return Mask.parse(node.text(), count)
    except ModelProblem as problem:
        raise node.problem(problem.problem, problem.offset) from None


def _arcs(node: Node, conflict: Conflict) -> tuple[tuple[Arc, ...], ...]:
    if not conflict.states:
        raise node.problem("moves between states need the states listed under 'states'")
    states = state_reader(conflict)
    found: list[dict[Arc, None]] = [{} for _ in conflict.decision_makers]
    for who, table in node.items():
        if who not in conflict.decision_makers:
            raise table.problem(f"there is no decision maker {who!r}")
        for source, targets in table.items():
            start = one_state(Node(source, targets.path), states)
            for target in targets.parts():
                arc = (start, one_state(target, states))
                if arc[0] == arc[1]:
                    raise target.problem(f"the move leads from state {source} to itself: take it out")
                found[conflict.decision_makers.index(who)][arc] = None
    return tuple(tuple(arcs) for arcs in found)


def _preference(root: Node, who: str, states: States, names: OptionNames) -> Preference:
    for kind in _KINDS:
        table = root.maybe(kind)
        if table is None or who not in table:
            continue
        node = table[who]
        match kind:
            case "preferences":
                return _with_degrees(root, who, read_ranking(node, states))
            case "weights":
                return read_weights(node, names)
            case "chains":
                return read_chains(node, states)
            case _:
                return read_priorities(node, names)
    table = root.maybe("preferences")
    at = root if table is None else table
    raise at.problem(f"the decision maker {who!r} has no preference: give its ranking under 'preferences'")


def _with_degrees(root: Node, who: str, ranking: Ranking) -> Ranking:
    table = root.maybe("degrees")
    if table is None or isinstance(table.value, str) or who not in table:
        return ranking
    degrees = tuple(step.whole() for step in table[who].parts())
    if len(degrees) != len(ranking.groups) - 1 or min(degrees, default=1) < 1:
        raise table[who].problem("there must be one degree of at least 1 for each step of the ranking")
    return Ranking(ranking.groups, degrees if max(degrees, default=1) > 1 else ())


def to_json(conflict: Conflict) -> dict[str, Any]:
    """Give the conflict as a JSON document that `read_json` reads back; views and attitudes have no place
    in it."""
    names = OptionNames(conflict.options, conflict.decision_makers)
    count = conflict.option_count
    document: dict[str, Any] = {"name": conflict.name}
    if conflict.source:
        document["source"] = conflict.source
    document["decision_makers"] = list(conflict.decision_makers)
    document["options"] = [_option_to_json(option, conflict) for option in conflict.options]
    document["infeasible"] = [mask.signs(count) for mask in conflict.infeasible]
    if conflict.constraints:
        document["rules"] = [write_formula(c.formula, names) for c in conflict.constraints]
    if conflict.observers:
        document["observers"] = [conflict.decision_makers[i] for i in conflict.observers]
    if conflict.states:
        document["states"] = {id: conflict.signs(state) if count else id for id, state in conflict.states}
    if conflict.arcs is not None:
        document["reachability"] = {
            who: _arcs_to_json(conflict, conflict.arcs[i]) for i, who in enumerate(conflict.decision_makers)
        }
    if conflict.status_quo is not None:
        document["status_quo"] = plain_id(conflict.state_id(conflict.status_quo))
    for i, preference in enumerate(conflict.preferences):
        _preference_to_json(document, conflict, conflict.decision_makers[i], preference, names)
    return document


def plain_id(id: str) -> int | str:
    """Write an id as a number where it is one, as the form does in lists."""
    return int(id) if id.isdecimal() and str(int(id)) == id else id


def _option_to_json(option: Option, conflict: Conflict) -> dict[str, Any]:
    owners = [conflict.decision_makers[i] for i in option.owners]
    owner: dict[str, Any] = {"owner": owners[0]} if len(owners) == 1 else {"owners": owners}
    return {"name": option.name, **owner, "moves": option.moves, **({"id": option.id} if option.id else {})}


def _arcs_to_json(conflict: Conflict, arcs: tuple[Arc, ...]) -> dict[str, list[int | str]]:
    found: dict[str, list[int | str]] = {}
    for source, target in arcs:
        found.setdefault(conflict.state_id(source), []).append(plain_id(conflict.state_id(target)))
    return found


def _preference_to_json(
    document: dict[str, Any], conflict: Conflict, who: str, preference: Preference, names: OptionNames
) -> None:
    def groups(ranked: tuple[tuple[int, ...], ...]) -> list[list[int | str]]:
        return [[plain_id(conflict.state_id(state)) for state in group] for group in ranked]

    match preference:
        case Ranking():
            document.setdefault("preferences", {})[who] = groups(preference.groups)
            if preference.degrees:
                document.setdefault("degrees", {})[who] = list(preference.degrees)
        case Weights():
            document.setdefault("weights", {})[who] = {
                names.spoken(k): str(weight) if weight.denominator > 1 else int(weight)
                for k, weight in enumerate(preference.weights)
            }
        case Partial():
            document.setdefault("chains", {})[who] = [groups(chain) for chain in preference.chains]
        case Priorities():
            written = [
                [write_masks(p.formula, len(names)) or write_formula(p.formula, names) for p in level]
                for level in preference.levels
            ]
            document.setdefault("priorities", {})[who] = [
                level[0] if len(level) == 1 else level for level in written
            ]
