"""What one person does with a dossier: every way of deciding, each one transaction, each to be undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from sqlite3 import Connection
from typing import Any

from standoff.dossier.dossier import Dossier
from standoff.dossier.events.issues import canon_of
from standoff.dossier.hand import decision as decisions
from standoff.dossier.hand import placing, undoing, verdicts
from standoff.dossier.hand.actor_names import settle_actors
from standoff.dossier.hand.corrections import changes_of, code_of, label_of
from standoff.dossier.hand.decision import Decision, Kind, author_of, keep, note_of
from standoff.dossier.hand.effects import settle
from standoff.dossier.hand.form import Record, RecordKind, fields_of
from standoff.dossier.hand.issue_names import find_issue, names_of, settle_label, settle_names
from standoff.dossier.hand.judged import bind, corrected, place_of, standing
from standoff.dossier.hand.queue import Cursor, Waiting, queue, waiting_record
from standoff.dossier.store import transaction
from standoff.dossier.views.filters import Filters
from standoff.errors import UsageError

_TABLES: dict[Kind, str] = {
    "act": "act", "statement": "statement", "event": "event", "issue": "issue", "report": "report",
    "decision": "decision",
}  # fmt: skip


class Hand:
    """One person's hand on a dossier that is open for writing.

    Each method makes one decision and returns it; when it returns, the decision is on the disk and every view shows what
    follows from it. UsageError says in one sentence what cannot be meant, InputError that the file cannot be written.
    `seen` is what `fingerprint` gave when the person looked: where somebody has changed the record since, the
    decision is refused, so that nobody decides on what they have not seen.
    """

    def __init__(self, dossier: Dossier, author: str) -> None:
        """Take a dossier and the name under which this person's decisions are kept."""
        self.author = author_of(author)
        self._dossier = dossier

    @contextmanager
    def _deciding(self) -> Iterator[Connection]:
        with self._dossier.use() as connection, transaction(connection):
            yield connection

    def accept(self, kind: RecordKind, record: int, *, note: str = "", seen: str | None = None) -> Decision:
        """Say that a record is right as it stands; it stays so whatever a newer coder tells."""
        with self._deciding() as connection:
            now = self._seen(connection, kind, record, seen)
            return self._verdict(connection, "accept", kind, record, {"record": fields_of(now)}, note)

    def reject(self, kind: RecordKind, record: int, *, note: str = "", seen: str | None = None) -> Decision:
        """Say that there is no such record; it leaves every view."""
        with self._deciding() as connection:
            self._seen(connection, kind, record, seen)
            return self._verdict(connection, "reject", kind, record, {}, note)

    def correct(
        self,
        kind: RecordKind,
        record: int,
        changes: Mapping[str, Any],
        *,
        note: str = "",
        seen: str | None = None,
    ) -> Decision:
        """Say what a record should be: the fields of `corrections.FIELDS`, spans as [start, end] in code points,
        actors as lists of codes, None to empty a field.
        """
        with self._deciding() as connection:
            now = self._seen(connection, kind, record, seen)
            judged = bind(connection, kind, record)
            (text,) = connection.execute("SELECT text FROM report WHERE key = ?", (judged.report,)).fetchone()
            checked = changes_of(kind, now, changes, text)
            detail = {"changes": checked, "record": fields_of(corrected(kind, now, checked))}
            return self._verdict(connection, "correct", kind, record, detail, note)

    def annotate(self, kind: Kind, target: int | str, note: str) -> Decision:
        """Write a note to a record, event, issue, report, decision (its number) or actor (its code)."""
        with self._deciding() as connection:
            if not note_of(note):
                raise UsageError("A note needs words.")
            if kind == "actor":
                return self._keep(connection, "annotate", "actor", None, {}, note, code=code_of(str(target)))
            if kind in ("act", "statement"):
                bind(connection, kind, int(target))
            else:
                self._must_be_there(connection, kind, int(target))
            return self._keep(connection, "annotate", kind, int(target), {}, note)

    def merge_events(self, events: Sequence[int], *, note: str = "") -> Decision:
        """Say that events are one; it keeps the number of the first of them."""
        with self._deciding() as connection:
            kept, type_, detail = placing.merging_of(connection, events)
            decision = self._keep(connection, "merge", "event", kept, detail, note, type_=type_)
            placing.place(connection, decision)
            return decision

    def split_event(self, event: int, acts: Sequence[int], *, note: str = "") -> Decision:
        """Say that some acts of an event tell another one; `detail["event"]` is its number."""
        with self._deciding() as connection:
            type_, detail = placing.splitting_of(connection, event, acts)
            decision = self._keep(connection, "split", "event", event, detail, note, type_=type_)
            placing.place(connection, decision)
            return decision

    def rename_issue(self, issue: int | str, label: str, *, note: str = "") -> Decision:
        """Call an issue (its number or label) by another label, in every view."""
        with self._deciding() as connection:
            key, before = find_issue(connection, issue)
            to = label_of(label)
            canon = canon_of(to)
            holder = connection.execute("SELECT issue FROM issue_name WHERE canon = ?", (canon,)).fetchone()
            if holder and holder[0] != key:
                raise UsageError(f"There is an issue {to!r} already; merge the two instead of renaming one.")
            if to == before:
                raise UsageError(f"The issue is called {to!r} already.")
            detail = {"to": to, "before": before, "new_name": holder is None}
            decision = self._keep(connection, "rename", "issue", key, detail, note)
            settle_label(connection, key)
            return decision

    def merge_issues(self, into: int | str, others: Sequence[int | str], *, note: str = "") -> Decision:
        """Say that issues are one and the same thing at stake; it keeps the name of the first."""
        with self._deciding() as connection:
            key, label = find_issue(connection, into)
            gone = [find_issue(connection, other) for other in others]
            gone = [(other, name) for other, name in dict(gone).items() if other != key]
            names = [canon for other, _ in gone for canon in names_of(connection, other)]
            if not names:
                raise UsageError("Name at least two different issues to merge.")
            detail = {
                "names": names, "label": label, "issues": [other for other, _ in gone],
                "labels": [name for _, name in gone],
            }  # fmt: skip
            decision = self._keep(connection, "merge", "issue", key, detail, note)
            settle_names(connection, names)
            return decision

    def rename_actor(self, code: str, to: str, *, note: str = "") -> Decision:
        """Show an actor under another code, everywhere and in reports to come; one that is not used yet."""
        return self._rename_actors("rename", [code], to, note)

    def merge_actors(self, into: str, others: Sequence[str], *, note: str = "") -> Decision:
        """Say that actors are one and the same; `into` is the code that is shown."""
        return self._rename_actors("merge", others, into, note)

    def undo(self, decision: int | None = None, *, note: str = "") -> Decision:
        """Take back one's own decision of this number, or one's latest that stands; undoing an undo brings it back."""
        with self._deciding() as connection:
            undone = undoing.to_undo(connection, self.author, decision)
            made = self._keep(connection, "undo", "decision", undone.key, {}, note)
            undoing.take_back(connection, made, undone)
            return made

    def fingerprint(self, kind: RecordKind, record: int) -> str:
        """Return what says whether a record is still as it was seen."""
        with self._dossier.use() as connection:
            return verdicts.fingerprint(connection, kind, record)

    def queue(
        self,
        *,
        kinds: Sequence[RecordKind] = ("act", "statement"),
        limit: int = 20,
        after: Cursor | None = None,
        filters: Filters | None = None,
    ) -> tuple[Waiting, ...]:
        """Return the records on which this person has not given a word yet, least certain first."""
        with self._dossier.use() as connection:
            return queue(connection, self.author, kinds=kinds, limit=limit, after=after, filters=filters)

    def waiting(self, kind: RecordKind, record: int) -> Waiting:
        """Return one record as the queue shows it, whoever has decided on it; UsageError where there is none."""
        with self._dossier.use() as connection:
            return waiting_record(connection, kind, record)

    def _seen(self, connection: Connection, kind: RecordKind, record: int, seen: str | None) -> Record:
        """The record as it stands; refuses where that is not what the person saw."""
        if seen is not None and seen != verdicts.fingerprint(connection, kind, record):
            raise UsageError(f"Somebody has changed {kind} {record} since you saw it; look at it again.")
        now, _ = standing(connection, bind(connection, kind, record))
        return now

    def _verdict(
        self,
        connection: Connection,
        verb: decisions.Verb,
        kind: RecordKind,
        record: int,
        detail: Mapping[str, Any],
        note: str,
    ) -> Decision:
        decision = self._keep(connection, verb, kind, record, detail, note)
        verdicts.settle_verdict(connection, kind, record, self.author)
        settle(connection, kind, [record])
        return decision

    def _keep(
        self,
        connection: Connection,
        verb: decisions.Verb,
        kind: Kind,
        target: int | None,
        detail: Mapping[str, Any],
        note: str,
        code: str | None = None,
        type_: str | None = None,
    ) -> Decision:
        sha256, start, end = None, None, None
        if kind in ("act", "statement"):
            assert target is not None
            sha256, (start, end), type_ = place_of(connection, bind(connection, kind, target))
        return keep(
            connection,
            Decision(
                0, self.author, "", verb, kind, target, code, sha256, start, end, type_, detail, note_of(note)
            ),
        )

    def _rename_actors(self, verb: decisions.Verb, codes: Sequence[str], to: str, note: str) -> Decision:
        with self._deciding() as connection:
            shown = code_of(to)
            old = [code for code in dict.fromkeys(code_of(code) for code in codes) if code != shown]
            for code in old:
                if not _is_used(connection, code):
                    raise UsageError(f"No record has the actor {code}.")
            if not old:
                raise UsageError("Name at least two different actors.")
            if verb == "rename" and _is_used(connection, shown):
                raise UsageError(f"There is an actor {shown} already; merge {old[0]} with it instead.")
            detail = {"codes": old, "to": shown}
            decision = self._keep(connection, verb, "actor", None, detail, note, code=shown)
            settle_actors(connection)
            return decision

    def _must_be_there(self, connection: Connection, kind: Kind, target: int) -> None:
        found = connection.execute(f"SELECT 1 FROM {_TABLES[kind]} WHERE key = ?", (target,)).fetchone()
        if found is None:
            raise UsageError(f"There is no {kind} {target} in this dossier.")


def _is_used(connection: Connection, code: str) -> bool:
    return any(
        connection.execute(f"SELECT 1 FROM {table} WHERE actor = ? LIMIT 1", (code,)).fetchone()
        for table in ("act_actor", "statement_actor")
    )
