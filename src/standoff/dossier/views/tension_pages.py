"""Pages of tension: one point a dyad and week, by dyad and week."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from standoff.dossier.days import Days, week_of
from standoff.dossier.lookups.network import members_of, pairs
from standoff.dossier.lookups.postings import LEADING, NO_DAY, dyad_of
from standoff.dossier.lookups.tension import days_of_week, in_weeks, weights
from standoff.dossier.views.filters import Filters
from standoff.dossier.views.paging import USUAL, Page, mark_of, place_of
from standoff.dossier.views.sought import Sought, only_actual, sought
from standoff.dossier.views.walking import events_sought, joined, probes
from standoff.records import ACT_TYPES, MODALITIES, TensionPoint

_FEW = 5_000
"""How many events are added up at once."""
_NAMED = 12
"""How many events a point names."""
_ACTUAL = MODALITIES.index("actual")


class _Sum(NamedTuple):
    dyad: str
    week: str
    conflict: int
    cooperation: int
    weight: float


class _Dyad(NamedTuple):
    key: int
    value: str


def page_of(
    connection: sqlite3.Connection, filters: Filters, limit: int = USUAL, after: str | None = None
) -> Page[TensionPoint]:
    """Return a page of points: of events that happened, in weeks that are known. Direction does not count."""
    asked = sought(connection, "events", filters)
    if asked.nothing or not only_actual(asked):
        return Page((), 0, True, None)
    place = place_of(after, int, int, str, str)
    dyads = [dyad for dyad in _dyads(connection, asked) if not place or dyad.value >= place[2]]
    total, exact, points = _points(connection, asked, dyads, (place[2], place[3]) if place else ("", ""))
    if place:
        total, exact = place[0], bool(place[1])
    found = list(islice(points, limit + 1))
    more = len(found) > limit
    shown = found[:limit]
    mark = mark_of((total, int(exact), shown[-1].dyad, shown[-1].week)) if more else None
    keys = {dyad.value: dyad.key for dyad in dyads}
    conditions = probes(connection, asked, "p")
    items = tuple(_point(connection, one, keys[one.dyad], conditions) for one in shown)
    return Page(items, total, exact, mark)


def _dyads(connection: sqlite3.Connection, asked: Sought) -> list[_Dyad]:
    """The dyads that may have a point, in the order of letters."""
    rows = connection.execute(
        "SELECT key, value FROM facet WHERE kind = 'dyad' AND events > 0 ORDER BY value"
    )
    found = [_Dyad(*row) for row in rows]
    actor, dyad = asked.facet("actor"), asked.facet("dyad")
    if actor:
        found = [one for one in found if set(one.value.split(":")) & set(actor.values)]
    if dyad:
        found = [one for one in found if one.value in dyad.values]
    return found


def _points(
    connection: sqlite3.Connection, asked: Sought, dyads: list[_Dyad], after: tuple[str, str]
) -> tuple[int, bool, Iterator[_Sum]]:
    """How many points there are, whether that is exact, and those after a place in their order."""
    simple = not asked.within and all(facet.kind in ("actor", "dyad") for facet in asked.facets)
    held = {dyad.value for dyad in dyads}
    events = None if simple else events_sought(connection, asked, _FEW)
    if events is None:
        number = 0 if after[0] else _number(connection, asked, held)
        road = (
            _from_weeks(connection, dyads, after)
            if simple
            else _from_postings(connection, asked, dyads, after)
        )
        return number, simple, road
    sums = _added_up(connection, events, held)
    return len(sums), True, (one for one in sums if (one.dyad, one.week) > after)


def _number(connection: sqlite3.Connection, asked: Sought, dyads: set[str]) -> int:
    """How many weeks of these dyads there are in the days asked for, whatever else is asked."""
    low = week_of(asked.first) if asked.first else ""
    high = week_of(min(asked.last, NO_DAY - 1)) if asked.last else "~"
    rows = connection.execute(
        """SELECT value, count(*) FROM facet JOIN week ON week.facet = facet.key
           WHERE kind = 'dyad' AND week BETWEEN ? AND ? GROUP BY facet.key""",
        (low, high),
    )
    return sum(number for value, number in rows if value in dyads)


def _from_weeks(connection: sqlite3.Connection, dyads: list[_Dyad], after: tuple[str, str]) -> Iterator[_Sum]:
    for key, value in dyads:
        rows = connection.execute(
            "SELECT week, conflict, cooperation, weight FROM week WHERE facet = ? AND week > ? ORDER BY week",
            (key, after[1] if value == after[0] else ""),
        )
        for row in rows:
            yield _Sum(value, *row)


def _from_postings(
    connection: sqlite3.Connection, asked: Sought, dyads: list[_Dyad], after: tuple[str, str]
) -> Iterator[_Sum]:
    sql, values = joined(
        [
            ("p.facet = ? AND p.first > ? AND p.way & ? AND p.modality = ? AND p.last - p.first <= 6", []),
            *probes(connection, asked, "p"),
        ]
    )
    for key, value in dyads:
        start = days_of_week(after[1]).last if value == after[0] else 0
        rows = connection.execute(
            f"SELECT p.type, p.first FROM event_posting AS p {sql} ORDER BY p.first, p.last, p.event",
            [key, start, LEADING, _ACTUAL, *values],
        )
        week, types = "", list[int]()
        for type_, first in rows:
            if week_of(first) != week:
                if types:
                    yield _sum(value, week, types)
                week, types = week_of(first), []
            types.append(type_)
        if types:
            yield _sum(value, week, types)


def _added_up(
    connection: sqlite3.Connection, events: list[tuple[int, int, int, int]], dyads: set[str]
) -> list[_Sum]:
    members = members_of(connection, [event for event, *_ in events])
    found: dict[tuple[str, str], list[int]] = {}
    for event, type_, first, last in events:
        if first == NO_DAY or not in_weeks(first, last):
            continue
        for dyad in {dyad_of(*pair) for pair in pairs(*members[event])} & dyads:
            found.setdefault((dyad, week_of(first)), []).append(type_)
    return [_sum(dyad, week, types) for (dyad, week), types in sorted(found.items())]


def _sum(dyad: str, week: str, types: list[int]) -> _Sum:
    weighed = [weights()[ACT_TYPES[type_]] for type_ in types]
    conflict = sum(weight < 0 for weight in weighed)
    return _Sum(dyad, week, conflict, len(weighed) - conflict, sum(weighed))


def _point(
    connection: sqlite3.Connection, one: _Sum, facet: int, conditions: list[tuple[str, list[object]]]
) -> TensionPoint:
    days: Days = days_of_week(one.week)
    own = "p.facet = ? AND p.first BETWEEN ? AND ? AND p.way & ? AND p.modality = ? AND p.last - p.first <= 6"
    sql, values = joined([(own, [facet, *days, LEADING, _ACTUAL]), *conditions])
    rows = connection.execute(
        f"SELECT p.event FROM event_posting AS p {sql} ORDER BY p.first, p.last, p.event LIMIT ?",
        [*values, _NAMED],
    )
    first, second = one.dyad.split(":")
    number = one.conflict + one.cooperation
    return TensionPoint(
        dyad=(first, second),
        week=one.week,
        conflict=one.conflict,
        cooperation=one.cooperation,
        score=round(one.weight / number, 2),
        events=tuple(event for (event,) in rows),
    )
