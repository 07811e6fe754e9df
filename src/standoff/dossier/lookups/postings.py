"""What records are looked up by: for every actor, dyad, issue, type and outlet, the events, statements and reports
of it by day.

An event is under a facet where any of its acts is, so that a doer whom only one source names finds it too. Everything
here is part of the caller's transaction; what was written before is kept beside the postings (`listed_event`,
`listed_report`), so that it can be taken out again whatever became of the records.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from standoff.dossier.days import days_of
from standoff.dossier.lookups import network, tension
from standoff.records import ACT_TYPES, MODALITIES, VERBAL_TYPES

NO_DAY = 3652060
"""The day of what has no day: after every other."""
SOURCE, TARGET = 1, 2
FORTH, BACK, TOGETHER, LEADING_FORTH, LEADING_BACK = 1, 2, 4, 8, 16
"""How the actors of a dyad A:B stand to each other in an event: as any telling has it, and as most voices do."""
LEADING = LEADING_FORTH | LEADING_BACK

Facets = dict[tuple[str, str], int]
"""Kind and value to `way`."""


@dataclass(slots=True)
class Listing:
    """How an event stands in the postings and in the tables that add events up."""

    first: int
    last: int
    type: int
    modality: int
    contested: int
    facets: Facets = field(default_factory=dict)
    acts: Counter[tuple[str, str]] = field(default_factory=Counter)
    ties: list[tuple[str, str]] = field(default_factory=list)
    deeds: list[tuple[str, int]] = field(default_factory=list)

    def as_text(self) -> str:
        """Return it as JSON, the same for the same listing."""
        return json.dumps(
            [
                self.first, self.last, self.type, self.modality, self.contested,
                [[*facet, way, self.acts[facet]] for facet, way in sorted(self.facets.items())],
                self.ties,
                self.deeds,
            ],
            ensure_ascii=False, separators=(",", ":"),
        )  # fmt: skip

    @classmethod
    def from_text(cls, text: str) -> Listing:
        """Return what `as_text` wrote."""
        first, last, type_, modality, contested, facets, ties, deeds = json.loads(text)
        made = cls(first, last, type_, modality, contested)
        made.ties = [(one, other) for one, other in ties]
        made.deeds = [(actor, issue) for actor, issue in deeds]
        for kind, value, way, acts in facets:
            made.facets[kind, value] = way
            made.acts[kind, value] = acts
        return made


def dyad_of(one: str, other: str) -> str:
    """Return the value of a dyad's facet: its codes in the order of letters."""
    return f"{min(one, other)}:{max(one, other)}"


def list_event(connection: sqlite3.Connection, event: int) -> None:
    """Bring the postings and sums of an event up to its row and its acts; take it out where it has none."""
    new = _listing(connection, event)
    found = connection.execute("SELECT entry FROM listed_event WHERE event = ?", (event,)).fetchone()
    if found and new is not None and found[0] == new.as_text():
        return
    if found:
        _take_out(connection, event, Listing.from_text(found[0]))
    if new is not None:
        _put_in(connection, event, new)


def _listing(connection: sqlite3.Connection, event: int) -> Listing | None:
    row = connection.execute(
        "SELECT type, modality, date, contested, date_known, issue FROM event WHERE key = ?", (event,)
    ).fetchone()
    acts = connection.execute(
        """SELECT act.key, act.issue, act.modality, label.outlet FROM act JOIN label ON label.report = act.report
           WHERE act.event = ? ORDER BY act.key""",
        (event,),
    ).fetchall()
    if row is None or not acts:
        return None
    days = days_of(row[2])
    first, last = days or (NO_DAY, NO_DAY)
    made = Listing(first, last, ACT_TYPES.index(row[0]), MODALITIES.index(row[1]), row[3])
    for act, issue, modality, outlet in acts:
        roles = _roles(connection, "act", act)
        told: Facets = {("all", ""): 0, ("type", row[0]): 0}
        if issue is not None:
            told["issue", str(issue)] = 0
        if outlet:
            told["outlet", outlet.casefold()] = 0
        if modality != "actual":
            told["modality", modality] = 0
        if row[3]:
            told["contested", ""] = 0
        told |= _actors(roles)
        for facet, way in told.items():
            made.facets[facet] = made.facets.get(facet, 0) | way
            made.acts[facet] += 1
    roles = _roles(connection, "event", event)
    made.ties = sorted(set(network.pairs(roles.get("source", ()), roles.get("target", ()))))
    for one, other in made.ties:
        facet = "dyad", dyad_of(one, other)
        made.facets[facet] = made.facets.get(facet, 0) | (LEADING_FORTH if one < other else LEADING_BACK)
    if row[0] not in VERBAL_TYPES and tension.weights()[row[0]] < 0 and row[4] and row[5] is not None:
        made.deeds = [(actor, row[5]) for actor in sorted(set(roles.get("source", ())))]
    return made


