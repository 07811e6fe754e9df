"""Measures the statements: PolNeAR's and the codebook's scorers on the dev splits, speed, and the cue table's weights.

usage: statements.py [SHARED] [--weigh]

SHARED is the folder of third-party and gold material (default: `shared` beside the repository).

Without a flag: the rows of `polnear/score.py` on its dev articles and of `gold/score.py` on `gold/dev`, and the words
a second of the component alone, after parsing.
--weigh: for each row of the cue table how many of its places in `gold/train` and PolNeAR's train articles annotators
code, the share that the table's weights rest on (rows of the codebook's own data count five times).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from standoff.coding.actors import Actors
from standoff.coding.component import Draft
from standoff.coding.statements import Statements
from standoff.coding.statements.candidates import find_candidates
from standoff.language.analysis import Analysis
from standoff.language.parser import analyse
from standoff.reading.report import make_report
from standoff.records import Span, Statement

REPOSITORY = Path(__file__).resolve().parents[1]
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


def as_json(statement: Statement) -> dict[str, Any]:
    """Return a statement in the codebook's fields."""
    return {
        "source": list(statement.source) if statement.source else None,
        "actor": list(statement.actor),
        "cue": list(statement.cue),
        "content": [list(span) for span in statement.content],
        "form": statement.form,
        "confidence": statement.confidence,
        "rule": statement.rule,
    }


def predict(records: Sequence[dict[str, Any]], file: Path) -> float:
    """Write the statements of records as JSON lines; return the words a second of the component alone."""
    actors, statements = Actors(), Statements()
    seconds, words = 0.0, 0
    with file.open("w", encoding="utf-8") as out:
        for record, analysis in zip(records, analyses(records), strict=True):
            draft = Draft(analysis)
            actors(draft)
            index, draft.actors = draft.actors, None
            begun = time.process_time()
            statements(draft)
            seconds += time.process_time() - begun
            words += len(analysis.report.text.split())
            draft.actors = index
            statements(draft)
            row = {"id": record["id"], "statements": [as_json(s) for s in draft.statements], "acts": []}
            print(json.dumps(row, ensure_ascii=False), file=out)
    return words / seconds if seconds else 0.0


def score(shared: Path) -> None:
    """Print the scorers' rows for both dev splits."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "predictions.jsonl"
        speed = predict(polnear(shared / "polnear" / "dev.jsonl"), file)
        print(f"PolNeAR dev ({speed:,.0f} words a second, component alone, without actor codes)")
        _run(shared / "polnear" / "score.py", shared / "polnear" / "dev.jsonl", file)
        predict(coded_reports(shared / "gold" / "dev"), file)
        print("\ngold/dev")
        _run(
            shared / "gold" / "score.py",
            shared / "gold" / "dev",
            file,
            only=("statements", "field      form"),
        )


def _run(script: Path, gold: Path, predictions: Path, only: tuple[str, ...] = ("",)) -> None:
    command = [sys.executable, str(script), str(gold), str(predictions)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    print("\n".join(line for line in done.stdout.splitlines() if line.startswith(only)))


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


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", nargs="?", type=Path, default=REPOSITORY.parent / "shared")
    parser.add_argument("--weigh", action="store_true", help="print how often each row of the table is coded")
    options = parser.parse_args()
    if options.weigh:
        weigh(options.shared)
    else:
        score(options.shared)


if __name__ == "__main__":
    main()
