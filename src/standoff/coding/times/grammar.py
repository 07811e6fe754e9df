"""The grammar: which words make a time expression, before anything is known of the calendar.

Each rule is a pattern over the letters of tokens.py. At one place the first rule of the list that matches wins, so
longer shapes stand before shorter ones. No pattern has a repeat inside a repeat: scanning is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from standoff.coding.times.expressions import Expression
from standoff.coding.times.lexicon import lexicon
from standoff.coding.times.lookalikes import stands
from standoff.coding.times.tokens import Words

_PRE = r"(?:[hg]{0,2}[PE]-?(?:[if]h?)?)?"
_TAIL = r"(?:,?f?(?:Y|[LTN]U))?"
_COUNT = r"(?:aK?f?|Kf?|[CDc]-?[CD]?(?=-?U))"

RULES: tuple[tuple[str, str], ...] = (
    ("numeric", r"I"),
    ("day_month", rf"(?:[Ww]\.?,?i?h?)?h?[DO](?:[-r][DO])?f?M\.?{_TAIL}"),
    ("month_day", rf"(?:[Ww]\.?,?)?M\.?h?[DO](?:[-r][DO](?!U))?{_TAIL}"),
    ("month_year", rf"{_PRE}[LTN]?M\.?,?f?(?:Y|[LTN]U)"),
    ("ordinal_unit", rf"{_PRE}h?(?:[LTN]Us)?(?:P-?)?O-?U(?:,?f(?:Y|h?[LTN]U|hU))?"),
    ("year_ordinal_unit", r"h?YO-?U"),
    ("year_quarter", r"h?Y-?[UJ]"),
    ("half", r"h?[OL]Hf(?:Y|h?[LTN]U|hU)"),
    ("season", rf"{_PRE}(?:h?[LTN]{{1,2}}S|h?(?:P-?)?S(?:,?f)?Y|h?Sf[LTN]U|(?<=i)h?P?-?S(?!x|,?f?[YLTN]))"),
    ("weekday_of_week", r"(?:PM?)?W,?m?f?[LTN]U"),
    ("ago", rf"g?{_COUNT}-?U-?G"),
    ("unit_ago", r"h?U-[GE](?:O?-?U|J)?"),
    ("day_beyond", r"hU[iE]B"),
    ("from_now", rf"g?{_COUNT}Uix"),
    ("later", rf"g?{_COUNT}-?UE"),
    ("in_units", rf"i{_COUNT}U(?:sx)?"),
    ("last_units", rf"(?:ih?|h)?[LTN]{{1,2}}{_COUNT}U"),
    ("same", r"(?:te|he|t)U|(?:te|he)W"),
    ("unit", rf"{_PRE}h?[LTN]{{1,2}}U"),
    ("part_of_unit", r"h?[PE][if]hU"),
    ("the_unit", r"hU"),
    ("weekday", r"(?:h?[LTN])?(?:[PE]i?)?Wm?"),
    ("month", rf"{_PRE}[LTN]?M\.?"),
    ("day", r"(?:[PE]i?)?Bm?"),
    ("part_of_day", r"[LT]m"),
    ("decade", r"h?(?:P-?)?Z"),
    ("year", rf"{_PRE}(?:hU)?Y(?:-[YDc])?"),
)
"""Name and pattern of each rule."""

_SCANNER = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in RULES))


_JOINED = re.compile(r"W(?:,?r|-|i)\Z")


def _ordinal(word: str, numbers: dict[str, int]) -> int:
    digits = re.match(r"\d+", word)
    return int(digits.group()) if digits else numbers[word]


def _count(words: Words, first: int, last: int) -> int:
    """Add up the cardinals of a stretch of words; 0 where the quantity is vague."""
    numbers = lexicon().numbers
    total = 0
    for k in range(first, last):
        letter = words.letters[k]
        if letter == "K":
            return 2 if words.lower[k] == "couple" else 0
        if letter == "C":
            total += numbers[words.lower[k]]
        elif letter in "Dc":
            total += int(words.lower[k])
    return total or 1


_ABBREVIATED = 4
"""Months' names of at most this length but "may", "june" and "july" are abbreviations, and own the stop after them."""


