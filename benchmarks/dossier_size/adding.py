"""Whether adding costs the same in a small and in a large dossier, and memory stays flat.

usage: adding.py LARGE [--small SMALL] [--reports N] [--folder FOLDER]

Adds N new varied reports, one by one and in turns, to a copy of SMALL (an empty dossier unless told) and to one of LARGE.
Both are timed in one run on one core, so that the ratio holds on a busy machine. Prints milliseconds of the processor
for a report at the median and on average, the ratio of the two, and the peak of memory after 20 reports and at the end.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from templates import templates
from varying import Varying

from standoff.dossier.dossier import Dossier


def peak() -> int:
    """Return the peak of this process's memory so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Add in turns, and print a line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("large", type=Path)
    parser.add_argument("--small", type=Path)
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    varying = Varying(templates(options.folder or options.large.parent))
    spent: dict[str, list[float]] = {"small": [], "large": []}
    with tempfile.TemporaryDirectory(dir=options.large.parent) as folder:
        copies = {name: Path(folder) / f"{name}.standoff" for name in spent}
        for name, given in (("small", options.small), ("large", options.large)):
            if given:
                shutil.copy(given, copies[name])
        with Dossier.create(copies["small"]) as small, Dossier.create(copies["large"]) as large:
            held, less = large.count(), small.count()
            before = 0
            for number in range(options.reports + 20):
                coding = varying.report(5_000_000 + number, 10_000_000)
                coding = replace(coding, report=replace(coding.report, id=f"new-{number}"))
                for name, dossier in (("small", small), ("large", large)):
                    begun = time.process_time()
                    dossier.add(coding)
                    if number >= 20:
                        spent[name].append(time.process_time() - begun)
                if number == 20:
                    before = peak()
            row = {
                "reports": [less["report"], held["report"]], "acts": [less["act"], held["act"]], "added": options.reports,
                **{f"{name} median ms": round(statistics.median(took) * 1000, 1) for name, took in spent.items()},
                **{f"{name} mean ms": round(statistics.mean(took) * 1000, 1) for name, took in spent.items()},
                "ratio of means": round(statistics.mean(spent["large"]) / statistics.mean(spent["small"]), 2),
                "peak MB after 20": before, "peak MB": peak(),
            }  # fmt: skip
            print(json.dumps(row))


if __name__ == "__main__":
    main()
