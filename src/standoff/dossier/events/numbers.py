"""Numbers that a report tells with an act (dead, troops, money), as ranges that can be compared between
sources.

"29 people were killed" is 29 to 29, "at least 36" is from 36 on, "about 100,000" is a tenth either way,
"dozens" is from 24 on. Two sources differ where their ranges for one unit do not meet.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from standoff.records import Span

_UNDER_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: n for n, word in enumerate(_UNDER_TWENTY)} | {word: n * 10 for n, word in enumerate(_TENS, 2)}
_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_OPEN = {"dozens": 24.0, "scores": 40.0, "hundreds": 200.0, "thousands": 2000.0}
_LEAST = ("at least", "more than", "over", "no fewer than", "upwards of")
_ABOUT = (
    "about",
    "around",
    "some",
    "nearly",
    "almost",
    "roughly",
    "approximately",
    "close to",
    "an estimated",
)
_MOST = ("up to", "as many as", "fewer than", "less than", "under")
_NUMBER = re.compile(
    r"(?P<money>[$€£]\s?)?(?:(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)|(?P<word>\b(?:"
    + "|".join([*_WORDS, *_OPEN])
    + r")\b))(?:[ -](?P<scale>hundred|thousand|million|billion|trillion)\b)?",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W\d_]+|[$€£]|[.,;:!?]")
_STOPS = frozenset({".", ",", ";", ":", "!", "?", "and", "or"})
_AFTER, _BEFORE = 5, 3
_FATES = frozenset({"dead", "wounded", "held", "freed", "displaced", "expelled"})


@dataclass(frozen=True, slots=True)
class Told:
    """A number of a unit: `low` to `high` (None: no upper end), and where it stands in the report's text."""

    unit: str
    low: float
    high: float | None
    span: Span


@lru_cache(maxsize=1)
def _units() -> dict[str, str]:
    with resources.files(__package__).joinpath("units.csv").open(encoding="utf-8") as file:
        return {row["word"]: row["unit"] for row in csv.DictReader(file)}


def numbers_in(text: str, span: Span) -> tuple[Told, ...]:
    """Return the numbers with a known unit that stand in a span of a text, the first of each unit."""
    passage = text[span.start : span.end]
    found: dict[str, Told] = {}
    for match in _NUMBER.finditer(passage):
        unit = "money" if match["money"] else _unit_near(passage, match.start(), match.end())
        if unit is None or unit in found or _is_year(match):
            continue
        low, high = _range(match, passage[: match.start()])
        where = Span(span.start + match.start(), span.start + match.end())
        found[unit] = Told(unit, low, high, where)
    return tuple(found.values())


def _is_year(match: re.Match[str]) -> bool:
    digits = match["digits"]
    return bool(
        digits and not match["money"] and not match["scale"] and re.fullmatch(r"(?:19|20)\d\d", digits)
    )


def _unit_near(passage: str, start: int, end: int) -> str | None:
    """The unit of a number, from the words around it in its clause.

    What befell people goes before who they were: "killed 3 sailors" and "3 sailors were killed" tell dead, not
    troops.
    """
    after = _clause(_TOKEN.findall(passage[end:])[:_AFTER])
    before = _clause(reversed(_TOKEN.findall(passage[:start])[-_BEFORE:]))
    for units in ([u for u in before if u in _FATES], [u for u in after if u in _FATES], after, before):
        if units:
            return units[0]
    return None


def _clause(tokens: Iterable[str]) -> list[str]:
    """The units that words name, up to the end of the clause."""
    kept = itertools.takewhile(lambda token: token not in _STOPS, tokens)
    return [_units()[token.lower()] for token in kept if token.lower() in _units()]


def _range(match: re.Match[str], before: str) -> tuple[float, float | None]:
    scale = _SCALES.get((match["scale"] or "").lower(), 1.0)
    if match["digits"]:
        number = float(match["digits"].replace(",", "")) * scale
    else:
        word = match["word"].lower()
        if word in _OPEN:
            return _OPEN[word] * scale, None
        number = _WORDS[word] * scale
    lead = before.rstrip().lower()
    if lead.endswith(_LEAST):
        return number, None
    if lead.endswith(_MOST):
        return 0.0, number
    if lead.endswith(_ABOUT):
        return number * 0.9, number * 1.1
    return number, number


def differ(one: Told, other: Told) -> bool:
    """Return True where two numbers of one unit cannot both be right."""
    if one.unit != other.unit:
        return False
    return _above(one, other) or _above(other, one)


def _above(one: Told, other: Told) -> bool:
    return other.high is not None and one.low > other.high


def in_words(told: Told) -> str:
    """Return a number as a table shows it: "29 dead", "36 or more dead", "90,000 to 110,000 troops"."""
    low = f"{told.low:,.10g}"
    if told.high is None:
        return f"{low} or more {told.unit}"
    if told.high == told.low:
        return f"{low} {told.unit}"
    high = f"{told.high:,.10g}"
    return f"up to {high} {told.unit}" if told.low == 0 else f"{low} to {high} {told.unit}"
