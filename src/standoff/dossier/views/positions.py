"""Positions: what each actor wants, refuses, offers, threatens on each issue, drawn from the acts
(codebook, layer 3).

Which acts are one entry does not depend on filters (see `strands`); filters choose the acts that an entry is shown
with, and so its dates, its firmness and its sources.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, islice
from typing import Any, cast

from standoff.dossier.loading import acts_by_key, chunks
from standoff.dossier.lookups.postings import NO_DAY
from standoff.dossier.views.entries import COLUMNS, Details, Entry, grouped
from standoff.dossier.views.filters import Filters, modalities_of, several, stretch_of, types_of
from standoff.dossier.views.paging import USUAL, Page, mark_of, place_of
from standoff.dossier.views.sought import Sought, issue_values, sought
from standoff.dossier.views.walking import RARE, Condition, act_conditions, events_sought, joined
from standoff.records import VERBAL_TYPES, Position, PositionEntry, PositionKind, StoredAct

_OWN = ("actor", "issue", "since", "until")
_FEW, _FEW_FOUND = 12_000, 3_000
"""How many events are looked through at once, and how many where words are looked for."""
_READ = 128
"""How many entries of a cell are read at once."""
_FEW_TOLD = 3_000
"""How many tellings of some days are."""
_UNHELD = ("possible", "denied")
_HELD_DEEDS = ("demanded", "conditional")
"""The modalities in which no act is a position, and those in which a deed is one (see `lookups.holding`)."""


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters as positions take them: whose, on which issues, told on which days, and what the acts must meet.

    The day of an act is the first day of its event. `asked` is None where nothing else is asked, `rest` the same
    narrowed to what can be a position; `nothing` is True where a filter names what is not there, `unheld` where it
    lets through no act that is a position.
    """

    actors: tuple[str, ...]
    issues: tuple[int, ...]
    first: int | None
    last: int | None
    asked: Sought | None
    rest: Sought | None
    conditions: tuple[Condition, ...]
    nothing: bool
    unheld: bool

    @classmethod
    def of(cls, connection: sqlite3.Connection, filters: Filters) -> Wanted:
        """Return the filters as conditions over strand (s), strand_act (a), posting (p) and act."""
        labels = several(filters.get("issue"))
        issues = tuple(int(value) for value in issue_values(connection, labels))
        first, last = stretch_of(filters)
        others = cast(Filters, {n: v for n, v in filters.items() if n not in _OWN and v})
        asked = sought(connection, "acts", others)
        held = _held(others)
        return cls(
            actors=tuple(sorted({actor.upper() for actor in several(filters.get("actor"))})),
            issues=issues,
            first=first,
            last=last,
            asked=asked if others else None,
            rest=sought(connection, "acts", held or others) if others else None,
            conditions=tuple(_conditions(connection, asked, others)) if others else (),
            nothing=asked.nothing or bool(labels and not issues),
            unheld=held is None,
        )

    @property
    def own(self) -> list[Condition]:
        """What a strand (s) must meet."""
        found: list[Condition] = []
        for column, values in (("actor", self.actors), ("issue", self.issues)):
            if values:
                found.append((f"s.{column} IN ({', '.join('?' * len(values))})", list(values)))
        return found

    def tellings(self, connection: sqlite3.Connection) -> str:
        """Return the tables strand (s) and strand_act (a), in the order in which the tellings of some days are found:
        by whose they are or on what, where these are in few events, else by day.
        """
        numbers = [
            connection.execute(
                f"""SELECT coalesce(sum(events), 0) FROM facet
                    WHERE kind = ? AND value IN ({", ".join("?" * len(values))})""",
                [kind, *map(str, values)],
            ).fetchone()[0]
            for kind, values in (("actor", self.actors), ("issue", self.issues))
            if values
        ]
        if numbers and min(numbers) <= RARE:
            return "strand AS s CROSS JOIN strand_act AS a ON a.strand = s.key"
        return "strand_act AS a INDEXED BY strand_act_by_day CROSS JOIN strand AS s ON s.key = a.strand"

    @property
    def days(self) -> list[Condition]:
        """What the day of an act (a) must meet."""
        if self.first is None and self.last is None:
            return []
        last = NO_DAY - 1 if self.last is None else self.last
        return [("a.day BETWEEN ? AND ?", [self.first or 0, last])]

    def rows(self, connection: sqlite3.Connection, where: Sequence[Condition]) -> Iterator[Sequence[Any]]:
        """Yield the rows (`entries.COLUMNS`) of strands that meet conditions, as far as the filters let through."""
        tables = "strand AS s CROSS JOIN strand_act AS a ON a.strand = s.key"
        return self._from(connection, tables, where)

    def rows_of_events(
        self, connection: sqlite3.Connection, events: Sequence[int], columns: str = COLUMNS
    ) -> Iterator[Sequence[Any]]:
        """Yield the rows of some events, as far as the filters let through."""
        tables = "strand_act AS a CROSS JOIN strand AS s ON s.key = a.strand"
        for chunk in chunks(events):
            marks = ", ".join("?" * len(chunk))
            yield from self._from(connection, tables, [(f"a.event IN ({marks})", list(chunk))], columns)

    def rows_of_days(self, connection: sqlite3.Connection) -> Iterator[Sequence[Any]]:
        """Yield the rows of the days asked for, as far as the filters let through."""
        tables = "strand_act AS a INDEXED BY strand_act_by_day CROSS JOIN strand AS s ON s.key = a.strand"
        return self._from(connection, tables, [])

    def kinds(self, connection: sqlite3.Connection, actor: str, issue: int) -> dict[str, int]:
        """Return how many acts of each kind of position there are in a cell."""
        if self.unheld:
            return {}
        tables = "strand AS s CROSS JOIN strand_act AS a ON a.strand = s.key"
        if self.conditions:
            tables += f" {JOINS}"
        cell: Condition = ("s.actor = ? AND s.issue = ?", [actor, issue])
        sql, values = joined([cell, *self.days, *self.conditions])
        return dict(
            connection.execute(f"SELECT s.kind, count(*) FROM {tables} {sql} GROUP BY s.kind", values)
        )

    def _from(
        self,
        connection: sqlite3.Connection,
        tables: str,
        where: Sequence[Condition],
        columns: str = COLUMNS,
    ) -> Iterator[Sequence[Any]]:
        if self.unheld:
            return
        if self.conditions:
            tables += f" {JOINS}"
        sql, values = joined([*where, *self.own, *self.days, *self.conditions])
        yield from connection.execute(f"SELECT {columns} FROM {tables} {sql}", values)


