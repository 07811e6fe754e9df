"""Records out of the tables again: each loader takes a condition and gives records in the order of their
keys.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from standoff.records import (
    Act,
    Event,
    Region,
    Report,
    Span,
    Statement,
    StoredAct,
    StoredReport,
    StoredStatement,
    Version,
)

_CHUNK = 500


def acts_where(
    connection: sqlite3.Connection, condition: str, values: Sequence[Any]
) -> Iterator[tuple[int, Act]]:
    """Yield key and act for every act that meets a condition over the table `act`."""
    for stored in stored_acts(connection, f"WHERE {condition}", values):
        yield stored.key, stored.act


def acts_by_key(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[int, StoredAct]:
    """Return the acts with these keys."""
    return {
        stored.key: stored
        for chunk in chunks(keys)
        for stored in stored_acts(connection, f"WHERE act.key IN ({', '.join('?' * len(chunk))})", chunk)
    }


def stored_acts(
    connection: sqlite3.Connection, clause: str, values: Sequence[Any], order: str = "act.key"
) -> list[StoredAct]:
    """Return the acts that meet a clause ("WHERE ..." or "") over act, event and report."""
    rows = connection.execute(
        f"""SELECT act.key, act.report, act.event, act.type, act.modality, act.start, act."end", act.quote,
                   act.trigger_start, act.trigger_end, act.content_start, act.content_end,
                   act.condition_start, act.condition_end, act.date, act.place, issue.label, act.issue_label,
                   act.confidence, act.rule
            FROM act JOIN event ON event.key = act.event JOIN report ON report.key = act.report
            LEFT JOIN issue ON issue.key = act.issue {clause} ORDER BY {order}""",
        values,
    ).fetchall()
    actors = _actors(connection, "act", [row[0] for row in rows])
    return [
        StoredAct(
            key=row[0],
            report=row[1],
            event=row[2],
            act=Act(
                type=row[3],
                source=actors.get((row[0], "source"), ()),
                target=actors.get((row[0], "target"), ()),
                modality=row[4],
                trigger=Span(row[8], row[9]),
                evidence=Span(row[5], row[6]),
                content=_span(row[10], row[11]),
                condition=_span(row[12], row[13]),
                attribution=actors.get((row[0], "attribution"), ()),
                date=row[14],
                place=row[15],
                issue=row[17],
                confidence=row[18],
                rule=row[19],
            ),
            issue=row[16] or "",
            quote=row[7],
        )
        for row in rows
    ]


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


def chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield keys in pieces that fit into one statement."""
    for at in range(0, len(keys), _CHUNK):
        yield keys[at : at + _CHUNK]


def _actors(
    connection: sqlite3.Connection, table: str, keys: Sequence[int]
) -> dict[tuple[int, str], tuple[str, ...]]:
    """Actor codes by (record, role), in their order; `table` is act or event."""
    found: dict[tuple[int, str], list[str]] = {}
    for chunk in chunks(keys):
        marks = ", ".join("?" * len(chunk))
        rows: Iterable[tuple[int, str, str]] = connection.execute(
            f"SELECT {table}, role, actor FROM {table}_actor WHERE {table} IN ({marks}) "
            f"ORDER BY {table}, role, ordinal",
            chunk,
        )
        for key, role, actor in rows:
            found.setdefault((key, role), []).append(actor)
    return {key: tuple(codes) for key, codes in found.items()}


def stored_statements(
    connection: sqlite3.Connection, clause: str, values: Sequence[Any]
) -> list[StoredStatement]:
    """Return the statements that meet a clause over statement and report, in the order of the reports."""
    rows = connection.execute(
        f"""SELECT statement.key, statement.report, form, confidence, rule, guess FROM statement
            JOIN report ON report.key = statement.report {clause} ORDER BY statement.key""",
        values,
    ).fetchall()
    keys = [row[0] for row in rows]
    actors: dict[int, list[str]] = {}
    spans: dict[tuple[int, str], list[Span]] = {}
    for chunk in chunks(keys):
        marks = ", ".join("?" * len(chunk))
        for key, actor in connection.execute(
            f"SELECT statement, actor FROM statement_actor WHERE statement IN ({marks}) ORDER BY 1, ordinal",
            chunk,
        ):
            actors.setdefault(key, []).append(actor)
        for key, role, start, end in connection.execute(
            f"""SELECT statement, role, start, "end" FROM statement_span WHERE statement IN ({marks})
                ORDER BY 1, 2, ordinal""",
            chunk,
        ):
            spans.setdefault((key, role), []).append(Span(start, end))
    return [_statement(connection, row, actors, spans) for row in rows]


def _statement(
    connection: sqlite3.Connection,
    row: Sequence[Any],
    actors: dict[int, list[str]],
    spans: dict[tuple[int, str], list[Span]],
) -> StoredStatement:
    key, report, form, confidence, rule, guess = row
    source = spans.get((key, "source"), [])
    content = spans.get((key, "content"), [])
    (cue,) = spans[key, "cue"]
    start = min(span.start for span in (*source, cue, *content))
    end = max(span.end for span in (*source, cue, *content))
    (quote,) = connection.execute(
        "SELECT substr(text, ?, ?) FROM report WHERE key = ?", (start + 1, end - start, report)
    ).fetchone()
    statement = Statement(
        source=source[0] if source else None,
        actor=tuple(actors.get(key, ())),
        cue=cue,
        content=tuple(content),
        form=form,
        confidence=confidence,
        rule=rule,
        guess=bool(guess),
    )
    return StoredStatement(key, report, statement, quote)


