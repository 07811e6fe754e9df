"""Prove that the tables show what the standing decisions say, and that no decision was touched."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from standoff.dossier.events.issues import canon_of
from standoff.dossier.hand import decision as decisions
from standoff.dossier.hand.actor_names import coded_roles, followed, shown_codes
from standoff.dossier.hand.decision import verdicts_on
from standoff.dossier.hand.effects import event_of
from standoff.dossier.hand.form import RecordKind
from standoff.dossier.hand.issue_names import home_of, label_wanted
from standoff.dossier.hand.judged import coded, load, shown, stands
from standoff.records import Act


def decision_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a sentence for each thing about decisions that is wrong."""
    yield from _undoing(connection)
    yield from _bindings(connection)
    yield from _verdicts(connection)
    yield from _records(connection)
    yield from _actors(connection)
    yield from _issues(connection)


def _undoing(connection: sqlite3.Connection) -> Iterator[str]:
    """A decision is undone by the standing undo that names it, of the same author, and by nothing else."""
    rows: dict[int, tuple[str, str, str, int | None, int | None]] = {
        key: rest
        for key, *rest in connection.execute(
            "SELECT key, author, verb, kind, target, undone FROM decision ORDER BY key"
        )
    }
    undoing = {
        key: (author, target)
        for key, (author, verb, _, target, undone) in rows.items()
        if verb == "undo" and undone is None
    }
    for key, (author, _, _, _, undone) in rows.items():
        by = [undo for undo, (_, target) in undoing.items() if target == key]
        if (undone is None) != (not by) or (undone is not None and undone not in by):
            yield f"Decision {key} is marked as undone otherwise than the decisions say."
        elif any(undoing[undo][0] != author for undo in by):
            yield f"Decision {key} was undone by another person than its author."


def _bindings(connection: sqlite3.Connection) -> Iterator[str]:
    """Decisions on records name a record that is kept, and a span of its report's text."""
    rows = connection.execute(
        """SELECT decision.key, judged.report IS NULL, report.sha256 IS decision.sha256,
                  decision.start >= 0 AND decision.start < decision."end" AND decision."end" <= length(report.text)
           FROM decision LEFT JOIN judged ON judged.kind = decision.kind AND record = target
           LEFT JOIN report ON report.key = judged.report WHERE decision.kind IN ('act', 'statement')"""
    )
    for key, lost, same_text, inside in rows:
        if lost:
            yield f"Decision {key} is about a record that is not kept."
        elif not same_text or not inside:
            yield f"Decision {key} does not lie in the text that it is about."
    for act, decision in connection.execute(
        "SELECT act, decision FROM placed WHERE NOT EXISTS (SELECT 1 FROM judged WHERE kind = 'act' AND record = act)"
    ):
        yield f"Decision {decision} puts act {act} into an event, but the act is not kept."


def _verdicts(connection: sqlite3.Connection) -> Iterator[str]:
    last: dict[tuple[Any, ...], tuple[int, str]] = {}
    for decision in decisions.where(
        connection, "verb IN ('accept', 'reject', 'correct') AND undone IS NULL", []
    ):
        last[decision.kind, decision.target, decision.author] = (decision.key, decision.verb)
    kept = {
        (kind, record, author): (key, verb)
        for kind, record, author, key, verb in connection.execute(
            "SELECT kind, record, author, decision, verb FROM verdict"
        )
    }
    for who in sorted({*last, *kept}):
        if last.get(who) != kept.get(who):
            yield f"The last word of {who[2]} on {who[0]} {who[1]} is not the one that is kept."


def _records(connection: sqlite3.Connection) -> Iterator[str]:
    """Every judged record is as the standing decisions say, or away where they do."""
    keys: list[tuple[RecordKind, int]] = connection.execute(
        "SELECT kind, record FROM judged ORDER BY kind, record"
    ).fetchall()
    for kind, record in keys:
        judged = load(connection, kind, record)
        assert judged is not None
        words = verdicts_on(connection, kind, record)
        there = connection.execute(f"SELECT 1 FROM {kind} WHERE key = ?", (record,)).fetchone() is not None
        if there != stands(judged, words) or there != judged.present:
            yield f"{kind.capitalize()} {record} is {'shown' if there else 'away'} against what people decided."
        elif there:
            report, now, event, _ = coded(connection, kind, record)
            if now != shown(judged, words) or report != judged.report:
                yield f"{kind.capitalize()} {record} does not read as people decided."
            elif isinstance(now, Act) and event_of(connection, judged, now) not in (None, event):
                yield f"Act {record} is in event {event} against what people decided."


def _actors(connection: sqlite3.Connection) -> Iterator[str]:
    kept = dict(connection.execute("SELECT code, shown FROM actor_name"))
    if kept != followed(connection):
        yield "The actors are not called as the standing decisions say."
    kind: RecordKind
    for kind in ("act", "statement"):
        for (code,) in connection.execute(
            f"SELECT DISTINCT actor FROM {kind}_actor WHERE actor IN (SELECT code FROM actor_name)"
        ):
            if code not in kept.values():
                yield f"The actor {code} was renamed, but some {kind} still shows it."
        rows = connection.execute("SELECT record, roles FROM coded_actor WHERE kind = ?", (kind,)).fetchall()
        for record, roles in rows:
            wanted = {role: shown_codes(connection, codes) for role, codes in json.loads(roles).items()}
            if wanted != coded_roles(connection, kind, record, shown=True):
                yield f"The actors of {kind} {record} are not shown as the standing decisions say."


def _issues(connection: sqlite3.Connection) -> Iterator[str]:
    merged = {
        canon
        for merge in decisions.where(connection, "kind = 'issue' AND verb = 'merge'", [])
        for canon in merge.detail["names"]
    }
    for canon, issue, home in connection.execute("SELECT canon, issue, home FROM issue_name").fetchall():
        own = issue if home is None else home
        if (home_of(connection, canon, own) if canon in merged else own) != issue:
            yield f"The issue name {canon!r} does not belong where the standing decisions say."
    for issue, label in connection.execute(
        """SELECT key, label FROM issue WHERE EXISTS (
               SELECT 1 FROM decision WHERE kind = 'issue' AND verb = 'rename' AND target = issue.key)"""
    ).fetchall():
        if label_wanted(connection, issue) != label:
            yield f"Issue {issue} is not called as the standing decisions say."
    names = dict(connection.execute("SELECT canon, issue FROM issue_name"))
    for issue, label in connection.execute("SELECT DISTINCT issue, issue_label FROM act"):
        if names.get(canon_of(label)) != issue:
            yield f"Some act with the label {label!r} is not of the issue that the label belongs to."
