"""standoff as a program whose coder finds nothing, so that tests of the command need no parser.

Arguments: a file to write the ids of coded reports to, seconds to take for each, the largest file it may write (0: any),
seconds to wait for a lock, and then the command's own.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterable, Iterator

from standoff.coding import coder
from standoff.dossier import store
from standoff.records import Coding, Report

log, pause, largest, patience = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])


def code_reports(reports: Iterable[Report], **_: object) -> Iterator[Coding]:
    for report in reports:
        with open(log, "a", encoding="utf-8") as file:
            file.write(report.id + "\n")
        time.sleep(pause)
        yield Coding(report)


coder.code_reports = code_reports
coder.default_chain = lambda **_: ()
store.PATIENCE = patience
if largest:
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
sys.argv[1:] = sys.argv[5:]

from standoff.cli.app import main  # noqa: E402

main()
