"""A decision in a sentence, for lists and confirmations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from standoff.dossier.hand.decision import Decision

_LONGEST = 60
_PAST = {
    "accept": "accepted",
    "reject": "rejected",
    "correct": "corrected",
    "annotate": "noted on",
    "merge": "merged",
    "split": "split",
    "rename": "renamed",
    "undo": "undid",
}


def in_words(decision: Decision) -> str:
    """Return what was decided, without who and when: "corrected act 12 (type REJECT; target UKR, NATO)"."""
    verb, detail = _PAST[decision.verb], decision.detail
    if decision.kind == "decision" and decision.verb == "undo":
        return f"undid decision {decision.target}"
    if decision.kind == "event" and decision.verb == "merge":
        gone = [number for number in detail["events"] if number != decision.target]
        return f"merged event {_list(gone)} into event {decision.target}"
    if decision.kind == "event" and decision.verb == "split":
        acts = detail["acts"][str(detail["event"])]
        return f"split act {_list(acts)} off event {decision.target} as event {detail['event']}"
    if decision.kind == "issue" and decision.verb == "rename":
        return f"renamed issue {detail['before']!r} to {detail['to']!r}"
    if decision.kind == "issue" and decision.verb == "merge":
        return f"merged issue {_list([repr(label) for label in detail['labels']])} into {detail['label']!r}"
    if decision.kind == "actor" and decision.verb in ("rename", "merge"):
        return f"{verb} actor {_list(detail['codes'])} {'to' if decision.verb == 'rename' else 'into'} {detail['to']}"
    named = decision.code if decision.kind == "actor" else decision.target
    if decision.verb == "correct":
        return f"corrected {decision.kind} {named} ({changes_in_words(detail['changes'])})"
    return f"{verb} {decision.kind} {named}"


def changes_in_words(changes: Mapping[str, Any]) -> str:
    """Return what a correction changed: "type REJECT; target UKR, NATO; condition none"."""
    return "; ".join(f"{name} {_value(value)}" for name, value in changes.items())


def _value(value: Any) -> str:
    if value is None or value in ([], ""):
        return "none"
    if isinstance(value, list) and all(isinstance(item, int) for item in value):
        return f"{value[0]}–{value[1]}"
    if isinstance(value, list):
        return ", ".join(_value(item) for item in value)
    text = str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _list(items: Sequence[Any]) -> str:
    return ", ".join(map(str, items))
