"""Statements beside other systems and beside annotators: `python benchmarks/statements.py [SHARED]`.

Codes PolNeAR's dev split and gold/dev three times over one reading (rules alone, usual, `--precise`) and prints

1. the comparison: PolNeAR's scorer's rows for these and for the systems and annotators that polnear/score.py quotes;
2. direct, mixed and indirect statements apart: how many are found, with source and actor, and how many of ours are right;
3. reliability: how often a statement of a confidence is right, and how far the two lie apart (expected calibration error,
   Naeini, Cooper and Hauskrecht 2015);
4. the errors, by cause.

SHARED is the folder of the data (default: `shared` beside the repository).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from standoff.coding.actors import Actors
from standoff.coding.component import Draft
from standoff.coding.encoding import Encoding
from standoff.coding.interchange import record_of
from standoff.coding.statements import Statements
from standoff.coding.statements.tagger import Tagger, weights
from standoff.language.parser import analyse
from standoff.reading import make_report
from standoff.records import Coding

REPOSITORY = Path(__file__).resolve().parents[1]
FORMS = ("direct", "mixed", "indirect")
FAINTEST = 0.15
"""Reliability looks at everything that is at least this likely."""
QUOTED = (
    ("textacy 0.13", "test", 30.9, 28.5),
    ("dependency rule, 67 lines", "test", 64.9, 52.1),
    ("logistic model on parse features", "test", 75.2, 66.3),
    ("one annotator against another", "test", 82.2, 75.8),
)
"""What polnear/score.py says of others: all, and all with the right source."""

Json = dict[str, Any]
Spans = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Split:
    """A dev split: its name, its texts with gold statements, whether these name actors, and the overlap that makes a pair."""

    name: str
    records: list[Json]
    actors: bool
    least: float

    def pair(self, gold: list[Json], ours: list[Json], scorer: Any) -> list[tuple[Json, Json]]:
        """Pair statements one to one as the split's scorer would."""

        def likeness(one: Json, other: Json) -> float:
            share = overlap(one["content"], other["content"])
            return 1 + share + overlap(one["cue"], other["cue"]) if share >= self.least else 0.0

        found: list[tuple[Json, Json]] = scorer.pair(gold, ours, likeness)
        return found


def splits(shared: Path) -> tuple[Split, Split]:
    """Read both dev splits."""
    lines = (shared / "polnear/dev.jsonl").read_text("utf-8").splitlines()
    press = [json.loads(line) for line in lines if line.strip()]
    press = [{**r, "statements": r["attributions"], "published": r["date"]} for r in press]
    gold = [json.loads(path.read_text("utf-8")) for path in sorted((shared / "gold/dev").glob("*.json"))]
    # A Dice overlap of a half, as PolNeAR's scorer asks, is a third of the union.
    return Split("PolNeAR dev", press, False, 1 / 3), Split("gold/dev", gold, True, 1 / 2)


def code(records: list[Json]) -> Iterator[dict[str, list[Json]]]:
    """Yield for each text its statements by operating point: `rules`, `faintest`, `usual`, `precise`."""
    text = resources.files("standoff.coding").joinpath("operating_points.toml").read_text("utf-8")
    points = {name: values["statement"] for name, values in tomllib.loads(text).items()}
    encoding = Encoding()
    tagger = Tagger(encoding.network, weights())
    finders = {"rules": Statements(), "faintest": Statements(tagger, floor=FAINTEST)}
    finders |= {name: Statements(tagger, floor=least) for name, least in points.items()}
    reports = (make_report(r["text"], id=r["id"], published=r["published"]) for r in records)
    for analysis in analyse(reports):
        draft = Draft(analysis)
        Actors()(draft)
        encoding(draft)
        found = {}
        for name, finder in finders.items():
            finder(draft)
            coding = Coding(analysis.report, (), tuple(draft.statements), (), (), ())
            found[name] = record_of(coding)["statements"]
        yield found


def spans(value: Any) -> Spans:
    """Return a codebook field (null, a span, spans) as spans."""
    return [] if not value else [value] if isinstance(value[0], int) else value


def characters(value: Any) -> set[int]:
    """Return the characters that a field covers."""
    return {k for start, end in spans(value) for k in range(start, end)}