def stored_reports(connection: sqlite3.Connection, clause: str, values: Sequence[Any]) -> list[StoredReport]:
    """Return the reports that meet a clause, by date of publication."""
    rows = connection.execute(
        f"""SELECT report.key, id, text, sha256, title, published, published_how, outlet, author, url, format,
                   added, voice FROM report {clause}
            ORDER BY published IS NULL, published, report.key""",
        values,
    ).fetchall()
    regions: dict[int, list[Region]] = {}
    for chunk in chunks([row[0] for row in rows]):
        marks = ", ".join("?" * len(chunk))
        for key, start, end, kind in connection.execute(
            f'SELECT report, start, "end", kind FROM region WHERE report IN ({marks}) ORDER BY report, start',
            chunk,
        ):
            regions.setdefault(key, []).append(Region(Span(start, end), kind))
    return [
        StoredReport(
            key=row[0],
            report=Report(
                id=row[1],
                text=row[2],
                sha256=row[3],
                title=row[4],
                published=row[5],
                published_how=row[6],
                outlet=row[7],
                author=row[8],
                url=row[9],
                format=row[10],
                regions=tuple(regions.get(row[0], ())),
            ),
            added=row[11],
            voice=row[12],
        )
        for row in rows
    ]


class Label(NamedTuple):
    """How a report is named in a table."""

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    voice: int


def labels(connection: sqlite3.Connection) -> dict[int, Label]:
    """Return the label of every report, by key."""
    rows = connection.execute("SELECT report, id, title, outlet, published, voice FROM label")
    return {row[0]: Label(*row[1:]) for row in rows}


def labels_of(connection: sqlite3.Connection, reports: Iterable[int]) -> dict[int, Label]:
    """Return the labels of some reports, by key."""
    return {
        row[0]: Label(*row[1:])
        for chunk in chunks(sorted(set(reports)))
        for row in connection.execute(
            f"""SELECT report, id, title, outlet, published, voice FROM label
                WHERE report IN ({", ".join("?" * len(chunk))})""",
            chunk,
        )
    }


def events_where(connection: sqlite3.Connection, clause: str, values: Sequence[Any]) -> list[Event]:
    """Return the events that meet a clause, by day."""
    rows = connection.execute(
        f"""SELECT event.key, event.type, event.date, event.place, issue.label, event.modality, event.voices,
                   event.quote, event.date_known, event.versions, event.contested
            FROM event LEFT JOIN issue ON issue.key = event.issue {clause}
            ORDER BY event.first_day IS NULL, event.first_day, event.last_day, event.key""",
        values,
    ).fetchall()
    keys = [row[0] for row in rows]
    actors = _actors(connection, "event", keys)
    acts: dict[int, list[int]] = {}
    reports: dict[int, list[int]] = {}
    for chunk in chunks(keys):
        marks = ", ".join("?" * len(chunk))
        for event, act, report in connection.execute(
            f"""SELECT act.event, act.key, act.report FROM act JOIN label ON label.report = act.report
                WHERE act.event IN ({marks})
                ORDER BY act.event, label.published IS NULL, label.published, act.key""",
            chunk,
        ):
            acts.setdefault(event, []).append(act)
            told = reports.setdefault(event, [])
            if report not in told:
                told.append(report)
    return [
        Event(
            key=row[0],
            type=row[1],
            source=actors.get((row[0], "source"), ()),
            target=actors.get((row[0], "target"), ()),
            date=row[2],
            place=row[3],
            issue=row[4] or "",
            modality=row[5],
            acts=tuple(acts.get(row[0], ())),
            reports=tuple(reports.get(row[0], ())),
            voices=row[6],
            quote=row[7],
            date_known=bool(row[8]),
            versions=tuple(Version(f, v, tuple(a), n) for f, v, a, n in json.loads(row[9])),
            contested=bool(row[10]),
        )
        for row in rows
    ]


def events_by_key(connection: sqlite3.Connection, keys: Sequence[int]) -> tuple[Event, ...]:
    """Return the events with these keys, in the order of the keys."""
    rows = [event for part in chunks(keys) for event in events_where(connection, _among("event", part), part)]
    found = {event.key: event for event in rows}
    return tuple(found[key] for key in keys if key in found)


def statements_by_key(connection: sqlite3.Connection, keys: Sequence[int]) -> tuple[StoredStatement, ...]:
    """Return the statements with these keys, in the order of the keys."""
    rows = [
        one for part in chunks(keys) for one in stored_statements(connection, _among("statement", part), part)
    ]
    found = {stored.key: stored for stored in rows}
    return tuple(found[key] for key in keys if key in found)


def reports_by_key(connection: sqlite3.Connection, keys: Sequence[int]) -> tuple[StoredReport, ...]:
    """Return the reports with these keys, in the order of the keys."""
    rows = [one for part in chunks(keys) for one in stored_reports(connection, _among("report", part), part)]
    found = {stored.key: stored for stored in rows}
    return tuple(found[key] for key in keys if key in found)


def _among(table: str, keys: Sequence[int]) -> str:
    return f"WHERE {table}.key IN ({', '.join('?' * len(keys))})"
