"""Learn the weights by which an act is placed, from the hand-coded reports.

usage: python training/act_places.py [--shared DIR] [--folds N] [-o FILE]

`--folds` prints cross-validated figures on gold/train instead of writing the table. gold/dev is not looked
at.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from log_linear import Example, cross_validated, figures, learn, records_of, report_of, shown, write
from standoff.coding.places import find_places
from standoff.coding.places.locating import PlaceClues
from standoff.language.parser import analyse
from standoff.records import Span


def examples_of(folder: Path) -> list[Example]:
    """Parse the gold reports and lay out the candidates of each act."""
    records = records_of(folder)
    examples: list[Example] = []
    for record, analysis in zip(records, analyse([report_of(record) for record in records]), strict=True):
        places = find_places(analysis)
        for act in record["acts"]:
            trigger, evidence = Span(*act["trigger"]), Span(*act["evidence"])
            clues = PlaceClues(analysis, places, trigger, evidence, act["type"], act["modality"])
            candidates = clues.candidates()
            names = [candidate.place.name if candidate.place else None for candidate in candidates]
            told = [clues.of(candidate) for candidate in candidates]
            examples.append(Example(record["id"], told, names, act["place"]))
    return examples


def main() -> None:
    """Train, or cross-validate."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--folds", type=int, default=0)
    room = Path(__file__).resolve().parents[1] / "src" / "standoff" / "coding"
    parser.add_argument("-o", "--output", type=Path, default=room / "places" / "place_weights.csv")
    call = parser.parse_args()
    examples = examples_of(call.shared / "gold" / "train")
    if call.folds:
        print(f"{call.folds}-fold: {shown(cross_validated(examples, call.folds))}")
        return
    weights = learn(examples)
    write(weights, call.output)
    print(f"on the training acts themselves: {shown(figures(examples, weights))}")


if __name__ == "__main__":
    main()
