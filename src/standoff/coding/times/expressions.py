"""A time expression as the grammar reads it, before it is anchored to the calendar."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expression:
    """One candidate: words `first` to `last` (exclusive) and what they say, before anchoring.

    `direction` is L (last), T (this), N (next) or empty; `unit` the last calendar unit named; `count` how many of it
    (0 where vague); `days` the day numbers or ordinals in order; `tail_unit` and `tail_direction` belong to an
    of-phrase ("September of last year"); `several` tells that the unit is in the plural, `joined` that
    the words follow another weekday and "and" or "to".
    """

    rule: str
    first: int
    last: int
    start: int
    end: int
    month: int | None = None
    days: tuple[int, ...] = ()
    year: int | None = None
    second_year: int | None = None
    weekday: int | None = None
    direction: str = ""
    unit: str = ""
    count: int = 1
    season: str = ""
    offset: int = 0
    later: bool = False
    tail_direction: str = ""
    tail_unit: str = ""
    decade: int | None = None
    several: bool = False
    joined: bool = False
