"""A large set of states as few masks: what can be said in a line instead of in a list.

Combinations that are not feasible count as they like, so that a mask may match some of them: "the feasible
states that match". The masks are disjoint. The set is halved along the option that tells it apart best
until a part is all in or all out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.conflict.masks import Mask

COVER_LIMIT = 64
"""The most masks that a cover gives."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The number of feasible states in a set, and masks for them; `complete` says whether they cover all of
    it."""

    count: int
    masks: tuple[Mask, ...]
    complete: bool


def cover(inside: NDArray[np.bool_], feasible: NDArray[np.bool_] | None, limit: int = COVER_LIMIT) -> Cover:
    """Cover a set, one truth value for each of 2**k combinations, by at most `limit` masks, large parts
    first."""
    count = inside.size.bit_length() - 1
    out = ~inside if feasible is None else feasible & ~inside
    found: list[Mask] = []
    parts = [(inside.reshape((2,) * count), out.reshape((2,) * count), Mask(0, 0), tuple(range(count))[::-1])]
    while parts and len(found) < limit:
        taken, left, mask, options = parts.pop()
        if not taken.any():
            continue
        if not left.any():
            found.append(mask)
            continue
        axis = _best_axis(taken, left)
        bit = 1 << options[axis]
        rest = options[:axis] + options[axis + 1 :]
        halves = [
            (
                half(taken, axis, side),
                half(left, axis, side),
                Mask(mask.care | bit, mask.value | side * bit),
                rest,
            )
            for side in (0, 1)
        ]
        halves.sort(key=lambda part: int(np.count_nonzero(part[0])))
        parts.extend(halves)
    complete = not any(taken.any() for taken, _, _, _ in parts)
    return Cover(int(np.count_nonzero(inside)), tuple(found), complete)


def half(combinations: NDArray[np.bool_], axis: int, side: int) -> NDArray[np.bool_]:
    """The half of an array of combinations on one side of an axis."""
    return np.asarray(combinations[(slice(None),) * axis + (side,)])


def _best_axis(taken: NDArray[np.bool_], left: NDArray[np.bool_]) -> int:
    """The axis whose halves differ most in their share of the set, from counts along each axis."""
    best, best_score = 0, -1
    total, missing = int(np.count_nonzero(taken)), int(np.count_nonzero(left))
    for axis in range(taken.ndim):
        here = int(np.count_nonzero(half(taken, axis, 1)))
        there = int(np.count_nonzero(half(left, axis, 1)))
        score = abs(here * missing - there * total)
        if score > best_score:
            best, best_score = axis, score
    return best
