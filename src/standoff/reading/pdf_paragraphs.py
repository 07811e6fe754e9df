"""The lines of a PDF page put together to paragraphs, by where they stand and how they end.

A PDF has no paragraphs and no words, only pieces of text at places. A new paragraph begins below a wider gap than
lines usually have, after an indent, with another size of type, after a short last line, and where a column or page ends
with a sentence. A word that is hyphenated at the end of a line is put together again: what comes out here is the
report's text, and all offsets point into it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"(?:^|[\s(“\"'‘—–])([^\W\d_]+(?:-[^\W\d_]+)*)[-\u2010\u00ad]$")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:;…][\"”’')\]]*$")

WIDE_GAP = 1.3
"""A gap of so many times the usual distance between lines parts paragraphs."""
OTHER_SIZE = 0.12
"""By what share two sizes of type differ that are two."""
SHORT = 0.7
"""A line that ends a sentence before this share of the usual width ends a paragraph."""
_REPEATED = 3
"""A line at the edge of so many pages is their header or footer."""


class Line(NamedTuple):
    """A line of text, its left end and height on the page (upwards), and its size of type, in points."""

    text: str
    x: float
    y: float
    size: float


def paragraphs_of_pages(pages: Sequence[Sequence[Line]]) -> list[str]:
    """Return the paragraphs of a document in order, without page numbers, running headers and footers."""
    lines = [
        line._replace(text=flat)
        for page in _without_edges(pages)
        for line in page
        if (flat := " ".join(line.text.replace("\u00a0", " ").split()))
    ]
    if not lines:
        return []
    shape = _Shape.of(lines)
    spelled = Counter(word.lower() for line in lines for word in _WORD.findall(line.text))
    found = [lines[0].text]
    for above, line in pairwise(lines):
        if shape.parts(above, line):
            found.append(line.text)
        else:
            found[-1] = _joined(found[-1], line.text, spelled)
    return [paragraph.replace("\u00ad", "") for paragraph in found]


class _Shape(NamedTuple):
    """What is usual in a document: the distance between lines (sizes of type), their length (code points)."""

    leading: float
    length: float

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Shape:
        gaps = [gap for a, b in pairwise(lines) if 0 < (gap := _gap(a, b)) < 4]
        return cls(median(gaps) if gaps else 0.0, median(len(line.text) for line in lines))

    def parts(self, above: Line, line: Line) -> bool:
        """Return whether a paragraph ends between two lines that follow each other."""
        goes_on = line.text[0].islower() or _BROKEN.search(above.text) is not None
        ended = _SENTENCE_END.search(above.text) is not None
        larger, smaller = max(above.size, line.size), min(above.size, line.size)
        if larger > (1 + OTHER_SIZE) * smaller:
            return True
        gap = _gap(above, line)
        if gap < -self.leading or gap > 8:  # the next column or page
            return ended or not goes_on
        if self.leading and gap > WIDE_GAP * self.leading:
            return True
        if goes_on:
            return False
        if gap > 0 and line.x > above.x + 0.8 * line.size:
            return True
        return ended and len(above.text) < SHORT * self.length


def _gap(above: Line, line: Line) -> float:
    """Return how far a line stands below another, in sizes of its type."""
    return (above.y - line.y) / max(line.size, 1.0)


def _joined(above: str, below: str, spelled: Counter[str]) -> str:
    """Put a line after the text above it, and a word that is parted between them together."""
    broken = _BROKEN.search(above)
    begun = _WORD.match(below)
    if broken is None or begun is None:
        # a dash or a slash binds what follows it; everything else is parted by a space
        return (
            above + below if above.endswith(("/", "—")) and not below.startswith("—") else f"{above} {below}"
        )
    stem = above[:-1]
    if above.endswith("\u00ad"):
        return stem + below
    first, second = broken[1].lower(), begun.group().lower()
    with_hyphen, without = spelled[f"{first}-{second}"], spelled[first + second]
    compound = begun.group()[0].isupper() or with_hyphen > without
    if not compound and not without and spelled[first] and spelled[second]:
        compound = True  # "cease-" and "fire" where both are words of their own, and "ceasefire" is none here
    return f"{stem}-{below}" if compound else stem + below


def _without_edges(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Leave out page numbers, and lines that stand at the same height at the edge of several pages: the outermost alike
    but for numbers, the next one alike to the letter.
    """
    marks = [[_edge_mark(page, k) for k in range(len(page))] for page in pages]
    often = Counter(mark for page in marks for mark in {mark for mark in page if mark})
    return [
        [
            line
            for line, mark in zip(page, own, strict=True)
            if not (
                mark
                and (often[mark] >= _REPEATED or (mark[0] == 0 and _PAGE_NUMBER.fullmatch(line.text.strip())))
            )
        ]
        for page, own in zip(pages, marks, strict=True)
    ]


def _edge_mark(page: Sequence[Line], k: int) -> tuple[int, int, str] | None:
    """Return what makes a line at a page's edge alike to those of other pages; None for one inside the page."""
    line, depth = page[k], min(k, len(page) - 1 - k)
    if depth > 1:
        return None
    flat = " ".join(line.text.split()).lower()
    return depth, round(line.y), re.sub(r"\d+", "#", flat) if depth == 0 else flat
