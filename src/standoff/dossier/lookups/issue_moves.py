"""Records whose issue became another, all at once: what is kept beside them follows without being made anew.

Merging two issues changes nothing of an act but its issue. Where all acts of an event are of one issue, all that is
different of it is the number of the issue; it is exchanged in the postings, sums and strands by a statement for each
table. The few events that are told on several issues are drawn anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from standoff.dossier.loading import chunks
from standoff.dossier.lookups import network
from standoff.dossier.lookups.postings import Listing
from standoff.dossier.lookups.stringing import Bead, Cell, restring
from standoff.records import MODALITIES


def follow(connection: sqlite3.Connection, moved: Mapping[int, int]) -> list[int]:
    """Bring what is kept beside acts up to their issues, and return the events that are to be drawn anew.

    `moved` gives the issue that each act had; its row has the new one already. Nothing else may have changed since
    the lookups were last freshened. Part of the caller's transaction.
    """
    acts = sorted(moved)
    mine = _column(connection, "SELECT DISTINCT event FROM act WHERE key IN ({})", acts)
    held = _issues(connection, mine)
    plain = {event: issues[0] for event, issues in held.items() if len(set(issues)) == 1 and issues[0]}
    rest = _events(connection, {event: (issue, len(held[event])) for event, issue in plain.items()})
    _strands(connection, moved)
    _reports(connection, _column(connection, "SELECT DISTINCT report FROM act WHERE key IN ({})", acts))
    for chunk in chunks(acts):
        connection.execute(f"DELETE FROM stale WHERE kind = 'act' AND key IN ({_marks(chunk)})", chunk)
    return sorted({*rest, *(event for event in mine if event not in plain)})


def _marks(values: Collection[Any]) -> str:
    return ", ".join("?" * len(values))


def _column(connection: sqlite3.Connection, sql: str, keys: Sequence[int]) -> list[int]:
    """The values of a query's only column, for keys in pieces."""
    found: set[int] = set()
    for chunk in chunks(keys):
        found.update(value for (value,) in connection.execute(sql.format(_marks(chunk)), chunk))
    return sorted(found)


def _issues(connection: sqlite3.Connection, events: Sequence[int]) -> dict[int, list[int | None]]:
    """The issue of each act of events, by event."""
    found: dict[int, list[int | None]] = {}
    for chunk in chunks(events):
        for event, issue in connection.execute(
            f"SELECT event, issue FROM act WHERE event IN ({_marks(chunk)})", chunk
        ):
            found.setdefault(event, []).append(issue)
    return found


def _events(connection: sqlite3.Connection, wanted: Mapping[int, tuple[int, int]]) -> list[int]:
    """Let events be of one issue alone, given with their numbers of acts; return those that must be drawn anew."""
    left: list[int] = []
    changes = _Changes()
    for chunk in chunks(sorted(wanted)):
        rows = connection.execute(
            f"""SELECT key, issue, entry FROM event JOIN listed_event ON listed_event.event = event.key
                WHERE key IN ({_marks(chunk)})""",
            chunk,
        ).fetchall()
        for event, before, entry in rows:
            if before is None:
                left.append(event)  # whether it is a deed on an issue is for its picture to say
            else:
                changes.move(event, Listing.from_text(entry), *wanted[event])
    changes.write(connection)
    return left


class _Changes:
    """What is to be written for events that moved, by table."""

    def __init__(self) -> None:
        self._events: list[tuple[int, int]] = []
        self._entries: list[tuple[str, int]] = []
        self._out: list[tuple[str, int, int, int]] = []
        self._into: list[tuple[str, int, int, int, int, int, int]] = []
        self._deeds: list[tuple[int, int, int]] = []
        self._counts: Counter[tuple[str, str]] = Counter()
        self._ties: Counter[tuple[str, str, str, int]] = Counter()

    def move(self, event: int, listing: Listing, issue: int, acts: int) -> None:
        """Let an event stand under one issue, with all its acts."""
        to = str(issue)
        own = {facet: listing.acts[facet] for facet in listing.facets if facet[0] == "issue"}
        if own != {("issue", to): acts}:
            for facet in own:
                self._count(facet[1], -1, -own[facet])
                self._out.append((facet[1], listing.first, listing.last, event))
                del listing.facets[facet]
                del listing.acts[facet]
            listing.facets["issue", to] = 0
            listing.acts["issue", to] = acts
            self._count(to, 1, acts)
            self._into.append(
                (to, listing.first, listing.last, event, listing.type, listing.modality, listing.contested)
            )
            if MODALITIES[listing.modality] == "actual":
                for (_, value), sign in [*((facet, -1) for facet in own), (("issue", to), 1)]:
                    for tie in listing.ties:
                        self._ties[f"issue {value}", *tie, listing.type] += sign
        if listing.deeds:
            listing.deeds = [(actor, issue) for actor, _ in listing.deeds]
            self._deeds.append((issue, listing.first, event))
        self._events.append((issue, event))
        self._entries.append((listing.as_text(), event))

    def _count(self, value: str, events: int, acts: int) -> None:
        self._counts[value, "events"] += events
        self._counts[value, "acts"] += acts

    def write(self, connection: sqlite3.Connection) -> None:
        """Write all of it."""
        for value in {value for value, _ in self._counts}:
            connection.execute(
                """INSERT INTO facet (kind, value, events, acts) VALUES ('issue', ?, ?, ?)
                   ON CONFLICT (kind, value) DO UPDATE SET events = events + excluded.events, acts = acts + excluded.acts""",
                (value, self._counts[value, "events"], self._counts[value, "acts"]),
            )
        key = _facet_keys(connection, {value for value, _ in self._counts})
        connection.executemany(
            "DELETE FROM event_posting WHERE facet = ? AND first = ? AND last = ? AND event = ?",
            [(key["issue", value], *row) for value, *row in self._out],
        )
        connection.executemany(
            "INSERT INTO event_posting VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
            [(key["issue", value], *row) for value, *row in self._into],
        )
        connection.executemany("UPDATE event SET issue = ? WHERE key = ?", self._events)
        connection.executemany("UPDATE listed_event SET entry = ? WHERE event = ?", self._entries)
        connection.executemany("UPDATE deed SET issue = ? WHERE day = ? AND event = ?", self._deeds)
        network.add(connection, self._ties)


