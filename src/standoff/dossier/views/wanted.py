"""Filters as the views of positions take them: whose, on which issues, of which kinds, told when, by which acts.

Which acts are one entry does not depend on filters (see `lookups.strands`); filters choose the acts that an entry is
shown with.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, cast

from standoff.dossier.lookups.holding import kinds_of
from standoff.dossier.lookups.postings import NO_DAY
from standoff.dossier.views.entries import COLUMNS
from standoff.dossier.views.filters import Filters, modalities_of, several, stretch_of, types_of
from standoff.dossier.views.sought import Sought, issue_values, sought
from standoff.dossier.views.walking import RARE, Condition, act_conditions, found_acts, joined, note_events
from standoff.records import VERBAL_TYPES

_OWN = ("actor", "issue", "since", "until")
_UNHELD = ("possible", "denied")
_HELD_DEEDS = ("demanded", "conditional")
"""The modalities in which no act is a position, and those in which a deed is one (see `lookups.holding`)."""
_FEW = 20_000
"""How many events are looked through at once."""

STRANDS = "strand AS s CROSS JOIN strand_act AS a ON a.strand = s.key"
OF_DAYS = "strand_act AS a INDEXED BY strand_act_by_day CROSS JOIN strand AS s ON s.key = a.strand"
OF_ACTS = """temp.sought_act AS n CROSS JOIN strand_act AS a INDEXED BY strand_act_by_act ON a.act = n.act
    CROSS JOIN strand AS s ON s.key = a.strand"""
"""The tables strand (s) and strand_act (a): by strand, by day, and of the acts that `Wanted.note` has noted."""
_ACTS_BY_EVENT = "(SELECT key AS act, event FROM act INDEXED BY act_by_event)"
_ACT_TOO = "CROSS JOIN act ON act.key = a.act"
"""From a row with the number of an act (a) to the act, for conditions that name more of it."""


class Head(NamedTuple):
    """Whose entry on which issue (a key, 0 for none), its first day as far as filters let through, its number."""

    actor: str
    issue: int
    first: int
    entry: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters as positions take them: whose, on which issues, told on which days, and what the acts must meet.

    The day of an act is the first day of its event. `kinds` are those that the types asked for can be, empty for all.
    `asked` is None where nothing else is asked, `rest` the same narrowed to what can be a position; `nothing` is True
    where a filter names what is not there, `unheld` where it lets through no act that is a position.
    """

    actors: tuple[str, ...]
    issues: tuple[int, ...]
    kinds: tuple[str, ...]
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
        types = types_of(others.get("type"))
        return cls(
            actors=tuple(sorted({actor.upper() for actor in several(filters.get("actor"))})),
            issues=issues,
            kinds=tuple(sorted(kinds_of(types))) if types else (),
            first=first,
            last=last,
            asked=asked if others else None,
            rest=sought(connection, "acts", held or others) if others else None,
            conditions=tuple(_conditions(connection, asked, others)) if others else (),
            nothing=asked.nothing or bool(labels and not issues),
            unheld=held is None,
        )

    def note(self, connection: sqlite3.Connection) -> bool:
        """Note the acts that the filters let through, for the tables `OF_ACTS`; False where they are in many events, and
        none is noted. Days, actors and issues asked for are left to `select`.
        """
        if self.rest is None or self.unheld:
            return False
        hits = found_acts(connection, self.rest)
        if hits is not None and hits <= _FEW:
            acts = "temp.hit AS a"
        elif note_events(connection, self.rest, _FEW, happened=False) is not None:
            acts = f"temp.sought_event AS e CROSS JOIN {_ACTS_BY_EVENT} AS a ON a.event = e.event"
        else:
            return False
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS sought_act (act INTEGER)")
        connection.execute("DELETE FROM temp.sought_act")
        sql, values = joined(self.conditions)
        connection.execute(
            f"INSERT INTO temp.sought_act SELECT a.act FROM {acts} {self.act_too} {sql}", values
        )
        return True

    @property
    def act_too(self) -> str:
        """The join that the conditions need beside a table (a) with the number of an act."""
        return _ACT_TOO if any("act." in sql for sql, _ in self.conditions) else ""

    @property
    def cells(self) -> list[Condition]:
        """What a strand or a row of `cell` (s) must meet."""
        found: list[Condition] = []
        for column, values in (("actor", self.actors), ("issue", self.issues), ("kind", self.kinds)):
            if values:
                found.append((f"s.{column} IN ({', '.join('?' * len(values))})", list(values)))
        return found

    @property
    def days(self) -> list[Condition]:
        """What the day of an act (a) must meet."""
        if self.first is None and self.last is None:
            return []
        last = NO_DAY - 1 if self.last is None else self.last
        return [("a.day BETWEEN ? AND ?", [self.first or 0, last])]

    def tellings(self, connection: sqlite3.Connection) -> str:
        """Return the tables strand (s) and strand_act (a), in the order in which the tellings of some days are found:
        by whose they are or on what, where these are few, else by day.
        """
        if not self.cells:
            return OF_DAYS
        sql, values = joined(self.cells)
        (acts,) = connection.execute(f"SELECT coalesce(sum(acts), 0) FROM cell AS s {sql}", values).fetchone()
        return STRANDS if acts <= RARE else OF_DAYS

    def total(self, connection: sqlite3.Connection) -> tuple[int, bool]:
        """Return how many entries there are, and whether that is exact; where more than whose, on what and of which kind
        is asked, as many as if the filters had no bearing on each other.
        """
        sql, values = joined(self.cells)
        (number,) = connection.execute(
            f"SELECT coalesce(sum(entries), 0) FROM cell AS s {sql}", values
        ).fetchone()
        if self.rest is None and not self.days:
            return number, True
        share = 1.0
        if self.rest is not None:
            for facet in self.rest.facets:
                share *= min(1.0, facet.number / self.rest.everything.number)
        if self.days:
            sql, values = joined(self.days)
            within, every = connection.execute(
                f"""SELECT (SELECT coalesce(sum(acts), 0) FROM strand_day AS a {sql}),
                           (SELECT coalesce(sum(acts), 0) FROM strand_day)""",
                values,
            ).fetchone()
            share *= within / max(1, every)
        return max(1, round(number * share)), False

    def rows(self, connection: sqlite3.Connection, where: Sequence[Condition]) -> Iterator[Sequence[Any]]:
        """Yield the rows (`entries.COLUMNS`) of strands that meet conditions, as far as the filters for acts let through."""
        return replace(self, actors=(), issues=(), kinds=()).select(connection, COLUMNS, STRANDS, where)

    def between(self, first: int, last: int) -> Wanted:
        """Return the same, told on days from the first to the last alone."""
        own = NO_DAY - 1 if self.last is None else self.last
        return replace(self, first=max(first, self.first or 0), last=min(last, own))

    def heads(
        self, connection: sqlite3.Connection, tables: str, where: Sequence[Condition] = ()
    ) -> list[Head]:
        """Return the entries that meet conditions, as far as the filters let through."""
        rows = self.select(
            connection, "s.actor, s.issue, min(a.day), s.entry", tables, where, " GROUP BY s.entry"
        )
        return [Head(*row) for row in rows]

    def select(
        self,
        connection: sqlite3.Connection,
        columns: str,
        tables: str,
        where: Sequence[Condition] = (),
        ending: str = "",
    ) -> Iterator[Sequence[Any]]:
        """Yield what a query over strand (s) and strand_act (a) finds, as far as the filters let through."""
        if self.unheld:
            return
        conditions = () if tables == OF_ACTS else self.conditions
        if conditions:
            tables += f" {self.act_too}"
        sql, values = joined([*where, *self.cells, *self.days, *conditions])
        yield from connection.execute(f"SELECT {columns} FROM {tables} {sql}{ending}", values)


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
    yield from act_conditions(connection, asked, filters, "a.act")
    types = types_of(filters.get("type"))
    if types:
        yield f"act.type IN ({', '.join('?' * len(types))})", list(types)
    if filters.get("contested"):
        yield "EXISTS (SELECT 1 FROM event AS c WHERE c.key = a.event AND c.contested)", []
