"""Passages of text in which the words that were sought are marked."""

from __future__ import annotations

import re

from markupsafe import Markup

from standoff.brief.safety import text_markup

_WORD = re.compile(r"\w+")
_ENDINGS = re.compile(r"(ing|ed|es|s|e|ly)$")


def words_of(search: str) -> frozenset[str]:
    """Return the words of a search, without their commonest endings."""
    return frozenset(_stem(word) for word in _WORD.findall(search))


def _stem(word: str) -> str:
    folded = word.casefold()
    return _ENDINGS.sub("", folded) if len(folded) > 4 else folded


def marked_passage(passage: str, sought: frozenset[str]) -> Markup:
    """Return a passage as HTML with the sought words in <mark>; stripped of its tags it is the passage."""
    out = []
    at = 0
    for found in _WORD.finditer(passage):
        if _stem(found[0]) in sought:
            out += [text_markup(passage[at : found.start()]), "<mark>", text_markup(found[0]), "</mark>"]
            at = found.end()
    out.append(text_markup(passage[at:]))
    return Markup("".join(out))
