"""Who or what a dossier speaks of most, and one actor at a glance: all from sums, whatever the size."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal, NamedTuple

from standoff.dossier.days import days_of
from standoff.dossier.lookups.postings import dyad_of
from standoff.dossier.lookups.tension import week_bounds
from standoff.dossier.views import network_pages
from standoff.dossier.views.filters import parse_dyad
from standoff.dossier.views.walking import outlets
from standoff.errors import UsageError
from standoff.records import ACT_TYPES, Tie

_MOST = 12
FacetKind = Literal["actor", "issue", "outlet", "type", "dyad"]


class Counted(NamedTuple):
    """A value to filter by, and how many records of each sort there are under it."""

    value: str
    events: int
    acts: int
    statements: int
    reports: int


class Week(NamedTuple):
    """Conflict and cooperation of an ISO week: numbers of events that happened, and the mean of their weights."""

    week: str
    conflict: int
    cooperation: int
    mean: float


@dataclass(frozen=True, slots=True)
class Profile:
    """One actor: numbers of records, events by type (most first), issues with numbers of entries, ties, weeks."""

    actor: str
    events: int
    acts: int
    statements: int
    reports: int
    types: dict[str, int]
    issues: tuple[tuple[str, int], ...]
    ties: tuple[Tie, ...]
    weeks: tuple[Week, ...]


def facets(
    connection: sqlite3.Connection, kind: FacetKind, limit: int = 50, starts: str = ""
) -> tuple[Counted, ...]:
    """Return the values of a kind that begin with `starts`, most events first."""
    numbers = "events, acts, statements, reports"
    if kind == "issue":
        like = "AND label LIKE ? ESCAPE '\\'" if starts else ""
        order = "issue CROSS JOIN facet" if starts else "facet CROSS JOIN issue"
        rows = connection.execute(
            f"""SELECT label, {numbers} FROM {order} WHERE kind = 'issue' AND value = CAST(issue.key AS TEXT)
                AND issue.key = CAST(value AS INTEGER) AND events > 0 {like} ORDER BY events DESC, label LIMIT ?""",
            [*([_prefix(starts)] if starts else []), limit],
        )
        return tuple(Counted(*row) for row in rows)
    asked = starts.casefold() if kind == "outlet" else starts.upper()
    rows = connection.execute(
        f"""SELECT value, {numbers} FROM facet WHERE kind = ? AND events > 0 AND value LIKE ? ESCAPE '\\'
            ORDER BY events DESC, value LIMIT ?""",
        (kind, _prefix(asked), limit),
    )
    found = [Counted(*row) for row in rows]
    if kind == "outlet":
        names = {name.casefold(): name for name in outlets(connection)}
        found = [one._replace(value=names.get(one.value, one.value)) for one in found]
    return tuple(found)


def _prefix(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return escaped + "%"


def pulse(
    connection: sqlite3.Connection,
    actor: str | None = None,
    dyad: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> tuple[Week, ...]:
    """Return conflict and cooperation by week: of all events, of an actor's or of a dyad's."""
    kind, value = "all", ""
    if dyad:
        one, other, _ = parse_dyad(dyad)
        kind, value = "dyad", dyad_of(one, other)
    elif actor:
        kind, value = "actor", actor.upper()
    for day in (since, until):
        if day and days_of(day) is None:
            raise UsageError(f"{day!r} is no date: write 2022-01-21, 2022-01 or 2022.")
    low, high = week_bounds(since, until)
    rows = connection.execute(
        """SELECT week, conflict, cooperation, weight FROM facet JOIN week ON week.facet = facet.key
           WHERE kind = ? AND value = ? AND week BETWEEN ? AND ? ORDER BY week""",
        (kind, value, low, high),
    )
    return tuple(
        Week(week, conflict, cooperation, round(weight / (conflict + cooperation), 2))
        for week, conflict, cooperation, weight in rows
    )


def profile(connection: sqlite3.Connection, actor: str) -> Profile | None:
    """Return an actor at a glance; None where no record names it."""
    code = actor.upper()
    row = connection.execute(
        "SELECT key, events, acts, statements, reports FROM facet WHERE kind = 'actor' AND value = ?", (code,)
    ).fetchone()
    if row is None or not any(row[1:]):
        return None
    types = connection.execute(
        "SELECT type, count(*) FROM event_posting WHERE facet = ? GROUP BY type ORDER BY 2 DESC, 1", (row[0],)
    )
    issues = connection.execute(
        """SELECT label, sum(entries) FROM cell JOIN issue ON issue.key = cell.issue
           WHERE actor = ? GROUP BY issue ORDER BY 2 DESC, label LIMIT ?""",
        (code, _MOST),
    )
    return Profile(
        code,
        events=row[1],
        acts=row[2],
        statements=row[3],
        reports=row[4],
        types={ACT_TYPES[type_]: number for type_, number in types},
        issues=tuple((label, number) for label, number in issues),
        ties=network_pages.page_of(connection, {"actor": code}, _MOST).items,
        weeks=pulse(connection, actor=code),
    )
