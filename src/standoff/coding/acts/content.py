"""What an act in words is about: the clause or phrase that completes its trigger, found by construction.

The content of a demand, promise, refusal, threat, charge or praise is a that-clause, an infinitive (its "to" stays in where
the one asked stands in between, as in statements), an object, or the object of the trigger's preposition. A trigger that
judges ("must", "unacceptable", "violated") has the clause that it stands in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.coding.acts.candidates import Candidate
from standoff.coding.acts.extents import region_of, subtree
from standoff.coding.acts.grammar import (
    OBJECTS,
    SUBJECTS,
    VERBAL,
    antecedent,
    clause_head,
    is_passive,
    prepositional,
    surface_subjects,
)
from standoff.coding.acts.sentences import sentence_of
from standoff.records import VERBAL_TYPES, Span, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Token

    from standoff.coding.acts.parties import Parties

    ActorTest = Callable[[Token], bool]

TAKES: dict[str, tuple[str, ...]] = {
    "REQUEST": ("for", "of", "to", "about", "against", "on", "over"),
    "ACCUSE": ("of", "for", "over", "about", "with", "at", "against", "to", "on", "as", "in"),
    "REJECT": ("to", "of", "on", "against", "with", "for", "from", "by"),
    "AGREE": ("to", "on", "for", "about", "of", "upon", "with", "in"),
    "SUPPORT": ("for", "to", "of", "by", "behind", "with", "on", "in"),
    "THREATEN": ("of", "with", "to", "about", "against"),
    "CONCEDE": ("to", "from", "for", "of", "on", "in"),
}
"""Which prepositions lead to the content, by type, the likeliest first."""
CONDITION_LABELS = frozenset({"advcl", "parataxis"})
ADDRESSEES = ("on", "upon", "to", "from", "at", "with")


def content_of(
    candidate: Candidate, head: Token, parties: Parties, statements: Sequence[Statement] = ()
) -> Span | None:
    """Return the content span of an act in words, or None for a deed and where nothing completes the trigger."""
    if candidate.type not in VERBAL_TYPES or candidate.type == "CONSULT":
        return None
    is_actor = parties.is_actor
    if candidate.frame == "judged":
        return _judged(candidate, head, statements)
    said = _said_with(candidate, head, statements)
    if said is not None:
        return said
    if candidate.type == "CONCEDE":
        return _object(head, is_actor, actors_too=True)
    if head.pos_ in VERBAL:
        return _of_verb(candidate, head, is_actor) or _predicate(candidate, head)
    return _of_noun(candidate, head, is_actor) or _carried(candidate, head, is_actor)


def _said_with(candidate: Candidate, head: Token, statements: Sequence[Statement]) -> Span | None:
    """Return the content of the statement whose cue is the trigger: both layers speak of the same words then."""
    sentence = sentence_of(head)
    for statement in statements:
        cue = statement.cue
        if cue.start < candidate.trigger.end and candidate.trigger.start < cue.end and statement.content:
            inside = [c for c in statement.content if sentence.start_char <= c.start < sentence.end_char]
            objects = any(c.dep_ in OBJECTS for c in head.children)
            if not inside and objects:
                return None
            return max(statement.content, key=lambda span: span.end - span.start)
    return None


def _clause(verb: Token, *, left: int | None = None) -> Span:
    return region_of(verb, *subtree(verb, without=_conditions(verb), keep_left=left))


def _conditions(verb: Token) -> frozenset[str]:
    """Return the labels to leave out: adverbial clauses, where one of them is a condition."""
    for child in verb.children:
        if child.dep_ == "advcl" and any(
            leaf.dep_ == "mark" and leaf.lower_ in ("if", "unless", "until", "once", "provided")
            for leaf in child.children
        ):
            return frozenset({"advcl"})
    return frozenset()


def completed(content: Span | None, candidate: Candidate, head: Token) -> Span | None:
    """Return the content with what the parse has cut off it: the rest of a hyphened word, a last prepositional phrase."""
    if content is None or candidate.frame == "judged":
        return content
    sentence = sentence_of(head)
    found = head.doc.char_span(content.start, content.end, alignment_mode="expand")
    if found is None or found.start < head.i or found.end >= sentence.end:
        return content
    rest = [token for token in head.doc[found.end : sentence.end] if not token.is_space]
    while rest and rest[-1].is_punct:
        rest.pop()
    if not rest:
        return content
    hyphened = rest[0].text == "-" and not head.doc[rest[0].i - 1].whitespace_
    clause = any(token.dep_ in SUBJECTS for token in rest)
    if hyphened or (rest[0].pos_ == "ADP" and not clause):
        return Span(content.start, rest[-1].idx + len(rest[-1]))
    return content


def before_condition(content: Span | None, condition: Span | None) -> Span | None:
    """Return the content without the condition at its end or beginning, which is a field of its own."""
    if (
        content is None
        or condition is None
        or condition.start >= content.end
        or condition.end <= content.start
    ):
        return content
    if condition.start > content.start + 2:
        return Span(content.start, condition.start - 1)
    if condition.end + 2 < content.end:
        return Span(condition.end + 1, content.end)
    return content


def _infinitive_start(verb: Token, *, keep_to: bool) -> int:
    """Return where an infinitive's content begins: at "to" or at the verb; its subject, if it has one, comes first."""
    left = min((child.i for child in verb.children if child.dep_ in SUBJECTS), default=verb.i)
    if left < verb.i:
        return min(token.i for token in verb.doc[left].subtree)
    marker = next(
        (child for child in verb.children if child.dep_ in ("aux", "mark") and child.lower_ == "to"), None
    )
    first = min(
        (
            child.i
            for child in verb.children
            if child.dep_ in ("neg", "auxpass", "aux") and child.lower_ != "to"
        ),
        default=verb.i,
    )
    if marker is None:
        return min(first, verb.i)
    return min(marker.i, first) if keep_to else min(max(first, marker.i + 1), verb.i)


