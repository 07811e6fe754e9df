"""The learned finder of candidates: cues from the encoder's token scores, source and content from its pair head."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.coding.statements.candidates import Candidate
from standoff.language.analysis import Analysis
from standoff.language.encoder import EncodedWindow, Network
from standoff.language.segments import best_run, inside_outside, piece_span, runs, sigmoid
from standoff.records import Span

CHANGE, BORDER_CHANGE = 2.0, 0.5
"""Log-odds that a stretch of content must gain to begin or end: within a paragraph, and at its border."""


@dataclass(frozen=True, slots=True)
class Tagger:
    """Finds candidates in an encoded analysis; cues below `threshold` are left out."""

    network: Network
    threshold: float = 0.5

    def __call__(self, analysis: Analysis) -> Iterator[Candidate]:
        """Yield the candidates of a report in text order."""
        for window in analysis.encoded or ():
            yield from self._in_window(analysis.report.text, window)

    def _in_window(self, text: str, window: EncodedWindow) -> Iterator[Candidate]:
        real = window.offsets[:, 1] > window.offsets[:, 0]
        odds = np.exp(window.logits[:, :3] - window.logits[:, :3].max(1, keepdims=True))
        likely = 1.0 - odds[:, 0] / odds.sum(1)
        cues = cue_runs(window, np.where(real, likely, 0.0), self.threshold)
        if not cues:
            return
        anchors = np.stack([window.states[a:b].mean(0) for a, b in cues])
        scores = self.network.statement(anchors, [a for a, _ in cues], window.statement)
        for k, (a, b) in enumerate(cues):
            scores[k, a:b] = -30.0
        change = np.where(real, CHANGE, BORDER_CHANGE).astype(np.float32)
        contents = inside_outside(np.where(real, scores[:, :, 1], 0.0), change) & real
        for k, (a, b) in enumerate(cues):
            spans = [part for run in runs(contents[k]) for part in pieces_of(window, *run)]
            first, last, gain = best_run(np.where(real, scores[k, :, 0], -30.0))
            source = piece_span(text, window.offsets, first, last) if gain > 0 else None
            sure = float(likely[a:b].max())
            if contents[k].any():
                sure *= float(sigmoid(scores[k, contents[k], 1]).mean())
            yield Candidate(piece_span(text, window.offsets, a, b), source, tuple(spans), sure, "encoder")


def cue_runs(window: EncodedWindow, likely: NDArray[np.floating], threshold: float) -> list[tuple[int, int]]:
    """Return the runs of pieces over the threshold, parted where a new cue begins."""
    found: list[tuple[int, int]] = []
    for a, b in runs(likely > threshold):
        begun = a
        for k in range(a + 1, b):
            apart = window.offsets[k, 0] > window.offsets[k - 1, 1]
            if apart and window.logits[k, 1] > window.logits[k, 2]:
                found.append((begun, k))
                begun = k
        found.append((begun, b))
    return found


def pieces_of(window: EncodedWindow, a: int, b: int) -> list[Span]:
    """Return a run of pieces as spans, one a paragraph."""
    spans: list[Span] = []
    for k in range(a, b):
        start, end = (int(x) for x in window.offsets[k])
        if end <= start:
            continue
        if spans and k > a and window.offsets[k - 1, 1] > window.offsets[k - 1, 0]:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    return spans
