"""Argument structure over the dependency parse: who is the understood subject, what is the object.

Works on ClearNLP-style labels as spaCy's English pipelines give them. Pure functions over tokens; no actor knowledge.
Terms follow Quirk et al. 1985, "A Comprehensive Grammar of the English Language": an *understood* subject is the one that
an infinitive, a participle or a coordinated verb inherits from its surroundings (control and conjunction reduction).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "dative", "obj", "iobj"})
CLAUSAL = frozenset(
    {"ROOT", "ccomp", "xcomp", "advcl", "acl", "relcl", "pcomp", "parataxis", "csubj", "csubjpass"}
)
RELATIVE = frozenset({"who", "which", "that", "whom"})
VERBAL = frozenset({"VERB", "AUX"})
SUBJECT_CONTROL = frozenset({"promise", "pledge", "vow", "threaten", "agree", "offer", "refuse", "commit"})
LIMIT = 8
"""How many links a chain of inherited subjects may have; longer ones are parse errors."""


def conjuncts(token: Token) -> list[Token]:
    """Return a token and what is coordinated with it, in text order."""
    found = [token]
    frontier = token
    for _ in range(40):
        following = next((child for child in frontier.children if child.dep_ == "conj"), None)
        if following is None:
            break
        found.append(following)
        frontier = following
    return found


def first_conjunct(token: Token) -> Token:
    """Return the first member of the coordination that a token belongs to."""
    for _ in range(40):
        if token.dep_ != "conj" or token.head.i == token.i:
            return token
        token = token.head
    return token


def clause_head(token: Token) -> Token:
    """Return the verb (or other predicate) of the smallest clause that holds a token."""
    for _ in range(60):
        if token.pos_ in VERBAL and token.dep_ not in ("aux", "auxpass"):
            return token
        if token.dep_ in CLAUSAL or token.head.i == token.i:
            return token
        token = token.head
    return token


def ancestors(token: Token, limit: int = 40) -> Iterator[Token]:
    """Yield the heads above a token, nearest first."""
    for _ in range(limit):
        if token.head.i == token.i:
            return
        token = token.head
        yield token


def is_passive(verb: Token) -> bool:
    """Tell whether a verb form is passive: auxiliary, passive subject, or a past participle after a noun."""
    labels = {child.dep_ for child in verb.children}
    if labels & {"auxpass", "nsubjpass", "agent"}:
        return True
    if verb.dep_ == "acl":
        return bool(verb.tag_ == "VBN")
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not labels & {"nsubj", "aux", "dobj"}:
        return verb.head.i != verb.i and verb.head.pos_ in VERBAL and is_passive(verb.head)
    return bool(
        verb.dep_ in ("advcl", "amod") and verb.tag_ == "VBN" and not labels & {"aux", "nsubj", "dobj"}
    )


def antecedent(token: Token) -> Token:
    """Return what a relative pronoun stands for, or the token itself."""
    if token.lower_ not in RELATIVE:
        return token
    clause = token
    for _ in range(LIMIT):
        if clause.dep_ in ("relcl", "acl"):
            return clause.head
        if clause.head.i == clause.i:
            return token
        clause = clause.head
    return token


def own_subjects(verb: Token) -> list[Token]:
    """Return the subjects that stand in the verb's own clause, relative pronouns resolved."""
    return [
        antecedent(child) for child in verb.children if child.dep_ in SUBJECTS and child.pos_ not in VERBAL
    ]


def agents(verb: Token) -> list[Token]:
    """Return the by-phrase of a passive verb."""
    found = []
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            found += [grandchild for grandchild in child.children if grandchild.dep_ == "pobj"]
    return found


def controller(verb: Token) -> list[Token]:
    """Return what an infinitive's or participle's governing verb gives it as its subject."""
    head = verb.head
    if head.lemma_ not in SUBJECT_CONTROL:
        inner = [child for child in head.children if child.dep_ in OBJECTS and child.i < verb.i]
        if inner:
            return [antecedent(inner[0])]
        for child in head.children:
            if (
                child.dep_ == "prep"
                and child.lower_ in ("on", "upon", "to", "for", "with")
                and child.i < verb.i
            ):
                objects = [grandchild for grandchild in child.children if grandchild.dep_ == "pobj"]
                if objects and head.lemma_ in ("call", "appeal", "plead", "urge", "shout", "prevail"):
                    return objects
        if is_passive(head):
            return surface_subjects(head)
    return understood_subjects(head)


