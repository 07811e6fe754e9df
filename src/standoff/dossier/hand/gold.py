"""Accepted and corrected records as gold data, in the codebook's own form: one object a report.

A record is exported as it stands; where people differ, that is the latest word. One person's own gold is to be had too,
as that person left each record, so that two people's coding can be compared.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from standoff.dossier.dossier import Dossier
from standoff.dossier.events.issues import canon_of
from standoff.dossier.hand.actor_names import shown_act, shown_codes
from standoff.dossier.hand.corrections import FIELDS
from standoff.dossier.hand.decision import author_of, by_key, verdicts_on
from standoff.dossier.hand.form import Record, RecordKind, extent, fields_of, record_of
from standoff.dossier.hand.judged import load, shown, stands
from standoff.records import Act


def gold_of(
    dossier: Dossier,
    *,
    author: str | None = None,
    crisis: str | None = None,
    licence: str | None = None,
    complete_only: bool = False,
) -> Iterator[dict[str, Any]]:
    """Yield one object a report in which a record was accepted or corrected, in the order in which they came in.

    The fields are those of gold data: id, url, licence, published, crisis, text, statements, acts. Beside them stand
    `accepted`, which names for each statement and act, in their order, the people who accepted or corrected it,
    and `complete`, which is False where records of the report have nobody's word yet (or not the author's): such
    a report is no measure of what a coder misses or makes up. With `author`, each record is as that person left
    it, and only that person's word counts.
    """
    who = None if author is None else author_of(author)
    with dossier.use() as connection:
        keys = [
            key
            for (key,) in connection.execute(
                """SELECT DISTINCT report FROM judged JOIN verdict USING (kind, record)
                   WHERE verb <> 'reject' AND (? IS NULL OR author = ?) ORDER BY report""",
                (who, who),
            )
        ]
        for key in keys:
            found = _report(connection, key, who, crisis, licence)
            if (found["statements"] or found["acts"]) and (found["complete"] or not complete_only):
                yield found


def _report(
    connection: sqlite3.Connection, key: int, author: str | None, crisis: str | None, licence: str | None
) -> dict[str, Any]:
    name, url, published, text = connection.execute(
        "SELECT id, url, published, text FROM report WHERE key = ?", (key,)
    ).fetchone()
    statements = list(_records(connection, key, "statement", author))
    acts = list(_records(connection, key, "act", author))
    return {
        "id": name,
        "url": url,
        "licence": licence,
        "published": published,
        "crisis": crisis,
        "text": text,
        "statements": [_written("statement", record) for record, _ in statements],
        "acts": [_written("act", record) for record, _ in acts],
        "complete": not _open(connection, key, author),
        "accepted": {"statements": [who for _, who in statements], "acts": [who for _, who in acts]},
    }


def _records(
    connection: sqlite3.Connection, report: int, kind: RecordKind, author: str | None
) -> Iterator[tuple[Record, list[str]]]:
    """The accepted and corrected records of a report in the order of its text, each with who accepted."""
    rows = connection.execute(
        "SELECT record FROM judged WHERE report = ? AND kind = ? ORDER BY record", (report, kind)
    ).fetchall()
    found = []
    for (record,) in rows:
        words = connection.execute(
            """SELECT author, decision FROM verdict WHERE kind = ? AND record = ? AND verb <> 'reject'
               AND (? IS NULL OR author = ?) ORDER BY decision""",
            (kind, record, author, author),
        ).fetchall()
        if not words:
            continue
        judged = load(connection, kind, record)
        assert judged is not None
        decisions = verdicts_on(connection, kind, record)
        if author is not None:
            left = record_of(kind, dict(by_key(connection, words[-1][1]).detail["record"]))
        elif stands(judged, decisions):
            left = shown(judged, decisions)
        else:
            continue
        found.append((_as_shown(connection, left), list(dict.fromkeys(name for name, _ in words))))
    found.sort(key=lambda pair: extent(pair[0]))
    yield from found


def _as_shown(connection: sqlite3.Connection, record: Record) -> Record:
    """A record with its actors and its issue as they are called now."""
    if not isinstance(record, Act):
        return replace(record, actor=shown_codes(connection, record.actor))
    row = connection.execute(
        "SELECT label FROM issue WHERE key = (SELECT issue FROM issue_name WHERE canon = ?)",
        (canon_of(record.issue),),
    ).fetchone()
    return replace(shown_act(connection, record), issue=row[0] if row else record.issue)


def _written(kind: RecordKind, record: Record) -> dict[str, Any]:
    fields = fields_of(record)
    return {name: fields[name] for name in FIELDS[kind]}


def _open(connection: sqlite3.Connection, report: int, author: str | None) -> bool:
    """Whether a record of a report has nobody's word yet, or not the author's."""
    for table in ("act", "statement"):
        found = connection.execute(
            f"""SELECT 1 FROM {table} WHERE report = ? AND NOT EXISTS (
                SELECT 1 FROM verdict WHERE kind = '{table}' AND record = {table}.key
                AND (? IS NULL OR author = ?)) LIMIT 1""",
            (report, author, author),
        )
        if found.fetchone():
            return True
    return False
