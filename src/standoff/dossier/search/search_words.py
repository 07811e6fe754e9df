"""What a person types to find words, as a full-text query that always means something.

Words are all to be found, in any order; "words in quotation marks" as they stand; OR between two parts finds either;
a minus before a word or phrase leaves out what holds it; a star at the end of a word finds what begins so. Nothing else has a
meaning: every other sign is what it is in a text, a border between words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from standoff.errors import UsageError

_LONGEST, _MOST = 1_000, 40
_PIECE = re.compile(r'(-?)(?:["“”„]([^"“”„]*)["“”„]|([^\s"“”„]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase: whether it is left out, and whether it is only the beginning of a word."""

    words: str
    without: bool = False
    begins: bool = False

    def as_match(self) -> str:
        """Return it as FTS5 takes it: a string, so that no sign in it is an operator."""
        return f'"{self.words}"' + (" *" if self.begins else "")


def terms_of(search: str) -> list[list[Term]]:
    """Return the parts of a search, each the terms that are to be found together.

    Raises UsageError, in one sentence, where nothing could be found by it.
    """
    if len(search) > _LONGEST:
        raise UsageError(f"A search has at most {_LONGEST:,} characters; this one has {len(search):,}.")
    parts: list[list[Term]] = [[]]
    plain = "".join(c if c.isprintable() else " " for c in search)
    for minus, phrase, word in _PIECE.findall(plain):
        if word == "OR" and not minus:
            parts.append([])
            continue
        told = " ".join((phrase or word).split())
        if _holds_word(told):
            begins = not phrase and told.endswith("*")
            parts[-1].append(Term(told, without=bool(minus), begins=begins))
    found = [part for part in parts if any(not term.without for term in part)]
    if not found:
        raise UsageError(f"{search.strip()[:60]!r} holds no word to search for.")
    if sum(map(len, found)) > _MOST:
        raise UsageError(f"A search has at most {_MOST} words and phrases.")
    return found


def match_of(search: str) -> str:
    """Return a search as an FTS5 query; raises UsageError where it holds no word."""
    return " OR ".join(_part(terms) for terms in terms_of(search))


def _part(terms: list[Term]) -> str:
    found = " AND ".join(term.as_match() for term in terms if not term.without)
    left_out = " OR ".join(term.as_match() for term in terms if term.without)
    return f"(({found}) NOT ({left_out}))" if left_out else f"({found})"


def _holds_word(text: str) -> bool:
    """Whether the full-text index sees a word in it: letters, numbers, private characters."""
    return any(unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "Co" for c in text)
