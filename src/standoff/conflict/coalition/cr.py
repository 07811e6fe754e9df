"""Coalition rationality (CR, coalition Nash): the coalition reaches no state that all its members prefer.

Kilgour, Hipel, Fang and Peng 2001 (Group Decision and Negotiation 10).
"""

from __future__ import annotations

from standoff.conflict.coalition.coalitions import Coalition, improvements
from standoff.conflict.graph import StateGraph
from standoff.conflict.witness import Terms

NAME = "cr"


def terms(graph: StateGraph, coalition: Coalition, state: int) -> Terms:
    """Stable where CI_H(s) is empty."""
    return Terms(NAME, improvements(graph, coalition)[state], 0, (), ())


def is_stable(graph: StateGraph, coalition: Coalition, state: int) -> bool:
    """Say whether a coalition has no improvement from a state."""
    return not improvements(graph, coalition)[state]
