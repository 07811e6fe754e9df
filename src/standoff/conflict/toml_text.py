"""Writing a conflict as a TOML document that a person edits and `toml_form` reads back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from standoff.conflict.formula import Not, options_in
from standoff.conflict.formula_text import write_formula
from standoff.conflict.masks import state_signs
from standoff.conflict.model import Arc, Conflict, Constraint, Option, View
from standoff.conflict.option_names import OptionNames
from standoff.conflict.preference import Groups, Partial, Preference, Priorities, Priority, Ranking, Weights

_SIGNS = {1: "+", 0: "0", -1: "-"}


def to_toml(conflict: Conflict) -> str:
    """Write the whole conflict."""
    names = OptionNames(conflict.options, conflict.decision_makers)
    lines = [f"name = {quoted(conflict.name)}"]
    if conflict.source:
        lines.append(f"source = {quoted(conflict.source)}")
    if conflict.status_quo is not None:
        lines.append(f"status_quo = {quoted(_state(conflict, conflict.status_quo))}")
    if not conflict.options:
        lines.append(f"states = {_list([id for id, _ in conflict.states])}")
    for i, name in enumerate(conflict.decision_makers):
        lines += ["", "[[decision_maker]]", f"name = {quoted(name)}"]
        if i in conflict.observers:
            lines.append("observer = true")
        lines += _preference(conflict, conflict.preferences[i], names)
        lines += _attitudes(conflict, i)
    for option in conflict.options:
        lines += ["", "[[option]]", *_option(option, conflict)]
    lines += _feasibility(conflict, names)
    if conflict.options and conflict.states:
        lines += ["", "[states]"]
        lines += [f"{_key(id)} = {quoted(conflict.signs(state))}" for id, state in conflict.states]
    lines += _moves(conflict)
    for view in conflict.views:
        lines += _view(conflict, view, names)
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Write a text as a TOML string: literal where that needs no escapes, so that formulas stay readable."""
    if '"' not in text and "\\" not in text and text.isprintable():
        return f'"{text}"'
    if "'" not in text and text.isprintable():
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(s if s.isprintable() else f"\\U{ord(s):08X}" for s in escaped) + '"'


