"""Which action a word means where it stands: what is told of it, and what stands beside it, decide.

A "response" that somebody asks for is an answer, one that somebody threatens a blow; "to return to the talks" is to talk;
a "political solution" is reached by talks; "to admit inspectors" is access, "to admit a state" is membership.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from standoff.conflict.draft.actions import Action, action_of_noun, action_of_verb, actions
from standoff.conflict.draft.rendering import lemma, particle

if TYPE_CHECKING:
    from spacy.tokens import Token

_BLOWS = ("threat", "fear", "deed")
"""Kinds of telling in which a response is no answer in words."""
_WORK = frozenset({"activity", "program", "programme", "effort", "work", "campaign", "process"})
_PEACEFUL = frozenset({"political", "peaceful", "negotiated", "diplomatic"})
_OUTCOMES = frozenset({"solution", "resolution", "settlement", "process", "way", "means"})
"""What is "political" or "peaceful" is reached by talks, and is no document or treaty."""
_MILITARY = frozenset({"option", "action", "intervention", "means", "step"})
_COMES_TO = frozenset(
    {"return", "come", "go", "rejoin", "join", "resume", "restart", "attend", "sit", "get", "open", "take"}
)
"""Verbs of which the table they lead to says what is done."""


@dataclass(frozen=True, slots=True)
class Told:
    """How a content is told: the kind of claim, the terms that name its doer and those that name the other side."""

    kind: str
    doer: frozenset[str]
    other: frozenset[str]
    other_name: str = ""


def child_of(token: Token, *deps: str) -> Token | None:
    """Return the first child of a token that stands in one of some relations to it."""
    return next((child for child in token.children if child.dep_ in deps), None)


def noun_action(noun: Token, told: Told | None) -> Action | None:
    """Return the action that a noun means."""
    word = lemma(noun)
    if (told is None or told.kind not in _BLOWS) and word in actions()["reply"].nouns:
        return actions()["reply"]
    beside = {child.lower_ for child in noun.children if child.dep_ in ("amod", "compound")}
    if word in _OUTCOMES and beside & _PEACEFUL:
        return actions()["talk"]
    if word in _MILITARY and "military" in beside:
        return actions()["attack"]
    return action_of_noun(word)


def work_of(noun: Token, told: Told) -> Token | None:
    """Return what an activity is about: the "enrichment" of "enrichment activities"."""
    if lemma(noun) not in _WORK:
        return None
    made_of = next((child for child in noun.children if child.dep_ in ("compound", "amod")), None)
    return made_of if made_of is not None and noun_action(made_of, told) is not None else None


def verb_action(verb: Token, told: Told) -> Action | None:
    """Return the action that a verb means; allowing somebody to do something is about what is allowed."""
    word = lemma(verb)
    if word in ("allow", "let", "permit"):
        below = child_of(verb, "xcomp", "ccomp")
        inner = action_of_verb(lemma(below), particle(below)) if below is not None else None
        if inner is not None:
            return inner
    if told.kind not in _BLOWS and word in ("answer", "respond", "reply"):
        return actions()["reply"]
    if _leads_to_talks(verb):
        return actions()["talk"]
    if word == "remain" and child_of(verb, "acomp", "attr", "oprd") is not None:
        return None
    action = action_of_verb(word, particle(verb))
    if action is not None and action.name == "admit" and not any(_is_union(token) for token in verb.subtree):
        return actions()["access"] if word == "admit" else None
    return action


def _leads_to_talks(verb: Token) -> bool:
    """Whether a verb is about talks: "return to the six-party talks", "look for a way out by diplomacy"."""
    talks = actions()["talk"].nouns
    if lemma(verb).removeprefix("re-") in _COMES_TO:
        direct = child_of(verb, "dobj")
        if direct is not None and lemma(direct) in talks:
            return True
    for prep in (token for token in verb.subtree if token.dep_ == "prep"):
        inner = child_of(prep, "pobj")
        if inner is None or lemma(inner) not in talks:
            continue
        if prep.lower_ in ("by", "through", "via"):
            return True
        if prep.head == verb and prep.lower_ in ("to", "at") and lemma(verb) in _COMES_TO:
            return True
    return False


def _is_union(token: Token) -> bool:
    """Whether a word names something that can be joined: an alliance, an organisation, a state."""
    return token.pos_ == "PROPN" or token.lower_ in (
        "alliance",
        "bloc",
        "union",
        "member",
        "membership",
        "league",
        "east",
    )
