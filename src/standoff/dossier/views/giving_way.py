"""Who takes back what: an acceptance or concession by an actor who demanded, refused or threatened the same before."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from standoff.dossier.days import for_people
from standoff.dossier.events import words
from standoff.dossier.events.merging import likeness
from standoff.dossier.lookups.postings import NO_DAY
from standoff.dossier.views.entries import Details, Entry, Told, entry_by_key, holder_of, placed
from standoff.dossier.views.walking import Condition
from standoff.dossier.views.wanted import Wanted
from standoff.dossier.views.wording import VERBS, short
from standoff.records import Change, ChangeKind

RANK = 1
_YIELDING = ("acceptance", "concession")
_HARD = ("demand", "refusal", "threat")
_SAME_MATTER = 0.3
"""The cosine of words from which giving way is about the earlier demand or refusal."""
_ASKED = 20
"""How many earlier strands one word brings up; the latest are asked."""

Named = tuple[tuple[int, int, int, int], Change]


def changes(
    connection: sqlite3.Connection,
    wanted: Wanted,
    tables: str,
    since: int,
    days: tuple[int, int],
    name: Callable[[int], str],
) -> Iterator[Named]:
    """Yield (place, change) of giving way told on days from the first up to, not including, the second.

    `tables` have all that the filters let through. An earlier refusal is dropped, an earlier demand or threat softened,
    where nothing more was said of it since.
    """
    details = Details(connection)
    done: set[int] = set()
    for day, act, actor, key in _yielding(connection, wanted, tables, days):
        given = entry_by_key(connection, key, wanted)
        if given is None:
            continue
        told = next(one for one in given.told if one.act == act)
        for hard in _candidates(connection, wanted, details, given, told):
            if hard.key in done or any(since <= one.day < NO_DAY for one in hard.told):
                continue
            if any(_earlier(connection, details, hard, given, since, told)):
                continue
            done.add(hard.key)
            kind: ChangeKind = "dropped" if hard.kind == "refusal" else "softened"
            record = details.record(hard)
            note = (
                f"{kind.capitalize()}: {hard.actor} {VERBS[hard.kind]} no longer as on "
                f"{for_people(record.last) or 'an earlier day'}: it {VERBS[given.kind]} "
                f"{short(details.span(told, 'content') or '')}."
            )
            yield (
                (day, RANK, act, placed(holder_of(connection, act, actor), hard.key)),
                Change(
                    kind, hard.actor, name(hard.issue), record, details.date(told), (act,), record.acts, note
                ),
            )


def _yielding(
    connection: sqlite3.Connection, wanted: Wanted, tables: str, days: tuple[int, int]
) -> Iterator[Sequence[Any]]:
    """Yield (day, act, actor, entry) of what was accepted or conceded, by day."""
    where: Condition = "s.kind IN (?, ?)", list(_YIELDING)
    columns, order = "a.day, a.act, s.actor, s.entry", " ORDER BY a.day, a.act, s.actor, s.entry"
    return wanted.between(days[0], days[1] - 1).select(connection, columns, tables, [where], order)


def _candidates(
    connection: sqlite3.Connection, wanted: Wanted, details: Details, given: Entry, told: Told
) -> Iterator[Entry]:
    """The actor's earlier demands, refusals and threats on the issue that are about the same and towards the same."""
    stems = words.stems(details.span(told, "content") or "")
    keys: set[int] = set()
    for stem in words.heaviest(stems, 4):
        for kind in _HARD:
            rows = connection.execute(
                """SELECT strand.entry, strand.first_words, strand.last_words FROM strand_word
                   JOIN strand ON strand.key = strand_word.strand
                   WHERE strand_word.issue = ? AND strand_word.kind = ? AND strand_word.stem = ?
                   AND strand_word.actor = ? ORDER BY strand_word.strand DESC LIMIT ?""",
                (given.issue, kind, stem, given.actor, _ASKED),
            )
            for entry, first, last in rows:
                if _alike(stems, first, last):
                    keys.add(entry)
    to = frozenset(details.targets([told]))
    for key in sorted(keys):
        hard = entry_by_key(connection, key, wanted)
        if hard is not None and likeness(to, frozenset(details.targets(hard.told))) >= 0.5:
            yield hard


def _alike(stems: frozenset[str], first: str, last: str) -> bool:
    return any(words.cosine(stems, frozenset(held.split())) >= _SAME_MATTER for held in (first, last))


def _earlier(
    connection: sqlite3.Connection, details: Details, hard: Entry, given: Entry, since: int, told: Told
) -> Iterator[bool]:
    """Whether the actor gave way in this already, between the day and this telling."""
    first, last = connection.execute(
        "SELECT first_words, last_words FROM strand WHERE key = ?", (hard.key,)
    ).fetchone()
    rows = connection.execute(
        """SELECT a.act, a.day, a.event, a.voice, a.red, a.conditional, a.size
           FROM strand AS s CROSS JOIN strand_act AS a ON a.strand = s.key
           WHERE s.actor = ? AND s.issue = ? AND s.kind IN (?, ?) AND a.day >= ? AND (a.day, a.act) < (?, ?)""",
        (given.actor, given.issue, *_YIELDING, since, told.day, told.act),
    ).fetchall()
    for row in rows:
        yield _alike(words.stems(details.span(Told(*row), "content") or ""), first, last)
