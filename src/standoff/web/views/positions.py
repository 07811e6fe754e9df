"""Positions: who wants, refuses, offers and threatens what; and the history of one cell of the matrix."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from standoff.brief.marks import Mark, mark_of
from standoff.brief.matrix import WORDS_OF, entry_view
from standoff.brief.names import actor_name
from standoff.brief.wording import POSITION_VERBS, shortened
from standoff.dossier.tables.json_records import entry_json
from standoff.dossier.views.positions import Matrix
from standoff.errors import UsageError
from standoff.web.address import filters_of, query_of
from standoff.web.filtering import bar_of
from standoff.web.lines import act_line, material_of
from standoff.web.naming import code_of
from standoff.web.records import act_record, evidence_record
from standoff.web.view import Ask, Record, Shown, View, routes

ROWS = 50
COLUMNS = 8
ISSUES = 20
TELLINGS = 4
"""How many tellings of an entry are linked in a list; its history has all."""
FIELDS = ("actor", "dyad", "issue", "since", "until", "outlet", "search")


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of position in a cell: its sign, its verb, how many entries of it."""

    mark: Mark
    verb: str
    number: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What one actor holds on one issue; `href` leads to its history, `words` say it in full."""

    actor: str
    held: tuple[Held, ...]
    href: str
    words: str


def positions(ask: Ask) -> Shown:
    """Show the matrix of the leading actors and issues, and every entry below it."""
    filters = filters_of(ask.address)
    after = ask.address.get("after") or None
    page = ask.desk.remembered(
        ask.dossier,
        ("positions", after, json.dumps(filters, sort_keys=True)),
        lambda: ask.dossier.page_positions(limit=ROWS, after=after, **filters),
    )
    keys = {key for held in page.items for key in held.entry.acts[-TELLINGS:]}
    material = material_of(ask.dossier, acts=ask.dossier.acts_by_key(keys).values())
    matrix = (
        ask.desk.remembered(
            ask.dossier,
            ("matrix", json.dumps(filters, sort_keys=True)),
            lambda: ask.dossier.matrix(actors=COLUMNS, issues=ISSUES, **filters),
        )
        if after is None
        else None
    )
    rows = _rows(matrix) if matrix else []
    entries = [
        (held, entry_view(material, held.actor, held.entry, number)) for number, held in enumerate(page.items)
    ]
    return Shown(
        "Positions",
        "positions.html",
        {
            "page": page,
            "matrix": matrix,
            "rows": rows,
            "entries": entries,
            "bar": bar_of(ask.address, *FIELDS),
        },
        lambda: [
            {
                "actor": held.actor,
                "issue": held.issue,
                **entry_json(held.entry),
                "evidence": evidence_record(
                    material, (material.act_by_key[k] for k in held.entry.acts if k in material.act_by_key)
                ),
            }
            for held in page.items
        ],
        ask.address.but(after=page.next) if page.next else None,
    )


def history(ask: Ask) -> Shown:
    """Show every telling of what one actor holds on one issue, oldest first."""
    actor, issue = code_of(ask.address.get("actor")).upper(), ask.address.get("issue")
    if not actor:
        raise UsageError("Name whose position is asked: /positions/history?actor=RUS&issue=...")
    page = ask.dossier.history(actor, issue, limit=ROWS, after=ask.address.get("after") or None)
    acts = [said.stored for said in page.items]
    material = material_of(ask.dossier, acts=acts)
    held = ask.dossier.page_positions(limit=ROWS, actor=actor, issue=issue or None)
    told = {key for item in held.items for key in item.entry.acts[-TELLINGS:]}
    own = material_of(ask.dossier, acts=ask.dossier.acts_by_key(told).values())
    days: dict[str, list[Any]] = {}
    for said in page.items:
        stored = said.stored
        days.setdefault(_day(said), []).append(
            (
                mark_of(WORDS_OF[said.kind], "actual"),
                POSITION_VERBS[said.kind][0],
                act_line(material, stored),
                material.report_by_key[stored.report].report,
            )
        )
    return Shown(
        f"{actor_name(actor)} on {shortened(issue, 90) or 'no issue named'}",
        "history.html",
        {
            "page": page,
            "days": days,
            "actor": actor,
            "issue": issue,
            "entries": [
                entry_view(own, item.actor, item.entry, number)
                for number, item in enumerate(held.items)
                if item.issue == issue or not issue
            ],
        },
        lambda: _history_records(material, page.items),
        ask.address.but(after=page.next) if page.next else None,
    )


def _history_records(material: Any, said: Any) -> list[Record]:
    return [{"kind": one.kind, "day": _day(one), **act_record(material, one.stored)} for one in said]


def _rows(matrix: Matrix) -> list[tuple[str, list[Cell]]]:
    """Return the rows of the matrix; what is said without naming an issue comes last."""
    return [
        (issue, [_cell(actor, issue, matrix.cells.get((actor, issue), {})) for actor in matrix.actors])
        for issue in sorted(matrix.issues, key=lambda label: not label)
    ]


def _day(said: Any) -> str:
    return str(said.day or "")


def _cell(actor: str, issue: str, kinds: dict[Any, int]) -> Cell:
    held = tuple(
        Held(mark_of(WORDS_OF[kind], "actual"), POSITION_VERBS[kind][0], number)
        for kind, number in sorted(kinds.items(), key=lambda pair: -pair[1])
    )
    words = ", ".join(f"{one.verb} ({one.number})" for one in held)
    return Cell(
        actor,
        held,
        f"/positions/history?{query_of({'actor': actor, 'issue': issue})}",
        f"{actor_name(actor)} on {issue or 'no issue named'}: {words}",
    )


ROUTES = routes(View("/positions", positions), View("/positions/history", history))
