"""Raw candidates: places where a cue attributes content to a source.

This is the step that a learned tagger can take over: whatever finds candidates, `assemble` turns them into statements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from standoff.records import Span

if TYPE_CHECKING:
    from standoff.coding.statements.lexicon import Cue
    from standoff.language.analysis import Analysis


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue with the source and the content that the parse (or a tagger) gives it.

    All spans are code points of the report. `says` tells whether quotations beside the cue may belong to it. `content`
    may be empty where only such a quotation can fill it. `confidence` lies in (0, 1]; `weighed` tells that it is
    already that of a statement in its place; `settled`, that the page's layout alone decides it, content and all.
    """

    cue: Span
    source: Span | None
    content: tuple[Span, ...]
    confidence: float
    rule: str
    says: bool = False
    weighed: bool = False
    settled: bool = False


def candidate(
    row: Cue, cue: Span, source: Span | None, content: tuple[Span, ...], *, says: bool = False
) -> Candidate:
    """Make a candidate from a row of the cue table."""
    rule = f"{row.pos} {row.construction}: {row.lemma}"
    return Candidate(cue, source, content, row.weight, rule, says)


def find_candidates(analysis: Analysis, lexicon: object | None = None) -> Iterator[Candidate]:
    """Yield the candidates of a report by the parse and the cue table, region by region, in no certain order."""
    from standoff.coding.statements import layouts, modifiers, nouns, verbs
    from standoff.coding.statements.lexicon import Lexicon, load

    table = lexicon if isinstance(lexicon, Lexicon) else load()
    for sentence in analysis.sentences():
        for token in sentence:
            pos = token.pos_
            if token.lower_ == "according":
                yield from modifiers.find(token, table)
            elif pos in {"VERB", "AUX"}:
                yield from verbs.find(token, table)
            elif pos in {"NOUN", "PROPN"}:
                yield from nouns.find(token, table)
            elif pos in {"ADJ", "ADV", "ADP", "SCONJ"}:
                yield from modifiers.find(token, table)
    yield from layouts.find(analysis)
