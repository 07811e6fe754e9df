"""How many events of what sort lie where in time: what a picture of years shows in place of single marks."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from standoff.dossier.dossier import Dossier
from standoff.dossier.lookups.postings import BACK, FORTH, NO_DAY, SOURCE
from standoff.records import ACT_TYPES, MODALITIES

Of = Literal["all", "actor", "issue", "dyad"]


class Heap(NamedTuple):
    """Events of one type and modality that begin in one stretch of days; `day` is its first (proleptic ordinal)."""

    day: int
    type: str
    modality: str
    events: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Which events are counted: types and modalities (empty: all), and whether contested ones alone."""

    types: Sequence[str] = ()
    modalities: Sequence[str] = ()
    contested: bool = False


def heaps(
    dossier: Dossier, of: Of, value: str, first: int, last: int, days: int, asked: Asked | None = None
) -> list[Heap]:
    """Return the events that begin from day `first` to day `last`, in stretches of so many `days`.

    `value` is "" for all, a code for an actor (events that it does), a label for an issue, "A>B" for a dyad (A acts
    on B).
    """
    with dossier.use() as connection:
        found = _facet(connection, of, value)
        if found is None:
            return []
        facet, way = found
        conditions, values = _conditions(asked or Asked(), way)
        rows = connection.execute(
            f"""SELECT (first - ?) / ? AS place, type, modality, count(*) FROM event_posting
                WHERE facet = ? AND first BETWEEN ? AND ? {conditions} GROUP BY place, type, modality ORDER BY place""",
            [first, days, facet, first, min(last, NO_DAY - 1), *values],
        )
        return [
            Heap(first + place * days, ACT_TYPES[type_], MODALITIES[modality], number)
            for place, type_, modality, number in rows
        ]


def _conditions(asked: Asked, way: int) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    for column, names, known in (
        ("type", asked.types, ACT_TYPES),
        ("modality", asked.modalities, MODALITIES),
    ):
        if names:
            parts.append(f"AND {column} IN ({', '.join('?' * len(names))})")
            values += [known.index(name) for name in names]
    if asked.contested:
        parts.append("AND contested = 1")
    if way:
        parts.append("AND way & ?")
        values.append(way)
    return " ".join(parts), values


def _facet(connection: sqlite3.Connection, of: Of, value: str) -> tuple[int, int] | None:
    """Return the key of a facet and the ways that count in it (0: all); None where there is no such facet."""
    way = 0
    if of == "actor":
        way = SOURCE
    elif of == "dyad":
        one, _, other = value.partition(">")
        value, way = (f"{one}:{other}", FORTH) if one < other else (f"{other}:{one}", BACK)
    elif of == "issue":
        row = connection.execute("SELECT key FROM issue WHERE label = ?", (value,)).fetchone()
        value = str(row[0]) if row else ""
    row = connection.execute("SELECT key FROM facet WHERE kind = ? AND value = ?", (of, value)).fetchone()
    return (int(row[0]), way) if row else None
