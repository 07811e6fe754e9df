"""Each person's word on each record, kept apart by name, and where people differ."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from standoff.dossier.hand import decision as decisions
from standoff.dossier.hand.corrections import verdict_fields
from standoff.dossier.hand.decision import Decision, verdicts_on
from standoff.dossier.hand.form import RecordKind, fields_of, record_of
from standoff.dossier.hand.judged import judged_or_coded, shown, stands

REJECTED = """present = 0 AND EXISTS (
        SELECT 1 FROM verdict WHERE verdict.kind = judged.kind AND verdict.record = judged.record
    ) AND (latest IS NOT NULL OR EXISTS (
        SELECT 1 FROM verdict WHERE verdict.kind = judged.kind AND verdict.record = judged.record AND verb <> 'reject'
    ))"""
"""The condition over `judged` for records that are away only because somebody rejected them."""


@dataclass(frozen=True, slots=True)
class Word:
    """One person's last standing word on a record; `decision` is its number, `verb` accept, reject or correct."""

    author: str
    verb: str
    decision: int
    made: str
    note: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a person has come: records on which their last word is to accept, reject or correct, and those left."""

    author: str
    accepted: int
    rejected: int
    corrected: int
    left: int

    @property
    def decided(self) -> int:
        """How many records have this person's word."""
        return self.accepted + self.rejected + self.corrected


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A record of which people say different things; the last of `words`, by time, is what the views show.

    `fields` names what differs: "record" where some reject what others keep, else the fields of it.
    """

    kind: RecordKind
    record: int
    report: int
    words: tuple[Word, ...]
    fields: tuple[str, ...]


def settle_verdict(connection: sqlite3.Connection, kind: str, record: int, author: str) -> None:
    """Write a person's last standing word on a record, or that there is none; part of the caller's transaction."""
    own = [decision for decision in verdicts_on(connection, kind, record) if decision.author == author]
    if own:
        connection.execute(
            "INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?, ?)",
            (kind, record, author, own[-1].key, own[-1].verb),
        )
    else:
        connection.execute(
            "DELETE FROM verdict WHERE kind = ? AND record = ? AND author = ?", (kind, record, author)
        )


def fingerprint(connection: sqlite3.Connection, kind: RecordKind, record: int) -> str:
    """Return what changes whenever a record, or whether it stands, changes: 16 hex digits."""
    judged = judged_or_coded(connection, kind, record)
    words = verdicts_on(connection, kind, record)
    state = [stands(judged, words), fields_of(shown(judged, words))]
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:16]


def words_on(connection: sqlite3.Connection, kind: str, record: int) -> tuple[Word, ...]:
    """Return each person's last standing word on a record, the earliest first."""
    rows = connection.execute(
        """SELECT verdict.author, verdict.verb, decision, made, note FROM verdict
           JOIN decision ON decision.key = verdict.decision
           WHERE verdict.kind = ? AND record = ? ORDER BY decision""",
        (kind, record),
    )
    return tuple(Word(*row) for row in rows)


def progress(connection: sqlite3.Connection, authors: Sequence[str] = ()) -> tuple[Progress, ...]:
    """Return how far each person has come who ever gave a word, and each of `authors`, by name."""
    (total,) = connection.execute(
        f"""SELECT (SELECT count(*) FROM act) + (SELECT count(*) FROM statement) +
            (SELECT count(*) FROM judged WHERE {REJECTED})"""
    ).fetchone()
    counts: dict[str, dict[str, int]] = {author: {} for author in authors}
    for author, verb, number in connection.execute(
        "SELECT author, verb, count(*) FROM verdict GROUP BY author, verb"
    ):
        counts.setdefault(author, {})[verb] = number
    return tuple(
        Progress(
            author, of.get("accept", 0), of.get("reject", 0), of.get("correct", 0), total - sum(of.values())
        )
        for author, of in sorted(counts.items())
    )


def progress_by_kind(connection: sqlite3.Connection, author: str) -> dict[RecordKind, Progress]:
    """Return how far a person has come with acts, and with statements."""
    found: dict[RecordKind, Progress] = {}
    kinds: tuple[RecordKind, ...] = ("act", "statement")
    for kind in kinds:
        (total,) = connection.execute(
            f"""SELECT (SELECT count(*) FROM {kind}) +
                (SELECT count(*) FROM judged WHERE kind = '{kind}' AND {REJECTED})"""
        ).fetchone()
        rows = connection.execute(
            "SELECT verb, count(*) FROM verdict WHERE kind = ? AND author = ? GROUP BY verb", (kind, author)
        )
        of = dict(rows.fetchall())
        found[kind] = Progress(
            author, of.get("accept", 0), of.get("reject", 0), of.get("correct", 0), total - sum(of.values())
        )
    return found


def disagreements(connection: sqlite3.Connection) -> tuple[Disagreement, ...]:
    """Return the records on which people's last words differ, by report and place."""
    rows = connection.execute(
        """SELECT kind, record FROM verdict GROUP BY kind, record HAVING count(*) > 1 ORDER BY kind, record"""
    ).fetchall()
    found = []
    for kind, record in rows:
        words = words_on(connection, kind, record)
        fields = _differing(kind, [decisions.by_key(connection, word.decision) for word in words])
        if fields:
            (report,) = connection.execute(
                "SELECT report FROM judged WHERE kind = ? AND record = ?", (kind, record)
            ).fetchone()
            found.append(Disagreement(kind, record, report, words, fields))
    return tuple(found)


def _differing(kind: RecordKind, words: Sequence[Decision]) -> tuple[str, ...]:
    """What people's words differ in: whether there is a record, or its fields as each of them left it."""
    if len({word.verb == "reject" for word in words}) > 1:
        return ("record",)
    if words[0].verb == "reject":
        return ()
    told = [verdict_fields(record_of(kind, dict(word.detail["record"]))) for word in words]
    return tuple(name for name in told[0] if any(one[name] != told[0][name] for one in told))
