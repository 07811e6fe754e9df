"""Fit the weights of the merging features on the tuning half, and write them to the dossier room.

usage: fit.py [--write]

Logistic regression with an L2 penalty. To the labelled pairs come plain negatives: pairs of acts that
could be one event by type, parties and time, of reports outside the checking half, whose words hardly
agree. They keep the weights honest about how many such pairs a dossier holds. Deterministic: no sampling.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import numpy as np
from pairs import read_codings, read_pairs
from scipy.optimize import minimize

import standoff.dossier.events.merging as merging
from standoff.dossier.events.merging import Telling, can_be_same, features, nothing_in_common
from standoff.records import Coding

PENALTY = 0.005
PLAIN_SHARE = 0.5
"""How much all plain negatives together weigh, against all labelled pairs."""
HARDLY = 0.2
"""The cosine of words below which a pair that nobody labelled is taken for two events."""
THRESHOLD = 0.35
"""From leaving out one group of linked reports after the other on the tuning half: best F1 there (0.92)."""
# What a feature may only speak for (+1) or against (-1): few pairs cannot turn its sense around.
SIGNS = {
    "cosine": 1, "cosine_verbal": 1, "containment": 1, "trigger": 1, "issue": 1, "same_report": -1,
    "modality": 1, "parties": 1, "source": 1, "target": 1, "same_day": 1, "same_day_verbal": 1,
    "same_period": 1, "days_apart": -1, "undated_gap": -1, "place_same": 1, "place_differs": -1, "verbal": -1,
}  # fmt: skip


def tellings(codings: dict[str, Coding]) -> dict[tuple[str, int], Telling]:
    """Return every act as merging sees it."""
    return {
        (name, place): Telling.of(act, coding.report.text, coding.report.published, act.issue, number)
        for number, (name, coding) in enumerate(codings.items())
        for place, act in enumerate(coding.acts)
    }


def comparable(one: Telling, other: Telling) -> bool:
    """Return True where the weights decide, and no rule before them."""
    return can_be_same(one, other) and not nothing_in_common(one, other)


def main(*flags: str) -> None:
    """Fit, print, and write with --write."""
    told = tellings(read_codings())
    pairs = [pair for pair in read_pairs() if pair.half == "tune"]
    barred = {end[0] for pair in read_pairs() if pair.half == "check" for end in (pair.one, pair.other)}
    labelled = {frozenset((pair.one, pair.other)) for pair in pairs}
    rows = [(features(told[pair.one], told[pair.other]), pair.same) for pair in pairs]
    unreachable = [pair for pair in pairs if pair.same and not comparable(told[pair.one], told[pair.other])]
    print(f"{len(rows)} labelled pairs; positives that the gate shuts out: {unreachable}")
    free = [key for key in told if key[0] not in barred]
    near = (
        features(told[one], told[other])
        for one, other in itertools.combinations(free, 2)
        if frozenset((one, other)) not in labelled and comparable(told[one], told[other])
    )
    plain = [found for found in near if found["cosine"] < HARDLY]
    print(f"{len(plain)} plain negatives")
    names = sorted({name for found, _ in rows for name in found})
    matrix = np.array([[found.get(n, 0.0) for n in names] for found in [f for f, _ in rows] + plain])
    truth = np.array([same for _, same in rows] + [False] * len(plain), dtype=float)
    weight = np.array([1 / len(rows)] * len(rows) + [PLAIN_SHARE / max(1, len(plain))] * len(plain))

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        logit = matrix @ w
        chance = 1 / (1 + np.exp(-logit))
        fit = (weight * (np.logaddexp(0, logit) - truth * logit)).sum()
        kept = np.array([name != "bias" for name in names])
        slope = matrix.T @ (weight * (chance - truth))
        return fit + PENALTY / 2 * (w * w * kept).sum(), slope + PENALTY * w * kept

    bounds = [{1: (0, None), -1: (None, 0), 0: (None, None)}[SIGNS.get(name, 0)] for name in names]
    best = minimize(loss, np.zeros(len(names)), jac=True, bounds=bounds, method="L-BFGS-B").x
    table = {name: round(float(value), 2) for name, value in zip(names, best, strict=True)}
    for name, value in table.items():
        print(f"  {name:16s} {value:6.2f}")
    chance = 1 / (1 + np.exp(-matrix @ best))
    for cut in (0.3, 0.4, 0.5, 0.6):
        said, gold = chance[: len(rows)] >= cut, truth[: len(rows)] == 1
        false = (chance[len(rows) :] >= cut).mean()
        hit = (said & gold).sum()
        print(f"cut {cut}: P {hit / said.sum():.3f} R {hit / gold.sum():.3f}, plain negatives {false:.4f}")
    if "--write" in flags:
        head = "# Written by benchmarks/merging/fit.py from the tuning half of the merging pairs."
        lines = [head, f"threshold = {THRESHOLD}", "", "[weights]"]
        lines += [f"{name} = {value}" for name, value in table.items()]
        Path(merging.__file__).with_name("merging.toml").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
