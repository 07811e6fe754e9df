"""Pages of reports and statements, by day of publication: which come next, and how many there are.

Like `walking`, over the postings of reports and of statements. A statement is under the facets of what it tells: its
speaker and outlet, and the type, modality, issue and dyad of the acts in it.
"""

from __future__ import annotations

import sqlite3
from typing import Any, Literal

from standoff.dossier.lookups.postings import NO_DAY
from standoff.dossier.views.filters import Filters
from standoff.dossier.views.paging import USUAL, mark_of, place_of
from standoff.dossier.views.sought import Facet, Sought, sought
from standoff.dossier.views.walking import RARE, Condition, Walked, joined

_COUNTED, _COUNTED_BY_KEY = 20_000, 4_000
Shelf = Literal["statements", "reports"]


def leaf(
    connection: sqlite3.Connection,
    kind: Shelf,
    filters: Filters,
    limit: int = USUAL,
    after: str | None = None,
    *,
    newest: bool = False,
) -> Walked:
    """Return the keys of the reports, or the statements, of a page."""
    asked = sought(connection, kind, filters)
    if asked.nothing:
        return Walked((), 0, True, None)
    place = place_of(after, int, int, int, int)
    tables, where, rows = _road(connection, kind, asked)
    total, exact = (
        (place[0], bool(place[1])) if place else _total(connection, kind, asked, tables, where, rows)
    )
    own = kind[:-1]
    if place:
        where = [*where, (f"(p.day, p.{own}) {'<' if newest else '>'} (?, ?)", list(place[2:]))]
        where.append((f"p.day {'<=' if newest else '>='} ?", [place[2]]))
    way = " DESC" if newest else ""
    sql, values = joined(where)
    found = connection.execute(
        f"SELECT p.day, p.{own} FROM {tables} {sql} ORDER BY p.day{way}, p.{own}{way} LIMIT ?",
        [*values, limit + 1],
    ).fetchall()
    mark = mark_of((total, int(exact), *found[limit - 1])) if len(found) > limit else None
    return Walked(tuple(key for _, key in found[:limit]), total, exact, mark)


def _road(connection: sqlite3.Connection, kind: Shelf, asked: Sought) -> tuple[str, list[Condition], int]:
    """Tables with alias p for the posting, conditions over them, and how many rows they have at most."""
    own = kind[:-1]
    rarest = min(asked.facets, key=lambda facet: facet.number, default=asked.everything)
    hits = _hits(connection, asked.match) if asked.match else 0
    if asked.match and hits * (12 if own == "statement" else 1) < min(rarest.number, RARE):
        told = "JOIN statement AS s ON s.report = l.report" if own == "statement" else ""
        key = "s.key" if told else "l.report"
        tables = f"""(SELECT rowid AS report FROM report_search WHERE report_search MATCH ?) AS m
            CROSS JOIN listed_report AS l ON l.report = m.report CROSS {told or "JOIN (SELECT 1)"}
            CROSS JOIN {own}_posting AS p ON p.day = l.day AND p.{own} = {key}"""
        where: list[Condition] = [("", [asked.match]), ("p.facet = ?", [asked.everything.keys[0]])]
        where += [_under(facet, own) for facet in asked.facets]
        return tables, [*where, *_plain(asked, own)], hits
    search: list[Condition] = []
    if asked.match:
        report = (
            "p.report" if own == "report" else "(SELECT report FROM statement AS s WHERE s.key = p.statement)"
        )
        held = "SELECT rowid FROM report_search WHERE report_search MATCH ?"
        search.append((f"{report} IN ({held})", [asked.match]))
    start = rarest if len(rarest.keys) == 1 else asked.everything
    others = [_under(facet, own) for facet in asked.facets if facet is not start]
    where = [("p.facet = ?", [start.keys[0]]), *_plain(asked, own), *others, *search]
    return f"{own}_posting AS p", where, start.number


def _hits(connection: sqlite3.Connection, match: str) -> int:
    (found,) = connection.execute(
        "SELECT count(*) FROM (SELECT rowid FROM report_search WHERE report_search MATCH ? LIMIT ?)",
        (match, RARE),
    ).fetchone()
    return int(found)


def _under(facet: Facet, own: str) -> Condition:
    marks = ", ".join("?" * len(facet.keys))
    return (
        f"""EXISTS (SELECT 1 FROM {own}_posting AS q
            WHERE q.facet IN ({marks}) AND q.day = p.day AND q.{own} = p.{own})""",
        list(facet.keys),
    )


def _plain(asked: Sought, own: str) -> list[Condition]:
    found: list[Condition] = []
    if asked.dated:
        last = NO_DAY - 1 if asked.last is None else asked.last
        found.append(("p.day BETWEEN ? AND ?", [asked.first or 0, last]))
    if asked.contested:
        acts = "event_posting AS e CROSS JOIN act INDEXED BY act_by_event ON act.event = e.event"
        told = "act.report" if own == "report" else "t.statement"
        if own == "statement":
            acts += " CROSS JOIN statement_act AS t INDEXED BY statement_by_act ON t.act = act.key"
        facet = "(SELECT key FROM facet WHERE kind = 'contested')"
        found.append((f"p.{own} IN (SELECT {told} FROM {acts} WHERE e.facet = {facet})", []))
    return found


def _total(
    connection: sqlite3.Connection,
    kind: Shelf,
    asked: Sought,
    tables: str,
    where: list[Condition],
    rows: int,
) -> tuple[int, bool]:
    """How many there are in all, and whether that is exact."""
    if not asked.within and len(asked.facets) <= 1:
        only = asked.facets[0] if asked.facets else asked.everything
        if len(only.keys) == 1:
            return only.number, True
    bounds = [part for part in where if not part[0] or part[0].startswith(("p.facet", "p.day"))]
    rest = [part for part in where if part not in bounds]
    meets = " AND ".join(sql for sql, _ in rest) or "1"
    values: list[Any] = [value for _, held in rest for value in held]
    sql, bound = joined(bounds)
    most = _COUNTED_BY_KEY if rest else _COUNTED
    walked, met = connection.execute(
        f"SELECT count(*), coalesce(sum(meets), 0) FROM (SELECT {meets} AS meets FROM {tables} {sql} LIMIT ?)",
        [*values, *bound, most],
    ).fetchone()
    if walked < most:
        return met, True
    if asked.dated:
        (rows,) = connection.execute(f"SELECT count(*) FROM {tables} {sql}", bound).fetchone()
    return max(met, round(met * rows / walked)), False
