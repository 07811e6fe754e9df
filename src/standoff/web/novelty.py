"""What came into the dossier since a moment: its reports, and the events that they tell.

Reports are numbered in the order in which they came in, so that the first of the new ones is found by halving.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from standoff.dossier.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Novelty:
    """`reports` came in since the moment, with `acts` in them; `events` are keys of some, the latest told first."""

    reports: int
    acts: int
    events: tuple[int, ...]


def novelty_of(dossier: Dossier, since: str, limit: int) -> Novelty:
    """Return what came in after a moment (ISO date and time, UTC), with at most `limit` events."""
    with dossier.use() as connection:
        first = _first_after(connection, since)
        if first is None:
            return Novelty(0, 0, ())
        (reports,) = connection.execute("SELECT count(*) FROM report WHERE key >= ?", (first,)).fetchone()
        (acts,) = connection.execute("SELECT count(*) FROM act WHERE report >= ?", (first,)).fetchone()
        events = connection.execute(
            """SELECT event, max(key) AS latest FROM act WHERE report >= ? AND report >= (SELECT max(key) FROM report) - ?
               GROUP BY event ORDER BY latest DESC LIMIT ?""",
            (first, limit * 4, limit),
        ).fetchall()
        return Novelty(reports, acts, tuple(event for event, _ in events))


def _first_after(connection: sqlite3.Connection, since: str) -> int | None:
    """Return the key of the first report that was added after a moment; None where there is none."""
    low, high = connection.execute(
        "SELECT coalesce(min(key), 1), coalesce(max(key), 0) FROM report"
    ).fetchone()
    found: int | None = None
    while low <= high:
        middle = (low + high) // 2
        row = connection.execute(
            "SELECT key, added FROM report WHERE key >= ? ORDER BY key LIMIT 1", (middle,)
        ).fetchone()
        if row is None:
            high = middle - 1
        elif row[1] > since:
            found, high = row[0], middle - 1
        else:
            low = row[0] + 1
    return found
