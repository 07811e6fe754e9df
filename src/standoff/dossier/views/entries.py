"""Entries of positions: the strands that belong together, with those of their acts that the filters let through."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol, cast

from standoff.dossier.events import words
from standoff.dossier.loading import chunks
from standoff.dossier.lookups.stringing import ALIKE
from standoff.dossier.views.walking import Condition
from standoff.records import Firmness, PositionEntry, PositionKind

_TARGETS_OF = 200
"""Of how many acts the targets are named."""
_SHARING = 15
"""How many strands with a word in common are asked whether they hold the same."""


class Told(NamedTuple):
    """One act of an entry: on which day of its event, by which voice, in words of which kind."""

    act: int
    day: int
    event: int
    voice: int
    red: int
    conditional: int
    size: int


class Choice(Protocol):
    """Filters that choose among the acts of an entry."""

    def rows(self, connection: sqlite3.Connection, where: Sequence[Condition]) -> Iterator[Sequence[Any]]:
        """Yield the rows (`COLUMNS`) of strands that meet conditions, as far as the filters let through."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that an actor holds on an issue (a key, 0 for none): its acts by day."""

    key: int
    actor: str
    issue: int
    kind: PositionKind
    told: tuple[Told, ...]

    @property
    def first(self) -> int:
        """The day of its first act."""
        return self.told[0].day


COLUMNS = "s.entry, s.actor, s.issue, s.kind, a.act, a.day, a.event, a.voice, a.red, a.conditional, a.size"
"""What `grouped` takes of strand (alias s) and strand_act (alias a)."""


def holder_of(connection: sqlite3.Connection, act: int, actor: str) -> int:
    """Return the place of an actor among those who hold something by one act: numbers of strands stand in order in one
    cell alone.
    """
    (place,) = connection.execute(
        """SELECT count(*) FROM strand_act AS b JOIN strand AS t ON t.key = b.strand
           WHERE b.act = ? AND t.actor < ?""",
        (act, actor),
    ).fetchone()
    return int(place)


def placed(holder: int, entry: int) -> int:
    """Return where an entry of the holder in this place stands among the entries that one act or event is about."""
    return (holder << 40) + entry


def grouped(rows: Iterable[Sequence[Any]]) -> list[Entry]:
    """Return the entries that rows of `COLUMNS` make, by number."""
    held: dict[int, tuple[tuple[str, int, str], list[Told]]] = {}
    for entry, actor, issue, kind, *told in rows:
        held.setdefault(entry, ((actor, issue, kind), []))[1].append(Told(*told))
    return [
        Entry(key, actor, issue, cast(PositionKind, kind), tuple(sorted(told, key=lambda t: (t.day, t.act))))
        for key, ((actor, issue, kind), told) in sorted(held.items())
    ]


def firmness_of(told: Sequence[Told]) -> Firmness:
    """Return how firm it is: called a red line, else conditional when last said, else repeated, else once.

    What several sources tell of one occasion is said once.
    """
    if any(one.red for one in told):
        return "red line"
    if told[-1].conditional:
        return "conditional"
    return "repeated" if len({one.event for one in told}) > 1 else "once"


