"""Measure the acts on gold reports, whole or given the gold triggers.

usage: python benchmarks/acts.py [GOLD_DIR] [--shared DIR] [--oracle] [--errors] [--table] [--speed] [--parses DIR]

Without options the whole coder runs and the scorer beside the gold data counts. With --oracle the detector is replaced by
gold's triggers and types, so that the figures for who, modality, content, condition, date, place and attribution are those of
the other steps alone. --table prints how often each row of the trigger table finds an act of its type. --speed measures
the act coder's own words a second. --parses keeps the parses in a directory between runs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import DocBin

from standoff.coding.actors import Actors
from standoff.coding.acts.candidates import Candidate, head_of
from standoff.coding.acts.component import Acts, code, with_issues
from standoff.coding.acts.frames import complete
from standoff.coding.acts.parties import Parties
from standoff.coding.component import Draft
from standoff.coding.statements import Statements
from standoff.coding.times.component import Times
from standoff.language.analysis import Analysis
from standoff.language.parser import analyse, load
from standoff.language.quotations import find_quotations
from standoff.records import Act, Region, Report, Span

ROOT = Path(__file__).resolve().parents[1]
ATTRIBUTES = ["ORTH", "LEMMA", "POS", "TAG", "DEP", "HEAD", "SENT_START", "MORPH", "SPACY"]


def report_of(record: dict[str, Any]) -> Report:
    """Make a report of a gold record; its regions are its lines."""
    text = record["text"]
    regions = tuple(Region(Span(*m.span()), "body") for m in re.finditer(r"[^\n]+", text))
    return Report(
        record["id"],
        text,
        hashlib.sha256(text.encode()).hexdigest(),
        published=record.get("published"),
        regions=regions,
    )


def analyses(records: list[dict[str, Any]], kept: Path | None) -> Iterator[Analysis]:
    """Parse the reports, or read their parses where they have been kept."""
    reports = [report_of(record) for record in records]
    if kept is not None and kept.exists():
        for report, doc in zip(reports, DocBin().from_disk(kept).get_docs(load().vocab), strict=True):
            yield Analysis(
                report, doc, find_quotations(report.text, [region.span for region in report.regions])
            )
        return
    docs = DocBin(attrs=ATTRIBUTES)
    for analysis in analyse(reports):
        docs.add(analysis.doc)
        yield analysis
    if kept is not None:
        docs.to_disk(kept)


def gold_candidates(record: dict[str, Any], draft: Draft) -> list[Candidate]:
    """Make candidates of gold's triggers and types."""
    found = []
    for act in record["acts"]:
        trigger = Span(*act["trigger"])
        if head_of(draft.analysis.doc, trigger) is not None:
            found.append(complete(draft.analysis.doc, trigger, act["type"], rule="gold"))
    return found


def as_json(act: Act) -> dict[str, Any]:
    """Write an act in the codebook's field names."""
    fields = {name: getattr(act, name) for name in Act.__dataclass_fields__}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("gold", nargs="?", type=Path)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--oracle", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--parses", type=Path)
    parser.add_argument("--output", type=Path, help="keep the predictions in this file")
    options = parser.parse_args()
    folder = options.gold or options.shared / "gold" / "dev"
    records = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    kept = options.parses / f"{folder.name}.spacy" if options.parses else None
    layers = [Times(), Actors(), Statements()]
    coder = Acts()
    lines, seconds, words = [], 0.0, 0
    for record, analysis in zip(records, analyses(records, kept), strict=True):
        draft = Draft(analysis)
        for layer in layers:
            layer(draft)
        begun = time.process_time()
        if options.oracle:
            coded = code(draft, gold_candidates(record, draft), Parties(draft))
            draft.acts = with_issues([one.act for one in coded], draft)
        else:
            coder(draft)
        seconds += time.process_time() - begun
        words += len(record["text"].split())
        lines.append({"id": record["id"], "statements": [], "acts": [as_json(act) for act in draft.acts]})
    if options.speed:
        print(f"act coder: {words / seconds:,.0f} words a second ({words:,} words in {seconds:.2f} s)")
    if options.table:
        print_table(records, lines)
        return
    with tempfile.TemporaryDirectory() as place:
        file = options.output or Path(place) / "acts.jsonl"
        file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
        command = [sys.executable, str(options.shared / "gold" / "score.py"), str(folder), str(file)]
        done = subprocess.run(
            command + (["--errors"] if options.errors else []), capture_output=True, text=True, check=True
        )
    print("\n".join(line for line in done.stdout.splitlines() if not line.startswith("statements")))


def print_table(records: list[dict[str, Any]], lines: list[dict[str, Any]]) -> None:
    """Print for each row of the trigger table how many of its findings overlap a gold trigger of its type."""
    hits: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for record, line in zip(records, lines, strict=True):
        for act in line["acts"]:
            row = act["rule"].split(";")[0]
            totals[row] += 1
            start, end = act["trigger"]
            hits[row] += any(
                gold["type"] == act["type"] and gold["trigger"][0] < end and start < gold["trigger"][1]
                for gold in record["acts"]
            )
    for row, total in sorted(totals.items(), key=lambda item: (hits[item[0]] / item[1], -item[1])):
        print(f"{hits[row] / total:.2f}  {hits[row]:4d} of {total:4d}  {row}")


if __name__ == "__main__":
    main()
