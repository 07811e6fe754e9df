"""Anchoring: from an expression and the day of speaking to a calendar value.

The anchor is the publication date of the report, which may be a day, a month or a year, or unknown; inside a quotation
it is the day on which the quoted words were said. What the anchor is too coarse to tell is told as coarsely ("Friday"
in a report of 2005-09 is 2005-09).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from standoff.coding.times import values
from standoff.coding.times.expressions import Expression
from standoff.coding.times.tense import Tense
from standoff.coding.times.values import Period

_AGAINST = 1000.0
"""Days that outweigh any nearness: a reading against an explicit word ("last", a weekday)."""
_SIGN = {"L": -1, "T": 0, "N": 1, "": 0}
_RELATIVE = frozenset({"ago", "unit_ago", "later"})
TENSED = frozenset(
    {"month_day", "day_month", "month", "weekday", "weekday_of_week", "ordinal_unit", "season", "the_unit", "in_units",
     "later", "half"}
)  # fmt: skip
"""The rules whose reading depends on tense where no year is told."""
_FINENESS = {"day": 10, "week": 10, "weekend": 10, "fortnight": 10, "month": 7, "quarter": 7, "year": 4}


@dataclass(slots=True)
class Anchoring:
    """Resolves the expressions of one text in order. `told` holds what earlier expressions stood for, those left
    out that are told from another ("a year earlier"); `quarter` is the quarter that is reported on, where one is.
    """

    anchor: Period | None
    told: list[Period] = field(default_factory=list)
    quarter: Period | None = None

    def resolve(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | str | None:
        """Return the period, or one of the three references, or None where the words name no time after all.

        `context` holds the periods told before in the same sentence, in order.
        """
        method = getattr(self, "_" + expression.rule)
        found: Period | str | None = method(expression, tense, context)
        if isinstance(found, Period):
            if expression.rule == "ordinal_unit" and "-Q" in found.value:
                self.quarter = found
            if expression.rule not in _RELATIVE:
                self.told.append(found)
        return found

    # What the anchor tells

    def _coarse(self, unit: str, count: int, tense: Tense) -> Period | str:
        """Return the unit `count` units from the anchor, as coarsely as the anchor makes it."""
        if self.anchor is None:
            return _reference(count, tense)
        if len(self.anchor.value) >= _FINENESS.get(unit, 4):
            return values.shifted(self.anchor.first, unit, count) or _reference(count, tense)
        return self.anchor

    def _year_of(self, expression: Expression) -> int | None:
        """Return the year that an expression names itself, in figures or as "last year"."""
        if expression.year is not None:
            return expression.year
        if (
            "year" in (expression.unit, expression.tail_unit)
            and expression.tail_direction
            and self.anchor is not None
        ):
            return self.anchor.first.year + _SIGN[expression.tail_direction]
        return None

    # Dates with a month

    def _numeric(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | None:
        year, month, number = expression.year, expression.month, expression.days[0]
        if year is None or month is None:
            return None
        date = values.real_date(year, month, number)
        return values.day(date) if date else None

    def _month_day(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | str | None:
        month, first = expression.month, expression.days[0]
        if month is None:
            return None
        year = self._year_of(expression)
        if year is None:
            year = self._nearest_year(month, first, tense, context, weekday=expression.weekday)
        if year is None:
            return _reference(0, tense)
        date = values.real_date(year, month, first)
        if date is None:
            return values.month(year, month)
        if len(expression.days) > 1:
            end = values.real_date(year, month, expression.days[-1])
            if end is not None and end > date:
                return Period(date.isoformat(), date, end)
        return values.day(date)

    _day_month = _month_day

    def _month_year(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | None:
        year = self._year_of(expression)
        if year is None or expression.month is None or not values.FIRST_YEAR <= year <= values.LAST_YEAR:
            return None
        return values.month(year, expression.month)

    def _month(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | str | None:
        month = expression.month
        if month is None:
            return None
        year = self._nearest_year(month, None, tense, context, expression.direction)
        return values.month(year, month) if year else _reference(0, tense)

    def _nearest_year(
        self,
        month: int,
        number: int | None,
        tense: Tense,
        context: list[Period],
        direction: str = "",
        weekday: int | None = None,
    ) -> int | None:
        """Return the year of a month or a day that is told without one.

        A year told with a month before in the sentence holds on; else the nearest year that agrees with a weekday told
        beside, where a day on the wrong side of the tense counts as farther away.
        """
        for period in reversed(context):
            if len(period.value) >= 7 and period.value[5].isdigit() and self._explicit(period):
                return period.first.year
        if self.anchor is None:
            return context[-1].first.year if context else None
        published = self.anchor.first
        if len(self.anchor.value) == 4 or direction == "T":
            return published.year
        return min(
            range(published.year - 1, published.year + 2),
            key=lambda year: self._distance(year, month, number, tense, direction, weekday),
        )

    def _explicit(self, period: Period) -> bool:
        return self.anchor is None or abs(period.first.year - self.anchor.first.year) > 1

    def _distance(
        self, year: int, month: int, number: int | None, tense: Tense, direction: str, weekday: int | None
    ) -> float:
        """Return how far a reading lies from the anchor: days, weighted by tense and direction."""
        assert self.anchor is not None
        date = values.real_date(year, month, number or 1)
        if date is None:
            return 1e9
        first, last = (date, date) if number else values.months(year, month, 1)
        if last < self.anchor.first:
            weight = _AGAINST if direction == "N" else 6.0 if tense == "future" else 1.0
            days = float((self.anchor.first - last).days)
        elif first > self.anchor.last:
            weight = _AGAINST if direction == "L" else 4.0 if tense == "past" else 1.0
            days = float((first - self.anchor.last).days)
        else:
            weight, days = 1.0, _AGAINST if direction in ("L", "N") and not number else 0.0
        if weekday is not None and date.weekday() != weekday:
            days += _AGAINST
        return weight * days

    # Weekdays and days

    def _weekday(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | str | None:
        if expression.weekday is None:
            return None
        if self.anchor is None or not self.anchor.is_day:
            return self._coarse("day", 0, tense)
        if expression.joined and context and context[-1].is_day:
            return values.shifted(
                context[-1].first, "day", (expression.weekday - context[-1].first.weekday()) % 7
            )
        published = self.anchor.first
        back = (published.weekday() - expression.weekday) % 7
        if expression.direction == "N" or (expression.direction == "" and tense == "future"):
            ahead = -back % 7
            return values.shifted(
                published, "day", 7 if ahead == 0 and expression.direction == "N" else ahead
            )
        if expression.direction == "L" and back == 0:
            back = 7
        if expression.direction == "T":
            return values.shifted(published, "day", expression.weekday - published.weekday())
        return values.shifted(published, "day", -back)

    def _weekday_of_week(
        self, expression: Expression, tense: Tense, context: list[Period]
    ) -> Period | str | None:
        if expression.weekday is None or expression.unit != "week":
            return self._weekday(expression, tense, context)
        if self.anchor is None or not self.anchor.is_day:
            return self._coarse("week", _SIGN[expression.direction], tense)
        monday = values.week(self.anchor.first).first
        return values.shifted(monday, "day", 7 * _SIGN[expression.direction] + expression.weekday)

    def _day(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | str | None:
        return self._coarse("day", expression.offset, tense)

    def _day_beyond(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | str | None:
        return self._coarse("day", 2 * expression.offset, tense)

    def _part_of_day(
        self, expression: Expression, tense: Tense, context: list[Period]
    ) -> Period | str | None:
        return self._coarse("day", _SIGN[expression.direction], tense)

    # Units

    def _unit(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | str | None:
        if expression.several:
            return {"L": "PAST_REF", "N": "FUTURE_REF"}.get(expression.direction, "PRESENT_REF")
        return self._coarse(expression.unit, _SIGN[expression.direction], tense)

    def _part_of_unit(
        self, expression: Expression, tense: Tense, context: list[Period]
    ) -> Period | str | None:
        return self._coarse(expression.unit, 0, tense)

    def _the_unit(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | str | None:
        if expression.unit == "quarter":
            return self.quarter
        if self.anchor is not None and self.anchor.is_day:
            past = tense != "future" and self.anchor.first.weekday() < 5
            return self._coarse(expression.unit, -1 if past else 0, tense)
        return self._coarse(expression.unit, 0, tense)

    def _last_units(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | str | None:
        return {"L": "PAST_REF", "N": "FUTURE_REF"}.get(expression.direction, "PRESENT_REF")

    def _ago(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | str | None:
        if expression.count == 0:
            return "PAST_REF"
        if expression.unit == "hour":
            return self._coarse("day", -(expression.count // 24), tense)
        if expression.unit == "year" and expression.count == 1 and self.quarter is not None:
            return self._year_before()
        return self._coarse(expression.unit, -expression.count, tense)

    def _unit_ago(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | str | None:
        if expression.later:
            return None
        return self._year_before() or self._coarse(expression.unit, -1, tense)

    def _year_before(self) -> Period | None:
        """Return the quarter a year before the one that a report on earnings speaks of; None in other reports."""
        if self.quarter is None:
            return None
        return values.quarter(self.quarter.first.year - 1, int(self.quarter.value[-1]))

    def _from_now(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | str | None:
        return self._coarse(expression.unit, expression.count, tense) if expression.count else "FUTURE_REF"

    def _in_units(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | str | None:
        if tense != "future" or expression.count == 0:
            return None
        return self._coarse(expression.unit, expression.count, tense)

    def _later(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | str | None:
        if expression.unit == "year" and expression.count == 1 and not expression.later and self.quarter:
            return self._year_before()
        base = self.told[-1] if self.told else self.anchor
        if expression.count == 0 or base is None:
            return "FUTURE_REF" if expression.later and tense == "future" else "PAST_REF"
        if len(base.value) < _FINENESS.get(expression.unit, 4):
            return None
        return values.shifted(
            base.first, expression.unit, expression.count if expression.later else -expression.count
        )

    def _same(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | str | None:
        for period in reversed(self.told):
            if expression.weekday is not None:
                if period.is_day and period.first.weekday() == expression.weekday:
                    return period
            elif len(period.value) >= _FINENESS.get(expression.unit, 4):
                return values.shifted(period.first, expression.unit, 0)
        if expression.weekday is not None:
            return self._weekday(expression, tense, context)
        return None

    # Years and parts of years

    def _year(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | None:
        number = expression.year
        if number is None or not values.FIRST_YEAR <= number <= values.LAST_YEAR:
            return None
        found = values.year(number)
        end = expression.second_year
        if end is not None and number < end <= values.LAST_YEAR:
            return Period(found.value, found.first, dt.date(end, 12, 31))
        return found

    def _decade(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | None:
        return values.decade(expression.decade) if expression.decade else None

    def _ordinal_unit(
        self, expression: Expression, tense: Tense, context: list[Period]
    ) -> Period | str | None:
        number = expression.days[0]
        if "century" in (expression.unit, expression.tail_unit):
            return values.century((number - 1) * 100)
        year = self._year_of(expression)
        if year is None:
            if self.anchor is None:
                return _reference(0, tense)
            year = self.anchor.first.year
            if len(self.anchor.value) >= 7:
                current = (self.anchor.first.month + 2) // 3
                year -= number > current and tense != "future"
        return values.quarter(year, number)

    def _year_quarter(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | None:
        year = expression.year
        if year is None:
            return None
        if self.quarter is not None:
            return values.quarter(year, int(self.quarter.value[-1]))
        return values.year(year)

    def _year_ordinal_unit(
        self, expression: Expression, tense: Tense, context: list[Period]
    ) -> Period | None:
        year = expression.year
        return values.quarter(year, expression.days[0]) if year is not None else None

    def _half(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | str | None:
        year = self._year_of(expression)
        if year is None and self.anchor is not None:
            year = self.anchor.first.year
        if year is None:
            return None
        return values.half(year, expression.days[0] if expression.days else 2)

    def _season(self, expression: Expression, tense: Tense, context: list[Period]) -> Period | str | None:
        year = self._year_of(expression)
        if year is not None:
            return values.season(year, expression.season)
        if self.anchor is None:
            return _reference(_SIGN[expression.direction], tense)
        published = self.anchor.first
        this = values.season(published.year, expression.season)
        if expression.direction == "T" or len(self.anchor.value) == 4:
            return this
        if expression.direction == "N" or (not expression.direction and tense == "future"):
            return this if this.first > published else values.season(published.year + 1, expression.season)
        begun = this.last < published if expression.direction == "L" else this.first <= published
        return this if begun else values.season(published.year - 1, expression.season)


def _reference(count: int, tense: Tense) -> str:
    """Return the reference for a time that cannot be told."""
    if count > 0 or (count == 0 and tense == "future"):
        return "FUTURE_REF"
    return "PAST_REF"