def _facet_keys(connection: sqlite3.Connection, issues: Collection[str]) -> dict[tuple[str, str], int]:
    found = {}
    for value in issues:
        row = connection.execute(
            "SELECT key FROM facet WHERE kind = 'issue' AND value = ?", (value,)
        ).fetchone()
        found["issue", value] = int(row[0])
    return found


def _strands(connection: sqlite3.Connection, moved: Mapping[int, int]) -> None:
    """Take the acts out of the cells of their old issues, and put them into those of their new ones."""
    gone: dict[Cell, set[int]] = {}
    come: dict[Cell, list[Bead]] = {}
    for chunk in chunks(sorted(moved)):
        rows = connection.execute(
            f"""SELECT s.actor, s.issue, s.kind, coalesce(act.issue, 0), s.target, s.first_words, s.last_words,
                       (SELECT min(f.act) FROM strand_act AS f WHERE f.strand = s.key),
                       (SELECT max(f.act) FROM strand_act AS f WHERE f.strand = s.key),
                       a.act, a.day, a.event, a.voice, a.red, a.conditional, a.size
                FROM strand_act AS a JOIN strand AS s ON s.key = a.strand JOIN act ON act.key = a.act
                WHERE a.act IN ({_marks(chunk)})""",
            chunk,
        )
        for actor, before, kind, now, target, first, last, begins, ends, act, *row in rows:
            bead = Bead(act, tuple(row))
            if act == ends:
                bead.stems = frozenset(last.split())
            if act == begins:
                bead.stems, bead.target = frozenset(first.split()), tuple(target.split())
            gone.setdefault((actor, before, kind), set()).add(act)
            come.setdefault((actor, now, kind), []).append(bead)
    for cell in sorted({*gone, *come}):
        restring(connection, cell, gone.get(cell, ()), come.get(cell, ()))


def _reports(connection: sqlite3.Connection, reports: Sequence[int]) -> None:
    """Let reports and their statements stand under the issues of their acts."""
    counts: Counter[tuple[str, str]] = Counter()
    postings: dict[str, list[tuple[int, str, int, int]]] = {"report": [], "statement": []}
    entries: list[tuple[str, int]] = []
    for chunk in chunks(reports):
        marks = _marks(chunk)
        own: dict[int, set[str]] = {}
        for report, issue in connection.execute(
            f"SELECT DISTINCT report, issue FROM act WHERE issue IS NOT NULL AND report IN ({marks})", chunk
        ):
            own.setdefault(report, set()).add(str(issue))
        told: dict[int, set[str]] = {}
        for statement, issue in connection.execute(
            f"""SELECT t.statement, act.issue FROM act CROSS JOIN statement_act AS t ON t.act = act.key
                WHERE act.issue IS NOT NULL AND act.report IN ({marks})""",
            chunk,
        ):
            told.setdefault(statement, set()).add(str(issue))
        for report, text in connection.execute(
            f"SELECT report, entry FROM listed_report WHERE report IN ({marks})", chunk
        ).fetchall():
            day, facets, statements = json.loads(text)
            changes = [("report", report, facets, own.get(report, set()))]
            changes += [("statement", key, held, told.get(key, set())) for key, held in statements]
            for table, key, held, now in changes:
                before = {value for kind, value in held if kind == "issue"}
                if before == now:
                    continue
                held[:] = sorted([pair for pair in held if pair[0] != "issue"] + [["issue", v] for v in now])
                for sign, values in ((-1, before - now), (1, now - before)):
                    for value in values:
                        counts[value, table] += sign
                        postings[table].append((sign, value, day, key))
            entries.append(
                (json.dumps([day, facets, statements], ensure_ascii=False, separators=(",", ":")), report)
            )
    _write_reports(connection, counts, postings, entries)
    for chunk in chunks(reports):
        connection.execute(f"DELETE FROM stale WHERE kind = 'report' AND key IN ({_marks(chunk)})", chunk)


def _write_reports(
    connection: sqlite3.Connection,
    counts: Mapping[tuple[str, str], int],
    postings: Mapping[str, Iterable[tuple[int, str, int, int]]],
    entries: Sequence[tuple[str, int]],
) -> None:
    values = {value for value, _ in counts}
    for value in values:
        connection.execute(
            """INSERT INTO facet (kind, value, reports, statements) VALUES ('issue', ?, ?, ?)
               ON CONFLICT (kind, value) DO UPDATE SET reports = reports + excluded.reports,
               statements = statements + excluded.statements""",
            (value, counts.get((value, "report"), 0), counts.get((value, "statement"), 0)),
        )
    key = _facet_keys(connection, values)
    for table, rows in postings.items():
        out = [(key["issue", value], day, record) for sign, value, day, record in rows if sign < 0]
        into = [(key["issue", value], day, record) for sign, value, day, record in rows if sign > 0]
        connection.executemany(
            f"DELETE FROM {table}_posting WHERE facet = ? AND day = ? AND {table} = ?", out
        )
        connection.executemany(f"INSERT INTO {table}_posting VALUES (?, ?, ?)", into)
    connection.executemany("UPDATE listed_report SET entry = ? WHERE report = ?", entries)
