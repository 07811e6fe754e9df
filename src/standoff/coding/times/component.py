"""The component that fills a draft's times."""

from __future__ import annotations

from standoff.coding.component import Draft
from standoff.coding.times.finding import find_times


class Times:
    """Finds the times of the report's text, noise left out."""

    name = "times"
    requires = frozenset({"analysis"})
    assigns = frozenset({"times"})

    def __call__(self, draft: Draft) -> None:
        """Fill `draft.times`, in the order of the text."""
        analysis = draft.analysis
        found = find_times(analysis.report.text, analysis.report.published)
        draft.times = [time for time in found if analysis.kind_at(time.span.start) != "noise"]
