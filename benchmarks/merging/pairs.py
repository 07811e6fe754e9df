"""The test set for merging: which acts of several reports tell the same event.

It has two parts. `pairs.csv` refers to acts of the shared gold reports by report and place among the
report's acts, and holds no text: most of those reports are other people's. `own_reports.toml` are reports
written for this project, whose acts name their event. Halves share no report and no crisis of the own
reports, so that nothing of an event that is checked was seen in tuning. Negative pairs are hard: of one
type, with a common doer, alike in words or in time.
"""

from __future__ import annotations

import csv
import json
import tomllib
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from standoff.coding.interchange import coding_from
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
    """Return the pairs of both halves: those of the gold reports, and all of one type and doer of the own
    ones.
    """
    return [*_gold_pairs(), *_own_pairs()]


def _gold_pairs() -> list[Pair]:
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


def _own_records() -> list[dict[str, Any]]:
    return list(tomllib.loads((HERE / "own_reports.toml").read_text(encoding="utf-8"))["report"])


def _own_pairs() -> list[Pair]:
    acts = [
        (record["half"], record["id"], place, act)
        for record in _own_records()
        for place, act in enumerate(record["acts"])
    ]
    return [
        Pair(half, (report, place), (other_report, other_place), act["event"] == other["event"])
        for (half, report, place, act), (other_half, other_report, other_place, other) in combinations(
            acts, 2
        )
        if half == other_half and act["type"] == other["type"]
        if act["event"] == other["event"] or set(act["source"]) & set(other["source"])
    ]


def read_own() -> dict[str, Coding]:
    """Return the reports written for this project as codings, by id; spans are found by their quotes."""
    return {record["id"]: coding_from(_spanned(record), record["id"]) for record in _own_records()}


def _spanned(record: dict[str, Any]) -> dict[str, Any]:
    text, acts = record["text"], []
    for act in record["acts"]:
        start = text.index(act["quote"])
        trigger = start + act["quote"].index(act["trigger"])
        spans = {
            "evidence": (start, start + len(act["quote"])),
            "trigger": (trigger, trigger + len(act["trigger"])),
        }
        acts.append(act | spans)
    return record | {"acts": acts}


def read_codings() -> dict[str, Coding]:
    """Return all reports that the pairs speak of, in the order of their publication."""
    found = read_gold() | read_own()
    return dict(sorted(found.items(), key=lambda item: (item[1].report.published or "", item[0])))


def read_gold(folder: Path = GOLD) -> dict[str, Coding]:
    """Return the gold reports as codings, by id; none where the shared folder is not there."""
    records = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    return {record["id"]: coding_from(record, record["id"]) for record in records}
