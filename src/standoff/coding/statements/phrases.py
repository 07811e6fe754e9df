"""Stretches of text read off the parse: noun phrases that name a source, clauses that are content, who the subject is.

Dependency labels are those of spaCy's English pipelines (ClearNLP style: Choi and Palmer 2012).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from standoff.language.analysis import Analysis

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow week month year".split()
)
SAYING = frozenset("say add warn tell note argue claim insist ask call".split())
_RELATIVES = frozenset({"who", "that", "which", "whom"})
_CLIMBED = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "parataxis", "dep", "aux"})
_IN_FRONT = frozenset({"like", "as", "including", "from", "by", "for", "among"})
_TRIM = " \t\r\n\u00a0\u2028,;:–—-"


def between(doc: Doc, first: int, last: int) -> Span:
    """Return the span of the tokens first..last (both included)."""
    end = doc[last]
    return Span(doc[first].idx, end.idx + len(end))


def trim(text: str, span: Span) -> Span:
    """Strip white space and separating punctuation from both ends."""
    start, end = span
    while start < end and (text[start] in _TRIM or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _TRIM or text[end - 1].isspace()):
        end -= 1
    return Span(start, end)


def whole_name(analysis: Analysis, span: Span) -> Span:
    """Return a tagger's source without a preposition in front, and with the names that it cut ("Mr.", ". Kamin")."""
    tokens = analysis.tokens_in(span)
    while tokens and (tokens[0].is_punct or tokens[0].is_space or tokens[0].lower_ in _IN_FRONT):
        tokens = tokens[1:]
    if not tokens:
        return span
    doc, first, last = tokens[0].doc, tokens[0].i, tokens[-1].i
    while (
        first and doc[first].pos_ == "PROPN" and doc[first - 1].pos_ == "PROPN" and _one_name(doc, first - 1)
    ):
        first -= 1
    while last + 1 < len(doc) and doc[last + 1].pos_ == doc[last].pos_ == "PROPN" and _one_name(doc, last):
        last += 1
    return between(doc, first, last)


def _one_name(doc: Doc, k: int) -> bool:
    """Tell whether two neighbouring tokens are parts of one name."""
    left, right = doc[k], doc[k + 1]
    return left.dep_ == "compound" and left.head.i >= right.i and left.sent.start <= right.i < left.sent.end


def noun_phrase(head: Token) -> Span:
    """Return the noun phrase of a head: with its apposition, without a non-restrictive relative clause or a date."""
    doc = head.doc
    first, last = head.left_edge.i, head.right_edge.i
    for child in head.lefts:
        if child.dep_ in {"advcl", "parataxis", "cc", "preconj"} or (
            child.dep_ == "punct" and child.i == first
        ):
            first = max(first, min(child.right_edge.i + 1, head.i))
    for child in head.rights:
        if child.i > last:
            break
        left = child.left_edge.i
        after_comma = left > head.i and doc[left - 1].text in {",", "—", "–", "-", "("}
        loose = child.dep_ in {"relcl", "advcl", "acl", "prep", "parataxis", "npadvmod", "advmod", "ccomp"}
        if after_comma and loose and not (child.dep_ == "prep" and child.lower_ == "of"):
            last = min(last, left - 2)
        elif child.dep_ in {"parataxis", "ccomp", "advcl"} or _is_date(child):
            last = min(last, left - 1)
        elif child.dep_ == "case":
            last = min(last, child.i - 1)
    for token in doc[head.i + 1 : last + 1]:
        if token.dep_ == "relcl" and doc[token.left_edge.i - 1].text == "," and token.left_edge.i > head.i:
            last = min(last, token.left_edge.i - 2)
    last = max(last, head.i)
    while last > head.i and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    while first < head.i and (doc[first].is_space or doc[first].text in ",;:"):
        first += 1
    return between(doc, first, last)


def _is_date(child: Token) -> bool:
    if child.dep_ == "npadvmod":
        return child.lower_ in DAYS
    return child.dep_ == "prep" and any(grandchild.lower_ in DAYS for grandchild in child.children)


