"""Fit the weights by which the encoder's and the trigger table's opinions make the confidence of an act.

usage: python training/act_weights.py

The network and the table have both seen gold/train, so that the four weights are fitted on gold/dev (a trigger counts as
right where an act of its type has an overlapping one); prints them for src/standoff/coding/acts/weights.toml.
"""

from __future__ import annotations

import numpy as np

from standoff.coding.actors import Actors
from standoff.coding.acts.network import NetworkDetector
from standoff.coding.acts.parties import Parties
from standoff.coding.component import Draft
from standoff.coding.encoding import Encoding
from standoff.language.parser import analyse
from standoff.language.segments import log_odds
from standoff.reading import make_report
from standoff.records import ACT_TYPES
from statement_weights import fit, records

NAMES = ("both", "alone", "encoder", "parse")


def main() -> None:
    """Fit and print."""
    encoding, actors = Encoding(), Actors()
    detector = NetworkDetector(encoding.network)
    gold = [record for split, record, _ in records() if split == "gold"]
    reports = (make_report(r["text"], id=r["id"], published=r["published"]) for r in gold)
    rows, truth = [], []
    for record, analysis in zip(gold, analyse(reports), strict=True):
        draft = Draft(analysis)
        actors(draft)
        encoding(draft)
        for window, heard in detector.hear(draft, Parties(draft)):
            for one in heard:
                start, end = int(window.offsets[one.a, 0]), int(window.offsets[one.b - 1, 1])
                kind = ACT_TYPES[one.kind]
                acts = [act["trigger"] for act in record["acts"] if act["type"] == kind]
                truth.append(float(any(a < end and start < b for a, b in acts)))
                parse = 0.0 if one.parsed is None else log_odds(one.parsed.confidence)
                alone = float(one.parsed is None)
                rows.append([1.0 - alone, alone, log_odds(one.encoder), parse])
    found = fit(np.array(rows), np.array(truth), np.ones(len(truth)))
    print(f"{len(truth)} triggers proposed, {sum(truth):.0f} of them right")
    print("\n".join(f"{name} = {value:.3f}" for name, value in zip(NAMES, found, strict=True)))


if __name__ == "__main__":
    main()
