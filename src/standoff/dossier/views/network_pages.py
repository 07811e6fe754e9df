"""Pages of the network: who acts on whom in events that happened, strongest ties first."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from standoff.dossier.lookups.network import stretch
from standoff.dossier.lookups.postings import LEADING_BACK, LEADING_FORTH, dyad_of
from standoff.dossier.lookups.tension import weights
from standoff.dossier.views.filters import Filters, parse_dyad
from standoff.dossier.views.paging import USUAL, Page, mark_of, place_of
from standoff.dossier.views.sought import Sought, only_actual, sought
from standoff.dossier.views.walking import Condition, joined, note_events, probes
from standoff.records import ACT_TYPES, MODALITIES, VERBAL_TYPES, Tie

_NAMED = 12
"""How many events a tie names."""
_ANY = 1 << 60


class _Sum(NamedTuple):
    """A tie in the order of strength: `rank` is the number of its events, negative; then the four counts of a `Tie`."""

    rank: int
    source: str
    target: str
    counts: tuple[int, int, int, int]


def page_of(
    connection: sqlite3.Connection, filters: Filters, limit: int = USUAL, after: str | None = None
) -> Page[Tie]:
    """Return a page of ties; with an actor or a dyad, the ties of that actor or between the two alone."""
    asked = sought(connection, "events", filters)
    if asked.nothing or not only_actual(asked):
        return Page((), 0, True, None)
    place = place_of(after, int, str, str)
    conditions = _slices(asked)
    own = _narrowed(asked, filters)
    ranked = (
        _from_events(connection, asked, own)
        if conditions is None
        else _from_slices(connection, asked, conditions, own)
    )
    rest = [one for one in ranked if one[:3] > place] if place else ranked
    mark = mark_of(rest[limit - 1][:3]) if len(rest) > limit else None
    meets = probes(connection, asked, "p") if conditions is not None else [_NOTED]
    items = tuple(
        Tie(one.source, one.target, *one.counts, events=_events(connection, one.source, one.target, meets))
        for one in rest[:limit]
    )
    return Page(items, len(ranked), True, mark)


def _from_slices(
    connection: sqlite3.Connection,
    asked: Sought,
    slices: Sequence[tuple[str, list[str]]],
    own: Condition,
) -> list[_Sum]:
    """The ties as the slices have them, strongest first."""
    narrowed = f" AND type IN ({', '.join(map(str, asked.types))})" if asked.types else ""
    parts = " UNION ALL ".join(
        f"SELECT source, target, type, events FROM tie WHERE {where}{narrowed} AND {own[0]}"
        for where, _ in slices
    )
    values = [value for _, held in slices for value in (*held, *own[1])]
    sums = ", ".join(f"sum(iif(type IN ({types}), events, 0))" for types in _classes())
    rows = connection.execute(
        f"""SELECT -sum(events) AS rank, source, target, {sums} FROM ({parts}) GROUP BY source, target
            ORDER BY rank, source, target""",
        values,
    )
    return [_Sum(rank, source, target, tuple(counts)) for rank, source, target, *counts in rows]


@cache
def _classes() -> tuple[str, ...]:
    """The types (by number, as SQL) of conflict in words and in deeds, of cooperation in words and in deeds."""
    return tuple(
        ", ".join(
            str(number)
            for number, name in enumerate(ACT_TYPES)
            if (weights()[name] < 0) == conflict and (name in VERBAL_TYPES) == words
        )
        for conflict, words in ((True, True), (True, False), (False, True), (False, False))
    )


def _from_events(connection: sqlite3.Connection, asked: Sought, own: Condition) -> list[_Sum]:
    """The ties of what no slice holds: the events are added up."""
    note_events(connection, asked, _ANY)
    sums = ", ".join(f"sum(type IN ({types}))" for types in _classes())
    rows = connection.execute(
        f"""SELECT source, target, {sums} FROM ({_PAIRS}) WHERE source <> target AND {own[0]}
            GROUP BY source, target""",
        own[1],
    )
    return sorted(
        _Sum(-sum(counts), source, target, (counts[0], counts[1], counts[2], counts[3]))
        for source, target, *counts in rows
    )


_NOTED: Condition = ("EXISTS (SELECT 1 FROM temp.sought_event AS n WHERE n.event = p.event)", [])
_PAIRS = """SELECT e.event, e.type, s.actor AS source, t.actor AS target FROM temp.sought_event AS e
    CROSS JOIN event_actor AS s ON s.event = e.event AND s.role = 'source'
    CROSS JOIN event_actor AS t ON t.event = e.event AND t.role = iif(
        EXISTS (SELECT 1 FROM event_actor AS n WHERE n.event = e.event AND n.role = 'target'), 'target', 'source')"""
"""Who acts on whom in the events noted, like `lookups.network.pairs`: each on each where nobody is acted on."""


def _slices(asked: Sought) -> list[tuple[str, list[str]]] | None:
    """The conditions over `tie` that give what is asked for, None where no slice does."""
    named = [facet for facet in asked.facets if facet.kind in ("outlet", "issue", "contested")]
    pieces = len(named) + asked.dated
    if asked.match or pieces > 1 or any(len(facet.values) > 1 for facet in named):
        return None
    if asked.dated:
        return stretch(asked.first, asked.last)
    return [("slice = ?", [f"{named[0].kind} {named[0].values[0]}".strip() if named else ""])]


def _narrowed(asked: Sought, filters: Filters) -> Condition:
    """The condition that leaves the ties of the actors, or between the two, that are asked for."""
    parts: list[str] = []
    values: list[str] = []
    actor, dyad = asked.facet("actor"), filters.get("dyad")
    if actor:
        marks = ", ".join("?" * len(actor.values))
        parts.append(f"(source IN ({marks}) OR target IN ({marks}))")
        values += actor.values * 2
    if dyad:
        one, other, directed = parse_dyad(str(dyad))
        ways = [(one, other)] if directed else [(one, other), (other, one)]
        parts.append("(" + " OR ".join("(source = ? AND target = ?)" for _ in ways) + ")")
        values += [code for way in ways for code in way]
    return " AND ".join(parts) or "1", values


def _events(
    connection: sqlite3.Connection, source: str, target: str, conditions: list[Condition]
) -> tuple[int, ...]:
    """The first events of a tie by day."""
    way = LEADING_FORTH if source < target else LEADING_BACK
    facet = connection.execute(
        "SELECT key FROM facet WHERE kind = 'dyad' AND value = ?", (dyad_of(source, target),)
    ).fetchone()
    own: Condition = (
        "p.facet = ? AND p.way & ? AND p.modality = ?",
        [facet[0], way, MODALITIES.index("actual")],
    )
    sql, bound = joined([own, *conditions])
    rows = connection.execute(
        f"SELECT p.event FROM event_posting AS p {sql} ORDER BY p.first, p.last, p.event LIMIT ?",
        [*bound, _NAMED],
    )
    return tuple(event for (event,) in rows)
