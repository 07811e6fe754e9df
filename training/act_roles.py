"""Learn the weights by which source and target of an act are chosen, from the hand-coded reports.

usage: python training/act_roles.py [--shared DIR] [--folds N] [-o FILE]

`--folds` prints cross-validated figures on gold/train instead of writing the table: how often source and target are right,
the target given gold's source. gold/dev is not looked at.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from log_linear import Example, cross_validated, figures, learn, records_of, report_of, write
from standoff.coding.actors import Actors
from standoff.coding.acts.candidates import head_of
from standoff.coding.acts.frames import complete
from standoff.coding.acts.parties import Parties
from standoff.coding.acts.roles import RoleClues
from standoff.coding.component import Draft
from standoff.coding.statements import Statements
from standoff.language.analysis import Analysis
from standoff.language.parser import analyse
from standoff.records import Span


def label_of(codes: list[str] | tuple[str, ...]) -> str | None:
    """Return the parties as one label, None for nobody."""
    return " ".join(sorted(set(codes))) or None


def examples_of(folder: Path, parsed: list[Analysis] | None = None) -> tuple[list[Example], list[Example]]:
    """Lay out the candidates for source and target of each gold act, trigger and type given."""
    records = records_of(folder)
    sources: list[Example] = []
    targets: list[Example] = []
    layers = [Actors(), Statements()]
    analyses = parsed if parsed is not None else analyse([report_of(record) for record in records])
    for record, analysis in zip(records, analyses, strict=True):
        draft = Draft(analysis)
        for layer in layers:
            layer(draft)
        parties = Parties(draft)
        for act in record["acts"]:
            trigger = Span(*act["trigger"])
            if head_of(analysis.doc, trigger) is None:
                continue
            candidate = complete(analysis.doc, trigger, act["type"])
            clues = RoleClues(candidate, analysis.doc[candidate.head], parties)
            pool = clues.sources()
            told = [clues.of("source", codes, ()) for codes in pool]
            sources.append(Example(record["id"], told, [label_of(c) for c in pool], label_of(act["source"])))
            source = tuple(act["source"])
            pool = clues.targets(source)
            told = [clues.of("target", codes, source) for codes in pool]
            targets.append(Example(record["id"], told, [label_of(c) for c in pool], label_of(act["target"])))
    return sources, targets


def shown(tally: Counter[str]) -> str:
    """Say the figures in one line."""
    line = f"right {tally['right'] / tally['filled']:.3f} of {tally['filled']} with somebody"
    line += f" (reachable {tally['reachable'] / tally['filled']:.3f})"
    if tally["null"]:
        line += f"; somebody told for {tally['false'] / tally['null']:.3f} of {tally['null']} with nobody"
    return line


def main() -> None:
    """Train, or cross-validate."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--folds", type=int, default=0)
    room = Path(__file__).resolve().parents[1] / "src" / "standoff" / "coding"
    parser.add_argument("-o", "--output", type=Path, default=room / "acts" / "role_weights.csv")
    call = parser.parse_args()
    both = examples_of(call.shared / "gold" / "train")
    weights: dict[str, float] = {}
    for name, examples in zip(("source", "target"), both, strict=True):
        if call.folds:
            print(f"{name}, {call.folds}-fold: {shown(cross_validated(examples, call.folds))}")
            continue
        learned = learn(examples)
        weights |= learned
        print(f"{name}, on the training acts themselves: {shown(figures(examples, learned))}")
    if weights:
        write(weights, call.output)


if __name__ == "__main__":
    main()
