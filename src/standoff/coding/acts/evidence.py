"""The evidence of an act: the sentence that tells it, or its clause where the sentence tells more than one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.coding.acts.candidates import Candidate
from standoff.coding.acts.extents import span_of, subtree
from standoff.coding.acts.grammar import VERBAL, ancestors, clause_head
from standoff.coding.acts.sentences import sentence_of
from standoff.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Span as DocSpan
    from spacy.tokens import Token

LONG = 130
"""A sentence of more code points than this is cut down to the clause of the trigger."""
CLAUSES = frozenset({"relcl", "advcl", "acl", "ccomp", "parataxis", "conj"})


def evidence_of(candidate: Candidate, head: Token, content: Span | None) -> Span:
    """Return the span of the clause or sentence that says the act; it always holds the trigger and touches no border."""
    sentence = sentence_of(head)
    whole = span_of(head.doc, sentence.start, sentence.end)
    whole = Span(whole.start, _with_stop(sentence))
    span = whole
    if whole.end - whole.start > LONG:
        clause = _clause(head)
        if clause is not None:
            span = clause
    if content is not None and whole.start <= content.start and content.end <= whole.end:
        span = Span(min(span.start, content.start), max(span.end, content.end))
    return Span(min(span.start, candidate.trigger.start), max(span.end, candidate.trigger.end))


def _with_stop(sentence: DocSpan) -> int:
    """Return where a sentence ends, its full stop included and white space left out."""
    tokens = [token for token in sentence if not token.is_space]
    last = tokens[-1] if tokens else sentence[-1]
    return int(last.idx + len(last))


def _clause(head: Token) -> Span | None:
    """Return the smallest clause around the trigger that has a subject of its own or is long enough to be read alone."""
    node = clause_head(head)
    for above in (node, *ancestors(node, 10)):
        if above.dep_ in CLAUSES and above.pos_ in VERBAL:
            start, end = subtree(above)
            if end - start >= 6 and start <= head.i < end:
                return span_of(head.doc, start, end)
    return None
