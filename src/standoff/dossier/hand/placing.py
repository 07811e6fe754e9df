"""Events merged and split by people: which event a person put each act into.

A merge pins every act of the events together, a split pins the acts on either side; the latest standing decision on an
act counts. Acts that come in later join either event by the program's own rules, and the program never unites what a
person has split.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from standoff.dossier.hand.decision import Decision
from standoff.dossier.hand.effects import settle
from standoff.dossier.hand.judged import bind
from standoff.dossier.store import new_number
from standoff.errors import UsageError


def acts_of(connection: sqlite3.Connection, event: int) -> list[int]:
    """Return the acts of an event; raises UsageError where there is none of this number."""
    acts = [
        key for (key,) in connection.execute("SELECT key FROM act WHERE event = ? ORDER BY key", (event,))
    ]
    if not acts:
        raise UsageError(f"There is no event {event}; `standoff timeline --format json` gives their numbers.")
    return acts


def merging_of(connection: sqlite3.Connection, events: Sequence[int]) -> tuple[int, str, dict[str, Any]]:
    """Return the event that is kept, the type of all of them, and what the decision holds: which act goes into which
    event.
    """
    wanted = list(dict.fromkeys(events))
    if len(wanted) < 2:
        raise UsageError("Name at least two different events to merge.")
    held = {event: acts_of(connection, event) for event in wanted}
    marks = ", ".join("?" * len(wanted))
    types = [
        t for (t,) in connection.execute(f"SELECT DISTINCT type FROM event WHERE key IN ({marks})", wanted)
    ]
    if len(types) > 1:
        raise UsageError(
            f"Events of different types ({', '.join(sorted(types))}) cannot be one; correct the type of the acts first."
        )
    kept = wanted[0]
    return (
        kept,
        types[0],
        {"events": wanted, "acts": {str(kept): [act for acts in held.values() for act in acts]}},
    )


def splitting_of(
    connection: sqlite3.Connection, event: int, acts: Sequence[int]
) -> tuple[str, dict[str, Any]]:
    """Return the type of an event, and what the decision to split acts off it holds; their new event gets its number
    here.
    """
    held = acts_of(connection, event)
    gone = sorted(set(acts))
    strange = [act for act in gone if act not in held]
    if strange:
        raise UsageError(
            f"Act {strange[0]} is not one of event {event}: its acts are {', '.join(map(str, held))}."
        )
    left = [act for act in held if act not in gone]
    if not gone or not left:
        raise UsageError(f"Name some of the acts of event {event} to split off, and leave at least one.")
    new = new_number(connection, "event")
    (type_,) = connection.execute("SELECT type FROM event WHERE key = ?", (event,)).fetchone()
    return type_, {"event": new, "acts": {str(new): gone, str(event): left}}


def place(connection: sqlite3.Connection, decision: Decision) -> None:
    """Put the acts of a merge or split where it says, unless a later decision says otherwise."""
    for event, acts in decision.detail["acts"].items():
        for act in acts:
            bind(connection, "act", act)
            connection.execute(
                "INSERT OR IGNORE INTO placed (act, decision, event) VALUES (?, ?, ?)",
                (act, decision.key, int(event)),
            )
    settle_placed(connection, decision.key)


def settle_placed(connection: sqlite3.Connection, decision: int) -> None:
    """Let the acts that a merge or split is about stand where the standing decisions put them."""
    acts = connection.execute(
        "SELECT act FROM placed WHERE decision = ? ORDER BY act", (decision,)
    ).fetchall()
    settle(connection, "act", [act for (act,) in acts])
