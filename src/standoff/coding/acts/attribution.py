"""On whose word alone a deed is told, and who denies one.

Only deeds, and acts of any kind that are denied, carry an attribution: the report itself vouches for words spoken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.coding.acts.candidates import Candidate
from standoff.coding.acts.grammar import VERBAL, ancestors, own_subjects, prepositional
from standoff.coding.acts.parties import Codes, Parties
from standoff.records import VERBAL_TYPES, Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

DENYING = frozenset({"deny", "reject", "refute", "dismiss", "disavow", "disclaim", "confirm", "insist"})
ACCUSING = frozenset({"accuse", "blame", "charge", "allege", "claim", "say"})


def attribution_of(
    candidate: Candidate, head: Token, modality: Modality, source: Codes, parties: Parties
) -> Codes:
    """Return the codes of those on whose word alone the report tells the act; empty where the outlet itself tells it."""
    if candidate.type in VERBAL_TYPES and modality != "denied":
        return ()
    if modality == "denied":
        denier = _denier(head, parties)
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


def _denier(head: Token, parties: Parties) -> Codes:
    """Return the subject of the verb of denial above the trigger."""
    for above in ancestors(head, 12):
        if above.pos_ in VERBAL and above.lemma_ in DENYING:
            for subject in own_subjects(above):
                if parties.of(subject):
                    return parties.of(subject)
    return ()


def _teller(head: Token, parties: Parties) -> Codes:
    """Return the object of "according to" in the trigger's sentence, where the statements do not tell."""
    for token in head.sent:
        if token.lower_ == "according":
            for child in token.children:
                for leaf in [*prepositional(token, "to"), *(c for c in child.children if c.dep_ == "pobj")]:
                    if parties.of(leaf):
                        return parties.of(leaf)
    return ()
