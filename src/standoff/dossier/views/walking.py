"""Pages of events and acts: which come next, and how many there are, whatever the filters.

The events of the rarest facet asked for are walked in the order of days, and every other filter is put to each of
them by a look at its key, until the page is full. Where what is asked for is rare, all of it is fetched and sorted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from standoff.dossier.lookups.postings import NO_DAY
from standoff.dossier.views.filters import Filters, parse_dyad, several
from standoff.dossier.views.paging import USUAL, mark_of, place_of
from standoff.dossier.views.sought import Facet, Kind, Sought, sought
from standoff.records import ACT_TYPES, MODALITIES

RARE = 20_000
"""How many rows may be fetched and sorted for a page."""
_COMMON = 100_000
"""How many hits of a search are kept at hand; of one with more, each event is searched for itself."""
_LOOKED_THROUGH = 40_000
"""How many rows are walked to find a few."""
_LONGEST = 366
"""No date covers more days."""
_COUNTED, _COUNTED_BY_KEY, _COUNTED_BY_SEARCH = 100_000, 5_000, 500
"""How many rows are walked to count: without a look at other keys, with it, and with a search for each."""

Condition = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Walked:
    """Keys of a page in order, how many there are in all, and the mark of the next page."""

    keys: tuple[int, ...]
    total: int
    exact: bool
    next: str | None


@dataclass(frozen=True, slots=True)
class _Road:
    """Where rows come from: `tables` (with alias p for the posting), its conditions, whether they come in order."""

    tables: str
    where: tuple[Condition, ...]
    ordered: bool
    looks: bool
    rows: int


def walk(
    connection: sqlite3.Connection,
    kind: Kind,
    filters: Filters,
    limit: int = USUAL,
    after: str | None = None,
    *,
    newest: bool = False,
    only: str | None = None,
) -> Walked:
    """Return the keys of the events, or the acts, of a page, by day of the event; `only` is a table with a column `act`
    that the acts must be in.
    """
    asked = sought(connection, kind, filters)
    if asked.nothing:
        return Walked((), 0, True, None)
    acts = kind == "acts"
    place = place_of(after, *([int] * (6 if acts else 5)))
    road = _road(connection, asked, whole=False, only=only)
    where = list(road.where)
    own: list[Condition] | None = None
    if acts:
        own = list(act_conditions(connection, asked, filters))
        if only:
            own.append((f"EXISTS (SELECT 1 FROM {only} AS n WHERE n.act = act.key)", []))
        where += own
    total, exact = (place[0], bool(place[1])) if place else _total(connection, asked, own, only, road)
    columns = ["p.first", "p.last", "p.event", *(["act.key"] if acts else [])]
    if place:
        marks = ", ".join("?" * len(columns))
        where.append((f"({', '.join(columns)}) {'<' if newest else '>'} ({marks})", list(place[2:])))
        where.append((f"p.first {'<=' if newest else '>='} ?", [place[2]]))
    tables = road.tables + (" CROSS JOIN act ON act.event = p.event" if acts else "")
    way = " DESC" if newest else ""
    sql, values = joined(where)
    rows = connection.execute(
        f"""SELECT {", ".join(columns)} FROM {tables} {sql}
            ORDER BY {", ".join(column + way for column in columns)} LIMIT ?""",
        [*values, limit + 1],
    ).fetchall()
    more = len(rows) > limit
    rows = rows[:limit]
    mark = mark_of((total, int(exact), *rows[-1])) if more else None
    return Walked(tuple(row[-1] for row in rows), total, exact, mark)


def events_sought(
    connection: sqlite3.Connection, asked: Sought, most: int, *, happened: bool = True
) -> list[tuple[int, int, int, int]] | None:
    """Return (event, type, first day, last day) of all that is asked for, by day; of what happened, unless told.

    None where that is more than `most`, or where too many rows would have to be walked to know.
    """
    query = _all_sought(connection, asked, most, "p.event, p.type, p.first, p.last", happened=happened)
    if query is None:
        return None
    rows = connection.execute(*query).fetchall()
    return sorted(rows, key=lambda row: (row[2], row[3], row[0])) if len(rows) <= most else None


def note_events(
    connection: sqlite3.Connection, asked: Sought, most: int, *, happened: bool = True
) -> int | None:
    """Note the events of `events_sought` in the temporary table `sought_event`, and return how many there are.

    None where it would return None.
    """
    query = _all_sought(connection, asked, most, "p.event, p.type", happened=happened)
    if query is None:
        return None
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS sought_event (event INTEGER PRIMARY KEY, type INTEGER)"
    )
    connection.execute("DELETE FROM temp.sought_event")
    number = connection.execute(f"INSERT INTO temp.sought_event {query[0]}", query[1]).rowcount
    return number if number <= most else None


def _all_sought(
    connection: sqlite3.Connection, asked: Sought, most: int, columns: str, *, happened: bool
) -> Condition | None:
    """The query for all events that are asked for, at most one more than `most`; None where it takes too many rows."""
    if asked.match and most > _COMMON:
        _hits(connection, asked.match, every=True)
    road = _road(connection, asked, whole=True)
    if road.rows > max(most, _LOOKED_THROUGH if len(asked.facets) > 1 or asked.dated else 0):
        return None
    actual: Condition = ("p.modality = ?", [MODALITIES.index("actual")])
    sql, values = joined((*road.where, actual) if happened else road.where)
    return f"SELECT {columns} FROM {road.tables} {sql} LIMIT ?", [*values, most + 1]


def probes(connection: sqlite3.Connection, asked: Sought, row: str) -> list[Condition]:
    """Return the conditions that an event meets; `row` is the alias of its posting."""
    found = [_under(facet, row) for facet in asked.facets]
    return [*found, *_plain(asked, row), *_search(connection, asked, row)]


def _road(connection: sqlite3.Connection, asked: Sought, *, whole: bool, only: str | None = None) -> _Road:
    """Choose where to start: from a rare search, from a small table of acts, from the rarest facet, or from all events.

    `whole` is for who wants every row: facets of several values are then walked one after the other.
    """
    rarest = min(asked.facets, key=lambda facet: facet.number, default=asked.everything)
    hits = _hits(connection, asked.match) if asked.match else _COMMON
    held = _number_in(connection, only) if only else RARE
    if hits < min(rarest.number, _COMMON if whole else RARE, held if only else _COMMON):
        return _from(asked, "SELECT DISTINCT event FROM temp.hit", hits)
    search = _search(connection, asked, "p", hits)
    if held < min(rarest.number, RARE):
        acts = f"SELECT DISTINCT act.event FROM {only} AS n CROSS JOIN act ON act.key = n.act"
        return _from(asked, acts, held, search)
    if len(rarest.keys) == 1:
        others = [_under(facet, "p") for facet in asked.facets if facet is not rarest]
        own: list[Condition] = [("p.facet = ?", [rarest.keys[0]])]
        if rarest.way:
            own.append(("p.way & ?", [rarest.way]))
        return _Road(
            "event_posting AS p",
            (*own, *_plain(asked), *others, *search),
            ordered=True, looks=bool(others or search), rows=rarest.number,
        )  # fmt: skip
    others = [_under(facet, "p") for facet in asked.facets if facet is not rarest]
    if rarest.number <= RARE or whole:
        marks = ", ".join("?" * len(rarest.keys))
        tables = (
            f"(SELECT DISTINCT first, last, event FROM event_posting WHERE facet IN ({marks})) AS l {_ALL}"
        )
        return _Road(
            tables,
            (("", list(rarest.keys)), _is_all(asked), *_plain(asked), *others, *search),
            ordered=False, looks=True, rows=rarest.number,
        )  # fmt: skip
    where = (
        ("p.facet = ?", [asked.everything.keys[0]]),
        *_plain(asked),
        _under(rarest, "p"),
        *others,
        *search,
    )
    return _Road("event_posting AS p", where, ordered=True, looks=True, rows=asked.everything.number)


def _from(asked: Sought, events: str, rows: int, search: Sequence[Condition] = ()) -> _Road:
    """The road that starts from a query for events."""
    under = [_under(facet, "p") for facet in asked.facets]
    return _Road(
        f"({events}) AS m CROSS JOIN listed_event AS l ON l.event = m.event {_ALL}",
        (_is_all(asked), *under, *_plain(asked), *search),
        ordered=False, looks=True, rows=rows,
    )  # fmt: skip


def _number_in(connection: sqlite3.Connection, table: str) -> int:
    """How many rows a table has, `RARE` where it has as many or more."""
    (number,) = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT ?)", (RARE,)
    ).fetchone()
    return int(number)


_ALL = "CROSS JOIN event_posting AS p ON p.first = l.first AND p.last = l.last AND p.event = l.event"


def _is_all(asked: Sought) -> Condition:
    return "p.facet = ?", [asked.everything.keys[0]]


def _under(facet: Facet, row: str) -> Condition:
    """That an event is under a facet: told by its own posting where that says it, else by a look at the facet's."""
    marks = ", ".join("?" * len(facet.keys))
    if facet.kind == "type":
        return f"{row}.type IN ({', '.join('?' * len(facet.values))})", [
            ACT_TYPES.index(name) for name in facet.values
        ]
    if facet.kind == "contested":
        return f"{row}.contested = 1", []
    way = f" AND q.way & {facet.way}" if facet.way else ""
    return (
        f"""EXISTS (SELECT 1 FROM event_posting AS q WHERE q.facet IN ({marks}) AND q.first = {row}.first
            AND q.last = {row}.last AND q.event = {row}.event{way})""",
        list(facet.keys),
    )


