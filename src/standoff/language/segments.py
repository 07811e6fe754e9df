"""From scores of word pieces to stretches of text."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from standoff.records import Span

Floats = NDArray[np.float32]


def inside_outside(scores: Floats, change: Floats) -> NDArray[np.bool_]:
    """Return the best in/out labelling of each row of log-odds [N, T] (Viterbi over two states).

    `change` [T] is what it costs to enter or leave a stretch before each piece: dear within a sentence, so that single
    pieces neither break a stretch nor make one.
    """
    rows, size = scores.shape
    best = np.zeros((rows, 2))
    came = np.zeros((size, rows, 2), np.int8)
    for t in range(size):
        other = best[:, ::-1] - change[t]
        came[t] = other > best
        best = np.where(came[t], other, best)
        best[:, 1] += scores[:, t]
    labels = np.zeros((rows, size), np.bool_)
    state = best.argmax(1)
    each = np.arange(rows)
    for t in range(size - 1, -1, -1):
        labels[:, t] = state == 1
        state = np.where(came[t, each, state] == 1, 1 - state, state)
    return labels


def runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the maximal stretches of True as half-open intervals."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def best_run(scores: Floats) -> tuple[int, int, float]:
    """Return the stretch with the greatest sum of log-odds and that sum; (0, 0, 0.0) where none is positive."""
    total, begun, best = 0.0, 0, (0, 0, 0.0)
    for k, score in enumerate(scores.tolist()):
        if total <= 0:
            total, begun = 0.0, k
        total += score
        if total > best[2]:
            best = (begun, k + 1, total)
    return best


def piece_span(text: str, offsets: NDArray[np.int32], a: int, b: int) -> Span:
    """Return the span of code points of pieces a to b, widened to whole words."""
    start, end = int(offsets[a, 0]), int(offsets[b - 1, 1])
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


def sigmoid(values: Floats) -> Floats:
    """Return the logistic function, without overflow."""
    limited = 1.0 / (1.0 + np.exp(-np.clip(values, -30, 30)))
    return limited.astype(np.float32)


def log_odds(p: float) -> float:
    """Return the log-odds of a probability, limited to ±4.6."""
    p = min(max(p, 0.01), 0.99)
    return math.log(p / (1 - p))
