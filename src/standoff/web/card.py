"""The card of a record in review: its fields as they may be corrected, and its passage in the text around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from standoff.brief.highlights import Highlight, marked_text
from standoff.brief.lines import Line
from standoff.brief.marks import mark_of
from standoff.brief.names import actor_names
from standoff.brief.safety import plain
from standoff.brief.sources import covering, report_name
from standoff.brief.wording import date_words, joined
from standoff.dossier.dossier import Dossier
from standoff.dossier.hand import log
from standoff.dossier.hand.decision import Decision
from standoff.dossier.hand.form import RecordKind
from standoff.dossier.hand.queue import Waiting
from standoff.dossier.hand.verdicts import Word
from standoff.dossier.hand.wording import changes_in_words
from standoff.records import Act, Region, Report, Span, Statement, StoredAct, StoredReport
from standoff.web.choices import choices
from standoff.web.correcting import written
from standoff.web.lines import act_line, material_of

AROUND = 5_000
"""How much text is shown before and after the spans of a record, in characters."""
_PAST = {"accept": "accepted it", "reject": "rejected it", "correct": "corrected it"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field that may be corrected.

    `kind` says how: "menu" (one of a few), "codes" (actor codes with commas between), "text", "span" (offsets
    in code points, as "120-164"), "pieces" (several of these). `value` is what the form holds, `words` what it
    means to people, `role` how a span is drawn in the text. Only an `optional` one may be empty.
    """

    name: str
    label: str
    key: str
    kind: str
    value: str
    words: str = ""
    role: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph of the report (or the part of it that is shown): where it starts, its kind, its text as HTML."""

    start: int
    kind: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Said:
    """What one person last said of the record, in words: "corrected it (type REJECT)", and why."""

    author: str
    words: str
    made: str
    note: str
    verb: str


@dataclass(frozen=True, slots=True)
class Card:
    """A record as review shows it; `place` ("a45", "s7") names it in addresses.

    `line` is the act in the brief's form, None for a statement. `cut` says whether there is more text before and
    after.
    """

    place: str
    kind: RecordKind
    waiting: Waiting
    heading: str
    line: Line | None
    speaker: str
    report: StoredReport
    title: str
    outlet: str
    date: str
    fields: tuple[Field, ...]
    stretches: tuple[Stretch, ...]
    cut: tuple[bool, bool]
    own: tuple[Said, ...]
    others: tuple[Said, ...]
    notes: tuple[Decision, ...]

    @property
    def values(self) -> tuple[Field, ...]:
        """The fields that are not spans."""
        return tuple(field for field in self.fields if field.kind not in ("span", "pieces"))

    @property
    def spans(self) -> tuple[Field, ...]:
        """The fields that are spans of the text."""
        return tuple(field for field in self.fields if field.kind in ("span", "pieces"))


def place_of(kind: str, record: int) -> str:
    """Return what names a record in addresses: "a45" for an act, "s7" for a statement."""
    return f"{kind[0]}{record}"


def card_of(dossier: Dossier, waiting: Waiting, author: str) -> Card:
    """Return the card of a record for a person."""
    coded = waiting.coded
    stored = _stored(waiting)
    material = material_of(dossier, acts=[stored] if stored else [], reports=[waiting.report])
    report = material.report_by_key[waiting.report]
    lo, hi = _reach(coded)
    said, held = said_of(dossier, waiting.kind, waiting.record, waiting.words), written(waiting)
    if isinstance(coded, Act):
        assert stored is not None
        fields, line, speaker = act_fields(coded, held, report.report), act_line(material, stored), ""
    else:
        fields, line = statement_fields(coded, held, report.report), None
        speaker = joined(actor_names(coded.actor)) or "Somebody not resolved"
    return Card(
        place=place_of(waiting.kind, waiting.record),
        kind=waiting.kind,
        waiting=waiting,
        heading=f"{waiting.kind.capitalize()} {waiting.record}",
        line=line,
        speaker=speaker,
        report=report,
        title=report_name(report.report),
        outlet=plain(report.report.outlet),
        date=date_words(report.report.published),
        fields=fields,
        stretches=tuple(_stretches(report.report, waiting, lo, hi)),
        cut=(lo > 0, hi < len(report.report.text)),
        own=tuple(one for one in said if one.author == author),
        others=tuple(one for one in said if one.author != author),
        notes=log.notes_on(dossier, waiting.kind, waiting.record),
    )


def short_line(dossier: Dossier, waiting: Waiting) -> Line | None:
    """Return the line of an act that waits, None for a statement."""
    stored = _stored(waiting)
    return act_line(material_of(dossier, acts=[stored]), stored) if stored else None


def _stored(waiting: Waiting) -> StoredAct | None:
    """The act as the views know it; one that was rejected is in none of them, and has no event."""
    if not isinstance(waiting.coded, Act):
        return None
    return StoredAct(
        waiting.record, waiting.report, waiting.event or 0, waiting.coded, waiting.issue, waiting.quote
    )


def act_fields(act: Act, held: Mapping[str, str], report: Report) -> tuple[Field, ...]:
    """Return the fields of an act; `held` is what its form holds."""

    def field(name: str, label: str, key: str, kind: str, words: str = "") -> Field:
        return Field(name, label, key, kind, held[name], words, optional=kind != "menu")

    def span(name: str, label: str, key: str, role: str, at: Span | None) -> Field:
        empty = name in ("content", "condition")
        return Field(name, label, key, "span", held[name], _words(at, report), role, empty)

    known = choices()
    return (
        field("type", "Type", "t", "menu", known["type"].label(act.type)),
        field("source", "From", "f", "codes", _names(act.source)),
        field("target", "To whom", "w", "codes", _names(act.target)),
        field("modality", "Modality", "m", "menu", known["modality"].label(act.modality)),
        field("attribution", "On the word of", "o", "codes", _names(act.attribution)),
        field("date", "Date", "d", "text", date_words(act.date)),
        field("place", "Place", "p", "text"),
        field("issue", "Issue", "i", "text"),
        span("trigger", "Trigger", "1", "tr", act.trigger),
        span("evidence", "Evidence", "2", "ev", act.evidence),
        span("content", "Content", "3", "co", act.content),
        span("condition", "Condition", "4", "cd", act.condition),
    )


def statement_fields(said: Statement, held: Mapping[str, str], report: Report) -> tuple[Field, ...]:
    """Return the fields of a statement; `held` is what its form holds."""
    content = " … ".join(_words(piece, report) for piece in said.content)
    return (
        Field("actor", "Who speaks", "f", "codes", held["actor"], _names(said.actor), optional=True),
        Field("form", "Form", "t", "menu", held["form"], said.form),
        Field("source", "Named as", "1", "span", held["source"], _words(said.source, report), "sp", True),
        Field("cue", "Cue", "2", "span", held["cue"], _words(said.cue, report), "cu"),
        Field("content", "Content", "3", "pieces", held["content"], content, "sa"),
    )


def _words(span: Span | None, report: Report) -> str:
    return " ".join(report.text[span.start : span.end].split()) if span else ""


def _names(codes: Sequence[str]) -> str:
    return joined(actor_names(tuple(codes)))


def _spans(record: Act | Statement) -> list[Span]:
    if isinstance(record, Act):
        found = [record.trigger, record.evidence, record.content, record.condition]
    else:
        found = [record.source, record.cue, *record.content]
    return [span for span in found if span]


def _reach(record: Act | Statement) -> tuple[int, int]:
    """From where to where the text is shown."""
    spans = _spans(record)
    return min(span.start for span in spans) - AROUND, max(span.end for span in spans) + AROUND


def _stretches(report: Report, waiting: Waiting, lo: int, hi: int) -> Iterator[Stretch]:
    highlights = list(_highlights(waiting.coded))
    for region in covering(report):
        span = _clipped(report.text, region, lo, hi)
        if span.start < span.end:
            yield Stretch(span.start, region.kind, marked_text(report.text, span, highlights))


def _clipped(text: str, region: Region, lo: int, hi: int) -> Span:
    """The part of a paragraph between two offsets, cut at a blank where one is near."""
    start, end = region.span
    if start < lo < end:
        blank = text.find(" ", lo, min(end, lo + 200))
        start = blank + 1 if blank >= 0 else lo
    if start < hi < end:
        blank = text.rfind(" ", max(start, hi - 200), hi)
        end = blank if blank >= 0 else hi
    return Span(start, end) if start < hi and end > lo else Span(0, 0)


def _highlights(record: Act | Statement) -> Iterator[Highlight]:
    if isinstance(record, Act):
        mark = mark_of(record.type, record.modality)
        yield Highlight(record.evidence, "evidence", tone=mark.tone)
        if record.content:
            yield Highlight(record.content, "content")
        if record.condition:
            yield Highlight(record.condition, "condition")
        yield Highlight(record.trigger, "trigger", tone=mark.tone, shape=mark.shape)
        return
    for piece in record.content:
        yield Highlight(piece, "said")
    if record.source:
        yield Highlight(record.source, "speaker")
    yield Highlight(record.cue, "cue")


def said_of(dossier: Dossier, kind: RecordKind, record: int, words: Sequence[Word]) -> tuple[Said, ...]:
    """Return what each person last said of a record, in words, in the order of `words`."""
    if not words:
        return ()
    made = {
        decision.key: decision
        for decision in log.decisions_of(dossier, kind=kind, target=record, standing=True)
    }
    return tuple(
        Said(word.author, _verdict(made.get(word.decision), word.verb), word.made, word.note, word.verb)
        for word in words
    )


def _verdict(decision: Decision | None, verb: str) -> str:
    if decision is None or verb != "correct":
        return _PAST[verb]
    return f"{_PAST[verb]} ({changes_in_words(decision.detail['changes'])})"
