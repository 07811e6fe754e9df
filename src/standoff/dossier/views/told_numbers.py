"""Numbers that sources tell (dead, troops, money), each as its source tells it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from standoff.dossier.events.numbers import Told, in_words
from standoff.dossier.loading import acts_by_key, chunks
from standoff.dossier.views.filters import Filters
from standoff.dossier.views.paging import USUAL, Page
from standoff.dossier.views.walking import walk
from standoff.records import Span, StoredAct


@dataclass(frozen=True, slots=True)
class NumberTold:
    """The numbers of one act; `contested` are the units of which another source of the same event tells a number that
    cannot agree.
    """

    stored: StoredAct
    numbers: tuple[Told, ...]
    contested: frozenset[str]

    @property
    def words(self) -> str:
        """The numbers as people read them: "29 dead, 3 or more wounded"."""
        return ", ".join(map(in_words, self.numbers))


def page_of(
    connection: sqlite3.Connection, filters: Filters, limit: int = USUAL, after: str | None = None
) -> Page[NumberTold]:
    """Return a page of the acts that tell numbers, by day of their event, acts of one event together."""
    walked = walk(connection, "acts", filters, limit, after, only="act_number")
    acts = acts_by_key(connection, walked.keys)
    told = numbers_of(connection, walked.keys)
    disputed = _disputed(connection, sorted({stored.event for stored in acts.values()}))
    items = tuple(
        NumberTold(
            acts[key],
            told[key],
            frozenset(t.unit for t in told[key] if (acts[key].event, t.unit) in disputed),
        )
        for key in walked.keys
    )
    return Page(items, walked.total, walked.exact, walked.next)


def _disputed(connection: sqlite3.Connection, events: Sequence[int]) -> set[tuple[int, str]]:
    """Events with the units of the numbers that their sources contest."""
    return {
        (event, str(value).rsplit(" ", 1)[-1])
        for chunk in chunks(events)
        for event, value in connection.execute(
            f"""SELECT event.key, json_extract(value, '$[1]') FROM event, json_each(versions)
                WHERE event.key IN ({", ".join("?" * len(chunk))}) AND json_extract(value, '$[0]') = 'number'""",
            chunk,
        )
    }


def numbers_of(connection: sqlite3.Connection, acts: tuple[int, ...]) -> dict[int, tuple[Told, ...]]:
    """Return the numbers of acts, by act."""
    found: dict[int, list[Told]] = {}
    for chunk in chunks(sorted(acts)):
        rows = connection.execute(
            f"""SELECT act, unit, low, high, start, "end" FROM act_number
                WHERE act IN ({", ".join("?" * len(chunk))}) ORDER BY act, start""",
            chunk,
        )
        for act, unit, low, high, start, end in rows:
            found.setdefault(act, []).append(Told(unit, low, high, Span(start, end)))
    return {act: tuple(told) for act, told in found.items()}
