"""Windows and segments: every word piece is seen once, and the labelling is the best one."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.language.encoder import bucket, load
from standoff.language.segments import best_run, inside_outside, runs
from standoff.language.windows import windows

SCORES = st.lists(st.floats(-3, 3), min_size=1, max_size=9)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(min_size=1, max_size=400).filter(str.strip), min_size=1, max_size=6), st.integers(8, 60)
)
def test_windows_hold_every_piece_once_and_in_order(paragraphs: list[str], limit: int) -> None:
    tokenizer = load().tokenizer
    text, spans = "", []
    for paragraph in paragraphs:
        spans.append((len(text), len(text) + len(paragraph)))
        text += paragraph + "\n"
    made = list(windows(text, spans, tokenizer, limit))
    assert all(len(window.ids) == len(window.offsets) <= limit for window in made)
    seen = [offset for window in made for offset in window.offsets if offset != (0, 0)]
    wanted = [
        (a + start, b + start)
        for start, end in spans
        for a, b in tokenizer.encode(text[start:end], add_special_tokens=False).offsets
        if (a + start, b + start) != (0, 0)
    ]
    assert seen == wanted


@given(SCORES, st.floats(0, 2))
def test_the_labelling_in_and_out_is_the_best_of_all(scores: list[float], change: float) -> None:
    def worth(labels: tuple[bool, ...]) -> float:
        turns = sum(a != b for a, b in itertools.pairwise(labels))
        return sum(s for s, inside in zip(scores, labels, strict=True) if inside) - change * turns

    row = np.array([scores], np.float32)
    costs = np.full(len(scores), change, np.float32)
    costs[0] = 0.0  # the first piece may begin a stretch freely
    found = inside_outside(row, costs)[0]
    best = max(worth(labels) for labels in itertools.product([False, True], repeat=len(scores)))
    assert abs(worth(tuple(bool(x) for x in found)) - best) < 1e-3


@given(SCORES)
def test_the_best_run_has_the_greatest_sum(scores: list[float]) -> None:
    a, b, gain = best_run(np.array(scores, np.float64))
    sums = [sum(scores[i:j]) for i in range(len(scores)) for j in range(i + 1, len(scores) + 1)]
    assert abs(gain - max(0.0, *sums)) < 1e-6
    assert abs(sum(scores[a:b]) - gain) < 1e-6


@given(st.lists(st.booleans(), max_size=20))
def test_runs_cover_what_is_true(flags: list[bool]) -> None:
    found = runs(np.array(flags, np.bool_))
    assert [k for a, b in found for k in range(a, b)] == [k for k, flag in enumerate(flags) if flag]
    assert all(b < c for (_, b), (c, _) in itertools.pairwise(found))


def test_distances_fall_into_buckets_that_tell_left_from_right() -> None:
    gaps = np.array([-10_000, -5, -1, 0, 1, 5, 10_000])
    found = bucket(gaps)
    assert found.tolist() == sorted(set(found.tolist()))
    assert found.min() >= 0
    assert found.max() <= 32
