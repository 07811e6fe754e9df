"""Two opinions on an act, the parse's and the network's, made one: confidence and fields."""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources

from standoff.coding.acts.candidates import Candidate
from standoff.coding.acts.modality import Reading
from standoff.coding.acts.views import View
from standoff.language.segments import log_odds
from standoff.records import MODALITIES, VERBAL_TYPES, Span

UNSEEN = -1.5
"""Log-odds of a code that the network has no mention of in its window."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Read from weights.toml, where each is explained."""

    both: float
    alone: float
    encoder: float
    parse: float
    contained: float
    source: float
    target: float
    content: float
    condition: float
    modality: float


@functools.cache
def weights() -> Weights:
    """Read the packaged weights."""
    table = tomllib.loads(resources.files(__package__).joinpath("weights.toml").read_text("utf-8"))
    return Weights(**table["confidence"], **table["fields"])


def confidence(encoder: float, parse: float | None, contained: float) -> float:
    """Return the probability of an act from the encoder's and, where the table has the word, its precision.

    `contained` is how likely the words are what another act demands, refuses, threatens, promises or alleges.
    """
    w = weights()
    score = w.alone if parse is None else w.both + w.parse * log_odds(parse)
    score += w.contained * contained
    return 1.0 / (1.0 + math.exp(-score - w.encoder * log_odds(encoder)))


def opinion(view: Mapping[str, float], codes: tuple[str, ...]) -> float:
    """Return the network's summed log-odds for a set of codes in one role; 0 for nobody."""
    return sum(log_odds(view[code]) if code in view else UNSEEN for code in codes)


def role_support(view: View, role: str, codes: tuple[str, ...]) -> float:
    """Return what the network says for a set of codes in one role, weighed."""
    weight = weights().source if role == "source" else weights().target
    return weight * opinion(view.source if role == "source" else view.target, codes)


def content_and_condition(
    candidate: Candidate, content: Span | None, condition: Span | None
) -> tuple[Span | None, Span | None]:
    """Return content and condition: the parse's, and the network's where the parse has none. Deeds have no content."""
    view = candidate.view
    if view is None:
        return content, condition
    if candidate.type not in VERBAL_TYPES or candidate.type == "CONSULT":
        content = None
    elif content is None and view.content is not None and view.content_gain > weights().content:
        content = view.content
    if condition is None and view.condition is not None and view.condition_gain > weights().condition:
        condition = view.condition
    return content, condition


def evidence(candidate: Candidate, parsed: Span) -> Span:
    """Return the network's evidence where it holds the trigger and is a clause at least, else the parse's."""
    view = candidate.view
    if view is None or view.evidence is None:
        return parsed
    start, end = view.evidence
    if start <= candidate.trigger.start and candidate.trigger.end <= end and end - start >= 15:
        return view.evidence
    return parsed


def modality(candidate: Candidate, reading: Reading) -> Reading:
    """Let the network correct a plain "told as a fact" where it is sure of another reading."""
    view = candidate.view
    if view is None or reading.value != "actual":
        return reading
    best = max(MODALITIES, key=lambda name: view.modality[name])
    if best != "actual" and view.modality[best] >= weights().modality:
        return replace(reading, value=best, why=f"encoder {view.modality[best]:.2f}")
    return reading
