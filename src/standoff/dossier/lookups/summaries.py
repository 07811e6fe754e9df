"""Everything that the views look things up by, kept in step with the records: see `schema/0003.sql` and
`schema/0004.sql`.

Triggers note which records came in, changed or went (`stale`); `freshen` brings the lookups up to them. Events are
followed where they are drawn (`events.redraw`). All of it is part of the caller's transaction.
"""

from __future__ import annotations

import sqlite3

from standoff.dossier.lookups import postings, strands

_TABLES = (
    "facet", "event_posting", "listed_event", "statement_posting", "report_posting", "listed_report",
    "statement_act", "week", "tie", "strand_act", "strand_word", "strand", "cell", "strand_day", "deed", "stale",
)  # fmt: skip


def freshen(connection: sqlite3.Connection) -> None:
    """Bring the lookups of records that came in, changed or went up to date."""
    if connection.execute("SELECT 1 FROM stale LIMIT 1").fetchone() is None:
        return
    if is_blank(connection):
        rebuild(connection)
        return
    rows = connection.execute("SELECT kind, key FROM stale ORDER BY kind, key").fetchall()
    connection.execute("DELETE FROM stale")
    strands.place(connection, [key for kind, key in rows if kind == "act"])
    for kind, key in rows:
        if kind == "report":
            postings.list_report(connection, key)


def is_blank(connection: sqlite3.Connection) -> bool:
    """Return True for a dossier of an older version, whose lookups were never written."""
    return connection.execute("SELECT 1 FROM stale WHERE kind = 'all'").fetchone() is not None


def follow_event(connection: sqlite3.Connection, event: int) -> None:
    """Bring the lookups of an event that was drawn, or is gone, up to date."""
    freshen(connection)
    postings.list_event(connection, event)
    strands.move_event(connection, event)


def rebuild(connection: sqlite3.Connection) -> None:
    """Make all lookups anew from the records."""
    for table in _TABLES:
        connection.execute(f"DELETE FROM {table}")
    connection.execute(
        "INSERT INTO stale SELECT 'act', key FROM act UNION ALL SELECT 'report', key FROM report"
    )
    freshen(connection)
    for (event,) in connection.execute("SELECT key FROM event ORDER BY key").fetchall():
        follow_event(connection, event)
