"""Dates as the codebook writes them (`YYYY-MM-DD`, `YYYY-MM`, `YYYY`), as intervals of days.

Days are proleptic Gregorian ordinals (`datetime.date.toordinal`), so that intervals compare as integers.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import NamedTuple

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Days(NamedTuple):
    """The first and last day of an interval, both included."""

    first: int
    last: int


def days_of(value: str | None) -> Days | None:
    """Return the interval that an ISO date covers, or None for None and for what is no such date."""
    found = _ISO.fullmatch(value or "")
    if not found:
        return None
    year, month, day = found[1], found[2], found[3]
    try:
        if day:
            only = date(int(year), int(month), int(day)).toordinal()
            return Days(only, only)
        if month:
            last = calendar.monthrange(int(year), int(month))[1]
            return Days(
                date(int(year), int(month), 1).toordinal(), date(int(year), int(month), last).toordinal()
            )
        return Days(date(int(year), 1, 1).toordinal(), date(int(year), 12, 31).toordinal())
    except ValueError:
        return None


def iso(day: int) -> str:
    """Return a day as `YYYY-MM-DD`."""
    return date.fromordinal(day).isoformat()


def week_of(day: int) -> str:
    """Return the ISO week of a day as `YYYY-Www`."""
    year, week, _ = date.fromordinal(day).isocalendar()
    return f"{year:04d}-W{week:02d}"


def for_people(value: str | None) -> str:
    """Return an ISO date as people read it: "Fri 21 Jan 2022", "Jan 2022", "2022"; "" for None."""
    days = days_of(value)
    if value is None or days is None:
        return value or ""
    told = date.fromordinal(days.first)
    if len(value) == 10:
        return f"{calendar.day_abbr[told.weekday()]} {told.day} {calendar.month_abbr[told.month]} {told.year}"
    return f"{calendar.month_abbr[told.month]} {told.year}" if len(value) == 7 else value


def apart(one: Days, other: Days) -> int:
    """Return how many days lie between two intervals; 0 where they overlap."""
    return max(0, one.first - other.last, other.first - one.last)
