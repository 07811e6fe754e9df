"""The records that decisions are about: what the coder told, and what stands once everybody has decided.

A record keeps its number for ever, in its table or outside it. What stands follows from what the coder told and from the
standing decisions, in the order in which they were made, and from nothing else: that is what makes every decision
undoable, in any order.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from standoff.dossier import loading
from standoff.dossier.hand.decision import Decision, verdicts_on
from standoff.dossier.hand.form import Record, RecordKind, extent, fields_of, read, record_of, written
from standoff.errors import UsageError
from standoff.records import Act, Span, Statement


@dataclass(frozen=True, slots=True)
class Judged:
    """A record that a decision is about.

    `told` is what the coder told when it was first decided on, `latest` what the present coder tells of it (None:
    nothing), `event` where the program put an act that is told so.
    """

    kind: RecordKind
    record: int
    report: int
    ordinal: int | None
    told: Record
    latest: Record | None
    event: int | None
    present: bool


def load(connection: sqlite3.Connection, kind: RecordKind, record: int) -> Judged | None:
    """Return what is kept about a record, None where nobody ever decided on it."""
    row = connection.execute(
        """SELECT report, ordinal, told, latest, event, present FROM judged
           WHERE kind = ? AND record = ?""",
        (kind, record),
    ).fetchone()
    if row is None:
        return None
    latest = None if row[3] is None else read(kind, row[3])
    return Judged(kind, record, row[0], row[1], read(kind, row[2]), latest, row[4], bool(row[5]))


def store(connection: sqlite3.Connection, judged: Judged) -> None:
    """Write what is kept about a record; part of the caller's transaction."""
    connection.execute(
        """INSERT OR REPLACE INTO judged (kind, record, report, ordinal, told, latest, event, present)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            judged.kind,
            judged.record,
            judged.report,
            judged.ordinal,
            written(judged.told),
            None if judged.latest is None else written(judged.latest),
            judged.event,
            judged.present,
        ),
    )


def bind(connection: sqlite3.Connection, kind: RecordKind, record: int) -> Judged:
    """Return what is kept about a record, begun now if need be; raises UsageError where there is no such record."""
    known = load(connection, kind, record)
    if known is not None:
        return known
    judged = judged_or_coded(connection, kind, record)
    store(connection, judged)
    return judged


def judged_or_coded(connection: sqlite3.Connection, kind: RecordKind, record: int) -> Judged:
    """Return what is kept about a record, or would be; raises UsageError where there is no such record."""
    known = load(connection, kind, record)
    if known is not None:
        return known
    report, told, event, ordinal = coded(connection, kind, record)
    return Judged(kind, record, report, ordinal, told, told, event, True)


def coded(
    connection: sqlite3.Connection, kind: RecordKind, record: int
) -> tuple[int, Record, int | None, int | None]:
    """Return report, record as the coder told it (before actors were renamed), event and ordinal, from the tables."""
    told: Record
    event: int | None = None
    ordinal: int | None = None
    if kind == "act":
        acts = loading.acts_by_key(connection, [record])
        if record not in acts:
            raise UsageError(f"There is no act {record}; `standoff acts --format json` gives their numbers.")
        report, told, event = acts[record].report, acts[record].act, acts[record].event
        (ordinal,) = connection.execute("SELECT ordinal FROM act WHERE key = ?", (record,)).fetchone()
    else:
        found = loading.stored_statements(connection, "WHERE statement.key = ?", [record])
        if not found:
            raise UsageError(
                f"There is no statement {record}; `standoff statements --format json` gives their numbers."
            )
        report, told = found[0].report, found[0].statement
    return report, uncoded(connection, kind, record, told), event, ordinal


def uncoded(connection: sqlite3.Connection, kind: RecordKind, record: int, shown: Record) -> Record:
    """Return a record with the actor codes that it had before actors were renamed."""
    row = connection.execute(
        "SELECT roles FROM coded_actor WHERE kind = ? AND record = ?", (kind, record)
    ).fetchone()
    if row is None:
        return shown
    roles: dict[str, Any] = {role: tuple(codes) for role, codes in json.loads(row[0]).items()}
    return replace(shown, **roles)


def is_kept(decisions: Sequence[Decision]) -> bool:
    """Return True where a person has said what the record is, so that no coder may say otherwise."""
    return any(decision.verb in ("accept", "correct") for decision in decisions)


def shown(judged: Judged, decisions: Sequence[Decision]) -> Record:
    """Return a record as it stands, or as it would where it is rejected.

    An acceptance is of the record as it then stood, whoever had corrected it before; a correction changes the
    fields that it names. `decisions` are the standing verdicts on it, oldest first.
    """
    record = judged.told if is_kept(decisions) or judged.latest is None else judged.latest
    for decision in decisions:
        if decision.verb == "accept":
            record = record_of(judged.kind, dict(decision.detail["record"]))
        elif decision.verb == "correct":
            record = corrected(judged.kind, record, dict(decision.detail["changes"]))
    return record


def stands(judged: Judged, decisions: Sequence[Decision]) -> bool:
    """Return whether a record is in the dossier: as the last verdict says, else as the coder does."""
    return decisions[-1].verb != "reject" if decisions else judged.latest is not None


def corrected(kind: RecordKind, record: Record, changes: dict[str, Any]) -> Record:
    """Return a record with some of its fields changed, given as JSON values."""
    return record_of(kind, {**fields_of(record), **changes})


def standing(connection: sqlite3.Connection, judged: Judged) -> tuple[Record, bool]:
    """Return a judged record as it stands, and whether it is in the dossier."""
    decisions = verdicts_on(connection, judged.kind, judged.record)
    return shown(judged, decisions), stands(judged, decisions)


def place_of(connection: sqlite3.Connection, judged: Judged) -> tuple[str, Span, str]:
    """Return what a decision names a record by: the hash of its text, its span and its type."""
    record, _ = standing(connection, judged)
    (sha256,) = connection.execute("SELECT sha256 FROM report WHERE key = ?", (judged.report,)).fetchone()
    kind = record.type if isinstance(record, Act) else "statement"
    assert isinstance(record, Act | Statement)
    return str(sha256), extent(record), kind
