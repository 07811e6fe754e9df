"""What actors say on issues, strung together: acts in like words are one strand, strands of one event one entry.

Each act is placed once, when it comes in, among the strands of its actor, issue and kind: with the likest of those
that share one of its heaviest words, else as a strand of its own. So the cost of an act is bounded, and placing all
acts again in the order of their numbers gives the same strands. Everything is part of the caller's transaction.
"""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from standoff.dossier.days import days_of
from standoff.dossier.events import words
from standoff.dossier.events.merging import likeness
from standoff.dossier.loading import chunks, stored_acts
from standoff.dossier.lookups.holding import held_by
from standoff.dossier.lookups.postings import NO_DAY
from standoff.records import PositionKind, StoredAct

ALIKE = 0.4
"""The cosine of words from which two contents are one and the same."""
_KEPT = 4
_LATEST = 8
"""How many strands one word brings up; the latest are asked."""


@dataclass(frozen=True, slots=True)
class Said:
    """One act as a position of one actor: of what kind, in which words."""

    stored: StoredAct
    issue: int
    actor: str
    kind: PositionKind
    content: str
    day: int
    voice: int

    @property
    def stems(self) -> frozenset[str]:
        """The words that it is compared by."""
        return words.stems(self.content)


def place(connection: sqlite3.Connection, acts: Sequence[int]) -> None:
    """Place acts that came in, changed or went, given in the order of their numbers.

    An act that is newer than all that were placed goes to the end of its strand; for any other, the strands of its
    actor, issue and kind are made anew.
    """
    (latest,) = connection.execute("SELECT coalesce(max(act), 0) FROM strand_act").fetchone()
    new = [act for act in acts if act > latest]
    _place_again(connection, [act for act in acts if act <= latest])
    events = set()
    for chunk in chunks(new):
        marks = ", ".join("?" * len(chunk))
        for said in _said(connection, f"WHERE act.key IN ({marks})", chunk):
            _place(connection, said)
            events.add(said.stored.event)
    for event in sorted(events):
        _join(connection, event)


def move_event(connection: sqlite3.Connection, event: int) -> None:
    """Follow an event whose day changed, or that other acts have joined."""
    row = connection.execute("SELECT date FROM event WHERE key = ?", (event,)).fetchone()
    if row is None:
        return
    day = _day(row[0])
    rows = connection.execute("SELECT strand, day, act FROM strand_act WHERE event = ?", (event,)).fetchall()
    connection.executemany(
        "UPDATE strand_act SET day = ? WHERE strand = ? AND day = ? AND act = ?",
        [(day, strand, old, act) for strand, old, act in rows if old != day],
    )
    _join(connection, event)


def _place_again(connection: sqlite3.Connection, acts: Sequence[int]) -> None:
    cells: dict[tuple[str, int, str], set[int]] = {}
    for act in acts:
        for said in _said(connection, "WHERE act.key = ?", [act]):
            cells.setdefault((said.actor, said.issue, said.kind), set()).add(act)
        rows = connection.execute(
            "SELECT actor, issue, kind FROM strand_act JOIN strand ON strand.key = strand WHERE act = ?",
            (act,),
        ).fetchall()
        for cell in rows:
            cells.setdefault(tuple(cell), set())
    for cell, added in sorted(cells.items()):
        for event in sorted(_string_anew(connection, cell, added)):
            _join(connection, event)


def _string_anew(connection: sqlite3.Connection, cell: tuple[str, int, str], added: set[int]) -> set[int]:
    rows = connection.execute(
        """SELECT act FROM strand_act JOIN strand ON strand.key = strand_act.strand
           WHERE actor = ? AND issue = ? AND kind = ?""",
        cell,
    )
    acts = {act for (act,) in rows} | added
    strands = [
        key
        for (key,) in connection.execute(
            "SELECT key FROM strand WHERE actor = ? AND issue = ? AND kind = ?", cell
        )
    ]
    for strand in strands:
        connection.execute("DELETE FROM strand_act WHERE strand = ?", (strand,))
        connection.execute("DELETE FROM strand WHERE key = ?", (strand,))
    connection.execute("DELETE FROM strand_word WHERE actor = ? AND issue = ? AND kind = ?", cell)
    events = set()
    for chunk in chunks(sorted(acts)):
        marks = ", ".join("?" * len(chunk))
        for said in _said(connection, f"WHERE act.key IN ({marks})", chunk):
            if (said.actor, said.issue, said.kind) == cell:
                _place(connection, said)
                events.add(said.stored.event)
    return events


