"""Repairs by word order where the parse loses a verb of saying that closes or interrupts what is said.

News prose puts cue and source behind a comma or a closing mark ("…, she said."; "…,” said Smith"). The parse often
misses the subject there, or takes it from inside the quotation; the words between the mark and the verb tell it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from standoff.coding.statements.candidates import Candidate
from standoff.coding.statements.phrases import between
from standoff.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CLOSING = frozenset({"”", '"', "''", "’", "»", "'"})
_NAMING = frozenset({"NOUN", "PROPN", "PRON"})
_LONGEST_NAME = 14
_LONGEST_REST = 16


def repaired(found: Candidate, verb: Token) -> Candidate:
    """Return the candidate with the source, and the content in front, that word order gives where the parse fails."""
    mark = _mark_before(verb)
    if mark is None:
        return found
    doc = verb.doc
    source = found.source
    border = doc[mark].idx
    if source is None or (source.start < border and source.end < verb.idx):
        source = _name_before(doc, mark, verb) or _name_after(doc, mark, verb)
        if source is None:
            return found
        found = replace(found, source=source)
    if not found.content and doc[mark].text == ",":
        content = _sentence_before(doc, mark, verb)
        if content is not None:
            found = replace(found, content=(content,))
    return found


def _mark_before(verb: Token) -> int | None:
    """Return the comma or closing mark that stands before the verb with nothing but a name between."""
    doc, first = verb.doc, verb.sent.start
    for k in range(verb.i - 1, max(first, verb.i - _LONGEST_NAME) - 1, -1):
        word = doc[k]
        if word.text in _CLOSING:
            return k if k > first else None
        if word.text == "," and not _inside_name(doc, k, verb.i):
            return k if k > first else None
        if word.pos_ in {"VERB", "AUX", "SCONJ"} or word.text in {":", ";", "—", "–", ".", "?", "!"}:
            return None
    return None


def _inside_name(doc: Doc, comma: int, end: int) -> bool:
    """Tell whether a comma belongs to the name ("Smith, the minister, said"): another stands before the verb."""
    return doc[end - 1].text == "," if comma < end - 1 else True


def _name_before(doc: Doc, mark: int, verb: Token) -> Span | None:
    first, last = mark + 1, verb.i - 1
    while last >= first and (doc[last].pos_ in {"ADV", "AUX"} or doc[last].text == ","):
        last -= 1
    while first <= last and (doc[first].pos_ in {"CCONJ", "ADV"} or doc[first].is_punct):
        first += 1
    if first > last or not any(doc[k].pos_ in _NAMING for k in range(first, last + 1)):
        return None
    return between(doc, first, last)


def _name_after(doc: Doc, mark: int, verb: Token) -> Span | None:
    if mark != verb.i - 1:
        return None
    end = verb.sent.end
    last = verb.i
    while last + 1 < end and (
        doc[last + 1].pos_ in {"DET", "ADJ", "NUM", *_NAMING} or doc[last + 1].dep_ == "case"
    ):
        last += 1
    if last == verb.i or doc[last].pos_ not in _NAMING:
        return None
    return between(doc, verb.i + 1, last)


def _sentence_before(doc: Doc, mark: int, verb: Token) -> Span | None:
    """Return the sentence up to the comma, if it is one and little follows the verb."""
    sentence = verb.sent
    if sentence.end - verb.i > _LONGEST_REST or mark - sentence.start < 3:
        return None
    words = doc[sentence.start : mark]
    if not any(word.pos_ in {"VERB", "AUX"} for word in words) or any(
        word.text in _CLOSING for word in words
    ):
        return None
    if words[0].dep_ == "mark" or words[0].lower_ in {"when", "while", "as", "asked", "if", "after"}:
        return None
    return between(doc, sentence.start, mark - 1)
