"""Coalitions: the non-empty sets of decision makers, what they can improve, and how others combine against
them.

Kilgour, Hipel, Fang and Peng 2001 (Group Decision and Negotiation 10); Inohara and Hipel 2008 (Journal of
Systems Science and Systems Engineering 17). A coalition improvement is judged by where it ends: every
member prefers the end to the start; the single steps need not improve.
"""

from __future__ import annotations

from itertools import combinations

from standoff.conflict.graph import StateGraph, Table
from standoff.conflict.sequences import moves_of

Coalition = tuple[int, ...]
"""Numbers of decision makers, ascending."""


def coalitions(decision_makers: tuple[int, ...]) -> tuple[Coalition, ...]:
    """Give all non-empty coalitions of some decision makers, small ones first."""
    return tuple(
        chosen
        for size in range(1, len(decision_makers) + 1)
        for chosen in combinations(decision_makers, size)
    )


def outside(graph: StateGraph, coalition: Coalition) -> Coalition:
    """Give the decision makers who are not in a coalition (N - H)."""
    return tuple(j for j in graph.everyone if j not in coalition)


def improvements(graph: StateGraph, coalition: Coalition) -> Table:
    """CI_H = R++_H: for each state those that the coalition can reach and all its members prefer."""
    reach = moves_of(graph, coalition)

    def made() -> Table:
        found = list(reach)
        for i in coalition:
            found = [kept & preferred for kept, preferred in zip(found, graph.better[i], strict=True)]
        return tuple(found)

    return graph.kept(("coalition improvements", coalition), made)


def not_better(graph: StateGraph, coalition: Coalition, state: int) -> int:
    """The states that at least one member does not prefer to a state."""
    found = 0
    for i in coalition:
        found |= graph.not_better(i, state)
    return found
