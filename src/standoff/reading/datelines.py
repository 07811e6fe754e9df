"""Date lines: where and when a report was written.

Two kinds are told apart: the line of its own at the top of a page ("Published Jan. 21, 2022, 10:04 GMT",
"VIENNA, 4 September 2009"), and the wire dateline that opens a body paragraph ("GENEVA, Jan 21 (Reuters) -",
"KYIV —").
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from standoff.reading import written_dates
from standoff.reading.written_dates import DATE, DAY_AND_MONTH, WEEKDAY

MAX_LINE = 140
"""A date line of its own is never longer than this (code points)."""

_CLOCK = (
    r"[0-9]{1,2}(?:[:.h][0-9]{2})?(?::[0-9]{2})?\s*(?:[ap]\.?m\.?)?\s*"
    r"(?:\(?[A-Z]{2,5}(?:[+-][0-9]{1,2}(?::?[0-9]{2})?)?\)?)?"
)
_LEAD = (
    r"(?:(?:first\s+|last\s+|originally\s+)?(?:published|updated|posted|modified|issued|released|created|filed)"
    r"(?:\s+(?:on|at))?|date|dated|as of)\s*:?\s*"
)
_ONLY_DATE = re.compile(
    rf"(?:{_LEAD})?(?:{_CLOCK}[\s,|·–—-]+)?{DATE}(?:[\s,|·–—/-]*(?:at\s+)?(?:T?{_CLOCK}))?"
    rf"(?:\s*\({WEEKDAY}\))?[\s.,|·–—/-]*",
    re.IGNORECASE,
)
_ANY_DATE = re.compile(DATE, re.IGNORECASE)

_CITY_WORD = r"[A-Z][A-Z.'’-]+|[A-Z]\."
_CITY = rf"(?:{_CITY_WORD})(?:[ /-](?:{_CITY_WORD})){{0,3}}"
_REGION = r"(?:,\s+(?:[A-Z][\w.'’-]+)(?:\s[A-Z][\w.'’-]+){0,2})"
_TITLE_CITY = r"[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){0,2}"
_WHEN = rf"(?:[,.]?\s+(?:{DATE}|{DAY_AND_MONTH})(?:\s*\({WEEKDAY}\))?)"
_AGENCY = r"\.?\s*[\(/][A-Z][\w .&'’/-]{1,40}[\)/]\.?"
_DASH = r"\s*(?:—|–|―|--|-)(?=\s|[\"“'‘A-Z])\s*"
_WIRE = re.compile(
    rf"(?P<place>{_CITY}{_REGION}?|{_TITLE_CITY}{_REGION}?)(?P<when>{_WHEN})?(?P<agency>{_AGENCY})?"
    rf"(?P<dash>{_DASH}|(?<=[/)]\.)\s+|(?<=/)\s+|\s*:\s+)"
)
_AGENCY_NAME = re.compile(
    r"[\(/](?:[A-Z]{2,6}|.*\b(?:Reuters|Bloomberg|Interfax|Xinhua|Anadolu|Kyodo|Yonhap|Wire|News|Press|Agency|"
    r"Service|Agencies|Times|Post|Journal)\b.*)[\)/]"
)
_LABEL = re.compile(
    r"(?:[A-Z]{1,3}|NATO|OSCE|IAEA|UNSC|ASEAN|ECOWAS|UPDATE|UPDATED|BREAKING|EXCLUSIVE|ANALYSIS|OPINION|EDITORIAL|"
    r"COMMENT|EXPLAINER|FACTBOX|WATCH|LIVE|VIDEO|NEWS|URGENT|ALERT|FLASH|CORRECTED|PHOTOS?|LISTEN|READ|Q&A|TIMELINE)"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A date line: how many code points of the paragraph it takes, and what it tells.

    `month_day` is given where the year is left out, `agency` where one is named in brackets.
    """

    length: int
    day: datetime.date | None = None
    month_day: tuple[int, int] | None = None
    place: str | None = None
    agency: str | None = None


def date_alone(paragraph: str) -> datetime.date | None:
    """Return the day where a paragraph is but a date ("Updated 14 January 2022, 9:30 a.m. EST")."""
    if len(paragraph) > MAX_LINE or not _ONLY_DATE.fullmatch(paragraph):
        return None
    found = written_dates.find_date(paragraph)
    return found.day if found else None


def date_line(paragraph: str) -> datetime.date | None:
    """Return the day of a line at the top of a page that names place, author or rubric with a date.

    "VIENNA, 4 September 2009", "By our city desk, Friday, October 10, 2014", "Market briefing, Sept. 18,
    2019": short, closed by the date (with a time or a weekday), and no sentence.
    """
    if len(paragraph) > MAX_LINE:
        return None
    alone = date_alone(paragraph)
    if alone is not None:
        return alone
    last = max(_ANY_DATE.finditer(paragraph), key=re.Match.end, default=None)
    if last is None or len(paragraph) - last.end() > 40 or paragraph.endswith("."):
        return None
    before = paragraph[: last.start()].rstrip()
    after = paragraph[last.end() :].strip()
    if (
        before
        and before[-1] not in ",|·–—-:•(/"
        and not before.lower().endswith(("published", "updated", "published on", "updated on"))
    ):
        return None
    if after and not re.fullmatch(rf"(?:[\s,|·–—/().-]|{WEEKDAY}|{_CLOCK}|Updated:?|{DATE})+", after):
        return None
    found = written_dates.find_date(last.group())
    return found.day if found else None


def wire_dateline(paragraph: str) -> Dateline | None:
    """Return the dateline that opens a body paragraph, or None.

    A place in capitals and a dash are enough when a sentence follows; a place in ordinary letters needs a
    date or an agency as well. What follows the dateline must be there: a paragraph that is nothing else is no
    wire dateline.
    """
    head = paragraph[:200]
    found = _WIRE.match(head)
    if found is None or found.end() >= len(paragraph):
        return None
    place, when, agency, dash = found["place"], found["when"], found["agency"], found["dash"]
    capitals = place.split(",")[0].isupper()
    if not (capitals or when or (agency and _AGENCY_NAME.search(agency))):
        return None
    if not (when or agency):
        if not capitals or ":" in dash or _LABEL.fullmatch(place.split(",")[0].split("/")[0]):
            return None
        following = paragraph[found.end() : found.end() + 1]
        if not (following.isupper() or following.isdigit() or following in "\"“'‘"):
            return None
    if ":" in dash and not when:
        return None
    whole = written_dates.find_date(when) if when else None
    return Dateline(
        length=found.end(),
        day=whole.day if whole else None,
        month_day=written_dates.find_day_and_month(when) if when and not whole else None,
        place=place,
        agency=agency.strip(" .()/") if agency else None,
    )
