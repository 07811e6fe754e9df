"""Dates written out in full, as page tops, date lines and metadata have them.

Only expressions that name a day by themselves (or a day and a month, with the year left out) are read here;
relative dates belong to the coding room, which needs the publication date that this module helps to find.
"""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

_NAMES = "january february march april may june july august september october november december"
MONTHS = {name: k for k, name in enumerate(_NAMES.split(" "), start=1)}
MONTHS |= {name[:3]: k for name, k in MONTHS.items()} | {"sept": 9}
"""Month names and their abbreviations, without full stop and in small letters, to the number of the month."""

WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
)
_DAY = r"(?:[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)[0-9][0-9]"

DATE = (
    rf"(?:{WEEKDAY},?\s+)?(?:(?:the\s+)?(?<![0-9]){_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}(?![0-9])"
    rf"|{_MONTH}\s+{_DAY},?\s+{_YEAR}(?![0-9])"
    rf"|(?<![0-9]){_YEAR}[-/.](?:0[1-9]|1[0-2])[-/.](?:[12][0-9]|3[01]|0[1-9])(?![0-9]))"
)
"""A pattern for a whole date with its year, without groups."""

DAY_AND_MONTH = rf"(?:{WEEKDAY},?\s+)?(?:{_MONTH}\s+{_DAY}\b(?!:)|{_DAY}\s+{_MONTH})"
"""A pattern for a date without its year."""

_PARTS = re.compile(
    rf"(?P<d1>{_DAY})(?:\s+of)?[\s-]+(?P<m1>{_MONTH}),?[\s-]+(?P<y1>{_YEAR})"
    rf"|(?P<m2>{_MONTH})\s+(?P<d2>{_DAY}),?\s+(?P<y2>{_YEAR})"
    r"|(?P<y3>(?:19|20)[0-9][0-9])[-/.](?P<m3>0[1-9]|1[0-2])[-/.](?P<d3>[12][0-9]|3[01]|0[1-9])",
    re.IGNORECASE,
)
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY_NAME = re.compile("|".join(rf"\b{name}\b" for name in _DAY_NAMES))
_WHOLE = re.compile(DATE, re.IGNORECASE)
_SHORT = re.compile(rf"(?P<m1>{_MONTH})\s+(?P<d1>{_DAY})|(?P<d2>{_DAY})\s+(?P<m2>{_MONTH})", re.IGNORECASE)
_PARTIAL_ISO = re.compile(
    r"(?P<y>(?:1[5-9]|20|21)[0-9][0-9])(?:-(?P<m>0[1-9]|1[0-2])(?:-(?P<d>0[1-9]|[12][0-9]|3[01]))?)?"
)


class WrittenDate(NamedTuple):
    """A date found in a text: the day, and where the expression stands."""

    day: datetime.date
    start: int
    end: int


def find_date(text: str) -> WrittenDate | None:
    """Return the first whole date in a text, or None; impossible ones (30 February) are passed over."""
    for found in _WHOLE.finditer(text):
        parts = _PARTS.search(found.group())
        day = _day_of(parts) if parts else None
        if day is not None:
            return WrittenDate(day, found.start(), found.end())
    return None


def first_weekday(text: str) -> int | None:
    """Return the first weekday that a text names in full (Monday is 0), or None."""
    found = _DAY_NAME.search(text)
    return _DAY_NAMES.index(found.group()) if found else None


def find_day_and_month(text: str) -> tuple[int, int] | None:
    """Return month and day of the first date without a year, or None."""
    found = _SHORT.search(text)
    if found is None:
        return None
    month, day = found["m1"] or found["m2"], found["d1"] or found["d2"]
    return _month(month), _number(day)


def as_published(value: object) -> str | None:
    """Return a metadata value as `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, or None where it names no date.

    Takes ISO dates and times, dates written out, and the forms of mail and feeds ("Fri, 21 Jan 2022 10:00:00
    GMT").
    """
    if not isinstance(value, str | int) or isinstance(value, bool):
        return None
    text = str(value).strip()[:80]
    iso = _PARTIAL_ISO.match(text)
    if iso and (iso.end() == len(text) or (iso["d"] and text[iso.end()] in "Tt ")):
        if iso["d"] and not _possible(int(iso["y"]), int(iso["m"]), int(iso["d"])):
            return None
        return iso.group()
    found = find_date(text)
    return found.day.isoformat() if found else None


def _day_of(parts: re.Match[str]) -> datetime.date | None:
    for k in "123":
        if parts["y" + k]:
            year, month, day = int(parts["y" + k]), _month(parts["m" + k]), _number(parts["d" + k])
            return datetime.date(year, month, day) if _possible(year, month, day) else None
    return None


def _month(name: str) -> int:
    return int(name) if name.isdigit() else MONTHS[name.rstrip(".").lower()]


def _number(day: str) -> int:
    return int(re.sub(r"\D", "", day))


def _possible(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True
