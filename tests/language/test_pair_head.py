"""The pair head: each anchor sees the pieces near it once more, and what stands farther off not at all."""

import numpy as np
import pytest

from standoff.language.encoder import NEAR, Look, PairHead

SIZE, WIDTH, LABELS = 12, 8, 2
Weights = dict[str, np.ndarray]


def look(rng: np.random.Generator, *, silent: bool = False) -> Look:
    shapes = {
        "qkv": (3 * WIDTH, WIDTH),
        "out": (WIDTH, WIDTH),
        "up": (2 * WIDTH, WIDTH),
        "down": (WIDTH, 2 * WIDTH),
    }
    weights: Weights = {}
    for name, shape in shapes.items():
        still = silent and name in ("out", "down")
        weights[f"{name}.weight"] = (np.zeros(shape) if still else rng.normal(size=shape)).astype(np.float32)
        weights[f"{name}.bias"] = np.zeros(shape[0], np.float32)
    for name in ("norm1", "norm2"):
        weights[f"{name}.weight"] = np.ones(WIDTH, np.float32)
        weights[f"{name}.bias"] = np.zeros(WIDTH, np.float32)
    return Look(weights)


def head(rng: np.random.Generator, *, silent: bool = False) -> PairHead:
    shapes = ((WIDTH, SIZE), (WIDTH,), (33, WIDTH), (LABELS, WIDTH), (LABELS,))
    parts = [rng.normal(size=shape).astype(np.float32) for shape in shapes]
    return PairHead(*parts, look(rng, silent=silent))


@pytest.mark.parametrize("length", [1, 5, 2 * NEAR, 3 * NEAR + 7])
def test_a_silent_look_leaves_the_additive_score(length: int) -> None:
    rng = np.random.default_rng(length)
    pair = head(rng, silent=True)
    anchors = rng.normal(size=(2, SIZE)).astype(np.float32)
    pieces = rng.normal(size=(length, WIDTH)).astype(np.float32)
    shifted = pair(anchors, [0, length - 1], pieces)
    one = anchors[1] @ pair.anchor_weight.T + pair.anchor_bias + pieces[-1] + pair.distance[16]
    assert shifted.shape == (2, length, LABELS)
    assert np.allclose(shifted[1, -1], np.maximum(one, 0) @ pair.label_weight.T + pair.label_bias, atol=1e-4)


def test_anchors_do_not_change_each_other_and_far_pieces_do_not_count() -> None:
    rng = np.random.default_rng(3)
    pair = head(rng)
    anchors = rng.normal(size=(2, SIZE)).astype(np.float32)
    pieces = rng.normal(size=(4 * NEAR, WIDTH)).astype(np.float32)
    both = pair(anchors, [10, 3 * NEAR], pieces)
    assert np.allclose(both[0], pair(anchors[:1], [10], pieces)[0], atol=1e-4)
    moved = pieces.copy()
    moved[3 * NEAR :] += 1.0
    assert np.allclose(pair(anchors[:1], [10], moved)[0, : 2 * NEAR], both[0, : 2 * NEAR], atol=1e-4)
    moved[12] += 1.0
    assert not np.allclose(pair(anchors[:1], [10], moved)[0, 9], both[0, 9], atol=1e-4)
