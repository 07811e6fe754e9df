"""The learned detector: what the encoder and the trigger table propose, with a view of each act from the pair head.

For every word piece the encoder says how likely it carries an act of each type; the trigger table has proposals of its
own. Both opinions make one confidence. Each trigger then asks its pair head which stretch of its window is its content,
its condition and its evidence, and which actor mentions act or are acted upon.
"""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from standoff.coding.acts.candidates import Candidate
from standoff.coding.acts.frames import complete
from standoff.coding.acts.triggers import TableDetector
from standoff.coding.acts.views import View
from standoff.coding.acts.weighing import confidence
from standoff.language.encoder import EncodedWindow, Floats, Network
from standoff.language.segments import best_run, piece_span, runs, sigmoid
from standoff.records import ACT_TYPES, MODALITIES, Span

if TYPE_CHECKING:
    from standoff.coding.acts.parties import Parties
    from standoff.coding.component import Draft

TYPES = slice(5, 5 + len(ACT_TYPES))
CONTENT, CONDITION, EVIDENCE, SOURCE, TARGET = range(5)
HOLDING = frozenset({"REQUEST", "ACCUSE", "THREATEN", "REJECT", "AGREE"})
"""Types whose content is not coded a second time (codebook, section 2)."""
LOOSE = re.compile(
    r"[,;]?\s+(?:and|or|but|the|an?|of|which|whose|its|their|according(?:\s+to)?)$",
    re.IGNORECASE,
)
"""A conjunction, article or the like at the end of a stretch."""
FAINT = 0.08
"""Pieces less likely than this begin no trigger."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A trigger in a window with both opinions: pieces a to b, type, the encoder's probability, the table's candidate."""

    a: int
    b: int
    kind: int
    encoder: float
    parsed: Candidate | None

    @property
    def most(self) -> float:
        """Return the weighed probability of an act here, if it is not the content of another."""
        return confidence(self.encoder, None if self.parsed is None else self.parsed.confidence, 0.0)


@dataclass(frozen=True, slots=True)
class Heard:
    """A proposed trigger with the network's view of its fields, and how likely it is but the content of an act in words."""

    proposed: Proposed
    view: View
    contained: float

    @property
    def confidence(self) -> float:
        """Return the weighed probability that an act of this type is told here."""
        one = self.proposed
        return confidence(one.encoder, None if one.parsed is None else one.parsed.confidence, self.contained)


class NetworkDetector:
    """Proposes what the encoder or the trigger table finds; each candidate carries the network's view of its fields."""

    def __init__(self, network: Network, *, least: float = FAINT) -> None:
        """`least` is the least weighed probability of a candidate."""
        self._network = network
        self._table = TableDetector()
        self._least = least

    def __call__(self, draft: Draft, parties: Parties) -> list[Candidate]:
        """Return the candidates in text order."""
        found: list[Candidate] = []
        for window, heard in self.hear(draft, parties):
            kept = _apart([one for one in heard if one.confidence >= self._least])
            found += _candidates(draft, window, kept)
        return sorted(found, key=lambda one: (one.trigger, one.type))

    def hear(self, draft: Draft, parties: Parties) -> Iterator[tuple[EncodedWindow, list[Heard]]]:
        """Yield every trigger that either side proposes, window by window."""
        proposed = self._table(draft, parties)
        starts = [one.trigger.start for one in proposed]
        for window in draft.analysis.encoded or ():
            real = window.offsets[:, 1] > window.offsets[:, 0]
            pieces = np.flatnonzero(real)
            if not len(pieces):
                continue
            first, last = int(window.offsets[pieces[0], 0]), int(window.offsets[pieces[-1], 1])
            here = proposed[bisect.bisect_left(starts, first) : bisect.bisect_left(starts, last)]
            likely = np.where(real[:, None], sigmoid(window.logits[:, TYPES]), 0.0)
            triggers = [one for one in _triggers(window, likely, here) if one.most >= self._least]
            if triggers:
                views = views_of(self._network, draft, window, [(one.a, one.b, one.kind) for one in triggers])
                yield window, _weighed(window, triggers, views)


def _candidates(draft: Draft, window: EncodedWindow, kept: list[Heard]) -> Iterator[Candidate]:
    for heard in kept:
        one, rule = heard.proposed, f"encoder {heard.proposed.encoder:.2f}"
        if one.parsed is not None:
            made = replace(one.parsed, rule=f"{rule}; {one.parsed.rule}")
        else:
            trigger = piece_span(draft.analysis.report.text, window.offsets, one.a, one.b)
            try:
                made = complete(draft.analysis.doc, trigger, ACT_TYPES[one.kind], rule=rule)
            except ValueError:
                continue
        yield replace(
            made, confidence=heard.confidence, view=heard.view, needs_source=False, needs_target=False
        )


def _weighed(window: EncodedWindow, triggers: list[Proposed], views: list[View]) -> list[Heard]:
    """Put triggers and views together: what another demands, refuses, threatens or alleges is seldom an act of its own."""
    spans = [(int(window.offsets[one.a, 0]), int(window.offsets[one.b - 1, 1])) for one in triggers]
    holding = [
        (k, views[k].content, one.encoder)
        for k, one in enumerate(triggers)
        if ACT_TYPES[one.kind] in HOLDING and views[k].content is not None
    ]
    found = []
    for k, (one, (start, end)) in enumerate(zip(triggers, spans, strict=True)):
        contained = max(
            (
                likely
                for other, content, likely in holding
                if other != k and content is not None and content.start <= start and end <= content.end
            ),
            default=0.0,
        )
        found.append(Heard(one, views[k], contained))
    return found


