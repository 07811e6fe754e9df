"""What a decision maker prefers, in the four ways in which the field writes it down.

- `Ranking`: groups of equally good states, best first, each step with a degree: 1 for "preferred" (>), 2
  for "greatly preferred" (>>), and so on (Hamouda, Kilgour and Hipel 2004; Xu, Hipel, Kilgour and Fang
  2018, ch. 6).
- `Weights`: a number an option; a state is worth the sum over its taken options.
- `Priorities`: statements in order of importance; states compare by the first level on which they differ
  (option prioritisation: Hipel, Kilgour, Fang and Peng 1997). Compared as tuples of counts, so any number
  of statements.
- `Partial`: chains of known comparisons; what does not follow from them is unknown (Li, Hipel, Kilgour and
  Fang 2004).

A rank is an int, 0 for the best group, and grows as states get worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from standoff.conflict.formula import Formula, holds, truth
from standoff.conflict.problems import ModelProblem

Groups = tuple[tuple[int, ...], ...]
"""Groups of equally good states, best first."""

Key = int | tuple[int, ...]
"""How a state sorts among others of one preference: the greater the better."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Groups of equally good states, best first; `degrees[g]` is the strength of the step from group g to g
    + 1.

    No degrees given means 1 everywhere. A state is preferred to another by the largest degree of the steps
    between them.
    """

    groups: Groups
    degrees: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse degrees that do not fit the groups."""
        if self.degrees and (len(self.degrees) != len(self.groups) - 1 or min(self.degrees) < 1):
            raise ModelProblem("a ranking needs one degree of at least 1 for each step between its groups")

    def positions(self) -> dict[int, int]:
        """Map each ranked state to the number of its group, 0 best."""
        return {state: g for g, group in enumerate(self.groups) for state in group}

    def levels(self) -> tuple[int, ...]:
        """Give each group its number of steps of degree 2 or more above it: equal means no great
        preference."""
        levels = [0] * len(self.groups)
        for g in range(1, len(self.groups)):
            levels[g] = levels[g - 1] + (1 if self.degrees and self.degrees[g - 1] >= 2 else 0)
        return tuple(levels)


@dataclass(frozen=True, slots=True)
class Weights:
    """One exact number for each option; negative for an option that the decision maker wants not taken."""

    weights: tuple[Fraction, ...]

    def whole(self) -> tuple[int, ...]:
        """Give the weights as ints in the same proportions."""
        scale = lcm(*(weight.denominator for weight in self.weights)) if self.weights else 1
        return tuple(int(weight * scale) for weight in self.weights)


@dataclass(frozen=True, slots=True)
class Priority:
    """One statement that a decision maker wants to be true; `text` is how its author wrote it, `id` a
    stable name."""

    formula: Formula
    text: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Priorities:
    """Levels of statements, the most important first; statements in one level count alike, so usually one a
    level."""

    levels: tuple[tuple[Priority, ...], ...]

    def key(self, state: int) -> tuple[int, ...]:
        """Count the true statements of each level: tuples compare as the states do, the greater the
        better."""
        return tuple(sum(holds(p.formula, state) for p in level) for level in self.levels)


@dataclass(frozen=True, slots=True)
class Partial:
    """Chains of groups, each best first. Known is what follows from the chains; all other comparisons are
    unknown."""

    chains: tuple[Groups, ...]


Preference = Ranking | Weights | Priorities | Partial


def weight_of(whole: Sequence[int], state: int) -> int:
    """Sum the weights of the options that are taken in a state."""
    return sum(weight for k, weight in enumerate(whole) if state >> k & 1)


def ranks(preference: Preference, states: NDArray[np.int64]) -> NDArray[np.int32]:
    """Rank states for one decision maker: shape of `states`, 0 for the best group among them, ties share a
    rank.

    Raises ModelProblem for a `Partial` preference, which has no single ranking, and for a state that a
    `Ranking` leaves out.
    """
    match preference:
        case Ranking():
            positions = preference.positions()
            try:
                found = [positions[int(state)] for state in states]
            except KeyError as missing:
                raise ModelProblem(f"the ranking leaves out state {missing.args[0]}") from missing
            return _dense(np.array(found, dtype=np.int64))
        case Weights():
            return _dense(-_weighed(preference.whole(), states))
        case Priorities():
            return _dense_rows(_level_counts(preference, states))
        case Partial():
            raise ModelProblem(
                "a preference that is partly unknown has no single ranking: solve it with the concepts for "
                "unknown preference, or give all comparisons"
            )


def _weighed(whole: Sequence[int], states: NDArray[np.int64]) -> NDArray[np.int64]:
    if sum(abs(weight) for weight in whole) >= 2**62:
        exact = sorted({weight_of(whole, int(state)) for state in states})
        place = {value: position for position, value in enumerate(exact)}
        return np.array([place[weight_of(whole, int(state))] for state in states], dtype=np.int64)
    total = np.zeros(states.shape, dtype=np.int64)
    for k, weight in enumerate(whole):
        if weight:
            total += (states >> np.int64(k) & 1) * np.int64(weight)
    return total


def _level_counts(preference: Priorities, states: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Pack the negated counts of the levels into as few int64 words as hold them, the most important
    first."""
    words: list[NDArray[np.int64]] = []
    room = 0
    for level in preference.levels:
        bits = len(level).bit_length()
        counts = np.zeros(states.shape, dtype=np.int64)
        for priority in level:
            counts += ~truth(priority.formula, states)
        if bits > room:
            words.append(counts)
            room = 62 - bits
        else:
            words[-1] = (words[-1] << np.int64(bits)) | counts
            room -= bits
    return words


def _dense(values: NDArray[np.int64]) -> NDArray[np.int32]:
    _, inverse = np.unique(values, return_inverse=True)
    return inverse.astype(np.int32)


def _dense_rows(words: list[NDArray[np.int64]]) -> NDArray[np.int32]:
    if not words:
        raise ModelProblem("a preference by priorities needs at least one statement")
    dense = _dense(words[0])
    for word in words[1:]:
        dense = _dense((dense.astype(np.int64) << np.int64(32)) | _dense(word))
    return dense
