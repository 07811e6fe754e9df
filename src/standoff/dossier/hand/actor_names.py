"""Actors renamed and merged by people: a code as the coder gives it, and the code that is shown.

Renames are followed in the order in which they were made: what is renamed A to B and then B to C is shown as C.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from standoff.dossier.events import events
from standoff.dossier.hand import decision as decisions
from standoff.dossier.hand.following import follow
from standoff.records import Act, Statement

Kind = Literal["act", "statement"]


def shown_codes(connection: sqlite3.Connection, codes: Sequence[str]) -> tuple[str, ...]:
    """Return actor codes as they are shown: renamed, each once, in their order."""
    found: dict[str, None] = {}
    for code in codes:
        row = connection.execute("SELECT shown FROM actor_name WHERE code = ?", (code,)).fetchone()
        found[row[0] if row else code] = None
    return tuple(found) if len(found) < len(codes) or list(found) != list(codes) else tuple(codes)


def shown_act(connection: sqlite3.Connection, act: Act) -> Act:
    """Return an act with its actors as they are shown."""
    return replace(
        act,
        source=shown_codes(connection, act.source),
        target=shown_codes(connection, act.target),
        attribution=shown_codes(connection, act.attribution),
    )


def roles_of(record: Act | Statement) -> dict[str, tuple[str, ...]]:
    """Return the actor codes of a record by role; a statement has the one role "actor"."""
    if isinstance(record, Act):
        return {"source": record.source, "target": record.target, "attribution": record.attribution}
    return {"actor": record.actor}


def write_actors(
    connection: sqlite3.Connection, kind: Kind, record: int, coded: dict[str, tuple[str, ...]]
) -> None:
    """Write the actors of a new record as they are shown, and keep the coder's codes where they differ."""
    shown = {role: shown_codes(connection, codes) for role, codes in coded.items()}
    if kind == "act":
        connection.executemany(
            "INSERT INTO act_actor (act, role, ordinal, actor) VALUES (?, ?, ?, ?)",
            [(record, role, at, code) for role, codes in shown.items() for at, code in enumerate(codes)],
        )
    else:
        connection.executemany(
            "INSERT INTO statement_actor (statement, ordinal, actor) VALUES (?, ?, ?)",
            [(record, at, code) for at, code in enumerate(shown["actor"])],
        )
    if shown != coded:
        connection.execute(
            "INSERT OR REPLACE INTO coded_actor VALUES (?, ?, ?)", (kind, record, json.dumps(coded))
        )


def settle_actors(connection: sqlite3.Connection) -> None:
    """Let every record show its actors as the standing renames say; events follow."""
    before = dict(connection.execute("SELECT code, shown FROM actor_name"))
    after = followed(connection)
    changed = {code for code in (*before, *after) if before.get(code) != after.get(code)}
    connection.execute("DELETE FROM actor_name")
    connection.executemany("INSERT INTO actor_name VALUES (?, ?)", sorted(after.items()))
    seen = sorted({before.get(code, code) for code in changed})
    touched: set[int] = set()
    for record, coded in _records(connection, "act", seen):
        connection.execute("DELETE FROM act_actor WHERE act = ?", (record,))
        connection.execute("DELETE FROM coded_actor WHERE kind = 'act' AND record = ?", (record,))
        write_actors(connection, "act", record, coded)
        touched.add(connection.execute("SELECT event FROM act WHERE key = ?", (record,)).fetchone()[0])
    for record, coded in _records(connection, "statement", seen):
        connection.execute("DELETE FROM statement_actor WHERE statement = ?", (record,))
        connection.execute("DELETE FROM coded_actor WHERE kind = 'statement' AND record = ?", (record,))
        write_actors(connection, "statement", record, coded)
    for event in sorted(touched):
        for telling in events.tellings_of(connection, event):
            events.remember_keys(connection, event, telling)
    follow(connection, touched)


def followed(connection: sqlite3.Connection) -> dict[str, str]:
    """What each renamed code is shown as, after all standing renames in their order."""
    steps = [
        (code, str(decision.detail["to"]))
        for decision in decisions.where(
            connection, "kind = 'actor' AND verb IN ('rename', 'merge') AND undone IS NULL", []
        )
        for code in decision.detail["codes"]
    ]
    found: dict[str, str] = {}
    for start in {code for code, _ in steps}:
        shown = start
        for code, to in steps:
            if shown == code:
                shown = to
        if shown != start:
            found[start] = shown
    return found


def _records(
    connection: sqlite3.Connection, kind: Kind, seen: Iterable[str]
) -> list[tuple[int, dict[str, tuple[str, ...]]]]:
    """The records that show one of these codes, each with the coder's own codes."""
    found: dict[int, dict[str, tuple[str, ...]]] = {}
    for code in seen:
        rows = connection.execute(
            f"SELECT DISTINCT {kind} FROM {kind}_actor WHERE actor = ?", (code,)
        ).fetchall()
        for (record,) in rows:
            found[record] = coded_roles(connection, kind, record)
    return sorted(found.items())


def coded_roles(
    connection: sqlite3.Connection, kind: Kind, record: int, *, shown: bool = False
) -> dict[str, tuple[str, ...]]:
    """Return the actor codes of a record by role, as they were before actors were renamed, or as they are shown."""
    kept = connection.execute(
        "SELECT roles FROM coded_actor WHERE kind = ? AND record = ?", (kind, record)
    ).fetchone()
    if kept and not shown:
        return {role: tuple(codes) for role, codes in json.loads(kept[0]).items()}
    if kind == "statement":
        rows = connection.execute(
            "SELECT actor FROM statement_actor WHERE statement = ? ORDER BY ordinal", (record,)
        )
        return {"actor": tuple(code for (code,) in rows)}
    found: dict[str, list[str]] = {"source": [], "target": [], "attribution": []}
    for role, code in connection.execute(
        "SELECT role, actor FROM act_actor WHERE act = ? ORDER BY role, ordinal", (record,)
    ):
        found[role].append(code)
    return {role: tuple(codes) for role, codes in found.items()}
