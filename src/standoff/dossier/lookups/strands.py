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
from standoff.dossier.loading import chunks, stored_acts
from standoff.dossier.lookups.holding import held_by
from standoff.dossier.lookups.postings import NO_DAY
from standoff.dossier.lookups.stringing import LATEST, Bead, Cell, content_in, heaviest, likest, restring
from standoff.records import PositionKind, StoredAct


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

    @property
    def bead(self) -> Bead:
        """What is strung of it."""
        row = (
            self.day,
            self.stored.event,
            self.voice,
            int(bool(_red_line().search(self.stored.quote))),
            int(self.stored.act.condition is not None),
            len(self.content),
        )
        return Bead(self.stored.key, row, self.stems, self.stored.act.target)


def place(connection: sqlite3.Connection, acts: Sequence[int]) -> None:
    """Place acts that came in, changed or went, given in the order of their numbers.

    An act that is newer than all that were placed goes to the end of its strand; for any other, the strands of its
    actor, issue and kind are strung as if all had been placed in their order.
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
    come: dict[Cell, list[Bead]] = {}
    gone: dict[Cell, set[int]] = {}
    for chunk in chunks(acts):
        marks = ", ".join("?" * len(chunk))
        for said in _said(connection, f"WHERE act.key IN ({marks})", chunk):
            come.setdefault((said.actor, said.issue, said.kind), []).append(said.bead)
        rows = connection.execute(
            f"""SELECT actor, issue, kind, act FROM strand_act JOIN strand ON strand.key = strand
                WHERE act IN ({marks})""",
            chunk,
        )
        for actor, issue, kind, act in rows.fetchall():
            gone.setdefault((actor, issue, kind), set()).add(act)
    for cell in sorted({*come, *gone}):
        restring(connection, cell, gone.get(cell, ()), come.get(cell, ()))


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
    first, last = stored.act.content or (None, None)
    return content_in(connection, stored.report, stored.act.evidence.start, stored.quote, first, last)


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
            [(said.issue, said.kind, stem, said.actor, strand) for stem in heaviest(said.stems)],
        )
    else:
        connection.execute("UPDATE strand SET last_words = ? WHERE key = ?", (stems, strand))
    day, *rest = said.bead.row
    connection.execute(
        "INSERT INTO strand_act VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (strand, day, said.stored.key, *rest)
    )


def _likest(connection: sqlite3.Connection, said: Said) -> int | None:
    """The strand that an act joins, of those that share one of its heaviest words."""
    asked: set[int] = set()
    for stem in heaviest(said.stems):
        rows = connection.execute(
            """SELECT strand FROM strand_word WHERE issue = ? AND kind = ? AND stem = ? AND actor = ?
               ORDER BY strand DESC LIMIT ?""",
            (said.issue, said.kind, stem, said.actor, LATEST),
        )
        asked.update(strand for (strand,) in rows)
    held = []
    for strand in sorted(asked):
        to, first, last = connection.execute(
            "SELECT target, first_words, last_words FROM strand WHERE key = ?", (strand,)
        ).fetchone()
        held.append((strand, to.split(), frozenset(first.split()), frozenset(last.split())))
    return likest(said.stems, frozenset(said.stored.act.target), held)


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
