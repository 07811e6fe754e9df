"""Positions by actor and issue: a matrix of marks with one word each, and the same in full below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from standoff.brief.lines import QUOTE_LIMIT, Evidence, evidence_of
from standoff.brief.marks import Mark, mark_of
from standoff.brief.material import Material
from standoff.brief.names import actor_name, actor_names
from standoff.brief.wording import POSITION_VERBS, joined, shortened, span_words
from standoff.records import Position, PositionEntry

COLUMNS = 7
SNIPPET_LIMIT = 72


@dataclass(frozen=True, slots=True)
class EntryView:
    """What an actor wants, refuses, offers or threatens on an issue, with its evidence."""

    anchor: str
    actor: str
    mark: Mark
    verb: str
    preposition: str
    targets: str
    quote: str
    short: str
    condition: str
    dates: str
    firmness: str
    also: str
    voices: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One issue: a cell an actor column (empty where that actor has no position), and all entries in full."""

    label: str
    cells: tuple[tuple[EntryView, ...], ...]
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Positions by issue (rows) and actor (columns); `others` have positions but no column."""

    actors: tuple[str, ...]
    rows: tuple[IssueRow, ...]
    others: tuple[str, ...]


def matrix_of(material: Material) -> Matrix:
    """Return the matrix: issues and actors with most entries first."""
    weight: Counter[str] = Counter()
    by_issue: dict[str, list[Position]] = {}
    for position in material.positions:
        if position.entries:
            weight[position.actor] += len(position.entries)
            by_issue.setdefault(position.issue, []).append(position)
    ranked = sorted(weight, key=lambda code: (-weight[code], code))
    columns = ranked if len(ranked) <= COLUMNS else ranked[:COLUMNS]
    issues = sorted(by_issue, key=lambda issue: (-sum(len(p.entries) for p in by_issue[issue]), issue))
    rows, number = [], 0
    for issue in issues:
        rows.append(_row(material, issue, by_issue[issue], columns, ranked, number))
        number += len(rows[-1].entries)
    return Matrix(actor_names(tuple(columns)), tuple(rows), actor_names(tuple(ranked[len(columns) :])))


def _row(
    material: Material,
    issue: str,
    positions: Sequence[Position],
    columns: Sequence[str],
    ranked: Sequence[str],
    number: int,
) -> IssueRow:
    """Return one issue; its entries are numbered from `number` on."""
    cells: dict[str, list[EntryView]] = {}
    entries = []
    for position in sorted(positions, key=lambda position: ranked.index(position.actor)):
        for entry in position.entries:
            number += 1
            view = _entry(material, position, entry, number)
            cells.setdefault(position.actor, []).append(view)
            entries.append(view)
    return IssueRow(
        shortened(issue, 90) or "no issue named",
        tuple(tuple(cells.get(code, ())) for code in columns),
        tuple(entries),
    )


def _entry(material: Material, position: Position, entry: PositionEntry, number: int) -> EntryView:
    acts = [material.act_by_key[key] for key in entry.acts if key in material.act_by_key]
    said, preposition = POSITION_VERBS[entry.kind]
    return EntryView(
        anchor=f"position-{number}",
        actor=actor_name(position.actor),
        mark=mark_of(acts[0].act.type, "actual") if acts else mark_of("REQUEST", "actual"),
        verb=said,
        preposition=preposition,
        targets=joined(actor_names(entry.target)),
        quote=shortened(entry.content, QUOTE_LIMIT),
        short=shortened(entry.content, SNIPPET_LIMIT),
        condition=shortened(entry.condition or "", QUOTE_LIMIT),
        dates=span_words(entry.first, entry.last),
        firmness="" if entry.firmness == "once" else entry.firmness,
        also=joined(actor_names(entry.also)),
        voices=entry.voices,
        evidence=tuple(evidence_of(material, act) for act in acts),
    )
