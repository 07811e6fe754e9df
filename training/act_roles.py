"""Learn the weights by which source and target of an act are chosen, from the hand-coded reports.

usage: python training/act_roles.py [--shared DIR] [--folds N] [-o FILE]

Triggers and types are given. `--folds` prints cross-validated figures on gold/train instead of writing the table: how often
the parties are right as the scorer counts them. gold/dev is not looked at.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from log_linear import Example, arguments, learn, records_of, report_of, write
from standoff.coding.actors import Actors
from standoff.coding.acts.candidates import head_of
from standoff.coding.acts.content import content_of
from standoff.coding.acts.frames import complete
from standoff.coding.acts.parties import Parties
from standoff.coding.acts.role_clues import RoleClues
from standoff.coding.acts.roles import choose
from standoff.coding.component import Draft
from standoff.coding.statements import Statements
from standoff.language.parser import analyse
from standoff.records import RECIPROCAL_TYPES, Span

PENALTY = 24.0
"""Parties have far more clues than dates have: they are held down by more."""
Told = list[tuple[str, tuple[str, ...], tuple[str, ...]]]


class Read(NamedTuple):
    """A report with its gold acts and the clues to their parties."""

    id: str
    acts: list[tuple[dict[str, Any], RoleClues]]


def reports_of(folder: Path) -> list[Read]:
    """Parse the gold reports and lay out the clues of each act."""
    records = records_of(folder)
    layers = (Actors(), Statements())
    found = []
    for record, analysis in zip(records, analyse([report_of(record) for record in records]), strict=True):
        draft = Draft(analysis)
        for layer in layers:
            layer(draft)
        parties = Parties(draft)
        acts = []
        for act in record["acts"]:
            trigger = Span(*act["trigger"])
            if head_of(analysis.doc, trigger) is not None:
                candidate = complete(analysis.doc, trigger, act["type"])
                head = analysis.doc[candidate.head]
                content = content_of(candidate, head, parties, draft.statements)
                acts.append((act, RoleClues(candidate, head, parties, content)))
        found.append(Read(record["id"], acts))
    return found


def label_of(codes: list[str] | tuple[str, ...]) -> str | None:
    """Return the parties as one label, None for nobody."""
    return " ".join(sorted(set(codes))) or None


def learned(reports: list[Read]) -> dict[str, float]:
    """Learn the choice of the source, and of the target given gold's source."""
    sources: list[Example] = []
    targets: list[Example] = []
    for report in reports:
        for act, clues in report.acts:
            for role, examples, doer in (("source", sources, ()), ("target", targets, tuple(act["source"]))):
                pool = clues.sources() if role == "source" else clues.targets(doer)
                laid = [clues.of(role, codes, doer) for codes in pool]
                labels = [label_of(codes) for codes in pool]
                examples.append(Example(report.id, laid, labels, label_of(act[role])))
    return learn(sources, PENALTY) | learn(targets, PENALTY)


def held_out(reports: list[Read], parts: int) -> list[Told]:
    """Tell the parties in each report by weights learned on the other parts."""
    found: list[Told] = [[] for _ in reports]
    for part in range(parts):
        table = learned([report for k, report in enumerate(reports) if k % parts != part])
        for k in range(part, len(reports), parts):
            for act, clues in reports[k].acts:
                roles = choose(clues, table)
                found[k].append((act["type"], roles.source, roles.target))
    return found


def right(act: dict[str, Any], source: tuple[str, ...], target: tuple[str, ...]) -> bool:
    """Tell whether both parties are right, as the scorer counts."""
    if act["type"] in RECIPROCAL_TYPES:
        return set(act["source"]) | set(act["target"]) == {*source, *target}
    return set(act["source"]) == set(source) and set(act["target"]) == set(target)


def shown(reports: list[Read], told: list[Told]) -> str:
    """Say in one line how often the parties are right."""
    pairs = [
        (act, *parties)
        for report, acts in zip(reports, told, strict=True)
        for (act, _), (_, *parties) in zip(report.acts, acts, strict=True)
    ]
    good = sum(right(act, source, target) for act, source, target in pairs)
    doer = sum(set(act["source"]) == set(source) for act, source, _ in pairs)
    return f"parties right {good / len(pairs):.3f}, source right {doer / len(pairs):.3f} of {len(pairs)}"


def main() -> None:
    """Train, or cross-validate."""
    call = arguments(__doc__, Path("acts") / "role_weights.csv")
    reports = reports_of(call.shared / "gold" / "train")
    if call.folds:
        print(f"{call.folds}-fold: {shown(reports, held_out(reports, call.folds))}")
        return
    write(learned(reports), call.output)


if __name__ == "__main__":
    main()