def _triggers(window: EncodedWindow, likely: Floats, proposed: list[Candidate]) -> list[Proposed]:
    """Return the encoder's triggers and the table's, joined where they are of one type and overlap."""
    found: list[Proposed] = []
    for kind in np.flatnonzero(likely.max(0) > FAINT).tolist():
        for a, b in runs(likely[:, kind] > FAINT):
            peak = float(likely[a:b, kind].max())
            strong = runs(likely[a:b, kind] > peak / 2)
            found.append(Proposed(a + strong[0][0], a + strong[-1][1], kind, peak, None))
    for one in proposed:
        kind = ACT_TYPES.index(one.type)
        inside = np.flatnonzero(
            (window.offsets[:, 0] < one.trigger.end) & (window.offsets[:, 1] > one.trigger.start)
        )
        if not len(inside):
            continue
        a, b = int(inside[0]), int(inside[-1]) + 1
        same = next((k for k, h in enumerate(found) if h.kind == kind and h.a < b and a < h.b), None)
        if same is None:
            found.append(Proposed(a, b, kind, float(likely[a:b, kind].max()), one))
        elif found[same].parsed is None:
            found[same] = replace(found[same], parsed=one)
    return found


def _apart(found: list[Heard]) -> list[Heard]:
    """Keep the likeliest type where triggers overlap."""
    kept: list[Heard] = []
    for one in sorted(found, key=lambda heard: -heard.confidence):
        here = one.proposed
        if all(here.b <= other.proposed.a or other.proposed.b <= here.a for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda heard: heard.proposed.a)


def views_of(
    network: Network, draft: Draft, window: EncodedWindow, triggers: Iterable[tuple[int, int, int]]
) -> list[View]:
    """Return the network's view of each trigger (first piece, past the last piece, number of the type)."""
    triggers = list(triggers)
    real = window.offsets[:, 1] > window.offsets[:, 0]
    anchors = np.stack([window.states[a:b].mean(0) for a, b, _ in triggers])
    anchors = anchors + network.heads["kinds"][[kind for _, _, kind in triggers]]
    scores = network.act(anchors, [a for a, _, _ in triggers], window.act)
    scores = np.where(real[None, :, None], scores, -30.0)
    modality = network.modality(anchors)
    modality = np.exp(modality - modality.max(1, keepdims=True))
    modality = modality / modality.sum(1, keepdims=True)
    heads = _mention_pieces(draft, window.offsets)
    text = draft.analysis.report.text
    views = []
    for k in range(len(triggers)):
        content, content_gain = _stretch(text, window.offsets, scores[k, :, CONTENT])
        condition, condition_gain = _stretch(text, window.offsets, scores[k, :, CONDITION])
        evidence, _ = _stretch(text, window.offsets, scores[k, :, EVIDENCE])
        views.append(
            View(
                content=content,
                content_gain=content_gain,
                condition=condition,
                condition_gain=condition_gain,
                evidence=None if evidence is None else _to_spaces(text, evidence),
                source=_by_code(scores[k, :, SOURCE], heads),
                target=_by_code(scores[k, :, TARGET], heads),
                modality=dict(zip(MODALITIES, (float(p) for p in modality[k]), strict=True)),
            )
        )
    return views


def _stretch(text: str, offsets: NDArray[np.int32], scores: Floats) -> tuple[Span | None, float]:
    a, b, gain = best_run(scores)
    return (without_loose_end(text, piece_span(text, offsets, a, b)), gain) if b > a else (None, 0.0)


def without_loose_end(text: str, span: Span) -> Span:
    """Take words off the end that only lead on to what follows ("admitted to NATO and"); the first word stays."""
    while (found := LOOSE.search(text, span.start, span.end)) and found.start() > span.start:
        span = Span(span.start, found.start())
    return span


def _to_spaces(text: str, span: Span) -> Span:
    """Widen a span to the white space around it: evidence is read, so it neither begins nor ends inside a figure."""
    start, end = span
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return Span(start, end)


def _mention_pieces(draft: Draft, offsets: NDArray[np.int32]) -> dict[str, list[int]]:
    """Return for each actor code the pieces of this window that end the head words of its mentions."""
    if draft.actors is None or not len(offsets):
        return {}
    real = np.flatnonzero(offsets[:, 1] > offsets[:, 0])
    starts = offsets[real, 0].tolist()
    found: dict[str, list[int]] = defaultdict(list)
    doc = draft.analysis.doc
    for mention in draft.actors.mentions:
        token = doc[mention.root]
        end = token.idx + len(token)
        k = bisect.bisect_left(starts, end) - 1
        if k >= 0 and offsets[real[k], 1] > token.idx:
            for code in mention.codes:
                found[code].append(int(real[k]))
    return found


def _by_code(scores: Floats, heads: dict[str, list[int]]) -> dict[str, float]:
    """Return the probability of each code: its mentions together, as in training."""
    found: dict[str, float] = {}
    for code, pieces in heads.items():
        values = scores[pieces] * 2.0
        top = float(values.max())
        pooled = (top + float(np.log(np.exp(values - top).sum())) - float(np.log(len(pieces)))) / 2.0
        found[code] = 1.0 / (1.0 + float(np.exp(-pooled)))
    return found
