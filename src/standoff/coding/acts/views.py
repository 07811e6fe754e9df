"""What a learned detector thinks of an act's fields, for the steps that fill them to weigh against the parse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standoff.records import Span


@dataclass(frozen=True, slots=True)
class View:
    """The network's opinion of one candidate.

    Spans are None where no stretch speaks for itself; a `gain` is the summed log-odds of its stretch. `source` and
    `target` map the actor codes of the window to probabilities, `modality` the six modalities.
    """

    content: Span | None
    content_gain: float
    condition: Span | None
    condition_gain: float
    evidence: Span | None
    source: Mapping[str, float]
    target: Mapping[str, float]
    modality: Mapping[str, float]
