"""Measure the times on TimeBank, and the dates and places of acts on the gold reports.

usage: python benchmarks/times.py [--shared DIR] [--errors HALF] [--acts train dev]

TimeBank: the gold are the DATE expressions that carry a calendar value (four figures of a year, with whatever follows).
A found time counts where its span overlaps that of a gold expression (loose) or equals it (strict), one to one. A time
that is found at a gold expression of another kind (a duration, a time of day, a reference) counts as false, unless it
is at a TIME whose value is on that very day. A value is right where it is equal to gold's; where gold leaves the week
open (`1989-WXX`) any week of the year is right, and `-WE` (the weekend) is its week. The articles are halved by the
hash of their id: errors were read on "tune" only.

Dates and places of acts: given gold's trigger, evidence, type and modality; a date or a place is right where it equals
gold's. The weights are learned on gold/train, so that its own figures flatter: training/act_dates.py --folds 5 and
training/act_places.py --folds 5 give those of unseen reports of gold/train.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

from standoff.coding.places import find_places, place_of
from standoff.coding.times import DatedText, date_of, find_times
from standoff.language.parser import analyse
from standoff.records import Region, Report, Span

CALENDAR = re.compile(r"\d{4}(-.*)?\Z")


def report_of(record: dict[str, Any]) -> Report:
    """Make a report of a gold record; each line is a paragraph."""
    text = record["text"]
    lines = (found for found in re.finditer(r"[^\n]+", text) if found.group().strip())
    regions = tuple(Region(Span(*line.span()), "body") for line in lines)
    return Report(record["id"], text, "", published=record.get("published"), regions=regions)


def half_of(identifier: str) -> str:
    """Tell to which half of TimeBank an article belongs."""
    return "tune" if hashlib.sha256(identifier.encode()).digest()[0] % 2 == 0 else "check"


def right(gold: str, value: str) -> bool:
    """Tell whether a value is the same as gold's."""
    if gold.endswith("-WE"):
        gold = gold[:-3]
    if gold.endswith(("WXX", "QX", "XX-XX")):
        return value.startswith(gold[: gold.index("X")])
    return gold == value


def timebank(path: Path, shown: str | None) -> None:
    """Print finding and values on both halves."""
    counts: dict[str, Counter[str]] = {"tune": Counter(), "check": Counter(), "all": Counter()}
    words = seconds = 0.0
    for line in path.read_text("utf-8").splitlines():
        article = json.loads(line)
        which = half_of(article["id"])
        text = article["text"]
        begun = time.process_time()
        found = find_times(text, article["published"][:10])
        seconds += time.process_time() - begun
        words += len(text.split())
        found = [one for one in found if CALENDAR.match(one.value)]
        gold = [g for g in article["times"] if g["type"] == "DATE" and CALENDAR.match(g["value"])]
        clock = [g for g in article["times"] if g["type"] == "TIME"]
        used: set[int] = set()
        tally: Counter[str] = Counter(gold=len(gold))
        notes: list[str] = []
        for g in gold:
            at = [
                k
                for k, one in enumerate(found)
                if k not in used and one.span.start < g["end"] and g["start"] < one.span.end
            ]
            if not at:
                notes.append(f"missed {g['text']!r} {g['value']}: {_around(text, g['start'], g['end'])}")
                continue
            used.add(at[0])
            one = found[at[0]]
            tally["loose"] += 1
            tally["strict"] += (one.span.start, one.span.end) == (g["start"], g["end"])
            if right(g["value"], one.value):
                tally["right"] += 1
            else:
                notes.append(
                    f"value {g['text']!r} gold {g['value']} ours {one.value} ({one.rule}; published "
                    f"{article['published'][:10]}): {_around(text, g['start'], g['end'])}"
                )
        for k, one in enumerate(found):
            if k in used:
                continue
            if any(
                c["start"] < one.span.end and one.span.start < c["end"] and c["value"][:10] == one.value
                for c in clock
            ):
                continue
            tally["found"] += 1
            notes.append(
                f"extra {text[one.span.start : one.span.end]!r} {one.value}: {_around(text, *one.span)}"
            )
        tally["found"] += len(used)
        counts[which].update(tally)
        counts["all"].update(tally)
        if shown == which:
            for note in notes:
                print(article["id"], note)
    for name, c in counts.items():
        for rule in ("loose", "strict"):
            p, r = c[rule] / max(1, c["found"]), c[rule] / max(1, c["gold"])
            print(
                f"TimeBank {name:5s} {rule:6s} P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.3f}  (gold {c['gold']})"
            )
        print(f"TimeBank {name:5s} value right in {c['right'] / c['loose']:.3f} of {c['loose']} found")
    print(f"speed {words / seconds:,.0f} words a second of processor time")


