"""What changed in the positions since a day: new, repeated, hardened, softened, dropped, contradicted by deeds.

Changes are found by walking what was told from the day on, so that a page costs what is on it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from standoff.dossier.days import days_of, for_people
from standoff.dossier.lookups.postings import NO_DAY
from standoff.dossier.views import broken_words, giving_way
from standoff.dossier.views.entries import Details, Entry, Told, entry_by_key, firmness_of, holder_of
from standoff.dossier.views.filters import Filters
from standoff.dossier.views.paging import USUAL, Page, mark_of, place_of
from standoff.dossier.views.positions import issue_names
from standoff.dossier.views.walking import Condition
from standoff.dossier.views.wanted import OF_ACTS, Wanted
from standoff.dossier.views.wording import says
from standoff.errors import UsageError
from standoff.records import Change, ChangeKind

_FIRM = {"conditional": 0, "once": 1, "repeated": 1, "red line": 2}


class Place(NamedTuple):
    """Where a change stands in their order: its day, its class, and the numbers of what makes it."""

    day: int
    rank: int
    one: int
    other: int


def page_of(
    connection: sqlite3.Connection,
    since: str,
    filters: Filters,
    limit: int = USUAL,
    after: str | None = None,
) -> Page[Change]:
    """Return a page of what became different from the day `since` on, by day.

    What is told counts as of the day of its event. Raises UsageError where `since` is no ISO date.
    """
    days = days_of(since)
    if days is None:
        raise UsageError(f"{since!r} is no date: write 2022-01-21, 2022-01 or 2022.")
    wanted = Wanted.of(connection, filters)
    if wanted.nothing:
        return Page((), 0, True, None)
    mark = place_of(after, int, int, int, int, int, int)
    start = Place(*mark[2:]) if mark else Place(days.first, -1, 0, 0)
    names = issue_names(connection)
    tables = OF_ACTS if wanted.note(connection) else wanted.tellings(connection)
    became = list(islice(_in_entries(connection, wanted, tables, days.first, start), limit + 1))
    end = became[limit].place if len(became) > limit else Place(NO_DAY, -1, 0, 0)
    window = start.day, end.day
    found = _told(connection, became, names)
    for others in (
        giving_way.changes(connection, wanted, tables, days.first, window, names),
        broken_words.changes(connection, wanted, window, names),
    ):
        fresh = ((Place(*place), change) for place, change in others if start < Place(*place))
        found += islice(fresh, limit + 1)
    found.sort(key=lambda one: one[0])
    shown = found[:limit]
    more = len(found) > limit
    if mark:
        total, exact = mark[0], bool(mark[1])
    elif not more:
        total, exact = len(shown), True
    else:
        total, exact = max(len(found), _about(connection, wanted, tables, days.first)), False
    following = mark_of((total, int(exact), *shown[-1][0])) if more else None
    return Page(tuple(change for _, change in shown), total, exact, following)


class _Became(NamedTuple):
    """An entry that was told again, or for the first time, since a day."""

    place: Place
    entry: Entry
    before: list[Told]
    now: list[Told]


def _in_entries(
    connection: sqlite3.Connection, wanted: Wanted, tables: str, since: int, start: Place
) -> Iterator[_Became]:
    """Yield what became of entries told from the day on, each at its first telling since.

    Another report of the same is no change. `tables` have all that the filters let through.
    """
    seen: set[int] = set()
    for day, act, actor, key in _tellings(connection, wanted, tables, start):
        if key in seen:
            continue
        place = Place(day, 0, act, holder_of(connection, act, actor))
        if place <= start:
            continue
        seen.add(key)
        entry = entry_by_key(connection, key, wanted)
        if entry is None:
            continue
        before, now = split(entry, since)
        if not now or (now[0].day, now[0].act) != (day, act):
            continue
        if not before or not {told.event for told in now} <= {told.event for told in before}:
            yield _Became(place, entry, before, now)


def split(entry: Entry, since: int) -> tuple[list[Told], list[Told]]:
    """Return what was told of an entry before a day, and what from it on; what has no day was before."""
    now = [told for told in entry.told if since <= told.day < NO_DAY]
    return [told for told in entry.told if told not in now], now


def _tellings(
    connection: sqlite3.Connection, wanted: Wanted, tables: str, start: Place
) -> Iterator[Sequence[Any]]:
    """Yield (day, act, actor, entry) of what was told from a place on, as far as the filters let through, by day."""
    where: Condition = "(+a.day, a.act) >= (?, ?)", [start.day, start.one if start.rank == 0 else 0]
    columns, order = "a.day, a.act, s.actor, s.entry", " ORDER BY a.day, a.act, s.actor, s.entry"
    return wanted.between(start.day, NO_DAY - 1).select(connection, columns, tables, [where], order)


def _told(
    connection: sqlite3.Connection, became: Sequence[_Became], name: Callable[[int], str]
) -> list[tuple[Place, Change]]:
    details = Details(connection, [one.entry for one in became])
    return [(one.place, _change(details, one, name(one.entry.issue))) for one in became]


def _change(details: Details, became: _Became, issue: str) -> Change:
    """Say what became of one entry: said for the first time, again, more firmly or less so."""
    entry, before, now = became.entry, became.before, became.now
    record = details.record(entry)
    keys = tuple(told.act for told in now)
    day = details.date(now[0])
    if not before:
        note = f"New: {says(entry.actor, record)}."
        return Change("new", entry.actor, issue, record, day, keys, (), note)
    was, later = firmness_of(before), details.record(entry, now)
    step = _FIRM[later.firmness] - _FIRM[was]
    kind: ChangeKind = "hardened" if step > 0 else "softened" if step < 0 else "repeated"
    how = {
        "hardened": f"firmer than before ({was}, now {later.firmness})",
        "softened": f"less firm than before ({was}, now {later.firmness})",
        "repeated": "as before",
    }[kind]
    first = for_people(details.date(before[0]))
    note = f"{kind.capitalize()}: {says(entry.actor, later)}, {how}, first told {first or 'without a date'}."
    earlier = tuple(told.act for told in before)
    return Change(kind, entry.actor, issue, record, day, keys, earlier, note)


def _about(connection: sqlite3.Connection, wanted: Wanted, tables: str, since: int) -> int:
    """About how many entries were told since a day."""
    later = wanted.between(since, NO_DAY - 1)
    if tables == OF_ACTS:
        return len(later.heads(connection, tables))
    return later.total(connection)[0]
