"""The sentences of an answer: each with the ids it rests on and a claim that the engine can replay."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from standoff.conflict.answer.case import Case, Standing
from standoff.conflict.answer.claims import Claim, Nothing


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement of the answer.

    `rests_on` are ids of options, statements and parties; `before` says that the claim is about the conflict
    without the switches (or about the older file) and not about the one that is answered. `detail` marks a
    sentence that explains the one before it.
    """

    text: str
    rests_on: tuple[str, ...] = ()
    claim: Claim = field(default_factory=Nothing)
    before: bool = False
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences under one heading; `key` is stable, for programs and anchors."""

    key: str
    title: str
    sentences: tuple[Sentence, ...]


def capitalised(section: Section) -> Section:
    """Begin every sentence with a capital, also where a party's name begins it with a small letter."""
    return replace(
        section, sentences=tuple(replace(s, text=s.text[:1].upper() + s.text[1:]) for s in section.sentences)
    )


def weakest(case: Case, ids: tuple[str, ...]) -> Standing:
    """The weakest standing among some parts: a sentence is known no better than what it rests on."""
    found = {case.parts[id].standing for id in ids if id in case.parts}
    order: tuple[Standing, ...] = ("assumed", "inferred", "stated")
    return next((standing for standing in order if standing in found), "")