def _roles(connection: sqlite3.Connection, table: str, key: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for role, actor in connection.execute(
        f"SELECT role, actor FROM {table}_actor WHERE {table} = ? ORDER BY role, ordinal", (key,)
    ):
        found.setdefault(role, []).append(actor)
    return found


def _actors(roles: Mapping[str, Iterable[str]]) -> Facets:
    """The facets of who acts, and who on whom."""
    sources, targets = sorted(set(roles.get("source", ()))), sorted(set(roles.get("target", ())))
    found: Facets = {}
    for way, actors in ((SOURCE, sources), (TARGET, targets)):
        for actor in actors:
            found["actor", actor] = found.get(("actor", actor), 0) | way
    for one in sources:
        for other in targets:
            if one != other:
                facet = "dyad", dyad_of(one, other)
                found[facet] = found.get(facet, 0) | (FORTH if one < other else BACK)
        for other in sources:
            if one < other:
                facet = "dyad", dyad_of(one, other)
                found[facet] = found.get(facet, 0) | TOGETHER
    return found


def _put_in(connection: sqlite3.Connection, event: int, made: Listing) -> None:
    keys = {facet: _count(connection, facet, 1, made.acts[facet]) for facet in made.facets}
    connection.executemany(
        "INSERT INTO event_posting VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (keys[facet], made.first, made.last, event, made.type, made.modality, made.contested, way)
            for facet, way in made.facets.items()
        ],
    )
    connection.execute(
        "INSERT OR REPLACE INTO listed_event VALUES (?, ?, ?, ?)",
        (event, made.first, made.last, made.as_text()),
    )
    _add_up(connection, made, keys, 1)
    if MODALITIES[made.modality] == "actual":
        connection.executemany(
            "INSERT INTO deed VALUES (?, ?, ?, ?)",
            [(made.first, event, actor, issue) for actor, issue in made.deeds],
        )


def _take_out(connection: sqlite3.Connection, event: int, made: Listing) -> None:
    keys = {facet: _count(connection, facet, -1, -made.acts[facet]) for facet in made.facets}
    connection.executemany(
        "DELETE FROM event_posting WHERE facet = ? AND first = ? AND last = ? AND event = ?",
        [(key, made.first, made.last, event) for key in keys.values()],
    )
    connection.execute("DELETE FROM listed_event WHERE event = ?", (event,))
    _add_up(connection, made, keys, -1)
    connection.execute("DELETE FROM deed WHERE day = ? AND event = ?", (made.first, event))


def _count(connection: sqlite3.Connection, facet: tuple[str, str], events: int, acts: int) -> int:
    (key,) = connection.execute(
        """INSERT INTO facet (kind, value, events, acts) VALUES (?, ?, ?, ?)
           ON CONFLICT (kind, value) DO UPDATE SET events = events + excluded.events, acts = acts + excluded.acts
           RETURNING key""",
        (*facet, events, acts),
    ).fetchone()
    return int(key)


def _add_up(
    connection: sqlite3.Connection, made: Listing, keys: Mapping[tuple[str, str], int], sign: int
) -> None:
    """Let an event that happened count in the weeks and ties, or no longer."""
    if MODALITIES[made.modality] != "actual":
        return
    type_ = ACT_TYPES[made.type]
    leading = [
        keys[facet]
        for facet, way in made.facets.items()
        if facet[0] in ("all", "actor") or (facet[0] == "dyad" and way & LEADING)
    ]
    if made.first != NO_DAY:
        tension.count(connection, leading, made.first, made.last, type_, sign)
    named = [(kind, value) for kind, value in made.facets if kind in ("outlet", "issue")]
    slices = network.slices(made.first, made.last, named, contested=bool(made.contested))
    network.count(connection, slices, made.ties, made.type, sign)