def _plain(asked: Sought, row: str = "p") -> list[Condition]:
    """What a posting tells by itself."""
    found: list[Condition] = []
    if asked.first is not None:
        found.append((f"{row}.first >= ? AND {row}.last >= ?", [asked.first - _LONGEST, asked.first]))
    if asked.last is not None:
        found.append((f"{row}.first <= ?", [asked.last]))
    elif asked.first is not None:
        found.append((f"{row}.first < ?", [NO_DAY]))
    for column, values in (("type", asked.types), ("modality", asked.modalities)):
        if values:
            found.append((f"{row}.{column} IN ({', '.join('?' * len(values))})", list(values)))
    return found


def _hits(connection: sqlite3.Connection, match: str, *, every: bool = False) -> int:
    """Note the acts that a search finds in the temporary table `hit`, and return how many there are.

    Of `_COMMON` or more none is noted: they are looked for one by one. With `every`, for who wants all that is found,
    they are noted however many there are, and counted as fewer.
    """
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS hit (act INTEGER PRIMARY KEY, event INTEGER)")
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS hit_match (match TEXT, number INTEGER)")
    noted = connection.execute("SELECT match, number FROM temp.hit_match").fetchone()
    if noted and noted[0] == match and not (every and noted[1] >= _COMMON):
        return int(noted[1])
    connection.execute("DELETE FROM temp.hit")
    connection.execute("DELETE FROM temp.hit_match")
    (number,) = connection.execute(
        "SELECT count(*) FROM (SELECT rowid FROM evidence_search WHERE evidence_search MATCH ? LIMIT ?)",
        (match, _COMMON),
    ).fetchone()
    if number < _COMMON or every:
        number = min(number, _COMMON - 1)
        connection.execute(
            """INSERT INTO temp.hit SELECT s.rowid, act.event FROM evidence_search AS s
               CROSS JOIN act ON act.key = s.rowid WHERE s.evidence_search MATCH ?""",
            (match,),
        )
    connection.execute("INSERT INTO temp.hit_match VALUES (?, ?)", (match, number))
    return int(number)


