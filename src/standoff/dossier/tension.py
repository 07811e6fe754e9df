"""How tense it is between two actors, week by week, and who acts on whom.

The weights of the types are in the manner of Goldstein (1992, "A conflict-cooperation scale for WEIS
events data"), -10 for armed force to +10, set for PLOVER's types in `goldstein.csv`.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources

from standoff.dossier.days import days_of, week_of
from standoff.records import VERBAL_TYPES, Event, TensionPoint, Tie


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Return the weight of each type, -10 to +10."""
    with resources.files(__package__).joinpath("goldstein.csv").open(encoding="utf-8") as file:
        return {row["type"]: float(row["weight"]) for row in csv.DictReader(file)}


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


def tension_of(events: Iterable[Event]) -> tuple[TensionPoint, ...]:
    """Return one point a dyad and week, by dyad and week; of events that happened and whose day is known.

    An event between several actors counts for each pair of a source and a target, or of the sources where
    it has no target (two who meet). Direction does not count.
    """
    found: dict[tuple[tuple[str, str], str], list[Event]] = {}
    for event in events:
        days = days_of(event.date)
        if event.modality != "actual" or days is None or days.last - days.first > 6:
            continue
        for dyad in sorted({(min(pair), max(pair)) for pair in pairs_of(event)}):
            found.setdefault((dyad, week_of(days.first)), []).append(event)
    return tuple(_point(dyad, week, told) for (dyad, week), told in sorted(found.items()))


def pairs_of(event: Event) -> Iterator[tuple[str, str]]:
    """Yield who acts on whom in an event; each on each where it names no target."""
    for source in event.source:
        for target in event.target or event.source:
            if source != target:
                yield source, target


def _point(dyad: tuple[str, str], week: str, events: list[Event]) -> TensionPoint:
    scores = [weights()[event.type] for event in events]
    return TensionPoint(
        dyad=dyad,
        week=week,
        conflict=sum(score < 0 for score in scores),
        cooperation=sum(score > 0 for score in scores),
        score=round(sum(scores) / len(scores), 2),
        events=tuple(event.key for event in events),
    )


def network_of(events: Iterable[Event]) -> tuple[Tie, ...]:
    """Return who acts on whom in events that happened, ties with most events first."""
    found: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        if event.modality == "actual":
            for pair in sorted(set(pairs_of(event))):
                found.setdefault(pair, []).append(event)
    ties = [_tie(source, target, told) for (source, target), told in found.items()]
    return tuple(sorted(ties, key=lambda tie: (-len(tie.events), tie.source, tie.target)))


def _tie(source: str, target: str, events: list[Event]) -> Tie:
    counts = {(conflict, words): 0 for conflict in (True, False) for words in (True, False)}
    for event in events:
        counts[weights()[event.type] < 0, event.type in VERBAL_TYPES] += 1
    return Tie(
        source=source,
        target=target,
        conflict_words=counts[True, True],
        conflict_deeds=counts[True, False],
        cooperation_words=counts[False, True],
        cooperation_deeds=counts[False, False],
        events=tuple(event.key for event in events),
    )
