"""Fit the weights by which the encoder's and the parse's opinions make the confidence of a statement.

usage: python training/statement_weights.py [-o FILE]

The network has seen the training splits, so that its opinion of them is worth nothing here: the six weights are fitted
on the dev splits of gold and PolNeAR (a statement counts as right where its cue overlaps one of the annotators'), half of
the weight to each, and their fit is told by five-fold cross-validation.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from standoff.coding.component import Draft
from standoff.coding.encoding import Encoding
from standoff.coding.statements.tagger import Heard, Tagger, weights
from standoff.language.parser import analyse
from standoff.language.segments import log_odds
from standoff.reading import make_report

SHARED = Path(__file__).resolve().parents[2] / "shared"
NAMES = ("both", "alone", "encoder", "parse", "content", "spoken")


def spans(value: Any) -> list[list[int]]:
    """Return a span field as a list."""
    return [] if not value else [value] if isinstance(value[0], int) else value


def records() -> Iterator[tuple[str, dict[str, Any], list[list[int]]]]:
    """Yield split, record and the spans of its cues."""
    for path in sorted((SHARED / "gold/dev").glob("*.json")):
        record = json.loads(path.read_text("utf-8"))
        yield "gold", record, [s["cue"] for s in record["statements"]]
    for line in (SHARED / "polnear/dev.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        yield "polnear", record, [c for a in record["attributions"] for c in spans(a["cue"])]


def row(heard: Heard) -> list[float]:
    """Return the inputs of the logistic model in the order of NAMES."""
    alone = heard.parse is None
    parse = 0.0 if heard.parse is None else log_odds(heard.parse)
    return [
        float(not alone),
        float(alone),
        log_odds(heard.encoder),
        parse,
        heard.content,
        float(heard.spoken),
    ]


def fit(x: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return the weights of least regularised log loss."""

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ b
        p = 1 / (1 + np.exp(-z))
        value = float((w * (np.logaddexp(0, z) - y * z)).sum() + 0.01 * (b @ b))
        return value, x.T @ (w * (p - y)) + 0.02 * b

    return minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x


def main() -> None:
    """Fit, cross-validate, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    package = Path(__file__).resolve().parents[1] / "src/standoff/coding/statements/weights.toml"
    parser.add_argument("-o", "--output", type=Path, default=package)
    options = parser.parse_args()
    encoding = Encoding()
    tagger = Tagger(encoding.network, weights())
    rows, truth, origin, group = [], [], [], []
    data = list(records())
    reports = [
        make_report(r["text"], id=r["id"], published=r.get("published") or r.get("date")) for _, r, _ in data
    ]
    for k, ((split, _, cues), analysis) in enumerate(zip(data, analyse(reports), strict=True)):
        encoding(Draft(analysis))
        for heard in tagger.hear(analysis):
            a, b = heard.candidate.cue
            rows.append(row(heard))
            truth.append(float(any(a < e and s < b for s, e in cues)))
            origin.append(split)
            group.append(k % 5)
    x, y, g = np.array(rows), np.array(truth), np.array(group)
    share = {split: origin.count(split) for split in set(origin)}
    w = np.array([len(origin) / (len(share) * share[split]) for split in origin])
    for split in sorted(share):
        mine = np.array([o == split for o in origin])
        hit = guess = 0.0
        for fold in range(5):
            b = fit(x[g != fold], y[g != fold], w[g != fold])
            p = 1 / (1 + np.exp(-(x[mine & (g == fold)] @ b)))
            hit += float(((p > 0.5) * y[mine & (g == fold)]).sum())
            guess += float((p > 0.5).sum())
        print(f"{split}: cues found by both sides {int(y[mine].sum())}, kept {guess:.0f}, right {hit:.0f}")
    final = fit(x, y, w)
    lines = [f"{name} = {value:.3f}" for name, value in zip(NAMES, final, strict=True)]
    text = (
        "# How the encoder's and the parse's opinions of a cue make its confidence; log-odds. "
        "Made by training/statement_weights.py.\n"
    )
    options.output.write_text(text + "[confidence]\n" + "\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
