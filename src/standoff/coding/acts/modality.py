"""How real an act is: actual, planned, conditional, demanded, possible or denied (codebook section 2).

The step climbs from the trigger over its auxiliaries and governors to the head of the sentence, and lets the nearest
operator decide: a negation, a modal, a word of denial, fear, plan or demand. This is the scope reading of factuality of Saurí
and Pustejovsky 2009 ("FactBank"), with the values of the codebook. Acts in words are actual by default: the saying
happened, and only a negation, a plan to speak or a mere possibility of it unmakes that.
"""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, cast

from standoff.coding.acts.candidates import Candidate
from standoff.coding.acts.grammar import VERBAL, clause_head, is_passive, own_subjects
from standoff.records import VERBAL_TYPES, Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

NEGATIVE = frozenset({"no", "not", "n't", "never", "none", "neither", "nor", "nobody", "nothing", "without"})
POSSIBLE_MODALS = frozenset({"may", "might", "could", "can"})
FUTURE_MODALS = frozenset({"will", "'ll", "’ll", "wo", "shall"})
DEMANDING_MODALS = frozenset({"should", "must", "ought"})
FUTURE_TIES = frozenset({"before", "ahead"})
NEGATING = frozenset({"det", "preconj", "cc", "advmod", "mark", "prep"})
SPOKEN_FUTURE = frozenset({"CONSULT", "SUPPORT", "CONCEDE"})
"""Acts in words that a future tense only announces. A future refusal, promise or threat is made by being announced."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A modality and the words that decide it."""

    value: Modality
    why: str = ""


ACTUAL = Reading("actual", "told as a fact")


@functools.cache
def operators() -> dict[tuple[str, str], Modality]:
    """Return the table of words that change how real what they govern is: (lemma, part of speech) → value."""
    table = resources.files("standoff.coding.acts").joinpath("operators.csv").read_text("utf-8")
    return {
        (row["word"], row["pos"]): cast(Modality, row["effect"]) for row in csv.DictReader(table.splitlines())
    }


def modality_of(
    candidate: Candidate, head: Token, *, conditional: bool = False, future: bool = False
) -> Reading:
    """Return how real the act is.

    `conditional` tells that the step before found a condition on the act, `future` that its date is later than the
    report's.
    """
    if candidate.type in VERBAL_TYPES and candidate.type != "CONSULT":
        return _of_words(candidate, head)
    return _of_deed(candidate, head, conditional=conditional, future=future)


def _auxiliaries(verb: Token) -> set[str]:
    """Return the auxiliaries of a verb, those of the verb that it is coordinated with included."""
    own = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if verb.dep_ == "conj" and verb.head.pos_ in VERBAL and not own_subjects(verb) and not own:
        return _auxiliaries(verb.head)
    return own


def negated(token: Token) -> bool:
    """Tell whether a word is negated where it stands: "not", "never", "no talks", "without agreeing"."""
    for child in token.children:
        if child.dep_ == "neg" or (child.lower_ in NEGATIVE and child.dep_ in NEGATING):
            return True
        if child.dep_ in ("nsubj", "nsubjpass") and (
            child.lower_ in ("none", "nobody", "neither", "nothing")
            or any(leaf.lower_ in ("no", "neither", "none") for leaf in child.children)
        ):
            return True
    if token.dep_ in ("pcomp", "pobj") and token.head.lower_ == "without":
        return True
    return bool(
        token.dep_ == "conj" and token.head.pos_ in VERBAL and not own_subjects(token) and negated(token.head)
    )


def _be_to(verb: Token) -> bool:
    """Tell whether a verb stands in "is to meet", "was to hold"."""
    head = verb.head
    if (
        verb.dep_ == "xcomp"
        and head.lemma_ == "be"
        and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    ):
        return True
    return bool(head.lower_ in ("going", "about") and verb.dep_ in ("xcomp", "ccomp"))


