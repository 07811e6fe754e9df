"""Decisions written into the tables that the views read: `act`, `statement`, `event` hold what stands.

Every function is part of the caller's transaction. A record is written anew only where something of it changed, so that
an acceptance costs next to nothing however large the dossier.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from standoff.dossier import adding
from standoff.dossier.events import events
from standoff.dossier.events.merging import Telling
from standoff.dossier.hand.actor_names import shown_act
from standoff.dossier.hand.decision import verdicts_on
from standoff.dossier.hand.following import follow
from standoff.dossier.hand.form import Record, RecordKind
from standoff.dossier.hand.issue_names import issue_by_hand, sweep_issues
from standoff.dossier.hand.judged import Judged, coded, is_kept, load, shown, stands, store
from standoff.records import Act, Statement


def settle(connection: sqlite3.Connection, kind: RecordKind, records: Iterable[int]) -> None:
    """Write judged records as they stand after all decisions, and draw their events anew."""
    touched: set[int] = set()
    for record in records:
        judged = load(connection, kind, record)
        if judged is None:
            continue
        decisions = verdicts_on(connection, kind, record)
        if not is_kept(decisions) and judged.latest is not None and judged.told != judged.latest:
            # Nobody holds to the older telling any more: the present coder's word counts again.
            same = type_of(judged.told) == type_of(judged.latest)
            judged = replace(judged, told=judged.latest, event=judged.event if same else None)
        now, there = shown(judged, decisions), stands(judged, decisions)
        if isinstance(now, Act):
            touched |= _settle_act(connection, judged, now, there)
        else:
            _settle_statement(connection, judged, now, there)
    follow(connection, touched)
    if touched:
        sweep_issues(connection)


def _settle_statement(
    connection: sqlite3.Connection, judged: Judged, statement: Statement, there: bool
) -> None:
    if judged.present and there and coded(connection, "statement", judged.record)[1] == statement:
        store(connection, judged)
        return
    connection.execute("DELETE FROM statement WHERE key = ?", (judged.record,))
    if there:
        text, _ = _report(connection, judged.report)
        adding.insert_statement(connection, judged.report, text, statement, judged.record)
    store(connection, replace(judged, present=there))


def _settle_act(connection: sqlite3.Connection, judged: Judged, act: Act, there: bool) -> set[int]:
    """Write one act; return the events that are to be drawn anew."""
    before: Record | None = None
    left: int | None = None
    if judged.present:
        _, before, left, _ = coded(connection, "act", judged.record)
    touched = set() if left is None else {left}
    if not there:
        connection.execute("DELETE FROM act WHERE key = ?", (judged.record,))
        store(connection, replace(judged, present=False))
        return touched
    event = event_of(connection, judged, act)
    if before == act and event == left:
        store(connection, judged)
        return set()
    text, published = _report(connection, judged.report)
    issue = issue_by_hand(connection, act.issue)
    telling = Telling.of(shown_act(connection, act), text, published, str(issue or ""), judged.report)
    connection.execute("DELETE FROM act WHERE key = ?", (judged.record,))
    if event is None:
        found = events.find_events(connection, telling)
        if found:
            event = found[0]
        elif left is not None and type_of(before) == act.type and is_empty(connection, left):
            event = left
        else:
            event = events.new_event(connection, act)
        judged = _remember(connection, judged, act, event)
    elif connection.execute("SELECT 1 FROM event WHERE key = ?", (event,)).fetchone() is None:
        events.insert_event(connection, event, act)
    ordinal = _ordinal(connection, judged)
    adding.insert_act(connection, judged.report, ordinal, event, issue, act, text, judged.record)
    events.remember_keys(connection, event, telling)
    store(connection, replace(judged, ordinal=ordinal, present=True))
    return touched | {event}


def type_of(record: Record | None) -> str | None:
    """Return the type of an act, None for anything else."""
    return record.type if isinstance(record, Act) else None


def event_of(connection: sqlite3.Connection, judged: Judged, act: Act) -> int | None:
    """Return the event that an act belongs to, or None where one is to be looked for.

    The latest standing decision that put an act of this type somewhere counts, else where the program put it as it was
    told. An event holds acts of one type for ever, so that this follows from the decisions on the act alone.
    """
    for event in placements(connection, judged.record, act.type):
        return event
    return judged.event if act.type == type_of(judged.told) else None


def _remember(connection: sqlite3.Connection, judged: Judged, act: Act, event: int) -> Judged:
    """Keep where an act was put: with what was told, or with the decision that gave it another type."""
    if act.type == type_of(judged.told):
        return replace(judged, event=event)
    for decision in reversed(verdicts_on(connection, "act", judged.record)):
        if decision.verb != "reject" and decision.detail["record"]["type"] == act.type:
            connection.execute(
                "INSERT OR REPLACE INTO placed (act, decision, event) VALUES (?, ?, ?)",
                (judged.record, decision.key, event),
            )
            break
    return judged


def is_empty(connection: sqlite3.Connection, event: int) -> bool:
    """Return True where no act is in an event."""
    return connection.execute("SELECT 1 FROM act WHERE event = ? LIMIT 1", (event,)).fetchone() is None


def placements(connection: sqlite3.Connection, act: int, type_: str) -> list[int]:
    """Return the events that standing decisions put an act into while it is of a type, the latest first."""
    rows = connection.execute(
        """SELECT placed.event FROM placed JOIN decision ON decision.key = placed.decision
           WHERE placed.act = ? AND undone IS NULL
           AND CASE kind WHEN 'event' THEN type ELSE json_extract(detail, '$.record.type') END = ?
           ORDER BY placed.decision DESC""",
        (act, type_),
    )
    return [event for (event,) in rows]


def _report(connection: sqlite3.Connection, report: int) -> tuple[str, str | None]:
    text, published = connection.execute(
        "SELECT text, published FROM report WHERE key = ?", (report,)
    ).fetchone()
    return str(text), published


def _ordinal(connection: sqlite3.Connection, judged: Judged) -> int:
    """The record's place among its report's acts, or the next one where that is taken."""
    taken = connection.execute(
        "SELECT 1 FROM act WHERE report = ? AND ordinal = ?", (judged.report, judged.ordinal)
    ).fetchone()
    if judged.ordinal is not None and taken is None:
        return judged.ordinal
    (free,) = connection.execute(
        "SELECT coalesce(max(ordinal), -1) + 1 FROM act WHERE report = ?", (judged.report,)
    ).fetchone()
    return int(free)
