"""Measures the actors: codes of bare phrases, of the sources of statements, mentions for acts, and speed.

usage: actors.py [SHARED] [--errors] [--only phrases|gold]

SHARED is the folder of third-party and gold material (default: `shared` beside the repository).

phrases   share of `benchmarks/actor_codes.jsonl` whose country is right (records marked xfail apart)
sources   share of gold statements with a source span whose resolved codes are the gold set
acts      share of gold acts all of whose codes are mentioned in the evidence, in it and the two sentences before,
          anywhere in the report
speed     words a second of the index alone, after parsing, and the time to load the table
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from standoff.coding.actors import ActorIndex, ActorTable
from standoff.language.analysis import Analysis
from standoff.language.parser import analyse
from standoff.records import Region, Report, Span

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_ORGANISATIONS = {"EUR": "EU", "UNO": "UN", "IGO": "IGO"}


def as_report(gold: dict[str, Any]) -> Report:
    """Return a gold record's text as a report, the first paragraph as its headline."""
    spans = [Span(*m.span()) for m in _PARAGRAPH.finditer(gold["text"]) if m.group().strip()]
    regions = tuple(Region(span, "body" if k else "headline") for k, span in enumerate(spans))
    return Report(gold["id"], gold["text"], "", published=gold.get("published"), regions=regions)


def load_gold(folder: Path) -> list[dict[str, Any]]:
    """Load a split's records that have been coded."""
    records = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    return [record for record in records if "acts" in record and "text" in record]


def in_half(record: dict[str, Any], half: str) -> bool:
    """Tell the tuning half of a split from its checking half, by the record's name."""
    return half == "all" or (sum(record["id"].encode()) % 2 == 0) == (half == "tune")


def country_of(codes: Iterable[str], table: ActorTable) -> str:
    """Return the one country of a resolution in the benchmark's terms: an organisation is IGO, EU is EUR."""
    states = {code.partition("-")[0] for code in codes}
    if len(states) != 1:
        return "+".join(sorted(states))
    code = states.pop()
    if code in table.states:
        return code
    return {"EU": "EUR", "UN": "UNO", "ICJ": "UNO"}.get(code) or ("IGO" if code.isupper() else code)


def measure_phrases(path: Path, table: ActorTable, errors: bool) -> None:
    """Print the share of bare phrases whose country is right."""
    hit: Counter[bool] = Counter()
    total: Counter[bool] = Counter()
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        want = record["expect"].get("country", record["expect"].get("cc"))
        if want is None:
            continue
        phrase = record["text"] if not record["context"] else f"{record['text']}, {record['context']}"
        date = record["date"] if record["date"] and re.fullmatch(r"\d{4}-\d\d-\d\d", record["date"]) else None
        got = country_of(table.lookup(phrase, date).codes, table)
        total[record["xfail"]] += 1
        hit[record["xfail"]] += got == want
        if errors and got != want:
            print(
                f"  phrase | {record['text']} | {record['context']} | want {want or '-'} | got {got or '-'}"
            )
    print(f"phrases   countries right {hit[False] / total[False]:.3f} ({hit[False]} of {total[False]})")
    print(f"phrases   of those marked as expected failures {hit[True]} of {total[True]}")


def measure_gold(
    name: str, pairs: Iterator[tuple[dict[str, Any], Analysis]], table: ActorTable, errors: bool
) -> None:
    """Print the shares for one split, and how fast the index was built."""
    right = sources = guesses = guessed_right = words = 0
    reach = Counter[str]()
    acts = 0
    spent = 0.0
    for gold, analysis in pairs:
        begin = time.process_time()
        index = ActorIndex(analysis, table)
        spent += time.process_time() - begin
        words += len(gold["text"].split())
        for statement in gold["statements"]:
            if not statement["source"]:
                continue
            sources += 1
            found = index.resolve(Span(*statement["source"]))
            good = set(found.codes) == set(statement["actor"])
            right += good
            guesses += found.guess
            guessed_right += found.guess and good
            if errors and not good:
                start, end = statement["source"]
                print(
                    f"  source | {gold['id']} | {gold['text'][start:end][:90]!r} | want {','.join(statement['actor']) or '-'}"
                    f" | got {','.join(found.codes) or '-'} | {found.how}"
                )
        for act in gold["acts"]:
            acts += 1
            reach.update(_reach(act, index))
    print(f"{name:9s} sources right {right / sources:.3f} ({right} of {sources})")
    if guesses:
        print(
            f"{name:9s} of the sources said to be guesses, right {guessed_right / guesses:.3f} ({guesses} guesses)"
        )
    for where in ("evidence", "two sentences", "report"):
        print(f"{name:9s} acts with all actors mentioned within {where:14s} {reach[where] / acts:.3f}")
    print(f"{name:9s} speed {words / spent:,.0f} words a second of processor time (index alone)")


def _reach(act: dict[str, Any], index: ActorIndex) -> list[str]:
    """Return how far one must look to find a mention for every actor of an act."""
    wanted = set(act["source"]) | set(act["target"])
    start, end = act["evidence"]
    sentences = [s.start_char for s in index.doc.sents if s.start_char <= start]
    near = sentences[-3] if len(sentences) > 2 else 0
    found = []
    for where, begin in (("evidence", start), ("two sentences", near), ("report", None)):
        here = {
            code
            for mention in index.mentions
            if begin is None or (mention.span.start < end and mention.span.end > begin)
            for code in mention.codes
        }
        if wanted <= here:
            found.append(where)
    return found


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "shared", nargs="?", type=Path, default=Path(__file__).resolve().parents[2] / "shared"
    )
    parser.add_argument("--errors", action="store_true", help="list what went wrong")
    parser.add_argument("--only", choices=("phrases", "gold"), help="one part alone")
    parser.add_argument(
        "--half", choices=("all", "tune", "check"), default="all", help="a half of gold/train"
    )
    args = parser.parse_args()
    begin = time.process_time()
    table = ActorTable.load()
    print(f"table     {len(table.rows)} rows loaded in {time.process_time() - begin:.3f} s")
    if args.only != "gold":
        measure_phrases(args.shared / "benchmarks" / "actor_codes.jsonl", table, args.errors)
    if args.only == "phrases":
        return
    for split in ("train", "dev"):
        golds = [
            g for g in load_gold(args.shared / "gold" / split) if split == "dev" or in_half(g, args.half)
        ]
        analyses = analyse(as_report(gold) for gold in golds)
        measure_gold(split, zip(golds, analyses, strict=True), table, args.errors and split == "train")


if __name__ == "__main__":
    main()