class Details:
    """Looks up what an entry's rows do not say: words, targets, dates, who else holds it."""

    def __init__(self, connection: sqlite3.Connection, entries: Sequence[Entry] = ()) -> None:
        """Take an open connection; what the records of `entries` need is fetched at once."""
        self._connection = connection
        self._dates: dict[int, str | None] = {}
        self._words: dict[tuple[int, str], str | None] = {}
        self._targets: dict[int, tuple[str, ...]] = {}
        told = [one for entry in entries for one in (entry.told[0], entry.told[-1])]
        self._fetch_dates({one.event for one in told})
        self._fetch_targets({one.act for entry in entries for one in entry.told[:_TARGETS_OF]})
        self._fetch_words({fullest(entry.told).act for entry in entries}, "content")
        conditional = [one for entry in entries for one in entry.told if one.conditional]
        self._fetch_words({one.act for one in conditional}, "condition")

    def record(self, entry: Entry, told: Sequence[Told] | None = None) -> PositionEntry:
        """Return an entry, or what some of its acts make of it, as a record."""
        told = entry.told if told is None else told
        conditional = [one for one in told if one.conditional]
        return PositionEntry(
            kind=entry.kind,
            acts=tuple(one.act for one in told),
            target=self.targets(told),
            first=self.date(told[0]),
            last=self.date(told[-1]),
            condition=self.span(conditional[-1], "condition") if conditional else None,
            firmness=firmness_of(told),
            content=self.span(fullest(told), "content") or "",
            voices=len({one.voice for one in told}),
            also=self.also(entry),
        )

    def span(self, told: Told, what: Literal["content", "condition"]) -> str | None:
        """Return the words of an act's content (else its evidence) or condition."""
        if (told.act, what) not in self._words:
            self._fetch_words({told.act}, what)
        return self._words[told.act, what]

    def _fetch_words(self, acts: Iterable[int], what: str) -> None:
        for chunk in chunks(sorted(acts)):
            rows = self._connection.execute(
                f"""SELECT act.key, substr(text, {what}_start + 1, {what}_end - {what}_start), quote
                    FROM act JOIN report ON report.key = act.report
                    WHERE act.key IN ({", ".join("?" * len(chunk))})""",
                chunk,
            )
            for act, text, quote in rows:
                telling = text is not None and words.stems(text)
                self._words[act, what] = text if telling or what == "condition" else quote

    def date(self, told: Told) -> str | None:
        """Return the date of the event of an act."""
        if told.event not in self._dates:
            self._fetch_dates({told.event})
        return self._dates.get(told.event)

    def _fetch_dates(self, events: Iterable[int]) -> None:
        for chunk in chunks(sorted(events)):
            marks = ", ".join("?" * len(chunk))
            self._dates.update(
                self._connection.execute(f"SELECT key, date FROM event WHERE key IN ({marks})", chunk)
            )

    def targets(self, told: Sequence[Told]) -> tuple[str, ...]:
        """Return to whom it was said, in the order of telling."""
        acts = [one.act for one in told[:_TARGETS_OF]]
        self._fetch_targets({act for act in acts if act not in self._targets})
        return tuple(dict.fromkeys(actor for act in acts for actor in self._targets[act]))

    def _fetch_targets(self, acts: Iterable[int]) -> None:
        for chunk in chunks(sorted(acts)):
            found: dict[int, list[str]] = {act: [] for act in chunk}
            rows = self._connection.execute(
                f"""SELECT act, actor FROM act_actor WHERE role = 'target'
                    AND act IN ({", ".join("?" * len(chunk))}) ORDER BY act, ordinal""",
                chunk,
            )
            for act, actor in rows:
                found[act].append(actor)
            self._targets.update((act, tuple(actors)) for act, actors in found.items())

    def also(self, entry: Entry) -> tuple[str, ...]:
        """Return the other actors who hold the same on the same issue, in like words."""
        (first,) = self._connection.execute(
            "SELECT first_words FROM strand WHERE key = ?", (entry.key,)
        ).fetchone()
        stems = frozenset(first.split())
        alike: set[tuple[str, str]] = set()
        for stem in words.heaviest(stems, 3):
            alike.update(
                self._connection.execute(
                    """SELECT first_words, strand.actor FROM strand_word
                       JOIN strand ON strand.key = strand_word.strand
                       WHERE strand_word.issue = ? AND strand_word.kind = ? AND strand_word.stem = ?
                       AND strand_word.actor <> ? LIMIT ?""",
                    (entry.issue, entry.kind, stem, entry.actor, _SHARING),
                )
            )
        found = {actor for other, actor in alike if words.cosine(stems, frozenset(other.split())) >= ALIKE}
        return tuple(sorted(found))


def fullest(told: Sequence[Told]) -> Told:
    """Return the act with the longest content, the first of several."""
    return max(told, key=lambda one: one.size)


def entry_by_key(connection: sqlite3.Connection, key: int, wanted: Choice | None) -> Entry | None:
    """Return an entry with those of its acts that filters let through (all where None); None where there is none."""
    where: Condition = ("s.entry = ?", [key])
    if wanted is not None:
        rows = list(wanted.rows(connection, [where]))
    else:
        rows = connection.execute(
            f"""SELECT {COLUMNS} FROM strand AS s CROSS JOIN strand_act AS a ON a.strand = s.key
                WHERE s.entry = ?""",
            (key,),
        ).fetchall()
    return next(iter(grouped(rows)), None)
