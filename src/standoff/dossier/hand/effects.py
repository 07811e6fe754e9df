"""Decisions written into the tables that the views read: `act`, `statement`, `event` hold what stands.

Every function is part of the caller's transaction. A record is written anew only where something of it changed, so that
an acceptance costs next to nothing however large the dossier.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from standoff.dossier import adding, events
from standoff.dossier.hand.actor_names import shown_act
from standoff.dossier.hand.decision import verdicts_on
from standoff.dossier.hand.following import follow
from standoff.dossier.hand.form import RecordKind
from standoff.dossier.hand.issue_names import issue_by_hand, sweep_issues
from standoff.dossier.hand.judged import Judged, coded, is_kept, load, shown, stands, store
from standoff.dossier.merging import Telling
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
            judged = replace(judged, told=judged.latest)
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
    before: object = None
    left: int | None = None
    if judged.present:
        _, before, left, _ = coded(connection, "act", judged.record)
    touched = set() if left is None else {left}
    if not there:
        connection.execute("DELETE FROM act WHERE key = ?", (judged.record,))
        store(connection, replace(judged, present=False))
        return touched
    retyped = isinstance(before, Act) and before.type != act.type
    event = _event_of(connection, judged, act, retold_counts=not retyped)
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
        elif left is not None and not retyped and is_empty(connection, left):
            event = left
        else:
            event = events.new_event(connection, act)
        told = isinstance(judged.told, Act) and judged.told.type == act.type
        judged = replace(judged, event=event) if told else replace(judged, retold=event)
    elif connection.execute("SELECT 1 FROM event WHERE key = ?", (event,)).fetchone() is None:
        events.insert_event(connection, event, act)
    ordinal = _ordinal(connection, judged)
    adding.insert_act(connection, judged.report, ordinal, event, issue, act, text, judged.record)
    events.remember_keys(connection, event, telling)
    store(connection, replace(judged, ordinal=ordinal, present=True))
    return touched | {event}


def _event_of(connection: sqlite3.Connection, judged: Judged, act: Act, *, retold_counts: bool) -> int | None:
    """The event that an act belongs to: where a person last put it, else where the program did; None for one that is to
    be looked for, because its type was corrected and no event of the old type can hold it.
    """
    assert isinstance(judged.told, Act)
    wanted = placements(connection, judged.record)
    program = judged.event if act.type == judged.told.type else judged.retold if retold_counts else None
    if program is not None:
        wanted.append(program)
    for event in wanted:
        other = connection.execute(
            "SELECT type FROM act WHERE event = ? AND key <> ? LIMIT 1", (event, judged.record)
        ).fetchone()
        if other is None or other[0] == act.type:
            return event
    return None


def is_empty(connection: sqlite3.Connection, event: int) -> bool:
    """Return True where no act is in an event."""
    return connection.execute("SELECT 1 FROM act WHERE event = ? LIMIT 1", (event,)).fetchone() is None


def placements(connection: sqlite3.Connection, act: int) -> list[int]:
    """Return the events that standing merges and splits put an act into, the latest first."""
    rows = connection.execute(
        """SELECT placed.event FROM placed JOIN decision ON decision.key = placed.decision
           WHERE placed.act = ? AND undone IS NULL ORDER BY placed.decision DESC""",
        (act,),
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
