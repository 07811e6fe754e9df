"""A preference as relations between states: better, much better, much worse, unknown.

Each relation is a table of bit sets over positions: `better[s]` holds the positions that are preferred to
s. What is in none of better, unknown and the reverse of better is equally good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from standoff.conflict.preference import Groups, Partial, Preference, Ranking, ranks
from standoff.conflict.problems import ModelProblem


@dataclass(frozen=True, slots=True)
class Relations:
    """One decision maker's relations: one bit set a state in each."""

    better: tuple[int, ...]
    much_better: tuple[int, ...]
    much_worse: tuple[int, ...]
    unknown: tuple[int, ...]


def relate(preference: Preference, states: Sequence[int]) -> Relations:
    """Work out the relations of one preference over states (ints as the model has them).

    Raises ModelProblem where a ranking leaves out a state, or where the chains of a partial preference
    contradict each other.
    """
    if isinstance(preference, Partial):
        return _from_chains(preference, states)
    found = [int(rank) for rank in ranks(preference, np.array(states, dtype=np.int64))]
    better = above(found)
    nothing = (0,) * len(states)
    if not isinstance(preference, Ranking) or max(preference.degrees, default=1) < 2:
        return Relations(better, nothing, nothing, nothing)
    positions = preference.positions()
    levels = [preference.levels()[positions[state]] for state in states]
    return Relations(better, above(levels), above([-level for level in levels]), nothing)


def above(numbers: Sequence[int]) -> tuple[int, ...]:
    """Give for each position the set of positions with a smaller number."""
    by_number: dict[int, int] = {}
    for position, number in enumerate(numbers):
        by_number[number] = by_number.get(number, 0) | 1 << position
    smaller: dict[int, int] = {}
    collected = 0
    for number in sorted(by_number):
        smaller[number] = collected
        collected |= by_number[number]
    return tuple(smaller[number] for number in numbers)


def _from_chains(preference: Partial, states: Sequence[int]) -> Relations:
    """Close the chains' comparisons under transitivity: at_least[s] are the positions known to be as good
    or better."""
    place = {state: position for position, state in enumerate(states)}
    at_least = [1 << position for position in range(len(states))]
    strict: list[tuple[int, int]] = []
    for chain in preference.chains:
        _enter_chain(chain, place, at_least, strict)
    for through in range(len(states)):
        for s in range(len(states)):
            if at_least[s] >> through & 1:
                at_least[s] |= at_least[through]
    for worse, best in strict:
        if at_least[best] >> worse & 1:
            raise ModelProblem(
                f"the known comparisons run in a circle: state {states[best]} is said to be better than "
                f"state {states[worse]}, and also no better"
            )
    every = (1 << len(states)) - 1
    at_most = [0] * len(states)
    for s, upper in enumerate(at_least):
        for t in range(len(states)):
            if upper >> t & 1:
                at_most[t] |= 1 << s
    better = tuple(at_least[s] & ~at_most[s] for s in range(len(states)))
    unknown = tuple(every & ~(at_least[s] | at_most[s]) for s in range(len(states)))
    nothing = (0,) * len(states)
    return Relations(better, nothing, nothing, unknown)


def _enter_chain(
    chain: Groups, place: dict[int, int], at_least: list[int], strict: list[tuple[int, int]]
) -> None:
    for group in chain:
        for state in group:
            at_least[place[state]] |= sum(1 << place[other] for other in group)
    for upper, lower in pairwise(chain):
        for worse in lower:
            for best in upper:
                at_least[place[worse]] |= 1 << place[best]
                strict.append((place[worse], place[best]))
