"""Who acts on whom in events that happened: kept as sums over slices of the dossier.

A slice is all of it, a year, a month, a day, an outlet, an issue, or what is contested. Sums over days, months and
years give any stretch of time; see `stretch`.
"""

from __future__ import annotations

import sqlite3
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from standoff.dossier.days import iso
from standoff.dossier.loading import chunks


def pairs(source: Sequence[str], target: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield who acts on whom; each on each where there is no target (two who meet)."""
    for one in source:
        for other in target or source:
            if one != other:
                yield one, other


def members_of(
    connection: sqlite3.Connection, events: Sequence[int]
) -> dict[int, tuple[list[str], list[str]]]:
    """Return who acts and on whom it is done, by event."""
    found: dict[int, tuple[list[str], list[str]]] = {event: ([], []) for event in events}
    for chunk in chunks(events):
        rows = connection.execute(
            f"""SELECT event, role, actor FROM event_actor WHERE event IN ({", ".join("?" * len(chunk))})
                ORDER BY event, role, ordinal""",
            chunk,
        )
        for event, role, actor in rows:
            found[event][role == "target"].append(actor)
    return found


def slices(first: int, last: int, named: Iterable[tuple[str, str]], *, contested: bool) -> list[str]:
    """Return the slices that an event of these days (ordinals), outlets and issues is in."""
    found = ["", *(f"{kind} {value}" for kind, value in named)]
    if contested:
        found.append("contested")
    if first > date.max.toordinal():
        return found
    if first != last:
        return [*found, f"from {iso(first)} to {iso(last)}"]
    return [
        *found,
        *(f"{name} {iso(first)[:length]}" for name, length in (("day", 10), ("month", 7), ("year", 4))),
    ]


def count(
    connection: sqlite3.Connection,
    where: Iterable[str],
    ties: Sequence[tuple[str, str]],
    type_: int,
    sign: int,
) -> None:
    """Let an event count in its slices (`sign` 1), or no longer (-1); part of the caller's transaction."""
    add(connection, {(piece, *tie, type_): sign for piece in where for tie in ties})


def add(connection: sqlite3.Connection, numbers: Mapping[tuple[str, str, str, int], int]) -> None:
    """Add to the numbers of events by slice, source, target and type; part of the caller's transaction."""
    connection.executemany(
        """INSERT INTO tie VALUES (?, ?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET events = events + excluded.events""",
        [(*place, number) for place, number in numbers.items() if number],
    )
    connection.executemany(
        "DELETE FROM tie WHERE slice = ? AND source = ? AND target = ? AND type = ? AND events = 0",
        [place for place, number in numbers.items() if number < 0],
    )


def stretch(first: int | None, last: int | None) -> list[tuple[str, list[str]]]:
    """Return conditions over `tie` with their values, which together pick the slices of a stretch of days.

    Whole years and months are taken as such, the rest as days; events of an interval are in where it meets the stretch.
    """
    low = iso(first) if first else "0001-01-01"
    high = iso(last) if last else "9999-12-31"
    found = [("slice > 'from ' AND slice < ? AND substr(slice, 20) >= ?", [f"from {high}~", low])]
    for name, one, other in _pieces(low, high):
        if one <= other:
            found.append(("slice BETWEEN ? AND ?", [f"{name} {one}", f"{name} {other}"]))
    return found


def _pieces(low: str, high: str) -> Iterator[tuple[str, str, str]]:
    """The years, months and days, from the first to the last of each, that make a stretch; some may be empty."""
    month_from, month_to = _month_from(low), _month_to(high)
    if month_from > month_to:
        yield "day", low, high
        return
    yield "day", low, f"{month_from}-00"
    yield "day", f"{month_to}-99", high
    year_from = month_from[:4] if month_from[5:] == "01" else f"{int(month_from[:4]) + 1:04d}"
    year_to = month_to[:4] if month_to[5:] == "12" else f"{int(month_to[:4]) - 1:04d}"
    if year_from > year_to:
        yield "month", month_from, month_to
        return
    yield "month", month_from, f"{year_from}-00"
    yield "month", f"{year_to}-99", month_to
    yield "year", year_from, year_to


def _month_from(day: str) -> str:
    """The first whole month from a day on."""
    year, month = int(day[:4]), int(day[5:7])
    return day[:7] if day[8:] == "01" else f"{year + month // 12:04d}-{month % 12 + 1:02d}"


def _month_to(day: str) -> str:
    """The last whole month up to a day."""
    year, month = int(day[:4]), int(day[5:7])
    if int(day[8:]) == monthrange(year, month)[1]:
        return day[:7]
    return f"{year - (month == 1):04d}-{(month - 2) % 12 + 1:02d}"
