"""The day of publication, where the file does not give it: worked out from the text, and said how."""

from __future__ import annotations

import datetime
import re

from standoff.reading.regions import Layout

LINKED = "newest linked story"
"""How a publication date was found that is only an estimate."""

_IN_ADDRESS = re.compile(
    r"[/_-]((?:19|20)[0-9]{2})[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12][0-9]|3[01])(?![0-9])"
)


def publication_date(layout: Layout, *, url: str | None = None) -> tuple[str | None, str]:
    """Return the date (ISO, or None) and how it was found.

    In this order: a date line at the top or the foot of the page; a wire dateline with its year, or with the
    year of the newest dated link; the web address; the newest story that the page links to, at most as
    young as the page. The last is an estimate, moved on to the weekday that the lead names: a report mostly
    speaks of its own day first.
    """
    if layout.top_dates:
        return layout.top_dates[0].isoformat(), "dateline"
    if layout.wire is not None and layout.wire.day is not None:
        return layout.wire.day.isoformat(), "dateline"
    if layout.closing_date is not None:
        return layout.closing_date.isoformat(), "dateline"
    linked = max(layout.linked_dates, default=None)
    if layout.wire is not None and layout.wire.month_day is not None and linked is not None:
        day = _first_on_or_after(linked, layout.wire.month_day)
        if day is not None and (day - linked).days < 200:
            return day.isoformat(), "dateline"
    dated_address = date_in_address(url) if url else None
    if dated_address:
        return dated_address, "web address"
    if linked is not None:
        days = (layout.weekday - linked.weekday()) % 7 if layout.weekday is not None else 0
        return (linked + datetime.timedelta(days=days)).isoformat(), LINKED
    return None, "not found"


def date_in_address(address: str) -> str | None:
    """Return the ISO date that a web address or a file name carries ("/2022/01/21/", "2022-01-21-geneva"), or
    None.
    """
    found = _IN_ADDRESS.search("/" + address)
    if found is None:
        return None
    try:
        return datetime.date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        return None


def _first_on_or_after(day: datetime.date, month_day: tuple[int, int]) -> datetime.date | None:
    """Return the first day with this month and day of the month that is not before `day`."""
    for year in (day.year, day.year + 1):
        try:
            candidate = datetime.date(year, *month_day)
        except ValueError:
            continue
        if candidate >= day:
            return candidate
    return None
