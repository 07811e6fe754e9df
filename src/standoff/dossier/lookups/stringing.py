"""The strands of one cell (actor, issue, kind) brought up to acts that left it, came into it, or changed.

A strand is named by its first act, and strands stand in the order of their first acts. What comes out is what placing all
acts of the cell in the order of their numbers gives (see `strands`), but only those acts are placed again whose words
meet a strand that is not as it was; everything happens in memory, and only differences are written.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from standoff.dossier.events import words
from standoff.dossier.events.merging import likeness

ALIKE = 0.4
"""The cosine of words from which two contents are one and the same."""
KEPT = 4
"""How many words of its first act a strand is found by."""
LATEST = 8
"""How many strands one word brings up; the latest are asked."""

Cell = tuple[str, int, str]
"""Actor, issue (0: none), kind of position."""
Name = tuple[int, int]
"""The act that begins a strand, and 1 where it is not the act that began it before (it came in, or changed)."""


@dataclass(slots=True)
class Bead:
    """One act on a strand, with the row that stands for it; its words and targets are None until they are needed."""

    act: int
    row: tuple[int, int, int, int, int, int]
    """Day, event, voice, red, conditional, size, as in `strand_act`."""
    stems: frozenset[str] | None = None
    target: tuple[str, ...] | None = None


@dataclass(slots=True)
class _Strand:
    """A strand as it is strung: `key` is its number in the table, None where it is to get one."""

    name: Name
    target: tuple[str, ...]
    first: frozenset[str]
    beads: list[Bead] = field(default_factory=list)
    key: int | None = None
    entry: int = 0
    last: frozenset[str] | None = None
    """The words of its last act, as the table has them."""

    @property
    def kept(self) -> tuple[str, ...]:
        """The words that it is found by."""
        return heaviest(self.first)


@lru_cache(maxsize=16_384)
def heaviest(stems: frozenset[str]) -> tuple[str, ...]:
    """Return the words that an act is found by, and looks for its strand by."""
    return tuple(words.heaviest(stems, KEPT))


def likest(
    stems: frozenset[str],
    target: frozenset[str],
    strands: Iterable[tuple[int, Collection[str], frozenset[str], frozenset[str]]],
) -> int | None:
    """Return the strand that says the same towards the same side: the likest, of several the oldest.

    `strands` are given as (number, targets, words of the first act, words of the last act), the oldest first.
    """
    best, most = None, ALIKE
    for strand, to, first, last in strands:
        if likeness(target, frozenset(to)) < 0.5:
            continue
        alike = max(words.cosine(stems, told) for told in {first, last})
        if alike > most or (best is None and alike == most):
            best, most = strand, alike
    return best


def restring(connection: sqlite3.Connection, cell: Cell, gone: Collection[int], come: Sequence[Bead]) -> None:
    """Take acts out of a cell, and put acts into it; an act that changed is among both. Part of the caller's
    transaction.
    """
    before = _load(connection, cell)
    if not come and all(bead.act in gone for strand in before for bead in strand.beads):
        _write(connection, cell, before, ())
        return
    after = _Stringing(connection, before, frozenset(gone), come).strung()
    _number(connection, before, after)
    _write(connection, cell, before, after)


def _load(connection: sqlite3.Connection, cell: Cell) -> list[_Strand]:
    """The strands of a cell as they stand in the tables, in their order."""
    found: dict[int, _Strand] = {}
    for key, entry, target, first, last in connection.execute(
        """SELECT key, entry, target, first_words, last_words FROM strand
           WHERE actor = ? AND issue = ? AND kind = ? ORDER BY key""",
        cell,
    ):
        own = frozenset(first.split())
        found[key] = _Strand((0, 0), tuple(target.split()), own, [], key, entry, frozenset(last.split()))
    for key, act, *row in connection.execute(
        """SELECT a.strand, a.act, a.day, a.event, a.voice, a.red, a.conditional, a.size
           FROM strand AS s CROSS JOIN strand_act AS a ON a.strand = s.key
           WHERE s.actor = ? AND s.issue = ? AND s.kind = ?""",
        cell,
    ):
        found[key].beads.append(Bead(act, tuple(row)))
    for strand in found.values():
        strand.beads.sort(key=lambda bead: bead.act)
        strand.beads[-1].stems = strand.last
        strand.beads[0].stems, strand.beads[0].target = strand.first, strand.target
        strand.name = (strand.beads[0].act, 0)
    return list(found.values())


class _Stringing:
    """Strings the acts of a cell in the order of their numbers, beside what was strung before."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        before: Sequence[_Strand],
        gone: frozenset[int],
        come: Sequence[Bead],
    ) -> None:
        self._connection = connection
        self._was = {bead.act: strand for strand in before for bead in strand.beads}
        self._old = {bead.act: bead for strand in before for bead in strand.beads}
        self._gone = gone
        self._come = {bead.act: bead for bead in come}
        self._strands: dict[Name, _Strand] = {}
        self._by_word: dict[str, list[_Strand]] = {}
        self._last_before: dict[Name, Name] = {}
        self._last_now: dict[Name, Name] = {}
        self._differing: set[Name] = set()
        self._met_by: Counter[str] = Counter()
        self._kept = {strand.name: strand.kept for strand in before}

    def strung(self) -> list[_Strand]:
        """Return the strands as they are now, in their order."""
        for act in sorted({*self._old, *self._come}):
            was = self._was.get(act)
            bead = self._come.get(act) or (self._old[act] if act not in self._gone else None)
            touched = set[Name]()
            if was is not None:
                changed = int(act in self._gone)
                self._last_before[was.name] = (act, -changed)
                touched.add(was.name)
            if bead is not None:
                now = self._place(bead, was)
                now.beads.append(bead)
                self._last_now[now.name] = (act, int(act in self._come))
                touched.add(now.name)
            self._compare(touched)
        for strand in self._strands.values():
            self._stems(strand.beads[-1])
        return list(self._strands.values())

    def _place(self, bead: Bead, was: _Strand | None) -> _Strand:
        """Return the strand of an act: the one it was on, where nothing that it could meet is otherwise."""
        act = bead.act
        is_new = act in self._come
        if not is_new and was is not None and not self._meets_differing(bead):
            return self._strands.get(was.name) or self._begin(was.name, bead, was)
        stems = self._stems(bead)
        asked = {strand.name for stem in heaviest(stems) for strand in self._by_word.get(stem, ())[-LATEST:]}
        held = [self._strands[name] for name in sorted(asked)]
        found = likest(
            stems,
            frozenset(self._target(bead)) if held else frozenset(),
            ((at, one.target, one.first, self._stems(one.beads[-1])) for at, one in enumerate(held)),
        )
        if found is not None:
            return held[found]
        name = (act, int(is_new))
        return self._begin(name, bead, was if was is not None and was.name == name else None)

    def _begin(self, name: Name, bead: Bead, was: _Strand | None) -> _Strand:
        begun = _Strand(name, self._target(bead), self._stems(bead))
        if was is not None:
            begun.key, begun.entry, begun.last = was.key, was.entry, was.last
        self._strands[name] = begun
        self._kept[name] = begun.kept
        for stem in self._kept[name]:
            self._by_word.setdefault(stem, []).append(begun)
        return begun

    def _meets_differing(self, bead: Bead) -> bool:
        if not self._differing:
            return False
        return any(self._met_by[stem] for stem in heaviest(self._stems(bead)))

    def _compare(self, touched: Iterable[Name]) -> None:
        """Note which strands are otherwise than they were at the same act."""
        for name in touched:
            differs = self._last_before.get(name) != self._last_now.get(name)
            if differs == (name in self._differing):
                continue
            if differs:
                self._differing.add(name)
                self._met_by.update(self._kept[name])
            else:
                self._differing.discard(name)
                self._met_by.subtract(self._kept[name])

    def _stems(self, bead: Bead) -> frozenset[str]:
        if bead.stems is None:
            report, start, quote, first, last = self._connection.execute(
                "SELECT report, start, quote, content_start, content_end FROM act WHERE key = ?", (bead.act,)
            ).fetchone()
            bead.stems = words.stems(content_in(self._connection, report, start, quote, first, last))
        return bead.stems

    def _target(self, bead: Bead) -> tuple[str, ...]:
        if bead.target is None:
            rows = self._connection.execute(
                "SELECT actor FROM act_actor WHERE act = ? AND role = 'target' ORDER BY ordinal", (bead.act,)
            )
            bead.target = tuple(actor for (actor,) in rows)
        return bead.target


