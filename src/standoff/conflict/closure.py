"""Reachability in the union of several tables of steps, for all states at once, and its strongly connected
components.

In option form every table of moves, of improvements and of coalition improvements is transitive, so that
two steps of one mover in succession are one step of it: the rule against them then changes nothing but
whether a state counts as reached from itself, and legal sequences are plain paths (Fang, Hipel and Kilgour
1993; Xu, Hipel, Kilgour and Fang 2018, ch. 4).
"""

from __future__ import annotations

from collections.abc import Sequence

from standoff.conflict.graph import Table, bit_set, members


def union(steps: Sequence[Table], size: int) -> Table:
    """Join tables: for each state where any mover can step to."""
    joined = [0] * size
    for table in steps:
        for state, targets in enumerate(table):
            joined[state] |= targets
    return tuple(joined)


def components(table: Table) -> list[list[int]]:
    """Give the strongly connected components, each before those from which it can be reached (Tarjan
    1972)."""
    number = [-1] * len(table)
    low = [0] * len(table)
    on_stack = 0
    stack: list[int] = []
    found: list[list[int]] = []
    counter = 0
    for root in range(len(table)):
        if number[root] != -1:
            continue
        work = [(root, table[root])]
        number[root] = low[root] = counter
        counter += 1
        stack.append(root)
        on_stack |= 1 << root
        while work:
            state, left = work.pop()
            while left:
                lowest = left & -left
                left ^= lowest
                target = lowest.bit_length() - 1
                if number[target] == -1:
                    work.append((state, left))
                    number[target] = low[target] = counter
                    counter += 1
                    stack.append(target)
                    on_stack |= 1 << target
                    work.append((target, table[target]))
                    break
                if on_stack >> target & 1:
                    low[state] = min(low[state], number[target])
            else:
                if low[state] == number[state]:
                    component: list[int] = []
                    while not component or component[-1] != state:
                        component.append(stack.pop())
                    on_stack &= ~bit_set(component)
                    found.append(component)
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[state])
    return found


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
