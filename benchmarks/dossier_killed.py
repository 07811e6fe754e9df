"""Kill the real coder at random moments while it adds the example reports, and see that nothing is lost or half there.

usage: dossier_killed.py [--kills N] [--seed S] [--fast]

A process codes examples/reports and adds them, and prints the name of each report once it is added; it is killed at a
random moment of its life and started again on the same file, until all reports are there; then the file is made anew.
After each kill every report that was printed must be there, with all of its records, and `standoff check` must find
nothing. Prints a line of JSON for each kill, and ends with an exit code of 1 where anything was wrong.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from standoff.dossier.dossier import Dossier

REPORTS = Path(__file__).resolve().parents[1] / "examples" / "reports"
ADDER = """
import sys
from standoff.coding.coder import code_reports, default_chain
from standoff.dossier.dossier import Dossier
from standoff.reading import read_reports

def problem(error):
    raise error

with Dossier.create(sys.argv[1]) as dossier:
    chain = default_chain(fast=sys.argv[3] == "fast")
    print("begins", flush=True)
    new = (report for report in read_reports([sys.argv[2]], on_problem=problem) if not dossier.has(report))
    for coding in code_reports(new, chain=chain):
        if dossier.add(coding):
            print(json.dumps([coding.report.id, len(coding.acts), len(coding.statements)]), flush=True)
print("done", flush=True)
"""


def run(path: Path, mode: str, seconds: float | None) -> tuple[list[str], float]:
    """Let a process add, kill it so many seconds after it begins to read (None: let it end); return what it printed, and
    how long it lived since.
    """
    process = subprocess.Popen(
        [sys.executable, "-c", "import json\n" + ADDER, str(path), str(REPORTS), mode],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "begins"
    begun = time.perf_counter()
    timer = threading.Timer(seconds if seconds is not None else 3600, process.send_signal, [signal.SIGKILL])
    timer.start()
    said, _ = process.communicate()
    timer.cancel()
    return said.split("\n"), time.perf_counter() - begun


def wrong(path: Path, told: dict[str, tuple[int, int]]) -> list[str]:
    """Return a sentence for everything that is not as it should be."""
    with Dossier.open(path) as dossier:
        found = list(dossier.check())
        there = {stored.report.id: stored.key for stored in dossier.reports()}
        for name, (acts, statements) in told.items():
            if name not in there:
                found.append(f"{name} was reported as added and is not there.")
                continue
            records = dossier.records_of(there[name])
            if (len(records.acts), len(records.statements)) != (acts, statements):
                found.append(f"{name} is half there.")
        for name, key in there.items():
            if name not in told and not dossier.records_of(key).acts:
                found.append(f"{name} is there without its acts.")
    return found


def main() -> int:
    """Kill, look, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--seed", default="standoff")
    parser.add_argument("--fast", action="store_true", help="the coder without its encoder")
    options = parser.parse_args()
    chance, mode = random.Random(options.seed), "fast" if options.fast else "usual"
    problems = 0
    with tempfile.TemporaryDirectory() as folder:
        _, whole = run(Path(folder) / "whole.standoff", mode, None)
        path, told, made = Path(folder) / "0.standoff", dict[str, tuple[int, int]](), 0
        for kill in range(options.kills):
            after = chance.random() * whole
            said, _ = run(path, mode, after)
            for line in said:
                if line.startswith("["):
                    name, acts, statements = json.loads(line)
                    told[name] = (acts, statements)
            found = wrong(path, told)
            problems += len(found)
            row = {"kill": kill + 1, "after": round(after, 2), "reported as added": len(told), "wrong": found}
            print(json.dumps(row), flush=True)
            if "done" in said:
                made += 1
                path, told = Path(folder) / f"{made}.standoff", {}
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
