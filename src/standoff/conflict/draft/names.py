"""Names of actors for people, from the coder's own table of actors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from standoff.coding.actors.table import ActorTable

_NAMING_KINDS = frozenset({"state", "organisation", "group", "bloc", "party"})
_PARTS = {
    "OPP": "opposition", "REB": "rebels", "LEG": "legislature", "MIL": "military", "CIV": "civilians",
    "BUS": "companies", "MIN": "minority",
}  # fmt: skip
_WITH_ARTICLE = frozenset({"USA", "WEST", "EU", "UN", "GBR", "ARE", "NLD", "PHL"})


@cache
def _table() -> dict[str, str]:
    names: dict[str, str] = {}
    for row in ActorTable.load().rows:
        if row.kind not in _NAMING_KINDS or len(row.codes) != 1:
            continue
        (code,) = row.codes
        if row.name == code and row.kind != "state":
            names[code] = code
        elif row.name[:1].isupper() and not row.name.isupper():
            names.setdefault(code, row.name)
    return names


@cache
def actor_name(code: str) -> str:
    """Return the name of an actor: "Russia", "Ukrainian rebels" as "Ukraine's rebels"; else the code."""
    whole, _, part = code.rpartition("-")
    if whole and part in _PARTS:
        return f"{actor_name(whole)}'s {_PARTS[part]}"
    return _table().get(code) or code


def spoken(code: str) -> str:
    """Return the name as it stands inside a sentence: "the United States"."""
    name = actor_name(code)
    return f"the {name}" if code in _WITH_ARTICLE and not name.lower().startswith("the ") else name


def listed(words: Sequence[str], most: int = 0) -> str:
    """Return words as "a, b and c"; with `most`, the rest as a number."""
    if most and len(words) > most:
        words = [*words[:most], f"{len(words) - most} more"]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
