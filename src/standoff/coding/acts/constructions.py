"""The constructions that the trigger table asks for, each a test on the trigger's place in the parse.

A need is written in the table's `needs` column: words in a row must all hold, alternatives are set apart by `|`.
`o:weapon` asks for an object of the word class weapon, `s:` for a subject, `m:` for a modifier; `-` asks for the absence
of what follows; `official` and the like ask whether crisis actors stand in the argument places. Decisions rest on
construction, so that "will not accept" is a refusal and "a police station" arrests nobody.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable
from importlib import resources
from typing import TYPE_CHECKING

from standoff.coding.acts.grammar import (
    OBJECTS,
    VERBAL,
    agents,
    conjuncts,
    is_passive,
    modifiers,
    prepositional,
    surface_subjects,
    understood_objects,
    understood_subjects,
)
from standoff.coding.acts.scope import FUTURE_MODALS, negated

if TYPE_CHECKING:
    from spacy.tokens import Token

    from standoff.coding.acts.parties import Parties

Test = Callable[["Token", "Parties"], bool]


@functools.cache
def classes() -> dict[str, frozenset[str]]:
    """Return the word classes: name → lemmas."""
    text = resources.files("standoff.coding.acts").joinpath("classes.toml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}


def holds(needs: str, token: Token, parties: Parties) -> bool:
    """Tell whether all needs of a table row hold for a trigger's head."""
    return all(any(_holds(one, token, parties) for one in need.split("|")) for need in needs.split())


def known(needs: str) -> bool:
    """Tell whether every need of a table row has a test."""
    names = [one for need in needs.split() for one in need.split("|")]
    return all(
        one in TESTS or one in PREPOSITIONS or (one[:2] in ("o:", "s:", "m:") and one[2:] in classes())
        for one in (name.removeprefix("-") for name in names)
    )


def _holds(need: str, token: Token, parties: Parties) -> bool:
    if need.startswith("-"):
        return not _holds(need[1:], token, parties)
    if need in TESTS:
        return TESTS[need](token, parties)
    if need in PREPOSITIONS:
        return any(
            child.lower_ == need and child.dep_ in ("prep", "agent", "dative", "prt")
            for child in token.children
        )
    kind, _, name = need.partition(":")
    members = classes()[name]
    if kind == "o":
        return any(_is_one(noun, members) for noun in _objects(token))
    if kind == "s":
        return any(_is_one(noun, members) for noun in surface_subjects(token))
    return any(child.lemma_.lower() in members for child in token.children if child.i < token.i)


def _objects(token: Token) -> list[Token]:
    found = [part for noun in understood_objects(token) for part in conjuncts(noun)]
    return found


def _is_one(noun: Token, members: frozenset[str]) -> bool:
    """Tell whether a noun, its modifiers or what it is a number or kind of belongs to a word class."""
    if noun.lemma_.lower() in members or noun.lower_ in members:
        return True
    if any(
        child.lemma_.lower() in members
        for child in noun.children
        if child.dep_ in ("compound", "amod", "nmod")
    ):
        return True
    return any(leaf.lemma_.lower() in members for leaf in prepositional(noun, "of"))


def _has_infinitive(token: Token, parties: Parties) -> bool:
    return any(
        leaf.lower_ == "to" and leaf.dep_ in ("aux", "mark")
        for child in token.children
        if child.dep_ in ("xcomp", "advcl", "acl", "ccomp", "relcl") and child.i > token.i
        for leaf in child.children
    )


def _has_complement(token: Token, parties: Parties) -> bool:
    if any(child.dep_ in ("ccomp", "xcomp", "acl") and child.i > token.i for child in token.children):
        return True
    return any(
        child.dep_ == "prep"
        and child.i > token.i
        and child.lower_ in ("for", "to", "on", "of", "with", "that")
        for child in token.children
    )


def _another_acts(token: Token, parties: Parties) -> bool:
    """Tell whether the complement has a subject of its own: "wants NATO to leave", not "wants to leave"."""
    for child in token.children:
        if child.dep_ in ("ccomp", "xcomp") and child.i > token.i:
            if any(leaf.dep_ in ("nsubj", "nsubjpass") for leaf in child.children):
                return True
            if any(noun.dep_ in OBJECTS and noun.i < child.i for noun in token.children):
                return True
    return False


def _person(token: Token, parties: Parties) -> bool:
    return any(parties.is_actor(noun) for noun in _objects(token))


def _object(token: Token, parties: Parties) -> bool:
    return bool(_objects(token))


def _official(token: Token, parties: Parties) -> bool:
    return any(parties.is_official(noun) for noun in understood_subjects(token))


