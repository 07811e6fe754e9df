"""The views of single records as tables: events, acts, statements, reports, numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from standoff.dossier.days import for_people
from standoff.dossier.events.numbers import Told, in_words
from standoff.dossier.loading import Label
from standoff.dossier.tables.json_records import (
    act_json,
    event_json,
    evidence_of,
    statement_evidence,
    statement_json,
)
from standoff.dossier.tables.rows import (
    EVIDENCE,
    Row,
    Table,
    base_of,
    codes,
    counted,
    empty,
    plain,
    sign_of,
)
from standoff.dossier.views.filters import Filters
from standoff.dossier.views.views import Views
from standoff.records import Event, StoredAct, StoredReport, StoredStatement


def timeline(dossier: Views, filters: Filters, limit: int, after: str | None) -> Table:
    """Return events by day."""
    page = dossier.page_events(limit, after, **filters)
    labels = dossier.labels_of(report for event in page.items for report in event.reports)
    keys = [key for event in page.items for key in event.acts[:EVIDENCE]]
    acts, numbers = dossier.acts_by_key(keys), dossier.numbers_of(keys)
    rows = tuple(event_row(event, acts, labels, numbers) for event in page.items)
    base = base_of(page, "event", more=f" told in {counted(len(labels), 'report')}")
    headers = ("Date", "", "Type", "Source", "Target", "Modality", "Issue", "Sources", "Evidence")
    return Table(
        headers, rows, base, empty(dossier, "event", filters, page), page.total, page.exact, page.next
    )


def sources_of(event: Event) -> str:
    """Return how many independent sources there are; where they contest it, how many tell each version of the first
    dispute.
    """
    if not event.contested:
        return str(event.voices)
    field = event.versions[0].field
    sides = ":".join(str(v.voices) for v in event.versions if v.field == field)
    return f"{event.voices} (contested {field} {sides})"


def event_row(
    event: Event,
    acts: Mapping[int, StoredAct],
    labels: Mapping[int, Label],
    numbers: Mapping[int, tuple[Told, ...]],
) -> Row:
    """Return the line of an event."""
    date = for_people(event.date) if event.date_known else f"told {for_people(event.date)}"
    shown = [acts[key] for key in event.acts if key in acts]
    evidence = evidence_of(shown, labels)
    for one, stored in zip(evidence, shown, strict=True):
        one["numbers"] = [in_words(told) for told in numbers.get(stored.key, ())]
    return Row(
        (
            date if event.date else "no date",
            sign_of(event.type, event.modality),
            event.type,
            codes(event.source),
            codes(event.target),
            event.modality,
            event.issue,
            sources_of(event),
            plain(event.quote),
        ),
        event_json(event, evidence),
    )


def acts(dossier: Views, filters: Filters, limit: int, after: str | None) -> Table:
    """Return the acts as each report tells them, by day of their event."""
    page = dossier.page_acts(limit, after, **filters)
    labels = dossier.labels_of(stored.report for stored in page.items)
    rows = tuple(_act_row(stored, labels) for stored in page.items)
    base = base_of(page, "act", more=f" in {counted(len(labels), 'report')}")
    headers = ("Date", "", "Type", "Source", "Target", "Modality", "Issue", "Report", "Evidence")
    return Table(headers, rows, base, empty(dossier, "act", filters, page), page.total, page.exact, page.next)


def _act_row(stored: StoredAct, labels: Mapping[int, Label]) -> Row:
    act = stored.act
    return Row(
        (
            for_people(act.date),
            sign_of(act.type, act.modality),
            act.type,
            codes(act.source),
            codes(act.target),
            act.modality,
            stored.issue,
            labels[stored.report].id,
            plain(stored.quote),
        ),
        act_json(stored, evidence_of([stored], labels)),
    )


def statements(dossier: Views, filters: Filters, limit: int, after: str | None) -> Table:
    """Return who says what, by day of publication."""
    page = dossier.page_statements(limit, after, **filters)
    labels = dossier.labels_of(stored.report for stored in page.items)
    rows = tuple(_statement_row(stored, labels[stored.report]) for stored in page.items)
    base = base_of(page, "statement", more=f" in {counted(len(labels), 'report')}")
    headers = ("Published", "Actor", "Source", "Cue", "Form", "Report", "Content")
    return Table(
        headers, rows, base, empty(dossier, "statement", filters, page), page.total, page.exact, page.next
    )


def _statement_row(stored: StoredStatement, label: Label) -> Row:
    said = stored.statement
    evidence = statement_evidence(stored, label)
    first = evidence[0]["start"]

    def words(start: int, end: int) -> str:
        return stored.quote[start - first : end - first]

    return Row(
        (
            for_people(label.published),
            codes(said.actor) + ("?" if said.guess else ""),
            plain(words(*said.source)) if said.source else "",
            plain(words(*said.cue)),
            said.form,
            label.id,
            plain(" … ".join(words(*span) for span in said.content)),
        ),
        statement_json(stored, evidence),
    )


def reports(dossier: Views, filters: Filters, limit: int, after: str | None) -> Table:
    """Return the reports by day of publication."""
    page = dossier.page_reports(limit, after, **filters)
    names = dossier.labels_of(stored.voice for stored in page.items)
    rows = tuple(_report_row(stored, names) for stored in page.items)
    voices = len({stored.voice for stored in page.items})
    base = base_of(page, "report", more=f", {counted(voices, 'independent source')}")
    headers = ("Published", "Report", "Outlet", "Title", "Characters", "Copy of")
    return Table(
        headers, rows, base, empty(dossier, "report", filters, page), page.total, page.exact, page.next
    )


def _report_row(stored: StoredReport, names: Mapping[int, Label]) -> Row:
    report = stored.report
    copied: str | None = None if stored.voice == stored.key else names[stored.voice].id
    record: dict[str, Any] = {
        "report": report.id,
        "published": report.published,
        "published_how": report.published_how,
        "outlet": report.outlet,
        "author": report.author,
        "title": report.title,
        "url": report.url,
        "sha256": report.sha256,
        "characters": len(report.text),
        "added": stored.added,
        "copy_of": copied,
    }
    cells = (
        for_people(report.published),
        report.id,
        plain(report.outlet or ""),
        plain(report.title or ""),
        f"{len(report.text):,}",
        copied or "",
    )
    return Row(cells, record)


def numbers(dossier: Views, filters: Filters, limit: int, after: str | None) -> Table:
    """Return the numbers that sources tell, those of one event together."""
    page = dossier.page_numbers(limit, after, **filters)
    labels = dossier.labels_of(told.stored.report for told in page.items)
    rows = []
    for told in page.items:
        stored, label = told.stored, labels[told.stored.report]
        rows += [
            Row(
                (
                    for_people(stored.act.date or label.published),
                    str(stored.event),
                    stored.act.type,
                    in_words(number),
                    "contested" if number.unit in told.contested else "",
                    plain(label.outlet or label.id),
                    plain(stored.quote),
                ),
                {
                    "event": stored.event,
                    "act": stored.key,
                    "type": stored.act.type,
                    "source": list(stored.act.source),
                    "target": list(stored.act.target),
                    "date": stored.act.date,
                    "unit": number.unit,
                    "low": number.low,
                    "high": number.high,
                    "words": in_words(number),
                    "contested": number.unit in told.contested,
                    "evidence": evidence_of([stored], labels),
                },
            )
            for number in told.numbers
        ]
    base = base_of(page, "telling", more=" with a number")
    headers = ("Date", "Event", "Type", "Number", "", "Outlet", "Evidence")
    return Table(
        headers, tuple(rows), base, empty(dossier, "number", filters, page), page.total, page.exact, page.next
    )
