"""The date of an act: the candidate that its clues speak for most.

A log-linear model (conditional maximum entropy: Berger, Della Pietra and Della Pietra 1996) over the candidates of one
act; its weights are a readable table, learned by training/act_dates.py.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Sequence
from importlib import resources
from typing import TYPE_CHECKING

from standoff.coding.times.candidates import Candidate, DatedText
from standoff.coding.times.clues import Clues
from standoff.records import Modality, Span, Time

if TYPE_CHECKING:
    from standoff.language.analysis import Analysis

LEANING = 1.0
"""By how much (in log odds) a date is preferred to none. On cross-validated gold/train the F1 of dates is level between
0.5 and 1.5; leaning towards a date leaves fewer acts of the timeline without one."""


@functools.cache
def weights() -> dict[str, float]:
    """Read the table of clues and their weights."""
    lines = resources.files(__package__).joinpath("date_weights.csv").read_text("utf-8").splitlines()
    return {row["clue"]: float(row["weight"]) for row in csv.DictReader(lines)}


def date_of(
    analysis: Analysis,
    times: Sequence[Time],
    trigger: Span,
    evidence: Span,
    *,
    act_type: str,
    modality: Modality = "actual",
    content: Span | None = None,
    text: DatedText | None = None,
    leaning: float = LEANING,
) -> str | None:
    """Return the date of an act (`YYYY-MM-DD`, `YYYY-MM` or `YYYY`), or None where the text does not tell.

    `times` are those of the whole report, in order; `trigger`, `evidence` and
    `content` (what is demanded, alleged or promised) are spans into its text. Whoever dates
    many acts of one report may lay out its times once with `DatedText.of` and hand them in as `text`. `leaning` is the
    log odds by which a date is preferred to none.
    """
    laid_out = text or DatedText.of(analysis, times)
    clues = Clues(laid_out, trigger, evidence, act_type, modality, content)
    table = weights()

    def support(candidate: Candidate) -> float:
        told = sum(table.get(clue, 0.0) for clue in clues.of(candidate))
        return told - leaning if candidate.kind == "none" else told

    return max(laid_out.candidates(trigger, evidence), key=support).date
