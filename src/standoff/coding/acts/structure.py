"""Source and target of an act by argument structure alone: what the parse says.

Each frame (see `candidates.Frame`) has its own reading of the parse. Where an argument is a thing and not an actor
("rejected the US offer", "condemned the attack by Hamas"), the actor behind the thing is looked for: its possessor, the
by-phrase, a name in front of it, then an of-phrase.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from standoff.coding.acts.candidates import Candidate, Frame
from standoff.coding.acts.grammar import (
    OBJECTS,
    SUBJECTS,
    VERBAL,
    agents,
    antecedent,
    clause_head,
    first_conjunct,
    governing_subjects,
    is_passive,
    modifiers,
    prepositional,
    surface_subjects,
    understood_objects,
    understood_subjects,
)
from standoff.coding.acts.parties import Codes, Parties
from standoff.records import RECIPROCAL_TYPES

if TYPE_CHECKING:
    from spacy.tokens import Token

TOWARD: dict[str, tuple[str, ...]] = {
    "REQUEST": ("on", "upon", "to", "from", "of", "with", "against"),
    "ACCUSE": ("against", "at", "on", "with", "of", "for", "over", "about", "to"),
    "CONSULT": ("with", "to", "between", "in", "for"),
    "AGREE": ("with", "to", "between", "by"),
    "SUPPORT": ("to", "for", "with", "by", "behind", "of"),
    "ASSAULT": ("on", "against", "at", "with", "in", "of", "into"),
    "SANCTION": ("on", "against", "with", "from", "to", "for", "off"),
    "MOBILIZE": ("against", "to", "into", "at", "near", "in"),
    "COERCE": ("from", "of", "on", "against"),
    "CONCEDE": ("to", "of", "on", "with", "for", "from"),
    "AID": ("to", "for"),
    "COOPERATE": ("with", "to", "between"),
    "RETREAT": ("from", "to", "of"),
    "THREATEN": ("on", "against", "with", "to", "for", "at"),
    "REJECT": ("of", "to", "from", "with", "by"),
    "PROTEST": ("against", "at", "over", "with", "for"),
}
"""Which prepositions mark the target, by type."""
PATIENT_OF = frozenset({"ASSAULT", "COERCE", "ACCUSE", "REJECT", "SUPPORT", "SANCTION", "CONCEDE", "AID"})
"""Types whose nouns take their target in an of-phrase ("seizure of Crimea"); with the others it holds who acts."""
PATIENT_OWNED = frozenset(
    "arrest detention kidnapping abduction imprisonment assassination murder execution release expulsion extradition ouster "
    "overthrow killing death trial deportation capture".split()
)
"""Nouns whose possessor is whom it is done to ("Navalny's arrest")."""
SPOKEN = frozenset({"ACCUSE", "REQUEST", "REJECT", "AGREE", "SUPPORT", "THREATEN", "CONCEDE"})
CONTENT_TARGET = frozenset({"REQUEST", "THREATEN", "ACCUSE", "REJECT", "SUPPORT", "AGREE"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Who acts and to whom, which reading says so, how sure it is (a probability) and whether the parse
    itself names the source."""

    source: Codes
    target: Codes
    how: str = ""
    trust: float = 1.0
    parsed: bool = True


def structure_of(candidate: Candidate, head: Token, parties: Parties) -> Roles:
    """Return source and target of a candidate as the parse has them; the source is empty where nobody can be told."""
    match _frame(candidate, head, parties):
        case "judged":
            roles = _judged(candidate, head, parties)
        case "noun":
            roles = _nominal(candidate, head, parties)
        case "shared":
            roles = _shared(candidate, head, parties)
        case "state":
            roles = _state(candidate, head, parties)
        case _:
            roles = _verbal(candidate, head, parties)
    spoken = parties.told_by(candidate.trigger) if candidate.type in SPOKEN else None
    if spoken:
        roles = Roles(
            spoken, tuple(code for code in roles.target if code not in spoken), "whose statement it is"
        )
    return _settled(candidate, head, roles, parties)


def _frame(candidate: Candidate, head: Token, parties: Parties) -> Frame:
    """Return the frame that holds here: a word that judges does so only on somebody's lips, and is no cue itself."""
    if candidate.frame != "judged":
        return candidate.frame
    if parties.told_by(candidate.trigger) is not None and candidate.type != "REQUEST":
        return "act" if head.pos_ in VERBAL else "noun"
    return "judged"


