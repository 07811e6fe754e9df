"""What went wrong with single reports, told on standard error as it happens and counted for the exit status."""

from __future__ import annotations

import sys

from standoff.errors import ReportError
from standoff.records import Report


class Problems:
    """Collects and tells the problems of a call."""

    def __init__(self) -> None:
        self.reports: list[ReportError] = []

    def report(self, problem: ReportError) -> None:
        """Tell that a report was skipped."""
        self.reports.append(problem)
        sys.stderr.write(f"standoff: {problem}\n")

    def trouble(self, report: Report, sentence: str) -> None:
        """Tell that one layer of a report is missing."""
        sys.stderr.write(f"standoff: {sentence}\n")
