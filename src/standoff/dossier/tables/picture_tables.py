"""The views of what records say together as tables: positions, changes, contradictions, tension, the network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from standoff.dossier.days import for_people
from standoff.dossier.loading import Label
from standoff.dossier.tables.json_records import change_json, entry_json, evidence_of
from standoff.dossier.tables.rows import EVIDENCE, Row, Table, base_of, codes, empty, plain
from standoff.dossier.views.filters import Filters
from standoff.dossier.views.views import Views
from standoff.records import Change, Event, StoredAct


class _Evidence:
    """Looks up the evidence of all lines of a page at once."""

    def __init__(self, dossier: Views, keys: Sequence[Sequence[int]]) -> None:
        self._acts: dict[int, StoredAct] = dossier.acts_by_key(
            key for some in keys for key in some[:EVIDENCE]
        )
        self._labels: dict[int, Label] = dossier.labels_of(stored.report for stored in self._acts.values())

    def of(self, keys: Sequence[int]) -> list[dict[str, Any]]:
        """Return the evidence of acts, as records name it."""
        shown = (self._acts[key] for key in keys[:EVIDENCE] if key in self._acts)
        return evidence_of(shown, self._labels)

    def outlets(self, keys: Sequence[int]) -> str:
        """Return which outlets (reports, where none is named) tell acts."""
        names: dict[str, None] = {}
        for key in keys[:EVIDENCE]:
            if key in self._acts:
                label = self._labels[self._acts[key].report]
                names[plain(label.outlet or label.id)] = None
        return ", ".join(names)


def positions(dossier: Views, filters: Filters, limit: int, after: str | None) -> Table:
    """Return what each actor holds on each issue."""
    page = dossier.page_positions(limit, after, **filters)
    evidence = _Evidence(dossier, [held.entry.acts for held in page.items])
    rows = []
    for held in page.items:
        entry = held.entry
        span = dict.fromkeys(for_people(day) for day in (entry.first, entry.last) if day)
        cells = (
            held.actor,
            held.issue,
            entry.kind,
            codes(entry.target),
            plain(entry.content),
            plain(entry.condition or ""),
            entry.firmness,
            " – ".join(span),
            str(entry.voices),
            codes(entry.also),
        )
        record = {"actor": held.actor, "issue": held.issue, **entry_json(entry)}
        rows.append(Row(cells, {**record, "evidence": evidence.of(entry.acts)}))
    headers = (
        "Actor", "Issue", "Kind", "To", "Content", "Condition", "Firmness", "Told", "Sources", "Also held by",
    )  # fmt: skip
    base = base_of(page, "entry", "entries")
    return Table(
        headers,
        tuple(rows),
        base,
        empty(dossier, "position", filters, page),
        page.total,
        page.exact,
        page.next,
    )


def changed(dossier: Views, since: str, filters: Filters, limit: int, after: str | None) -> Table:
    """Return what became different in the positions from a day on."""
    rest = cast(Any, {name: value for name, value in filters.items() if name != "since"})
    page = dossier.page_changes(since, limit, after, **rest)
    evidence = _Evidence(dossier, [keys for change in page.items for keys in (change.acts, change.before)])
    rows = tuple(
        Row(
            _change_cells(change),
            change_json(change, evidence.of(change.before), evidence.of(change.acts)),
        )
        for change in page.items
    )
    base = base_of(page, f"change since {for_people(since)}", f"changes since {for_people(since)}")
    headers = ("Date", "Change", "Actor", "Issue", "Kind", "To", "What")
    nothing = empty(dossier, f"change since {for_people(since)}", rest, page)
    return Table(headers, rows, base, nothing, page.total, page.exact, page.next)


def _change_cells(change: Change) -> tuple[str, ...]:
    return (
        for_people(change.date),
        change.kind,
        change.actor,
        change.issue,
        change.entry.kind,
        codes(change.entry.target),
        plain(change.note),
    )


def contradictions(dossier: Views, filters: Filters, limit: int, after: str | None) -> Table:
    """Return what sources tell differently, one line a dispute, and deeds against words."""
    page = dossier.page_contradictions(limit, after, **filters)
    keys: list[Sequence[int]] = []
    for one in page.items:
        if one.event is not None:
            keys.append(one.event.acts)
            keys += [version.acts for version in one.event.versions]
        if one.change is not None:
            keys += [one.change.acts, one.change.before]
    evidence = _Evidence(dossier, keys)
    rows: list[Row] = []
    for one in page.items:
        if one.event is not None:
            rows += _disputes(one.event, evidence)
        if one.change is not None:
            rows.append(_word_and_deed(one.change, evidence))
    headers = ("Date", "Between", "Type", "Source", "Target", "About", "What")
    base = base_of(page, "contradiction")
    return Table(
        headers,
        tuple(rows),
        base,
        empty(dossier, "contradiction", filters, page),
        page.total,
        page.exact,
        page.next,
    )


def _disputes(event: Event, evidence: _Evidence) -> list[Row]:
    """One line for each field on which the sources of an event differ."""
    rows = []
    for field in dict.fromkeys(version.field for version in event.versions):
        versions = [version for version in event.versions if version.field == field]
        told = "; ".join(f"{plain(v.value)} ({evidence.outlets(v.acts)})" for v in versions)
        note = f"{told}: {plain(event.quote)}"
        cells = (
            for_people(event.date), "sources", event.type, codes(event.source), codes(event.target), field, note,
        )  # fmt: skip
        acts = [act for version in versions for act in version.acts]
        record = {
            "kind": "sources",
            "date": event.date,
            "event": event.key,
            "type": event.type,
            "source": list(event.source),
            "target": list(event.target),
            "field": field,
            "versions": [{"value": v.value, "voices": v.voices, "acts": list(v.acts)} for v in versions],
            "issue": event.issue,
            "note": note,
            "evidence": evidence.of(acts),
        }
        rows.append(Row(cells, record))
    return rows


def _word_and_deed(change: Change, evidence: _Evidence) -> Row:
    cells = (
        for_people(change.date), "word and deed", change.entry.kind, change.actor, codes(change.entry.target),
        change.issue, plain(change.note),
    )  # fmt: skip
    record = {
        "kind": "deeds",
        "date": change.date,
        "event": None,
        "type": change.entry.kind,
        "source": [change.actor],
        "target": list(change.entry.target),
        "field": "",
        "versions": [],
        "issue": change.issue,
        "note": change.note,
        "evidence": [*evidence.of(change.before), *evidence.of(change.acts)],
    }
    return Row(cells, record)


def tension(dossier: Views, filters: Filters, limit: int, after: str | None) -> Table:
    """Return conflict and cooperation by dyad and week."""
    page = dossier.page_tension(limit, after, **filters)
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
        for point in page.items
    )
    base = base_of(page, "week of a dyad", "weeks of dyads") + "; mean score from -10 (assault) to +8"
    headers = ("Dyad", "Week", "Conflict", "Cooperation", "Score")
    nothing = empty(dossier, "dated event between two actors", filters, page)
    return Table(headers, rows, base, nothing, page.total, page.exact, page.next)


def network(dossier: Views, filters: Filters, limit: int, after: str | None) -> Table:
    """Return who acts on whom."""
    page = dossier.page_ties(limit, after, **filters)
    rows = []
    for tie in page.items:
        numbers = {
            "conflict_words": tie.conflict_words,
            "conflict_deeds": tie.conflict_deeds,
            "cooperation_words": tie.cooperation_words,
            "cooperation_deeds": tie.cooperation_deeds,
        }
        record = {"source": tie.source, "target": tie.target, **numbers, "events": list(tie.events)}
        rows.append(Row((tie.source, tie.target, *map(str, numbers.values())), record))
    base = base_of(page, "tie") + " between actors, by number of events that happened"
    headers = (
        "Source", "Target", "Conflict: words", "Conflict: deeds", "Cooperation: words", "Cooperation: deeds",
    )  # fmt: skip
    nothing = empty(dossier, "event between two actors", filters, page)
    return Table(headers, tuple(rows), base, nothing, page.total, page.exact, page.next)