def _settled(candidate: Candidate, head: Token, roles: Roles, parties: Parties) -> Roles:
    """Fill a missing source, and keep one actor out of both roles."""
    source, how = roles.source, roles.how
    if not source:
        source, how = _absent_source(candidate, head, roles, parties)
    target = tuple(code for code in roles.target if code not in source)
    return Roles(source, target, how)


def _absent_source(candidate: Candidate, head: Token, roles: Roles, parties: Parties) -> tuple[Codes, str]:
    """Return who acts where the clause does not say: a state's organs arrest its people; else the speaker of the words."""
    if candidate.type in ("COERCE", "CONCEDE") and roles.target:
        base = tuple(dict.fromkeys(code.split("-")[0] for code in roles.target if "-" in code))
        if base:
            return base, "the state of those it is done to"
    if candidate.type in SPOKEN:
        return parties.speaker(head) or parties.last_speaker(head), "the speaker"
    return (), roles.how


def _gather(nouns: list[Token], parties: Parties) -> Codes:
    return tuple(dict.fromkeys(code for noun in nouns for code in parties.of(noun)))


def _behind(noun: Token, parties: Parties, *, patient_first: bool = False, depth: int = 0) -> Codes:
    """Return the actor behind a thing or event that is itself none."""
    own = parties.of(noun)
    if own or depth > 3:
        return own
    orders = [
        modifiers(noun),
        prepositional(noun, "by", "from"),
        prepositional(noun, "of", "in", "on", "against"),
    ]
    if patient_first:
        orders = [orders[2], orders[0], orders[1]]
    for nouns in orders:
        found = tuple(
            dict.fromkeys(code for inner in nouns for code in _behind(inner, parties, depth=depth + 1))
        )
        if found:
            return found
    for child in noun.children:
        if child.dep_ in ("acl", "relcl"):
            found = _gather(understood_subjects(child), parties)
            if found:
                return found
    return ()


def _first(readings: list[Codes]) -> Codes:
    return next((codes for codes in readings if codes), ())


def _verbal(candidate: Candidate, verb: Token, parties: Parties) -> Roles:
    if verb.pos_ not in VERBAL and verb.dep_ not in ("ROOT", "amod"):
        return _nominal(candidate, verb, parties)
    subjects = understood_subjects(verb)
    source = _first([_gather(subjects, parties), *[_behind(noun, parties) for noun in subjects]])
    how = "by-phrase" if is_passive(verb) else "subject"
    return Roles(source, _verb_target(candidate, verb, source, parties), how)


def _verb_target(candidate: Candidate, verb: Token, source: Codes, parties: Parties) -> Codes:
    objects = understood_objects(verb)
    readings: list[Codes] = []
    direct = _gather(objects, parties)
    readings.append(direct)
    named = prepositional(verb, *(candidate.to or TOWARD[candidate.type]))
    from_preposition = _first([parties.of(noun) for noun in named])
    if candidate.type in ("REQUEST", "CONCEDE", "AID", "SANCTION", "MOBILIZE"):
        readings.append(from_preposition)
    for noun in objects:
        patient = candidate.type in ("ASSAULT", "COERCE", "SANCTION")
        inner = prepositional(noun, *TOWARD[candidate.type]) if candidate.type in ("SANCTION", "AID") else []
        readings.append(_first([parties.of(leaf) for leaf in inner]))
        readings.append(_behind(noun, parties, patient_first=patient))
    readings.append(from_preposition)
    readings.append(_first([_behind(noun, parties) for noun in named]))
    if candidate.type in CONTENT_TARGET:
        readings.append(_of_content(candidate, verb, source, parties))
    return _first([tuple(code for code in codes if code not in source) for codes in readings])