def found_acts(connection: sqlite3.Connection, asked: Sought) -> int | None:
    """Return how many acts a search finds, noted in the temporary table `hit`; None where none is noted, or the rarest
    facet that is asked for too has fewer records.
    """
    if not asked.match:
        return None
    hits = _hits(connection, asked.match)
    return hits if hits < min([_COMMON, *(facet.number for facet in asked.facets)]) else None


def _search(
    connection: sqlite3.Connection, asked: Sought, row: str, hits: int | None = None
) -> list[Condition]:
    if not asked.match:
        return []
    if hits is None:
        hits = _hits(connection, asked.match)
    acts = f"SELECT 1 FROM act AS a CROSS JOIN {_found(hits)} WHERE a.event = {row}.event"
    return [
        (f"EXISTS ({acts}{_MATCHES if hits >= _COMMON else ''})", [asked.match] if hits >= _COMMON else [])
    ]


_MATCHES = " AND s.evidence_search MATCH ?"


def _found(hits: int) -> str:
    """The table that tells whether a search finds act a."""
    return "evidence_search AS s ON s.rowid = a.key" if hits >= _COMMON else "temp.hit ON hit.act = a.key"


def act_conditions(
    connection: sqlite3.Connection, asked: Sought, filters: Filters, key: str = "act.key"
) -> list[Condition]:
    """Return what an act itself must meet, once its event does; days and dispute are the event's.

    `key` is the column with its number; where more of it is asked for, the conditions name the table act.
    """
    found: list[Condition] = []
    actors = [actor.upper() for actor in several(filters.get("actor"))]
    if actors:
        marks = ", ".join("?" * len(actors))
        held = f"w.act = {key} AND w.actor IN ({marks}) AND w.role IN ('source', 'target')"
        found.append((f"EXISTS (SELECT 1 FROM act_actor AS w WHERE {held})", list(actors)))
    if filters.get("dyad"):
        found.append(_between(key, *parse_dyad(str(filters["dyad"]))))
    issue = asked.facet("issue")
    if issue:
        found.append((f"+act.issue IN ({', '.join('?' * len(issue.values))})", list(map(int, issue.values))))
    outlet = asked.facet("outlet")
    if outlet:
        names = [name for name in outlets(connection) if name.casefold() in outlet.values]
        marks = ", ".join("?" * len(names))
        found.append(
            (f"EXISTS (SELECT 1 FROM label WHERE report = act.report AND outlet IN ({marks}))", list(names))
        )
    modalities = [name.lower() for name in several(filters.get("modality"))]
    if modalities:
        found.append((f"act.modality IN ({', '.join('?' * len(modalities))})", list(modalities)))
    if asked.match:
        if _hits(connection, asked.match) < _COMMON:
            found.append((f"EXISTS (SELECT 1 FROM temp.hit WHERE hit.act = {key})", []))
        else:
            held = f"SELECT 1 FROM evidence_search AS f WHERE f.rowid = {key} AND f.evidence_search MATCH ?"
            found.append((f"EXISTS ({held})", [asked.match]))
    return found


