"""Quotation marks, paired over sentences and paragraphs.

A quotation that opens a paragraph without a closing mark before the paragraph ends runs on if the next paragraph opens
with a mark too (the printers' rule); otherwise it ends with its paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from standoff.records import Span

OPENING = "“„«"
CLOSING = "”»"
PLAIN = '"'


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch inside quotation marks, marks included. `continues` links a paragraph to the one before it."""

    span: Span
    closed: bool
    continues: bool = False


def find_quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """Pair the double quotation marks of each paragraph; linear in the length of the text."""
    found: list[Quotation] = []
    open_before = False
    for start, end in paragraphs:
        begun: int | None = None
        first_in_paragraph = True
        for k in range(start, end):
            char = text[k]
            if char in OPENING or (char == PLAIN and begun is None):
                if begun is None:
                    begun = k
            elif begun is not None and (char in CLOSING or char == PLAIN):
                continues = open_before and first_in_paragraph and not text[start:begun].strip()
                found.append(Quotation(Span(begun, k + 1), True, continues))
                begun, first_in_paragraph = None, False
        if begun is not None:
            continues = open_before and first_in_paragraph and not text[start:begun].strip()
            found.append(Quotation(Span(begun, end), False, continues))
        open_before = begun is not None
    return tuple(found)