def _of_content(candidate: Candidate, verb: Token, source: Codes, parties: Parties) -> Codes:
    """Return the first other actor in what is demanded, threatened or alleged: the subject of its clause, then its object."""
    for child in verb.children:
        if child.dep_ in ("ccomp", "xcomp", "advcl") or (child.dep_ == "prep" and child.i > verb.i):
            clause = child
            if child.dep_ == "prep":
                inner = [leaf for leaf in child.children if leaf.dep_ in ("pcomp", "pobj")]
                if not inner:
                    continue
                clause = inner[0]
            readings: list[Codes] = []
            if clause.pos_ in VERBAL:
                own = [antecedent(leaf) for leaf in clause.children if leaf.dep_ in SUBJECTS]
                readings += [_behind(noun, parties) for noun in own]
                readings.append(_gather(agents(clause), parties))
                readings += [_behind(noun, parties) for noun in understood_objects(clause)]
                readings += [
                    _behind(noun, parties)
                    for noun in prepositional(clause, "against", "on", "to", "with", "from")
                ]
            else:
                readings.append(_behind(clause, parties))
            found = _first([tuple(code for code in codes if code not in source) for codes in readings])
            if found:
                return found
    return ()


def _state(candidate: Candidate, head: Token, parties: Parties) -> Roles:
    """Read "Kyiv is ready to talk to Moscow": the subject of the predicate acts."""
    verb = (
        head.head
        if head.dep_ in ("acomp", "attr", "oprd", "xcomp", "ccomp") and head.head.pos_ in VERBAL
        else head
    )
    subjects = understood_subjects(verb) if verb.pos_ in VERBAL else []
    if not subjects and head.dep_ in ("amod", "acl", "relcl"):
        subjects = [head.head]
    source = _gather(subjects, parties) or parties.speaker(head)
    target: Codes = ()
    for child in head.children:
        if child.dep_ in ("xcomp", "prep", "acl", "ccomp", "advcl"):
            nouns = [n for leaf in child.subtree for n in prepositional(leaf, "with", "to")]
            target = _first(
                [tuple(code for code in parties.of(noun) if code not in source) for noun in nouns]
            )
            if target:
                break
    return Roles(source, target, "subject of the predicate")


def _judged(candidate: Candidate, head: Token, parties: Parties) -> Roles:
    """Read "Tehran must comply", "the vote was rigged": the speaker acts on the one whose conduct is judged."""
    verb = head.head if head.pos_ == "AUX" and head.dep_ in ("aux", "auxpass") else head
    if verb.pos_ not in VERBAL:
        verb = clause_head(verb)
    source = parties.speaker(head) or parties.last_speaker(head)
    subjects = surface_subjects(verb)
    readings = [_gather(agents(verb), parties) if is_passive(verb) else ()]
    readings += [_behind(noun, parties) for noun in subjects]
    if head.pos_ == "NOUN":
        readings.insert(0, _behind(head, parties))
    readings += [_behind(noun, parties) for noun in understood_objects(verb)]
    readings += [
        _behind(noun, parties) for noun in prepositional(verb, "by", "to", "on", "with", "from", "for")
    ]
    others = [tuple(code for code in codes if code not in source) for codes in readings]
    return Roles(source, _first(others), "speaker on whose conduct is judged")


def _shared(candidate: Candidate, head: Token, parties: Parties) -> Roles:
    """Read "the two sides met", "Blinken met Lavrov", "talks between Seoul and Pyongyang"."""
    if head.pos_ in VERBAL:
        source = _gather(understood_subjects(head), parties)
        objects = _gather(understood_objects(head), parties)
        named = _gather(prepositional(head, "with", "to", "between"), parties)
        target = objects or named
        if is_passive(head) and not source:
            source, target = objects, named
        return Roles(source, tuple(code for code in target if code not in source), "subject and partner")
    between = _gather(prepositional(head, "between", "among", "of"), parties)
    owners = _gather(modifiers(head), parties)
    partners = _gather(prepositional(head, "with", "to"), parties)
    carrier = _carrier(head)
    doers: Codes = ()
    if carrier is not None:
        doers = _gather(agents(carrier) if is_passive(carrier) else understood_subjects(carrier), parties)
        if not partners:
            partners = _gather(prepositional(carrier, "with"), parties)
    else:
        doers = _gather(governing_subjects(head), parties)
    source = between or owners or doers or _gather(prepositional(head, "by"), parties)
    if source == owners and doers and not partners:
        partners = tuple(code for code in doers if code not in source)
    return Roles(source, tuple(code for code in partners if code not in source), "parties of a meeting")