JOINS = "CROSS JOIN act ON act.key = a.act"
"""From a row of strand_act (a) to its act, for conditions over it."""


def _held(filters: Filters) -> Filters | None:
    """Return filters narrowed to acts that can be positions; None where they let no such act through."""
    modalities = set(modalities_of(filters.get("modality")))
    if modalities and modalities <= {*_UNHELD}:
        return None
    types = types_of(filters.get("type"))
    if not types or not VERBAL_TYPES.isdisjoint(types):
        return filters
    narrowed = [name for name in _HELD_DEEDS if not modalities or name in modalities]
    return cast(Filters, {**filters, "modality": narrowed}) if narrowed else None


def _conditions(connection: sqlite3.Connection, asked: Sought, filters: Filters) -> Iterator[Condition]:
    """Yield what an act must meet. As an event is under a facet where one of its acts is, it need not be asked too."""
    yield from act_conditions(connection, asked, filters)
    types = types_of(filters.get("type"))
    if types:
        yield f"act.type IN ({', '.join('?' * len(types))})", list(types)
    if filters.get("contested"):
        yield "EXISTS (SELECT 1 FROM event AS c WHERE c.key = act.event AND c.contested)", []


def page_of(
    connection: sqlite3.Connection, filters: Filters, limit: int = USUAL, after: str | None = None
) -> Page[Held]:
    """Return a page of entries by actor, issue and first day."""
    wanted = Wanted.of(connection, filters)
    if wanted.nothing:
        return Page((), 0, True, None)
    place = place_of(after, int, int, str, str, int, int)
    few = _few(connection, wanted)
    if few is not None:
        found = _sorted(connection, grouped(few))
        total, exact = len(found), True
        entries: Iterator[tuple[str, Entry]] = iter(found)
    else:
        total, exact = (place[0], bool(place[1])) if place else _total(connection, wanted)
        entries = _cell_by_cell(connection, wanted, place[2:4] if place else None)
    if place:
        entries = (one for one in entries if _place(*one) > tuple(place[2:]))
    shown = list(islice(entries, limit + 1))
    mark = mark_of((total, int(exact), *_place(*shown[limit - 1]))) if len(shown) > limit else None
    details = Details(connection, [entry for _, entry in shown[:limit]])
    items = (
        Held(entry.actor, label, details.record(entry), len(entry.told), entry.key)
        for label, entry in shown[:limit]
    )
    return Page(tuple(items), total, exact, mark)


