"""Reachable lists of a set of movers: legal sequences, in which no mover moves twice in succession.

Fang, Hipel and Kilgour 1993, ch. 3; Xu, Hipel, Kilgour and Fang 2018, ch. 4. A mover is a decision maker
or, in sequences of coalition improvements, a coalition: it is known here by its table of steps only. A, B,
A is legal, A, A is not; the start may be reached again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from standoff.conflict.closure import closure, union
from standoff.conflict.graph import StateGraph, Table, members

NOBODY = -1
"""The last mover before anybody has moved."""


Node = tuple[int, int]
"""A state and the position of the mover who stepped into it."""


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
    before: dict[Node, Node] = {}
    for node in _walk(steps, start, before):
        if goals >> node[0] & 1:
            return _trace(before, node)
    return None


def shortest_to_all(steps: Sequence[Table], start: int) -> dict[int, tuple[Step, ...]]:
    """Give a shortest legal sequence to every state that legal sequences lead to, by state, nearest first."""
    before: dict[Node, Node] = {}
    found: dict[int, tuple[Step, ...]] = {}
    for node in _walk(steps, start, before):
        if node[0] not in found:
            found[node[0]] = _trace(before, node)
    return found


def _walk(steps: Sequence[Table], start: int, before: dict[Node, Node]) -> Iterator[Node]:
    """Go through all (state, last mover) breadth first, noting in `before` from where each was reached
    first."""
    seen = [0] * len(steps)
    layer: list[Node] = [(start, NOBODY)]
    while layer:
        following: list[Node] = []
        for state, last in layer:
            for mover, table in enumerate(steps):
                if mover == last:
                    continue
                fresh = table[state] & ~seen[mover]
                seen[mover] |= fresh
                for target in members(fresh):
                    before[target, mover] = (state, last)
                    following.append((target, mover))
                    yield target, mover
        layer = following


def _trace(before: dict[Node, Node], final: Node) -> tuple[Step, ...]:
    path: list[Step] = []
    target, mover = final
    while mover != NOBODY:
        source, last = before[target, mover]
        path.append(Step(mover, source, target))
        target, mover = source, last
    return tuple(reversed(path))


def all_reached(graph: StateGraph, steps: Sequence[Table]) -> Table:
    """Give `reached` for every state as the start.

    Where moves are transitive a state may count as reached from itself where `reached` would not have it;
    no concept depends on that, because a departure is better than the state in question, and a set of
    countermoves holds its start's verdict already.
    """
    if graph.transitive:
        return closure(union(steps, graph.size))
    return tuple(reached(steps, s) for s in range(graph.size))


def moves_of(graph: StateGraph, group: tuple[int, ...]) -> Table:
    """R_H: for each state those that a group reaches by legal sequences of its members' moves."""
    if len(group) == 1:
        return graph.moves[group[0]]
    return graph.kept(("moves", group), lambda: all_reached(graph, [graph.moves[j] for j in group]))


def improvements_of(graph: StateGraph, group: tuple[int, ...]) -> Table:
    """R+_H: as `moves_of`, where each step is an improvement for the one who makes it, seen from where it
    is made."""
    if len(group) == 1:
        return graph.improvements(group[0])
    return graph.kept(
        ("improvements", group), lambda: all_reached(graph, [graph.improvements(j) for j in group])
    )
