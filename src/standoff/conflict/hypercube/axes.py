"""Passes along the axes of the hypercube: the best or worst value within reach of every state at once.

An array over the hypercube has one number for each combination of k options, 2**k in all, the state (option
k as bit k) as index. What a decision maker reaches in one move is a product of axes, one an option, so the
minimum over all moves is taken option by option (a zeta transform over subsets: Yates 1937; in option form
R_i is such a product by Fang, Hipel and Kilgour 1993). Axes below a block's size are gone through block by
block, so that a block stays in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from standoff.conflict.model import Conflict

Values = NDArray[np.int32]
"""One number for each combination of options."""

NOWHERE = np.int32(np.iinfo(np.int32).max)
"""The rank of a state that cannot occur: worse than any."""

NOTHING = np.int32(-1)
"""Less than any rank: the worst outcome where there is none."""

BLOCK_BITS = 15
"""2**15 numbers of 4 bytes are 128 KiB: two such arrays fit a second-level cache."""

Axis = tuple[int, str]
"""An option's number and how it moves: both, on or off."""


def axes(conflict: Conflict, decision_makers: Iterable[int]) -> list[Axis]:
    """The options that some of the decision makers own."""
    owners = set(decision_makers)
    return [
        (k, option.moves) for k, option in enumerate(conflict.options) if not owners.isdisjoint(option.owners)
    ]


def least_within_reach(values: Values, along: list[Axis]) -> None:
    """Replace each value by the least among it and those that switches along the axes lead to (in place)."""
    _sweep(values, along, np.minimum)


def greatest_within_reach(values: Values, along: list[Axis]) -> None:
    """Replace each value by the greatest among it and those that switches along the axes lead to (in place)."""
    _sweep(values, along, np.maximum)


def _sweep(values: Values, along: list[Axis], choose: np.ufunc) -> None:
    inner = [axis for axis in along if axis[0] < BLOCK_BITS]
    if inner:
        size = min(len(values), 1 << BLOCK_BITS)
        for start in range(0, len(values), size):
            block = values[start : start + size]
            for axis in inner:
                _along(block, axis, choose)
    for axis in along:
        if axis[0] >= BLOCK_BITS:
            _along(values, axis, choose)


def _along(values: Values, axis: Axis, choose: np.ufunc) -> None:
    option, moves = axis
    step = 1 << option
    if option < 4:
        # Short inner runs are slow as a matrix; as strided vectors they are not.
        for offset in range(step):
            _switch(values[offset :: 2 * step], values[offset + step :: 2 * step], moves, choose)
    else:
        paired = values.reshape(-1, 2, step)
        _switch(paired[:, 0], paired[:, 1], moves, choose)


def _switch(left: Values, taken: Values, moves: str, choose: np.ufunc) -> None:
    if moves == "off":
        choose(taken, left, out=taken)
        return
    choose(left, taken, out=left)
    if moves == "both":
        taken[...] = left
