"""Reachable lists of a set of movers: legal sequences, in which no mover moves twice in succession.

Fang, Hipel and Kilgour 1993, ch. 3; Xu, Hipel, Kilgour and Fang 2018, ch. 4. A mover is a decision maker
or, in sequences of coalition improvements, a coalition: it is known here by its table of steps only. A, B,
A is legal, A, A is not; the start may be reached again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from standoff.conflict.graph import StateGraph, Table, members

NOBODY = -1
"""The last mover before anybody has moved."""


class Step(NamedTuple):
    """One step of a sequence: the position of the mover among the movers, from which state to which."""

    mover: int
    source: int
    target: int


def reached(steps: Sequence[Table], start: int) -> int:
    """Give the set of states that legal sequences of the movers lead to from a state.

    `steps[j][s]` is the set of states to which mover j can step from s.
    """
    by_last = [table[start] for table in steps]
    fresh = list(by_last)
    while any(fresh):
        found = [0] * len(steps)
        for last, states in enumerate(fresh):
            for state in members(states):
                for mover, table in enumerate(steps):
                    if mover != last:
                        found[mover] |= table[state]
        for mover, states in enumerate(found):
            fresh[mover] = states & ~by_last[mover]
            by_last[mover] |= states
    union = 0
    for states in by_last:
        union |= states
    return union


def shortest(steps: Sequence[Table], start: int, goals: int) -> tuple[Step, ...] | None:
    """Give a shortest legal sequence from a state into a set of states; None where there is none.

    Among equally short ones the movers and the states that come first win, so that the answer is always the
    same.
    """
    before: dict[tuple[int, int], tuple[int, int]] = {}
    layer: list[tuple[int, int]] = [(start, NOBODY)]
    while layer:
        following: list[tuple[int, int]] = []
        for state, last in layer:
            for mover, table in enumerate(steps):
                if mover == last:
                    continue
                for target in members(table[state]):
                    if (target, mover) in before:
                        continue
                    before[target, mover] = (state, last)
                    if goals >> target & 1:
                        return _trace(before, (target, mover))
                    following.append((target, mover))
        layer = following
    return None


def _trace(before: dict[tuple[int, int], tuple[int, int]], final: tuple[int, int]) -> tuple[Step, ...]:
    path: list[Step] = []
    target, mover = final
    while mover != NOBODY:
        source, last = before[target, mover]
        path.append(Step(mover, source, target))
        target, mover = source, last
    return tuple(reversed(path))


def moves_of(graph: StateGraph, group: tuple[int, ...]) -> Table:
    """R_H: for each state those that a group reaches by legal sequences of its members' moves."""
    steps = [graph.moves[j] for j in group]
    return graph.kept(("moves", group), lambda s: reached(steps, s))


def improvements_of(graph: StateGraph, group: tuple[int, ...]) -> Table:
    """R+_H: as `moves_of`, where each step is an improvement for the one who makes it, seen from where it
    is made."""
    steps = [graph.improvements(j) for j in group]
    return graph.kept(("improvements", group), lambda s: reached(steps, s))
