"""Words against deeds: who gave its word to somebody on an issue, and then acted against the same side on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import NamedTuple

from standoff.dossier.days import for_people
from standoff.dossier.views.entries import Details, entry_by_key, placed
from standoff.dossier.views.walking import Condition, joined
from standoff.dossier.views.wanted import Wanted
from standoff.dossier.views.wording import VERBS, short
from standoff.records import Change

RANK = 2
_WORD_GIVEN = ("promise", "acceptance", "offer", "concession")


class _Given(NamedTuple):
    """A strand in which an actor gave its word: of which entry, and on which day first."""

    strand: int
    entry: int
    first: int


Named = tuple[tuple[int, int, int, int], Change]


def changes(
    connection: sqlite3.Connection, wanted: Wanted, days: tuple[int, int], name: Callable[[int], str]
) -> Iterator[Named]:
    """Yield (place, change), by day, for deeds on days from the first up to, not including, the second."""
    details = Details(connection)
    for day, event, actor, key in _deeds(connection, wanted, days):
        word = entry_by_key(connection, key, None)
        if word is None:
            continue
        record = details.record(word)
        date, type_, quote = connection.execute(
            "SELECT date, type, quote FROM event WHERE key = ?", (event,)
        ).fetchone()
        doer = _place_of(connection, event, actor)
        acts = tuple(
            act for (act,) in connection.execute("SELECT key FROM act WHERE event = ? ORDER BY key", (event,))
        )
        when = for_people(record.first)
        note = (
            f"Contradicted by a deed: {actor} {VERBS[word.kind]} {short(record.content)} ({when}), and on "
            f"{for_people(date)} there is {type_}: {short(quote)}."
        )
        change = Change("contradicted", actor, name(word.issue), record, date, acts, record.acts, note)
        yield (day, RANK, event, placed(doer, key)), change


def _place_of(connection: sqlite3.Connection, event: int, actor: str) -> int:
    """The place of a doer among those of an event, by code."""
    (place,) = connection.execute(
        """SELECT count(*) FROM deed AS d JOIN listed_event AS l ON l.event = d.event
           WHERE d.day = l.first AND d.event = ? AND d.actor < ?""",
        (event, actor),
    ).fetchone()
    return int(place)


def _deeds(
    connection: sqlite3.Connection, wanted: Wanted, days: tuple[int, int]
) -> Iterator[tuple[int, int, str, int]]:
    """Deeds on an issue on which the doer has given its word to the same side before: (day, event, doer, entry).

    The words of a doer on an issue are read once; there are far fewer such cells than deeds.
    """
    first, last = max(days[0], wanted.first or 0), days[1]
    if wanted.last is not None:
        last = min(last, wanted.last + 1)
    own: list[Condition] = [("d.day >= ? AND d.day < ?", [first, last])]
    for column, values in (("actor", list[str | int](wanted.actors)), ("issue", list(wanted.issues))):
        if values:
            own.append((f"d.{column} IN ({', '.join('?' * len(values))})", values))
    if wanted.conditions:
        acts = f"(SELECT key AS act, event FROM act) AS a {wanted.act_too}"
        met, values = joined([("a.event = d.event", []), *wanted.conditions])
        own.append((f"EXISTS (SELECT 1 FROM {acts} {met})", values))
    sql, asked = joined(own)
    cells: dict[tuple[str, int], dict[str, list[_Given]]] = {}
    for day, event, actor, issue in connection.execute(
        f"SELECT d.day, d.event, d.actor, d.issue FROM deed AS d {sql} ORDER BY d.day, d.event, d.actor",
        asked,
    ):
        if (actor, issue) not in cells:
            cells[actor, issue] = _words_of(connection, actor, issue)
        given = cells[actor, issue]
        if not given:
            continue
        broken = {
            one.entry
            for (target,) in connection.execute(
                "SELECT actor FROM event_actor WHERE event = ? AND role = 'target'", (event,)
            )
            for one in given.get(target, ())
            if one.first < day and not _tells(connection, one.strand, event)
        }
        for entry in sorted(broken):
            yield day, event, actor, entry


def _words_of(connection: sqlite3.Connection, actor: str, issue: int) -> dict[str, list[_Given]]:
    """The strands in which an actor gave its word on an issue, by whom it was given to."""
    found: dict[str, list[_Given]] = {}
    for strand, entry, targets, first in connection.execute(
        f"""SELECT s.key, s.entry, s.target, (SELECT min(day) FROM strand_act WHERE strand = s.key)
            FROM strand AS s WHERE s.actor = ? AND s.issue = ? AND s.kind IN ({", ".join("?" * len(_WORD_GIVEN))})""",
        [actor, issue, *_WORD_GIVEN],
    ):
        for target in set(targets.split()):
            found.setdefault(target, []).append(_Given(strand, entry, first))
    return found


def _tells(connection: sqlite3.Connection, strand: int, event: int) -> bool:
    """Return True where a strand tells of the event itself."""
    found = connection.execute("SELECT 1 FROM strand_act WHERE event = ? AND strand = ?", (event, strand))
    return found.fetchone() is not None
