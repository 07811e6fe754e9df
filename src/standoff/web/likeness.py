"""What may be the same thing under another number or name: for people who merge events, issues and actors."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from standoff.dossier.days import days_of
from standoff.dossier.dossier import Dossier
from standoff.dossier.views.filters import Filters
from standoff.dossier.views.profile import Counted
from standoff.records import Event
from standoff.web.passages import words_of

DAYS = 10
"""How far apart two tellings of one event may be dated and still be offered, in days."""
LOOKED_AT = 120
"""Among how many events like ones are sought."""


def near(event: Event) -> Filters:
    """Return the filters that let through what could be the same event: type, a party, the days around it."""
    found: Filters = {"type": event.type}
    parties = event.source or event.target
    if parties:
        found["actor"] = parties[0]
    days = days_of(event.date) if event.date else None
    if days:
        found["since"] = datetime.date.fromordinal(max(1, days.first - DAYS)).isoformat()
        found["until"] = datetime.date.fromordinal(days.last + DAYS).isoformat()
    return found


def like_events(dossier: Dossier, event: Event, filters: Filters, most: int) -> tuple[Event, ...]:
    """Return events of the same type that the filters let through, those most like it first."""
    wanted: Filters = {**filters, "type": event.type}
    page = dossier.page_events(limit=LOOKED_AT, newest=True, **wanted)
    others = [other for other in page.items if other.key != event.key]
    return tuple(sorted(others, key=lambda other: _unlike(event, other))[:most])


def _unlike(event: Event, other: Event) -> tuple[int, int, int]:
    """How unlike two events are: parties that differ, whether the issues do, days between."""
    parties = set(event.source) ^ set(other.source), set(event.target) ^ set(other.target)
    one, two = (days_of(date) if date else None for date in (event.date, other.date))
    apart = abs(one.first - two.first) if one and two else DAYS
    return len(parties[0]) + len(parties[1]), int(event.issue != other.issue), apart


def like_issues(label: str, issues: Iterable[Counted], most: int) -> tuple[Counted, ...]:
    """Return the issues that share a word with a label, those that share most first."""
    sought = words_of(label)

    def shared(other: Counted) -> float:
        words = words_of(other.value)
        return len(sought & words) / max(1, len(sought | words))

    found = [other for other in issues if other.value != label and shared(other)]
    return tuple(sorted(found, key=lambda other: (-shared(other), -other.events, other.value))[:most])


def like_actors(code: str, actors: Iterable[Counted], most: int) -> tuple[Counted, ...]:
    """Return the actors whose code begins with the same party as this one: RUS-REB for RUS, RUS for RUS-REB."""
    party = code.partition("-")[0]
    found = [other for other in actors if other.value != code and other.value.partition("-")[0] == party]
    return tuple(found[:most])


def counted_under(value: str, found: Sequence[Counted]) -> Counted:
    """Return the numbers of records under a value, all 0 where it is not among these."""
    return next((one for one in found if one.value == value), Counted(value, 0, 0, 0, 0))
