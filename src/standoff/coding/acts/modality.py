"""How real an act is: actual, planned, conditional, demanded, possible or denied (codebook section 2).

The step reads the operators that have the act in their scope (see scope.py), as factuality is read in Saurí and Pustejovsky
2009 ("FactBank"), with the values of the codebook. Acts in words are actual by default: the saying happened, and only a
negation, a plan to speak or a mere possibility of it unmakes that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from standoff.coding.acts.candidates import Candidate
from standoff.coding.acts.grammar import VERBAL, clause_head, is_passive
from standoff.coding.acts.scope import (
    FUTURE_MODALS,
    NEGATIVE,
    POSSIBLE_MODALS,
    auxiliaries,
    negated,
    operators,
    table,
)
from standoff.records import VERBAL_TYPES, Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

DENIALS = frozenset({"deny", "refute", "disavow", "disclaim", "denial"})
DEAL = frozenset(
    {"agreement", "deal", "accord", "consensus", "settlement", "pact", "treaty", "truce", "breakthrough"}
)
"""Nouns that name an outcome others look forward to, read as deeds are."""
SPOKEN_FUTURE = frozenset({"SUPPORT", "CONCEDE", "REQUEST"})
"""Acts in words that a future tense only announces. A future refusal, promise or threat is made by being announced."""
UNMADE = frozenset({"AGREE", "SUPPORT", "REQUEST", "CONCEDE", "ACCUSE", "THREATEN"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A modality and the words that decide it."""

    value: Modality
    why: str = ""


ACTUAL = Reading("actual", "told as a fact")


def modality_of(
    candidate: Candidate,
    head: Token,
    *,
    conditional: bool = False,
    future: bool = False,
    by_others: bool = False,
) -> Reading:
    """Return how real the act is.

    `conditional` tells that a condition on the act was found, `future` that its date is later than the report's.
    """
    if candidate.type in VERBAL_TYPES and candidate.type != "CONSULT":
        if candidate.type == "AGREE" and head.lemma_.lower() in DEAL and head.pos_ == "NOUN":
            reading = _of_deed(candidate, head, conditional=conditional, future=future)
            return reading if reading.value in ("possible", "denied") else ACTUAL
        return _of_words(candidate, head)
    return _of_deed(candidate, head, conditional=conditional, future=future)


def _of_deed(candidate: Candidate, head: Token, *, conditional: bool, future: bool) -> Reading:
    """Let the innermost operator decide; a denial outside it overrules, and what is feared to be planned is possible."""
    if head.lemma_ in DENIALS | {"fail"}:
        return Reading("denied", head.lower_)
    if head.lemma_ in ("plot", "threat"):
        return Reading("possible", head.lower_)
    found = list(operators(head, candidate.trigger))
    denial = next(
        (one for one in found if one.effect == "denied" and one.why.split()[0] in DENIED_FORMS), None
    )
    if denial is not None:
        return Reading("denied", denial.why)
    if not found:
        announced = head.dep_ == "dobj" and head.head.lemma_ == "announce" and candidate.type in ANNOUNCED
        if announced:
            return Reading("planned", "announced")
        told_as_past = head.tag_ in ("VBD", "VBN")
        return Reading("planned", "later than the report") if future and not told_as_past else ACTUAL
    first = found[0]
    if first.effect == "planned":
        feared = next((one for one in found[1:] if one.effect == "possible" and one.clausal), None)
        if feared is not None:
            return Reading("possible", feared.why)
        if conditional and first.why in ("future", "would"):
            return Reading("conditional", f"{first.why} with a condition")
    return Reading(first.effect, first.why)


ANNOUNCED = frozenset({"RETREAT", "MOBILIZE", "AID"})
DENIED_FORMS = frozenset(
    "deny denies denied denying refute refutes refuted refuting disavow disavows disavowed disclaim disclaims disclaimed "
    "denial denials".split()
)


def _of_words(candidate: Candidate, head: Token) -> Reading:
    """Read the modality of an act in words."""
    if candidate.frame == "judged" or head.pos_ == "AUX":
        return ACTUAL
    verb = head if head.pos_ in VERBAL else clause_head(head)
    carried = verb.i != head.i and head.dep_ in ("dobj", "attr", "acomp", "nsubjpass", "nsubj")
    around = auxiliaries(verb) if carried or verb.i == head.i else set()
    trigger = candidate.trigger
    inside = {child.lower_ for child in verb.children if trigger.start <= child.idx < trigger.end}
    if not inside & NEGATIVE:
        denial = _denial(candidate, head, verb, carried=carried)
        if denial is not None:
            return denial
    if inside & (POSSIBLE_MODALS | FUTURE_MODALS | {"would"}):
        return ACTUAL
    if around & {"may", "might"} or (around & {"could"} and candidate.type != "THREATEN"):
        return Reading("possible", "a modal of possibility")
    if candidate.type in SPOKEN_FUTURE and around & (FUTURE_MODALS | {"would"}):
        return Reading("planned", "future")
    intended = verb.dep_ == "xcomp" and verb.head.lemma_ in ("plan", "intend", "set", "be", "prepare")
    if intended and candidate.type in SPOKEN_FUTURE:
        return Reading("planned", verb.head.lower_)
    likely = _likely(verb) if carried or verb.i == head.i else None
    if likely is not None:
        return Reading("possible", likely)
    for child in head.children:
        if child.dep_ == "amod" and table().get((child.lower_, "ADJ")) == "possible":
            return Reading("possible", child.lower_)
    return ACTUAL


def _likely(verb: Token) -> str | None:
    """Return the word that makes an act in words a mere likelihood, through a chain of infinitives, or None."""
    node = verb
    for _ in range(3):
        above = node.head
        if node.dep_ != "xcomp" or above.i == node.i:
            return None
        if above.lemma_ in ("likely", "unlikely") or (above.lemma_ == "expect" and is_passive(above)):
            return str(above.lower_)
        if auxiliaries(above) & {"may", "might", "could"}:
            return "a modal of possibility"
        node = above
    return None


def _denial(candidate: Candidate, head: Token, verb: Token, *, carried: bool) -> Reading | None:
    """Return the reading of an act in words that is said not to have been made, or None."""
    if candidate.type == "REJECT":
        refusing = head.lemma_ in ("refuse", "reject", "oppose", "shun", "rule")
        return Reading("denied", "negated") if refusing and negated(head, outside=candidate.trigger) else None
    if candidate.type not in UNMADE:
        return None
    words = set(str(head.doc.char_span(*candidate.trigger, alignment_mode="expand")).lower().split())
    if candidate.type == "AGREE" and words & {"failed", "unable", "without", "no"}:
        return Reading("denied", "no agreement")
    if negated(head) or (carried and negated(verb)):
        return Reading("denied", "negated")
    node = verb
    for _ in range(4):
        above = node.head
        if above.i == node.i or node.dep_ in ("advcl", "relcl", "conj"):
            break
        if above.lemma_ in DENIALS | {"fail"} and node.dep_ in ("ccomp", "xcomp", "dobj", "pcomp"):
            return Reading("denied", above.lower_)
        node = above
    return None
