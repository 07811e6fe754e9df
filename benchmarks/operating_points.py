"""Precision and recall over the confidence of records: `python benchmarks/operating_points.py`.

Codes gold/dev once with everything let through, pairs records with gold as the scorer does, and prints for statements
(content) and acts (type) the precision, recall and F1 at each least confidence, and how often records of each confidence
are right (reliability). The operating points in src/standoff/coding/operating_points.toml are read off this.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

from standoff.coding.acts.component import Acts
from standoff.coding.acts.network import NetworkDetector
from standoff.coding.coder import code_reports, default_chain
from standoff.coding.interchange import record_of
from standoff.coding.statements import Statements
from standoff.coding.statements.tagger import Tagger, weights
from standoff.language.encoder import load
from standoff.reading import make_report

SHARED = Path(__file__).resolve().parents[2] / "shared"
LEAST = [k / 20 for k in range(3, 19)]


def scorer(shared: Path = SHARED) -> Any:
    """Import the scorer that lies beside the gold data."""
    spec = importlib.util.spec_from_file_location("score", shared / "gold/score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def coded(gold: list[dict[str, Any]], least: float) -> list[dict[str, Any]]:
    """Code the gold reports at one operating point for both layers."""
    network = load()
    chain = [part for part in default_chain() if part.name not in ("statements", "acts")]
    chain += [
        Statements(Tagger(network, weights()), floor=least),
        Acts(NetworkDetector(network), least=least),
    ]
    reports = [make_report(r["text"], id=r["id"], published=r["published"]) for r in gold]
    return [record_of(coding) for coding in code_reports(reports, chain=chain)]


def main() -> None:
    """Measure and print."""
    score = scorer()
    gold = [json.loads(path.read_text("utf-8")) for path in sorted((SHARED / "gold/dev").glob("*.json"))]
    layers = {"statements": score.statement_score, "acts": score.act_score}
    print(f"{'least':>6}  " + "  ".join(f"{layer:>10} P     R     F1  " for layer in layers))
    bins: dict[str, dict[int, list[int]]] = {layer: {} for layer in layers}
    for least in LEAST:
        found = coded(gold, least)
        shown = []
        for layer, pairing in layers.items():
            hit = total = wanted = 0
            for right, ours in zip(gold, found, strict=True):
                pairs = score.pair(right[layer], ours[layer], pairing)
                good = [p for g, p in pairs if layer == "statements" or g["type"] == p["type"]]
                hit, total, wanted = hit + len(good), total + len(ours[layer]), wanted + len(right[layer])
                if least == LEAST[0]:
                    for record in ours[layer]:
                        cell = bins[layer].setdefault(int(record["confidence"] * 10), [0, 0])
                        cell[0] += any(record is p for p in good)
                        cell[1] += 1
            row = score.f1(hit, wanted, total)
            shown.append(f"{row['p']:>10.3f} {row['r']:.3f} {row['f1']:.3f}  ")
        print(f"{least:6.2f}  " + "  ".join(shown))
    for layer, cells in bins.items():
        print(f"\nReliability, {layer}: confidence, records, share that is right")
        for k in sorted(cells):
            print(f"  {k / 10:.1f}-{(k + 1) / 10:.1f}  {cells[k][1]:4d}  {cells[k][0] / cells[k][1]:.2f}")


if __name__ == "__main__":
    main()
