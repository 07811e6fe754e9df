"""On whose word alone a deed is told, and who denies one.

Only deeds, and acts of any kind that are denied, carry an attribution: the report itself vouches for words spoken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.coding.acts.candidates import Candidate
from standoff.coding.acts.grammar import VERBAL, ancestors, own_subjects, prepositional, surface_subjects
from standoff.coding.acts.parties import Codes, Parties
from standoff.coding.acts.sentences import sentence_of
from standoff.records import VERBAL_TYPES, Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

FLAT = frozenset({"deny", "refute", "disavow", "disclaim"})
DENYING = frozenset({"deny", "reject", "refute", "dismiss", "disavow", "disclaim", "confirm", "insist"})


def attribution_of(
    candidate: Candidate, head: Token, modality: Modality, source: Codes, parties: Parties
) -> Codes:
    """Return the codes of those on whose word alone the report tells the act; empty where the outlet itself tells it."""
    if candidate.type in VERBAL_TYPES and modality != "denied":
        return ()
    if modality == "denied":
        denier = _denier(head, source, parties)
        if denier:
            return denier
    for statement in parties.statements_at(candidate.trigger.start):
        if statement.actor:
            return statement.actor
        return ()
    teller = _teller(head, parties)
    if teller:
        return teller
    return () if candidate.type in VERBAL_TYPES else parties.voice_of_others(head, source)


def denied_by_doer(candidate: Candidate, head: Token, source: Codes, parties: Parties) -> bool:
    """Tell whether a deed that others allege is denied by its doer in the same sentence or the next (case law 21)."""
    if candidate.type in VERBAL_TYPES or not source:
        return False
    teller = parties.speaker_of(candidate.trigger.start)
    if not teller or set(teller) & set(source):
        return False
    return bool(_denier_after(head, source, parties))


def _denier_after(head: Token, source: Codes, parties: Parties) -> Codes:
    """Return the doer where it flatly denies something after the trigger, in its sentence or the next."""
    doc, end = head.doc, sentence_of(head).end
    if end < len(doc):
        end = sentence_of(doc[end]).end
    for token in doc[head.i + 1 : end]:
        if token.lemma_ in FLAT and token.pos_ in VERBAL:
            for subject in own_subjects(token):
                if set(parties.of(subject)) & set(source):
                    return parties.of(subject)
    return ()


def _denier(head: Token, source: Codes, parties: Parties) -> Codes:
    """Return the subject of the verb of denial above the trigger, or of the doer's own denial after it."""
    for above in (head, *ancestors(head, 12)):
        if above.pos_ in VERBAL and above.lemma_ in DENYING:
            for subject in surface_subjects(above):
                if parties.of(subject):
                    return parties.of(subject)
    return _denier_after(head, source, parties)


def _teller(head: Token, parties: Parties) -> Codes:
    """Return the object of "according to" in the trigger's sentence, where the statements do not tell."""
    for token in sentence_of(head):
        if token.lower_ == "according":
            for child in token.children:
                for leaf in [*prepositional(token, "to"), *(c for c in child.children if c.dep_ == "pobj")]:
                    if parties.of(leaf):
                        return parties.of(leaf)
    return ()
