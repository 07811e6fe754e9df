"""Pages of the network: who acts on whom in events that happened, strongest ties first."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import NamedTuple

from standoff.dossier.filters import Filters, parse_dyad
from standoff.dossier.network import members_of, pairs, stretch, tie_of
from standoff.dossier.paging import USUAL, Page, mark_of, place_of
from standoff.dossier.postings import LEADING_BACK, LEADING_FORTH, dyad_of
from standoff.dossier.sought import Sought, only_actual, sought
from standoff.dossier.walking import Condition, events_sought, joined, probes
from standoff.records import MODALITIES, Tie

_NAMED = 12
"""How many events a tie names."""
_ANY = 1 << 60


class _Pair(NamedTuple):
    source: str
    target: str


Types = dict[_Pair, Counter[int]]


def page_of(
    connection: sqlite3.Connection, filters: Filters, limit: int = USUAL, after: str | None = None
) -> Page[Tie]:
    """Return a page of ties; with an actor or a dyad, the ties of that actor or between the two alone."""
    asked = sought(connection, "events", filters)
    if asked.nothing or not only_actual(asked):
        return Page((), 0, True, None)
    ties = _narrowed(_ties(connection, asked), asked, filters)
    ranked = sorted((-sum(types.values()), *pair) for pair, types in ties.items())
    place = place_of(after, int, str, str)
    rest = [one for one in ranked if one > place] if place else ranked
    mark = mark_of(rest[limit - 1]) if len(rest) > limit else None
    conditions = probes(connection, asked, "p")
    items = []
    for _, source, target in rest[:limit]:
        events = _events(connection, source, target, conditions)
        items.append(tie_of(source, target, ties[_Pair(source, target)], events))
    return Page(tuple(items), len(ranked), True, mark)


def _ties(connection: sqlite3.Connection, asked: Sought) -> Types:
    """The ties of what is asked for, by type: from the sums where a slice has them, else from the events."""
    conditions = _slices(asked)
    found: Types = {}
    if conditions is None:
        for (source, target), types in _from_events(connection, asked).items():
            found[_Pair(source, target)] = types
        return found
    actor, own = asked.facet("actor"), ""
    if actor:
        marks = ", ".join("?" * len(actor.values))
        own = f" AND (source IN ({marks}) OR target IN ({marks}))"
    for condition, values in conditions:
        narrowed = f" AND type IN ({', '.join(map(str, asked.types))})" if asked.types else ""
        rows = connection.execute(
            f"""SELECT source, target, type, sum(events) FROM tie WHERE {condition}{narrowed}{own}
                GROUP BY source, target, type""",
            [*values, *(actor.values * 2 if actor else ())],
        )
        for source, target, type_, number in rows:
            found.setdefault(_Pair(source, target), Counter())[type_] += number
    return found


def _slices(asked: Sought) -> list[tuple[str, list[str]]] | None:
    """The conditions over `tie` that give what is asked for, None where no slice does."""
    named = [facet for facet in asked.facets if facet.kind in ("outlet", "issue", "contested")]
    pieces = len(named) + asked.dated
    if asked.match or pieces > 1 or any(len(facet.values) > 1 for facet in named):
        return None
    if asked.dated:
        return stretch(asked.first, asked.last)
    return [("slice = ?", [f"{named[0].kind} {named[0].values[0]}".strip() if named else ""])]


def _from_events(connection: sqlite3.Connection, asked: Sought) -> Types:
    events = events_sought(connection, asked, _ANY) or []
    members = members_of(connection, [event for event, *_ in events])
    found: Types = {}
    for event, type_, *_ in events:
        for pair in set(pairs(*members[event])):
            found.setdefault(_Pair(*pair), Counter())[type_] += 1
    return found


def _narrowed(ties: Types, asked: Sought, filters: Filters) -> Types:
    actor, dyad = asked.facet("actor"), filters.get("dyad")
    if actor:
        ties = {pair: types for pair, types in ties.items() if set(pair) & set(actor.values)}
    if dyad:
        one, other, directed = parse_dyad(str(dyad))
        wanted = {(one, other)} if directed else {(one, other), (other, one)}
        ties = {pair: types for pair, types in ties.items() if pair in wanted}
    return ties


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
