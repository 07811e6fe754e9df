"""One report coded anew, in one transaction: what people decided stays, the rest follows the newer coder.

A record that the newer coder finds again keeps its number, and with it every decision on it. A record that a person has
accepted or corrected stays as that person left it, found again or not; one that was rejected stays away. A decision
whose record the newer coder does not find is kept, as one without a record, and counts again when a later coder finds it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from standoff.dossier import adding
from standoff.dossier.adding import Coder
from standoff.dossier.events import events
from standoff.dossier.events.issues import issue_key
from standoff.dossier.events.merging import Telling
from standoff.dossier.hand.actor_names import shown_act
from standoff.dossier.hand.decision import has_standing, verdicts_on
from standoff.dossier.hand.effects import is_empty, settle
from standoff.dossier.hand.following import follow
from standoff.dossier.hand.form import Record, RecordKind
from standoff.dossier.hand.judged import Judged, is_kept, load, shown, store, uncoded
from standoff.dossier.hand.matching import matched, same
from standoff.dossier.loading import stored_acts, stored_statements
from standoff.dossier.store import new_number, transaction
from standoff.errors import ReportError
from standoff.records import Coding, Statement

_OUT_OF_THE_WAY = 1_000_000_000
"""What is added to the places of the old acts while the new ones take theirs."""


@dataclass(frozen=True, slots=True)
class Recoded:
    """What became of the records of a report, or of several: how many stayed as they were, changed, came, went.

    `held` are records that stand although the newer coder does not tell them so, because a person said what they are;
    `without` are records with decisions that the newer coder does not find.
    """

    reports: int = 0
    unchanged: int = 0
    changed: int = 0
    new: int = 0
    gone: int = 0
    held: int = 0
    without: int = 0

    def __add__(self, other: Recoded) -> Recoded:
        """Add up what became of several reports."""
        return Recoded(
            self.reports + other.reports,
            self.unchanged + other.unchanged,
            self.changed + other.changed,
            self.new + other.new,
            self.gone + other.gone,
            self.held + other.held,
            self.without + other.without,
        )


def reports_to_recode(connection: sqlite3.Connection, coder: Coder) -> list[int]:
    """Return the keys of the reports that another coder, or another configuration of it, has coded."""
    rows = connection.execute(
        """SELECT report.key FROM report JOIN coder ON coder.key = report.coder
           WHERE coder.name <> ? OR coder.config_hash <> ? ORDER BY report.key""",
        (coder.name, coder.config_hash),
    )
    return [key for (key,) in rows]


def recode(connection: sqlite3.Connection, report: int, coding: Coding, coder: Coder) -> Recoded:
    """Let a report have the records of a newer coding; return what changed.

    When this returns, all of it is on the disk; when the process dies before, the report is as it was. Raises
    ReportError where the coding is not of this report's text or a span does not fit it.
    """
    adding.check_spans(coding)
    with transaction(connection):
        row = connection.execute("SELECT sha256 FROM report WHERE key = ?", (report,)).fetchone()
        if row is None or row[0] != coding.report.sha256:
            raise ReportError(
                coding.report.id, "this is not the text that the dossier has; add it as a report."
            )
        done = Recoded(reports=1)
        touched: set[int] = set()
        for kind, told in (("act", coding.acts), ("statement", coding.statements)):
            done += _Layer(connection, report, coding, kind, told, touched).recode()  # type: ignore[arg-type]
        _write_rest(connection, report, coding, coder)
        follow(connection, touched)
    return done


class _Layer:
    """The acts or the statements of one report, while they change."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        report: int,
        coding: Coding,
        kind: RecordKind,
        told: Sequence[Record],
        touched: set[int],
    ) -> None:
        self.connection, self.report, self.coding = connection, report, coding
        self.kind, self.told, self.touched = kind, told, touched
        self.old: dict[int, Record] = self._present()
        rows = connection.execute("SELECT record FROM judged WHERE kind = ? AND report = ?", (kind, report))
        self.judged: dict[int, Judged] = {}
        for (record,) in rows.fetchall():
            judged = load(connection, kind, record)
            assert judged is not None
            self.judged[record] = judged
        self.left: dict[int, int] = {}
        self.kept = {record for record in self.judged if is_kept(verdicts_on(connection, kind, record))}

    def _present(self) -> dict[int, Record]:
        """The records in the tables, as they were coded."""
        found: dict[int, Record] = {}
        if self.kind == "act":
            for stored in stored_acts(self.connection, "WHERE act.report = ?", [self.report]):
                found[stored.key] = uncoded(self.connection, "act", stored.key, stored.act)
        else:
            for said in stored_statements(self.connection, "WHERE statement.report = ?", [self.report]):
                found[said.key] = uncoded(self.connection, "statement", said.key, said.statement)
        return found

    def recode(self) -> Recoded:
        """Match old and new records, and let each old one stay, change or go, and new ones come."""
        if self.kind == "act":
            # Out of the way of the newer coder's order.
            self.connection.execute(
                "UPDATE act SET ordinal = ordinal + ? WHERE report = ?", (_OUT_OF_THE_WAY, self.report)
            )
        forms = {record: [one] for record, one in self.old.items() if record not in self.judged}
        forms |= {record: self._forms(judged) for record, judged in self.judged.items()}
        found = matched(forms, self.told, first=self.judged.__contains__, retyped=self.kept.__contains__)
        done = Recoded()
        for record in sorted(forms):
            at = found.get(record)
            if record in self.judged:
                done += self._follow_judged(record, at)
            else:
                done += self._follow_coder(record, at)
        settle(self.connection, self.kind, sorted(self.judged))
        for at in sorted(set(range(len(self.told))) - set(found.values())):
            self._insert(None, at)
            done += Recoded(new=1)
        if self.kind == "act":
            self._order(found)
        return done

    def _forms(self, judged: Judged) -> list[Record]:
        decided = shown(judged, verdicts_on(self.connection, self.kind, judged.record))
        return [judged.told, decided, *([judged.latest] if judged.latest else [])]

    def _follow_judged(self, record: int, at: int | None) -> Recoded:
        judged = self.judged[record]
        new = None if at is None else self.told[at]
        moved = new is not None and (judged.latest is None or not same(judged.latest, new))
        if moved and new is not None and record not in self.kept:
            judged = replace(judged, told=new, event=None)
        store(self.connection, replace(judged, latest=new))
        if new is None:
            return Recoded(
                without=has_standing(self.connection, self.kind, record),
                held=record in self.kept,
                gone=judged.present and record not in self.kept,
            )
        decided = shown(judged, verdicts_on(self.connection, self.kind, record))
        held = record in self.kept and not same(decided, new)
        changed = moved and not held and judged.present
        return Recoded(held=held, changed=changed, unchanged=judged.present and not held and not changed)

    def _follow_coder(self, record: int, at: int | None) -> Recoded:
        old = self.old[record]
        if at is None:
            self._delete(record)
            return Recoded(gone=1)
        new = self.told[at]
        if same(old, new):
            self.connection.execute(
                f"UPDATE {self.kind} SET confidence = ?, rule = ? WHERE key = ?",
                (new.confidence, new.rule, record),
            )
            return Recoded(unchanged=1)
        self._delete(record)
        self._insert(record, at)
        return Recoded(changed=1)

    def _delete(self, record: int) -> None:
        if self.kind == "act":
            row = self.connection.execute("SELECT event FROM act WHERE key = ?", (record,)).fetchone()
            self.touched.add(row[0])
            self.left[record] = row[0]
        self.connection.execute(f"DELETE FROM {self.kind} WHERE key = ?", (record,))

    def _insert(self, record: int | None, at: int) -> None:
        """Write a record of the newer coding, under its old number or a new one.

        An act joins the event that it belongs to; one that belongs to none keeps its old one to itself.
        """
        new, text = self.told[at], self.coding.report.text
        if isinstance(new, Statement):
            adding.insert_statement(self.connection, self.report, text, new, record)
            return
        issue = issue_key(self.connection, new.issue)
        published = self.coding.report.published
        telling = Telling.of(shown_act(self.connection, new), text, published, str(issue or ""), self.report)
        found = events.find_events(self.connection, telling)
        left = self.left.get(record or 0)
        if found:
            event = events.unite(self.connection, found)
        elif left is not None and is_empty(self.connection, left):
            event = left
        else:
            event = events.new_event(self.connection, new)
        key = new_number(self.connection, "act") if record is None else record
        adding.insert_act(self.connection, self.report, at, event, issue, new, text, key)
        events.remember_keys(self.connection, event, telling)
        self.touched.add(event)

    def _order(self, found: dict[int, int]) -> None:
        """Number the acts as the newer coding does; what it does not tell comes after."""
        rows = self.connection.execute(
            "SELECT key, ordinal FROM act WHERE report = ? ORDER BY ordinal", (self.report,)
        ).fetchall()
        own = {key: at for key, at in rows if at < _OUT_OF_THE_WAY}
        after = len(self.told)
        for key in (key for key, _ in rows if key not in own):
            at = found.get(key)
            if at is None or at in own.values():
                at, after = after, after + 1
            self.connection.execute("UPDATE act SET ordinal = ? WHERE key = ?", (at, key))
            self.connection.execute(
                "UPDATE judged SET ordinal = ? WHERE kind = 'act' AND record = ?", (at, key)
            )
            own[key] = at


def _write_rest(connection: sqlite3.Connection, report: int, coding: Coding, coder: Coder) -> None:
    """Times, passed-over sentences, remarks and who coded, as the newer coder gives them."""
    held = connection.execute(
        """SELECT act.start, act."end" FROM act JOIN judged ON kind = 'act' AND record = act.key
           WHERE act.report = ?""",
        (report,),
    ).fetchall()
    passed = tuple(
        span
        for span in coding.passed_over
        if not any(start < span.end and span.start < end for start, end in held)
    )
    connection.execute("DELETE FROM time WHERE report = ?", (report,))
    connection.execute("DELETE FROM passed_over WHERE report = ?", (report,))
    adding.add_times_and_gaps(connection, report, replace(coding, passed_over=passed))
    (notes,) = connection.execute("SELECT notes FROM report WHERE key = ?", (report,)).fetchone()
    told = (*json.loads(notes), *coding.report.notes, *coding.notes)
    connection.execute(
        "UPDATE report SET coder = ?, notes = ? WHERE key = ?",
        (
            adding.coder_key(connection, coder),
            json.dumps(list(dict.fromkeys(told)), ensure_ascii=False),
            report,
        ),
    )
