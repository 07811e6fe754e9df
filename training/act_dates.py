"""Learn the weights by which an act is dated, from the hand-coded reports.

usage: python training/act_dates.py [--shared DIR] [--folds N] [-o FILE]

The model is log-linear over the candidates of an act; the candidates whose date is gold's share its probability.
Weights minimise the negative log-likelihood of gold/train with an L2 penalty; `--folds` prints cross-validated figures
instead of writing the table. gold/dev is not looked at. Acts whose gold date is no candidate are left out of training.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from standoff.coding.times import find_times
from standoff.coding.times.candidates import DatedText
from standoff.coding.times.clues import Clues
from standoff.language.parser import analyse
from standoff.records import Region, Report, Span

PENALTY = 0.5
RAREST = 8
"""A clue seen with fewer candidates than this gets no weight."""


@dataclass(frozen=True)
class Example:
    """The candidates of one act: their clues, their dates, and gold's date."""

    report: str
    clues: list[list[str]]
    dates: list[str | None]
    gold: str | None


def report_of(record: dict[str, Any]) -> Report:
    """Make a report of a gold record; each line is a paragraph."""
    text = record["text"]
    regions = tuple(
        Region(Span(*found.span()), "body") for found in re.finditer(r"[^\n]+", text) if found.group().strip()
    )
    return Report(record["id"], text, "", published=record.get("published"), regions=regions)


def examples_of(folder: Path) -> list[Example]:
    """Parse the gold reports and lay out the candidates of each act."""
    records = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    records = [record for record in records if "acts" in record]
    examples: list[Example] = []
    for record, analysis in zip(records, analyse([report_of(record) for record in records]), strict=True):
        times = find_times(record["text"], record.get("published"), analysis=analysis)
        text = DatedText.of(analysis, times)
        for act in record["acts"]:
            trigger, evidence = Span(*act["trigger"]), Span(*act["evidence"])
            clues = Clues(text, trigger, evidence, act["type"], act["modality"])
            candidates = text.candidates(trigger, evidence)
            examples.append(
                Example(
                    record["id"],
                    [clues.of(candidate) for candidate in candidates],
                    [candidate.date for candidate in candidates],
                    act["date"],
                )
            )
    return examples


def learn(examples: list[Example]) -> dict[str, float]:
    """Fit the weights by L-BFGS."""
    usable = [example for example in examples if example.gold in example.dates]
    seen = Counter(clue for example in usable for clues in example.clues for clue in clues)
    names = sorted(clue for clue, count in seen.items() if count >= RAREST)
    number = {clue: k for k, clue in enumerate(names)}
    rows, columns, groups, right = [], [], [], []
    row = 0
    for k, example in enumerate(usable):
        for clues, date in zip(example.clues, example.dates, strict=True):
            for clue in clues:
                if clue in number:
                    rows.append(row)
                    columns.append(number[clue])
            groups.append(k)
            right.append(date == example.gold)
            row += 1
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(row, len(names)))
    starts = np.flatnonzero(np.diff(np.array([-1, *groups])))
    owner, good = np.array(groups), np.array(right)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        scores = scores - np.maximum.reduceat(scores, starts)[owner]
        mass = np.exp(scores)
        total = np.add.reduceat(mass, starts)
        good_mass = mass * good
        good_total = np.add.reduceat(good_mass, starts)
        value = float(-np.log(good_total / total).sum() + PENALTY * weights @ weights / 2)
        gradient = matrix.T @ (mass / total[owner] - good_mass / good_total[owner]) + PENALTY * weights
        return value, gradient

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {clue: float(found.x[k]) for clue, k in number.items()}


def figures(examples: list[Example], weights: dict[str, float]) -> Counter[str]:
    """Count how the weights date the acts."""
    tally: Counter[str] = Counter()
    for example in examples:
        scores = [sum(weights.get(clue, 0.0) for clue in clues) for clues in example.clues]
        told = example.dates[int(np.argmax(scores))]
        tally["filled"] += example.gold is not None
        tally["null"] += example.gold is None
        tally["told"] += told is not None
        tally["right"] += told is not None and told == example.gold
        tally["false"] += told is not None and example.gold is None
        tally["reachable"] += example.gold is not None and example.gold in example.dates
    return tally


def shown(tally: Counter[str]) -> str:
    """Say the figures in one line."""
    return (
        f"right {tally['right'] / tally['filled']:.3f} of {tally['filled']} dated by gold (reachable "
        f"{tally['reachable'] / tally['filled']:.3f}); precision {tally['right'] / max(1, tally['told']):.3f}; "
        f"false on {tally['false'] / tally['null']:.3f} of {tally['null']} left open"
    )


def main() -> None:
    """Train, or cross-validate."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--folds", type=int, default=0)
    room = Path(__file__).resolve().parents[1] / "src" / "standoff" / "coding" / "times"
    parser.add_argument("-o", "--output", type=Path, default=room / "date_weights.csv")
    call = parser.parse_args()
    examples = examples_of(call.shared / "gold" / "train")
    if call.folds:
        reports = sorted({example.report for example in examples})
        fold = {name: k % call.folds for k, name in enumerate(reports)}
        tally: Counter[str] = Counter()
        for k in range(call.folds):
            held = [example for example in examples if fold[example.report] == k]
            tally += figures(held, learn([example for example in examples if fold[example.report] != k]))
        print(f"{call.folds}-fold: {shown(tally)}")
        return
    weights = learn(examples)
    with call.output.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["clue", "weight"])
        writer.writerows(
            (clue, f"{weight:.3f}") for clue, weight in sorted(weights.items()) if abs(weight) >= 0.005
        )
    print(f"on the training acts themselves: {shown(figures(examples, weights))}")


if __name__ == "__main__":
    main()
