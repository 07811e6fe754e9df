"""Actors by name: people type "Russia", the dossier knows RUS."""

from __future__ import annotations

import re
from functools import cache

from standoff.brief.names import actor_name
from standoff.coding.actors.called import NAMING_KINDS
from standoff.coding.actors.table import own_rows

_TYPED_KINDS = NAMING_KINDS | {"demonym", "capital"}


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in own_rows():
        if row.kind in _TYPED_KINDS and len(row.codes) == 1:
            found.setdefault(row.name.casefold(), row.codes[0])
    return found


def code_of(typed: str) -> str:
    """Return the code of an actor that was typed as a code or a name; what is neither stays as it is."""
    return _codes().get(typed.strip().casefold(), typed.strip())


def is_dyad(dyad: str) -> bool:
    """Return True for two codes with a colon between them; a code may be anything, and not each can be in a dyad."""
    return re.fullmatch(r"[^\s:>]+:[^\s:>]+", dyad) is not None


def dyad_words(dyad: str) -> str:
    """Return a dyad for people: "Russia → Ukraine", "Russia ↔ Ukraine"."""
    for sign, arrow in ((">", "→"), (":", "↔")):
        one, found, other = dyad.partition(sign)
        if found:
            return f"{actor_name(one.strip().upper())} {arrow} {actor_name(other.strip().upper())}"
    return dyad
