"""Reports are parsed in pieces of so many tokens, so that memory does not grow with long reports that come together."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from standoff.language.parser import BATCH, MOST, batches


@given(st.lists(st.integers(0, 2 * BATCH), max_size=80))
def test_pieces_hold_all_reports_in_order_and_are_small(sizes: list[int]) -> None:
    pairs: list[tuple[Any, Any]] = [(range(size), number) for number, size in enumerate(sizes)]
    pieces = list(batches(iter(pairs)))
    assert [pair for piece in pieces for pair in piece] == pairs
    for piece in pieces:
        assert 1 <= len(piece) <= MOST
        assert len(piece) == 1 or sum(len(tokens) for tokens, _ in piece) <= BATCH


def test_short_reports_are_parsed_together() -> None:
    pairs: list[tuple[Any, Any]] = [(range(100), number) for number in range(MOST + 1)]
    assert [len(piece) for piece in batches(iter(pairs))] == [MOST, 1]
