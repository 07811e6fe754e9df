"""What a dossier keeps about the text of each report besides its records."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from standoff.dossier.loading import stored_acts, stored_statements
from standoff.records import Span, StoredAct, StoredStatement, Time


@dataclass(frozen=True, slots=True)
class Details:
    """The times of a report, the sentences without a record, and the remarks of reader and coder."""

    times: tuple[Time, ...] = ()
    passed_over: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()


def details_by_report(connection: sqlite3.Connection) -> dict[int, Details]:
    """Return the details of every report by its key, in the order of the text."""
    times: dict[int, list[Time]] = {}
    for report, start, end, value, first, last, rule in connection.execute(
        'SELECT report, start, "end", value, first, last, rule FROM time ORDER BY report, start, "end"'
    ):
        times.setdefault(report, []).append(Time(Span(start, end), value, first, last, rule))
    passed: dict[int, list[Span]] = {}
    for report, start, end in connection.execute(
        'SELECT report, start, "end" FROM passed_over ORDER BY report, start'
    ):
        passed.setdefault(report, []).append(Span(start, end))
    return {
        report: Details(tuple(times.get(report, ())), tuple(passed.get(report, ())), tuple(json.loads(notes)))
        for report, notes in connection.execute("SELECT key, notes FROM report ORDER BY key")
    }


@dataclass(frozen=True, slots=True)
class ReportRecords:
    """All that the coder found in one report, in the order of the text."""

    times: tuple[Time, ...]
    statements: tuple[StoredStatement, ...]
    acts: tuple[StoredAct, ...]
    passed_over: tuple[Span, ...]
    notes: tuple[str, ...]


def records_of(connection: sqlite3.Connection, report: int) -> ReportRecords:
    """Return the records of one report; none where there is no such report."""
    times = connection.execute(
        'SELECT start, "end", value, first, last, rule FROM time WHERE report = ? ORDER BY start, "end"',
        (report,),
    )
    passed = connection.execute(
        'SELECT start, "end" FROM passed_over WHERE report = ? ORDER BY start', (report,)
    )
    notes = connection.execute("SELECT notes FROM report WHERE key = ?", (report,)).fetchone()
    return ReportRecords(
        times=tuple(Time(Span(start, end), *rest) for start, end, *rest in times),
        statements=tuple(stored_statements(connection, "WHERE statement.report = ?", [report])),
        acts=tuple(stored_acts(connection, "WHERE act.report = ?", [report])),
        passed_over=tuple(Span(*row) for row in passed),
        notes=tuple(json.loads(notes[0])) if notes else (),
    )
