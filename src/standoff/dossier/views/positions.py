"""Positions: what each actor wants, refuses, offers, threatens on each issue, drawn from the acts
(codebook, layer 3).

Which acts are one entry does not depend on filters (see `strands`); filters choose the acts that an entry is shown
with, and so its dates, its firmness and its sources.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, islice
from typing import Any, NamedTuple

from standoff.dossier.loading import acts_by_key, chunks
from standoff.dossier.views.entries import COLUMNS, Details, Entry, Told, grouped
from standoff.dossier.views.filters import Filters
from standoff.dossier.views.paging import USUAL, Page, mark_of, place_of
from standoff.dossier.views.walking import Condition, joined
from standoff.dossier.views.wanted import OF_ACTS, OF_DAYS, STRANDS, Head, Wanted
from standoff.records import Position, PositionEntry, PositionKind, StoredAct

_FEW_TOLD = 10_000
"""How many tellings of some days are looked through at once."""
_LEAST, _MOST = 1_000, 16_000
"""How many acts the cells have that are looked through together: ever more, as long as a page is not full."""


class _Place(NamedTuple):
    """Where an entry stands in the order of the view."""

    actor: str
    issue: str
    first: int
    entry: int


@dataclass(frozen=True, slots=True)
class Held:
    """One entry of the positions, whose it is and on what; `told` counts the acts that tell it."""

    actor: str
    issue: str
    entry: PositionEntry
    told: int
    key: int


@dataclass(frozen=True, slots=True)
class Utterance:
    """One telling in the history of a cell: which act, as which kind of position, on which day, of which entry."""

    stored: StoredAct
    kind: PositionKind
    content: str
    day: str | None
    entry: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Actors and issues with most events, and how often which kind of position was told in each cell."""

    actors: tuple[str, ...]
    issues: tuple[str, ...]
    cells: dict[tuple[str, str], dict[str, int]]


def page_of(
    connection: sqlite3.Connection, filters: Filters, limit: int = USUAL, after: str | None = None
) -> Page[Held]:
    """Return a page of entries by actor, issue and first day."""
    wanted = Wanted.of(connection, filters)
    if wanted.nothing or wanted.unheld:
        return Page((), 0, True, None)
    mark = place_of(after, int, int, str, str, int, int)
    start = _Place(*mark[2:]) if mark else None
    few = _few(connection, wanted)
    if few is not None:
        places: Iterable[_Place] = sorted(_placed(connection, few))
        total, exact = len(few), True
    else:
        total, exact = (mark[0], bool(mark[1])) if mark else wanted.total(connection)
        places = _cell_by_cell(connection, wanted, start)
    shown = list(islice((one for one in places if start is None or one > start), limit + 1))
    following = mark_of((total, int(exact), *shown[limit - 1])) if len(shown) > limit else None
    entries = _entries(connection, wanted, [one.entry for one in shown[:limit]])
    details = Details(connection, list(entries.values()))
    items = tuple(
        Held(
            one.actor, one.issue, details.record(entries[one.entry]), len(entries[one.entry].told), one.entry
        )
        for one in shown[:limit]
    )
    return Page(items, total, exact, following)


def _few(connection: sqlite3.Connection, wanted: Wanted) -> list[Head] | None:
    """All that is asked for, None where it is much."""
    if wanted.note(connection):
        return wanted.heads(connection, OF_ACTS)
    if wanted.days and not wanted.actors:
        (number,) = connection.execute(
            "SELECT coalesce(sum(acts), 0) FROM strand_day AS a " + joined(wanted.days)[0], wanted.days[0][1]
        ).fetchone()
        if number < _FEW_TOLD:
            return wanted.heads(connection, OF_DAYS)
    return None


def _entries(connection: sqlite3.Connection, wanted: Wanted, keys: Sequence[int]) -> dict[int, Entry]:
    """Entries by number, with what the filters let through of them."""
    found: dict[int, Entry] = {}
    for chunk in chunks(keys):
        rows = wanted.rows(connection, [(f"s.entry IN ({', '.join('?' * len(chunk))})", list(chunk))])
        found.update((entry.key, entry) for entry in grouped(rows))
    return found