def overlap(one: Any, other: Any) -> float:
    """Return the characters that both fields cover over those that either covers; 1 where both are null."""
    a, b = characters(one), characters(other)
    return len(a & b) / len(a | b) if a or b else 1.0


def same_source(one: Json, other: Json) -> bool:
    """Tell whether two sources are the same as gold's scorer sees it."""
    if (one["source"] is None) != (other["source"] is None):
        return False
    return overlap(one["source"], other["source"]) >= 0.5


def form(text: str, statement: Json, quoted: Callable[[str], bytes]) -> str:
    """Return how much of a content stands in quotation marks: direct from 80 % of its letters on, as PolNeAR's scorer says."""
    if "form" in statement:
        return str(statement["form"])
    flags = quoted(text)
    letters = [k for k in characters(statement["content"]) if text[k].isalnum()]
    share = sum(flags[k] for k in letters) / len(letters) if letters else 0.0
    return "direct" if share >= 0.8 else "mixed" if share > 0 else "indirect"


def module(path: Path) -> Any:
    """Import a scorer that lies beside its data."""
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_score", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def official(shared: Path, split: Split, found: list[list[Json]]) -> dict[str, dict[str, float]]:
    """Return PolNeAR's scorer's rows for one operating point."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "found.jsonl"
        rows = [
            json.dumps({"id": r["id"], "statements": f}) for r, f in zip(split.records, found, strict=True)
        ]
        file.write_text("\n".join(rows) + "\n", "utf-8")
        command = [
            sys.executable,
            str(shared / "polnear/score.py"),
            str(shared / "polnear/dev.jsonl"),
            str(file),
        ]
        done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)
    rows_of: dict[str, dict[str, float]] = json.loads(done.stdout)
    return rows_of


def comparison(shared: Path, split: Split, coded: list[dict[str, list[Json]]]) -> None:
    """Print the first table."""
    print(f"{'PolNeAR':36s} {'split':5s}   all  +source  direct  +source  words    P      R")
    for name, where, everything, with_source in QUOTED[:3]:
        print(f"{name:36s} {where:5s}  {everything:5.1f}  {with_source:6.1f}")
    for point, name in (
        ("rules", "Standoff --fast (rules alone)"),
        ("usual", "Standoff"),
        ("precise", "Standoff --precise"),
    ):
        rows = official(shared, split, [found[point] for found in coded])
        figures = [rows[row]["F"] for row in ("all @.5", "all+source @.5", "direct @.5", "direct+source @.5")]
        words, whole = rows["content @words"]["F"], rows["all @.5"]
        print(
            f"{name:36s} {'dev':5s}  {figures[0]:5.1f}  {figures[1]:6.1f}  {figures[2]:6.1f}  {figures[3]:7.1f}"
            f"  {words:5.1f}  {whole['P']:5.1f}  {whole['R']:5.1f}"
        )
    for name, where, everything, with_source in QUOTED[3:]:
        print(f"{name:36s} {where:5s}  {everything:5.1f}  {with_source:6.1f}")


def by_form(split: Split, coded: list[dict[str, list[Json]]], scorer: Any, quoted: Any) -> None:
    """Print how direct, mixed and indirect statements fare."""
    gold, hit, source, actor, ours, right = (Counter[str]() for _ in range(6))
    for record, found in zip(split.records, coded, strict=True):
        text = record["text"]
        for statement in record["statements"]:
            gold[form(text, statement, quoted)] += 1
        for statement in found["usual"]:
            ours[statement["form"]] += 1
        for one, other in split.pair(record["statements"], found["usual"], scorer):
            kind = form(text, one, quoted)
            hit[kind] += 1
            right[other["form"]] += 1
            if same_source(one, other):
                source[kind] += 1
                actor[kind] += split.actors and set(one["actor"]) == set(other["actor"])
    print(f"\n{split.name} by form      gold  found  with source  with actor   ours  right")
    for kind in FORMS:
        share = [n[kind] / max(gold[kind], 1) for n in (hit, source, actor)]
        shown = f"{share[2]:10.2f}" if split.actors else f"{'-':>10s}"
        precision = right[kind] / max(ours[kind], 1)
        print(
            f"  {kind:22s} {gold[kind]:4d}   {share[0]:.2f}         {share[1]:.2f}  {shown}  {ours[kind]:5d}   {precision:.2f}"
        )


def reliability(split: Split, coded: list[dict[str, list[Json]]], scorer: Any) -> None:
    """Print the share of right statements for each tenth of confidence, and the points' precision and recall."""
    cells: dict[int, list[float]] = {}
    for record, found in zip(split.records, coded, strict=True):
        pairs = split.pair(record["statements"], found["faintest"], scorer)
        good = {id(other) for _, other in pairs}
        for statement in found["faintest"]:
            cell = cells.setdefault(min(int(statement["confidence"] * 10), 9), [0, 0, 0.0])
            cell[0] += 1
            cell[1] += id(statement) in good
            cell[2] += statement["confidence"]
    total = sum(cell[0] for cell in cells.values())
    off = sum(abs(right - said) for _, right, said in cells.values()) / total
    print(
        f"\n{split.name}, reliability (expected calibration error {off:.3f}): confidence, statements, said, right"
    )
    for k, (count, right, said) in sorted(cells.items()):
        print(f"  {k / 10:.1f}-{(k + 1) / 10:.1f}  {count:5.0f}  {said / count:.2f}  {right / count:.2f}")
    for point in ("usual", "precise"):
        hit = ours = gold = 0
        for record, found in zip(split.records, coded, strict=True):
            hit += len(split.pair(record["statements"], found[point], scorer))
            ours, gold = ours + len(found[point]), gold + len(record["statements"])
        print(f"  {point}: precision {hit / max(ours, 1):.3f}, recall {hit / gold:.3f}")


