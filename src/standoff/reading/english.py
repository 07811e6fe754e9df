"""Whether a text is English, told from scripts and stop words: enough to refuse a report that cannot be
coded.

The stop words of a language are a quarter to a half of its running words (Grefenstette 1995, "Comparing two
language identification schemes"). A text is refused only when it is long enough to tell and when another
script or another language's words clearly prevail: names, short texts and quotations never suffice.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from functools import cache
from importlib import resources

SAMPLE = 6_000
"""Code points that are looked at, from three places of the text."""

MIN_WORDS = 25
MIN_LETTERS = 60

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def other_language(text: str) -> str | None:
    """Return the name of the language (or script) that a text is in, or None where it may be English."""
    sample = _sample(text)
    letters = [c for c in sample if c.isalpha()]
    if len(letters) >= MIN_LETTERS:
        script, share = _main_script(letters)
        if script != "Latin" and share > 0.5:
            return f"{script} script"
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(sample)]
    if len(words) < MIN_WORDS:
        return None
    shares = {
        language: sum(1 for word in words if word in stop_words) / len(words)
        for language, stop_words in _stop_words().items()
    }
    english = shares.pop("English")
    language = max(shares, key=shares.__getitem__)
    if english < 0.15 and shares[language] > max(0.15, 2 * english):
        return language
    return None


def _sample(text: str) -> str:
    """Return the text, or its beginning, middle and end where it is long."""
    if len(text) <= SAMPLE:
        return text
    third, middle = SAMPLE // 3, len(text) // 2
    return " ".join((text[:third], text[middle : middle + third], text[-third:]))


def _main_script(letters: list[str]) -> tuple[str, float]:
    """Return the commonest script (by the first word of the letters' Unicode names) and its share."""
    counted = Counter(unicodedata.name(letter, "UNKNOWN").split(" ")[0].split("-")[0] for letter in letters)
    script, count = counted.most_common(1)[0]
    return script.capitalize(), count / len(letters)


@cache
def _stop_words() -> dict[str, frozenset[str]]:
    raw = tomllib.loads(resources.files(__package__).joinpath("stop_words.toml").read_text("utf-8"))
    return {language: frozenset(words.split()) for language, words in raw.items()}