def as_positions(held: Iterable[Held]) -> Iterator[Position]:
    """Yield entries in their order as positions, one a cell."""
    for (actor, issue), cell in groupby(held, key=lambda one: (one.actor, one.issue)):
        yield Position(actor, issue, tuple(one.entry for one in cell))


def _placed(connection: sqlite3.Connection, heads: Sequence[Head]) -> Iterator[_Place]:
    names = labels_of_issues(connection, {head.issue for head in heads})
    return (_Place(head.actor, names[head.issue], head.first, head.entry) for head in heads)


def labels_of_issues(connection: sqlite3.Connection, issues: Iterable[int]) -> dict[int, str]:
    """Return the labels of issues by key; 0, no issue, has none."""
    found = {0: ""}
    for chunk in chunks(sorted(set(issues) - {0})):
        rows = connection.execute(
            f"SELECT key, label FROM issue WHERE key IN ({', '.join('?' * len(chunk))})", chunk
        )
        found.update((key, label) for key, label in rows)
    return found


def issue_names(connection: sqlite3.Connection) -> Callable[[int], str]:
    """Return a function from the key of an issue to its label, which asks once for each."""

    @cache
    def name(issue: int) -> str:
        return labels_of_issues(connection, [issue]).get(issue, "")

    return name


def _cell_by_cell(connection: sqlite3.Connection, wanted: Wanted, start: _Place | None) -> Iterator[_Place]:
    """Yield where the entries stand, in their order, from the cell of a place on."""
    for actor in _actors(connection, wanted, start.actor if start else ""):
        ordered, sizes = [], {}
        for label, issue, acts in _issues(connection, wanted, actor):
            ordered.append((label, issue))
            sizes[issue] = acts
        if start and actor == start.actor:
            ordered = [one for one in ordered if one[0] >= start.issue]
        for some in batched(ordered, sizes):
            names = {issue: label for label, issue in some}
            marks = ", ".join("?" * len(some))
            where: Condition = (
                f"s.actor = ? AND s.issue IN ({marks})",
                [actor, *(issue for _, issue in some)],
            )
            yield from sorted(
                _Place(actor, names[head.issue], head.first, head.entry)
                for head in wanted.heads(connection, STRANDS, [where])
            )


def batched(
    cells: Sequence[tuple[str, int]], sizes: Mapping[int, int]
) -> Iterator[Sequence[tuple[str, int]]]:
    """Yield cells (label, issue) in pieces, those of one label together: ever more acts, as long as a page is not full."""
    most, at = _LEAST, 0
    while at < len(cells):
        end, acts = at, 0
        while end < len(cells) and (acts < most or cells[end][0] == cells[end - 1][0]):
            acts += sizes[cells[end][1]]
            end += 1
        yield cells[at:end]
        at, most = end, min(_MOST, most * 2)


def _actors(connection: sqlite3.Connection, wanted: Wanted, first: str) -> Iterator[str]:
    """The actors from one on, in their order, by leaping from one to the next."""
    if wanted.actors:
        yield from (actor for actor in wanted.actors if actor >= first)
        return
    query = "SELECT min(actor) FROM cell WHERE actor >= ?"
    while True:
        (found,) = connection.execute(query, (first,)).fetchone()
        if found is None:
            return
        yield found
        first, query = found, "SELECT min(actor) FROM cell WHERE actor > ?"


def _issues(connection: sqlite3.Connection, wanted: Wanted, actor: str) -> list[tuple[str, int, int]]:
    """The issues on which an actor holds what is asked for: (label, key, number of acts), by label."""
    sql, values = joined([("s.actor = ?", [actor]), *wanted.cells])
    return connection.execute(
        f"""SELECT coalesce(i.label, '') AS label, s.issue, sum(s.acts) FROM cell AS s
            LEFT JOIN issue AS i ON i.key = s.issue {sql} GROUP BY s.issue ORDER BY label, s.issue""",
        values,
    ).fetchall()


