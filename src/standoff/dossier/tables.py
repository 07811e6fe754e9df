"""The views as tables: cells for people, records with evidence for programs, and what to say of an empty
one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from standoff.dossier.days import for_people
from standoff.dossier.dossier import Dossier
from standoff.dossier.filters import Filters
from standoff.dossier.loading import Label
from standoff.records import VERBAL_TYPES, Event, PositionEntry, StoredAct

_SIGNS = {"planned": "◐", "conditional": "◐", "demanded": "◐", "possible": "◌", "denied": "⊘"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `cells` for people, `record` for programs.

    A record's `evidence` is a list of objects that name report, start, end and quote.
    """

    cells: tuple[str, ...]
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A view: the headers of its cells, its rows, the base of its numbers, what is said where it is
    empty.
    """

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    base: str
    empty: str


def table_of(dossier: Dossier, view: str, filters: Filters, since: str | None = None) -> Table:
    """Return a view of a dossier as a table; `since` is for the view "changed" only."""
    if view == "changed":
        return _changed(dossier, since or "", filters)
    return VIEWS[view](dossier, filters)


def sign_of(type_: str, modality: str) -> str:
    """Return the mark of an act: filled for a deed, hollow for words, and how far it is from having
    happened.
    """
    if modality != "actual":
        return _SIGNS[modality]
    return "○" if type_ in VERBAL_TYPES else "●"


def plain(text: str) -> str:
    """Return a text as one line that a terminal cannot be led astray by: no control or direction
    characters.
    """
    kept = (" " if c.isspace() else c for c in text if c.isprintable() or c.isspace())
    return " ".join("".join(kept).split())


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun: "1 report", "3 reports"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def _codes(codes: Sequence[str]) -> str:
    return ", ".join(codes)


def _evidence(acts: Iterable[StoredAct], labels: Mapping[int, Label]) -> list[dict[str, Any]]:
    return [
        {
            "report": labels[stored.report].id,
            "outlet": labels[stored.report].outlet,
            "published": labels[stored.report].published,
            "start": stored.act.evidence.start,
            "end": stored.act.evidence.end,
            "quote": stored.quote,
            "act": stored.key,
            "modality": stored.act.modality,
            "date": stored.act.date,
        }
        for stored in acts
    ]


def _empty(dossier: Dossier, what: str, filters: Filters) -> str:
    """Say what would fill an empty table."""
    counts = dossier.count()
    if not counts["report"]:
        return (
            f"No {what}: the dossier holds no report yet; `standoff add {dossier.path} REPORT...` adds some."
        )
    given = [name for name, value in filters.items() if value]
    if given:
        return (
            f"No {what} of {counted(counts['report'], 'report')} meets the filter"
            f"{'' if len(given) == 1 else 's'} {', '.join(given)}; leave one out to see more."
        )
    return (
        f"No {what} in {counted(counts['report'], 'report')}; reports that tell who does or says what to whom "
        f"would fill this table."
    )


def _sources(event: Event) -> str:
    """How many independent sources; where they contest it, how many tell each version of the first
    dispute.
    """
    if not event.contested:
        return str(event.voices)
    field = event.versions[0].field
    sides = ":".join(str(v.voices) for v in event.versions if v.field == field)
    return f"{event.voices} (contested {field} {sides})"


def _timeline(dossier: Dossier, filters: Filters) -> Table:
    events = dossier.timeline(**filters)
    labels = dossier.labels()
    acts = dossier.acts_by_key(key for event in events for key in event.acts)
    rows = tuple(_event_row(event, acts, labels) for event in events)
    reports = {report for event in events for report in event.reports}
    base = f"{counted(len(events), 'event')} told in {counted(len(reports), 'report')}"
    headers = ("Date", "", "Type", "Source", "Target", "Modality", "Issue", "Sources", "Evidence")
    return Table(headers, rows, base, _empty(dossier, "event", filters))


def _event_row(event: Event, acts: Mapping[int, StoredAct], labels: Mapping[int, Label]) -> Row:
    date = for_people(event.date) if event.date_known else f"told {for_people(event.date)}"
    return Row(
        (
            date,
            sign_of(event.type, event.modality),
            event.type,
            _codes(event.source),
            _codes(event.target),
            event.modality,
            event.issue,
            _sources(event),
            plain(event.quote),
        ),
        {
            "event": event.key,
            "type": event.type,
            "source": list(event.source),
            "target": list(event.target),
            "date": event.date,
            "date_known": event.date_known,
            "place": event.place,
            "issue": event.issue,
            "modality": event.modality,
            "voices": event.voices,
            "contested": event.contested,
            "versions": [
                {"field": v.field, "value": v.value, "voices": v.voices, "acts": list(v.acts)}
                for v in event.versions
            ],
            "evidence": _evidence((acts[key] for key in event.acts), labels),
        },
    )


def _acts(dossier: Dossier, filters: Filters) -> Table:
    acts = dossier.acts(**filters)
    labels = dossier.labels()
    rows = tuple(
        Row(
            (
                for_people(stored.act.date),
                sign_of(stored.act.type, stored.act.modality),
                stored.act.type,
                _codes(stored.act.source),
                _codes(stored.act.target),
                stored.act.modality,
                stored.issue,
                labels[stored.report].id,
                plain(stored.quote),
            ),
            {
                "act": stored.key,
                "event": stored.event,
                "type": stored.act.type,
                "source": list(stored.act.source),
                "target": list(stored.act.target),
                "modality": stored.act.modality,
                "trigger": list(stored.act.trigger),
                "content": list(stored.act.content) if stored.act.content else None,
                "condition": list(stored.act.condition) if stored.act.condition else None,
                "attribution": list(stored.act.attribution),
                "date": stored.act.date,
                "place": stored.act.place,
                "issue": stored.issue,
                "confidence": stored.act.confidence,
                "rule": stored.act.rule,
                "evidence": _evidence([stored], labels),
            },
        )
        for stored in acts
    )
    base = f"{counted(len(acts), 'act')} in {counted(len({a.report for a in acts}), 'report')}"
    headers = ("Date", "", "Type", "Source", "Target", "Modality", "Issue", "Report", "Evidence")
    return Table(headers, rows, base, _empty(dossier, "act", filters))


def _statements(dossier: Dossier, filters: Filters) -> Table:
    statements = dossier.statements(**filters)
    stored_reports = {stored.key: stored.report for stored in dossier.reports()}
    rows = []
    for stored in statements:
        said, report = stored.statement, stored_reports[stored.report]
        spans = [*([said.source] if said.source else []), said.cue, *said.content]
        content = " … ".join(report.text[span.start : span.end] for span in said.content)
        who = report.text[said.source.start : said.source.end] if said.source else ""
        rows.append(
            Row(
                (
                    for_people(report.published),
                    _codes(said.actor) + ("?" if said.guess else ""),
                    plain(who),
                    plain(report.text[said.cue.start : said.cue.end]),
                    said.form,
                    report.id,
                    plain(content),
                ),
                {
                    "statement": stored.key,
                    "actor": list(said.actor),
                    "guess": said.guess,
                    "form": said.form,
                    "source": list(said.source) if said.source else None,
                    "cue": list(said.cue),
                    "content": [list(span) for span in said.content],
                    "confidence": said.confidence,
                    "rule": said.rule,
                    "evidence": [
                        {
                            "report": report.id,
                            "outlet": report.outlet,
                            "published": report.published,
                            "start": min(span.start for span in spans),
                            "end": max(span.end for span in spans),
                            "quote": stored.quote,
                        }
                    ],
                },
            )
        )
    reports = {stored.report for stored in statements}
    base = f"{counted(len(rows), 'statement')} in {counted(len(reports), 'report')}"
    headers = ("Published", "Actor", "Source", "Cue", "Form", "Report", "Content")
    return Table(headers, tuple(rows), base, _empty(dossier, "statement", filters))


def _reports(dossier: Dossier, filters: Filters) -> Table:
    reports = dossier.reports(**filters)
    names = {stored.key: stored.report.id for stored in dossier.reports()}
    rows = tuple(
        Row(
            (
                for_people(stored.report.published),
                stored.report.id,
                plain(stored.report.outlet or ""),
                plain(stored.report.title or ""),
                f"{len(stored.report.text):,}",
                "" if stored.voice == stored.key else names[stored.voice],
            ),
            {
                "report": stored.report.id,
                "published": stored.report.published,
                "published_how": stored.report.published_how,
                "outlet": stored.report.outlet,
                "author": stored.report.author,
                "title": stored.report.title,
                "url": stored.report.url,
                "sha256": stored.report.sha256,
                "characters": len(stored.report.text),
                "added": stored.added,
                "copy_of": None if stored.voice == stored.key else names[stored.voice],
            },
        )
        for stored in reports
    )
    voices = len({stored.voice for stored in reports})
    base = f"{counted(len(rows), 'report')}, {counted(voices, 'independent source')}"
    headers = ("Published", "Report", "Outlet", "Title", "Characters", "Copy of")
    return Table(headers, rows, base, _empty(dossier, "report", filters))


def _entry_record(entry: PositionEntry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "target": list(entry.target),
        "content": entry.content,
        "condition": entry.condition,
        "firmness": entry.firmness,
        "first": entry.first,
        "last": entry.last,
        "voices": entry.voices,
        "also": list(entry.also),
    }


def _positions(dossier: Dossier, filters: Filters) -> Table:
    positions = dossier.positions(**filters)
    labels = dossier.labels()
    acts = dossier.acts_by_key(key for held in positions for entry in held.entries for key in entry.acts)
    rows = []
    for position in positions:
        for entry in position.entries:
            span = dict.fromkeys(for_people(day) for day in (entry.first, entry.last) if day)
            rows.append(
                Row(
                    (
                        position.actor,
                        position.issue,
                        entry.kind,
                        _codes(entry.target),
                        plain(entry.content),
                        plain(entry.condition or ""),
                        entry.firmness,
                        " – ".join(span),
                        str(entry.voices),
                        _codes(entry.also),
                    ),
                    {
                        "actor": position.actor,
                        "issue": position.issue,
                        **_entry_record(entry),
                        "evidence": _evidence((acts[key] for key in entry.acts), labels),
                    },
                )
            )
    actors = len({position.actor for position in positions})
    issues = len({position.issue for position in positions})
    entries = counted(len(rows), "entry", "entries")
    base = f"{entries} of {counted(actors, 'actor')} on {counted(issues, 'issue')}"
    headers = (
        "Actor", "Issue", "Kind", "To", "Content", "Condition", "Firmness", "Told", "Sources", "Also held by",
    )  # fmt: skip
    return Table(headers, tuple(rows), base, _empty(dossier, "position", filters))


def _changed(dossier: Dossier, since: str, filters: Filters) -> Table:
    rest = cast(Any, {name: value for name, value in filters.items() if name != "since"})
    changes = dossier.changed(since, **rest)
    labels = dossier.labels()
    acts = dossier.acts_by_key(key for change in changes for key in (*change.acts, *change.before))
    rows = tuple(
        Row(
            (
                for_people(change.date),
                change.kind,
                change.actor,
                change.issue,
                change.entry.kind,
                _codes(change.entry.target),
                plain(change.note),
            ),
            {
                "kind": change.kind,
                "actor": change.actor,
                "issue": change.issue,
                "date": change.date,
                "note": change.note,
                "entry": _entry_record(change.entry),
                "before": _evidence((acts[key] for key in change.before), labels),
                "evidence": _evidence((acts[key] for key in change.acts), labels),
            },
        )
        for change in changes
    )
    base = f"{counted(len(rows), 'change')} since {for_people(since)}"
    headers = ("Date", "Change", "Actor", "Issue", "Kind", "To", "What")
    empty = _empty(dossier, f"change since {for_people(since)}", rest)
    return Table(headers, rows, base, empty)


def _tension(dossier: Dossier, filters: Filters) -> Table:
    points = dossier.tension(**filters)
    rows = tuple(
        Row(
            (
                " : ".join(point.dyad),
                point.week,
                str(point.conflict),
                str(point.cooperation),
                f"{point.score:+.1f}",
            ),
            {
                "dyad": list(point.dyad),
                "week": point.week,
                "conflict": point.conflict,
                "cooperation": point.cooperation,
                "score": point.score,
                "events": list(point.events),
            },
        )
        for point in points
    )
    dyads = len({point.dyad for point in points})
    base = f"{counted(len(rows), 'week')} of {counted(dyads, 'dyad')}; mean score from -10 (assault) to +8"
    headers = ("Dyad", "Week", "Conflict", "Cooperation", "Score")
    return Table(headers, rows, base, _empty(dossier, "dated event between two actors", filters))


def _network(dossier: Dossier, filters: Filters) -> Table:
    ties = dossier.network(**filters)
    rows = tuple(
        Row(
            (
                tie.source,
                tie.target,
                str(tie.conflict_words),
                str(tie.conflict_deeds),
                str(tie.cooperation_words),
                str(tie.cooperation_deeds),
            ),
            {
                "source": tie.source,
                "target": tie.target,
                "conflict_words": tie.conflict_words,
                "conflict_deeds": tie.conflict_deeds,
                "cooperation_words": tie.cooperation_words,
                "cooperation_deeds": tie.cooperation_deeds,
                "events": list(tie.events),
            },
        )
        for tie in ties
    )
    base = f"{counted(len(rows), 'tie')} between actors, by number of events that happened"
    headers = (
        "Source", "Target", "Conflict: words", "Conflict: deeds", "Cooperation: words", "Cooperation: deeds",
    )  # fmt: skip
    return Table(headers, rows, base, _empty(dossier, "event between two actors", filters))


VIEWS: dict[str, Callable[[Dossier, Filters], Table]] = {
    "timeline": _timeline,
    "positions": _positions,
    "acts": _acts,
    "statements": _statements,
    "reports": _reports,
    "tension": _tension,
    "network": _network,
}
"""The views that take filters alone; "changed" takes a day as well."""
