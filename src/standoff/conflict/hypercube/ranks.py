"""Feasibility and ranks of all combinations of options, by broadcasting along the options.

A formula is evaluated only over the options that it speaks of and spread over the others, so that a
statement on three options costs eight truth values. Any number of priority statements is exact: when the
statements read so far no longer fit a machine word, their values are replaced by dense ranks and the rest
is appended (option prioritisation: Hipel, Kilgour, Fang and Peng 1997).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from standoff.conflict.formula import And, Formula, If, Iff, Not, Or, Taken, from_mask
from standoff.conflict.hypercube.axes import NOWHERE, Values
from standoff.conflict.model import Conflict
from standoff.conflict.preference import Partial, Preference, Priorities, Ranking, Weights
from standoff.conflict.problems import ModelProblem

Spread = NDArray[Any]
"""An array with one axis an option, option k the k-th from the end, of length 2, or 1 where it does not
matter."""

WORD = 1 << 62
"""How many different values are kept in a word of 64 bits."""

DENSE_BLOCK = 1 << 18
"""How many values are looked up at once when ranks are made dense."""

DIGIT = 40
"""Bits of a digit of weights that are too large for a word."""


def feasible_combinations(conflict: Conflict) -> NDArray[np.bool_] | None:
    """Say for each combination whether it is feasible; None where all are."""
    count = conflict.option_count
    if conflict.states:
        left = np.zeros(1 << count, dtype=np.bool_)
        left[np.array([state for _, state in conflict.states], dtype=np.int64)] = True
        return left
    if not conflict.infeasible and not conflict.constraints:
        return None
    left = np.ones((2,) * count, dtype=np.bool_)
    for mask in conflict.infeasible:
        left &= ~spread(from_mask(mask), count)
    for constraint in conflict.constraints:
        left &= spread(constraint.formula, count)
    return left.reshape(-1)


def rank_combinations(
    preference: Preference, count: int, feasible: NDArray[np.bool_] | None = None
) -> Values:
    """Rank all combinations of `count` options for one decision maker.

    The less the better; ties share a rank; ranks need not be consecutive; infeasible combinations have
    NOWHERE. Raises ModelProblem for a partly unknown preference.
    """
    match preference:
        case Ranking():
            found = np.full(1 << count, NOWHERE, dtype=np.int32)
            for rank, group in enumerate(preference.groups):
                found[np.array(group, dtype=np.int64)] = rank
        case Weights():
            found = _by_weights(preference.whole(), count)
        case Priorities():
            found = _by_priorities(preference, count)
        case Partial():
            raise ModelProblem(
                "a preference that is partly unknown has no single ranking: give all comparisons, or solve a "
                "smaller conflict state by state"
            )
    if feasible is not None:
        found[~feasible] = NOWHERE
    return found


def spread(formula: Formula, count: int) -> NDArray[np.bool_]:
    """The truth of a formula over the options that it speaks of."""
    match formula:
        case Taken(option):
            shape = [1] * count
            shape[count - 1 - option] = 2
            return np.array([False, True]).reshape(shape)
        case Not(part):
            return ~spread(part, count)
        case And(parts):
            both = np.ones((1,) * count, dtype=np.bool_)
            for part in parts:
                both = both & spread(part, count)
            return both
        case Or(parts):
            either = np.zeros((1,) * count, dtype=np.bool_)
            for part in parts:
                either = either | spread(part, count)
            return either
        case If(then, condition):
            return spread(then, count) | ~spread(condition, count)
        case Iff(left, right):
            same: NDArray[np.bool_] = spread(left, count) == spread(right, count)
            return same


def _by_priorities(preference: Priorities, count: int) -> Values:
    if not preference.levels:
        raise ModelProblem("a preference by priorities needs at least one statement")
    words = _Words(count)
    for level in preference.levels:
        false: Spread = np.zeros((1,) * count, dtype=np.int64)
        for priority in level:
            false = false + ~spread(priority.formula, count)
        words.append(false, len(level) + 1)
    return words.ranks()


def _by_weights(whole: tuple[int, ...], count: int) -> Values:
    """Sum what a state falls short of the best: the weights of options that are not as wished."""
    if sum(abs(weight) for weight in whole) < WORD:
        words = _Words(count)
        words.append(_shortfall(whole, count), sum(abs(weight) for weight in whole) + 1)
        return words.ranks()
    digits = -(-max(abs(weight).bit_length() for weight in whole) // DIGIT)
    carry: Spread = np.zeros((1,) * count, dtype=np.int64)
    found: list[Spread] = []
    for digit in range(digits):
        part = tuple(
            (1 if w > 0 else -1) * (abs(w) >> digit * DIGIT & (1 << DIGIT) - 1) if w else 0 for w in whole
        )
        total = _shortfall(part, count) + carry
        found.append(total & (1 << DIGIT) - 1)
        carry = total >> DIGIT
    words = _Words(count)
    words.append(carry, int(carry.max()) + 1)
    for part_of_sum in reversed(found):
        words.append(part_of_sum, 1 << DIGIT)
    return words.ranks()


def _shortfall(whole: tuple[int, ...], count: int) -> Spread:
    total: Spread = np.zeros((1,) * count, dtype=np.int64)
    for option, weight in enumerate(whole):
        if weight:
            taken = spread(Taken(option), count)
            total = total + np.where(taken == (weight < 0), np.int64(abs(weight)), np.int64(0))
    return total


class _Words:
    """Numbers that compare first by what was appended first, kept in one word of 64 bits."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.values: Spread = np.zeros((1,) * count, dtype=np.int64)
        self.size = 1

    def append(self, numbers: Spread, size: int) -> None:
        """Append numbers from 0 to size - 1."""
        if self.size * size > WORD:
            self._make_dense()
        self.values = self.values * np.int64(size) + numbers
        self.size *= size

    def ranks(self) -> Values:
        """One rank for each combination of all options."""
        if self.size > int(NOWHERE):
            self._make_dense()
        full = np.empty((2,) * self.count, dtype=np.int32)
        full[...] = self.values
        return full.reshape(-1)

    def _make_dense(self) -> None:
        flat = self.values.reshape(-1)
        different = np.unique(flat)
        dense = np.empty(flat.shape, dtype=np.int64)
        for start in range(0, len(flat), DENSE_BLOCK):
            block = flat[start : start + DENSE_BLOCK]
            dense[start : start + DENSE_BLOCK] = np.searchsorted(different, block)
        self.values = dense.reshape(self.values.shape)
        self.size = len(different)
