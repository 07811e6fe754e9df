"""The form of a conflict that a person reads and edits: a TOML document.

    name = "Chicken"
    status_quo = "NN"

    [[decision_maker]]
    name = "A"
    priorities = ["B swerves", "not A swerves"]

    [[option]]
    name = "A swerves"
    owner = "A"

The whole form is described in `docs/conflict_file.md`. Every mistake is said with file, line and column.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from standoff.conflict.checks import check, check_names, check_options
from standoff.conflict.document import Node
from standoff.conflict.formula import And, Formula, If, Not, Taken, as_masks
from standoff.conflict.masks import Mask
from standoff.conflict.model import (
    Arc,
    Conflict,
    Constraint,
    Moves,
    Option,
    View,
    at_least_one,
    exclusive,
)
from standoff.conflict.option_names import OptionNames
from standoff.conflict.preference import Preference
from standoff.conflict.preference_text import (
    States,
    read_chains,
    read_formula,
    read_priorities,
    read_ranking,
    read_weights,
    state_reader,
)
from standoff.conflict.problems import ModelProblem
from standoff.conflict.toml_places import toml_places

Made = TypeVar("Made")

_TOP = (
    "name",
    "source",
    "status_quo",
    "decision_maker",
    "option",
    "feasibility",
    "states",
    "move",
    "view",
    "draft",
    "settlement",
    "counterfactual",
)
_PREFERENCES = ("ranking", "weights", "priorities", "chains")
_DECISION_MAKER = ("name", *_PREFERENCES, "observer", "attitudes")
_OPTION = ("name", "id", "owner", "owners", "moves")
_FEASIBILITY = ("infeasible", "exclusive", "at_least_one", "exactly_one", "rules")
_ATTITUDES = {"+": 1, "0": 0, "-": -1, "positive": 1, "neutral": 0, "negative": -1}
_SYNTAX = re.compile(r"(.*?)\s*\(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


def read_toml(text: str, file: str) -> Conflict:
    """Read a conflict; raise ModelProblem with file, line and column for a mistake. `file` is used in
    messages only."""
    return read_toml_as(conflict_of, text, file)


def read_toml_as(make: Callable[[Node], Made], text: str, file: str) -> Made:
    """Read a TOML document and make something of it; mistakes of both are said with file, line and column."""
    try:
        document = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as mistake:
        raise _syntax_problem(str(mistake), text, file) from None
    except (RecursionError, ValueError):
        raise ModelProblem(
            "lists lie too deep within each other, or a number is too long", where=file
        ) from None
    try:
        return make(Node(document))
    except ModelProblem as problem:
        raise placed_in_toml(problem, text, file) from None


def placed_in_toml(problem: ModelProblem, text: str, file: str) -> ModelProblem:
    """Give a problem with a document its line and column."""
    try:
        places = toml_places(text.replace("\r\n", "\n"))
    except RecursionError:
        return ModelProblem(problem.problem, where=file)
    return places.locate(problem, file)


def _syntax_problem(message: str, text: str, file: str) -> ModelProblem:
    match = _SYNTAX.fullmatch(message)
    if match is None:
        return ModelProblem(f"this is not valid TOML: {message}", where=file)
    line = int(match[2]) if match[2] else text.count("\n") + 1
    column = int(match[3]) if match[3] else len(text) - text.rfind("\n")
    sentence = match[1][:1].lower() + match[1][1:]
    return ModelProblem(f"this is not valid TOML: {sentence}", where=f"{file}:{line}:{column}")


def conflict_of(root: Node) -> Conflict:
    """Make and check the conflict that a parsed document describes."""
    root.only(_TOP)
    people = root.each("decision_maker")
    decision_makers = tuple(person["name"].text() for person in people)
    check_names(decision_makers)
    options = tuple(_option(node, decision_makers) for node in root.each("option"))
    names = OptionNames(options, decision_makers)
    bare = Conflict(
        name=_text(root, "name", "conflict"),
        source=_text(root, "source", ""),
        decision_makers=decision_makers,
        options=options,
        preferences=(),
        observers=tuple(i for i, person in enumerate(people) if _flag(person, "observer")),
    )
    check_options(bare)
    laid_out = _lay_out(root, bare, names)
    check(laid_out)
    states = state_reader(laid_out)
    full = replace(
        laid_out,
        preferences=tuple(_preference(person, states, names) for person in people),
        status_quo=_status_quo(root, laid_out, states, names),
        attitudes=_attitudes(people, decision_makers),
    )
    full = replace(full, views=tuple(_view(node, full, states, names) for node in root.each("view")))
    check(full)
    return full


def _text(node: Node, key: str, default: str) -> str:
    found = node.maybe(key)
    return default if found is None else found.text()


def _flag(node: Node, key: str) -> bool:
    found = node.maybe(key)
    return False if found is None else found.flag()


def _who(node: Node, decision_makers: tuple[str, ...]) -> int:
    name = node.text()
    if name not in decision_makers:
        raise node.problem(f"there is no decision maker {name!r}: they are {', '.join(decision_makers)}")
    return decision_makers.index(name)


def _option(node: Node, decision_makers: tuple[str, ...]) -> Option:
    node.only(_OPTION)
    owners = node.each("owners")
    if "owner" in node:
        owners = [node["owner"], *owners]
    found = tuple(dict.fromkeys(_who(owner, decision_makers) for owner in owners))
    return Option(node["name"].text(), found, read_moves(node.maybe("moves")), _text(node, "id", ""))


def read_moves(node: Node | None) -> Moves:
    """Read the direction in which an option can be switched; both ways where nothing is said."""
    match "both" if node is None else node.value:
        case "both":
            return "both"
        case "on":
            return "on"
        case "off":
            return "off"
    assert node is not None
    raise node.problem(f"{node.value!r} is no way to switch an option: write both, on or off")


def _lay_out(root: Node, bare: Conflict, names: OptionNames) -> Conflict:
    """Add feasibility, listed states and explicit moves, which all need the options' names."""
    infeasible: list[Mask] = []
    constraints: list[Constraint] = []
    rules = root.maybe("feasibility")
    if rules is not None:
        rules.only(_FEASIBILITY)
        for node in rules.each("infeasible"):
            formula = read_formula(node, names)
            masks = as_masks(formula)
            if masks is not None and _is_mask(node):
                infeasible.extend(masks)
            else:
                constraints.append(Constraint(Not(formula), "rule", f"never {node.text()}"))
        constraints.extend(_set_rules(rules, names))
        constraints.extend(_rule(node, names) for node in rules.each("rules"))
    states = read_states(root.maybe("states"), bare)
    found = replace(bare, infeasible=tuple(infeasible), constraints=tuple(constraints), states=states)
    moves = root.each("move")
    return replace(found, arcs=_arcs(moves, found)) if moves or (states and not bare.options) else found


