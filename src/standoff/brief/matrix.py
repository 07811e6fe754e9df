"""Positions by actor and issue: a matrix of marks with one word each, and the same in full below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from standoff.brief.lines import QUOTE_LIMIT, Evidence, evidence_of, telling_words
from standoff.brief.marks import Mark, mark_of
from standoff.brief.material import Material
from standoff.brief.names import actor_name, actor_names
from standoff.brief.wording import POSITION_VERBS, joined, shortened, span_words
from standoff.records import VERBAL_TYPES, Position, PositionEntry, PositionKind, StoredAct

COLUMNS = 7
ROWS = 20
SNIPPET_LIMIT = 72


WORDS_OF: dict[PositionKind, str] = {
    "demand": "REQUEST",
    "refusal": "REJECT",
    "offer": "AGREE",
    "acceptance": "AGREE",
    "promise": "AGREE",
    "threat": "THREATEN",
    "concession": "CONCEDE",
    "support": "SUPPORT",
    "accusation": "ACCUSE",
}


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
    """Positions by issue (rows) and actor (columns).

    `rows` are the leading issues, `issues` all of them; `others` are actors that have positions but no column.
    """

    actors: tuple[str, ...]
    rows: tuple[IssueRow, ...]
    issues: tuple[IssueRow, ...]
    others: tuple[str, ...]


def matrix_of(material: Material) -> Matrix:
    """Return the matrix: issues on which most actors stand first, and actors with most entries."""
    weight: Counter[str] = Counter()
    by_issue: dict[str, list[Position]] = {}
    for position in material.positions:
        if position.entries:
            weight[position.actor] += len(position.entries)
            by_issue.setdefault(position.issue, []).append(position)
    ranked = sorted(weight, key=lambda code: (-weight[code], code))
    columns = ranked if len(ranked) <= COLUMNS else ranked[:COLUMNS]
    labels = sorted(
        by_issue,
        key=lambda issue: (
            not issue,
            -len(by_issue[issue]),
            -sum(len(position.entries) for position in by_issue[issue]),
            issue,
        ),
    )
    issues: list[IssueRow] = []
    number = 0
    for label in labels:
        issues.append(_row(material, label, by_issue[label], columns, ranked, number))
        number += len(issues[-1].entries)
    rows = [row for row in issues if any(row.cells)][:ROWS]
    filled = [place for place in range(len(columns)) if any(row.cells[place] for row in rows)]
    shown = [columns[place] for place in filled]
    return Matrix(
        actor_names(tuple(shown)),
        tuple(replace(row, cells=tuple(row.cells[place] for place in filled)) for row in rows),
        tuple(issues),
        actor_names(tuple(code for code in ranked if code not in shown)),
    )


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
            view = entry_view(material, position.actor, entry, number)
            cells.setdefault(position.actor, []).append(view)
            entries.append(view)
    return IssueRow(
        shortened(issue, 90) or "no issue named",
        tuple(tuple(cells.get(code, ())) for code in columns),
        tuple(entries),
    )


def entry_view(material: Material, holder: str, entry: PositionEntry, number: int) -> EntryView:
    """Return an entry of the actor who holds it; `number` tells it apart on its page."""
    acts = [material.act_by_key[key] for key in entry.acts if key in material.act_by_key]
    said, preposition = POSITION_VERBS[entry.kind]
    words = telling_words(entry.content, acts[-1].quote if acts else "")
    return EntryView(
        anchor=f"position-{number}",
        actor=actor_name(holder),
        mark=position_mark(entry, acts),
        verb=said,
        preposition=preposition,
        targets=joined(actor_names(entry.target)),
        quote=shortened(words, QUOTE_LIMIT),
        short=shortened(words, SNIPPET_LIMIT),
        condition=shortened(entry.condition or "", QUOTE_LIMIT),
        dates=span_words(entry.first, entry.last),
        firmness="" if entry.firmness == "once" else entry.firmness,
        also=joined(actor_names(entry.also)),
        voices=entry.voices,
        evidence=tuple(evidence_of(material, act) for act in acts),
    )


def position_mark(entry: PositionEntry, acts: Sequence[StoredAct]) -> Mark:
    """Return the sign of a position: words, or what its latest act is where that is a deed done or to be done."""
    act = acts[-1].act if acts else None
    if act is None or act.type in VERBAL_TYPES or act.modality in ("possible", "denied"):
        return mark_of(WORDS_OF[entry.kind], "actual")
    return mark_of(act.type, act.modality)
