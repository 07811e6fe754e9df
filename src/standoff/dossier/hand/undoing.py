"""Taking a decision back, or bringing it back: it is marked, and whatever it was about is settled anew."""

from __future__ import annotations

import sqlite3

from standoff.dossier.hand import decision as decisions
from standoff.dossier.hand.actor_names import settle_actors
from standoff.dossier.hand.decision import VERDICTS, Decision
from standoff.dossier.hand.effects import settle
from standoff.dossier.hand.issue_names import settle_label, settle_names, sweep_issues
from standoff.dossier.hand.placing import settle_placed
from standoff.dossier.hand.verdicts import settle_verdict
from standoff.errors import UsageError


def to_undo(connection: sqlite3.Connection, author: str, key: int | None) -> Decision:
    """Return the decision that a person takes back; raises UsageError where it is not theirs or does not stand."""
    if key is None:
        own = decisions.where(
            connection, "author = ? AND undone IS NULL AND verb <> 'undo'", [author], "key DESC LIMIT 1"
        )
        for decision in own:
            return decision
        raise UsageError(f"{author} has no decision that could be undone.")
    decision = decisions.by_key(connection, key)
    if decision.author != author:
        raise UsageError(
            f"Decision {key} is {decision.author}'s, who alone can undo it; decide otherwise under your own name."
        )
    if not decision.stands:
        raise UsageError(
            f"Decision {key} was undone already; undo decision {decision.undone} to bring it back."
        )
    if decision.verb == "undo" and decisions.by_key(connection, decision.target or 0).verb == "undo":
        raise UsageError(
            f"Decision {key} brought an earlier one back; undo that one (`standoff decisions` gives its number)."
        )
    return decision


def take_back(connection: sqlite3.Connection, undo: Decision, undone: Decision) -> None:
    """Mark a decision as undone and settle what it was about; part of the caller's transaction.

    Undoing an undo lets the decision that it took back stand again.
    """
    connection.execute("UPDATE decision SET undone = ? WHERE key = ?", (undo.key, undone.key))
    if undone.verb == "undo":
        assert undone.target is not None
        connection.execute("UPDATE decision SET undone = NULL WHERE key = ?", (undone.target,))
        undone = decisions.by_key(connection, undone.target)
    settle_decision(connection, undone)


def settle_decision(connection: sqlite3.Connection, decision: Decision) -> None:
    """Let the tables follow from the standing decisions on whatever a decision is about."""
    target = decision.target
    if decision.kind == "actor" and decision.verb != "annotate":
        settle_actors(connection)
    elif decision.verb in VERDICTS:
        assert target is not None
        assert decision.kind in ("act", "statement")
        settle_verdict(connection, decision.kind, target, decision.author)
        settle(connection, decision.kind, [target])
    elif decision.kind == "event" and decision.verb in ("merge", "split"):
        settle_placed(connection, decision.key)
    elif decision.kind == "issue" and decision.verb == "merge":
        settle_names(connection, decision.detail["names"])
    elif decision.kind == "issue" and decision.verb == "rename":
        assert target is not None
        settle_label(connection, target)
    sweep_issues(connection)
