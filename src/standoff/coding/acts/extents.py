"""From tokens to spans of text: how far a phrase or clause reaches, without trailing marks and linking words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.coding.acts.sentences import sentence_of
from standoff.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

QUOTES = "“”„«»\"‘’'"
NOTHING: frozenset[str] = frozenset()
LARGEST = 200
"""A subtree is looked at up to so many tokens: no clause is longer, and a text without full stops is one tree."""


def subtree(
    token: Token, *, without: frozenset[str] = NOTHING, keep_left: int | None = None
) -> tuple[int, int]:
    """Return first and end index of a token's subtree.

    Children with a label in `without` are left out with all that hangs on them; with `keep_left`, nothing before that
    index is taken.
    """
    start, end = token.i, token.i + 1
    stack, left = [token], LARGEST
    while stack and left:
        current, left = stack.pop(), left - 1
        start, end = min(start, current.i), max(end, current.i + 1)
        stack += [child for child in current.children if child.dep_ not in without]
    if keep_left is not None:
        start = max(start, keep_left)
    return start, end


def span_of(doc: Doc, start: int, end: int) -> Span:
    """Return the text span of tokens `[start, end)`, without space, commas or linking words at its ends.

    A quotation mark at one end is kept only with its partner at the other, or when the span holds both.
    """
    while end - start > 1 and (
        doc[end - 1].is_space or doc[end - 1].text in (",", ";", ":", "-", "–", "—", ".", "!", "?", "(")
    ):
        end -= 1
    while end - start > 1 and doc[end - 1].dep_ == "cc":
        end -= 1
    while end - start > 1 and (
        doc[start].is_space or doc[start].text in (",", ";", ":", "-", "–", "—", ".", ")", "•")
    ):
        start += 1
    if end - start > 2:
        inner = doc[start:end].text
        if doc[start].text in QUOTES and not any(mark in inner[1:] for mark in QUOTES):
            start += 1
        elif doc[end - 1].text in QUOTES and not any(mark in inner[:-1] for mark in QUOTES):
            end -= 1
    return Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))


def region_of(token: Token, start: int, end: int) -> Span:
    """Return the text span of tokens `[start, end)` cut to the sentence of a token."""
    sentence = sentence_of(token)
    start, end = max(start, sentence.start), min(end, sentence.end)
    return span_of(token.doc, start, max(end, start + 1))


def words(token: Token, count: int) -> tuple[str, ...]:
    """Return the lower-case words from a token on, at most `count`, within its sentence."""
    end = min(token.i + count, sentence_of(token).end)
    return tuple(token.doc[k].lower_ for k in range(token.i, end))
