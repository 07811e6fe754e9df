"""Measure the acts on gold reports, whole or given the gold triggers.

usage: python benchmarks/acts.py [GOLD_DIR] [--shared DIR] [--encoder] [--oracle] [--causes] [--issues] [--errors] [--table]
       [--speed] [--parses DIR]

Without options the rules alone code and the scorer beside the gold data counts, --encoder takes the whole coder. With
--oracle the detector is replaced by gold's triggers and types, so that the figures for who, modality, content,
condition, date, place and attribution are those of the other steps alone. --causes counts the confusion between types
and what separates the program from the annotators; --issues how well the labels of issues group gold's acts within a
report as the annotators do, in pairs of acts. --table prints how often each row of the trigger table finds an act of
its type. --speed measures the act coder's own words a second. --parses keeps the parses between runs.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import DocBin

from operating_points import scorer
from standoff.coding.actors import Actors
from standoff.coding.acts.candidates import Candidate, head_of
from standoff.coding.acts.component import Acts, code, with_issues
from standoff.coding.acts.frames import complete
from standoff.coding.acts.issues import labels_of
from standoff.coding.acts.parties import Parties
from standoff.coding.coder import default_chain
from standoff.coding.component import Component, Draft
from standoff.coding.statements import Statements
from standoff.coding.times.component import Times
from standoff.language.analysis import Analysis
from standoff.language.parser import analyse, load
from standoff.language.quotations import find_quotations
from standoff.reading import make_report
from standoff.records import Act, Report, Span

ROOT = Path(__file__).resolve().parents[1]
ATTRIBUTES = ["ORTH", "LEMMA", "POS", "TAG", "DEP", "HEAD", "SENT_START", "MORPH", "SPACY"]


def report_of(record: dict[str, Any]) -> Report:
    """Make a report of a gold record, as the program reads it."""
    return make_report(record["text"], id=record["id"], published=record.get("published"))


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
    parser.add_argument("--encoder", action="store_true")
    parser.add_argument("--causes", action="store_true")
    parser.add_argument("--issues", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--parses", type=Path)
    parser.add_argument("--output", type=Path, help="keep the predictions in this file")
    options = parser.parse_args()
    folder = options.gold or options.shared / "gold" / "dev"
    records = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    kept = options.parses / f"{folder.name}.spacy" if options.parses else None
    layers: list[Component] = [Times(), Actors(), Statements()]
    coder = Acts()
    if options.encoder:
        *layers, last = default_chain()
        assert isinstance(last, Acts)
        coder = last
    lines, seconds, words = [], 0.0, 0
    mentioned: list[set[str]] = []
    pairs: Counter[str] = Counter()
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
        assert draft.actors is not None
        mentioned.append({code for mention in draft.actors.mentions for code in mention.codes})
        if options.issues:
            pairs += issue_pairs(record, analysis)
        words += len(record["text"].split())
        lines.append({"id": record["id"], "statements": [], "acts": [as_json(act) for act in draft.acts]})
    if options.causes:
        print_causes(records, lines, mentioned, options.shared)
        return
    if options.issues:
        right, told, wanted = (pairs[name] for name in ("right", "told", "wanted"))
        f1 = 2 * right / (told + wanted)
        print(
            f"issues: pairs P {right / told:.3f} R {right / wanted:.3f} F1 {f1:.3f} ({wanted} pairs of gold)"
        )
        return
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


def issue_pairs(record: dict[str, Any], analysis: Analysis) -> Counter[str]:
    """Count the pairs of gold acts of one report that our labels, and gold's, put under one issue."""
    acts = [
        Act(
            act["type"], tuple(act["source"]), tuple(act["target"]), act["modality"], Span(*act["trigger"]),
            Span(*act["evidence"]), Span(*act["content"]) if act["content"] else None,
        )
        for act in record["acts"]
    ]  # fmt: skip
    found: Counter[str] = Counter()
    ours = labels_of(acts, analysis.doc)
    for i, j in itertools.combinations(range(len(acts)), 2):
        same = record["acts"][i]["issue"] == record["acts"][j]["issue"]
        told = bool(ours[i]) and ours[i] == ours[j]
        found += Counter(right=int(same and told), told=int(told), wanted=int(same))
    return found


def print_causes(
    records: list[dict[str, Any]], lines: list[dict[str, Any]], mentioned: list[set[str]], shared: Path
) -> None:
    """Print how types are confused, and count what separates our acts from gold's by its cause."""
    score = scorer(shared)
    confused: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    for record, line, named in zip(records, lines, mentioned, strict=True):
        pairs = score.pair(record["acts"], line["acts"], score.act_score)
        causes["missed: no act of ours at the trigger"] += len(record["acts"]) - len(pairs)
        causes["extra: no act of gold at the trigger"] += len(line["acts"]) - len(pairs)
        for gold, ours in pairs:
            if gold["type"] != ours["type"]:
                confused[f"{gold['type']} told as {ours['type']}"] += 1
                causes["another type"] += 1
                continue
            causes["type right"] += 1
            if not score.same_who(gold, ours):
                causes[f"parties: {cause_of(gold, ours, named)}"] += 1
            elif gold["modality"] != ours["modality"]:
                causes[f"modality: {gold['modality']} told as {ours['modality']}"] += 1
    for title, counts in (("causes", causes), ("confused types", confused)):
        print(title)
        for cause, count in counts.most_common():
            print(f"  {count:4d}  {cause}")


def cause_of(gold: dict[str, Any], ours: dict[str, Any], named: set[str]) -> str:
    """Say in what the parties of an act differ from gold's."""
    if not {*gold["source"], *gold["target"]} <= named:
        return "an actor that no mention of ours stands for"
    if set(gold["source"]) == set(ours["target"]) and set(gold["target"]) == set(ours["source"]):
        return "source and target the wrong way round"
    source, target = set(gold["source"]) == set(ours["source"]), set(gold["target"]) == set(ours["target"])
    if not source:
        part = set(gold["source"]) & set(ours["source"])
        return ("source in part" if part else "another source") + ("" if target else ", and another target")
    if not gold["target"]:
        return "a target where gold has none"
    if not ours["target"]:
        return "no target where gold has one"
    return "target in part" if set(gold["target"]) & set(ours["target"]) else "another target"


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
