"""A set of states as few masks, for sets too large to list.

Each mask holds only states of the set, and infeasible combinations, of which it does not matter whether a
mask holds them; masks may overlap. The cover is greedy: a state that no mask holds yet is widened option by
option into the largest mask that stays inside (a prime implicant in the sense of Quine 1952), so it is
short, not always shortest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.conflict.masks import Mask

MOST = 64
"""The most masks that a cover has unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Masks that hold states of a set, the widest first, and how many of its states no mask holds."""

    masks: tuple[Mask, ...]
    states: int
    left: int


def cover(states: NDArray[np.bool_], feasible: NDArray[np.bool_] | None = None, most: int = MOST) -> Cover:
    """Cover a set of states (one truth value for each combination of options) by up to `most` masks."""
    count = len(states).bit_length() - 1
    allowed = states if feasible is None else states | ~feasible
    open_states = states.copy()
    order = _widening_order(states, count)
    found: list[tuple[int, Mask]] = []
    start = 0
    while len(found) < most:
        ahead = np.flatnonzero(open_states[start : start + (1 << 16)])
        if not len(ahead):
            start += 1 << 16
            if start >= len(states):
                break
            continue
        start += int(ahead[0])
        inside, mask = _widen(start, allowed, order, count)
        open_states[inside] = False
        found.append((len(inside), mask))
    found.sort(key=lambda item: (-item[0], item[1].value, item[1].care))
    return Cover(tuple(mask for _, mask in found), int(states.sum()), int(open_states.sum()))


def _widening_order(states: NDArray[np.bool_], count: int) -> list[int]:
    """The options, those first on which the set depends least."""
    uneven = []
    for option in range(count):
        paired = states.reshape(-1, 2, 1 << option)
        uneven.append((int(np.count_nonzero(paired[:, 0] != paired[:, 1])), option))
    return [option for _, option in sorted(uneven)]


def _widen(
    state: int, allowed: NDArray[np.bool_], order: list[int], count: int
) -> tuple[NDArray[np.int64], Mask]:
    inside = np.array([state], dtype=np.int64)
    care = (1 << count) - 1
    for option in order:
        beside = inside ^ (1 << option)
        if allowed[beside].all():
            inside = np.concatenate((inside, beside))
            care &= ~(1 << option)
    return inside, Mask(care, state & care)