def outlets(connection: sqlite3.Connection) -> list[str]:
    """Return the names of all outlets, by leaping from one to the next."""
    found: list[str] = []
    last = ""
    while True:
        (last,) = connection.execute("SELECT min(outlet) FROM label WHERE outlet > ?", (last,)).fetchone()
        if last is None:
            return found
        found.append(last)


def _between(key: str, one: str, other: str, directed: bool) -> Condition:
    """That an act is one of the first on the second; in either direction, or of both together, unless directed."""
    columns = ", ".join(
        f"max(w.actor = ? AND w.role = '{role}') AS {name}_{role}"
        for name in ("one", "other")
        for role in ("source", "target")
    )
    ways = ["one_source AND other_target"]
    if not directed:
        ways += ["other_source AND one_target", "one_source AND other_source"]
    sides = f"SELECT {columns} FROM act_actor AS w WHERE w.act = {key}"
    return f"EXISTS (SELECT 1 FROM ({sides}) WHERE {' OR '.join(ways)})", [one, one, other, other]


def joined(where: Sequence[Condition]) -> Condition:
    """Return one WHERE of several conditions; values of a condition without words belong to the tables before it."""
    parts = [sql for sql, _ in where if sql]
    return ("WHERE " + " AND ".join(parts) if parts else ""), [v for _, values in where for v in values]


def _total(
    connection: sqlite3.Connection,
    asked: Sought,
    own: Sequence[Condition] | None,
    only: str | None,
    road: _Road,
) -> tuple[int, bool]:
    """How many there are in all, and whether that is exact: counted where it is cheap, else estimated.

    `own` are the conditions of the acts of an event, where acts are counted.
    """
    if not asked.within and len(asked.facets) <= 1 and only is None:
        single = asked.facets[0] if asked.facets else asked.everything
        if len(single.keys) == 1:
            return single.number, True
    most = _COUNTED_BY_KEY if road.looks or own is not None else _COUNTED
    if asked.match and _hits(connection, asked.match) >= _COMMON:
        most = _COUNTED_BY_SEARCH
    return _counted(connection, asked, own, road, most if road.ordered else RARE * 4)


def _counted(
    connection: sqlite3.Connection, asked: Sought, own: Sequence[Condition] | None, road: _Road, most: int
) -> tuple[int, bool]:
    """Count on the first `most` rows; where there are more, take the rest for alike."""
    bounds = [part for part in road.where if not part[0] or part[0].startswith(("p.facet = ", "p.first "))]
    rest = [part for part in road.where if part not in bounds]
    meets = " AND ".join(sql for sql, _ in rest) or "1"
    values = [value for _, held in rest for value in held]
    tables = road.tables
    if own is not None:
        inner = " AND ".join(sql for sql, _ in own) or "1"
        meets = f"({meets}) * (SELECT count(*) FROM act WHERE act.event = p.event AND {inner})"
        values += [value for _, held in own for value in held]
    ahead = [value for sql, held in bounds if not sql for value in held]
    behind = [part for part in bounds if part[0]]
    sql, bound = joined(behind)
    rows, met, low, high = connection.execute(
        f"""SELECT count(*), coalesce(sum(meets), 0), min(first), max(first) FROM (
            SELECT {meets} AS meets, p.first AS first FROM {tables} {sql} LIMIT ?)""",
        [*values, *ahead, *bound, most],
    ).fetchone()
    if rows < most:
        return met, True
    return max(met, round(met * _share(connection, asked, road, rows, low, high))), False


def _share(
    connection: sqlite3.Connection, asked: Sought, road: _Road, rows: int, low: int, high: int
) -> float:
    """How many times as many rows there are in all as were walked, from `low` to `high`."""
    if not asked.dated:
        return road.rows / rows
    facet = asked.everything.keys[0]
    (end,) = connection.execute(
        "SELECT max(first) FROM event_posting WHERE facet = ? AND first < ?", (facet, NO_DAY)
    ).fetchone()
    end = min(end, asked.last if asked.last is not None else end)
    return float(max(1.0, (end - low + 1) / max(1, high - low + 1)))
