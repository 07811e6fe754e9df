"""Learn the weights by which an act is placed, from the hand-coded reports.

usage: python training/act_places.py [--shared DIR] [--folds N] [-o FILE]

`--folds` prints cross-validated figures on gold/train instead of writing the table. gold/dev is not looked
at.
"""

from __future__ import annotations

from pathlib import Path

from log_linear import Example, arguments, learned_or_checked, records_of, report_of
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
            candidates = clues.candidates
            names = [candidate.place.name if candidate.place else None for candidate in candidates]
            told = [clues.of(candidate) for candidate in candidates]
            examples.append(Example(record["id"], told, names, act["place"]))
    return examples


def main() -> None:
    """Train, or cross-validate."""
    call = arguments(__doc__, Path("places") / "place_weights.csv")
    learned_or_checked(examples_of(call.shared / "gold" / "train"), call)


if __name__ == "__main__":
    main()
