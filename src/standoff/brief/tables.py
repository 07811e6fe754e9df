"""The timeline, the table of acts and the table of statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from standoff.brief.lines import Evidence, Line
from standoff.brief.marks import is_deed
from standoff.brief.material import Material
from standoff.brief.names import actor_names
from standoff.brief.safety import plain
from standoff.brief.wording import date_words, iso_date, joined, phrases, shortened
from standoff.records import ACT_TYPES, Event, Span, StoredStatement

STATEMENT_LIMIT = 320


@dataclass(frozen=True, slots=True)
class Moment:
    """One date of the timeline: events that the text dates, then those only reported on that day."""

    date: str
    iso: str
    dated: tuple[Line, ...]
    reported: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind under one heading."""

    anchor: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ActTables:
    """All events, deeds apart from words; groups without lines are left out."""

    deeds: tuple[Group, ...]
    words: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    """Who says what: the source's own words beside the actor it stands for, the cue, and the content."""

    anchor: str
    source: str
    cue: str
    content: str
    form: str
    guess: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Speaker:
    """The statements of one speaker (or of several who speak together)."""

    name: str
    statements: tuple[StatementView, ...]


def timeline_of(material: Material, lines: Mapping[int, Line]) -> tuple[Moment, ...]:
    """Return the timeline, oldest first; events without any date come last."""
    by_date: dict[str, list[Event]] = {}
    for event in material.events:
        by_date.setdefault(event.date or "", []).append(event)
    moments = []
    for date in sorted(by_date, key=lambda date: (date == "", date)):
        events = by_date[date]
        moments.append(
            Moment(
                date_words(date) or "No date",
                iso_date(date),
                tuple(lines[event.key] for event in events if event.date and event.date_known),
                tuple(lines[event.key] for event in events if not (event.date and event.date_known)),
            )
        )
    return tuple(moments)


_DEED_GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("deeds-actual", "Deeds that happened", ("actual",)),
    ("deeds-planned", "Deeds planned, conditional or demanded", ("planned", "conditional", "demanded")),
    ("deeds-possible", "Deeds only feared or suspected", ("possible",)),
    ("deeds-denied", "Deeds denied", ("denied",)),
)

_WORD_ORDER = ("REQUEST", "REJECT", "THREATEN", "ACCUSE", "AGREE", "CONCEDE", "SUPPORT", "CONSULT")


def act_tables(material: Material, lines: Mapping[int, Line]) -> ActTables:
    """Return all events in their groups: deeds by what became of them, words by type."""
    deeds = [
        _group(material, lines, anchor, title, _deed_in(states)) for anchor, title, states in _DEED_GROUPS
    ]
    words = [
        _group(material, lines, f"acts-{name}", _title(phrases()[name].plural), _of_type(name))
        for name in sorted((name for name in ACT_TYPES if not is_deed(name)), key=_WORD_ORDER.index)
    ]
    return ActTables(
        tuple(group for group in deeds if group.lines), tuple(group for group in words if group.lines)
    )


def _title(words: str) -> str:
    return words[:1].upper() + words[1:]


def _deed_in(states: tuple[str, ...]) -> Callable[[Event], bool]:
    return lambda event: is_deed(event.type) and event.modality in states


def _of_type(name: str) -> Callable[[Event], bool]:
    return lambda event: event.type == name


def _group(
    material: Material,
    lines: Mapping[int, Line],
    anchor: str,
    title: str,
    belongs: Callable[[Event], bool],
) -> Group:
    return Group(anchor, title, tuple(lines[event.key] for event in material.events if belongs(event)))


def statement_anchor(key: int) -> str:
    """Return the id of a statement's row."""
    return f"statement-{key}"


def statement_place(key: int) -> str:
    """Return the id of a statement's place in the sources."""
    return f"s{key}"


def speakers_of(material: Material) -> tuple[Speaker, ...]:
    """Return statements by speaker, those who speak most first, unknown speakers last."""
    by_actor: dict[tuple[str, ...], list[StoredStatement]] = {}
    for stored in material.statements:
        by_actor.setdefault(stored.statement.actor, []).append(stored)
    ranked = sorted(by_actor, key=lambda codes: (not codes, -len(by_actor[codes]), codes))
    return tuple(
        Speaker(
            joined(actor_names(codes)) or "Speakers not named or not resolved",
            tuple(statement_view(material, stored) for stored in by_actor[codes]),
        )
        for codes in ranked
    )


def statement_view(material: Material, stored: StoredStatement) -> StatementView:
    """Return a statement as every table shows it."""
    report = material.report_by_key[stored.report].report
    statement = stored.statement

    def words(spans: Sequence[Span]) -> str:
        return " … ".join(" ".join(report.text[span.start : span.end].split()) for span in spans)

    where = plain(report.outlet) or plain(report.title) or plain(report.id)
    return StatementView(
        anchor=statement_anchor(stored.key),
        source=shortened(words((statement.source,)), 120) if statement.source else "",
        cue=shortened(words((statement.cue,)), 60),
        content=shortened(words(statement.content), STATEMENT_LIMIT),
        form=statement.form,
        guess=statement.guess,
        evidence=Evidence(
            f"{material.address_of(stored.report)}#{statement_place(stored.key)}",
            f"s{stored.key}",
            f"Statement {stored.key} in its source, {shortened(where, 60)}",
        ),
    )