def _is_mask(node: Node) -> bool:
    return re.fullmatch(r"[YN,\s-]+", node.text()) is not None


def _set_rules(rules: Node, names: OptionNames) -> list[Constraint]:
    found: list[Constraint] = []
    for key in ("exclusive", "at_least_one", "exactly_one"):
        for node in rules.each(key):
            options = tuple(_find(part, names) for part in node.parts())
            if len(options) < 2:
                raise node.problem(f"{key!r} needs two options or more")
            text = ", ".join(part.text() for part in node.parts())
            if key == "exclusive":
                found.append(Constraint(exclusive(options), "exclusive", text))
            elif key == "at_least_one":
                found.append(Constraint(at_least_one(options), "at_least_one", text))
            else:
                both = And((exclusive(options), at_least_one(options)))
                found.append(Constraint(both, "exactly_one", text))
    return found


def _find(node: Node, names: OptionNames) -> int:
    try:
        return names.find(node.text())
    except ModelProblem as problem:
        raise node.problem(problem.problem) from None


def _rule(node: Node, names: OptionNames) -> Constraint:
    formula = read_formula(node, names)
    is_condition = isinstance(formula, If) and isinstance(formula.condition, Taken)
    return Constraint(formula, "only_if" if is_condition else "rule", node.text())


def read_states(node: Node | None, bare: Conflict) -> tuple[tuple[str, int], ...]:
    """Read the listed states: ids to masks, or, without options, a list of ids (or ids to descriptions)."""
    if node is None:
        return ()
    if isinstance(node.value, list):
        if bare.options:
            raise node.problem(
                "a list of states is for models without options: give a table from ids to masks"
            )
        return tuple((part.label(), number) for number, part in enumerate(node.parts()))
    if not bare.options:
        return tuple((id, number) for number, (id, _) in enumerate(node.items()))
    found: list[tuple[str, int]] = []
    for id, part in node.items():
        try:
            mask = Mask.parse(part.text(), bare.option_count)
        except ModelProblem as problem:
            raise part.problem(problem.problem, problem.offset) from None
        if mask.care != (1 << bare.option_count) - 1:
            raise part.problem(
                f"the state {id} needs Y or N for every option, and {part.text()!r} leaves some open"
            )
        found.append((id, mask.value))
    return tuple(found)