def _of_verb(candidate: Candidate, verb: Token, is_actor: ActorTest) -> Span | None:
    for child in verb.children:
        if child.dep_ == "ccomp" and (child.i > verb.i or child.head.i == verb.i):
            marker = next((c for c in child.children if c.dep_ == "mark" and c.lower_ == "that"), None)
            if child.i > verb.i:
                return _clause(child, left=marker.i + 1 if marker else verb.i + 1)
            return _clause(child)
    person = [child for child in verb.children if child.dep_ in OBJECTS]
    for child in verb.children:
        if child.dep_ in ("xcomp", "advcl", "acl") and child.i > verb.i and _has_to(child):
            between = any(p.i < child.i for p in person) or any(
                c.dep_ == "prep" and verb.i < c.i < child.i for c in verb.children
            )
            return _clause(child, left=_infinitive_start(child, keep_to=between or is_passive(verb)))
    for child in verb.children:
        if child.dep_ == "xcomp" and child.i > verb.i:
            return _clause(child, left=verb.i + 1)
    for noun in person:
        if not is_actor(noun):
            return _phrase(noun)
    if is_passive(verb):
        subjects = surface_subjects(verb)
        if subjects and not is_actor(subjects[0]) and verb.dep_ != "acl":
            return _phrase(subjects[0])
    found = _of_prepositions(candidate.type, verb, is_actor)
    if found:
        return found
    if person:
        for noun in person:
            found = _of_prepositions(candidate.type, noun, is_actor) or _infinitive_of(noun)
            if found:
                return found
        return _phrase(person[-1])
    return None


def _has_to(verb: Token) -> bool:
    return any(child.dep_ in ("aux", "mark") and child.lower_ == "to" for child in verb.children)


def _phrase(noun: Token) -> Span:
    noun = antecedent(noun)
    start, end = subtree(noun, without=frozenset({"advcl"}))
    for child in noun.children:
        if child.dep_ in ("relcl", "acl", "appos") and child.i > noun.i:
            edge = child.left_edge.i
            if edge > noun.i and noun.doc[edge - 1].text == "," and child.dep_ != "appos":
                end = min(end, edge - 1)
    return region_of(noun, start, max(end, noun.i + 1))


def _of_prepositions(kind: str, token: Token, is_actor: ActorTest) -> Span | None:
    """Return the first non-actor object of the prepositions that the type takes, in their order of likelihood."""
    prepositions = [
        child
        for child in token.children
        if child.dep_ in ("prep", "prt", "dative", "agent") and child.i > token.i
    ]
    fallback: Span | None = None
    for word in TAKES[kind]:
        for preposition in prepositions:
            if preposition.lower_ != word:
                continue
            for leaf in preposition.children:
                if leaf.dep_ in ("pcomp", "ccomp", "xcomp"):
                    return region_of(leaf, *subtree(leaf, keep_left=preposition.i + 1))
                if leaf.dep_ == "pobj":
                    inner = next(
                        (c for c in leaf.children if c.dep_ in ("acl", "relcl") and _has_to(c)), None
                    )
                    if inner is not None and is_actor(leaf):
                        return _clause(inner, left=_infinitive_start(inner, keep_to=True))
                    if not is_actor(leaf):
                        return _phrase(leaf)
                    fallback = fallback or _phrase(leaf)
    return fallback if kind in ("SUPPORT", "CONCEDE") else None


