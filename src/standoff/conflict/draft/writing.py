"""A proposed conflict as a document: TOML that a person reads from top to bottom, with the quotations above what they show."""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Iterable, Sequence
from importlib.metadata import version

from standoff.conflict.draft.priorities import Statement
from standoff.conflict.draft.proposal import DraftedOption, DraftedParty, Evidence, Exclusion, Proposal
from standoff.conflict.draft.sheet import PROGRAM, Block, Sheet, read_sheet
from standoff.conflict.toml_text import quoted

_WIDTH = 116
_LONGEST_QUOTE = 300
_SHOWN = 2
_KEPT = 5


def written(proposal: Proposal) -> str:
    """Return the document for a proposal, drafted for the first time."""
    text = _body(proposal)
    return text + base_of(read_sheet(text), proposal)


def sheet_of(proposal: Proposal) -> Sheet:
    """Return the document as a sheet, without the table of what was drafted."""
    return read_sheet(_body(proposal))


def _body(proposal: Proposal) -> str:
    lines = [*_head(proposal), ""]
    lines.append(f"name = {quoted(_clean(proposal.name))}")
    lines.append(f"source = {quoted(_clean(_source(proposal)))}")
    lines += ["", *_status_quo(proposal)]
    for party in proposal.parties:
        lines += ["", "[[decision_maker]]", *_party(party, proposal)]
    for option in proposal.options:
        lines += ["", "[[option]]", *_option(option)]
    lines += _feasibility(proposal.exclusions)
    return "\n".join(lines) + "\n"


def _head(proposal: Proposal) -> list[str]:
    sources = f"{proposal.reports} report{'s' * (proposal.reports != 1)}"
    if proposal.voices != proposal.reports:
        sources += f", {proposal.voices} independent"
    lines = _comment(f"{proposal.name}: drafted from {proposal.dossier} ({sources}{_span(proposal)}).")
    if not proposal.is_model:
        lines += _comment("This is no model yet.")
    lines += _listing("WHAT IS MISSING FOR A MODEL", proposal.missing)
    lines += _listing(
        "QUESTIONS FOR THE ANALYST: what no report says, and what was taken", proposal.questions
    )
    lines += _listing("LEFT OUT", [f"{left.what}: {left.reason}." for left in proposal.left_out], "-")
    lines.append(PROGRAM)
    lines += _comment(
        "Edit anything: what you change stays when you draft again. Lines that begin with #> are written anew; other comments "
        "are yours. In each list of priorities the first counts most; an option is taken or not, and stands for itself."
    )
    return lines


def _listing(title: str, items: Sequence[str], sign: str = "") -> list[str]:
    if not items:
        return []
    lines = [PROGRAM, f"{PROGRAM} {title}"]
    for number, item in enumerate(items, start=1):
        mark = f"{sign} " if sign else f"{number}. "
        lines += _comment(item, first=f"  {mark}", rest=" " * (2 + len(mark)))
    return lines


