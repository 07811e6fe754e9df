"""What people call an actor whose code is known: the table of actors read the other way."""

from __future__ import annotations

from functools import cache

from standoff.coding.actors.table import own_rows

NAMING_KINDS = frozenset({"state", "organisation", "group", "bloc", "party"})
"""The kinds of rows that name an actor itself, not somebody who acts for it."""

PARTS: dict[str, str] = {
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
def _names() -> dict[str, str]:
    """Return code to name: the first row that is a proper name ("UN", not "world body")."""
    found: dict[str, str] = {}
    for row in own_rows():
        if row.kind in NAMING_KINDS and len(row.codes) == 1 and not row.name.islower():
            found.setdefault(row.codes[0], row.name)
    return found


def called(code: str) -> str | None:
    """Return what the table calls the actor with exactly this code; None where it names none."""
    return _names().get(code)


def part_of(code: str) -> tuple[str, str] | None:
    """Return a state's code and the words for the part of it that a code means: ("UKR", "rebels")."""
    whole, _, part = code.rpartition("-")
    return (whole, PARTS[part]) if whole and part in PARTS else None