def _said(connection: sqlite3.Connection, clause: str, values: Sequence[int]) -> list[Said]:
    """What the acts that meet a clause say, by number of act and actor."""
    acts = stored_acts(connection, clause, values)
    found = []
    for stored in acts:
        issue, date, voice = connection.execute(
            """SELECT act.issue, event.date, label.voice FROM act JOIN event ON event.key = act.event
               JOIN label ON label.report = act.report WHERE act.key = ?""",
            (stored.key,),
        ).fetchone()
        for actor, kind in held_by(stored):
            content = content_of(connection, stored)
            found.append(Said(stored, issue or 0, actor, kind, content, _day(date), voice))
    return found


def content_of(connection: sqlite3.Connection, stored: StoredAct) -> str:
    """Return what an act demands, refuses ... in the words of its report; its evidence where these say nothing by
    themselves ("it", "to him").
    """
    span = stored.act.content
    if span is None:
        return stored.quote
    (text,) = connection.execute(
        "SELECT substr(text, ?, ?) FROM report WHERE key = ?",
        (span.start + 1, span.end - span.start, stored.report),
    ).fetchone()
    return str(text) if words.stems(text) else stored.quote


def _day(date: str | None) -> int:
    days = days_of(date)
    return days.first if days else NO_DAY


def _place(connection: sqlite3.Connection, said: Said) -> None:
    strand = _likest(connection, said)
    stems = " ".join(sorted(said.stems))
    if strand is None:
        strand = connection.execute(
            """INSERT INTO strand (actor, issue, kind, entry, target, first_words, last_words)
               VALUES (?, ?, ?, 0, ?, ?, ?)""",
            (said.actor, said.issue, said.kind, " ".join(said.stored.act.target), stems, stems),
        ).lastrowid
        assert strand is not None
        connection.execute("UPDATE strand SET entry = key WHERE key = ?", (strand,))
        connection.executemany(
            "INSERT INTO strand_word VALUES (?, ?, ?, ?, ?)",
            [(said.issue, said.kind, stem, said.actor, strand) for stem in words.heaviest(said.stems, _KEPT)],
        )
    else:
        connection.execute("UPDATE strand SET last_words = ? WHERE key = ?", (stems, strand))
    connection.execute(
        "INSERT INTO strand_act VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            strand,
            said.day,
            said.stored.key,
            said.stored.event,
            said.voice,
            bool(_red_line().search(said.stored.quote)),
            said.stored.act.condition is not None,
            len(said.content),
        ),
    )


def _likest(connection: sqlite3.Connection, said: Said) -> int | None:
    """The strand that says the same towards the same side: the likest, of several the oldest."""
    asked: set[int] = set()
    for stem in words.heaviest(said.stems, _KEPT):
        rows = connection.execute(
            """SELECT strand FROM strand_word WHERE issue = ? AND kind = ? AND stem = ? AND actor = ?
               ORDER BY strand DESC LIMIT ?""",
            (said.issue, said.kind, stem, said.actor, _LATEST),
        )
        asked.update(strand for (strand,) in rows)
    target = frozenset(said.stored.act.target)
    best, likest = None, ALIKE
    for strand in sorted(asked):
        to, first, last = connection.execute(
            "SELECT target, first_words, last_words FROM strand WHERE key = ?", (strand,)
        ).fetchone()
        if likeness(target, frozenset(to.split())) < 0.5:
            continue
        alike = max(words.cosine(said.stems, frozenset(told.split())) for told in {first, last})
        if alike > likest or (best is None and alike == likest):
            best, likest = strand, alike
    return best


def _join(connection: sqlite3.Connection, event: int) -> None:
    """Let strands of one cell that share an event be one entry, named after the first of them."""
    rows = connection.execute(
        """SELECT DISTINCT actor, issue, kind, entry FROM strand_act JOIN strand ON strand.key = strand
           WHERE event = ? ORDER BY entry""",
        (event,),
    ).fetchall()
    firsts: dict[tuple[str, int, str], int] = {}
    for actor, issue, kind, entry in rows:
        first = firsts.setdefault((actor, issue, kind), entry)
        if entry != first:
            connection.execute("UPDATE strand SET entry = ? WHERE entry = ?", (first, entry))


@lru_cache(maxsize=1)
def _red_line() -> re.Pattern[str]:
    with resources.files(__package__).joinpath("red_lines.csv").open(encoding="utf-8") as file:
        phrases = [re.escape(row["phrase"]) for row in csv.DictReader(file)]
    return re.compile(r"\b(?:" + "|".join(sorted(phrases, key=len, reverse=True)) + r")\b", re.IGNORECASE)
