"""The signs of the visual language: one mark for an act or event, the same on every page and picture.

deed filled, words hollow; planned, conditional and demanded half-filled; possible dashed; denied struck
through; contested two marks joined; conflict warm, cooperation cool, always with the type's name in words
beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from standoff.brief.wording import MODALITY_WORDS, phrases
from standoff.records import VERBAL_TYPES, Modality

COOPERATION_TYPES: frozenset[str] = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"}
)
"""The types of verbal and material cooperation; the other nine are conflict."""

Shape = Literal["deed", "words", "half", "dashed", "deed-struck", "words-struck"]
Tone = Literal["warm", "cool"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One sign: its shape, its tone, and what it says in words (for those who cannot see it)."""

    shape: Shape
    tone: Tone
    words: str


def tone_of(act_type: str) -> Tone:
    """Return warm for conflict, cool for cooperation."""
    return "cool" if act_type in COOPERATION_TYPES else "warm"


def is_deed(act_type: str) -> bool:
    """Return True for the material types, False for acts in words."""
    return act_type not in VERBAL_TYPES


def shape_of(act_type: str, modality: Modality) -> Shape:
    """Return the shape of an act of this type and modality."""
    if modality == "denied":
        return "deed-struck" if is_deed(act_type) else "words-struck"
    if modality == "possible":
        return "dashed"
    if modality in ("planned", "conditional", "demanded"):
        return "half"
    return "deed" if is_deed(act_type) else "words"


def mark_of(act_type: str, modality: Modality) -> Mark:
    """Return the sign of an act of this type and modality."""
    kind = "deed" if is_deed(act_type) else "words"
    state = "" if modality == "actual" else f", {MODALITY_WORDS[modality]}"
    return Mark(
        shape_of(act_type, modality), tone_of(act_type), f"{phrases()[act_type].label} ({kind}{state})"
    )
