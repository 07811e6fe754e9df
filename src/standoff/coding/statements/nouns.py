"""Candidates whose cue is a noun: "the warning that …", "its demand for …", "fears of …"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from standoff.coding.statements.candidates import Candidate, candidate
from standoff.coding.statements.phrases import between, clause, noun_phrase, possessor, source_of
from standoff.coding.statements.verbs import ANAPHORA, FIXED
from standoff.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from standoff.coding.statements.lexicon import Cue, Lexicon

LIGHT = frozenset(
    "make issue voice express repeat reiterate renew raise have send deliver give reaffirm share restate reject "
    "withdraw drop state underscore emphasize stress maintain bring level file lodge press convey".split()
)
"""Verbs whose subject owns the noun: "issued a warning", "reiterated its call"."""


def find(noun: Token, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield the candidate that a noun makes."""
    rows = lexicon.constructions("noun", noun.lemma_.lower())
    if not rows:
        return
    found = _complement(noun, rows)
    if found is None:
        return
    row, content, preposition = found
    cue = between(noun.doc, noun.i, noun.i)
    if preposition is not None and preposition.lower_ in FIXED and preposition.i == noun.i + 1:
        cue = between(noun.doc, noun.i, preposition.i)
    source = _source(noun, content)
    yield candidate(row, cue, noun_phrase(source) if source is not None else None, (content,))


def _complement(noun: Token, rows: dict[str, Cue]) -> tuple[Cue, Span, Token | None] | None:
    doc = noun.doc
    for child in noun.rights:
        if child.dep_ in {"acl", "ccomp", "relcl"} and child.pos_ in {"VERB", "AUX"}:
            marks = [c for c in child.lefts if c.dep_ in {"mark", "aux"}]
            if "clause" in rows and any(c.dep_ == "mark" and c.lower_ == "that" for c in marks):
                return rows["clause"], clause(child), None
            to = next((c for c in marks if c.dep_ == "aux" and c.lower_ == "to"), None)
            if to is not None and "infinitive" in rows and child.dep_ != "relcl":
                return rows["infinitive"], between(doc, to.i, child.right_edge.i), None
    for child in noun.rights:
        row = rows.get(child.lower_) if child.dep_ == "prep" else None
        thing = (
            next((c for c in child.children if c.dep_ in {"pobj", "pcomp"}), None)
            if row is not None
            else None
        )
        if row is not None and thing is not None and thing.lower_ not in ANAPHORA:
            return row, between(doc, thing.left_edge.i, thing.right_edge.i), child
    if "clause" in rows and noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        told = next((c for c in noun.head.rights if c.dep_ == "ccomp"), None)
        if told is not None:
            return rows["clause"], clause(told), None
    return None


def _source(noun: Token, content: Span) -> Token | None:
    """Return who holds or utters it: an owner, "by X", "of X" beside another complement, a light verb's subject."""
    owner = possessor(noun)
    if owner is not None:
        return owner
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in {"by", "from", "of", "among", "in"}:
            giver = next((c for c in child.children if c.dep_ == "pobj"), None)
            if giver is not None and not content.start <= giver.idx < content.end:
                return giver
    for child in noun.lefts:
        named = (child.dep_ == "compound" and child.pos_ == "PROPN") or (
            child.dep_ == "amod" and child.is_title
        )
        if named and child.i > child.sent.start:
            return child
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_ in LIGHT:
        return source_of(verb)
    return None
