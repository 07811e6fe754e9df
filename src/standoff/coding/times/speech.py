"""Speech days: "today" inside a quotation is the day on which it was said.

A quotation is dated by the day that its sentence names outside the quotation marks ("On Monday he said: “We decide
today”"). Where the sentence names none, the quotation keeps the report's day.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from standoff.coding.times import values
from standoff.coding.times.lexicon import lexicon
from standoff.language.quotations import Quotation, find_quotations
from standoff.records import Span, Time

_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?](?=\s|$)|\n")
_REACH = 300
_SAYING_DAYS = frozenset({"weekday", "month_day", "day_month", "numeric", "day"})
_FURTHEST = 31
"""A quotation is not dated by a day farther than this from the one it would have otherwise."""


def said_then(text: str, times: Sequence[Time]) -> list[Time]:
    """Anchor "today", "yesterday" and "tomorrow" inside quotations to the day of speaking; spans stay."""
    if not any(time.rule == "day" and time.start for time in times):
        return list(times)
    quotations = find_quotations(text, [Span(*line.span()) for line in _LINE.finditer(text)])
    starts = [quotation.span.start for quotation in quotations]
    days = [time for time in times if time.rule in _SAYING_DAYS and time.start and time.start == time.end]
    days = [time for time in days if _holder(quotations, starts, time.span.start) is None]
    day_starts = [time.span.start for time in days]
    moved: list[Time] = []
    for time in times:
        quotation = (
            _holder(quotations, starts, time.span.start) if time.rule == "day" and time.start else None
        )
        spoken = _spoken(text, quotation.span, days, day_starts) if quotation else None
        moved.append(_anchored(text, time, spoken) if spoken else time)
    return moved


def _holder(quotations: Sequence[Quotation], starts: Sequence[int], offset: int) -> Quotation | None:
    k = bisect.bisect_right(starts, offset) - 1
    return quotations[k] if k >= 0 and offset < quotations[k].span.end else None


def _spoken(text: str, quotation: Span, days: Sequence[Time], starts: Sequence[int]) -> Time | None:
    """Return the day named in the quotation's sentence outside it: before it, else after it."""
    low = max(0, quotation.start - _REACH)
    ends = [found.end() for found in _END.finditer(text, low, quotation.start)]
    low = ends[-1] if ends else low
    k = bisect.bisect_left(starts, quotation.start) - 1
    if k >= 0 and days[k].span.start >= low:
        return days[k]
    closed = text[max(quotation.start, quotation.end - 2)]
    if closed in ".!?" and text[quotation.end : quotation.end + 1] == "\n":
        return None
    after = _END.search(text, quotation.end, min(len(text), quotation.end + _REACH))
    high = after.start() if after else min(len(text), quotation.end + _REACH)
    k = bisect.bisect_left(starts, quotation.end)
    return days[k] if k < len(days) and days[k].span.start < high else None


def _anchored(text: str, time: Time, spoken: Time) -> Time:
    word = re.search(r"today|tonight|yesterday|tomorrow", text[slice(*time.span)], re.IGNORECASE)
    said, otherwise = values.period_of(spoken.start), values.period_of(time.start)
    if word is None or said is None or otherwise is None:
        return time
    moved = values.shifted(said.first, "day", lexicon().numbers[word.group().lower()])
    if moved is None or abs((moved.first - otherwise.first).days) > _FURTHEST:
        return time
    return Time(time.span, moved.value, moved.value, moved.value, time.rule)