def _without_stop(words: Words, last: int) -> int:
    """Leave the full stop after a month's full name to the sentence."""
    month = words.lower[last - 2]
    if words.letters[last - 1] == "." and (len(month) > _ABBREVIATED or month in ("may", "june", "july")):
        return last - 1
    return last


def _read(rule: str, words: Words, first: int, last: int) -> Expression:
    lex = lexicon()
    found: dict[str, object] = {}
    days: list[int] = []
    years: list[int] = []
    directions: list[str] = []
    units: list[str] = []
    for k in range(first, last):
        letter, word = words.letters[k], words.lower[k]
        if letter == "M":
            found["month"] = lex.numbers[word]
        elif letter == "D":
            days.append(int(word))
        elif letter == "O":
            days.append(_ordinal(word, lex.numbers))
        elif letter == "Y":
            years.append(int(word))
        elif letter in "Ww":
            found["weekday"] = lex.numbers[word]
            found["joined"] = bool(_JOINED.search(words.letters, max(0, k - 4), k))
        elif letter in "LTN":
            directions.append(letter)
        elif letter == "U":
            units.append(lex.units[word])
            found["several"] = word.endswith("s")
        elif letter == "S":
            found["season"] = lex.seasons[word]
        elif letter == "B":
            found["offset"] = lex.numbers[word]
        elif letter == "E":
            found["later"] = word == "later"
        elif letter == "i" and word in ("after", "before"):
            found["later"] = word == "after"
        elif letter == "Z":
            found["decade"] = _decade(word)
        elif letter == "I":
            year, found["month"], day = _numeric(word)
            years.append(year)
            days.append(day)
    if years:
        found["year"] = years[0]
        found["second_year"] = years[1] if len(years) > 1 else None
    if units:
        found["unit"] = units[0]
        found["tail_unit"] = units[-1]
    if directions:
        # "this past week" goes by its second word.
        found["direction"] = (
            "".join(directions)[-1] if rule in ("unit", "season", "last_units") else directions[0]
        )
        found["tail_direction"] = directions[-1]
    if rule in ("ago", "later", "from_now", "in_units", "last_units"):
        found["count"] = _count(words, first, last)
    return Expression(rule, first, last, words.starts[first], words.ends[last - 1], days=tuple(days), **found)  # type: ignore[arg-type]


def _numeric(word: str) -> tuple[int, int, int]:
    """Read 2022-01-14, 14.1.2022 (day first) or 1/14/2022 (month first, unless it cannot be one)."""
    parts = [int(part) for part in re.split(r"[-/.]", word)]
    if "-" in word:
        return parts[0], parts[1], parts[2]
    year = parts[2] if parts[2] > 99 else parts[2] + (2000 if parts[2] < 50 else 1900)
    if "." in word or parts[0] > 12:
        return year, parts[1], parts[0]
    return year, parts[0], parts[1]


def _decade(word: str) -> int:
    digits = re.search(r"\d+", word)
    if digits is None:
        return 1900 + lexicon().numbers[word]
    number = int(digits.group())
    if number >= 1000:
        return number // 10 * 10
    return number + (2000 if number < 30 else 1900)


def scan(words: Words) -> Iterator[Expression]:
    """Yield candidate expressions in order, without overlap."""
    position = 0
    while True:
        found = _SCANNER.search(words.letters, position)
        if found is None:
            return
        rule = found.lastgroup or ""
        last = _without_stop(words, found.end())
        expression = _read(rule, words, found.start(), last)
        if stands(expression, words):
            yield expression
            position = last
        else:
            position = found.start() + 1
