"""Positions in words, for the notes of changes: "RUS demands of NATO: ..."."""

from __future__ import annotations

from standoff.records import PositionEntry

VERBS = {
    "demand": "demands",
    "refusal": "refuses",
    "offer": "offers",
    "acceptance": "accepts",
    "promise": "promises",
    "threat": "threatens",
    "concession": "concedes",
    "support": "supports",
    "accusation": "accuses",
}
_LONGEST = 160


def says(actor: str, entry: PositionEntry) -> str:
    """Return who says what to whom: "RUS demands of NATO: withdraw from Poland (if ...)"."""
    to = ""
    if entry.target:
        to = f"{' of' if entry.kind == 'demand' else ' to' if entry.kind in _TO else ''} {', '.join(entry.target)}"
    condition = f" ({short(entry.condition)})" if entry.condition else ""
    return f"{actor} {VERBS[entry.kind]}{to}: {short(entry.content)}{condition}"


_TO = frozenset({"offer", "promise", "concession"})


def short(text: str) -> str:
    """Return a text as one line that is not too long, without its full stop."""
    plain = " ".join(text.split()).rstrip(".")
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"
