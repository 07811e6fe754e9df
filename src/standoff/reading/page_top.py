"""The top of a page: masthead, headline, standfirst, byline. What stands above the first paragraph of the
report.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

MAX_HEADLINE = 220
MAX_BYLINE = 140

LONG_LINE = 100
"""A longer line that ends in an abbreviation ("the U.S.") is taken for a sentence."""

_SENTENCE_CLOSE = re.compile(r"[.!?…:;][\"”’'»)\]]*$")
_ABBREVIATION_CLOSE = re.compile(r"(?:\b[A-Z]\.|\b(?:Jr|Sr|Inc|Ltd|Co|No|St)\.)$")
_BY = re.compile(
    r"(by|from|written by|story by|words by|report by|reporting by|text by)\b:?\s+", re.IGNORECASE
)
_WORD = re.compile(r"[^\s,;|/·•&()–—-]+")


def is_sentence(paragraph: str) -> bool:
    """Return whether a paragraph closes as a sentence does."""
    if not _SENTENCE_CLOSE.search(paragraph[-8:]):
        return False
    return len(paragraph) > LONG_LINE or not _ABBREVIATION_CLOSE.search(paragraph[-8:])


def masthead(paragraph: str) -> bool:
    """Return whether a line names the outlet or the section ("The Harbour Courier", "WORLD", "News |
    Europe").
    """
    if len(paragraph) > 60 or is_sentence(paragraph):
        return False
    parts = [part.strip().lower() for part in re.split(r"[|>»›/•·]", paragraph) if part.strip()]
    if parts and all(part in _words("rubrics") for part in parts):
        return True
    return names_outlet(paragraph)


def names_outlet(line: str) -> bool:
    """Return whether a line is the name of an outlet: up to five capitalised words, the last one a masthead
    word.
    """
    words = line.split()
    if not 2 <= len(words) <= 5 or words[-1].lower() not in _words("masthead"):
        return False
    return all(word[0].isupper() or word in ("of", "the", "and", "&", "de") for word in words)


def is_headline(paragraph: str) -> bool:
    """Return whether a paragraph at the top reads like a headline: short, and not closed like a sentence.

    Headlines that are closed with a full stop count where nearly all long words are capitalised.
    """
    if len(paragraph) > MAX_HEADLINE or len(paragraph.split()) < 2:
        return False
    if not is_sentence(paragraph) or paragraph.rstrip("\"”’')").endswith(("!", "?")):
        return True
    long_words = re.findall(r"[^\W\d_]{4,}", paragraph)
    capitalised = sum(1 for word in long_words if word[0].isupper())
    return len(long_words) >= 3 and 5 * capitalised >= 4 * len(long_words)


def is_byline(paragraph: str, *, at_top: bool) -> bool:
    """Return whether a paragraph says who wrote the report.

    "By Anna Keller and Tom Reid in Geneva", "From our correspondent" anywhere; at the top of a page, between
    headline and body, a name with its office too ("Ned Price, Department Spokesperson", "Office of the
    Spokesperson", "EDITORIAL").
    """
    flat = " ".join(paragraph.split())
    if len(flat) > MAX_BYLINE or is_sentence(flat):
        return False
    lead = _BY.match(flat)
    if not at_top and (lead is None or lead[1].lower() == "from"):
        return False
    words = _WORD.findall(flat[lead.end() :] if lead else flat)
    if not words or len(words) > 16:
        return False
    if lead is None and len(words) > 9:
        return False
    named = [word for word in words if word[0].isupper() or word[0].isdigit() or "@" in word]
    plain = [word for word in words if word not in named]
    if any(word.lower().rstrip(".:") not in _words("byline") for word in plain):
        return False
    return bool(named) or lead is not None


def author_of(byline: str) -> str | None:
    """Return the names in a byline, without the lead and the place; None where it names nobody."""
    flat = " ".join(byline.split())
    lead = _BY.match(flat)
    if lead is None:
        return None
    names = re.split(r"\s+in\s+|\s*[|,;]\s*|\s+for\s+", flat[lead.end() :], maxsplit=1)[0].strip()
    return names if names and names[0].isupper() else None


@cache
def _words(table: str) -> frozenset[str]:
    raw = tomllib.loads(resources.files(__package__).joinpath("page_top.toml").read_text("utf-8"))
    return frozenset(raw[table])
