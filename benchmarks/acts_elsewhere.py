"""False acts per 1,000 words of texts that are about no crisis: `python benchmarks/acts_elsewhere.py [--errors] [--precise]`.

The texts in acts_elsewhere/ were written for this measurement: sports, business, culture, weather, fiction and history, full of
words of conflict ("attacked from the first whistle", "hostile bid") and of nationalities. Every act coded in them
counts as false.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from standoff.coding.coder import code_reports, default_chain
from standoff.reading import make_report

TEXTS = Path(__file__).resolve().parent / "acts_elsewhere"


def main() -> None:
    """Code the texts and print the false acts of each and of all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--errors", action="store_true", help="print every act that is coded")
    parser.add_argument("--precise", action="store_true", help="at the operating point of high precision")
    parser.add_argument("--fast", action="store_true", help="by the rules alone")
    options = parser.parse_args()
    reports = [
        make_report(path.read_text("utf-8"), id=path.stem, published="2019-05-14")
        for path in sorted(TEXTS.glob("*.txt"))
    ]
    chain = default_chain(precise=options.precise, fast=options.fast)
    words = found = 0
    for coding in code_reports(reports, chain=chain):
        text, acts = coding.report.text, coding.acts
        words += len(text.split())
        found += len(acts)
        print(f"{coding.report.id:12s} {len(text.split()):4d} words  {len(acts)} acts")
        for act in acts if options.errors else ():
            quote = " ".join(text[act.evidence.start : act.evidence.end].split())
            who = f"{' '.join(act.source)} > {' '.join(act.target) or '-'}"
            print(f"    {act.type:9s} {act.confidence:.2f}  {who:16s} {quote[:90]}")
    print(f"all: {found} false acts in {words:,} words, {1000 * found / words:.1f} per 1,000 words")


if __name__ == "__main__":
    main()
