"""Issues renamed and merged by people.

Each way of naming an issue (the canon of a label) belongs to the issue that the last standing merge put it into, else to
its own. An act is of the issue that its label belongs to, so that taking a merge back brings every act home, and
acts that came in since go where their label says.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from standoff.dossier.events.issues import canon_of, issue_key
from standoff.dossier.hand import decision as decisions
from standoff.dossier.hand.following import follow
from standoff.dossier.lookups import issue_moves, summaries
from standoff.errors import UsageError


def issue_by_hand(connection: sqlite3.Connection, label: str) -> int | None:
    """Return the issue of a label; one that no report names yet is marked as made by a person."""
    canon = canon_of(label)
    if not canon:
        return None
    known = connection.execute("SELECT issue FROM issue_name WHERE canon = ?", (canon,)).fetchone()
    if known:
        return int(known[0])
    key = issue_key(connection, label)
    connection.execute("UPDATE issue SET by_hand = 1 WHERE key = ?", (key,))
    return key


def sweep_issues(connection: sqlite3.Connection) -> None:
    """Take away the issues that a person made and that no act and no decision is about any more."""
    gone = [
        key
        for (key,) in connection.execute(
            """SELECT key FROM issue WHERE by_hand = 1
               AND NOT EXISTS (SELECT 1 FROM act WHERE act.issue = issue.key)
               AND NOT EXISTS (SELECT 1 FROM event WHERE event.issue = issue.key)
               AND NOT EXISTS (SELECT 1 FROM decision WHERE kind = 'issue' AND target = issue.key)
               AND NOT EXISTS (SELECT 1 FROM issue_name
                               WHERE home = issue.key OR (issue = issue.key AND home <> issue.key))"""
        )
    ]
    for key in gone:
        connection.execute("DELETE FROM issue_name WHERE issue = ?", (key,))
        connection.execute("DELETE FROM issue WHERE key = ?", (key,))


def find_issue(connection: sqlite3.Connection, issue: int | str) -> tuple[int, str]:
    """Return number and label of an issue, given by its number or by any way of naming it.

    Raises UsageError where there is none, or where it was merged with another.
    """
    if isinstance(issue, int):
        row = connection.execute("SELECT key, label FROM issue WHERE key = ?", (issue,)).fetchone()
        if row is not None and not names_of(connection, issue):
            raise UsageError(f"The issue {row[1]!r} was merged with another; name that one.")
    else:
        row = connection.execute(
            "SELECT key, label FROM issue WHERE key = (SELECT issue FROM issue_name WHERE canon = ?)",
            (canon_of(issue),),
        ).fetchone()
    if row is None:
        raise UsageError(f"There is no issue {issue!r}; `standoff positions` shows the issues.")
    return int(row[0]), str(row[1])


def names_of(connection: sqlite3.Connection, issue: int) -> list[str]:
    """Return the ways of naming an issue, as canons."""
    rows = connection.execute("SELECT canon FROM issue_name WHERE issue = ? ORDER BY canon", (issue,))
    return [canon for (canon,) in rows]


def label_wanted(connection: sqlite3.Connection, issue: int) -> str:
    """Return what an issue that was ever renamed is to be called: as the last standing rename says."""
    renames = list(decisions.where(connection, "kind = 'issue' AND verb = 'rename' AND target = ?", [issue]))
    standing = [decision for decision in renames if decision.stands]
    return str(standing[-1].detail["to"] if standing else renames[0].detail["before"])


def home_of(connection: sqlite3.Connection, canon: str, home: int) -> int:
    """Return the issue that a way of naming belongs to: where the last standing merge put it, else its own."""
    wanted = home
    for merge in decisions.where(connection, "kind = 'issue' AND verb = 'merge' AND undone IS NULL", []):
        if canon in merge.detail["names"]:
            wanted = int(merge.target or home)
    return wanted


def settle_label(connection: sqlite3.Connection, issue: int) -> None:
    """Let an issue be called what the last standing rename says, else what the first report called it."""
    renames = list(decisions.where(connection, "kind = 'issue' AND verb = 'rename' AND target = ?", [issue]))
    standing = [decision for decision in renames if decision.stands]
    label = label_wanted(connection, issue)
    connection.execute("UPDATE issue SET label = ? WHERE key = ?", (label, issue))
    wanted = {canon_of(str(decision.detail["to"])) for decision in standing}
    added = {canon_of(str(decision.detail["to"])) for decision in renames if decision.detail["new_name"]}
    for canon in added & wanted:
        connection.execute("INSERT OR IGNORE INTO issue_name (canon, issue) VALUES (?, ?)", (canon, issue))
    settle_names(connection, sorted(added & wanted))
    for canon in added - wanted - _told(connection, issue):
        connection.execute(
            "DELETE FROM issue_name WHERE canon = ? AND coalesce(home, issue) = ?", (canon, issue)
        )


def _told(connection: sqlite3.Connection, issue: int) -> set[str]:
    rows = connection.execute("SELECT DISTINCT issue_label FROM act WHERE issue = ?", (issue,))
    return {canon_of(label) for (label,) in rows}


def settle_names(connection: sqlite3.Connection, canons: Iterable[str]) -> None:
    """Let ways of naming an issue belong where the standing merges say, and acts and events follow."""
    left: set[int] = set()
    for canon in canons:
        row = connection.execute("SELECT issue, home FROM issue_name WHERE canon = ?", (canon,)).fetchone()
        if row is None:
            continue
        now, home = row[0], row[1] if row[1] is not None else row[0]
        wanted = home_of(connection, canon, home)
        connection.execute(
            "UPDATE issue_name SET issue = ?, home = ? WHERE canon = ?",
            (wanted, None if wanted == home else home, canon),
        )
        if wanted != now:
            left.add(now)
    summaries.freshen(connection)
    moved: dict[int, int] = {}
    for issue in sorted(left):
        moved.update((act, issue) for act in _moved(connection, issue))
    follow(connection, issue_moves.follow(connection, moved))


def _moved(connection: sqlite3.Connection, issue: int) -> list[int]:
    """Let the acts of an issue go where their labels belong now; return them."""
    gone: list[int] = []
    labels = connection.execute("SELECT DISTINCT issue_label FROM act WHERE issue = ?", (issue,)).fetchall()
    for (label,) in labels:
        row = connection.execute(
            "SELECT issue FROM issue_name WHERE canon = ?", (canon_of(label),)
        ).fetchone()
        if row and row[0] != issue:
            of_label = "issue = ? AND issue_label = ?"
            rows = connection.execute(f"SELECT key FROM act WHERE {of_label}", (issue, label))
            gone += [act for (act,) in rows]
            connection.execute(f"UPDATE act SET issue = ? WHERE {of_label}", (row[0], issue, label))
    return gone
