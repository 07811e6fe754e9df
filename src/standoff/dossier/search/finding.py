"""Full-text search over reports: where words stand, best reports first."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from standoff.dossier.loading import Label, labels_of
from standoff.dossier.search.search_words import match_of
from standoff.dossier.views.paging import USUAL, Page, mark_of, place_of

Index = Literal["report_search", "evidence_search"]

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
    """Return a page of the reports that a search finds (see `search_words`)."""
    match = match_of(search)
    keys, total, mark = keys_of(connection, "report_search", match, limit, after)
    labels = labels_of(connection, keys)
    return Page(
        tuple(Hit(key, labels[key], _passage(connection, match, key)) for key in keys), total, True, mark
    )


def keys_of(
    connection: sqlite3.Connection, index: Index, match: str, limit: int, after: str | None
) -> tuple[list[int], int, str | None]:
    """Return a page of the rows that a full-text query finds, best first; their whole number, and the next mark."""
    place = place_of(after, int, int)
    total = place[0] if place else _number(connection, index, match)
    if total <= _RANKED:
        skipped = place[1] if place else 0
        rows = connection.execute(
            f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rank, rowid LIMIT ? OFFSET ?",
            (match, limit + 1, skipped),
        ).fetchall()
        following = skipped + limit
    else:
        rows = connection.execute(
            f"SELECT rowid FROM {index} WHERE {index} MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
            (match, place[1] if place else 1 << 60, limit + 1),
        ).fetchall()
        following = rows[limit - 1][0] if len(rows) > limit else 0
    mark = mark_of((total, following)) if len(rows) > limit else None
    return [key for (key,) in rows[:limit]], total, mark


def _passage(connection: sqlite3.Connection, match: str, key: int) -> str:
    (text,) = connection.execute(
        """SELECT snippet(report_search, 1, '', '', '…', 28) FROM report_search
           WHERE report_search MATCH ? AND rowid = ?""",
        (match, key),
    ).fetchone()
    return str(text)


def _number(connection: sqlite3.Connection, index: Index, match: str) -> int:
    (found,) = connection.execute(f"SELECT count(*) FROM {index} WHERE {index} MATCH ?", (match,)).fetchone()
    return int(found)
