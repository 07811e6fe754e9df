"""Masks: patterns over the options, one sign each: `Y` taken, `N` not taken, `-` either.

A state is an int with option k as bit k. Sign k of a mask speaks of option k, so the mask "YN-" matches the
states 1 (binary 001) and 5 (binary 101).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.conflict.problems import ModelProblem


@dataclass(frozen=True, slots=True)
class Mask:
    """The states that agree with `value` on the bits set in `care`; `value` has no bit outside `care`."""

    care: int
    value: int

    @classmethod
    def parse(cls, signs: str, count: int) -> Mask:
        """Read a mask over `count` options; raise ModelProblem (with the offset of the sign) where it is
        none."""
        for offset, sign in enumerate(signs):
            if sign not in "YN-":
                raise ModelProblem(
                    f"the mask {signs!r} has {sign!r} at sign {offset + 1}: "
                    f"use Y (taken), N (not taken) or - (either)",
                    offset=offset,
                )
        if len(signs) != count:
            raise ModelProblem(f"the mask {signs!r} has {len(signs)} signs, but there are {count} options")
        care = sum(1 << k for k, sign in enumerate(signs) if sign != "-")
        value = sum(1 << k for k, sign in enumerate(signs) if sign == "Y")
        return cls(care, value)

    def matches(self, state: int) -> bool:
        """Say whether a state agrees with the mask."""
        return state & self.care == self.value

    def matching(self, states: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Say for each of an array of states (up to 62 options) whether it agrees with the mask."""
        agree: NDArray[np.bool_] = (states & np.int64(self.care)) == np.int64(self.value)
        return agree

    def signs(self, count: int) -> str:
        """Write the mask with one sign for each of `count` options."""
        return "".join(
            "-" if not self.care >> k & 1 else "Y" if self.value >> k & 1 else "N" for k in range(count)
        )


def state_signs(state: int, count: int) -> str:
    """Write a state as a mask without dashes, one sign for each of `count` options."""
    return "".join("Y" if state >> k & 1 else "N" for k in range(count))


def is_mask_text(text: str, count: int) -> bool:
    """Say whether a text is a union of masks over `count` options, such as "YN-, -Y-"."""
    return count > 0 and re.fullmatch(rf"\s*[YN-]{{{count}}}\s*(,\s*[YN-]{{{count}}}\s*)*", text) is not None


def join_states(states: Iterable[int], count: int) -> list[Mask]:
    """Cover a set of states exactly by disjoint masks (greedy over the options, so few but not always
    fewest)."""
    full = (1 << count) - 1
    cover = {Mask(full, state) for state in states}
    for k in range(count):
        bit = 1 << k
        for mask in sorted(cover, key=lambda m: (m.care, m.value)):
            partner = Mask(mask.care, mask.value | bit)
            if mask in cover and mask.care & bit and not mask.value & bit and partner in cover:
                cover -= {mask, partner}
                cover.add(Mask(mask.care & ~bit, mask.value))
    return sorted(cover, key=lambda m: (m.value, m.care))
