"""The place of an act: which of the places around its trigger it happened in, or none.

The same kind of log-linear model that dates acts; its weights are learned by training/act_places.py.
"""

from __future__ import annotations

import bisect
import csv
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from standoff.coding.places.finding import LOCATIVE, Place
from standoff.coding.times.clues import tense_of, verb_over
from standoff.records import VERBAL_TYPES, Modality, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from standoff.language.analysis import Analysis

LEANING = 0.5
"""By how much (in log odds) a place is preferred to none."""
_BACK, _AHEAD, _MOST = 6, 2, 6
_REACH = 100
"""So many places before and after the trigger are looked at."""
_STARTS = "standoff sentence starts"
_KNOWN_PREPOSITIONS = LOCATIVE | {
    "of",
    "on",
    "against",
    "with",
    "by",
    "for",
    "between",
    "about",
    "toward",
    "towards",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible place of an act; `away` counts sentences from the act's to the place's (negative: ahead)."""

    place: Place | None
    away: int = 0


@functools.cache
def weights() -> dict[str, float]:
    """Read the table of clues and their weights."""
    lines = resources.files(__package__).joinpath("place_weights.csv").read_text("utf-8").splitlines()
    return {row["clue"]: float(row["weight"]) for row in csv.DictReader(lines)}


def place_of(
    analysis: Analysis,
    places: Sequence[Place],
    trigger: Span,
    evidence: Span,
    *,
    act_type: str,
    modality: Modality = "actual",
    leaning: float = LEANING,
) -> Place | None:
    """Return the place that an act happened in, or None where the text does not tell.

    `places` are those of the whole report, in order. `leaning` is the log odds by which a place is preferred to none.
    """
    clues = PlaceClues(analysis, places, trigger, evidence, act_type, modality)
    table = weights()

    def support(candidate: Candidate) -> float:
        told = sum(table.get(clue, 0.0) for clue in clues.of(candidate))
        return told if candidate.place is not None else told - leaning

    return max(clues.candidates, key=support).place


def _sentence_starts(doc: Doc) -> list[int]:
    """Return the offset of each sentence's first character, laid out once a document."""
    if _STARTS not in doc.user_data:
        doc.user_data[_STARTS] = [sentence.start_char for sentence in doc.sents]
    starts: list[int] = doc.user_data[_STARTS]
    return starts


class PlaceClues:
    """The candidates for the place of one act, and what speaks for each."""

    def __init__(
        self,
        analysis: Analysis,
        places: Sequence[Place],
        trigger: Span,
        evidence: Span,
        act_type: str,
        modality: Modality,
    ) -> None:
        self._analysis, self._places = analysis, places
        self._trigger, self._evidence = trigger, evidence
        self._starts = _sentence_starts(analysis.doc)
        self._here = self._sentence_at(trigger.start)
        tokens = [token for token in analysis.tokens_in(trigger) if not token.is_space]
        self._head = next(
            (token for token in tokens if token.head not in tokens), tokens[0] if tokens else None
        )
        self._verb = verb_over(self._head) if self._head is not None else None
        self._kind = "words" if act_type in VERBAL_TYPES else "deed"
        form = "verb" if self._head is not None and self._head.pos_ in ("VERB", "AUX") else "noun"
        self._act = (
            self._kind,
            f"type={act_type}",
            f"modality={modality}",
            f"{self._kind} {form} {tense_of(self._verb)}",
            f"sentence={min(self._here, 3)}",
        )
        self._type = act_type

    def _sentence_at(self, offset: int) -> int:
        return max(0, bisect.bisect_right(self._starts, offset) - 1)

    def _near(self) -> Iterator[Place]:
        """Yield the first place of the report and those within reach: a list without end has few that matter."""
        at = bisect.bisect_left(self._places, self._trigger.start, key=lambda place: place.span.start)
        if self._places and at > _REACH:
            yield self._places[0]
        yield from self._places[max(0, at - _REACH) : at + _REACH]

    @functools.cached_property
    def candidates(self) -> list[Candidate]:
        """The possible places, none first: those of the sentence, then the nearest others, each name once."""
        found: list[Candidate] = []
        for place in self._near():
            away = self._here - self._sentence_at(place.span.start)
            if self._evidence.start <= place.span.start < self._evidence.end:
                away = 0
            if -_AHEAD <= away <= _BACK or place is self._places[0]:
                found.append(Candidate(place, away))
        found.sort(key=self._distance)
        names: set[str] = set()
        picked = [Candidate(None)]
        others = 0
        for candidate in found:
            name = candidate.place.name if candidate.place else ""
            if name in names or (candidate.away and others == _MOST):
                continue
            names.add(name)
            others += candidate.away != 0
            picked.append(candidate)
        return picked

    def _distance(self, candidate: Candidate) -> tuple[float, int]:
        assert candidate.place is not None
        span = candidate.place.span
        away = candidate.away if candidate.away >= 0 else 0.5 - candidate.away
        return away, max(self._trigger.start - span.end, span.start - self._trigger.end)

    def of(self, candidate: Candidate) -> list[str]:
        """Name the clues for a candidate."""
        if candidate.place is None:
            timed = any(c.place is not None and c.away == 0 for c in self.candidates)
            rest = (*self._act, "places in sentence" if timed else "no places in sentence")
            return ["none", *(f"none | {clue}" for clue in rest)]
        where = "here" if candidate.away == 0 else "before" if candidate.away > 0 else "ahead"
        names = [where, *(f"{where} | {clue}" for clue in self._act)]
        names.extend(f"{where} | {clue}" for clue in self._of_place(candidate.place, candidate.away))
        return names

    def _of_place(self, place: Place, away: int) -> Iterator[str]:
        yield f"kind={place.kind}"
        yield f"kind={place.kind} {self._kind}"
        tokens = self._analysis.tokens_in(place.span)
        top = next((token for token in tokens if token.head not in tokens), None)
        preposition, host = self._led(top)
        yield f"preposition={preposition}"
        yield f"preposition={preposition} {self._kind}"
        yield f"preposition={preposition} kind={place.kind}"
        if len(tokens) > 1:
            yield "several words"
        if place.name.isupper() and len(place.name) > 3:
            yield "capitals"
            yield f"capitals {self._kind}"
        if place is self._places[0]:
            yield "first place of the report"
        if sum(1 for other in self._places if other.name == place.name) > 2:
            yield "named often"
        if away:
            yield f"away={away if away <= 3 else 'far'}"
            yield f"away={away if away <= 3 else 'far'} preposition={preposition}"
            yield f"type={self._type} preposition={preposition}"
            return
        inside = self._evidence.start <= place.span.start < self._evidence.end
        yield "in evidence" if inside else "outside evidence"
        after = place.span.start >= self._trigger.end
        gap = place.span.start - self._trigger.end if after else self._trigger.start - place.span.end
        near = "near" if gap < 20 else "mid" if gap < 70 else "far"
        yield f"{'after' if after else 'before'} {near}"
        joined = self._joined(host)
        yield f"joined={joined}"
        yield f"joined={joined} preposition={preposition}"
        yield f"joined={joined} {self._kind} kind={place.kind}"
        yield f"type={self._type} preposition={preposition}"

    def _led(self, top: Token | None) -> tuple[str, Token | None]:
        """Return how a place hangs in its sentence: its preposition or its role, and the word it hangs on."""
        if top is None:
            return "none", None
        while top.dep_ in ("appos", "conj") and top.head != top and top.head.pos_ in ("NOUN", "PROPN"):
            top = top.head
        host = top.head
        if host.pos_ in ("ADP", "SCONJ") and host != top:
            word = host.lower_ if host.lower_ in _KNOWN_PREPOSITIONS else "other"
            return word, host.head
        if any(child.dep_ == "case" for child in top.children):
            return "possessive", host
        return {"nsubj": "subject", "nsubjpass": "subject", "dobj": "object", "compound": "compound"}.get(
            top.dep_, "other role"
        ), host

    def _joined(self, host: Token | None) -> str:
        head = self._head
        if host is None or head is None:
            return "unknown"
        if host == head:
            return "trigger"
        if head in host.ancestors:
            return "under trigger"
        verb = verb_over(host)
        if verb is not None and verb == self._verb:
            return "same verb"
        if verb is not None and self._verb is not None:
            if verb in self._verb.ancestors:
                return "verb above"
            if self._verb in verb.ancestors:
                return "verb below"
        return "elsewhere"
