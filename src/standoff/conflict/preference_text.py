"""Preferences as a file gives them: rankings, weights, priorities and chains, read with their places.

A ranking is a text, `"5 > 7 > 6 = 8 >> 1"` (best first, `=` or `~` between equally good states, `>>` and
`>>>` for greater degrees), or a list of groups with optional `">>"` between them. A state is named by its
id or by a mask; a mask with dashes stands for all feasible states that match it, as one group.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from standoff.conflict.document import Node
from standoff.conflict.formula import Formula
from standoff.conflict.formula_text import parse_formula
from standoff.conflict.masks import Mask, is_mask_text
from standoff.conflict.model import Conflict
from standoff.conflict.option_names import OptionNames
from standoff.conflict.preference import Groups, Partial, Priorities, Priority, Ranking, Weights
from standoff.conflict.problems import ModelProblem

States = Callable[[str], tuple[int, ...]]
"""From how a file names states to the states; raises ModelProblem for a name that means none."""

_STEP = re.compile(r">+|[=~]")


def state_reader(conflict: Conflict) -> States:
    """Make the function that finds the feasible states that an id or a mask names."""

    def states(name: str) -> tuple[int, ...]:
        found = conflict.state_of(name)
        if found is not None:
            return (found,)
        if is_mask_text(name, conflict.option_count) and "," not in name:
            mask = Mask.parse(name.strip(), conflict.option_count)
            matching = tuple(int(state) for state in conflict.feasible[mask.matching(conflict.feasible)])
            if not matching:
                raise ModelProblem(f"no feasible state matches {name!r}")
            return matching
        if name.isdecimal() and not conflict.states and int(name) >> conflict.option_count == 0:
            raise ModelProblem(f"the state {name} is not feasible")
        ids = [id for id, _ in conflict.states[:12]]
        known = f"the states are {', '.join(ids)}" if ids else "name it by a mask of Y and N or by its number"
        raise ModelProblem(f"there is no state {name!r}: {known}")

    return states


def read_ranking(node: Node, states: States) -> Ranking:
    """Read one ranking; the same state twice is a circle and refused."""
    groups, degrees = _groups(node, states)
    seen: dict[int, int] = {}
    for number, (part, group) in enumerate(groups):
        for state in group:
            if state in seen:
                name = part.value if isinstance(part.value, str | int) else state
                kind = "equally good to itself" if seen[state] == number else "better than itself"
                raise part.problem(
                    f"the state {name} stands twice in the ranking, so that it would be {kind}: take one out"
                )
            seen[state] = number
    plain = () if all(degree == 1 for degree in degrees) else degrees
    return Ranking(tuple(group for _, group in groups), plain)


def read_chains(node: Node, states: States) -> Partial:
    """Read the chains of a partly unknown preference, each a ranking of some states."""
    chains: list[Groups] = []
    for part in node.parts():
        ranking = read_ranking(part, states)
        if ranking.degrees:
            raise part.problem("a chain of a partly unknown preference knows only > and =")
        chains.append(ranking.groups)
    return Partial(tuple(chains))


def _groups(node: Node, states: States) -> tuple[list[tuple[Node, tuple[int, ...]]], tuple[int, ...]]:
    if isinstance(node.value, str):
        return _groups_of_text(node, states)
    groups: list[tuple[Node, tuple[int, ...]]] = []
    degrees: list[int] = []
    pending = 0
    for part in node.parts():
        if isinstance(part.value, str) and re.fullmatch(r">+", part.value.strip()):
            if pending or not groups:
                raise part.problem("a sign of preference stands here without a state before it")
            pending = len(part.value.strip())
            continue
        named = part.parts() if isinstance(part.value, list) else [part]
        group = tuple(state for name in named for state in _named(name, name.label(), states, 0))
        if not group:
            raise part.problem("a group of the ranking is empty")
        if groups:
            degrees.append(pending or 1)
        groups.append((part, group))
        pending = 0
    if pending:
        raise node.problem("the ranking ends with a sign of preference")
    return groups, tuple(degrees)


def _groups_of_text(node: Node, states: States) -> tuple[list[tuple[Node, tuple[int, ...]]], tuple[int, ...]]:
    text = node.text()
    groups: list[list[int]] = [[]]
    degrees: list[int] = []
    cuts = [(0, 0, "")] + [(m.start(), m.end(), m.group()) for m in _STEP.finditer(text)]
    cuts.append((len(text), len(text), ""))
    for (_, begin, sign), (end, _, _) in pairwise(cuts):
        name = text[begin:end].strip()
        offset = begin + len(text[begin:end]) - len(text[begin:end].lstrip())
        if not name:
            raise node.problem("a state is missing in the ranking", offset)
        if sign.startswith(">"):
            groups.append([])
            degrees.append(len(sign))
        groups[-1].extend(_named(node, name, states, offset))
    return [(node, tuple(group)) for group in groups], tuple(degrees)


def _named(node: Node, name: str, states: States, offset: int) -> tuple[int, ...]:
    try:
        return states(name)
    except ModelProblem as problem:
        raise node.problem(problem.problem, offset) from None


def read_weights(node: Node, names: OptionNames) -> Weights:
    """Read a table from options to weights; an option without one counts nothing."""
    weights = [Node(0).number()] * len(names)
    for key, value in node.items():
        try:
            weights[names.find(key)] = value.number()
        except ModelProblem as problem:
            raise value.problem(problem.problem) from None
    return Weights(tuple(weights))


def read_priorities(node: Node, names: OptionNames) -> Priorities:
    """Read ordered statements: each a formula, a table with `statement` and `id`, or a list of those (one
    level)."""
    levels = []
    for part in node.parts():
        statements = part.parts() if isinstance(part.value, list) else [part]
        if not statements:
            raise part.problem("a level of the priorities is empty")
        levels.append(tuple(_priority(statement, names) for statement in statements))
    if not levels:
        raise node.problem("there is no statement here: give at least one, or another kind of preference")
    return Priorities(tuple(levels))


def _priority(node: Node, names: OptionNames) -> Priority:
    id = ""
    if isinstance(node.value, dict):
        node.only(("statement",))
        given = node.maybe("id")
        id = given.text() if given is not None else ""
        node = node["statement"]
    text = node.text()
    return Priority(read_formula(node, names), text, id)


def read_formula(node: Node, names: OptionNames) -> Formula:
    """Read one formula, with the place of a mistake inside it."""
    try:
        return parse_formula(node.text(), names)
    except ModelProblem as problem:
        raise node.problem(problem.problem, problem.offset) from None
