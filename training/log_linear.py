"""Learning a log-linear choice among the candidates of an act: its date, its place.

The candidates whose label is gold's share its probability; weights minimise the negative log-likelihood with
an L2 penalty (Berger, Della Pietra and Della Pietra 1996). Acts whose gold label is no candidate are left out
of training.
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

from codings import codings
from standoff.records import Region, Report, Span
from written import held_out, written

CODING = Path(__file__).resolve().parents[1] / "src" / "standoff" / "coding"
PENALTY = 1.0
RAREST = 6
"""A clue seen with fewer candidates than this gets no weight."""


@dataclass(frozen=True)
class Example:
    """The candidates of one act: their clues, their labels, and gold's label."""

    report: str
    clues: list[list[str]]
    labels: list[str | None]
    gold: str | None


def report_of(record: dict[str, Any]) -> Report:
    """Make a report of a gold record; each line is a paragraph."""
    text = record["text"]
    regions = tuple(
        Region(Span(*found.span()), "body") for found in re.finditer(r"[^\n]+", text) if found.group().strip()
    )
    return Report(record["id"], text, "", published=record.get("published"), regions=regions)


def records_of(folder: Path) -> list[dict[str, Any]]:
    """Read the reports to learn from: the folder's gold reports, our own that the encoder sees too, and those that we coded."""
    records = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    ours = [record for record in written() if not held_out(record["id"])]
    return [record for record in records if "acts" in record] + ours + codings(folder.parents[1])


def learn(examples: list[Example], penalty: float = PENALTY) -> dict[str, float]:
    """Fit the weights by L-BFGS; `penalty` is the weight of half their squared length."""
    usable = [example for example in examples if example.gold in example.labels]
    seen = Counter(clue for example in usable for clues in example.clues for clue in clues)
    names = sorted(clue for clue, count in seen.items() if count >= RAREST)
    number = {clue: k for k, clue in enumerate(names)}
    rows, columns, groups, right = [], [], [], []
    row = 0
    for k, example in enumerate(usable):
        for clues, label in zip(example.clues, example.labels, strict=True):
            for clue in clues:
                if clue in number:
                    rows.append(row)
                    columns.append(number[clue])
            groups.append(k)
            right.append(label == example.gold)
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
        value = float(-np.log(good_total / total).sum() + penalty * weights @ weights / 2)
        gradient = matrix.T @ (mass / total[owner] - good_mass / good_total[owner]) + penalty * weights
        return value, gradient

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {clue: float(found.x[k]) for clue, k in number.items()}


def figures(examples: list[Example], weights: dict[str, float]) -> Counter[str]:
    """Count how the weights label the acts."""
    tally: Counter[str] = Counter()
    for example in examples:
        scores = [sum(weights.get(clue, 0.0) for clue in clues) for clues in example.clues]
        told = example.labels[int(np.argmax(scores))]
        tally["filled"] += example.gold is not None
        tally["null"] += example.gold is None
        tally["told"] += told is not None
        tally["right"] += told is not None and told == example.gold
        tally["false"] += told is not None and example.gold is None
        tally["reachable"] += example.gold is not None and example.gold in example.labels
    return tally


def shown(tally: Counter[str]) -> str:
    """Say the figures in one line."""
    return (
        f"right {tally['right'] / tally['filled']:.3f} of {tally['filled']} labelled by gold (reachable "
        f"{tally['reachable'] / tally['filled']:.3f}); precision {tally['right'] / max(1, tally['told']):.3f}; "
        f"false on {tally['false'] / tally['null']:.3f} of {tally['null']} left open"
    )


def cross_validated(examples: list[Example], folds: int) -> Counter[str]:
    """Count over reports that the weights were not learned from."""
    reports = sorted({example.report for example in examples})
    fold = {name: k % folds for k, name in enumerate(reports)}
    tally: Counter[str] = Counter()
    for k in range(folds):
        held = [example for example in examples if fold[example.report] == k]
        tally += figures(held, learn([example for example in examples if fold[example.report] != k]))
    return tally


def arguments(doc: str | None, output: Path) -> argparse.Namespace:
    """Read the options that every learner of a log-linear choice has: shared, folds, output."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("-o", "--output", type=Path, default=CODING / output)
    return parser.parse_args()


def learned_or_checked(examples: list[Example], call: argparse.Namespace) -> None:
    """Write the weights learned from the examples, or print cross-validated figures where folds are asked for."""
    if call.folds:
        print(f"{call.folds}-fold: {shown(cross_validated(examples, call.folds))}")
        return
    weights = learn(examples)
    write(weights, call.output)
    print(f"on the training acts themselves: {shown(figures(examples, weights))}")


def write(weights: dict[str, float], path: Path) -> None:
    """Write the table of clues and weights, those of no weight left out."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["clue", "weight"])
        writer.writerows(
            (clue, f"{weight:.2f}") for clue, weight in sorted(weights.items()) if abs(weight) >= 0.02
        )
