"""The timeline at a glance: a mark an event, conflict above the line of days and cooperation below it.

Lengths are in CSS pixels. Only events that a text dates to a day are drawn, and only those within `MARGIN` days of the
reports; the list below the picture has all of them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from standoff.brief.lines import Line
from standoff.brief.marks import Mark
from standoff.brief.material import Material
from standoff.brief.wording import MONTHS

MARGIN = 7
LONGEST = 62
ROW = 16
SIZE = 13
HIGHEST = 9
LABELS = 34


@dataclass(frozen=True, slots=True)
class Dot:
    """One event in the picture: its mark, where it stands (top left corner), and the way to its row."""

    x: float
    y: float
    mark: Mark
    href: str
    words: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the line: the middle of its column, its label, and how many events had no room on either side."""

    x: float
    label: str
    month: str
    more_above: int
    more_below: int


@dataclass(frozen=True, slots=True)
class Strip:
    """The picture: its size, the height of its line, where what had no room is counted, days and dots."""

    width: float
    height: float
    line: float
    above: float
    below: float
    days: tuple[Day, ...]
    dots: tuple[Dot, ...]
    left_out: int


def strip_of(material: Material, lines: Mapping[int, Line]) -> Strip | None:
    """Return the picture, or None where it would say nothing: fewer than three days, or more than `LONGEST`."""
    published = [day for stored in material.reports if (day := _day(stored.report.published))]
    dated = [
        (day, lines[event.key]) for event in material.events if event.date_known and (day := _day(event.date))
    ]
    if not published:
        return None
    first, last = min(published) - MARGIN, max(published) + MARGIN
    shown = [(day, line) for day, line in dated if first <= day <= last]
    if len({day for day, _ in shown}) < 3:
        return None
    first, last = min(day for day, _ in shown), max(day for day, _ in shown)
    if last - first >= LONGEST:
        return None
    columns: dict[int, list[Line]] = {}
    for day, line in shown:
        columns.setdefault(day, []).append(line)
    return _drawn(first, last, columns, len(material.events) - len(shown))


def _day(iso: str | None) -> int | None:
    if not iso or not re.fullmatch(r"\d{4}-\d\d-\d\d", iso):
        return None
    try:
        return datetime.date.fromisoformat(iso).toordinal()
    except ValueError:
        return None


def _drawn(first: int, last: int, columns: Mapping[int, Sequence[Line]], left_out: int) -> Strip:
    sides = {day: _sides(lines) for day, lines in columns.items()}
    up = min(HIGHEST, max(len(above) for above, _ in sides.values()))
    down = min(HIGHEST, max(len(below) for _, below in sides.values()))
    pitch = max(20.0, min(64.0, 1080 / (last - first + 1)))
    top = ROW if any(len(above) > HIGHEST for above, _ in sides.values()) else 4
    line = top + up * ROW + 4
    floor = line + LABELS
    days, dots = [], []
    for day in range(first, last + 1):
        x = round((day - first + 0.5) * pitch, 1)
        above, below = sides.get(day, ([], []))
        for row, shown in enumerate(above[:HIGHEST]):
            dots.append(_dot(x, line - 4 - (row + 1) * ROW, shown))
        for row, shown in enumerate(below[:HIGHEST]):
            dots.append(_dot(x, floor + row * ROW, shown))
        date = datetime.date.fromordinal(day)
        month = MONTHS[date.month - 1] if day == first or date.day == 1 else ""
        days.append(Day(x, str(date.day), month, max(0, len(above) - HIGHEST), max(0, len(below) - HIGHEST)))
    more = ROW if any(day.more_below for day in days) else 0
    return Strip(
        round(pitch * (last - first + 1), 1),
        floor + down * ROW + more + 2,
        line,
        top - 5,
        floor + down * ROW + 11,
        tuple(days),
        tuple(dots),
        left_out,
    )


def _sides(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return conflict and cooperation apart, deeds first, so that they stand nearest to the line."""
    ordered = sorted(lines, key=lambda line: not line.deed)
    return (
        [line for line in ordered if line.marks[0].tone == "warm"],
        [line for line in ordered if line.marks[0].tone == "cool"],
    )


def _dot(x: float, y: float, line: Line) -> Dot:
    words = f"{line.date}, {line.label}{f', {line.state}' if line.state else ''}: {line.sentence}"
    href = line.evidence[0].href if line.evidence else f"#{line.anchor}"
    return Dot(round(x - SIZE / 2, 1), y, line.marks[0], href, words)
