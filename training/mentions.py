"""Write the actor mentions of the gold reports, of our own and of those that we coded: `python training/mentions.py OUT.jsonl`.

The network learns doers and addressees over the mentions that the program itself finds, one JSON object a report:
`id` and `mentions`, each with `head` (the span of its head word) and `codes`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from codings import codings
from corpus import gold
from standoff.coding.actors import ActorIndex, ActorTable
from standoff.language.parser import analyse
from standoff.reading import make_report
from written import written

SHARED = Path(__file__).resolve().parents[2] / "shared"


def main(out: Path) -> None:
    """Find and write."""
    table = ActorTable.load()
    records = (
        [record for part in ("train", "dev") for record in gold(SHARED / "gold" / part)]
        + written()
        + codings()
    )
    reports = (make_report(r["text"], id=r["id"], published=r["published"]) for r in records)
    with out.open("w", encoding="utf-8") as stream:
        for analysis in analyse(reports):
            found = []
            for mention in ActorIndex(analysis, table).mentions:
                if mention.codes:
                    token = analysis.doc[mention.root]
                    found.append({"head": [token.idx, token.idx + len(token)], "codes": list(mention.codes)})
            stream.write(json.dumps({"id": analysis.report.id, "mentions": found}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
