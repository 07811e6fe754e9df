"""What an analyst changes in a conflict model: each change is a value that can be made, said, undone, and made again on
another version of the file.

A change is made in the text of the file; afterwards the engine reads the whole file, so that no change leaves a model
that cannot be used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from standoff.conflict.answer.case import Case, read_case
from standoff.conflict.answer.phrases import Phrases
from standoff.conflict.formula_text import parse_formula
from standoff.conflict.model import Conflict, Option
from standoff.conflict.option_names import OptionNames
from standoff.conflict.preference import Partial, Priorities, Ranking
from standoff.conflict.problems import ModelProblem, Path
from standoff.conflict.toml_form import read_toml
from standoff.conflict.toml_text import quoted
from standoff.errors import UsageError
from standoff.web.conflict.references import Names, Renumber, carried, statement_paths
from standoff.web.conflict.surgery import (
    Document,
    drop_block,
    drop_key,
    level_entry,
    levels_of,
    set_key,
    set_levels,
    sheet_with,
    table_of,
)

Kind = Literal[
    "rename",
    "add-option",
    "drop-option",
    "take",
    "leave",
    "once",
    "again",
    "restate",
    "state",
    "unstate",
    "move",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
LONGEST = 300
"""The longest name or statement, in characters."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change.

    `of` is the id of an option (rename, drop-option, take, leave, once, again), of a statement (restate, unstate, move)
    or of a party (add-option, state). `to` is a name or a formula. `place` is a level of a party's priorities, from 0.
    """

    kind: Kind
    of: str
    to: str = ""
    place: int = 0
    by: str = ""
    """The name of the person who made it."""


class NotEditable(UsageError):
    """A change that cannot be made; `offset` is where in the new text the mistake stands, if it does."""

    def __init__(self, sentence: str, offset: int | None = None) -> None:
        super().__init__(sentence)
        self.offset = offset


def sentence_of(problem: ModelProblem, *, placed: bool = False) -> str:
    """Return a problem as a sentence of its own; with its file, line and column where it is `placed`."""
    words = str(problem) if placed else problem.problem[:1].upper() + problem.problem[1:]
    return words if words.endswith((".", "?")) else f"{words}."


def case_in(text: str, file: str) -> Case:
    """Return the case that a file's text holds; ModelProblem with line and column where it holds none."""
    return read_case(read_toml(text, file), text, file)


def made(text: str, edit: Edit) -> str:
    """Return the text of a file with a change made; NotEditable, in one sentence, where it cannot be."""
    case = case_in(text, "the model")
    try:
        changed = _MAKERS[edit.kind](text, case, edit)
        case_in(changed, "the model")
    except ModelProblem as problem:
        raise NotEditable(sentence_of(problem)) from problem
    return changed


def said(case: Case, edit: Edit) -> str:
    """Say a change, given the case before it."""
    words = Phrases(case.conflict)
    try:
        match edit.kind:
            case "rename":
                return f"“{_option_name(case, edit.of)}” is now called “{edit.to}”"
            case "add-option":
                return f"{case.conflict.decision_makers[_party(case, edit.of)]} can also {edit.to}"
            case "drop-option":
                return f"the option “{_option_name(case, edit.of)}” is out"
            case "take" | "leave":
                return f"“{_option_name(case, edit.of)}” is {'' if edit.kind == 'take' else 'not '}done today"
            case "once" | "again":
                can = "cannot" if edit.kind == "once" else "can"
                return f"“{_option_name(case, edit.of)}” {can} be taken back"
            case "state":
                return f"{case.conflict.decision_makers[_party(case, edit.of)]} also wants “{edit.to}”"
            case "restate" | "unstate" | "move":
                party, _, m = _statement(case, edit.of)
                wish = words.statement(party, case.statements(party)[m])
                who = case.conflict.decision_makers[party]
                if edit.kind == "restate":
                    return f"{who} wants “{edit.to}” instead of {wish}"
                if edit.kind == "unstate":
                    return f"{who} no longer wants {wish}"
                return f"{who} wants in place {edit.place + 1}: {wish}"
    except UsageError:
        return f"{edit.kind} {edit.of}"


def formula_problem(case: Case, text: str) -> NotEditable | None:
    """Return what is wrong with a statement as an analyst types it, with the offset; None where nothing is."""
    try:
        parse_formula(text, OptionNames(case.conflict.options, case.conflict.decision_makers))
    except ModelProblem as problem:
        return NotEditable(sentence_of(problem), problem.offset)
    return None


def wish_words(case: Case, party: str, text: str) -> dict[str, Any]:
    """Say a statement as an analyst types it: `words` as a sentence, or `problem` with its `offset`."""
    problem = formula_problem(case, text)
    if problem is not None:
        return {"problem": str(problem), "offset": problem.offset, "words": ""}
    number = _party(case, party)
    formula = parse_formula(text, _names(case))
    name = case.conflict.decision_makers[number]
    return {
        "problem": "",
        "offset": None,
        "words": f"{name} wants {Phrases(case.conflict).wish(number, formula)}.",
    }


