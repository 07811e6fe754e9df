"""Full-text search over reports: where words stand, best reports first."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from standoff.dossier.filters import match_of
from standoff.dossier.loading import Label, labels_of
from standoff.dossier.paging import USUAL, Page, mark_of, place_of

_RANKED = 2_000
"""Of how many hits the best are looked for; of more, the latest reports come first."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A report (key) that holds the words, how it is named, and a passage around them."""

    report: int
    label: Label
    passage: str


def page_of(
    connection: sqlite3.Connection, search: str, limit: int = USUAL, after: str | None = None
) -> Page[Hit]:
    """Return a page of the reports that hold all words; a phrase in quotation marks stays one."""
    match = match_of(search)
    place = place_of(after, int, int)
    total = place[0] if place else _number(connection, match)
    passage = "snippet(report_search, 1, '', '', '…', 28)"
    if total <= _RANKED:
        skipped = place[1] if place else 0
        rows = connection.execute(
            f"""SELECT rowid, {passage} FROM report_search WHERE report_search MATCH ?
                ORDER BY rank, rowid LIMIT ? OFFSET ?""",
            (match, limit + 1, skipped),
        ).fetchall()
        following = skipped + limit
    else:
        rows = connection.execute(
            f"""SELECT rowid, {passage} FROM report_search WHERE report_search MATCH ? AND rowid < ?
                ORDER BY rowid DESC LIMIT ?""",
            (match, place[1] if place else 1 << 60, limit + 1),
        ).fetchall()
        following = rows[limit - 1][0] if len(rows) > limit else 0
    shown = rows[:limit]
    labels = labels_of(connection, [key for key, _ in shown])
    mark = mark_of((total, following)) if len(rows) > limit else None
    return Page(tuple(Hit(key, labels[key], text) for key, text in shown), total, True, mark)


def _number(connection: sqlite3.Connection, match: str) -> int:
    (found,) = connection.execute(
        "SELECT count(*) FROM report_search WHERE report_search MATCH ?", (match,)
    ).fetchone()
    return int(found)