def _few(connection: sqlite3.Connection, wanted: Wanted) -> Iterator[Sequence[Any]] | None:
    """The rows of all that is asked for, None where they are many."""
    if wanted.unheld:
        return iter(())
    if wanted.rest is not None:
        most = _FEW_FOUND if wanted.rest.match else _FEW
        few = events_sought(connection, wanted.rest, most, happened=False)
        if few is not None:
            return wanted.rows_of_events(connection, [event for event, *_ in few])
    if wanted.days:
        sql, values = joined(wanted.days)
        (number,) = connection.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM strand_act AS a {sql} LIMIT ?)", [*values, _FEW_TOLD]
        ).fetchone()
        if number < _FEW_TOLD:
            return wanted.rows_of_days(connection)
    return None


def as_positions(held: Iterable[Held]) -> Iterator[Position]:
    """Yield entries in their order as positions, one a cell."""
    for (actor, issue), cell in groupby(held, key=lambda one: (one.actor, one.issue)):
        yield Position(actor, issue, tuple(one.entry for one in cell))


def _place(label: str, entry: Entry) -> tuple[str, str, int, int]:
    return entry.actor, label, entry.first, entry.key


def _sorted(connection: sqlite3.Connection, entries: Iterable[Entry]) -> list[tuple[str, Entry]]:
    held = list(entries)
    names = labels_of_issues(connection, {entry.issue for entry in held})
    return sorted(((names[entry.issue], entry) for entry in held), key=lambda one: _place(*one))


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


def _cell_by_cell(
    connection: sqlite3.Connection, wanted: Wanted, after: Sequence[str] | None
) -> Iterator[tuple[str, Entry]]:
    """Yield the entries from the cell (actor, label) `after` on, in their order."""
    actors = wanted.actors or tuple(_actors(connection))
    for actor in actors:
        if after and actor < after[0]:
            continue
        issues = wanted.issues or tuple(
            issue
            for (issue,) in connection.execute("SELECT DISTINCT issue FROM strand WHERE actor = ?", (actor,))
        )
        names = labels_of_issues(connection, issues)
        ordered = sorted((names[issue], issue) for issue in issues if issue in names)
        if after and actor == after[0]:
            ordered = [one for one in ordered if one[0] >= after[1]]
        for some in batched(ordered):
            marks = ", ".join("?" * len(some))
            where: Condition = (
                f"s.actor = ? AND s.issue IN ({marks})",
                [actor, *(issue for _, issue in some)],
            )
            if not wanted.conditions and not wanted.days:
                yield from _by_first_day(connection, wanted, where, names)
                continue
            found = ((names[entry.issue], entry) for entry in grouped(wanted.rows(connection, [where])))
            yield from sorted(found, key=lambda one: _place(*one))