def clause(head: Token, *, reporter: Token | None = None) -> Span:
    """Return the clause of a head, from after its "that" to its right edge.

    Where `reporter` is given, the clause ends before a participle or a co-ordinated verb that says something anew
    ("…, adding that"; "… and said that"), which the parse often hangs inside.
    """
    doc = head.doc
    first, last = head.left_edge.i, head.right_edge.i
    while first < head.i and (
        (doc[first].lower_ == "that" and doc[first].dep_ == "mark") or doc[first].text in {",", ":", "–", "—"}
    ):
        first += 1
    if reporter is not None and head.i > reporter.i:
        last = min(last, _last_before_new_saying(head, reporter))
    return between(doc, min(first, last), last)


def _last_before_new_saying(head: Token, reporter: Token) -> int:
    doc = head.doc
    for child in head.rights:
        participle = child.dep_ == "advcl" and child.tag_ == "VBG" and doc[child.left_edge.i - 1].text == ","
        if participle and (_has_clause(child) or child.lemma_ in SAYING):
            return child.left_edge.i - 2
        joined = child.dep_ == "conj" and child.tag_ == reporter.tag_ and own_subject(child) is None
        if joined and _has_clause(child) and child.lemma_ in SAYING:
            cut = child.left_edge.i - 1
            while cut > head.i and (doc[cut].dep_ == "cc" or doc[cut].is_punct or doc[cut].pos_ == "ADV"):
                cut -= 1
            return cut
    return head.right_edge.i


def _has_clause(verb: Token) -> bool:
    return any(child.dep_ == "ccomp" and child.i > verb.i for child in verb.rights)


def own_subject(verb: Token) -> Token | None:
    """Return the subject among a verb's children, or None."""
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            return child
    return None


def source_of(verb: Token) -> Token | None:
    """Return the head of the phrase that names who speaks: the subject, shared or understood, or None.

    Climbs from participles, infinitives and co-ordinated verbs to the verb whose subject they share.
    """
    token = verb
    for _ in range(8):
        subject = own_subject(token)
        if subject is not None:
            return _antecedent(subject, token)
        head = token.head
        if token is verb and token.dep_ == "pcomp" and head.lower_ == "as":
            return _quoted_person(head.head)
        if token.dep_ in {"acl", "relcl"}:
            return _nominal(head)
        if head.i == token.i or token.dep_ not in _CLIMBED:
            return None
        if token is verb and token.dep_ == "advcl" and token.tag_ == "VBG":
            head = _outer(verb, head)
        elif token is verb and token.dep_ == "conj" and token.lemma_ in SAYING and head.dep_ == "ccomp":
            head = head.head if head.head.tag_ == token.tag_ and head.head.i < head.i else head
        token = head
        if token.pos_ in {"NOUN", "PROPN", "PRON"}:
            return _nominal(token)
    return None


def _outer(participle: Token, host: Token) -> Token:
    """Return the verb whose subject a participle of saying shares: the one that reports its host, after a comma.

    "It said that the plan failed, adding that …": who adds is who said, not the plan.
    """
    first = participle.left_edge.i
    if first == 0 or participle.doc[first - 1].text not in {",", "”", '"'} or participle.i < host.i:
        return host
    while host.dep_ == "ccomp" and host.head.i < host.i and own_subject(host.head) is not None:
        host = host.head
    return host


def _quoted_person(verb: Token) -> Token | None:
    """Return who is quoted "as saying": the object of an active verb, the subject of a passive one."""
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass"}:
            return _antecedent(child, verb)
    return verb.head if verb.dep_ in {"acl", "relcl"} else None


def _antecedent(subject: Token, verb: Token) -> Token | None:
    """Return the noun that a relative pronoun stands for, else the subject itself; nothing for a dummy."""
    if subject.lower_ in _RELATIVES:
        clause_head = verb
        while clause_head.dep_ == "conj":
            clause_head = clause_head.head
        if clause_head.dep_ == "relcl":
            return clause_head.head
    if subject.lower_ in {"there", "what"}:
        return None
    return subject


def _nominal(noun: Token) -> Token | None:
    """Return the owner of a noun of saying to which a participle hangs, else the noun."""
    owner = possessor(noun)
    return owner if owner is not None and noun.pos_ == "NOUN" and noun.dep_ != "nsubj" else noun


def possessor(noun: Token) -> Token | None:
    """Return the owner of a noun ("its", "Moscow's"), or None."""
    for child in noun.lefts:
        if child.dep_ == "poss":
            return child
    return None