def _arcs(moves: list[Node], conflict: Conflict) -> tuple[tuple[Arc, ...], ...]:
    if not conflict.states:
        raise ModelProblem("explicit moves need the states listed: give [states]", ("move",))
    states = state_reader(conflict)
    found: list[dict[Arc, None]] = [{} for _ in conflict.decision_makers]
    for node in moves:
        node.only(("by", "from", "to"))
        by = node["by"]
        movers = by.parts() if isinstance(by.value, list) else [by]
        targets = node["to"].parts() if isinstance(node["to"].value, list) else [node["to"]]
        source = one_state(node["from"], states)
        for target in targets:
            arc = (source, one_state(target, states))
            if arc[0] == arc[1]:
                raise target.problem(f"the move leads from state {target.label()} to itself: take it out")
            for mover in movers:
                found[_who(mover, conflict.decision_makers)][arc] = None
    return tuple(tuple(arcs) for arcs in found)


def one_state(node: Node, states: States) -> int:
    """Read the id or mask of exactly one state."""
    try:
        found = states(node.label())
    except ModelProblem as problem:
        raise node.problem(problem.problem) from None
    if len(found) != 1:
        raise node.problem(f"{node.label()!r} stands for {len(found)} states, and one is meant here")
    return found[0]


def _status_quo(root: Node, conflict: Conflict, states: States, names: OptionNames) -> int | None:
    node = root.maybe("status_quo")
    if node is None:
        return None
    if isinstance(node.value, list):
        taken = {_find(part, names) for part in node.parts()}
        return sum(1 << option for option in taken)
    label = node.label()
    full = re.fullmatch(rf"[YN]{{{conflict.option_count}}}", label) if conflict.options else None
    if full is not None and label not in dict(conflict.states):
        return Mask.parse(label, conflict.option_count).value
    return status_quo_state(node, states)


def status_quo_state(node: Node, states: States) -> int:
    """Read the status quo, naming it where it is no feasible state."""
    try:
        return one_state(node, states)
    except ModelProblem as problem:
        raise node.problem(f"the status quo is no feasible state: {problem.problem}") from None


def _preference(person: Node, states: States, names: OptionNames) -> Preference:
    person.only(_DECISION_MAKER)
    return read_preference(person, states, names)


def read_preference(node: Node, states: States, names: OptionNames) -> Preference:
    """Read the one kind of preference that a table gives."""
    given = [key for key in _PREFERENCES if key in node]
    if len(given) != 1:
        name = node["name"].text()
        said = f"{len(given)} kinds of preference ({', '.join(given)})" if given else "no preference"
        raise node.problem(f"the decision maker {name!r} has {said}: give one of {', '.join(_PREFERENCES)}")
    part = node[given[0]]
    match given[0]:
        case "ranking":
            return read_ranking(part, states)
        case "weights":
            return read_weights(part, names)
        case "priorities":
            return read_priorities(part, names)
        case _:
            return read_chains(part, states)


def _attitudes(people: list[Node], decision_makers: tuple[str, ...]) -> tuple[tuple[int, ...], ...] | None:
    """Read attitudes; towards oneself positive and towards others neutral where nothing is said."""
    if not any("attitudes" in person for person in people):
        return None
    table = [[1 if i == j else 0 for j in range(len(people))] for i in range(len(people))]
    for i, person in enumerate(people):
        given = person.maybe("attitudes")
        for name, node in given.items() if given is not None else ():
            if name not in decision_makers:
                raise node.problem(
                    f"there is no decision maker {name!r}: they are {', '.join(decision_makers)}"
                )
            if str(node.value) not in _ATTITUDES:
                raise node.problem(f"{node.value!r} is no attitude: write +, 0 or -")
            table[i][decision_makers.index(name)] = _ATTITUDES[str(node.value)]
    return tuple(tuple(row) for row in table)


def _view(node: Node, conflict: Conflict, states: States, names: OptionNames) -> View:
    node.only(("viewer", "unseen", "never", "decision_maker"))
    preferences: list[tuple[int, Preference]] = []
    for person in node.each("decision_maker"):
        person.only(("name", *_PREFERENCES))
        who = _who(person["name"], conflict.decision_makers)
        preferences.append((who, read_preference(person, states, names)))
    never: list[Formula] = [read_formula(part, names) for part in node.each("never")]
    return View(
        viewer=_who(node["viewer"], conflict.decision_makers),
        unseen=tuple(_find(part, names) for part in node.each("unseen")),
        never=tuple(never),
        preferences=tuple(preferences),
    )