def _carrier(noun: Token) -> Token | None:
    """Return the verb that a noun is the object or the passive subject of, or None."""
    first = first_conjunct(noun)
    if first.dep_ in OBJECTS or first.dep_ in ("nsubjpass", "attr"):
        return first.head
    if (
        first.dep_ == "pobj"
        and first.head.lower_ in ("in", "into", "to", "on", "under", "for")
        and first.head.head.pos_ in VERBAL
    ):
        return first.head.head
    for child in noun.children:
        if child.dep_ == "acl" and child.pos_ in VERBAL:
            return child
    return None


def _nominal(candidate: Candidate, noun: Token, parties: Parties) -> Roles:
    """Read a noun that names an act: "Russia's seizure of Crimea", "US sanctions on Iran", "an attack by Hamas"."""
    owners = _gather([c for c in modifiers(noun) if c.dep_ == "poss"], parties)
    named = _gather([c for c in modifiers(noun) if c.dep_ != "poss"], parties)
    by = _gather(prepositional(noun, "by", "from"), parties)
    between = _gather(prepositional(noun, "between", "among"), parties)
    of = _first([_behind(leaf, parties) for leaf in prepositional(noun, "of")])
    toward = _first(
        [
            _behind(leaf, parties)
            for leaf in prepositional(
                noun, *(candidate.to or [p for p in TOWARD[candidate.type] if p != "of"])
            )
        ]
    )
    carrier = _carrier(noun)
    doers: Codes = ()
    if carrier is not None:
        doers = _gather(agents(carrier) if is_passive(carrier) else understood_subjects(carrier), parties)
        if not toward:
            toward = _first(
                [
                    parties.of(leaf)
                    for leaf in prepositional(
                        carrier, *[p for p in TOWARD[candidate.type] if p not in ("of", "in")]
                    )
                ]
            )
    patient = noun.lemma_.lower() in PATIENT_OWNED
    if between:
        return Roles(between, toward, "between-phrase")
    if patient:
        source, target = by or named or doers, owners or of or toward
        if not owners and not of and named and not by:
            source, target = doers, named
    elif candidate.type in PATIENT_OF:
        source, target = by or owners or named or doers, toward or of
    else:
        source, target = by or owners or named or of or doers, toward
    if not source and candidate.type not in ("ASSAULT", "COERCE", "MOBILIZE", "PROTEST"):
        source = _gather(governing_subjects(noun), parties)
    if candidate.type in CONTENT_TARGET and not target:
        target = _of_content(candidate, noun, source, parties) or (
            _of_content(candidate, carrier, source, parties) if carrier is not None else ()
        )
    if candidate.type in RECIPROCAL_TYPES and doers and source != doers and not target:
        target = doers
    return Roles(source, tuple(code for code in target if code not in source), "nominal")


def readings_of(candidate: Candidate, head: Token, parties: Parties) -> dict[str, Codes]:
    """Return who stands in each argument place around a trigger, by the name of the place; empty places are left out."""
    found: dict[str, Codes] = {}
    verb = head if head.pos_ in VERBAL else None
    if verb is not None and verb.dep_ in ("aux", "auxpass"):
        verb = verb.head
    carrier = None if verb is not None else _carrier(head)
    acting = verb or carrier
    if acting is not None:
        subjects = understood_subjects(acting)
        objects = understood_objects(acting)
        found["subject"] = _gather(subjects, parties)
        found["behind the subject"] = _first([_behind(noun, parties) for noun in subjects])
        found["object"] = _gather(objects, parties)
        found["behind the object"] = _first([_behind(noun, parties) for noun in objects])
        found["surface subject"] = _gather(surface_subjects(acting), parties)
    if verb is None:
        found["owner"] = _gather([c for c in modifiers(head) if c.dep_ == "poss"], parties)
        found["modifier"] = _gather([c for c in modifiers(head) if c.dep_ != "poss"], parties)
        found["clause subject"] = _gather(governing_subjects(head), parties)
    for word in ("by", "of", "with", "between", "on", "against", "to", "from", "for", "in", "at", "over"):
        nouns = prepositional(head, word) or (prepositional(acting, word) if acting is not None else [])
        found[word] = _first([_behind(noun, parties) for noun in nouns])
    found["content"] = _of_content(candidate, acting or head, (), parties)
    found["cue"] = parties.told_by(candidate.trigger) or ()
    found["speaker"] = parties.speaker(head)
    found["last speaker"] = parties.last_speaker(head)
    found["voice"] = parties.voice()
    return {name: codes for name, codes in found.items() if codes}
