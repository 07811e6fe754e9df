"""What looks like a time and is none: "may" the verb, "March" the protest, "fall" the collapse, 2000 troops."""

from __future__ import annotations

import re
from collections.abc import Callable

from standoff.coding.times.expressions import Expression
from standoff.coding.times.tokens import Words

_PREPOSITIONS = frozenset("iPLTNfEv")
_MONEY_OR_NUMBER = frozenset("$£€¥#№+")
_COUNTED = re.compile(
    r"(?:people|men|women|children|troops|soldiers|officers|police|policemen|demonstrators|protesters|prisoners|refugees|"
    r"migrants|civilians|fighters|rebels|workers|tons|tonnes|km|kilomet\w+|met(?:er|re)s|miles|feet|square|percent|per|"
    r"points|dollars|euros|pounds|barrels|megawatts|mw|hp|gmt|hours|a\.m|p\.m|centrifuges|tanks|homes|houses|families|"
    r"villages|jobs|cases|deaths|dead|other|others|more|additional|international|american|russian|foreign|armed|"
    r"[a-z]{3,}(?:ers|ists|ians))\Z"
)
_NAMED_FOR_WEEKDAY = frozenset({"bloody", "black", "good", "palm", "easter", "super", "ash"})
_PAPERS = frozenset({"times", "telegraph", "mirror", "mail", "express", "herald", "post", "star"})
_PLURAL_UNITS = re.compile(r"(?:days|weeks|weekends|fortnights|months|quarters|years|decades|centuries)\Z")


def _month(expression: Expression, words: Words) -> bool:
    at = next(k for k in range(expression.first, expression.last) if words.letters[k] == "M")
    name, after = words.lower[at], words.word(expression.last)
    if at > expression.first:
        return True
    before = words.letters[at - 1] if at else ""
    led = bool(before) and (
        before in _PREPOSITIONS or (before in "r,-" and at > 1 and words.letters[at - 2] in "MYD")
    )
    if led:
        return True
    if name in ("mar", "dec", "jan", "jun", "jul"):
        return False
    begins = words.begins_sentence(at)
    if name == "may":
        return not begins and not words.word(at - 1)[:1].isupper()
    if name == "march":
        if before == "h" or (before == "a" and words.lower[at - 1] != "one"):
            return False
        return not begins or not after[:1].islower()
    # "April Glaspie", "June Carter": a first name
    named = (
        after[:1].isupper() and words.letters[expression.last] == "x" and expression.last < len(words.letters)
    )
    return begins or not named or words.word(at - 1)[:1].islower()


def _weekday(expression: Expression, words: Words) -> bool:
    before = words.lower[expression.first - 1] if expression.first else ""
    after = words.lower[expression.last] if expression.last < len(words.lower) else ""
    return before not in _NAMED_FOR_WEEKDAY and not (
        after in _PAPERS and words.word(expression.last)[:1].isupper()
    )


def _year(expression: Expression, words: Words) -> bool:
    year = expression.year or 0
    at = next(k for k in range(expression.first, expression.last) if words.letters[k] == "Y")
    before = words.word(at - 1)
    letter = words.letters[at - 1] if at else ""
    after = words.lower[expression.last] if expression.last < len(words.lower) else ""
    if before in _MONEY_OR_NUMBER or before.lower() in (
        "no",
        "number",
        "some",
        "than",
        "least",
        "nearly",
        "almost",
    ):
        return False
    joined = (
        expression.last < len(words.starts)
        and words.starts[expression.last] == words.ends[expression.last - 1]
    )
    if joined and after in ("%", "/", "°", "€"):
        return False
    if expression.second_year is None and _COUNTED.match(after):
        return False
    if 1900 <= year <= 2060:
        return not (
            letter == "g" and before.lower() in ("about", "around", "over", "approximately", "roughly")
        )
    if at > expression.first:
        return 1400 <= year <= 2100
    return 1400 <= year <= 2100 and letter != "" and letter in "ifr-"


def _unit(expression: Expression, words: Words) -> bool:
    return expression.unit != "hour"


def _ordinal_unit(expression: Expression, words: Words) -> bool:
    if expression.unit == "century" or expression.tail_unit == "century":
        return bool(expression.days) and 10 <= expression.days[0] <= 22
    named = "quarter" in (expression.unit, expression.tail_unit)
    return named and bool(expression.days) and expression.days[0] <= 4


def _year_quarter(expression: Expression, words: Words) -> bool:
    return 1900 <= (expression.year or 0) <= 2060 and expression.unit in ("", "quarter")


def _day(expression: Expression, words: Words) -> bool:
    return not (expression.first and words.lower[expression.first - 1] == "usa")


def _same(expression: Expression, words: Words) -> bool:
    last = words.lower[expression.last - 1]
    return expression.unit != "hour" and not _PLURAL_UNITS.match(last)


def _from_now(expression: Expression, words: Words) -> bool:
    return words.lower[expression.last - 1] == "now" and words.lower[expression.last - 2] == "from"


def _in_units(expression: Expression, words: Words) -> bool:
    told = any(letter in "CDc" for letter in words.letters[expression.first : expression.last])
    return told and words.lower[expression.first] == "in" and expression.unit != "hour"


def _the_unit(expression: Expression, words: Words) -> bool:
    return words.lower[expression.last - 1] in ("weekend", "quarter")


def _day_beyond(expression: Expression, words: Words) -> bool:
    return expression.unit == "day" and words.lower[expression.last - 2] in ("before", "after")


def _half(expression: Expression, words: Words) -> bool:
    return all(number <= 2 for number in expression.days) and (expression.unit in ("", "year"))


def _part_of_day(expression: Expression, words: Words) -> bool:
    return expression.direction == "T" or words.lower[expression.last - 1] in ("night", "evening")


def _numbered_day(expression: Expression, words: Words) -> bool:
    return all(number <= 31 for number in expression.days)


_CHECKS: dict[str, Callable[[Expression, Words], bool]] = {
    "month": _month,
    "weekday": _weekday,
    "year": _year,
    "unit": _unit,
    "unit_ago": _unit,
    "ago": lambda expression, words: True,
    "later": _unit,
    "last_units": _unit,
    "ordinal_unit": _ordinal_unit,
    "year_ordinal_unit": _ordinal_unit,
    "year_quarter": _year_quarter,
    "day": _day,
    "same": _same,
    "part_of_unit": _unit,
    "from_now": _from_now,
    "in_units": _in_units,
    "the_unit": _the_unit,
    "day_beyond": _day_beyond,
    "half": _half,
    "part_of_day": _part_of_day,
    "month_day": _numbered_day,
    "day_month": _numbered_day,
}


def stands(expression: Expression, words: Words) -> bool:
    """Tell whether the words of a candidate mean a time where they stand."""
    k = expression.first
    if (
        k
        and words.letters[k - 1] == "v"
        and expression.rule not in ("month_day", "day_month", "month_year", "year")
    ):
        return False
    check = _CHECKS.get(expression.rule)
    return check is None or check(expression, words)
