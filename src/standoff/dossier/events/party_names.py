"""The words that only name a party: "Russia", "Russian", "Moscow", "Kremlin" for RUS.

Who acts is compared by actor codes; the same names in two passages say nothing about what is done.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

from standoff.dossier.events.words import term, words_of

_KINDS = frozenset({"state", "demonym", "capital", "seat", "organisation", "group", "bloc"})


@lru_cache(maxsize=1)
def _by_code() -> dict[str, frozenset[str]]:
    table = resources.files("standoff.coding.actors").joinpath("actors.csv")
    found: dict[str, set[str]] = {}
    with table.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            words = words_of(row["name"])
            if row["kind"] in _KINDS and len(words) == 1:
                for code in row["code"].split():
                    found.setdefault(code.split("-")[0], set()).add(term(words[0]))
    return {code: frozenset(terms) for code, terms in found.items()}


def names_of(codes: Iterable[str]) -> frozenset[str]:
    """Return the terms that name the actors with these codes, or the states that they are parties of."""
    found: set[str] = set()
    for code in codes:
        base = code.split("-")[0]
        found |= _by_code().get(base, frozenset()) | {term(base)}
    return frozenset(found)
