"""The condition on an act: the if-clause or what stands for one, in the sentence that tells the act.

Covers finite clauses with a conditional mark, inversions ("should it strike", "were it to leave"), and fixed phrases that
set one thing against another ("in return for", "in the event of"). A reason, a time or a purpose is no condition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.coding.acts.candidates import Candidate
from standoff.coding.acts.extents import region_of, subtree, words
from standoff.coding.acts.grammar import CLAUSAL, SUBJECTS, VERBAL, ancestors, clause_head
from standoff.coding.acts.sentences import sentence_of
from standoff.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

MARKS = frozenset({"if", "unless", "provided", "providing", "once"})
OPEN_MARKS = frozenset({"until", "till", "whenever"})
"""Marks that tell a time as often as a condition: taken with threats, refusals and promises only."""
PHRASES = (
    ("as", "long", "as"), ("so", "long", "as"), ("on", "condition", "that"), ("on", "the", "condition", "that"),
    ("in", "the", "event", "of"), ("in", "the", "event", "that"), ("in", "case", "of"), ("in", "case"),
    ("in", "return", "for"), ("in", "exchange", "for"),
)  # fmt: skip
STAKED = frozenset({"THREATEN", "AGREE", "REJECT", "CONCEDE", "PROTEST"})
INVERTED = frozenset({"should", "were", "had"})


def condition_of(candidate: Candidate, head: Token) -> Span | None:
    """Return the span of the condition on the act, or None."""
    best: tuple[int, Span] | None = None
    sentence = sentence_of(head)
    for token in sentence:
        found = _condition_at(token, candidate)
        if found is None or found.start <= candidate.trigger.start < found.end:
            continue
        distance = _distance(found, candidate.trigger)
        if (best is None or distance < best[0]) and _in_scope(token, head, candidate):
            best = (distance, found)
    return best[1] if best else None


def _distance(span: Span, trigger: Span) -> int:
    return span.start - trigger.end if span.start >= trigger.end else trigger.start - span.end


def _condition_at(token: Token, candidate: Candidate) -> Span | None:
    """Return the conditional clause or phrase that begins with this token, or None."""
    word = token.lower_
    staked = candidate.type in STAKED
    if word in MARKS or (word in OPEN_MARKS and staked):
        if word in ("provided", "providing"):
            return _marked(token) if token.dep_ != "ROOT" and not _gives(token) else None
        if token.dep_ in ("mark", "advmod", "prep"):
            return _marked(token)
        return None
    if word in INVERTED and token.dep_ in ("aux", "auxpass") and _inverted(token):
        return region_of(token, *subtree(token.head, keep_left=token.i))
    for phrase in PHRASES:
        if word == phrase[0] and words(token, len(phrase)) == phrase:
            return _after_phrase(token, len(phrase))
    return None


def _gives(token: Token) -> bool:
    """Tell whether "provided" is the verb: "help provided by partners", not "provided that partners help"."""
    after = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    return after in ("by", "to", "with", "for")


def _marked(mark: Token) -> Span | None:
    clause = mark.head if mark.dep_ in ("mark", "advmod") else mark
    start, end = subtree(clause, keep_left=mark.i)
    before = mark.doc[mark.i - 1] if mark.i else None
    if (
        before is not None
        and before.lower_ in ("only", "even")
        and sentence_of(before).start == sentence_of(mark).start
    ):
        start = min(start, before.i)
    return region_of(mark, max(start, before.i if before is not None and start == before.i else mark.i), end)


def _inverted(auxiliary: Token) -> bool:
    """Tell whether an auxiliary stands before its subject in a clause that is no question."""
    verb = auxiliary.head
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if subject is None or subject.i < auxiliary.i:
        return False
    return bool(sentence_of(auxiliary)[-1].text != "?")


def _after_phrase(token: Token, length: int) -> Span:
    """Return the phrase with the clause or noun phrase that completes it."""
    end = token.i + length
    for k in range(token.i, min(token.i + length + 1, sentence_of(token).end)):
        node = token.doc[k]
        if node.dep_ in ("pobj", "pcomp", "advcl", "prep", "ROOT", "conj") or node.pos_ in VERBAL:
            for above in (node, *ancestors(node, 2)):
                if token.i <= above.i and above.dep_ in ("pobj", "pcomp", "prep", "advcl"):
                    end = max(end, subtree(above, keep_left=token.i)[1])
    following = token.doc[end] if end < sentence_of(token).end else None
    if end == token.i + length and following is not None:
        end = subtree(clause_head(following), keep_left=token.i)[1]
    return region_of(token, token.i, min(end, sentence_of(token).end))


def _in_scope(token: Token, head: Token, candidate: Candidate) -> bool:
    """Tell whether the conditional clause at a token hangs on the trigger's clause, on its content or on its governors."""
    clause = token.head if token.dep_ in ("mark", "advmod", "aux", "auxpass") else token
    governor = clause.head
    verb = clause_head(governor) if governor.i != clause.i else clause
    own = clause_head(head)
    if verb.i in (own.i, head.i):
        return True
    upward = {above.i for above in ancestors(own, 12)}
    if own.i in {above.i for above in ancestors(verb, 12)}:
        return candidate.type in STAKED or not any(
            a.dep_ == "relcl" for a in (verb, *ancestors(verb, 6)) if a.i > own.i
        )
    if verb.i in upward:
        return candidate.type in STAKED or own.dep_ in CLAUSAL - {"relcl", "acl", "advcl"}
    return False