def content_in(
    connection: sqlite3.Connection, report: int, start: int, quote: str, first: int | None, last: int | None
) -> str:
    """Return the words of a content from `first` to `last` of a report; the evidence (`quote`, from `start` on) where
    there is none, or where it says nothing by itself ("it", "to him").
    """
    if first is None or last is None:
        return quote
    if start <= first and last <= start + len(quote):
        text = quote[first - start : last - start]
    else:
        (text,) = connection.execute(
            "SELECT substr(text, ?, ?) FROM report WHERE key = ?", (first + 1, last - first, report)
        ).fetchone()
    return text if words.stems(text) else quote


def _number(connection: sqlite3.Connection, before: Sequence[_Strand], after: Sequence[_Strand]) -> None:
    """Give new strands their numbers, so that numbers stand in the order of the strands; and every strand its entry."""
    fresh = next((at for at, strand in enumerate(after) if strand.key is None), len(after))
    if fresh < len(after):
        (most,) = connection.execute("SELECT coalesce(max(key), 0) FROM strand").fetchone()
        for number, strand in enumerate(after[fresh:], start=most + 1):
            strand.key = number
    chief: dict[int, int] = {}

    def leading(key: int) -> int:
        while chief.setdefault(key, key) != key:
            key = chief[key]
        return key

    telling: dict[int, int] = {}
    for strand in after:
        assert strand.key is not None
        for bead in strand.beads:
            one, other = leading(telling.setdefault(bead.row[1], strand.key)), leading(strand.key)
            chief[max(one, other)] = min(one, other)
    for strand in after:
        assert strand.key is not None
        strand.entry = leading(strand.key)