# Finding what is meant --------------------------------------------------------------------------------


def _option(case: Case, id: str) -> int:
    for option in range(case.conflict.option_count):
        if case.option_id(option) == id:
            return option
    raise NotEditable(f"There is no option {id[:60]!r} any more: reload the page.")


def _option_name(case: Case, id: str) -> str:
    return case.conflict.options[_option(case, id)].name


def _party(case: Case, id: str) -> int:
    ids = case.party_ids()
    if id not in ids:
        raise NotEditable(f"There is no decision maker {id[:60]!r} any more: reload the page.")
    return ids.index(id)


def _statement(case: Case, id: str) -> tuple[int, int, int]:
    """The party of a statement, its level, and its number among the party's statements."""
    part = case.parts.get(id)
    if part is not None and part.what == "statement" and part.owner is not None:
        for m, priority in enumerate(case.statements(part.owner)):
            if priority.id == id:
                preference = case.conflict.preferences[part.owner]
                assert isinstance(preference, Priorities)
                level = next(n for n, found in enumerate(preference.levels) if priority in found)
                return part.owner, level, m
    raise NotEditable(f"There is no statement {id[:60]!r} any more: reload the page.")


def _clean(text: str, what: str) -> str:
    cleaned = " ".join(text.split())
    if not cleaned:
        raise NotEditable(f"Write {what}: it is empty.")
    if len(cleaned) > LONGEST:
        raise NotEditable(
            f"Write {what} more shortly: it has {len(cleaned)} characters, and {LONGEST} are the most."
        )
    return cleaned


def _names(case: Case) -> OptionNames:
    return OptionNames(case.conflict.options, case.conflict.decision_makers)


# Options ----------------------------------------------------------------------------------------------


def _fixed(conflict: Conflict) -> str:
    """Why options can be neither added nor taken out; empty where they can."""
    if conflict.states or conflict.arcs is not None:
        return "the file lists its states one by one"
    for name, preference in zip(conflict.decision_makers, conflict.preferences, strict=True):
        if isinstance(preference, Ranking | Partial):
            return f"{name} ranks the outcomes one by one"
    return ""


def _refuse_fixed(case: Case) -> None:
    reason = _fixed(case.conflict)
    if reason:
        raise NotEditable(
            f"Options cannot be added or taken out here, because {reason}: edit the file itself, and reload this page."
        )


def _with_options(case: Case, changed: str, renumber: Renumber) -> str:
    """Carry the references of a file whose tables of options have been changed."""
    root = Document(changed).root
    parties = case.conflict.decision_makers
    options = tuple(_bare_option(table, parties) for table in root.get("option", ()))
    after = OptionNames(options, parties)
    return carried(changed, Names(_names(case), after, renumber))


def _bare_option(table: Mapping[str, Any], parties: tuple[str, ...]) -> Option:
    owners = [table.get("owner"), *table.get("owners", ())]
    numbers = tuple(parties.index(str(owner)) for owner in owners if owner in parties)
    return Option(str(table["name"]), numbers, "both", str(table.get("id", "")))


def _rename(text: str, case: Case, edit: Edit) -> str:
    option, name = _option(case, edit.of), _clean(edit.to, "the option's name")
    changed = Document(text).replaced({("option", option, "name"): quoted(name)})
    return _with_options(case, changed, lambda k: k)


def _add_option(text: str, case: Case, edit: Edit) -> str:
    _refuse_fixed(case)
    party, name = _party(case, edit.of), _clean(edit.to, "what it could do")
    conflict = case.conflict
    text = _listed_quo(text, case)
    sheet = sheet_with(text, Document(text).root)
    blocks = sheet.of("option")
    keys = {"name": name, "owner": conflict.decision_makers[party]}
    if any(option.id for option in conflict.options):
        keys = {"id": _new_id(case, party, name), **keys}
    behind = max(
        (k for k, option in enumerate(conflict.options) if party in option.owners),
        default=len(conflict.options) - 1,
    )
    others = blocks or sheet.of("decision_maker")
    last = blocks[behind] if blocks else others[-1]
    at = next(n for n, block in enumerate(sheet.blocks) if block is last)
    sheet.blocks.insert(at + 1, table_of("option", keys))
    return _with_options(case, sheet.text(), lambda k: k if k <= behind else k + 1)


def _new_id(case: Case, party: int, name: str) -> str:
    head = case.party_ids()[party]
    words = re.findall(r"[a-z0-9]+", f"{head} {name}".lower())[:6]
    base = "-".join(words) or "option"
    taken = {option.id.casefold() for option in case.conflict.options} | {id.casefold() for id in case.parts}
    return next(id for n in range(1, 1000) if (id := base if n == 1 else f"{base}-{n}") not in taken)


