"""A decision: who decided what about which record, when, and whether it still stands.

Decisions are only ever added. Undoing one is a decision of its own, and so is undoing that.
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from standoff.dossier.store import now
from standoff.errors import UsageError

Verb = Literal["accept", "reject", "correct", "annotate", "merge", "split", "rename", "undo"]
Kind = Literal["act", "statement", "event", "issue", "actor", "report", "decision"]
VERDICTS: tuple[Verb, ...] = ("accept", "reject", "correct")
_LONGEST_NAME, _LONGEST_NOTE = 80, 10_000


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as it was made.

    `target` is the number of the record, event, issue, report or decision that it is about, `code` the actor's
    code where it is about an actor. `sha256`, `start`, `end` and `type` name the record by its text, so that it is
    found again after recoding; for events, `type` is that of their acts. `detail` holds what the verb needs (see
    docs/review.md). `undone` is the key of the decision that took it back, None while it stands. `made` is an ISO
    date and time, UTC.
    """

    key: int
    author: str
    made: str
    verb: Verb
    kind: Kind
    target: int | None
    code: str | None = None
    sha256: str | None = None
    start: int | None = None
    end: int | None = None
    type: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    undone: int | None = None

    @property
    def stands(self) -> bool:
        """True while nobody took it back."""
        return self.undone is None


_COLUMNS = 'key, author, made, verb, kind, target, code, sha256, start, "end", type, detail, note, undone'


def author_of(name: str) -> str:
    """Return a person's name as decisions keep it; raises UsageError where it is none."""
    clean = unicodedata.normalize("NFC", " ".join(name.split()))
    if not clean or len(clean) > _LONGEST_NAME or not clean.isprintable():
        raise UsageError(f"Say who decides: a name of 1 to {_LONGEST_NAME} characters.")
    return clean


def note_of(note: str) -> str:
    """Return a note as it is kept; raises UsageError where it is too long to be one."""
    clean = note.replace("\0", "").strip()
    if len(clean) > _LONGEST_NOTE:
        raise UsageError(f"A note has at most {_LONGEST_NOTE:,} characters; this one has {len(clean):,}.")
    return clean


def keep(connection: sqlite3.Connection, decision: Decision) -> Decision:
    """Write a decision and return it with its key and time; part of the caller's transaction."""
    made = now()
    key = connection.execute(
        """INSERT INTO decision (author, made, verb, kind, target, code, sha256, start, "end", type, detail, note)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            decision.author,
            made,
            decision.verb,
            decision.kind,
            decision.target,
            decision.code,
            decision.sha256,
            decision.start,
            decision.end,
            decision.type,
            json.dumps(dict(decision.detail), ensure_ascii=False),
            decision.note,
        ),
    ).lastrowid
    assert key is not None
    return by_key(connection, key)


def by_key(connection: sqlite3.Connection, key: int) -> Decision:
    """Return a decision; raises UsageError where there is none of this number."""
    for decision in where(connection, "key = ?", [key]):
        return decision
    raise UsageError(f"There is no decision {key}; `standoff decisions` lists them.")


def where(
    connection: sqlite3.Connection, condition: str, values: Sequence[Any], order: str = "key"
) -> Iterator[Decision]:
    """Yield the decisions that meet a condition over the table `decision`, in an order of its columns."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM decision WHERE {condition} ORDER BY {order}", values
    ).fetchall()
    for row in rows:
        yield Decision(*(*row[:11], json.loads(row[11]), *row[12:]))


def verdicts_on(connection: sqlite3.Connection, kind: str, record: int) -> list[Decision]:
    """Return the standing acceptances, rejections and corrections of a record, in the order in which they were made."""
    marks = ", ".join("?" * len(VERDICTS))
    return list(
        where(
            connection,
            f"kind = ? AND target = ? AND undone IS NULL AND verb IN ({marks})",
            [kind, record, *VERDICTS],
        )
    )


def has_standing(connection: sqlite3.Connection, kind: str, record: int) -> bool:
    """Return True where any decision on a record stands: a verdict, a note, or a place in an event."""
    found = connection.execute(
        """SELECT 1 FROM decision WHERE kind = ? AND target = ? AND undone IS NULL UNION ALL
           SELECT 1 FROM placed JOIN decision ON decision.key = placed.decision
           WHERE ? = 'act' AND act = ? AND undone IS NULL LIMIT 1""",
        (kind, record, kind, record),
    )
    return found.fetchone() is not None
