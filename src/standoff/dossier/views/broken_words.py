"""Words against deeds: who gave its word to somebody on an issue, and then acted against the same side on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from standoff.dossier.days import for_people
from standoff.dossier.views.entries import Details, entry_by_key
from standoff.dossier.views.positions import Wanted
from standoff.dossier.views.walking import Condition, joined
from standoff.dossier.views.wording import VERBS, short
from standoff.records import Change

RANK = 2
_WORD_GIVEN = ("promise", "acceptance", "offer", "concession")

_TO_THE_SAME = """EXISTS (SELECT 1 FROM event_actor AS t WHERE t.event = d.event AND t.role = 'target'
    AND instr(' ' || s.target || ' ', ' ' || t.actor || ' ') > 0)"""

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
        acts = tuple(
            act for (act,) in connection.execute("SELECT key FROM act WHERE event = ? ORDER BY key", (event,))
        )
        when = for_people(record.first)
        note = (
            f"Contradicted by a deed: {actor} {VERBS[word.kind]} {short(record.content)} ({when}), and on "
            f"{for_people(date)} there is {type_}: {short(quote)}."
        )
        change = Change("contradicted", actor, name(word.issue), record, date, acts, record.acts, note)
        yield (day, RANK, event, key), change


def _deeds(
    connection: sqlite3.Connection, wanted: Wanted, days: tuple[int, int]
) -> Iterator[tuple[int, int, str, int]]:
    """Deeds on an issue on which the doer has given its word to the same side before: (day, event, doer, entry)."""
    tables = "deed AS d CROSS JOIN strand AS s ON s.actor = d.actor AND s.issue = d.issue"
    marks = ", ".join("?" * len(_WORD_GIVEN))
    first, last = max(days[0], wanted.first or 0), days[1]
    if wanted.last is not None:
        last = min(last, wanted.last + 1)
    own: list[Condition] = [
        ("d.day >= ? AND d.day < ?", [first, last]),
        (f"s.kind IN ({marks})", list(_WORD_GIVEN)),
        (_TO_THE_SAME, []),
        ("EXISTS (SELECT 1 FROM strand_act AS e WHERE e.strand = s.key AND e.day < d.day)", []),
        ("NOT EXISTS (SELECT 1 FROM strand_act AS e WHERE e.strand = s.key AND e.event = d.event)", []),
    ]
    if wanted.conditions:
        tables += """ CROSS JOIN listed_event AS l ON l.event = d.event
            CROSS JOIN event_posting AS p ON p.facet = (SELECT key FROM facet WHERE kind = 'all')
                AND p.first = l.first AND p.last = l.last AND p.event = l.event
            CROSS JOIN act ON act.event = d.event"""
    sql, values = joined([*own, *wanted.own, *wanted.conditions])
    yield from connection.execute(
        f"""SELECT DISTINCT d.day, d.event, d.actor, s.entry FROM {tables} {sql}
            ORDER BY d.day, d.event, d.actor, s.entry""",
        values,
    )
