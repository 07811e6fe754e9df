"""What contradicts what: sources that tell one event differently, and deeds against words."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import islice
from typing import Literal, cast

from standoff.dossier.loading import events_by_key
from standoff.dossier.lookups.postings import NO_DAY
from standoff.dossier.views import broken_words
from standoff.dossier.views.filters import Filters
from standoff.dossier.views.paging import USUAL, Page, mark_of, place_of
from standoff.dossier.views.positions import issue_names
from standoff.dossier.views.walking import walk
from standoff.dossier.views.wanted import Wanted
from standoff.records import Change, Event

_AFTER_ALL = 1 << 60


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Sources that differ on an event (`event`, with its versions), or a deed against a word (`change`)."""

    kind: Literal["sources", "deeds"]
    date: str | None
    event: Event | None = None
    change: Change | None = None


def page_of(
    connection: sqlite3.Connection, filters: Filters, limit: int = USUAL, after: str | None = None
) -> Page[Contradiction]:
    """Return a page of contradictions by day; between sources, those on what makes an event contested."""
    place = place_of(after, int, int, int, int, int, int)
    contested = cast(Filters, {**filters, "contested": True})
    mark = _mark(connection, place) if place else None
    walked = walk(connection, "events", contested, limit + 1, mark)
    events = events_by_key(connection, walked.keys)
    days = _days(connection, walked.keys)
    found = [
        ((days[event.key], 0, event.key, 0), Contradiction("sources", event.date, event=event))
        for event in events
    ]
    start = place[2] if place else 0
    end = days[walked.keys[limit]] if len(walked.keys) > limit else NO_DAY
    wanted = Wanted.of(connection, filters)
    if not wanted.nothing and not filters.get("contested"):
        broken = broken_words.changes(connection, wanted, (start, end), issue_names(connection))
        fresh = (one for one in broken if place is None or one[0] > tuple(place[2:]))
        for where, change in islice(fresh, limit + 1):
            found.append((where, Contradiction("deeds", change.date, change=change)))
    found.sort(key=lambda one: one[0])
    more = len(found) > limit
    total, exact = place[:2] if place else (max(walked.total, len(found)), int(walked.exact and not more))
    shown = found[:limit]
    following = mark_of((total, exact, *shown[-1][0])) if more else None
    return Page(tuple(one for _, one in shown), total, bool(exact), following)


def _mark(connection: sqlite3.Connection, place: tuple[int, ...]) -> str:
    """Where the walk over contested events goes on."""
    total, exact, day, rank, event, _ = place
    if rank:
        return mark_of((total, exact, day, _AFTER_ALL, _AFTER_ALL))
    return mark_of((total, exact, day, _lasts(connection, event), event))


def _lasts(connection: sqlite3.Connection, event: int) -> int:
    found = connection.execute("SELECT last FROM listed_event WHERE event = ?", (event,)).fetchone()
    return int(found[0]) if found else _AFTER_ALL


def _days(connection: sqlite3.Connection, events: tuple[int, ...]) -> dict[int, int]:
    return {
        event: connection.execute("SELECT first FROM listed_event WHERE event = ?", (event,)).fetchone()[0]
        for event in events
    }
