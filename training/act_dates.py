"""Learn the weights by which an act is dated, from the hand-coded reports.

usage: python training/act_dates.py [--shared DIR] [--folds N] [-o FILE]

`--folds` prints cross-validated figures on gold/train instead of writing the table. gold/dev is not looked
at.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from log_linear import Example, arguments, learned_or_checked, records_of, report_of
from standoff.coding.times import find_times
from standoff.coding.times.candidates import DatedText
from standoff.coding.times.clues import Clues
from standoff.language.parser import analyse
from standoff.records import Span


def content_of(act: dict[str, Any]) -> Span | None:
    """Return the content of a gold act."""
    return Span(*act["content"]) if act["content"] else None


def examples_of(folder: Path) -> list[Example]:
    """Parse the gold reports and lay out the candidates of each act."""
    records = records_of(folder)
    examples: list[Example] = []
    for record, analysis in zip(records, analyse([report_of(record) for record in records]), strict=True):
        times = find_times(record["text"], record.get("published"))
        text = DatedText.of(analysis, times)
        for act in record["acts"]:
            trigger, evidence = Span(*act["trigger"]), Span(*act["evidence"])
            clues = Clues(text, trigger, evidence, act["type"], act["modality"], content_of(act))
            candidates = text.candidates(trigger, evidence)
            told = [clues.of(candidate) for candidate in candidates]
            examples.append(
                Example(record["id"], told, [candidate.date for candidate in candidates], act["date"])
            )
    return examples


def main() -> None:
    """Train, or cross-validate."""
    call = arguments(__doc__, Path("times") / "date_weights.csv")
    learned_or_checked(examples_of(call.shared / "gold" / "train"), call)


if __name__ == "__main__":
    main()
