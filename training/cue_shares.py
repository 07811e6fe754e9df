"""How often each row of the cue table is coded: `python training/cue_shares.py [SHARED]`.

For each row of the table: how many of its places outside quotations annotators code in `gold/train` and in PolNeAR's
training articles, and the share that the table's weights rest on (rows of the codebook's own data count five times).
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from standoff.coding.statements.candidates import find_candidates
from standoff.language.analysis import Analysis
from standoff.language.parser import analyse
from standoff.reading.report import make_report
from standoff.records import Span

SHARED = Path(__file__).resolve().parents[2] / "shared"
OVERLAP = 0.5


def polnear(path: Path) -> list[dict[str, Any]]:
    """Read PolNeAR articles; the gold is under `attributions`."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def coded_reports(folder: Path) -> list[dict[str, Any]]:
    """Read gold reports; the gold is under `statements`."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def analyses(records: Sequence[dict[str, Any]]) -> Iterator[Analysis]:
    """Parse records in order."""
    return analyse(
        make_report(r["text"], id=r["id"], published=r.get("published") or r.get("date")) for r in records
    )


def _spans(value: Any) -> list[Span]:
    if not value:
        return []
    return [Span(*value)] if isinstance(value[0], int) else [Span(*span) for span in value]


def _characters(spans: Sequence[Span]) -> set[int]:
    return {k for start, end in spans for k in range(start, end)}


def _is_coded(cue: Span, content: Sequence[Span], gold: Sequence[dict[str, Any]]) -> bool:
    mine = _characters(content)
    for one in gold:
        theirs = _characters(_spans(one["content"]))
        touches = any(span.start < cue.end and span.end > cue.start for span in _spans(one["cue"]))
        if touches and mine and len(mine & theirs) >= OVERLAP * len(mine | theirs):
            return True
    return False


def weigh(shared: Path) -> None:
    """Print for each row of the table how often its candidates outside quotations are coded in the train splits."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    splits = (
        (polnear(shared / "polnear" / "train.jsonl"), "attributions", 0),
        (coded_reports(shared / "gold" / "train"), "statements", 2),
    )
    for records, field, column in splits:
        for record, analysis in zip(records, analyses(records), strict=True):
            for found in find_candidates(analysis):
                if found.content and analysis.quoted(found.cue.start) is None:
                    counts[found.rule][column] += _is_coded(found.cue, found.content, record[field])
                    counts[found.rule][column + 1] += 1
    print("rule | PolNeAR coded, places | gold coded, places | share")
    for rule, (news, of_news, own, of_own) in sorted(counts.items()):
        share = (news + 5 * own) / (of_news + 5 * of_own)
        print(f"{rule} | {news}, {of_news} | {own}, {of_own} | {share:.2f}")


if __name__ == "__main__":
    weigh(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED)
