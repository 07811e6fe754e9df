"""The learned detector: triggers and types from the encoder's token scores, and a view of each act from its pair head.

For every word piece the encoder says how likely it carries an act of each type. Pieces become words, words become
triggers; each trigger then asks its pair head which stretch of its window is its content, its condition and its evidence,
and which actor mentions act or are acted upon.
"""

from __future__ import annotations

import bisect
import csv
import functools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from standoff.coding.acts.candidates import Candidate
from standoff.coding.acts.frames import complete
from standoff.coding.acts.views import View
from standoff.language.encoder import EncodedWindow, Floats, Network
from standoff.language.segments import best_run, piece_span, runs, sigmoid
from standoff.records import ACT_TYPES, MODALITIES, Span

if TYPE_CHECKING:
    from standoff.coding.acts.parties import Parties
    from standoff.coding.component import Draft

TYPES = slice(5, 5 + len(ACT_TYPES))
CONTENT, CONDITION, EVIDENCE, SOURCE, TARGET = range(5)
FAINT = 0.15
"""Pieces less likely than this begin no trigger."""


@functools.cache
def thresholds() -> dict[str, float]:
    """Read the least probability of a trigger of each type from thresholds.csv (made by benchmarks/operating_points.py)."""
    text = resources.files("standoff.coding.acts").joinpath("thresholds.csv").read_text("utf-8")
    return {row["type"]: float(row["threshold"]) for row in csv.DictReader(text.splitlines())}


class NetworkDetector:
    """Proposes candidates from an encoded analysis; each carries the network's view of its fields."""

    def __init__(self, network: Network, least: dict[str, float] | None = None) -> None:
        """Take the thresholds of the package, or others."""
        self._network = network
        self._least = thresholds() if least is None else least

    def __call__(self, draft: Draft, parties: Parties) -> list[Candidate]:
        """Return the candidates in text order."""
        found: list[Candidate] = []
        for window in draft.analysis.encoded or ():
            found += self._in_window(draft, window)
        return sorted(found, key=lambda one: (one.trigger, one.type))

    def _in_window(self, draft: Draft, window: EncodedWindow) -> list[Candidate]:
        real = window.offsets[:, 1] > window.offsets[:, 0]
        likely = np.where(real[:, None], sigmoid(window.logits[:, TYPES]), 0.0)
        found: list[tuple[int, int, int, float]] = []
        for kind in np.flatnonzero(likely.max(0) > FAINT):
            for a, b in runs(likely[:, kind] > FAINT):
                peak = float(likely[a:b, kind].max())
                if peak >= self._least[ACT_TYPES[kind]]:
                    strong = runs(likely[a:b, kind] > peak / 2)
                    a, b = a + strong[0][0], a + strong[-1][1]
                    found.append((a, b, int(kind), peak))
        found = _apart(found)
        if not found:
            return []
        views = views_of(self._network, draft, window, [(a, b, kind) for a, b, kind, _ in found])
        candidates = []
        for (a, b, kind, peak), view in zip(found, views, strict=True):
            trigger = piece_span(draft.analysis.report.text, window.offsets, a, b)
            name = ACT_TYPES[kind]
            try:
                made = complete(
                    draft.analysis.doc, trigger, name, confidence=peak, rule=f"encoder {peak:.2f}"
                )
            except ValueError:
                continue
            candidates.append(replace(made, confidence=peak, view=view))
        return candidates


def _apart(found: list[tuple[int, int, int, float]]) -> list[tuple[int, int, int, float]]:
    """Keep the likeliest type where triggers overlap."""
    kept: list[tuple[int, int, int, float]] = []
    for one in sorted(found, key=lambda item: -item[3]):
        if all(one[1] <= other[0] or other[1] <= one[0] for other in kept):
            kept.append(one)
    return sorted(kept)


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
                evidence=evidence,
                source=_by_code(scores[k, :, SOURCE], heads),
                target=_by_code(scores[k, :, TARGET], heads),
                modality=dict(zip(MODALITIES, (float(p) for p in modality[k]), strict=True)),
            )
        )
    return views


def _stretch(text: str, offsets: NDArray[np.int32], scores: Floats) -> tuple[Span | None, float]:
    a, b, gain = best_run(scores)
    return (piece_span(text, offsets, a, b), gain) if b > a else (None, 0.0)


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
