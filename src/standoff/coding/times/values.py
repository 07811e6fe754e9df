"""Calendar values: what a time expression stands for, and the days it covers.

A value is written as the codebook says (`YYYY-MM-DD`, `YYYY-Www` for an ISO 8601 week, `YYYY-MM`, `YYYY`). Periods for
which the codebook has no form are written as TIMEX3 (Pustejovsky et al. 2003) and ISO 8601-2 write them: `YYYY-Qn`,
`YYYY-Hn`, `YYYY-SP/SU/FA/WI` (northern seasons), `YYYX` for a decade and `YYXX` for a century.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

FIRST_YEAR, LAST_YEAR = 1000, 2999
_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_SHAPE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?|-W(?P<week>\d\d)|-Q(?P<quarter>[1-4])|-H(?P<half>[12])"
    r"|-(?P<season>SP|SU|FA|WI))?|(?P<decade>\d{3})X|(?P<century>\d\d)XX"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar value with the first and the last day that it covers."""

    value: str
    first: dt.date
    last: dt.date

    @property
    def is_day(self) -> bool:
        """Tell whether it is one day."""
        return self.first == self.last


def day(date: dt.date) -> Period:
    """Return the period of one day."""
    return Period(date.isoformat(), date, date)


def week(date: dt.date) -> Period:
    """Return the ISO week that holds a day."""
    year, number, weekday = date.isocalendar()
    monday = date - dt.timedelta(days=weekday - 1)
    return Period(f"{year:04d}-W{number:02d}", monday, monday + dt.timedelta(days=6))


def months(year: int, month: int, count: int) -> tuple[dt.date, dt.date]:
    """Return the first day of a month and the last of the `count` months that begin with it."""
    end = year * 12 + month - 1 + count
    return dt.date(year, month, 1), dt.date(end // 12, end % 12 + 1, 1) - dt.timedelta(days=1)


def month(year: int, number: int) -> Period:
    """Return the period of one month (1 to 12)."""
    return Period(f"{year:04d}-{number:02d}", *months(year, number, 1))


def year(number: int) -> Period:
    """Return the period of one year."""
    return Period(f"{number:04d}", dt.date(number, 1, 1), dt.date(number, 12, 31))


def quarter(year_number: int, number: int) -> Period:
    """Return one quarter (1 to 4) of a year."""
    return Period(f"{year_number:04d}-Q{number}", *months(year_number, 3 * number - 2, 3))


def half(year_number: int, number: int) -> Period:
    """Return one half (1 or 2) of a year."""
    return Period(f"{year_number:04d}-H{number}", *months(year_number, 6 * number - 5, 6))


def season(year_number: int, name: str) -> Period:
    """Return a season of the north (SP, SU, FA, WI), of meteorologists' whole months; winter begins in its year."""
    return Period(f"{year_number:04d}-{name}", *months(year_number, _SEASON_MONTHS[name], 3))


def decade(first_year: int) -> Period:
    """Return the decade that begins with a year that 10 divides."""
    return Period(f"{first_year // 10:03d}X", dt.date(first_year, 1, 1), dt.date(first_year + 9, 12, 31))


def century(first_year: int) -> Period:
    """Return the hundred years that begin with a year that 100 divides."""
    return Period(f"{first_year // 100:02d}XX", dt.date(first_year, 1, 1), dt.date(first_year + 99, 12, 31))


def real_date(year_number: int, month_number: int, day_number: int) -> dt.date | None:
    """Return the day, or None where the calendar has none such or the year is out of range."""
    if not FIRST_YEAR <= year_number <= LAST_YEAR:
        return None
    try:
        return dt.date(year_number, month_number, day_number)
    except ValueError:
        return None


def period_of(value: str | None) -> Period | None:
    """Read a calendar value; None where it is none (a reference, an impossible date)."""
    found = _SHAPE.fullmatch(value) if value else None
    if found is None:
        return None
    parts = {name: int(text) for name, text in found.groupdict().items() if text and name != "season"}
    if "century" in parts:
        return century(parts["century"] * 100) if parts["century"] >= 10 else None
    if "decade" in parts:
        return decade(parts["decade"] * 10) if parts["decade"] >= 100 else None
    number = parts["year"]
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return None
    try:
        if "day" in parts:
            return day(dt.date(number, parts["month"], parts["day"]))
        if "month" in parts:
            return month(number, parts["month"])
        if "week" in parts:
            return week(dt.date.fromisocalendar(number, parts["week"], 1))
    except ValueError:
        return None
    if "quarter" in parts:
        return quarter(number, parts["quarter"])
    if "half" in parts:
        return half(number, parts["half"])
    name = found["season"]
    return season(number, name) if name else year(number)


def shifted(date: dt.date, unit: str, count: int) -> Period | None:
    """Return the day, week, month, year ... that lies `count` units after the one that holds a day.

    `unit` is one of day, week, weekend, fortnight, month, quarter, year, decade, century. None out of range.
    """
    try:
        if unit in ("day", "week", "weekend", "fortnight"):
            moved = date + dt.timedelta(days=count * {"day": 1, "fortnight": 14}.get(unit, 7))
            if not dt.date(FIRST_YEAR, 1, 8) <= moved <= dt.date(LAST_YEAR, 12, 24):
                return None
        if unit == "day":
            return day(moved)
        if unit in ("week", "weekend", "fortnight"):
            found = week(moved)
            return (
                Period(found.value, found.last - dt.timedelta(days=1), found.last)
                if unit == "weekend"
                else found
            )
        if unit in ("month", "quarter"):
            total = date.year * 12 + date.month - 1 + count * (3 if unit == "quarter" else 1)
            moved_year, moved_month = total // 12, total % 12 + 1
            if not FIRST_YEAR <= moved_year <= LAST_YEAR:
                return None
            if unit == "month":
                return month(moved_year, moved_month)
            return quarter(moved_year, (moved_month + 2) // 3)
        size = {"year": 1, "decade": 10, "century": 100}[unit]
        first = (date.year // size + count) * size
        if not FIRST_YEAR <= first <= LAST_YEAR - size:
            return None
        return {"year": year, "decade": decade, "century": century}[unit](first)
    except (OverflowError, ValueError):
        return None