def cause_of_miss(statement: Json, found: list[Json]) -> str:
    """Say why gold's statement has no pair."""
    touching = [one for one in found if characters(one["cue"]) & characters(statement["cue"])]
    if touching:
        best = max(touching, key=lambda one: overlap(one["content"], statement["content"]))
        share = overlap(best["content"], statement["content"])
        return "cue found, other content" if share == 0 else "cue found, content cut differently"
    if statement["source"] is None:
        return "cue not found: nobody is named"
    if any(overlap(one["content"], statement["content"]) >= 0.5 for one in found):
        return "cue not found: content given to another cue"
    return "cue not found"


def causes(split: Split, coded: list[dict[str, list[Json]]], scorer: Any) -> None:
    """Print what is wrong, counted."""
    missed, extra, source, actor = (Counter[str]() for _ in range(4))
    for record, found in zip(split.records, coded, strict=True):
        gold, ours = record["statements"], found["usual"]
        pairs = split.pair(gold, ours, scorer)
        paired = {id(one) for pair in pairs for one in pair}
        for one in gold:
            if id(one) not in paired:
                missed[cause_of_miss(one, ours)] += 1
        for one in ours:
            if id(one) not in paired:
                at_cue = any(characters(one["cue"]) & characters(other["cue"]) for other in gold)
                extra["at a cue of gold" if at_cue else "at words that gold takes for no cue"] += 1
        for one, other in pairs:
            if same_source(one, other):
                if split.actors and set(one["actor"]) != set(other["actor"]):
                    kind = (
                        "none of ours"
                        if not other["actor"]
                        else "none of gold"
                        if not one["actor"]
                        else "another"
                    )
                    actor[f"actor: {kind}"] += 1
            elif one["source"] is None or other["source"] is None:
                source["gold names nobody" if one["source"] is None else "we name nobody"] += 1
            elif characters(one["source"]) & characters(other["source"]):
                source["cut differently"] += 1
            else:
                source["another phrase"] += 1
    print(f"\n{split.name}, errors")
    for title, counts in (("missed", missed), ("too many", extra), ("source", source), ("actor", actor)):
        for cause, count in counts.most_common():
            print(f"  {title:9s} {count:4d}  {cause}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", nargs="?", type=Path, default=REPOSITORY.parent / "shared")
    shared = parser.parse_args().shared
    scorer, quoted = module(shared / "gold/score.py"), module(shared / "polnear/score.py").quoted
    both = [(split, list(code(split.records))) for split in splits(shared)]
    comparison(shared, *both[0])
    for split, coded in both:
        by_form(split, coded, scorer, quoted)
    for split, coded in both:
        reliability(split, coded, scorer)
    for split, coded in both:
        causes(split, coded, scorer)


if __name__ == "__main__":
    main()
