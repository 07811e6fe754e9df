"""Where a conflict file names its options: in formulas and in lists of names; and how these names follow when options
are renamed, added or taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from standoff.conflict.formula import And, Formula, If, Iff, Not, Or, Taken, options_in
from standoff.conflict.formula_text import parse_formula, write_formula
from standoff.conflict.option_names import OptionNames
from standoff.conflict.problems import ModelProblem, Path
from standoff.conflict.toml_text import quoted
from standoff.errors import UsageError
from standoff.web.conflict.surgery import Document, levels_of, set_levels, sheet_with

Renumber = Callable[[int], int | None]
"""From the number of an option before a change to its number after it; None where it is gone."""

_SETS = ("exclusive", "at_least_one", "exactly_one")


@dataclass(frozen=True, slots=True)
class Names:
    """How options are called before a change and after it."""

    before: OptionNames
    after: OptionNames
    renumber: Renumber

    def formula(self, text: str) -> str | None:
        """Return a formula as it must be written after the change, or None where it speaks of an option that is gone."""
        old = parse_formula(text, self.before)
        if any(self.renumber(option) is None for option in options_in(old)):
            return None
        new = _renumbered(old, self.renumber)
        try:
            if parse_formula(text, self.after) == new:
                return text
        except ModelProblem:
            pass
        return write_formula(new, self.after)

    def option(self, text: str) -> str | None:
        """Return the name of an option as it must be written after the change, or None where it is gone."""
        number = self.renumber(self.before.find(text))
        if number is None:
            return None
        try:
            if self.after.find(text) == number:
                return text
        except ModelProblem:
            pass
        return self.after.spoken(number)


def carried(text: str, names: Names) -> str:
    """Return the text of a file, whose options are changed already, with every reference to them carried along.

    What speaks of an option that is gone is taken out: statements, rules, members of lists.
    """
    text = _lists(_formulas(text, names), names)
    return _weights(_priorities(text, names), names)


def formula_paths(root: dict[str, Any]) -> Iterator[Path]:
    """Give the places of formulas outside the lists of priorities."""
    for key in ("infeasible", "rules"):
        for n, _ in enumerate(root.get("feasibility", {}).get(key, ())):
            yield ("feasibility", key, n)
    for n, _ in enumerate(root.get("settlement", {}).get("holds", ())):
        yield ("settlement", "holds", n)
    for v, view in enumerate(root.get("view", ())):
        for n, _ in enumerate(view.get("never", ())):
            yield ("view", v, "never", n)


def statement_paths(root: dict[str, Any], party: int) -> Iterator[tuple[int, Path]]:
    """Give the statements of a party: the level, and the place of the formula."""
    for n, level in enumerate(root["decision_maker"][party].get("priorities", ())):
        base: Path = ("decision_maker", party, "priorities", n)
        for m, part in enumerate(level if isinstance(level, list) else [level]):
            path = (*base, m) if isinstance(level, list) else base
            yield n, ((*path, "statement") if isinstance(part, dict) else path)


def _formulas(text: str, names: Names) -> str:
    document = Document(text)
    changes: dict[Path, str] = {}
    gone: dict[Path, list[int]] = {}
    for path in formula_paths(document.root):
        old = str(document.value(path))
        new = names.formula(old)
        if new is None:
            gone.setdefault(path[:-1], []).append(int(path[-1]))
        elif new != old:
            changes[path] = quoted(new)
    return _without(document.replaced(changes), gone)


def _lists(text: str, names: Names) -> str:
    document = Document(text)
    root = document.root
    rules = root.get("feasibility", {})
    lists: list[Path] = [("feasibility", key, n) for key in _SETS for n, _ in enumerate(rules.get(key, ()))]
    if isinstance(root.get("status_quo"), list):
        lists.append(("status_quo",))
    lists += [("view", v, "unseen") for v, view in enumerate(root.get("view", ())) if "unseen" in view]
    lists += [("counterfactual", key) for key in root.get("counterfactual", {}) if key != "split"]
    changes: dict[Path, str] = {}
    gone: dict[Path, list[int]] = {}
    for path in lists:
        for n, name in enumerate(document.value(path)):
            try:
                new = names.option(str(name))
            except ModelProblem:
                continue  # the id of a statement
            if new is None:
                gone.setdefault(path, []).append(n)
            elif new != name:
                changes[*path, n] = quoted(new)
    small = {
        path
        for path, numbers in gone.items()
        if path[0] == "feasibility" and len(document.value(path)) - len(numbers) < 2
    }
    text = _without(
        document.replaced(changes), {path: numbers for path, numbers in gone.items() if path not in small}
    )
    sets: dict[Path, list[int]] = {}
    for path in small:
        sets.setdefault(path[:-1], []).append(int(path[-1]))
    return _without(text, sets)


def _without(text: str, gone: dict[Path, list[int]]) -> str:
    for path, numbers in gone.items():
        text = Document(text).without_elements(path, numbers)
    return text


def _priorities(text: str, names: Names) -> str:
    document = Document(text)
    changes: dict[Path, str] = {}
    inner: dict[Path, list[int]] = {}
    lost: dict[int, set[int]] = {}
    for party, table in enumerate(document.root.get("decision_maker", ())):
        for n, path in statement_paths(document.root, party):
            old = str(document.value(path))
            new = names.formula(old)
            if new is not None:
                if new != old:
                    changes[path] = quoted(new)
                continue
            level = table["priorities"][n]
            place: Path = ("decision_maker", party, "priorities", n)
            if isinstance(level, list) and len(level) > len(inner.get(place, ())) + 1:
                inner.setdefault(place, []).append(int(path[4]))
            else:
                inner.pop(place, None)
                lost.setdefault(party, set()).add(n)
    text = _without(document.replaced(changes), inner)
    if lost:
        sheet = sheet_with(text, document.root)
        blocks = sheet.of("decision_maker")
        for party, numbers in lost.items():
            levels = levels_of(blocks[party])
            set_levels(blocks[party], [level for n, level in enumerate(levels) if n not in numbers])
        text = sheet.text()
    return text


def _weights(text: str, names: Names) -> str:
    document = Document(text)
    changes: dict[Path, str] = {}
    for party, table in enumerate(document.root.get("decision_maker", ())):
        path: Path = ("decision_maker", party, "weights")
        if "weights" not in table:
            continue
        new = {key: names.option(key) for key in table["weights"]}
        if all(key == name for key, name in new.items()):
            continue
        if document.text[document.start(path)] != "{":
            raise UsageError(
                f"The weights of {table['name']!r} stand in a table of their own: edit the file itself, and reload "
                "this page."
            )
        pairs = [
            f"{quoted(name)} = {document.source((*path, key)).strip()}"
            for key, name in new.items()
            if name is not None
        ]
        changes[path] = "{ " + ", ".join(pairs) + " }" if pairs else "{}"
    return document.replaced(changes)


def _renumbered(formula: Formula, renumber: Renumber) -> Formula:
    match formula:
        case Taken(option):
            number = renumber(option)
            assert number is not None
            return Taken(number)
        case Not(part):
            return Not(_renumbered(part, renumber))
        case And(parts):
            return And(tuple(_renumbered(part, renumber) for part in parts))
        case Or(parts):
            return Or(tuple(_renumbered(part, renumber) for part in parts))
        case If(then, condition):
            return If(_renumbered(then, renumber), _renumbered(condition, renumber))
        case Iff(left, right):
            return Iff(_renumbered(left, renumber), _renumbered(right, renumber))
