"""The test set for merging: which acts of the gold reports tell the same event.

`pairs.csv` refers to acts by report and place among the report's acts, and holds no text: most of the
reports are other people's. Halves share no report, so that nothing of an event that is checked was seen
in tuning.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from standoff.dossier.interchange import coding_from
from standoff.records import Coding

HERE = Path(__file__).parent
GOLD = HERE.parents[2] / "shared" / "gold" / "train"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two acts, each as (report id, place), and whether they tell the same event."""

    half: str
    one: tuple[str, int]
    other: tuple[str, int]
    same: bool


def read_pairs() -> list[Pair]:
    """Return the pairs of both halves."""
    with (HERE / "pairs.csv").open(newline="") as file:
        return [
            Pair(
                row["half"],
                (row["report_a"], int(row["act_a"])),
                (row["report_b"], int(row["act_b"])),
                row["same"] == "1",
            )
            for row in csv.DictReader(file)
        ]


def read_gold(folder: Path = GOLD) -> dict[str, Coding]:
    """Return the gold reports as codings, by id, in the order of their publication."""
    records = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    records.sort(key=lambda record: (record.get("published") or "", record["id"]))
    return {record["id"]: coding_from(record, record["id"]) for record in records}
