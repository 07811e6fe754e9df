"""The date of an act: which of the times around its trigger says when it happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from standoff.coding.times import values
from standoff.records import Modality, Span, Time

if TYPE_CHECKING:
    from standoff.language.analysis import Analysis


def date_of(
    text: str,
    published: str | None,
    times: Sequence[Time],
    trigger: Span,
    evidence: Span,
    *,
    act_type: str | None = None,
    modality: Modality = "actual",
    analysis: Analysis | None = None,
) -> str | None:
    """Return the date of an act (`YYYY-MM-DD`, `YYYY-MM` or `YYYY`), or None where the text does not tell.

    `times` are those of `find_times` for the whole text; `trigger` and `evidence` are spans into `text`. With
    an `analysis`, the parse decides which time belongs to which verb.
    """
    inside = [time for time in times if evidence.start <= time.span.start and time.span.end <= evidence.end]
    dated = [time for time in inside if time.start is not None]
    if not dated:
        return None
    nearest = min(dated, key=lambda time: max(trigger.start - time.span.end, time.span.start - trigger.end))
    return calendar_date(nearest)


def calendar_date(time: Time) -> str | None:
    """Return a time as an act's date: weeks and ranges become the month or the year that holds them."""
    period = values.period_of(time.value)
    if period is None or time.start is None or time.end is None:
        return None
    if len(period.value) in (4, 7, 10) and period.value.replace("-", "").isdigit():
        return period.value
    if period.value[:7] and time.start[:7] == time.end[:7]:
        return time.start[:7]
    return time.start[:4] if time.start[:4] == time.end[:4] else None
