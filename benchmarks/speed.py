"""What each stage costs: `python benchmarks/speed.py [--reports N]`.

Codes the example reports over and over (N reports, 200 unless told) in one process on one core and prints, for every
stage, words per second of processor time and its share of the whole. Machines differ; the shares and the ratio to the
bare parser are what can be compared.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

from standoff.coding.coder import default_chain  # noqa: E402
from standoff.coding.component import Draft  # noqa: E402
from standoff.language.parser import analyse, load  # noqa: E402
from standoff.reading import read_reports  # noqa: E402


class Clock:
    """Adds up processor time by stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def time(self, stage: str, work: Callable[[], Any]) -> Any:
        """Run a piece of work on the account of a stage."""
        begun = time.process_time()
        result = work()
        self.spent[stage] = self.spent.get(stage, 0.0) + time.process_time() - begun
        return result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--fast", action="store_true", help="without the encoder")
    options = parser.parse_args()
    wanted = options.reports
    clock = Clock()
    clock.time("start: parser", load)
    chain = clock.time("start: layers", lambda: default_chain(fast=options.fast))

    def problem(error: Exception) -> None:
        raise error

    examples = clock.time(
        "reading", lambda: list(read_reports([str(ROOT / "examples/reports")], on_problem=problem))
    )
    reports = [replace(examples[k % len(examples)], id=f"r{k}") for k in range(wanted)]
    words = sum(len(report.text.split()) for report in reports)
    analyses: Iterator[Any] = iter(clock.time("parser", lambda: list(analyse(reports))))
    encoder = next((part for part in chain if part.name == "encoder"), None)
    drafts = [Draft(analysis) for analysis in analyses]
    for part in chain:
        for draft in drafts:
            clock.time(part.name, lambda part=part, draft=draft: part(draft))
    total = sum(clock.spent.values())
    for stage, spent in clock.spent.items():
        rate = (
            f"{words / spent:10,.0f} words/s" if not stage.startswith("start") and stage != "reading" else ""
        )
        print(f"{stage:16s} {spent:7.2f} s  {spent / total:6.1%}  {rate}")
    print(
        f"{'whole':16s} {total:7.2f} s  100.0%  {words / total:10,.0f} words/s, {wanted} reports, {words:,} words"
    )
    print(f"ratio to the bare parser: {clock.spent['parser'] / total:.2f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory: {peak:,.0f} MB{', encoder loaded' if encoder else ''}")


if __name__ == "__main__":
    main()