def _comment(text: str, first: str = "", rest: str = "") -> list[str]:
    wrapped = textwrap.wrap(
        _clean(text),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [f"{PROGRAM} {line}" for line in wrapped]


def _clean(text: str) -> str:
    """A text as one line without characters that TOML comments must not hold or that change how a line is shown."""
    return " ".join(
        re.sub(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]", " ", text).split()
    )


def _span(proposal: Proposal) -> str:
    if not proposal.first:
        return ""
    days = proposal.first if proposal.first == proposal.last else f"{proposal.first} to {proposal.last}"
    return f", {days}"


def _source(proposal: Proposal) -> str:
    return f"drafted from {proposal.dossier}{_span(proposal)}"


def _status_quo(proposal: Proposal) -> list[str]:
    lines = _comment("Where things stand: the options that are taken now.")
    for option in proposal.options:
        if option.taken:
            lines += _quotations(option.since[:1], label=f"{option.option.id}: ")
    taken = [option.option.id for option in proposal.options if option.taken]
    return [*lines, f"status_quo = {_list(taken)}"]


def _list(texts: Iterable[str]) -> str:
    return "[" + ", ".join(quoted(text) for text in texts) + "]"


def _quotations(passages: Iterable[Evidence], indent: str = "", label: str = "") -> list[str]:
    """A line a quotation: what it says, outlet and day, and where it stands."""
    lines = []
    for passage in passages:
        quote = _clean(passage.quote).strip('“”"')
        if len(quote) > _LONGEST_QUOTE:
            quote = quote[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
        day = f", {passage.day}" if passage.day else ""
        lines.append(
            f"{indent}{PROGRAM} {label}“{quote}” — {_clean(passage.outlet)}{day} [{_clean(passage.ref)}]"
        )
    return lines


def _party(drafted: DraftedParty, proposal: Proposal) -> list[str]:
    party = drafted.party
    lines = []
    if len(party.codes) > 1:
        lines += _comment("Taken as one party." if not drafted.bloc else "Taken as one party, because of:")
        lines += _quotations(drafted.bloc[:_SHOWN])
    lines += [
        f"id = {quoted(party.id)}",
        f"name = {quoted(_clean(party.name))}",
        f"note = {quoted(' '.join(party.codes))}",
        *_marks(drafted.standing, drafted.confidence, drafted.evidence),
        "priorities = [",
    ]
    for statement in drafted.priorities:
        passages = [proposal.evidence[key] for key in statement.acts]
        lines += _reason(statement)
        lines += _quotations(_distinct(passages)[:_SHOWN], "  ")
        lines.append(f"  {_statement(statement, passages)},")
    return [*lines, "]"]


def _reason(statement: Statement) -> list[str]:
    if not statement.reason:
        return []
    return [f"  {line}" for line in _comment(f"{statement.standing}: {statement.reason}")]


def _distinct(passages: Iterable[Evidence]) -> list[Evidence]:
    return list({passage.quote: passage for passage in reversed(list(passages))}.values())[::-1]


def _statement(statement: Statement, passages: Sequence[Evidence]) -> str:
    refs = _list(dict.fromkeys(_clean(passage.ref) for passage in passages[:_KEPT]))
    return (
        f"{{ id = {quoted(statement.id)}, statement = {quoted(statement.formula)}, standing = {quoted(statement.standing)}, "
        f"confidence = {statement.confidence:.2f}, evidence = {refs} }}"
    )


def _marks(standing: str, confidence: float, passages: Sequence[Evidence]) -> list[str]:
    return [
        f"standing = {quoted(standing)}",
        f"confidence = {confidence:.2f}",
        f"evidence = {_list(_clean(passage.ref) for passage in passages[:_KEPT])}",
    ]


def _option(drafted: DraftedOption) -> list[str]:
    option = drafted.option
    lines = _quotations(_distinct(drafted.evidence)[:_SHOWN])
    lines += [
        f"id = {quoted(option.id)}",
        f"name = {quoted(_clean(option.name))}",
        f"owner = {quoted(_clean(option.owner.name))}",
    ]
    if option.undone:
        lines += [*_comment(f"only on: {option.undone}"), 'moves = "on"']
    if drafted.note:
        lines.append(f"note = {quoted(_clean(drafted.note))}")
    return [*lines, *_marks(drafted.standing, drafted.confidence, drafted.evidence)]


def _feasibility(exclusions: Sequence[Exclusion]) -> list[str]:
    if not exclusions:
        return []
    lines = ["", "[feasibility]"]
    for exclusion in exclusions:
        lines += _comment(f"{' and '.join(exclusion.options)}: {exclusion.reason}")
    pairs = ", ".join(_list(exclusion.options) for exclusion in exclusions)
    return [*lines, f"exclusive = [{pairs}]"]


def digest(text: str) -> str:
    """Return what an entry's content is known by: the beginning of its SHA-256, blanks apart."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:10]


def base_of(sheet: Sheet, proposal: Proposal) -> str:
    """Return the table of what was drafted, by which a later draft tells a person's changes from the program's."""
    lines = [
        "",
        "[draft]",
        f"program = {quoted('standoff ' + version('standoff'))}",
        f"dossier = {quoted(_clean(proposal.dossier))}",
        f"reports = {proposal.reports}",
        "",
        "# What the program drafted, by digest: drafting again tells your changes from its own by this. Leave it as it is.",
        "[draft.base]",
        f"status_quo = {_list(option.option.id for option in proposal.options if option.taken)}",
    ]
    for block in sheet.blocks:
        lines += _digests(block)
    return "\n".join(lines) + "\n"


def _digests(block: Block) -> list[str]:
    if block.kind not in ("", "decision_maker", "option", "feasibility"):
        return []
    marks = [
        f"{quoted(entry.label)} = {quoted(digest(entry.value))}"
        for entry in block.entries
        if entry.label not in ("priorities", "]", "status_quo")
    ]
    key = block.id or block.kind or "conflict"
    return [f"{quoted(key)} = {{ {', '.join(marks)} }}"] if marks else []
