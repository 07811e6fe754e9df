"""Candidates whose cue is an adjective, an adverb or a preposition: "confident that", "reportedly", "according to"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from standoff.coding.statements.candidates import Candidate, candidate
from standoff.coding.statements.phrases import between, clause, noun_phrase, possessor, source_of
from standoff.coding.statements.verbs import ANAPHORA
from standoff.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from standoff.coding.statements.lexicon import Lexicon

_OPINIONS = frozenset(
    {"words", "word", "view", "opinion", "eyes", "account", "judgment", "judgement", "phrase", "telling"}
)


def find(token: Token, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield the candidate that an adjective, an adverb or a preposition makes."""
    word = token.lower_
    if word == "according":
        yield from _according(token)
    elif word in {"in", "by"} and token.pos_ == "ADP":
        yield from _in_the_words_of(token)
    elif token.pos_ == "ADV":
        row = lexicon.constructions("adv", word).get("adverb")
        if row is not None:
            pieces = _host_pieces(token, token.i, token.i)
            yield candidate(row, between(token.doc, token.i, token.i), None, pieces)
    elif token.pos_ == "ADJ":
        yield from _adjective(token, lexicon)


def _host_pieces(phrase: Token, first: int, last: int) -> tuple[Span, ...]:
    """Return the clause that an adverbial modifies, without the adverbial (tokens first..last)."""
    host = phrase.head
    for _ in range(6):
        if host.pos_ in {"VERB", "AUX"} or host.head.i == host.i:
            break
        host = host.head
    if host.pos_ == "AUX" and host.dep_ in {"aux", "auxpass"}:
        host = host.head
    doc = phrase.doc
    start, end = host.left_edge.i, host.right_edge.i
    while start < host.i and doc[start].dep_ in {"mark", "cc"} and doc[start].head.i == host.i:
        start += 1
    pieces = []
    if start < first:
        pieces.append(between(doc, start, first - 1))
    if end > last:
        pieces.append(between(doc, last + 1, end))
    return tuple(pieces)


def _according(token: Token) -> Iterator[Candidate]:
    to = next((c for c in token.rights if c.lower_ == "to"), None)
    if to is None:
        return
    named = next((c for c in to.children if c.dep_ == "pobj"), None)
    if named is None:
        return
    source = noun_phrase(named)
    last = max(named.i, next((t.i for t in reversed(list(named.subtree)) if t.idx < source.end), named.i))
    cue = between(token.doc, token.i, to.i)
    pieces = _host_pieces(token, token.i, last)
    yield Candidate(cue, source, pieces, 0.8, "according to", says=True)


def _in_the_words_of(token: Token) -> Iterator[Candidate]:
    noun = next((c for c in token.children if c.dep_ == "pobj" and c.lower_ in _OPINIONS), None)
    if noun is None or (token.lower_ == "by" and noun.lower_ != "account"):
        return
    source = possessor(noun)
    if source is None:
        of = next((c for c in noun.rights if c.dep_ == "prep" and c.lower_ == "of"), None)
        source = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    if source is None:
        return
    cue = (
        between(token.doc, token.i, token.right_edge.i)
        if source.i < noun.i and source.pos_ == "PRON"
        else between(token.doc, noun.i, noun.i)
    )
    pieces = _host_pieces(token, token.left_edge.i, token.right_edge.i)
    yield Candidate(cue, noun_phrase(source), pieces, 0.6, "in the words of", says=True)


def _adjective(token: Token, lexicon: Lexicon) -> Iterator[Candidate]:
    rows = lexicon.constructions("adj", token.lemma_.lower())
    if not rows:
        return
    holder = source_of(token.head) if token.dep_ in {"acomp", "oprd", "conj", "ccomp", "xcomp"} else None
    if holder is None and token.dep_ in {"amod", "acl", "appos", "relcl"}:
        holder = token.head
    if holder is not None and holder.lower_ == "it":
        holder = None
    source = noun_phrase(holder) if holder is not None and holder.i < token.i else None
    cue = between(token.doc, token.i, token.i)
    for child in (*token.rights, *(c for c in token.head.rights if c.i > token.i)):
        to = next((c for c in child.lefts if c.dep_ == "aux" and c.lower_ == "to"), None)
        if child.dep_ in {"ccomp", "xcomp", "advcl", "acl"} and child.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
            marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in child.lefts)
            if "clause" in rows and (marked or (child.dep_ == "ccomp" and to is None)):
                yield candidate(rows["clause"], cue, source, (clause(child),))
                return
            if "infinitive" in rows and to is not None and child.dep_ == "xcomp":
                yield candidate(
                    rows["infinitive"], cue, source, (between(token.doc, to.i, child.right_edge.i),)
                )
                return
        row = rows.get(child.lower_) if child.dep_ == "prep" and child.head.i == token.i else None
        thing = (
            next((c for c in child.children if c.dep_ in {"pobj", "pcomp"}), None)
            if row is not None
            else None
        )
        if row is not None and thing is not None and thing.lower_ not in ANAPHORA:
            yield candidate(row, cue, source, (between(token.doc, thing.left_edge.i, thing.right_edge.i),))
            return
