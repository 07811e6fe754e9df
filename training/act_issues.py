"""Learn how likely two acts of a report are about the same thing, from the issue labels of the hand-coded reports.

usage: python training/act_issues.py

Fits a logistic model to all pairs of gold/train's acts and prints its weights for src/standoff/coding/acts/issue_weights.toml.
gold/dev is not looked at; `benchmarks/acts.py --issues` measures on it.
"""

from __future__ import annotations

import itertools

import numpy as np

from log_linear import records_of, report_of
from standoff.coding.acts.issues import clues_of, rarity_of, sides_of
from standoff.language.parser import analyse
from standoff.records import Act, Span
from statement_weights import SHARED, fit


def main() -> None:
    """Fit and print."""
    records = records_of(SHARED / "gold" / "train")
    rows: list[list[float]] = []
    truth: list[float] = []
    names: list[str] = []
    for record, analysis in zip(records, analyse([report_of(record) for record in records]), strict=True):
        acts = [
            Act(
                act["type"], tuple(act["source"]), tuple(act["target"]), act["modality"],
                Span(*act["trigger"]), Span(*act["evidence"]),
                Span(*act["content"]) if act["content"] else None, issue=act["issue"],
            )
            for act in record["acts"]
        ]  # fmt: skip
        sides = [sides_of(act, analysis.doc) for act in acts]
        rarity = rarity_of(sides)
        for i, j in itertools.combinations(range(len(acts)), 2):
            clues = clues_of(acts[i], sides[i], acts[j], sides[j], rarity)
            names = list(clues)
            rows.append([1.0, *clues.values()])
            truth.append(float(acts[i].issue == acts[j].issue))
    found = fit(np.array(rows), np.array(truth), np.ones(len(truth)))
    print(f"# {len(truth)} pairs, {np.mean(truth):.3f} of one issue")
    print("\n".join(f"{name} = {value:.2f}" for name, value in zip(["bias", *names], found, strict=True)))


if __name__ == "__main__":
    main()
