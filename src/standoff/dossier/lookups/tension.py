"""How tense it is, week by week: sums of conflict and cooperation of all, of an actor, of a dyad.

The weights of the types are in the manner of Goldstein (1992, "A conflict-cooperation scale for WEIS
events data"), -10 for armed force to +10, set for PLOVER's types in `goldstein.csv`.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from importlib import resources

from standoff.dossier.days import Days, days_of, week_of


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Return the weight of each type, -10 to +10."""
    with resources.files(__package__).joinpath("goldstein.csv").open(encoding="utf-8") as file:
        return {row["type"]: float(row["weight"]) for row in csv.DictReader(file)}


def days_of_week(week: str) -> Days:
    """Return the days of an ISO week as `week_of` writes it."""
    monday = date.fromisocalendar(int(week[:4]), int(week[6:]), 1).toordinal()
    return Days(monday, monday + 6)


def week_bounds(since: str | None, until: str | None) -> tuple[str, str]:
    """Return the first and last week that a stretch of ISO dates touches; open ends take in all."""
    first, last = days_of(since), days_of(until)
    return week_of(first.first) if first else "", week_of(last.last) if last else "~"


def in_weeks(first: int, last: int) -> bool:
    """Return True for days that tell the week: a day, or an interval of at most seven."""
    return last - first <= 6


def count(
    connection: sqlite3.Connection, facets: Iterable[int], first: int, last: int, type_: str, sign: int
) -> None:
    """Let an event of these days count in its week under its facets (`sign` 1), or no longer (-1).

    Part of the caller's transaction.
    """
    if not in_weeks(first, last):
        return
    week, weight = week_of(first), weights()[type_]
    rows = [(facet, week, sign * (weight < 0), sign * (weight > 0), sign * weight) for facet in facets]
    connection.executemany(
        """INSERT INTO week VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
           conflict = conflict + excluded.conflict, cooperation = cooperation + excluded.cooperation,
           weight = weight + excluded.weight""",
        rows,
    )
    if sign < 0:
        connection.executemany(
            "DELETE FROM week WHERE facet = ? AND week = ? AND conflict = 0 AND cooperation = 0",
            [row[:2] for row in rows],
        )