def _around(text: str, start: int, end: int) -> str:
    return " ".join(f"{text[max(0, start - 60) : start]}[{text[start:end]}]{text[end : end + 40]}".split())


def acts(gold: Path, name: str, shown: str | None) -> None:
    """Print how well acts are dated."""
    tally: Counter[str] = Counter()
    records = [json.loads(path.read_text("utf-8")) for path in sorted((gold / name).glob("*.json"))]
    records = [record for record in records if "acts" in record]
    for record, analysis in zip(records, analyse([report_of(record) for record in records]), strict=True):
        body = analysis.report.text
        times = find_times(body, analysis.report.published)
        text = DatedText.of(analysis, times)
        places = find_places(analysis)
        for act in record["acts"]:
            trigger, evidence = Span(*act["trigger"]), Span(*act["evidence"])
            told = date_of(
                analysis, times, trigger, evidence, act_type=act["type"], modality=act["modality"],
                content=Span(*act["content"]) if act["content"] else None, text=text,
            )  # fmt: skip
            where = place_of(
                analysis, places, trigger, evidence, act_type=act["type"], modality=act["modality"]
            )
            tally.update(_placed(act["place"], where.name if where else None))
            truth = act["date"]
            tally["acts"] += 1
            tally["filled"] += truth is not None
            tally["ours"] += told is not None
            tally["right"] += truth is not None and told == truth
            tally["false"] += truth is None and told is not None
            tally["none"] += truth is not None and told is None
            if shown == name and told != truth:
                passage = " ".join(body[slice(*evidence)].split())[:300]
                print(
                    f"{record['id']} published {record.get('published')} gold {truth} ours {told} {act['type']} "
                    f"{act['modality']} [{body[slice(*trigger)]}]: {passage}"
                )
    p, r = tally["right"] / max(1, tally["ours"]), tally["right"] / max(1, tally["filled"])
    null = tally["acts"] - tally["filled"]
    print(
        f"acts {name}: date right in {r:.3f} of the {tally['filled']} that gold dates ({tally['none']} left open); "
        f"false dates on {tally['false'] / max(1, null):.3f} of the {null} that gold leaves open; "
        f"precision {p:.3f}, F1 {2 * p * r / max(1e-9, p + r):.3f}"
    )
    right, named, null = tally["place right"], tally["places"], tally["acts"] - tally["places"]
    print(
        f"acts {name}: place right in {right / max(1, named):.3f} of the {named} that gold places; precision "
        f"{right / max(1, tally['placed']):.3f}; false places on {tally['place false'] / max(1, null):.3f} of {null}"
    )


def _placed(gold: str | None, ours: str | None) -> dict[str, int]:
    return {
        "places": gold is not None,
        "placed": ours is not None,
        "place right": gold is not None and ours == gold,
        "place false": gold is None and ours is not None,
    }


def main() -> None:
    """Run both measurements."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--errors", choices=("tune", "check", "train", "dev"))
    parser.add_argument(
        "--acts", nargs="*", default=["train", "dev"], help="which gold reports' acts to date"
    )
    call = parser.parse_args()
    timebank(call.shared / "benchmarks" / "timebank_dates.jsonl", call.errors)
    for name in call.acts:
        acts(call.shared / "gold", name, call.errors)


if __name__ == "__main__":
    main()