def _by_first_day(
    connection: sqlite3.Connection, wanted: Wanted, where: Condition, names: dict[int, str]
) -> Iterator[tuple[str, Entry]]:
    """Yield the entries of some cells of one actor in their order; of a large cell only those that are taken are read."""
    heads = connection.execute(
        f"""SELECT s.issue, min((SELECT min(a.day) FROM strand_act AS a WHERE a.strand = s.key)), s.entry
            FROM strand AS s WHERE {where[0]} GROUP BY s.entry""",
        where[1],
    )
    ordered = sorted((names[issue], first, entry) for issue, first, entry in heads)
    for at in range(0, len(ordered), _READ):
        some = [entry for _, _, entry in ordered[at : at + _READ]]
        rows = wanted.rows(connection, [(f"s.entry IN ({', '.join('?' * len(some))})", some)])
        found = ((names[entry.issue], entry) for entry in grouped(rows))
        yield from sorted(found, key=lambda one: _place(*one))


def batched(cells: Sequence[tuple[str, int]]) -> Iterator[Sequence[tuple[str, int]]]:
    """Yield cells (label, issue) in pieces, those of one label together: ever more, as long as a page is not full."""
    size, at = 8, 0
    while at < len(cells):
        end = min(len(cells), at + size)
        while end < len(cells) and cells[end][0] == cells[end - 1][0]:
            end += 1
        yield cells[at:end]
        at, size = end, min(200, size * 2)


def _actors(connection: sqlite3.Connection) -> Iterator[str]:
    last = ""
    while True:
        (last,) = connection.execute("SELECT min(actor) FROM strand WHERE actor > ?", (last,)).fetchone()
        if last is None:
            return
        yield last


def _total(connection: sqlite3.Connection, wanted: Wanted) -> tuple[int, bool]:
    """How many entries; where more than actor and issue is asked, as many as if the filters had no bearing on each
    other.
    """
    sql, values = joined([*wanted.own, ("s.entry = s.key", [])])
    (number,) = connection.execute(f"SELECT count(*) FROM strand AS s {sql}", values).fetchone()
    if wanted.rest is None and not wanted.days:
        return number, True
    share = 1.0
    for facet in wanted.rest.facets if wanted.rest else ():
        share *= min(1.0, facet.number / wanted.rest.everything.number if wanted.rest else 1.0)
    if wanted.days:
        sql, values = joined(wanted.days)
        within, every = connection.execute(
            f"SELECT (SELECT count(*) FROM strand_act AS a {sql}), (SELECT count(*) FROM strand_act)", values
        ).fetchone()
        share *= within / max(1, every)
    return max(1, round(number * share)), False


def history(
    connection: sqlite3.Connection, actor: str, issue: str, limit: int = USUAL, after: str | None = None
) -> Page[Utterance]:
    """Return a page of everything told of one cell, by day."""
    wanted = Wanted.of(connection, {"actor": actor, "issue": issue})
    issues = wanted.issues if issue else (0,)
    rows = [
        row
        for number in issues
        for row in wanted.rows(connection, [("s.actor = ? AND s.issue = ?", [actor.upper(), number])])
    ]
    told = sorted(
        ((one.day, one.act, entry, one) for entry in grouped(rows) for one in entry.told),
        key=lambda one: (one[0], one[1], one[2].key),
    )
    place = place_of(after, int, int, int)
    rest = [one for one in told if (one[0], one[1], one[2].key) > place] if place else told
    shown = rest[:limit]
    acts = acts_by_key(connection, [one[1] for one in shown])
    details = Details(connection)
    items = tuple(
        Utterance(acts[act], entry.kind, details.span(one, "content") or "", details.date(one), entry.key)
        for _, act, entry, one in shown
    )
    mark = mark_of((shown[-1][0], shown[-1][1], shown[-1][2].key)) if len(rest) > limit else None
    return Page(items, len(told), True, mark)


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
    for actor in whose if not wanted.nothing else ():
        for issue in what:
            kinds = wanted.kinds(connection, actor, issue)
            for kind, number in kinds.items():
                cell = cells.setdefault((actor, names[issue]), {})
                cell[kind] = cell.get(kind, 0) + number
    return Matrix(whose, tuple(dict.fromkeys(names[issue] for issue in what)), cells)
