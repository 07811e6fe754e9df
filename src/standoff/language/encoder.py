"""The encoder at work: one pass over each window serves statements and acts.

The network (a fine-tuned MiniLM, see training/) runs in onnxruntime with int8 weights. What it says of a window stays
beside the window: logits of each word piece, its state, and its side of the pair heads, whose other side (a cue, a
trigger) is known only later. `PairHead` puts the two together in NumPy.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from standoff.language.analysis import Analysis
from standoff.language.windows import Window, windows

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Floats = NDArray[np.float32]
BATCH = 4
NEAR, LOOKS = 64, 4
"""Pieces on either side of an anchor that look at each other, and attention heads with which they do (as in training)."""


@dataclass(frozen=True, slots=True)
class EncodedWindow:
    """What the encoder says of a window of T pieces.

    offsets [T, 2]; logits [T, 21]: cue outside, begins, inside; in a source; in a content; the sixteen act types;
    states [T, D]; statement and act [T, P]: the pieces' side of the pair heads.
    """

    offsets: NDArray[np.int32]
    logits: Floats
    states: Floats
    statement: Floats
    act: Floats


def bucket(gaps: NDArray[np.int64]) -> NDArray[np.int64]:
    """Map signed distances in word pieces to 33 buckets, logarithmic beyond 4 (as in training)."""
    size = np.abs(gaps)
    log = 4 + np.floor(np.log2(np.maximum(size, 4) / 4) * 2).astype(np.int64)
    return 16 + np.sign(gaps) * np.where(size <= 4, size, np.minimum(log, 16))


@dataclass(frozen=True, slots=True)
class Look:
    """One narrow transformer layer in which the pieces near an anchor look at each other, as that anchor sees them.

    The weights are those of training/network.py's layer of that name; P is the width, W = 2 NEAR the pieces that take part.
    """

    weights: dict[str, Floats]

    def __call__(self, views: Floats, inside: NDArray[np.bool_]) -> Floats:
        """Map views [N, W, P] with mask [N, W] (True = a piece of the window) to what is added to them, [N, W, P]."""
        n, w, p = views.shape
        asked = self._linear("qkv", self._norm("norm1", views)).reshape(n, w, 3, LOOKS, p // LOOKS)
        query, key, value = asked.transpose(2, 0, 3, 1, 4)
        odds = (query / np.float32(np.sqrt(p // LOOKS))) @ key.swapaxes(-1, -2)
        odds += np.where(inside, np.float32(0), np.float32(-1e4))[:, None, None, :]
        odds -= odds.max(-1, keepdims=True)
        np.exp(odds, out=odds)
        mixed = (odds @ value) / odds.sum(-1, keepdims=True)
        added = self._linear("out", mixed.transpose(0, 2, 1, 3).reshape(n, w, p))
        inner = np.maximum(self._linear("up", self._norm("norm2", views + added)), 0)
        result: Floats = added + self._linear("down", inner)
        return result

    def _linear(self, name: str, x: Floats) -> Floats:
        made: Floats = x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return made

    def _norm(self, name: str, x: Floats) -> Floats:
        middle = x - x.mean(-1, keepdims=True)
        middle /= np.sqrt((middle * middle).mean(-1, keepdims=True) + np.float32(1e-5))
        made: Floats = middle * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return made


@dataclass(frozen=True, slots=True)
class PairHead:
    """Scores every piece from the point of view of anchors: ReLU(A r + B h + D[gap]), a look around, labels on top."""

    anchor_weight: Floats
    anchor_bias: Floats
    distance: Floats
    label_weight: Floats
    label_bias: Floats
    look: Look

    def __call__(self, anchors: Floats, places: Sequence[int], pieces: Floats) -> Floats:
        """Map anchors [N, D] at places [N] and pieces [T, P] to logits [N, T, labels]."""
        near = anchors @ self.anchor_weight.T + self.anchor_bias
        where = np.asarray(places, dtype=np.int64)[:, None]
        views = near[:, None] + pieces[None] + self.distance[bucket(np.arange(len(pieces))[None, :] - where)]
        np.maximum(views, 0, out=views)
        scored = views @ self.label_weight.T
        at = where + np.arange(-NEAR, NEAR)
        inside = (at >= 0) & (at < len(pieces))
        rows = np.broadcast_to(np.arange(len(places))[:, None], at.shape)
        seen = self.look(views[rows, np.clip(at, 0, len(pieces) - 1)], inside) @ self.label_weight.T
        scored[rows[inside], at[inside]] += seen[inside]
        told: Floats = (scored + self.label_bias).astype(np.float32, copy=False)
        return told


class Network:
    """The exported network: an ONNX session, a tokenizer and the heads' weights."""

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer, heads: dict[str, Floats]) -> None:
        self._session = session
        self.tokenizer = tokenizer
        self.heads = heads
        self.statement = self._pair("statement")
        self.act = self._pair("act")

    def _pair(self, name: str) -> PairHead:
        parts = ("anchor.weight", "anchor.bias", "distance", "label.weight", "label.bias")
        prefix = f"{name}.look."
        look = {
            key.removeprefix(prefix): value for key, value in self.heads.items() if key.startswith(prefix)
        }
        anchor, bias, distance, label, label_bias = (self.heads[f"{name}.{part}"] for part in parts)
        return PairHead(anchor, bias, distance, label, label_bias, Look(look))

    def modality(self, anchors: Floats) -> Floats:
        """Map anchors [N, D] to logits [N, 6] over the modalities."""
        inner = np.maximum(
            anchors @ self.heads["modality.inner.weight"].T + self.heads["modality.inner.bias"], 0
        )
        scored: Floats = inner @ self.heads["modality.outer.weight"].T + self.heads["modality.outer.bias"]
        return scored

    def run(self, batch: Sequence[Window]) -> list[EncodedWindow]:
        """Encode windows of like length."""
        longest = max(len(window.ids) for window in batch)
        ids = np.zeros((len(batch), longest), np.int64)
        mask = np.zeros_like(ids)
        for k, window in enumerate(batch):
            ids[k, : len(window.ids)] = window.ids
            mask[k, : len(window.ids)] = 1
        logits, states, statement, act = self._session.run(None, {"ids": ids, "mask": mask})
        return [
            EncodedWindow(
                np.array(window.offsets, np.int32), logits[k, :n], states[k, :n], statement[k, :n], act[k, :n]
            )
            for k, window in enumerate(batch)
            for n in (len(window.ids),)
        ]


def usable_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@functools.cache
def load(model: str = "model") -> Network:
    """Load the network that ships with the package, or another one: a folder beside it, or an absolute path."""
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    # Left to itself, onnxruntime starts a thread for every core of the machine, though this process may be held to fewer.
    options.intra_op_num_threads = usable_cores()
    options.log_severity_level = 3
    with as_file(files("standoff.language") / model) as folder:
        session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        with np.load(folder / "heads.npz") as stored:
            heads: dict[str, Any] = {name: stored[name] for name in stored.files}
    return Network(session, tokenizer, heads)


def encode(analysis: Analysis, network: Network) -> list[EncodedWindow]:
    """Encode the windows of a report, noise left out; those of like length run together, so that little is padded."""
    spans = [region.span for region in analysis.report.regions if region.kind != "noise"]
    waiting = list(windows(analysis.report.text, spans, network.tokenizer))
    order = sorted(range(len(waiting)), key=lambda k: len(waiting[k].ids))
    done: dict[int, EncodedWindow] = {}
    for at in range(0, len(order), BATCH):
        group = order[at : at + BATCH]
        done.update(zip(group, network.run([waiting[k] for k in group]), strict=True))
    return [done[k] for k in range(len(waiting))]
