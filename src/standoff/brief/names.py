"""Names of actors for people, from the coder's own table of actors."""

from __future__ import annotations

from functools import cache

from standoff.brief.safety import plain
from standoff.coding.actors.table import ActorTable

_NAMING_KINDS = frozenset({"state", "organisation", "group", "bloc", "party"})

ROLE_WORDS: dict[str, str] = {
    "OPP": "opposition",
    "REB": "rebels",
    "LEG": "legislature",
    "MIL": "military on its own",
    "CIV": "civilians",
    "BUS": "companies",
    "MIN": "minority",
}
"""The part inside a state that the suffix of a code names (codebook, section 3)."""


@cache
def _table() -> dict[str, str]:
    names: dict[str, str] = {}
    for row in ActorTable.load().rows:
        if row.kind in _NAMING_KINDS and len(row.codes) == 1:
            names.setdefault(row.codes[0], row.name)
    return names


def actor_name(code: str) -> str:
    """Return the name of an actor: "Russia", "Ukraine (rebels)"; the code itself where the table has none."""
    whole, _, part = code.rpartition("-")
    if whole and part in ROLE_WORDS:
        return f"{actor_name(whole)} ({ROLE_WORDS[part]})"
    return _table().get(code) or plain(code)


def actor_names(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of several actors."""
    return tuple(actor_name(code) for code in codes)