def _light(noun: Token, parties: Parties) -> bool:
    """Tell whether a light verb carries the noun: "imposed sanctions", "talks were held", "the sanctions imposed by"."""
    verbs = classes()["light"]
    first = noun
    while first.dep_ == "conj" and first.head.i != first.i and first.head.pos_ not in VERBAL:
        first = first.head
    if first.dep_ in ("dobj", "nsubjpass", "attr", "oprd") and first.head.lemma_ in verbs:
        return True
    if (
        first.dep_ == "pobj"
        and first.head.head.lemma_ in verbs
        and first.head.lower_ in ("into", "under", "in", "on", "to", "with")
    ):
        return True
    return any(child.dep_ in ("acl", "relcl") and child.lemma_ in verbs for child in noun.children)


def _owned(noun: Token, parties: Parties) -> bool:
    if any(parties.is_actor(child) for child in modifiers(noun)):
        return True
    return any(parties.is_actor(leaf) for leaf in prepositional(noun, "by", "from"))


def _parties(token: Token, parties: Parties) -> bool:
    """Tell whether two parties stand around a reciprocal word."""
    between = prepositional(token, "between", "among")
    if between and any(parties.is_actor(leaf) for leaf in between):
        return True
    found: set[str] = set()
    subjects = understood_subjects(token) if token.pos_ in VERBAL else modifiers(token)
    for noun in [*subjects, *prepositional(token, "with", "of", "against")]:
        found |= set(parties.of(noun))
    return len(found) > 1


def _refusal(token: Token, parties: Parties) -> bool:
    """Tell whether "will not" or "would not" refuses: an official actor says so of its own conduct."""
    verb = token.head
    if token.dep_ != "aux" or not any(child.dep_ == "neg" for child in verb.children):
        return False
    if verb.lemma_ in ("be", "have") or is_passive(verb):
        return False
    speaker = parties.speaker(token)
    subjects = {code for noun in understood_subjects(verb) for code in parties.of(noun)}
    return bool(subjects and speaker and subjects & set(speaker))


def _will(token: Token, parties: Parties) -> bool:
    auxiliaries = {child.lower_ for child in token.children if child.dep_ == "aux"}
    return bool(auxiliaries & (FUTURE_MODALS | {"would"}))


def _harm(token: Token, parties: Parties) -> bool:
    """Tell whether what follows names harm to come."""
    members = classes()["harm"]
    for child in token.children:
        if child.dep_ in ("ccomp", "acl", "prep", "advcl", "relcl") and child.i > token.i:
            for leaf in child.subtree:
                if leaf.lemma_.lower() in members:
                    return True
    return False


def _against_doing(token: Token, parties: Parties) -> bool:
    return any(
        child.dep_ == "xcomp" and any(leaf.dep_ == "neg" for leaf in child.children)
        for child in token.children
    )


def _must_do(token: Token, parties: Parties) -> bool:
    """Tell whether "has to" or "needs to" obliges: an infinitive follows at once."""
    return any(
        child.dep_ == "xcomp"
        and any(leaf.lower_ == "to" and leaf.i == token.i + 1 for leaf in child.children)
        for child in token.children
    )


def _obliges(token: Token, parties: Parties) -> bool:
    """Tell whether "should" or "must" is said of another's conduct: no inversion, no conduct of the speaker's own."""
    verb = token.head
    subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is not None and (subject.i > token.i or subject.lower_ in ("we", "i")):
        return False
    speaker = parties.speaker(token)
    return bool(speaker) and not (subject is not None and set(parties.of(subject)) & set(speaker))


def _plural_parties(token: Token, parties: Parties) -> bool:
    """Tell whether a verb of meeting has no object that is a thing ("met the deadline") and has more than one party."""
    objects = _objects(token)
    if objects:
        return any(parties.is_actor(noun) for noun in objects)
    if prepositional(token, "with"):
        return any(parties.is_actor(noun) for noun in prepositional(token, "with"))
    return any(
        noun.tag_ in ("NNS", "NNPS", "PRP") or len(conjuncts(noun)) > 1 for noun in surface_subjects(token)
    )


TESTS: dict[str, Test] = {
    "mustdo": _must_do,
    "obliges": _obliges,
    "meeting": _plural_parties,
    "inf": _has_infinitive,
    "comp": _has_complement,
    "other": _another_acts,
    "otherstate": lambda token, parties: _person(token, parties) and _has_infinitive(token, parties),
    "person": _person,
    "object": _object,
    "object-person": lambda token, parties: _object(token, parties) and not _person(token, parties),
    "official": _official,
    "light": _light,
    "owned": _owned,
    "parties": _parties,
    "neg": lambda token, parties: negated(token),
    "will": _will,
    "refusal": _refusal,
    "harm": _harm,
    "notto": _against_doing,
    "agent": lambda token, parties: bool(agents(token)),
    "target": lambda token, parties: True,
    "active": lambda token, parties: not is_passive(token),
}
PREPOSITIONS = frozenset(
    "about after against at behind between by for from in into of off on over to toward towards upon with".split()
)
