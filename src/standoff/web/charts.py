"""Small pictures drawn on the server: conflict and cooperation by week, as bars above and below a line.

Lengths are in CSS pixels of the picture's own box, which the style sheet scales.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from standoff.brief.wording import MONTHS

Week = tuple[str, int, int]
"""ISO week ("2022-W03"), events of conflict, events of cooperation."""

MOST_BARS = 160


@dataclass(frozen=True, slots=True)
class Bar:
    """One week (or, over long times, several): its place, its heights, and what it says in words."""

    x: float
    width: float
    up: float
    down: float
    words: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A label below the line of weeks."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars above (conflict) and below (cooperation) the line at `line`; `most` is what the highest bar stands for."""

    width: float
    height: float
    line: float
    most: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]


def chart_of(
    weeks: Iterable[Week], *, width: float, height: float, first: str = "", last: str = ""
) -> Chart | None:
    """Return the chart of some weeks, from `first` to `last` where these are given; None where there is none."""
    found = {week: (conflict, cooperation) for week, conflict, cooperation in weeks}
    if not found:
        return None
    start, end = _monday(min(first or min(found), min(found))), _monday(max(last or max(found), max(found)))
    count = (end - start).days // 7 + 1
    together = max(1, -(-count // MOST_BARS))
    bins = [[0, 0] for _ in range(-(-count // together))]
    for week, (conflict, cooperation) in found.items():
        place = (_monday(week) - start).days // 7 // together
        bins[place][0] += conflict
        bins[place][1] += cooperation
    most = max(1, *(max(pair) for pair in bins))
    up = max((pair[0] for pair in bins), default=0)
    down = max((pair[1] for pair in bins), default=0)
    scale = height / max(1, up + down)
    pitch = min(width / len(bins), 48.0)
    line = up * scale
    bars = []
    for place, (conflict, cooperation) in enumerate(bins):
        since = start + datetime.timedelta(weeks=place * together)
        until = since + datetime.timedelta(days=7 * together - 1)
        words = f"{_span(since, until)}: {conflict} of conflict, {cooperation} of cooperation"
        bars.append(
            Bar(
                round(place * pitch + pitch * 0.1, 1),
                round(pitch * 0.8, 1),
                round(conflict * scale, 1),
                round(cooperation * scale, 1),
                words,
                since.isoformat(),
                until.isoformat(),
            )
        )
    return Chart(
        round(min(width, pitch * len(bins)), 1),
        height,
        round(line, 1),
        most,
        tuple(bars),
        _ticks(start, len(bins), together, pitch),
    )


def _ticks(start: datetime.date, count: int, together: int, pitch: float) -> tuple[Tick, ...]:
    """Return a label at the first bar of every month or, over longer times, of every third, sixth or twelfth."""
    month = pitch * 30.4 / (7 * together)
    step = next((step for step in (1, 3, 6) if month * step >= 62), 12)
    made: list[Tick] = []
    free, year = -1.0, 0
    for place in range(count):
        day = start + datetime.timedelta(weeks=place * together)
        before = day - datetime.timedelta(weeks=together)
        begins = day.month != before.month and (day.month - 1) % step == 0
        if (place and not begins) or place * pitch < free:
            continue
        label = MONTHS[day.month - 1] if day.year == year else f"{MONTHS[day.month - 1]} {day.year}"
        year = day.year
        made.append(Tick(round(place * pitch, 1), label))
        free = place * pitch + 8.0 * len(label)
    return tuple(made)


def _span(since: datetime.date, until: datetime.date) -> str:
    first = f"{since.day} {MONTHS[since.month - 1]}"
    return f"{first} to {until.day} {MONTHS[until.month - 1]} {until.year}"


def _monday(week: str) -> datetime.date:
    year, _, number = week.partition("-W")
    return datetime.date.fromisocalendar(int(year), int(number), 1)


def weeks_of(points: Sequence[Sequence[object]]) -> list[Week]:
    """Return weeks from rows that begin with week, conflict, cooperation."""
    return [(str(row[0]), int(str(row[1])), int(str(row[2]))) for row in points]
