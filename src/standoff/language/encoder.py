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
class PairHead:
    """Scores every piece of a window from the point of view of anchors: labels of ReLU(A r + B h + D[gap])."""

    anchor_weight: Floats
    anchor_bias: Floats
    distance: Floats
    label_weight: Floats
    label_bias: Floats

    def __call__(self, anchors: Floats, places: Sequence[int], pieces: Floats) -> Floats:
        """Map anchors [N, D] at places [N] and pieces [T, P] to logits [N, T, labels]."""
        near = anchors @ self.anchor_weight.T + self.anchor_bias
        gaps = np.arange(len(pieces))[None, :] - np.asarray(places, dtype=np.int64)[:, None]
        mixed = near[:, None] + pieces[None] + self.distance[bucket(gaps)]
        scored: Floats = np.maximum(mixed, 0, out=mixed) @ self.label_weight.T + self.label_bias
        return scored


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
        return PairHead(*(self.heads[f"{name}.{part}"] for part in parts))

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
