"""When and where an act happened: the times and places of the report, asked for the trigger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.coding.acts.candidates import Candidate
from standoff.coding.places import find_places, place_of
from standoff.coding.times.candidates import DatedText
from standoff.coding.times.dating import date_of
from standoff.records import Modality, Span

if TYPE_CHECKING:
    from standoff.coding.component import Draft


class Setting:
    """The dates and places of the acts of one report; its times and places are laid out once."""

    def __init__(self, draft: Draft) -> None:
        """Lay out the draft's times and places."""
        self._analysis = draft.analysis
        self._times = draft.times
        self._places = find_places(draft.analysis)
        self._text = DatedText.of(draft.analysis, draft.times)

    def date(
        self, candidate: Candidate, evidence: Span, modality: Modality, content: Span | None = None
    ) -> str | None:
        """Return the date of an act (`YYYY-MM-DD`, `YYYY-MM` or `YYYY`), or None where the text does not tell."""
        return date_of(
            self._analysis, self._times, candidate.trigger, evidence,
            act_type=candidate.type, modality=modality, content=content, text=self._text,
        )  # fmt: skip

    def place(self, candidate: Candidate, evidence: Span, modality: Modality) -> str | None:
        """Return the name of the place an act happened in, as in the text, or None where the text does not tell."""
        found = place_of(
            self._analysis,
            self._places,
            candidate.trigger,
            evidence,
            act_type=candidate.type,
            modality=modality,
        )
        return found.name if found is not None else None


def is_future(date: str | None, published: str | None) -> bool:
    """Tell whether an act's date lies after the report's; a month or year that holds the report's day does not."""
    if date is None or published is None:
        return False
    length = min(len(date), len(published))
    return date[:length] > published[:length]