def noun_subjects(noun: Token) -> list[Token]:
    """Return who acts in a noun that names an act: its possessor, or the subject of the verb that governs it."""
    for child in noun.children:
        if child.dep_ == "poss":
            return [child]
    return governing_subjects(noun)


def governing_subjects(noun: Token) -> list[Token]:
    """Return the understood subjects of the clause that a noun stands in as object or adjunct."""
    token = first_conjunct(noun)
    for _ in range(LIMIT):
        head = token.head
        if head.i == token.i:
            return []
        if head.pos_ in VERBAL and head.dep_ not in ("aux", "auxpass"):
            return [] if token.dep_ in SUBJECTS else understood_subjects(head)
        token = head
    return []


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Return the grammatical subjects, inherited ones included, whatever the voice."""
    if depth > LIMIT:
        return []
    own = own_subjects(verb)
    if own or verb.head.i == verb.i:
        return own
    head = verb.head
    match verb.dep_:
        case "conj":
            return surface_subjects(head, depth + 1) if head.pos_ in VERBAL or head.dep_ in CLAUSAL else []
        case "xcomp" | "ccomp":
            return controller(verb) if head.pos_ in VERBAL else surface_subjects(head, depth + 1)
        case "advcl" | "parataxis" | "aux" | "auxpass":
            return surface_subjects(head, depth + 1)
        case "relcl":
            return [] if any(child.lower_ in RELATIVE for child in verb.children) else [head]
        case "acl":
            return [head] if verb.tag_ in ("VBN", "VBG", "VBD") else noun_subjects(head)
        case "pcomp":
            return _gerund_subjects(verb, depth)
        case "dobj" | "attr" | "oprd" | "acomp" | "prep":
            return understood_subjects(head, depth + 1) if head.pos_ in VERBAL else []
        case _:
            return []


def _gerund_subjects(verb: Token, depth: int) -> list[Token]:
    """Return who does a gerund after a preposition: "accused X of plotting", "criticised X for holding"."""
    preposition = verb.head
    governor = preposition.head
    if governor.pos_ in VERBAL:
        if preposition.lower_ in ("of", "for", "from", "into", "with"):
            objects = understood_objects(governor, depth + 1)
            if objects:
                return objects[:1]
        return understood_subjects(governor, depth + 1)
    return noun_subjects(governor)


def understood_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Return who does the verb: the by-phrase of a passive, else the own or inherited subject.

    A passive without a by-phrase has no understood subject.
    """
    if depth > LIMIT:
        return []
    if is_passive(verb):
        return agents(verb)
    if verb.pos_ not in VERBAL and verb.dep_ not in CLAUSAL:
        return governing_subjects(verb)
    return surface_subjects(verb, depth)


def understood_objects(verb: Token, depth: int = 0) -> list[Token]:
    """Return to whom or what the verb is done: direct and indirect objects, or the subject of a passive."""
    if depth > LIMIT:
        return []
    if is_passive(verb):
        return surface_subjects(verb, depth + 1)
    found = [antecedent(child) for child in verb.children if child.dep_ in OBJECTS]
    if not found and verb.dep_ == "relcl" and own_subjects(verb):
        return [verb.head]
    if not found and verb.dep_ == "conj":
        return []
    return found


def prepositional(token: Token, *prepositions: str) -> list[Token]:
    """Return the objects of a word's own prepositional phrases with one of these prepositions, in text order."""
    found = []
    for child in token.children:
        if child.dep_ in ("prep", "dative", "agent") and child.lower_ in prepositions:
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    found.append(antecedent(grandchild))
                elif grandchild.dep_ == "prep":  # "from around", "out of"
                    found += [leaf for leaf in grandchild.children if leaf.dep_ == "pobj"]
    return found


def modifiers(noun: Token) -> list[Token]:
    """Return the words before a noun that may name an actor: "Russian troops", "Russia's seizure", "US sanctions"."""
    return [
        child
        for child in noun.children
        if child.dep_ in ("poss", "amod", "compound", "nmod") and child.i < noun.i
    ]
