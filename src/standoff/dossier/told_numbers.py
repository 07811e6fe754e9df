"""Numbers that sources tell (dead, troops, money), each as its source tells it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from standoff.dossier.filters import Filters
from standoff.dossier.loading import acts_by_key, chunks
from standoff.dossier.numbers import Told, in_words
from standoff.dossier.paging import USUAL, Page
from standoff.dossier.walking import walk
from standoff.records import Span, StoredAct

_HAS_NUMBER = ("EXISTS (SELECT 1 FROM act_number AS n WHERE n.act = act.key)", list[object]())


@dataclass(frozen=True, slots=True)
class NumberTold:
    """The numbers of one act; `contested` where another source of the same event tells a number that cannot agree."""

    stored: StoredAct
    numbers: tuple[Told, ...]
    contested: bool

    @property
    def words(self) -> str:
        """The numbers as people read them: "29 dead, 3 or more wounded"."""
        return ", ".join(map(in_words, self.numbers))


def page_of(
    connection: sqlite3.Connection, filters: Filters, limit: int = USUAL, after: str | None = None
) -> Page[NumberTold]:
    """Return a page of the acts that tell numbers, by day of their event, acts of one event together."""
    walked = walk(connection, "acts", filters, limit, after, having=_HAS_NUMBER)
    acts = acts_by_key(connection, walked.keys)
    told = numbers_of(connection, walked.keys)
    contested = {
        event
        for chunk in chunks(sorted({stored.event for stored in acts.values()}))
        for (event,) in connection.execute(
            f"""SELECT key FROM event WHERE key IN ({", ".join("?" * len(chunk))})
                AND EXISTS (SELECT 1 FROM json_each(versions) WHERE json_extract(value, '$[0]') = 'number')""",
            chunk,
        )
    }
    items = tuple(NumberTold(acts[key], told[key], acts[key].event in contested) for key in walked.keys)
    return Page(items, walked.total, walked.exact, walked.next)


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
