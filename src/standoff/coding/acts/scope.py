"""The operators over a deed: from its trigger up to the head of its sentence, the innermost first.

An operator is a negation, a modal auxiliary, a future, or a word of the table operators.csv that governs the deed through a
link that carries scope (an infinitive, a that-clause, an object, "of", "for"). Climbing stops where the clause is only
attached (a relative clause, an adverbial clause) or where a preposition of time says that the deed is past.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Literal, cast

from standoff.coding.acts.grammar import VERBAL, is_passive, own_subjects
from standoff.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Effect = Literal["actual", "planned", "conditional", "demanded", "possible", "denied"]

NEGATIVE = frozenset(
    {"no", "not", "n't", "n’t", "never", "none", "neither", "nor", "nobody", "nothing", "without"}
)
NEGATING = frozenset({"neg", "det", "preconj", "advmod"})
POSSIBLE_MODALS = frozenset({"may", "might", "could", "can"})
FUTURE_MODALS = frozenset({"will", "'ll", "’ll", "wo", "shall"})
DEMANDING_MODALS = frozenset({"should", "must", "ought"})
ATTACHED = frozenset({"relcl", "parataxis"})
UNSCOPED = frozenset({"nsubj", "nsubjpass", "advcl", "relcl", "npadvmod", "agent", "conj"})
SCOPED_PREPOSITIONS = frozenset(
    {"of", "for", "about", "on", "to", "from", "with", "over", "against", "in", "into"}
)
PAST_PREPOSITIONS = frozenset({"after", "since", "following", "during", "over", "despite"})
EVENT_VERBS = frozenset(
    "be take begin start resume continue follow occur happen come open last proceed go hold expect schedule set plan likely "
    "delay postpone remain end conclude restart pave focus".split()
)
"""Verbs that say of an event named by their subject when and whether it happens."""
CLAIMS = frozenset(
    {"report", "claim", "allegation", "accusation", "charge", "suggestion", "rumor", "rumour", "evidence"}
)
"""Nouns of saying whose denial denies what they say."""
SETTLED = frozenset(
    {"role", "involvement", "responsibility", "response", "reaction", "part", "retaliation", "answer"}
)
"""Nouns that take a deed for done: "their role in the attack"."""
CARRIERS = frozenset(
    "have make take hold reach receive include do be conduct yield carry launch see impose lift give get allow permit enter "
    "sign strike find come bring result issue stage lead agree plan intend want seek need threaten use able manage".split()
)
PLANNED_SUBJECT = frozenset({"expect", "plan", "schedule", "set", "slate", "cancel", "announce", "order"})


@dataclass(frozen=True, slots=True)
class Operator:
    """A word that changes how real a deed is. `clausal` tells that it governs a clause that holds the deed."""

    effect: Effect
    why: str
    clausal: bool = False


@functools.cache
def table() -> dict[tuple[str, str], Effect]:
    """Return the table of operators: (lemma, part of speech) → effect."""
    text = resources.files("standoff.coding.acts").joinpath("operators.csv").read_text("utf-8")
    return {
        (row["word"], row["pos"]): cast(Effect, row["effect"]) for row in csv.DictReader(text.splitlines())
    }


def auxiliaries(verb: Token) -> set[str]:
    """Return the auxiliaries of a verb, those of the verb that it is coordinated with included."""
    own = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if verb.dep_ == "conj" and verb.head.pos_ in VERBAL and not own_subjects(verb) and not own:
        return auxiliaries(verb.head)
    return own


def negated(token: Token, *, outside: Span | None = None) -> bool:
    """Tell whether a word is negated where it stands: "not", "never", "no talks", "without agreeing".

    Negations inside `outside` do not count: they belong to the trigger itself ("will not", "nobody").
    """
    for child in token.children:
        if outside is not None and outside.start <= child.idx < outside.end:
            continue
        if child.dep_ == "neg" or (child.lower_ in NEGATIVE and child.dep_ in NEGATING):
            return True
        if child.dep_ in ("nsubj", "nsubjpass") and (
            child.lower_ in NEGATIVE
            or any(leaf.lower_ in NEGATIVE and leaf.dep_ == "det" for leaf in child.children)
        ):
            return True
    if token.dep_ in ("pcomp", "pobj") and token.head.lower_ == "without":
        return True
    inherits = token.dep_ == "conj" and token.head.pos_ in VERBAL and not own_subjects(token)
    finite = token.tag_ in ("VBZ", "VBP", "VBD")
    if not inherits or finite or any(child.dep_ in ("aux", "auxpass") for child in token.children):
        return False
    return negated(token.head, outside=outside)


def is_to(verb: Token) -> bool:
    """Tell whether a verb stands in "is to meet", "was to hold", "is going to meet"."""
    head = verb.head
    if verb.dep_ == "xcomp" and head.lemma_ == "be":
        return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
    return bool(head.lower_ in ("going", "about") and verb.dep_ in ("xcomp", "ccomp"))


def operators(head: Token, trigger: Span) -> Iterator[Operator]:
    """Yield the operators over a deed, the innermost first."""
    node = head
    for step in range(12):
        yield from _own(node, head, trigger)
        above = node.head
        if above.i == node.i:
            return
        found = _governing(node, above, step)
        if found is not None:
            yield found
        if node.dep_ == "advcl" and any(
            c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in node.children
        ):
            yield Operator("possible", "in an if-clause")
        attached = node.dep_ in ATTACHED or (node.dep_ == "advcl" and node.i != head.i)
        if attached and above.lemma_.lower() not in CLAIMS:
            return
        if (node.dep_ == "acl" and node.tag_ == "VBN") or (node.dep_ == "prep" and node.i < above.i):
            return
        if node.dep_ in ("nsubj", "nsubjpass"):
            if head.pos_ in VERBAL or above.pos_ not in VERBAL:
                return
            if above.lemma_ not in EVENT_VERBS and not is_passive(above):
                return
        if node.dep_ == "pobj" and above.lower_ in PAST_PREPOSITIONS:
            return
        if above.lemma_.lower() in SETTLED and node.i != head.i:
            return
        node = above


def _own(node: Token, head: Token, trigger: Span) -> Iterator[Operator]:
    """Yield what a word's own negation, auxiliaries and modifiers make of the deed."""
    if node.pos_ in VERBAL:
        if negated(node, outside=trigger) and (node.i == head.i or _carries(node, head)):
            yield Operator("denied", "negated")
        modals = auxiliaries(node) if node.i == head.i or _scoped_to(head, node) else set()
        if modals & FUTURE_MODALS or is_to(node):
            yield Operator("planned", "future")
        elif "would" in modals:
            yield Operator("planned", "would")
        elif modals & POSSIBLE_MODALS:
            yield Operator("possible", "a modal of possibility")
        elif modals & DEMANDING_MODALS:
            yield Operator("demanded", "a modal of obligation")
    elif node.i == head.i or (node.pos_ == "NOUN" and _scoped_to(head, node)):
        if negated(node, outside=trigger) and (node.i == head.i or node.lemma_.lower() in CLAIMS):
            yield Operator("denied", "negated")
        for child in node.children:
            if child.dep_ in ("amod", "compound", "advmod"):
                effect = table().get((child.lower_, "ADJ"))
                if effect is not None:
                    yield Operator(effect, child.lower_)


