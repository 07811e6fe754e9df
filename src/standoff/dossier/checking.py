"""Prove that a dossier is sound: every span still quotes its text, and nothing points at what is not
there.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from standoff.dossier.hand.proof import decision_problems

_SPANS = {
    "evidence of act": ("act", "key", "report", "start", '"end"', "quote"),
    "trigger of act": ("act", "key", "report", "trigger_start", "trigger_end", None),
    "content of act": ("act", "key", "report", "content_start", "content_end", None),
    "condition of act": ("act", "key", "report", "condition_start", "condition_end", None),
    "time": ("time", "key", "report", "start", '"end"', "quote"),
    "region of report": ("region", "report", "report", "start", '"end"', None),
    "passed-over sentence of report": ("passed_over", "report", "report", "start", '"end"', None),
}
_MOST_NAMED = 20


def problems_of(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return a sentence for each problem, at most `_MOST_NAMED` of one kind; nothing where the file is
    sound.

    Memory does not grow with the dossier: reports are read one by one.
    """
    checks: tuple[Callable[[sqlite3.Connection], Iterator[str]], ...] = (
        _pages,
        _references,
        _texts,
        _statement_spans,
        _events,
        _search,
        decision_problems,
    )
    found: list[str] = []
    for check in checks:
        told = 0
        for sentence in check(connection):
            told += 1
            if told <= _MOST_NAMED:
                found.append(sentence)
        if told > _MOST_NAMED:
            found.append(f"... and {told - _MOST_NAMED} more of this kind.")
    return tuple(found)


def _pages(connection: sqlite3.Connection) -> Iterator[str]:
    for (sentence,) in connection.execute("PRAGMA integrity_check(20)"):
        if sentence != "ok":
            yield f"The file is damaged: {sentence}."


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} points at a row of {parent} that is not there."


def _texts(connection: sqlite3.Connection) -> Iterator[str]:
    """Hash every text anew and lay every span of an act, a time or a region on it, without SQLite's help."""
    for key, name, text, digest in connection.execute(
        "SELECT key, id, text, sha256 FROM report ORDER BY key"
    ):
        if hashlib.sha256(text.encode("utf-8")).hexdigest() != digest:
            yield f"The text of report {name} is not the one that was added."
        for kind, (table, own, report, start, end, quote) in _SPANS.items():
            rows = connection.execute(
                f"SELECT {own}, {start}, {end}, {quote or 'NULL'} FROM {table} "
                f"WHERE {report} = ? AND {start} IS NOT NULL",
                (key,),
            )
            for record, first, last, told in rows:
                yield from _span(f"The {kind} {record}", name, text, first, last, told)


def _span(what: str, report: str, text: str, start: Any, end: Any, quote: str | None) -> Iterator[str]:
    if not 0 <= start < end <= len(text):
        yield f"{what} ({start} to {end}) does not lie in the text of report {report}."
    elif quote is not None and text[start:end] != quote:
        yield f"{what} ({start} to {end}) does not quote the text of report {report}."


def _statement_spans(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute(
        """SELECT statement.key, report.id, report.text, role, start, "end", quote FROM statement_span
           JOIN statement ON statement.key = statement_span.statement
           JOIN report ON report.key = statement.report ORDER BY statement.report"""
    )
    for key, report, text, role, start, end, quote in rows:
        yield from _span(f"The {role} of statement {key}", report, text, start, end, quote)
    without = (
        "SELECT key FROM statement WHERE key NOT IN (SELECT statement FROM statement_span WHERE role = 'cue')"
    )
    for (key,) in connection.execute(without):
        yield f"Statement {key} has no cue."


def _events(connection: sqlite3.Connection) -> Iterator[str]:
    for (key,) in connection.execute(
        "SELECT key FROM event WHERE NOT EXISTS (SELECT 1 FROM act WHERE act.event = event.key)"
    ):
        yield f"Event {key} has no act."
    for key, act in connection.execute(
        "SELECT event.key, act.key FROM event JOIN act ON act.event = event.key WHERE act.type <> event.type"
    ):
        yield f"Event {key} and its act {act} are of different types."


def _search(connection: sqlite3.Connection) -> Iterator[str]:
    for table, source in (("report_search", "report"), ("evidence_search", "act")):
        held = connection.execute(f"SELECT count(*) FROM {table}_docsize").fetchone()[0]
        there = connection.execute(f"SELECT count(*) FROM {source}").fetchone()[0]
        if held != there:
            yield f"The full-text index of {source} holds {held} of {there} rows; rebuild it."
