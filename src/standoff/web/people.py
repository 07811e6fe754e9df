"""Who reads: a name that a person gives to herself, kept in a cookie of this browser, and when she was here last.

The name tells several people's decisions and visits apart; it is no proof of who they are.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from standoff.brief.safety import plain

NAME_COOKIE = "standoff-name"
LONGEST_NAME = 60
PAUSE = timedelta(minutes=30)
"""After a pause of this length the next look is a new visit."""
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Person:
    """A reader: her name ("" where she gave none), and since when everything is new to her.

    `since` is the end of her visit before this one (ISO date and time, UTC), None on the first visit.
    """

    name: str = ""
    since: str | None = None

    @property
    def visit_cookie(self) -> str:
        """The name of the cookie that holds this person's visits."""
        return f"standoff-visit-{hashlib.sha256(self.name.encode()).hexdigest()[:12]}"


def person_of(request: Request) -> Person:
    """Return who asks, as the cookies of her browser say."""
    person = Person(clean_name(unquote(request.cookies.get(NAME_COOKIE, ""))))
    since, _ = _visits(request, person)
    return Person(person.name, since)


def clean_name(name: str) -> str:
    """Return a name as it is kept: one line, without control characters, of bounded length."""
    return plain(name)[:LONGEST_NAME].strip()


def visited(request: Request, now: datetime | None = None) -> dict[str, str]:
    """Return the cookie that notes that the overview was looked at just now."""
    person = person_of(request)
    at = (now or datetime.now(UTC)).replace(microsecond=0)
    since, last = _visits(request, person)
    if last is not None and at - datetime.fromisoformat(last) > PAUSE:
        since = last
    return {person.visit_cookie: f"{since or ''}~{at.isoformat()}"}


def _visits(request: Request, person: Person) -> tuple[str | None, str | None]:
    """Return the end of the visit before this one, and when the overview was last looked at."""
    since, _, last = unquote(request.cookies.get(person.visit_cookie, "")).partition("~")
    return _moment(since), _moment(last)


def _moment(value: str) -> str | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def set_cookie(response: Response, name: str, value: str, *, hidden: bool = True) -> None:
    """Set a cookie of ours for a year; other sites never send it along."""
    response.set_cookie(name, quote(value), max_age=_YEAR, httponly=hidden, samesite="strict")