def list_report(connection: sqlite3.Connection, report: int) -> None:
    """Bring the postings of a report and of its statements up to its records."""
    found = connection.execute("SELECT entry FROM listed_report WHERE report = ?", (report,)).fetchone()
    _link(connection, report)
    new = _report_entry(connection, report)
    text = json.dumps(new, ensure_ascii=False, separators=(",", ":"))
    if found and found[0] == text:
        return
    if found:
        _write_report(connection, report, json.loads(found[0]), -1)
    _write_report(connection, report, new, 1)
    connection.execute("INSERT OR REPLACE INTO listed_report VALUES (?, ?, ?)", (report, new[0], text))


def _link(connection: sqlite3.Connection, report: int) -> None:
    """Note which acts are told in which statements."""
    connection.execute(
        "DELETE FROM statement_act WHERE statement IN (SELECT key FROM statement WHERE report = ?)", (report,)
    )
    connection.execute(
        """INSERT INTO statement_act
           SELECT said.key, act.key FROM act JOIN (
               SELECT statement.key, min(start) AS first, max("end") AS last
               FROM statement JOIN statement_span ON statement = statement.key
               WHERE report = ? GROUP BY statement.key
           ) AS said ON act.trigger_start >= said.first AND act.trigger_end <= said.last
           WHERE act.report = ?""",
        (report, report),
    )


def _report_entry(connection: sqlite3.Connection, report: int) -> list[Any]:
    """[day, facets of the report, [[statement, facets], ...]]; a facet is [kind, value]."""
    outlet, published = connection.execute(
        "SELECT outlet, published FROM label WHERE report = ?", (report,)
    ).fetchone()
    days = days_of(published)
    everywhere = [("all", ""), *([("outlet", outlet.casefold())] if outlet else [])]
    acts = {
        key: set(_act_facets(connection, *row))
        for key, *row in connection.execute(
            "SELECT key, key, type, modality, issue FROM act WHERE report = ?", (report,)
        )
    }
    own: dict[int, set[tuple[str, str]]] = {}
    for key, actor in connection.execute(
        """SELECT key, actor FROM statement LEFT JOIN statement_actor ON statement = key
           WHERE report = ? ORDER BY key""",
        (report,),
    ):
        held = own.setdefault(key, set(everywhere))
        if actor:
            held.add(("actor", actor))
    whole = set(everywhere).union(*acts.values(), *own.values())
    for key, act in connection.execute(
        """SELECT statement, act FROM statement_act JOIN statement ON statement.key = statement
           WHERE statement.report = ?""",
        (report,),
    ).fetchall():
        own[key] |= {facet for facet in acts[act] if facet[0] != "actor"}
    return [
        days.first if days else NO_DAY,
        [list(facet) for facet in sorted(whole)],
        [[key, [list(facet) for facet in sorted(held)]] for key, held in sorted(own.items())],
    ]


def _act_facets(
    connection: sqlite3.Connection, act: int, type_: str, modality: str, issue: int | None
) -> Iterator[tuple[str, str]]:
    yield "type", type_
    yield "modality", modality
    if issue is not None:
        yield "issue", str(issue)
    for (kind, value), way in _actors(_roles(connection, "act", act)).items():
        yield kind, value
        if kind == "dyad":
            one, other = value.split(":")
            if way & FORTH:
                yield kind, f"{one}>{other}"
            if way & BACK:
                yield kind, f"{other}>{one}"


def _write_report(connection: sqlite3.Connection, report: int, entry: list[Any], sign: int) -> None:
    day, facets, statements = entry
    reports = Counter((kind, value) for kind, value in facets)
    spoken = Counter((kind, value) for _, held in statements for kind, value in held)
    keys = {
        facet: connection.execute(
            """INSERT INTO facet (kind, value, reports, statements) VALUES (?, ?, ?, ?)
               ON CONFLICT (kind, value) DO UPDATE SET reports = reports + excluded.reports,
               statements = statements + excluded.statements RETURNING key""",
            (*facet, sign * reports[facet], sign * spoken[facet]),
        ).fetchone()[0]
        for facet in dict.fromkeys((*reports, *spoken))
    }
    rows = {
        "report": [(keys[kind, value], day, report) for kind, value in facets],
        "statement": [(keys[kind, value], day, key) for key, held in statements for kind, value in held],
    }
    for table, held in rows.items():
        if sign > 0:
            connection.executemany(f"INSERT INTO {table}_posting VALUES (?, ?, ?)", held)
        else:
            connection.executemany(
                f"DELETE FROM {table}_posting WHERE facet = ? AND day = ? AND {table} = ?", held
            )
