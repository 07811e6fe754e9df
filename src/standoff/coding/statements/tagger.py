"""The learned finder: cues that the encoder or the parse proposes, source and content from the encoder's pair head.

The encoder scores every word as a cue; the parse and the cue table propose cues of their own. Both opinions make one
confidence (a logistic model of the two, see weights.toml), and the pair head gives each cue that is likely enough its
source and its content, whoever proposed it.
"""

from __future__ import annotations

import bisect
import functools
import math
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from standoff.coding.statements import layouts
from standoff.coding.statements.candidates import Candidate, find_candidates
from standoff.coding.statements.lexicon import load
from standoff.coding.statements.phrases import whole_name
from standoff.language.analysis import Analysis
from standoff.language.encoder import EncodedWindow, Floats, Network
from standoff.language.segments import best_run, inside_outside, log_odds, piece_span, runs
from standoff.records import Span

CHANGE, BORDER_CHANGE = 3.0, 0.5
"""Log-odds that a stretch of content must gain to begin or end: within a paragraph, and at its border."""
FAINT = 0.1
"""Words less likely than this are no cues to the encoder; the parse's proposals are heard from FAINT_RULE on."""
FAINT_RULE = 0.1


@dataclass(frozen=True, slots=True)
class Weights:
    """The logistic model of a cue's confidence: encoder and parse in log-odds, the mean of the content's, and whether
    the cue stands inside a quotation or a turn of a transcript, where annotators seldom code one."""

    both: float
    alone: float
    encoder: float
    parse: float
    content: float
    spoken: float

    def confidence(self, heard: Heard) -> float:
        """Return the probability that annotators code a statement at the cue."""
        score = self.alone if heard.parse is None else self.both + self.parse * log_odds(heard.parse)
        score += self.encoder * log_odds(heard.encoder) + self.content * heard.content
        score += self.spoken * heard.spoken
        return 1.0 / (1.0 + math.exp(-score))


@functools.cache
def weights() -> Weights:
    """Read the packaged weights (made by training/statement_weights.py)."""
    text = resources.files(__package__).joinpath("weights.toml").read_text("utf-8")
    return Weights(**tomllib.loads(text)["confidence"])


@dataclass(frozen=True, slots=True)
class Heard:
    """A cue with both opinions before they are weighed.

    `content` is the mean log-odds of the content's pieces; `spoken` tells that the cue is itself part of what somebody
    says, in quotation marks or in a turn of a transcript.
    """

    candidate: Candidate
    encoder: float
    parse: float | None
    content: float
    spoken: bool


@dataclass(frozen=True, slots=True)
class Tagger:
    """Finds candidates in an encoded analysis; confidences are those of the weights."""

    network: Network
    weights: Weights

    def __call__(self, analysis: Analysis) -> Iterator[Candidate]:
        """Yield the candidates of a report."""
        yield from (one for one in layouts.find(analysis) if one.settled)
        for heard in self.hear(analysis):
            one = heard.candidate
            sure = self.weights.confidence(heard)
            yield Candidate(one.cue, one.source, one.content, sure, one.rule, one.says, weighed=True)

    def hear(self, analysis: Analysis) -> Iterator[Heard]:
        """Yield every cue that either side proposes, with what both think of it."""
        found = (one for one in find_candidates(analysis, load(FAINT_RULE)) if not one.settled)
        proposed = sorted(found, key=lambda c: c.cue)
        starts = [one.cue.start for one in proposed]
        spoken = sorted([*layouts.speech(analysis), *(quotation.span for quotation in analysis.quotations)])
        for window in analysis.encoded or ():
            real = np.flatnonzero(window.offsets[:, 1] > window.offsets[:, 0])
            if len(real):
                first, last = int(window.offsets[real[0], 0]), int(window.offsets[real[-1], 1])
                here = proposed[bisect.bisect_left(starts, first) : bisect.bisect_left(starts, last)]
                yield from self._in_window(analysis, window, here, spoken)

    def _in_window(
        self, analysis: Analysis, window: EncodedWindow, proposed: list[Candidate], spoken: list[Span]
    ) -> Iterator[Heard]:
        text = analysis.report.text
        real = window.offsets[:, 1] > window.offsets[:, 0]
        likely = np.where(real, cue_probability(window), 0.0)
        cues: list[tuple[int, int, Candidate | None]] = [
            (a, b, None) for a, b in cue_runs(window, likely, FAINT)
        ]
        for one in proposed:
            span = pieces_in(window, one.cue)
            if span is None:
                continue
            same = next((k for k, (a, b, _) in enumerate(cues) if a < span[1] and span[0] < b), None)
            if same is None:
                cues.append((*span, one))
            else:
                a, b, other = cues[same]
                if other is None or other.confidence < one.confidence:
                    cues[same] = (a, b, one)
        if not cues:
            return
        anchors = np.stack([window.states[a:b].mean(0) for a, b, _ in cues])
        scores = self.network.statement(anchors, [a for a, _, _ in cues], window.statement)
        for k, (a, b, _) in enumerate(cues):
            scores[k, a:b] = -30.0
        change = np.where(real, CHANGE, BORDER_CHANGE).astype(np.float32)
        contents = inside_outside(np.where(real, scores[:, :, 1], 0.0), change) & real
        for k, (a, b, parsed) in enumerate(cues):
            spans = tuple(part for run in runs(contents[k]) for part in pieces_of(window, *run))
            mean = float(np.clip(scores[k, contents[k], 1], -4.6, 4.6).mean()) if spans else -2.0
            first, last, gain = best_run(np.where(real, scores[k, :, 0], -30.0))
            source = None
            if gain > 0:
                source = whole_name(analysis, piece_span(text, window.offsets, first, last))
            if parsed is not None:
                spans = spans or parsed.content
                source = _source(source, parsed)
            cue = piece_span(text, window.offsets, a, b)
            rule = "encoder" if parsed is None else f"encoder; {parsed.rule}"
            found = Candidate(cue, source, spans, 0.0, rule, parsed.says if parsed is not None else False)
            sure = None if parsed is None else parsed.confidence
            yield Heard(found, float(likely[a:b].max()), sure, mean, _holds(spoken, cue.start))


def _holds(spoken: list[Span], offset: int) -> bool:
    """Tell whether one of the ordered stretches holds a code point; quotations may lie inside a turn."""
    k = bisect.bisect_right(spoken, Span(offset, 1 << 62))
    return any(offset < span.end for span in spoken[max(0, k - 3) : k])


def _source(source: Span | None, parsed: Candidate) -> Span | None:
    """Return the parse's source where the encoder means the same phrase or has none: the parse knows its borders."""
    if parsed.source is None or source is None:
        return source or parsed.source
    return parsed.source if source.start < parsed.source.end and parsed.source.start < source.end else source


def cue_probability(window: EncodedWindow) -> Floats:
    """Return for each piece of a window how likely it is part of a cue, [T]."""
    odds = np.exp(window.logits[:, :3] - window.logits[:, :3].max(1, keepdims=True))
    likely: Floats = 1.0 - odds[:, 0] / odds.sum(1)
    return likely


def pieces_in(window: EncodedWindow, span: Span) -> tuple[int, int] | None:
    """Return the run of pieces that overlap a span, or None where the window holds none."""
    inside = np.flatnonzero((window.offsets[:, 0] < span.end) & (window.offsets[:, 1] > span.start))
    return (int(inside[0]), int(inside[-1]) + 1) if len(inside) else None


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
