"""The quality gate: `python benchmarks/gate.py`.

Codes gold/dev and PolNeAR's dev split with `standoff code`, scores both with the scorers that lie beside the data, writes
the figures to benchmarks/figures.json, and fails where a figure lies below its floor in benchmarks/floors.toml. Also
held: the digests of the data, so that a smaller test set cannot pass for a better program.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FIGURES = ROOT / "benchmarks" / "figures.json"
FLOORS = ROOT / "benchmarks" / "floors.toml"


def run(*words: str | Path) -> str:
    """Run a program and return what it printed; its errors end the gate."""
    done = subprocess.run(
        [str(word) for word in words], stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
    )
    return done.stdout


def code(paths: list[Path], out: Path) -> None:
    """Code reports as a user would."""
    run(sys.executable, "-m", "standoff", "code", *paths, "-o", out)


def gold_dev(folder: Path) -> dict[str, float]:
    """Score gold/dev; figures between 0 and 1."""
    out = folder / "gold.jsonl"
    code(sorted((SHARED / "gold/dev").glob("*.json")), out)
    scores = json.loads(run(sys.executable, SHARED / "gold/score.py", SHARED / "gold/dev", out, "--json"))
    figures: dict[str, float] = {}
    for layer in ("statements", "acts"):
        for row, value in scores[layer].items():
            for part in ("p", "r", "f1"):
                figures[f"{layer} {row} {part}"] = round(value[part], 3)
    for field, value in scores["fields"].items():
        figures[f"field {field}"] = round(value["accuracy"], 3)
    for kind, value in scores["types"].items():
        figures[f"type {kind} f1"] = round(value["f1"], 3)
    return figures


def polnear_dev(folder: Path) -> dict[str, float]:
    """Score PolNeAR's dev split; figures in percent."""
    articles = [json.loads(line) for line in (SHARED / "polnear/dev.jsonl").read_text("utf-8").splitlines()]
    texts, out = folder / "polnear-texts.jsonl", folder / "polnear.jsonl"
    fields = ("id", "text", "title")
    lines = [json.dumps({**{k: a[k] for k in fields}, "published": a["date"]}) for a in articles]
    texts.write_text("\n".join(lines) + "\n", "utf-8")
    code([texts], out)
    rows = json.loads(
        run(sys.executable, SHARED / "polnear/score.py", SHARED / "polnear/dev.jsonl", out, "--json")
    )
    return {f"{row} {part}": round(value[part], 1) for row, value in rows.items() for part in ("P", "R", "F")}


def digest(paths: list[Path]) -> str:
    """Return the SHA-256 over the files in order."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def commit() -> str:
    """Return the commit that the figures belong to, marked where the tree differs from it."""
    head = run("git", "rev-parse", "--short=10", "HEAD").strip()
    changed = run("git", "status", "--porcelain", "--untracked-files=no", "--", "src").strip()
    return head + (" with changes" if changed else "")


def below(figures: dict[str, dict[str, float]], floors: dict[str, Any]) -> list[str]:
    """Return a sentence for each figure that is missing or lies below its floor."""
    found = []
    for split, rows in floors["floors"].items():
        for row, floor in rows.items():
            value = figures[split].get(row)
            if value is None or value < floor:
                found.append(f"{split}, {row}: {value} is below the floor of {floor}")
    return found


def main() -> None:
    """Measure, write, compare."""
    floors = tomllib.loads(FLOORS.read_text("utf-8"))
    data = {
        "gold/dev": digest(sorted((SHARED / "gold/dev").glob("*.json"))),
        "polnear/dev": digest([SHARED / "polnear/dev.jsonl"]),
    }
    changed = [split for split, value in data.items() if floors["data"][split] != value]
    if changed:
        sys.exit(
            f"The data of {', '.join(changed)} is not the data that the floors were set on: set them anew."
        )
    with tempfile.TemporaryDirectory() as name:
        figures = {"gold/dev": gold_dev(Path(name)), "polnear/dev": polnear_dev(Path(name))}
    today = datetime.date.today().isoformat()
    FIGURES.write_text(json.dumps({"date": today, "commit": commit(), **figures}, indent=1) + "\n", "utf-8")
    for split, rows in floors["floors"].items():
        for row, floor in rows.items():
            print(f"{split:12s} {row:28s} {figures[split].get(row)!s:>7}   floor {floor}")
    problems = below(figures, floors)
    if problems:
        sys.exit("The quality gate is shut:\n" + "\n".join(problems))
    print(f"The quality gate is open. All figures: {FIGURES.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
