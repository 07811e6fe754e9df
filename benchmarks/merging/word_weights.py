"""Write the dossier's table of word weights from the reports of the training half of the gold data.

usage: word_weights.py GOLD_TRAIN_DIR OUT.csv

The weight of a stem is its inverse document frequency over reports, scaled so that a stem that every
report has weighs 0 and one in fewer than LEAST reports weighs 1 (those are left out of the table).
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections import Counter
from pathlib import Path

from standoff.dossier.events.words import term, words_of

LEAST = 4
SILENT = 0.25
"""Below this share of the scale (function words, "said"), a stem weighs nothing."""


def main(source: str, out: str) -> None:
    """Count and write."""
    texts = [json.loads(path.read_text())["text"] for path in sorted(Path(source).glob("*.json"))]
    counts = Counter(s for text in texts for s in {term(word) for word in words_of(text)})
    top = math.log(len(texts) / LEAST)
    with Path(out).open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["stem", "weight"])
        for found, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            if count >= LEAST:
                share = math.log(len(texts) / count) / top
                writer.writerow([found, f"{share if share >= SILENT else 0.0:.2f}"])


if __name__ == "__main__":
    main(*sys.argv[1:])
