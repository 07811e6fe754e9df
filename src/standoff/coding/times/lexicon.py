"""The word lists of the grammar of times, read once from lexicon.toml."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the words of the grammar stand for; keys are in lower case.

    `letters` maps a word to the letter of its class, `numbers` maps months to 1–12, weekdays to 0–6 (Monday is 0),
    day words to offsets in days, cardinals, ordinals and decades to themselves.
    """

    letters: dict[str, str]
    numbers: dict[str, int]
    units: dict[str, str]
    seasons: dict[str, str]
    named_days: dict[str, tuple[int, int]]
    references: dict[str, str]
    weekday_abbreviations: frozenset[str]


_TABLE_LETTERS = {
    "months": "M",
    "weekdays": "W",
    "weekday_abbreviations": "w",
    "days": "B",
    "cardinals": "C",
    "ordinals": "O",
    "decades": "Z",
}


@functools.cache
def lexicon() -> Lexicon:
    """Read the table (about 2 ms)."""
    table: dict[str, Any] = tomllib.loads(
        resources.files(__package__).joinpath("lexicon.toml").read_text("utf-8")
    )
    letters: dict[str, str] = {}
    for letter, words in table["classes"].items():
        letters.update(dict.fromkeys(words, letter))
    numbers: dict[str, int] = {}
    for name, letter in _TABLE_LETTERS.items():
        letters.update(dict.fromkeys(table[name], letter))
        numbers.update(table[name])
    letters.update(dict.fromkeys(table["units"], "U"))
    letters.update(dict.fromkeys(table["seasons"], "S"))
    return Lexicon(
        letters=letters,
        numbers=numbers,
        units=table["units"],
        seasons=table["seasons"],
        named_days={name: (month, day) for name, (month, day) in table["named_days"].items()},
        references={phrase: value for value, phrases in table["references"].items() for phrase in phrases},
        weekday_abbreviations=frozenset(table["weekday_abbreviations"]),
    )
