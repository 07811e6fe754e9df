"""Fill a dossier with N varied reports by the real way of adding, and note what adding costs as it grows.

usage: fill.py DOSSIER N [--folder FOLDER]

Prints seconds of a thousand reports (processor time and wall clock), the size of the file and the peak of memory. What
is there already is passed over, so that a run that was stopped goes on where it stopped. The coded templates are kept
in FOLDER (the folder of the dossier unless told).
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path

from templates import templates
from varying import Varying

from standoff.dossier.dossier import Dossier

STEP = 1000


def main() -> None:
    """Fill, and print a line of JSON for every thousand reports."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("dossier", type=Path)
    parser.add_argument("number", type=int)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    varying = Varying(templates(options.folder or options.dossier.parent))
    with Dossier.create(options.dossier) as dossier:
        there = dossier.count()["report"]
        for first in range(there, options.number, STEP):
            codings = [
                varying.report(place, options.number)
                for place in range(first, min(options.number, first + STEP))
            ]
            wall, cpu = time.perf_counter(), time.process_time()
            for coding in codings:
                dossier.add(coding)
            row = {
                "reports": first + len(codings),
                "acts": dossier.count()["act"],
                "seconds": round(time.perf_counter() - wall, 2),
                "processor_seconds": round(time.process_time() - cpu, 2),
                "megabytes": round(options.dossier.stat().st_size / 1e6),
                "peak_memory_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            }
            print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