def _write(
    connection: sqlite3.Connection, cell: Cell, before: Sequence[_Strand], after: Sequence[_Strand]
) -> None:
    """Write what is otherwise than before."""
    actor, issue, kind = cell
    kept = {strand.key: strand for strand in after}
    old = {strand.key: strand for strand in before}
    ended = [strand for strand in before if strand.key not in kept]
    begun = [strand for strand in after if strand.key not in old]
    rows_before = {(s.key, b.row[0], b.act): b.row for s in before for b in s.beads}
    rows_after = {(s.key, b.row[0], b.act): b.row for s in after for b in s.beads}
    connection.executemany(
        "DELETE FROM strand_act WHERE strand = ? AND day = ? AND act = ?",
        [place for place, row in rows_before.items() if rows_after.get(place) != row],
    )
    connection.executemany(
        "DELETE FROM strand_word WHERE issue = ? AND kind = ? AND stem = ? AND actor = ? AND strand = ?",
        [(issue, kind, stem, actor, strand.key) for strand in ended for stem in strand.kept],
    )
    connection.executemany("DELETE FROM strand WHERE key = ?", [(strand.key,) for strand in ended])
    connection.executemany(
        """INSERT INTO strand (key, actor, issue, kind, entry, target, first_words, last_words)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            (one.key, *cell, one.entry, " ".join(one.target), _text(one.first), _text(one.beads[-1].stems))
            for one in begun
        ],
    )
    connection.executemany(
        "INSERT INTO strand_word VALUES (?, ?, ?, ?, ?)",
        [(issue, kind, stem, actor, strand.key) for strand in begun for stem in strand.kept],
    )
    connection.executemany(
        "UPDATE strand SET entry = ?, last_words = ? WHERE key = ?",
        [
            (strand.entry, _text(strand.beads[-1].stems), strand.key)
            for strand in after
            if strand.key in old
            and (strand.entry, strand.beads[-1].stems) != (old[strand.key].entry, old[strand.key].last)
        ],
    )
    connection.executemany(
        "INSERT INTO strand_act VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (strand, day, act, *row[1:])
            for (strand, day, act), row in rows_after.items()
            if rows_before.get((strand, day, act)) != row
        ],
    )


def _text(stems: frozenset[str] | None) -> str:
    return " ".join(sorted(stems or ()))