def history(
    connection: sqlite3.Connection, actor: str, issue: str, limit: int = USUAL, after: str | None = None
) -> Page[Utterance]:
    """Return a page of everything told of one cell, by day."""
    wanted = Wanted.of(connection, {"actor": actor, "issue": issue})
    issues = wanted.issues if issue else (0,)
    place = place_of(after, int, int, int)
    where: list[Condition] = [(f"s.issue IN ({', '.join('?' * len(issues))})", list(issues))]
    sql, values = joined([("s.actor = ?", [actor.upper()]), *where])
    (total,) = connection.execute(f"SELECT coalesce(sum(acts), 0) FROM cell AS s {sql}", values).fetchone()
    if place:
        where.append(("(a.day, a.act, s.entry) > (?, ?, ?)", list(place)))
    ending = f" ORDER BY a.day, a.act, s.entry LIMIT {limit + 1}"
    rows = list(wanted.select(connection, COLUMNS, STRANDS, where, ending))
    shown = [(entry, kind, Told(*told)) for entry, _, _, kind, *told in rows[:limit]]
    acts = acts_by_key(connection, [told.act for _, _, told in shown])
    details = Details(connection)
    items = tuple(
        Utterance(acts[told.act], kind, details.span(told, "content") or "", details.date(told), entry)
        for entry, kind, told in shown
    )
    mark = mark_of((shown[-1][2].day, shown[-1][2].act, shown[-1][0])) if len(rows) > limit else None
    return Page(items, total, True, mark)


def matrix(connection: sqlite3.Connection, actors: int, issues: int, filters: Filters) -> Matrix:
    """Return the cells of the actors and issues with most events; filters by actor, issue and day."""
    wanted = Wanted.of(connection, filters)
    whose = wanted.actors or tuple(
        actor
        for (actor,) in connection.execute(
            """SELECT value FROM facet WHERE kind = 'actor' AND events > 0
               AND EXISTS (SELECT 1 FROM strand WHERE actor = value) ORDER BY events DESC, value LIMIT ?""",
            (actors,),
        )
    )
    what = wanted.issues or tuple(
        int(issue)
        for (issue,) in connection.execute(
            """SELECT value FROM facet WHERE kind = 'issue' AND events > 0
               AND EXISTS (SELECT 1 FROM strand WHERE issue = CAST(value AS INTEGER))
               ORDER BY events DESC, value LIMIT ?""",
            (issues,),
        )
    )
    names = labels_of_issues(connection, what)
    cells: dict[tuple[str, str], dict[str, int]] = {}
    for actor, issue, kind, number in _told(connection, wanted, whose, what):
        cell = cells.setdefault((actor, names[issue]), {})
        cell[kind] = cell.get(kind, 0) + number
    return Matrix(whose, tuple(dict.fromkeys(names[issue] for issue in what)), cells)


def _told(
    connection: sqlite3.Connection, wanted: Wanted, actors: Sequence[str], issues: Sequence[int]
) -> Iterator[Sequence[Any]]:
    """How many acts there are of each kind in some cells: (actor, issue, kind, acts)."""
    if wanted.nothing or wanted.unheld or not actors or not issues:
        return
    where: list[Condition] = [
        (f"s.actor IN ({', '.join('?' * len(actors))})", list(actors)),
        (f"s.issue IN ({', '.join('?' * len(issues))})", list(issues)),
    ]
    if wanted.days or wanted.conditions:
        columns, grouping = "s.actor, s.issue, s.kind, count(*)", " GROUP BY s.actor, s.issue, s.kind"
        yield from wanted.select(connection, columns, STRANDS, where, grouping)
        return
    sql, values = joined([*where, *wanted.cells])
    yield from connection.execute(f"SELECT actor, issue, kind, acts FROM cell AS s {sql}", values)
