"""Paragraphs of a plain text, with exact offsets.

Blank lines always part paragraphs. What a single line break means differs from text to text: in a text with
hard-wrapped lines it is no more than a space, in a text with one paragraph a line it parts paragraphs. One
rule decides for the whole text: in wrapped text the first word of the next line would not have fitted on the
line before (greedy filling), in a text with one paragraph a line it mostly would have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from standoff.records import Span

INVISIBLE = "\ufeff\u200b\u2060\u00ad"
"""Characters that print nothing and that `str.strip` leaves: a line of these is blank."""

WIDEST_FILL = 132
"""The widest column that anybody wraps text to (the line printer's)."""

NARROWEST_FILL = 30

_ITEM = re.compile(r"(?:[•●▪◦‣*·–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+\S")
_SENTENCE_END = (".", "!", "?", ":", ";", "…", '"', "”", "’", "'", ")", "]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: `span` without blanks at its ends, and the number of its block (blocks are parted by
    blank lines).
    """

    span: Span
    block: int


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    indent: int


def paragraphs(text: str) -> list[Paragraph]:
    """Return the paragraphs of a text in order; together they hold every character that is not blank."""
    blocks = list(_blocks(text))
    width = _fill_width(blocks)
    found = []
    for number, block in enumerate(blocks):
        first = 0
        for k in range(1, len(block) + 1):
            if k == len(block) or _parts(block[k - 1], block[k], width):
                found.append(Paragraph(Span(block[first].start, block[k - 1].end), number))
                first = k
    return found


def opens_item(paragraph: str) -> bool:
    """Return whether a paragraph is an item of a list ("• Two ships ...", "(a) ...")."""
    return _ITEM.match(paragraph) is not None


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Yield runs of lines without a blank line between them; each line is trimmed at both ends."""
    block: list[_Line] = []
    offset = 0
    for raw in text.splitlines(keepends=True):
        trimmed = raw.strip().strip(INVISIBLE).strip()
        if trimmed:
            indent = raw.index(trimmed)
            start = offset + indent
            block.append(_Line(start, start + len(trimmed), trimmed, indent))
        elif block:
            yield block
            block = []
        offset += len(raw)
    if block:
        yield block


def _fill_width(blocks: Sequence[Sequence[_Line]]) -> int | None:
    """Return the column that the text is wrapped to, or None where each line is a paragraph.

    The width is the longest line among those that another line follows in their block. A text counts as
    wrapped when the width is one that people wrap to and when most of its line breaks inside blocks stand
    where greedy filling puts them, or in the middle of a sentence.
    """
    inner = [(a, b) for block in blocks for a, b in pairwise(block)]
    if not inner:
        return None
    lengths = sorted(a.indent + len(a.text) for a, _ in inner)
    width = lengths[min(len(lengths) - 1, round(0.98 * len(lengths)))]
    if not NARROWEST_FILL <= width <= WIDEST_FILL:
        return None
    filled = sum(1 for a, b in inner if _room_left(a, b, width) < 0)
    broken = sum(1 for a, b in inner if b.text[0].islower() and not a.text.endswith(_SENTENCE_END))
    if 2 * filled > len(inner) and 4 * broken >= filled:
        return width
    return width if 2 * broken > len(inner) else None


def _room_left(line: _Line, following: _Line, width: int) -> int:
    """Return how many columns would be left had the next line's first word stood on this line."""
    word = following.text.split(None, 1)[0]
    return width - (line.indent + len(line.text) + 1 + len(word))


def _parts(line: _Line, following: _Line, width: int | None) -> bool:
    """Return whether the break between two lines of a block parts paragraphs."""
    if width is None:
        return not (following.text[0].islower() and not line.text.endswith(_SENTENCE_END))
    if following.indent >= line.indent + 2 or _ITEM.match(following.text):
        return True
    room = _room_left(line, following, width)
    return room >= max(8, width // 4) or (room >= 0 and line.text.endswith(_SENTENCE_END))