def _infinitive_of(noun: Token) -> Span | None:
    for child in noun.children:
        if child.dep_ in ("acl", "relcl", "ccomp", "xcomp") and child.i > noun.i:
            if _has_to(child):
                return _clause(child, left=_infinitive_start(child, keep_to=True))
            if child.dep_ in ("ccomp", "acl", "relcl") and any(
                c.dep_ == "mark" and c.lower_ == "that" for c in child.children
            ):
                marker = next(c for c in child.children if c.dep_ == "mark" and c.lower_ == "that")
                return _clause(child, left=marker.i + 1)
    return None


def _of_noun(candidate: Candidate, noun: Token, is_actor: ActorTest) -> Span | None:
    """Return what completes a noun or adjective: an infinitive, a that-clause, a prepositional phrase."""
    found = _infinitive_of(noun)
    if found:
        return found
    for child in noun.children:
        if child.dep_ in ("xcomp", "ccomp") and child.i > noun.i:
            return _clause(
                child, left=_infinitive_start(child, keep_to=True) if _has_to(child) else noun.i + 1
            )
    return _of_prepositions(candidate.type, noun, is_actor)


def _carried(candidate: Candidate, noun: Token, is_actor: ActorTest) -> Span | None:
    """Return what the verb that carries a noun leads to: "voiced opposition to", "is ready to", "made a promise that"."""
    verb = clause_head(noun)
    if verb.i == noun.i or verb.pos_ not in VERBAL:
        return None
    for child in verb.children:
        if (
            child.dep_ in ("xcomp", "ccomp", "advcl")
            and child.i > noun.i
            and (child.dep_ != "advcl" or _has_to(child))
        ):
            return _clause(child, left=_infinitive_start(child, keep_to=True) if _has_to(child) else None)
    found = _of_prepositions(candidate.type, verb, is_actor)
    if found:
        return found
    return _predicate(candidate, noun)


def _predicate(candidate: Candidate, head: Token) -> Span | None:
    """Return the clause that a trigger stands in, where nothing else completes it."""
    return _clause(clause_head(head))


def _object(head: Token, is_actor: ActorTest, *, actors_too: bool) -> Span | None:
    """Return what a concession gives: the object of the verb, the of-phrase of the noun."""
    if head.pos_ in VERBAL:
        objects = [antecedent(c) for c in head.children if c.dep_ in OBJECTS] or (
            surface_subjects(head) if is_passive(head) else []
        )
        clause = next((c for c in head.children if c.dep_ in ("ccomp", "xcomp") and c.i > head.i), None)
        if clause is not None:
            return _clause(clause, left=min([head.i + 1, *(o.left_edge.i for o in objects if o.i > head.i)]))
        if objects:
            return _phrase(objects[-1])
    for preposition in ("of", "to", "for", "from", "on"):
        found = prepositional(head, preposition)
        if found and (actors_too or not is_actor(found[0])):
            return _phrase(found[0])
    return None


def _judged(candidate: Candidate, head: Token, statements: Sequence[Statement]) -> Span | None:
    """Return the clause that the judging word stands in; the statement's content, where that is hardly longer."""
    verb = head.head if head.pos_ == "AUX" and head.dep_ in ("aux", "auxpass") else clause_head(head)
    while (
        verb.dep_ in ("conj",)
        and not any(c.dep_ in SUBJECTS for c in verb.children)
        and verb.head.pos_ in VERBAL
    ):
        verb = verb.head
    start, end = subtree(verb, without=frozenset({"parataxis"}) | _conditions(verb))
    marker = next((c.i for c in verb.children if c.dep_ == "mark"), None)
    if marker is not None and marker == start:
        start += 1
    clause = region_of(verb, start, end)
    for statement in statements:
        for span in statement.content:
            if (
                span.start <= candidate.trigger.start < span.end
                and span.end - span.start < clause.end - clause.start
            ):
                return span
    return clause