def _carries(above: Token, head: Token) -> bool:
    """Tell whether a verb is little more than the carrier of the deed, so that its negation unmakes the deed."""
    return bool(above.lemma_ in CARRIERS and _scoped_to(head, above))


def _scoped_to(head: Token, above: Token) -> bool:
    """Tell whether an operator on a governor reaches the deed: not through a that-clause ("did not say that he fired")."""
    node = head
    for _ in range(12):
        if node.i == above.i:
            return True
        if not _lets_through(node):
            return False
        node = node.head
    return False


def _lets_through(node: Token) -> bool:
    """Tell whether the link from a word to its governor carries the governor's polarity and modals."""
    match node.dep_:
        case "ccomp" | "advcl" | "relcl":
            return False
        case "nsubj" | "nsubjpass":
            return node.head.lemma_ in EVENT_VERBS or is_passive(node.head)
        case "conj":
            return not any(child.dep_ in ("aux", "auxpass") for child in node.children)
        case "prep":
            return node.lower_ in SCOPED_PREPOSITIONS
        case _:
            return True


def _governing(node: Token, above: Token, step: int) -> Operator | None:
    """Return the operator that the governing word is, or None."""
    if above.lower_ == "without":
        return Operator("denied", "without") if step < 2 else None
    if above.lemma_ == "be" and node.dep_ in ("xcomp", "ccomp", "csubj"):
        for child in above.children:
            if child.dep_ == "acomp" and table().get((child.lower_, "ADJ")) == "possible":
                return Operator("possible", child.lower_, True)
    if above.lemma_.lower() in CLAIMS and above.dep_ in ("dobj", "nsubjpass", "pobj"):
        governors = {above.head.lemma_, above.head.head.lemma_}
        if governors & {"deny", "reject", "dismiss", "refute"}:
            return Operator("denied", f"denied {above.lower_}")
    effect = table().get((above.lemma_, above.pos_))
    if effect is None:
        return None
    if node.dep_ in UNSCOPED and not (node.dep_ == "nsubjpass" and above.lemma_ in PLANNED_SUBJECT):
        return None
    if node.dep_ == "prep" and node.lower_ not in SCOPED_PREPOSITIONS:
        return None
    clausal = node.dep_ in ("ccomp", "xcomp", "acl", "pcomp")
    if above.lemma_ in ("stop", "prevent", "avoid", "avert", "warn") and not clausal and step > 0:
        return None
    if effect == "denied" and above.lemma_ in ("fail", "failure", "lack", "absence") and step > 0:
        return None if node.lemma_ not in CARRIERS else Operator(effect, str(above.lower_), clausal)
    if (
        above.lemma_ in ("expect", "prepare", "hope", "hop")
        and node.dep_ == "xcomp"
        and not is_passive(above)
    ):
        return Operator("planned", str(above.lower_), clausal)
    if above.lemma_ == "deny" and is_passive(above) and node.dep_ != "xcomp":
        return None
    if above.lemma_ in ("believe", "think"):
        return Operator("denied", f"not {above.lower_}", clausal) if negated(above) else None
    if effect == "planned" and above.pos_ == "NOUN" and above.dep_ == "dobj" and negated(above.head):
        return Operator("denied", f"no {above.lower_}", clausal)
    if negated(above):
        if effect == "denied":
            return None
        if effect in ("planned", "possible") and above.lemma_ in (
            "plan",
            "intend",
            "intention",
            "seek",
            "try",
            "possibility",
        ):
            return Operator("denied", f"not {above.lower_}", clausal)
    return Operator(effect, str(above.lower_), clausal)


REALISED = frozenset(
    "begin start continue manage proceed go come use resume help have say report know".split()
)
"""Verbs whose infinitive has happened or is happening."""


def hypothetical(head: Token) -> bool:
    """Tell whether a verb is only imagined: an infinitive of purpose or possibility, or a verb in an if-clause.

    Speakers' infinitives ("marched to demand") are for the caller to except.
    """
    verb = head
    while (
        verb.dep_ == "conj" and verb.head.pos_ in VERBAL and verb.head.i != verb.i and not own_subjects(verb)
    ):
        verb = verb.head
    if verb.pos_ not in VERBAL:
        return False
    marks = {child.lower_ for child in verb.children if child.dep_ in ("aux", "mark")}
    if marks & {"if", "unless", "whether"}:
        return True
    if "to" in marks and verb.dep_ in ("advcl", "xcomp", "acl", "relcl", "ccomp", "pcomp", "nsubj", "csubj"):
        return verb.head.lemma_ not in REALISED
    return False
