"""One act, coded once: what is demanded or refused is not coded again, and an act told twice stands at its fullest mention.

Codebook section 2 ("one act in words: what it contains is not coded a second time"; "an act told twice in one report is
coded once, at its fullest mention").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from standoff.coding.acts.grammar import ancestors
from standoff.records import VERBAL_TYPES, Act, Span, Time

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from standoff.language.analysis import Analysis

LONGEST_HEADLINE = 130
"""A first line of at most so many code points without a full stop is a headline."""
ALIKE = 0.5
"""The share of content words that two acts in words must have in common to be one."""
STOP = frozenset({"PRON", "DET", "ADP", "PUNCT", "AUX", "CCONJ", "SCONJ", "PART", "SPACE", "SYM"})


@dataclass(frozen=True, slots=True)
class Coded:
    """An act with the syntactic head of its trigger."""

    act: Act
    head: Token


def without_contained(coded: Sequence[Coded]) -> list[Coded]:
    """Drop acts that lie in the content of an act in words and are what it demands, refuses, promises or alleges.

    A fact only mentioned there is kept: one in a relative clause, or behind a preposition of time (case law 17).
    """
    kept = []
    for one in coded:
        if not any(_contains(other, one) for other in coded if other is not one):
            kept.append(one)
    return kept


def _contains(outer: Coded, inner: Coded) -> bool:
    act, content = outer.act, outer.act.content
    if content is None or act.type not in VERBAL_TYPES or act.modality == "denied":
        return False
    if not content.start <= inner.act.trigger.start < content.end:
        return False
    if act.trigger.start <= inner.act.trigger.start < act.trigger.end:
        return False
    if inner.act.content is not None and inner.act.content.start <= act.trigger.start < inner.act.content.end:
        return outer.head.i < inner.head.i
    return not _only_mentioned(inner, content)


def _only_mentioned(inner: Coded, content: Span) -> bool:
    """Tell whether an act inside a content is a fact in passing: told in a relative clause."""
    if inner.act.modality == "denied":
        return True
    node = inner.head
    for above in (node, *ancestors(node, 15)):
        if above.idx < content.start or above.idx >= content.end:
            return False
        if above.dep_ == "relcl" and above.head.idx >= content.start:
            return True
    return False


def told_once(coded: Sequence[Coded], analysis: Analysis, times: Sequence[Time]) -> list[Coded]:
    """Keep each act at its fullest mention, in text order.

    What a headline says the body tells again and fuller: of 95 coded reports with a headline, two alone have an act in it.
    """
    doc, border = analysis.doc, _end_of_headline(analysis)
    coded = [one for one in coded if one.act.trigger.start >= border]
    dated = {id(one.act) for one in coded if any(_within(time.span, one.act.evidence) for time in times)}
    order = sorted(range(len(coded)), key=lambda k: (-_fullness(coded[k].act), k))
    kept: list[int] = []
    for k in order:
        if not any(_same(coded[k], coded[other], doc, dated) for other in kept):
            kept.append(k)
    return [coded[k] for k in sorted(kept)]


def _end_of_headline(analysis: Analysis) -> int:
    """Return where the headline ends: the first region, where it is marked as one or is a line without a full stop.

    0 where there is no headline, or no body after it.
    """
    regions = analysis.report.regions
    if len(regions) < 2:
        return 0
    first = regions[0]
    line = analysis.report.text[first.span.start : first.span.end].rstrip()
    if first.kind == "headline" or (
        len(line) <= LONGEST_HEADLINE and not line.endswith((".", "”", '"', ":"))
    ):
        return first.span.end
    return 0


def _fullness(act: Act) -> float:
    content = (act.content.end - act.content.start) / 100 if act.content else 0.0
    evidence = (act.evidence.end - act.evidence.start) / 1000
    return (
        2 * bool(act.target)
        + min(content, 2)
        + bool(act.date)
        + 0.5 * bool(act.place)
        + bool(act.condition)
        + evidence
    )


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _same(one: Coded, other: Coded, doc: Doc, dated: set[int]) -> bool:
    a, b = one.act, other.act
    if a.trigger.start < b.trigger.end and b.trigger.start < a.trigger.end:
        return True
    if a.type != b.type or a.modality != b.modality or not _agree(a, b):
        return False
    told = (
        id(a) in dated and id(b) in dated
    )  # a date worked out from the story is no reason to hold two tellings apart
    if told and a.date and b.date and not (a.date.startswith(b.date) or b.date.startswith(a.date)):
        return False
    if a.type == "CONSULT":
        return True
    same_word = one.head.lemma_.lower()[:5] == other.head.lemma_.lower()[:5]
    if a.type in VERBAL_TYPES:
        if a.content is None or b.content is None:
            return same_word
        return _overlap(a.content, b.content, doc) >= ALIKE
    return same_word


def _agree(a: Act, b: Act) -> bool:
    """Tell whether the parties can be the same: equal sources, and targets equal or one of them untold."""
    if set(a.source) != set(b.source):
        return set(a.source) | set(a.target) == set(b.source) | set(b.target) and a.type in (
            "CONSULT",
            "COOPERATE",
        )
    return not a.target or not b.target or bool(set(a.target) & set(b.target))


def lemmas(span: Span, doc: Doc) -> frozenset[str]:
    """Return the content lemmas of a span."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return (
        frozenset(t.lemma_.lower() for t in found if t.pos_ not in STOP) if found is not None else frozenset()
    )


def _overlap(a: Span, b: Span, doc: Doc) -> float:
    first, second = lemmas(a, doc), lemmas(b, doc)
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter else 0.0
