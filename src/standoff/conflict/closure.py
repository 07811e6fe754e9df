"""Reachability in the union of several tables of steps, for all states at once, and its strongly connected
components.

In option form every table of moves, of improvements and of coalition improvements is transitive, so that
two steps of one mover in succession are one step of it: the rule against them then changes nothing but
whether a state counts as reached from itself, and legal sequences are plain paths (Fang, Hipel and Kilgour
1993; Xu, Hipel, Kilgour and Fang 2018, ch. 4).
"""

from __future__ import annotations

from collections.abc import Sequence

from standoff.conflict.graph import Table, bit_set, members, transposed


def union(steps: Sequence[Table], size: int) -> Table:
    """Join tables: for each state where any mover can step to."""
    joined = [0] * size
    for table in steps:
        for state, targets in enumerate(table):
            joined[state] |= targets
    return tuple(joined)


def components(table: Table) -> list[list[int]]:
    """Give the strongly connected components, each before those from which it can be reached.

    Two walks, forwards and backwards (Kosaraju; Sharir 1981): with bit sets a walk never looks at a state
    twice.
    """
    backwards = transposed(table)
    found: list[list[int]] = []
    left = (1 << len(table)) - 1
    for root in reversed(_finishing_order(table)):
        if not left >> root & 1:
            continue
        component: list[int] = []
        fresh = 1 << root
        while fresh:
            left &= ~fresh
            reached = 0
            for state in members(fresh):
                component.append(state)
                reached |= backwards[state]
            fresh = reached & left
        found.append(component)
    found.reverse()
    return found


def _finishing_order(table: Table) -> list[int]:
    """The states in the order in which a walk in depth leaves them for good."""
    order: list[int] = []
    left = (1 << len(table)) - 1
    while left:
        stack = [(left & -left).bit_length() - 1]
        left &= left - 1
        while stack:
            following = table[stack[-1]] & left
            if following:
                lowest = following & -following
                left ^= lowest
                stack.append(lowest.bit_length() - 1)
            else:
                order.append(stack.pop())
    return order


def closure(table: Table) -> Table:
    """Give for each state all that paths of one step or more lead to."""
    reach = [0] * len(table)
    for component in components(table):
        inside = bit_set(component)
        found = 0
        for state in component:
            found |= table[state]
        for target in members(found & ~inside):
            found |= reach[target]
        if len(component) > 1:
            found |= inside
        for state in component:
            reach[state] = found
    return tuple(reach)