def _of_words(candidate: Candidate, head: Token) -> Reading:
    """Read the modality of an act in words."""
    verb = head if head.pos_ in VERBAL else clause_head(head)
    carrier = (
        verb if verb.i != head.i and head.dep_ in ("dobj", "attr", "acomp", "nsubjpass", "nsubj") else None
    )
    if candidate.frame == "judged" or head.pos_ == "AUX":
        return ACTUAL
    trigger = candidate.trigger
    auxiliaries = _auxiliaries(verb) if head.pos_ in VERBAL or carrier is not None else set()
    inside = {child.lower_ for child in verb.children if trigger.start <= child.idx < trigger.end}
    if (
        candidate.type in ("AGREE", "SUPPORT", "REQUEST", "CONCEDE", "ACCUSE", "THREATEN")
        and not inside & NEGATIVE
    ):
        if negated(head) or (carrier is not None and negated(carrier)):
            return Reading("denied", "negated")
        if head.pos_ in VERBAL or head.dep_ in ("dobj", "attr"):
            above = _first_operator(verb, only=frozenset({"deny", "fail", "refute"}))
            if above is not None:
                return Reading("denied", above)
    if candidate.type == "REJECT" and any(c.lower_ in ("neither", "nor") for c in head.children):
        return Reading("denied", "negated")
    if inside & (POSSIBLE_MODALS | FUTURE_MODALS | {"would"}):
        return ACTUAL
    if auxiliaries & {"may", "might"} or (auxiliaries & {"could"} and candidate.type != "THREATEN"):
        return Reading("possible", "a modal of possibility")
    if candidate.type in SPOKEN_FUTURE and auxiliaries & FUTURE_MODALS:
        return Reading("planned", "future")
    if candidate.type in ("SUPPORT", "CONCEDE", "REQUEST") and (
        verb.dep_ in ("xcomp",) and verb.head.lemma_ in ("plan", "intend", "set", "be", "prepare")
    ):
        return Reading("planned", verb.head.lower_)
    for child in head.children:
        if child.dep_ == "amod" and operators().get((child.lower_, "ADJ")) == "possible":
            return Reading("possible", child.lower_)
    if (
        verb.dep_ in ("xcomp", "ccomp")
        and verb.head.lemma_ in ("expect", "fear", "suspect", "likely")
        and candidate.type
        in (
            "AGREE",
            "SUPPORT",
            "CONCEDE",
            "REJECT",
            "REQUEST",
        )
    ):
        return Reading("possible", verb.head.lower_)
    return ACTUAL


def _first_operator(token: Token, only: frozenset[str]) -> str | None:
    for _ in range(4):
        head = token.head
        if head.i == token.i or token.dep_ in ("advcl", "relcl", "conj"):
            return None
        if head.lemma_ in only and token.dep_ in ("ccomp", "xcomp", "dobj", "pcomp"):
            return str(head.lower_)
        token = head
    return None


def _of_deed(candidate: Candidate, head: Token, *, conditional: bool, future: bool) -> Reading:
    """Read the modality of a deed, climbing from the trigger to the head of the sentence."""
    node = head
    for step in range(12):
        reading = _at(node, head, candidate, conditional=conditional)
        if reading is not None:
            return reading
        above = node.head
        if above.i == node.i:
            break
        reading = _link(node, above, step)
        if reading is not None:
            return reading
        if node.dep_ in ("relcl", "parataxis") or (node.dep_ == "advcl" and node.i != head.i):
            break
        if node.dep_ in ("nsubj", "nsubjpass") and head.pos_ not in VERBAL and above.pos_ in VERBAL:
            reading = _at(above, head, candidate, conditional=conditional)
            if reading is not None and above.lemma_ in EVENT_VERBS:
                return reading
            if above.lemma_ not in EVENT_VERBS and not is_passive(above):
                break
        if (
            node.dep_ in ("pobj",)
            and step > 0
            and node.head.lower_ in ("after", "since", "following", "during", "in", "over")
        ):
            break
        node = above
    if future:
        return Reading("planned", "later than the report")
    return ACTUAL


EVENT_VERBS = frozenset(
    "be take begin start resume continue follow occur happen come open last proceed go hold expect schedule set plan likely "
    "delay postpone remain end conclude".split()
)
"""Verbs that say of an event named by their subject when and whether it happens."""


def _at(node: Token, head: Token, candidate: Candidate, *, conditional: bool) -> Reading | None:
    """Return what a word's own auxiliaries, negations and modifiers make of the act, or None."""
    if negated(node) and (node.i == head.i or node.pos_ in VERBAL):
        return Reading("denied", "negated")
    if node.pos_ in VERBAL:
        auxiliaries = _auxiliaries(node)
        if auxiliaries & FUTURE_MODALS or _be_to(node):
            return (
                Reading("conditional", "future with a condition")
                if conditional
                else Reading("planned", "future")
            )
        if "would" in auxiliaries:
            return (
                Reading("conditional", "would with a condition")
                if conditional
                else Reading("planned", "would")
            )
        if auxiliaries & POSSIBLE_MODALS:
            return Reading("possible", "a modal of possibility")
        if auxiliaries & DEMANDING_MODALS:
            return Reading("demanded", "a modal of obligation")
    elif node.i == head.i:
        for child in node.children:
            if child.dep_ in ("amod", "compound", "advmod"):
                effect = operators().get((child.lower_, "ADJ"))
                if effect is not None:
                    return Reading(effect, child.lower_)
    return None


def _link(node: Token, above: Token, step: int) -> Reading | None:
    """Return what the governing word makes of the act, or None."""
    if above.lower_ == "without":
        return Reading("denied", "without")
    effect = operators().get((above.lemma_, above.pos_))
    if effect is None:
        return None
    if node.dep_ in ("nsubj", "nsubjpass", "advcl", "relcl", "npadvmod", "agent", "conj"):
        return (
            None
            if node.dep_ != "nsubjpass" or above.lemma_ not in ("expect", "plan", "schedule", "set")
            else Reading(effect, above.lower_)
        )
    if node.dep_ == "prep" and node.lower_ not in ("of", "for", "about", "on", "to", "from", "with", "over"):
        return None
    if effect == "denied" and negated(above):
        return None
    return Reading(effect, str(above.lower_))
