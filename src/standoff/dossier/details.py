"""What a dossier keeps about the text of each report besides its records."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from standoff.records import Span, Time


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