def _drop_option(text: str, case: Case, edit: Edit) -> str:
    _refuse_fixed(case)
    gone = _option(case, edit.of)
    if len(case.conflict.options) == 1:
        raise NotEditable("This is the only option: add another before you take it out.")
    text = _listed_quo(text, case)
    sheet = sheet_with(text, Document(text).root)
    drop_block(sheet, sheet.of("option")[gone])
    changed = sheet.text()
    return _with_options(case, changed, lambda k: None if k == gone else k if k < gone else k - 1)


def _listed_quo(text: str, case: Case) -> str:
    """Return the text with the status quo as a list of options, whatever form it had."""
    document, quo = Document(text), case.conflict.status_quo
    if quo is None or isinstance(document.root.get("status_quo"), list):
        return text
    names = _names(case)
    taken = [names.spoken(k) for k in range(case.conflict.option_count) if quo >> k & 1]
    return document.replaced({("status_quo",): "[" + ", ".join(map(quoted, taken)) + "]"})


def _take(text: str, case: Case, edit: Edit) -> str:
    option, wanted = _option(case, edit.of), edit.kind == "take"
    conflict, document = case.conflict, Document(text)
    quo = conflict.status_quo or 0
    if conflict.status_quo is not None and bool(quo >> option & 1) == wanted:
        return text
    new = quo | 1 << option if wanted else quo & ~(1 << option)
    written = document.root.get("status_quo")
    name = quoted(_names(case).spoken(option))
    if written is None:
        sheet = sheet_with(text, document.root)
        set_key(sheet.blocks[0], "status_quo", f"[{name if wanted else ''}]", ("name", "source"))
        return sheet.text()
    if isinstance(written, list):
        if wanted:
            return document.with_element(("status_quo",), name)
        names = _names(case)
        numbers = [n for n, label in enumerate(written) if names.find(label) == option]
        return document.without_elements(("status_quo",), numbers)
    if conflict.states and conflict.is_feasible(new):
        return document.replaced({("status_quo",): quoted(conflict.state_id(new))})
    return document.replaced({("status_quo",): quoted(conflict.signs(new))})


def _direct(text: str, case: Case, edit: Edit) -> str:
    option = _option(case, edit.of)
    sheet = sheet_with(text, Document(text).root)
    block = sheet.of("option")[option]
    if edit.kind == "once":
        set_key(block, "moves", quoted("on"), ("id", "name", "owner", "owners"))
    else:
        drop_key(block, "moves")
    return sheet.text()


# Statements -------------------------------------------------------------------------------------------


def _restate(text: str, case: Case, edit: Edit) -> str:
    party, _, number = _statement(case, edit.of)
    statement = _clean(edit.to, "the statement")
    _check_formula(case, statement)
    document = Document(text)
    paths = [path for _, path in statement_paths(document.root, party)]
    return document.replaced({paths[number]: quoted(statement)})


def _check_formula(case: Case, statement: str) -> None:
    problem = formula_problem(case, statement)
    if problem is not None:
        raise problem


def _state(text: str, case: Case, edit: Edit) -> str:
    party, statement = _party(case, edit.of), _clean(edit.to, "the statement")
    _check_formula(case, statement)
    sheet = sheet_with(text, Document(text).root)
    block = sheet.of("decision_maker")[party]
    if block.find("priorities") is None or block.find("]") is None:
        raise NotEditable(
            f"{case.conflict.decision_makers[party]} has no list of statements: its preference is written in another form."
        )
    levels = levels_of(block)
    table = bool(case.statements(party)) and any("." in s.id for s in case.statements(party))
    written = (
        f"{{ id = {quoted(_statement_id(case, party))}, statement = {quoted(statement)} }}"
        if table
        else quoted(statement)
    )
    levels.insert(max(0, min(edit.place, len(levels))), [level_entry(written, block)])
    set_levels(block, levels)
    return sheet.text()


def _statement_id(case: Case, party: int) -> str:
    base = f"{case.party_ids()[party]}.own"
    return next(id for n in range(1, 1000) if (id := f"{base}.{n}") not in case.parts)


def _levels(text: str, case: Case, edit: Edit) -> str:
    """Take a statement out, or move its level."""
    party, level, number = _statement(case, edit.of)
    document = Document(text)
    base: Path = ("decision_maker", party, "priorities", level)
    written = document.value(base)
    if edit.kind == "unstate" and isinstance(written, list) and len(written) > 1:
        first = next(m for m, (n, _) in enumerate(statement_paths(document.root, party)) if n == level)
        return document.without_elements(base, [number - first])
    sheet = sheet_with(text, document.root)
    block = sheet.of("decision_maker")[party]
    levels = levels_of(block)
    moved = levels.pop(level)
    if edit.kind == "move":
        levels.insert(max(0, min(edit.place, len(levels))), moved)
    set_levels(block, levels)
    return sheet.text()


_MAKERS: dict[Kind, Callable[[str, Case, Edit], str]] = {
    "rename": _rename,
    "add-option": _add_option,
    "drop-option": _drop_option,
    "take": _take,
    "leave": _take,
    "once": _direct,
    "again": _direct,
    "restate": _restate,
    "state": _state,
    "unstate": _levels,
    "move": _levels,
}
