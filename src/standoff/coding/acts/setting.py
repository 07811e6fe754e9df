"""When and where an act happened: the times and places of the report, asked for the trigger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.coding.acts.candidates import Candidate
from standoff.coding.times.candidates import DatedText
from standoff.coding.times.dating import date_of
from standoff.records import Modality, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from standoff.coding.component import Draft

LOCATIVE = frozenset({"in", "at", "near", "outside", "inside"})
NOT_PLACES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december".split()
)


class Dates:
    """The dates of the acts of one report; its times are laid out once."""

    def __init__(self, draft: Draft) -> None:
        """Lay out the draft's times."""
        self._analysis = draft.analysis
        self._times = draft.times
        self._text = DatedText.of(draft.analysis, draft.times)

    def of(self, candidate: Candidate, evidence: Span, modality: Modality) -> str | None:
        """Return the date of an act (`YYYY-MM-DD`, `YYYY-MM` or `YYYY`), or None where the text does not tell."""
        return date_of(
            self._analysis, self._times, candidate.trigger, evidence,
            act_type=candidate.type, modality=modality, text=self._text,
        )  # fmt: skip


def is_future(date: str | None, published: str | None) -> bool:
    """Tell whether an act's date lies after the report's; a month or year that holds the report's day does not."""
    if date is None or published is None:
        return False
    length = min(len(date), len(published))
    return date[:length] > published[:length]


def place_for(draft: Draft, candidate: Candidate, evidence: Span, head: Token) -> str | None:
    """Return the place of an act, as in the text: the nearest "in"- or "at"-phrase of its clause that names a place."""
    best: tuple[int, str] | None = None
    for token in head.sent:
        if (
            token.lower_ not in LOCATIVE
            or token.dep_ != "prep"
            or not evidence.start <= token.idx < evidence.end
        ):
            continue
        noun = next(
            (child for child in token.children if child.dep_ == "pobj" and child.pos_ == "PROPN"), None
        )
        if noun is None or noun.lower_ in NOT_PLACES:
            continue
        distance = abs(noun.i - candidate.head) + (0 if noun.i > candidate.head else 3)
        if best is None or distance < best[0]:
            best = (distance, _name(noun))
    return best[1] if best else None


def _name(noun: Token) -> str:
    first = min([noun.i, *(c.i for c in noun.lefts if c.dep_ in ("compound", "amod") and c.pos_ == "PROPN")])
    return str(noun.doc.text[noun.doc[first].idx : noun.idx + len(noun)])