def _key(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else quoted(text)


def _list(texts: Sequence[str]) -> str:
    return "[" + ", ".join(quoted(text) for text in texts) + "]"


def _state(conflict: Conflict, state: int) -> str:
    return conflict.state_id(state) if conflict.states else state_signs(state, conflict.option_count)


def _ranked(conflict: Conflict, groups: Groups, degrees: tuple[int, ...] = ()) -> str:
    """Write a ranking as a text, or, where an id would be misread in one, as lists."""
    steps = degrees or (1,) * (len(groups) - 1)
    written = [[_state(conflict, state) for state in group] for group in groups]
    if any(re.search(r"[>=~]|^\s|\s$", name) for group in written for name in group):
        parts = [_list(group) for group in written]
        for at, degree in reversed(list(enumerate(steps, start=1))):
            if degree > 1:
                parts.insert(at, quoted(">" * degree))
        return "[" + ", ".join(parts) + "]"
    text = " = ".join(written[0])
    for degree, group in zip(steps, written[1:], strict=True):
        text += f" {'>' * degree} " + " = ".join(group)
    return quoted(text)


def _preference(conflict: Conflict, preference: Preference, names: OptionNames) -> list[str]:
    match preference:
        case Ranking():
            return [f"ranking = {_ranked(conflict, preference.groups, preference.degrees)}"]
        case Weights():
            pairs = [
                f"{_key(names.spoken(k))} = {int(w) if w.denominator == 1 else quoted(str(w))}"
                for k, w in enumerate(preference.weights)
                if w
            ]
            return ["weights = { " + ", ".join(pairs) + " }"] if pairs else ["weights = {}"]
        case Partial():
            return [
                "chains = [",
                *(f"    {_ranked(conflict, chain)}," for chain in preference.chains),
                "]",
            ]
        case Priorities():
            return ["priorities = [", *(f"    {_level(level, names)}," for level in preference.levels), "]"]


def _level(level: tuple[Priority, ...], names: OptionNames) -> str:
    written = [_priority(priority, names) for priority in level]
    return written[0] if len(written) == 1 else "[" + ", ".join(written) + "]"


def _priority(priority: Priority, names: OptionNames) -> str:
    text = quoted(priority.text or write_formula(priority.formula, names))
    return f"{{ id = {quoted(priority.id)}, statement = {text} }}" if priority.id else text


def _attitudes(conflict: Conflict, i: int) -> list[str]:
    if conflict.attitudes is None:
        return []
    pairs = [
        f"{_key(name)} = {quoted(_SIGNS[attitude])}"
        for name, attitude in zip(conflict.decision_makers, conflict.attitudes[i], strict=True)
    ]
    return ["attitudes = { " + ", ".join(pairs) + " }"]


def _option(option: Option, conflict: Conflict) -> list[str]:
    lines = [f"name = {quoted(option.name)}"]
    if option.id:
        lines.append(f"id = {quoted(option.id)}")
    owners = [conflict.decision_makers[i] for i in option.owners]
    lines.append(f"owner = {quoted(owners[0])}" if len(owners) == 1 else f"owners = {_list(owners)}")
    if option.moves != "both":
        lines.append(f"moves = {quoted(option.moves)}")
    return lines


def _feasibility(conflict: Conflict, names: OptionNames) -> list[str]:
    if not conflict.infeasible and not conflict.constraints:
        return []
    lines = ["", "[feasibility]"]
    never = [quoted(mask.signs(conflict.option_count)) for mask in conflict.infeasible]
    sets: dict[str, list[str]] = {"exclusive": [], "at_least_one": [], "exactly_one": []}
    rules: list[str] = []
    for constraint in conflict.constraints:
        if constraint.kind in sets:
            sets[constraint.kind].append(_set_rule(constraint, names))
        elif isinstance(constraint.formula, Not) and constraint.text.startswith("never "):
            never.append(quoted(constraint.text.removeprefix("never ")))
        else:
            rules.append(quoted(constraint.text or write_formula(constraint.formula, names)))
    for key, parts in (("infeasible", never), *sets.items(), ("rules", rules)):
        if parts:
            lines += [f"{key} = [", *(f"    {part}," for part in parts), "]"]
    return lines


def _set_rule(constraint: Constraint, names: OptionNames) -> str:
    return _list([names.spoken(k) for k in dict.fromkeys(options_in(constraint.formula))])


def _moves(conflict: Conflict) -> list[str]:
    if conflict.arcs is None:
        return []
    movers: dict[Arc, list[str]] = {}
    for who, arcs in zip(conflict.decision_makers, conflict.arcs, strict=True):
        for arc in arcs:
            movers.setdefault(arc, []).append(who)
    joined: dict[tuple[tuple[str, ...], int], list[int]] = {}
    for (source, target), together in movers.items():
        joined.setdefault((tuple(together), source), []).append(target)
    lines: list[str] = []
    for (by, source), targets in joined.items():
        lines += ["", "[[move]]", f"by = {quoted(by[0]) if len(by) == 1 else _list(by)}"]
        lines.append(f"from = {quoted(conflict.state_id(source))}")
        lines.append(f"to = {_list([conflict.state_id(target) for target in targets])}")
    return lines


def _view(conflict: Conflict, view: View, names: OptionNames) -> list[str]:
    lines = ["", "[[view]]", f"viewer = {quoted(conflict.decision_makers[view.viewer])}"]
    if view.unseen:
        lines.append(f"unseen = {_list([names.spoken(k) for k in view.unseen])}")
    if view.never:
        lines.append(f"never = {_list([write_formula(formula, names) for formula in view.never])}")
    for who, preference in view.preferences:
        lines += ["", "[[view.decision_maker]]", f"name = {quoted(conflict.decision_makers[who])}"]
        lines += _preference(conflict, preference, names)
    return lines
