"""Nash stability (rationality, R): the decision maker cannot improve by a move of its own.

Nash 1950, 1951; in the graph model: Fang, Hipel and Kilgour 1993, ch. 3. Foresight: one own move; nobody
answers.
"""

from __future__ import annotations

from standoff.conflict.graph import StateGraph
from standoff.conflict.witness import Terms

NAME = "nash"


def terms(graph: StateGraph, decision_maker: int, state: int) -> Terms:
    """Stable where R+_i(s) is empty: no departure, so nothing that would have to deter."""
    return Terms(NAME, graph.improvements(decision_maker)[state], 0, (), ())


def is_stable(graph: StateGraph, decision_maker: int, state: int) -> bool:
    """Say whether a state is Nash stable for a decision maker."""
    return not graph.improvements(decision_maker)[state]
