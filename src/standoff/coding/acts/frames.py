"""How a trigger of a known type holds its parties: the trigger table where it has the word, else the type and word class.

Lets a detector that gives only triggers and types (a learned one) share the role step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.coding.acts.candidates import Candidate, Frame, head_of
from standoff.coding.acts.grammar import VERBAL
from standoff.coding.acts.triggers import frame_of
from standoff.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

JUDGED_AUXILIARIES = frozenset({"must", "should", "ought", "need", "have"})
READY = frozenset({"AGREE", "SUPPORT", "REJECT", "THREATEN"})


def complete(doc: Doc, trigger: Span, kind: str, *, confidence: float = 1.0, rule: str = "") -> Candidate:
    """Return the candidate of a trigger and its type, with the frame that the parse and the table suggest.

    Raises ValueError where the span covers no word.
    """
    head = head_of(doc, trigger)
    if head is None:
        raise ValueError(f"the span {tuple(trigger)} covers no word")
    row = frame_of(head, kind)
    if row is not None:
        return Candidate(trigger, head.i, kind, row.frame, confidence, rule or row.name, row.to)
    return Candidate(trigger, head.i, kind, _frame(head, kind), confidence, rule)


def _frame(head: Token, kind: str) -> Frame:
    """Choose a frame for a word that the table does not have for this type."""
    if kind == "CONSULT":
        return "shared"
    if head.pos_ in VERBAL:
        if head.pos_ == "AUX" and kind == "REQUEST":
            return "judged"
        return "judged" if kind == "ACCUSE" else "act"
    if head.pos_ in ("ADJ", "ADV"):
        return "state" if kind in READY - {"REJECT"} else "judged"
    if kind == "ACCUSE":
        return "judged"
    return "noun"
