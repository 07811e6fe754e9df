"""Finds the names of the actor table in a text: one pass over its words through a trie.

Words are folded (lower case, no accents, no dots in abbreviations), so that "U.S.", "US" and "Côte d’Ivoire" meet their
rows however they are typed. A word that is capitalised in the table must be capitalised in the text, and an
abbreviation in capitals must be in capitals there, so that "us" is not the United States and "turkey" is a bird.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, NamedTuple

WORD = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W_])|(?:(?![_])\w)+")
_GAP = re.compile(r"(?:[ \t\xa0]?[-–'’./+&(][ \t\xa0]?|[ \t\xa0]|[ \t\xa0]?\n(?!\s*\n)[ \t]*)\Z")
_TERMINAL = ""


class Word(NamedTuple):
    """A word of a text: its code points and its folded form."""

    start: int
    end: int
    folded: str


class Match(NamedTuple):
    """A name of the table in a text: code points, and the numbers of the rows that carry the name."""

    start: int
    end: int
    rows: tuple[int, ...]


def fold(word: str) -> str:
    """Return the form under which a word is compared: lower case, no accents, no dots."""
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return word.replace(".", "").lower() if "." in word else word.lower()


def words_of(text: str) -> list[Word]:
    """Split a text into words with offsets; linear in the length of the text."""
    return [Word(m.start(), m.end(), fold(m.group())) for m in WORD.finditer(text)]


def _shape(word: str) -> str:
    """Say what case a word of the table demands: A for all capitals, a for a capital, "" for any."""
    if word.isupper() and len(word) > 1 and not word[:2].isdigit():
        return "A"
    return "a" if word[0].isupper() else ""


def _fits(word: str, shape: str) -> bool:
    if not shape:
        return True
    if not word[0].isupper() and not word[0].isdigit():
        return False
    return shape == "a" or not any(c.islower() for c in word)


class Trie:
    """Names as paths of folded words."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def add(self, name: str, row: int) -> None:
        """Add a name; names without a word are ignored."""
        words = WORD.findall(name)
        if not words:
            return
        node = self._root
        for word in words:
            key = fold(word)
            step = node.get(key)
            if step is None:
                step = node[key] = {}
            node = step
        node.setdefault(_TERMINAL, []).append(([_shape(word) for word in words], row))

    def longest(self, text: str, words: list[Word], at: int) -> tuple[Match, int] | None:
        """Return the longest name that begins at word number `at`, with the number of the word after it."""
        node = self._root.get(words[at].folded)
        if node is None:
            return None
        found = None
        k = at
        while node is not None:
            if _TERMINAL in node:
                rows = tuple(row for shapes, row in node[_TERMINAL] if self._cased(text, words, at, shapes))
                if rows:
                    found = Match(words[at].start, words[k].end, rows), k + 1
            k += 1
            if k == len(words) or not _GAP.match(text, words[k - 1].end, words[k].start):
                break
            node = node.get(words[k].folded)
        return found

    @staticmethod
    def _cased(text: str, words: list[Word], at: int, shapes: Iterable[str]) -> bool:
        return all(_fits(text[w.start : w.end], shape) for w, shape in zip(words[at:], shapes, strict=False))

    def matches(self, text: str, words: list[Word]) -> list[Match]:
        """Return the names in a text from left to right, the longest at each place, without overlaps."""
        found: list[Match] = []
        at = 0
        root = self._root
        while at < len(words):
            if words[at].folded in root and (hit := self.longest(text, words, at)):
                found.append(hit[0])
                at = hit[1]
            else:
                at += 1
        return found
