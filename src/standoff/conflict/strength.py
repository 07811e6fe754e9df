"""Strength of preference: general, strong and weak stability.

Hamouda, Kilgour and Hipel 2004 (Group Decision and Negotiation 13), 2006; Xu, Hipel, Kilgour and Fang 2018,
ch. 6. Improvements are states that are preferred or greatly preferred. General stability asks what the
plain concepts ask. Strong stability asks that a deterring outcome be greatly worse than the state (s >> t),
and so every countermove's end. A stable state that is not strongly stable is weakly stable. Nash stability
has no strong form: such a state is called Nash stable only.
"""

from __future__ import annotations

from typing import Literal

from standoff.conflict.graph import StateGraph
from standoff.conflict.stability import gmr, nash, seq, smr, sseq
from standoff.conflict.witness import Terms, judge

Degree = Literal["nash", "strong", "weak", "unstable"]

CONCEPTS = {module.NAME: module for module in (gmr, smr, seq, sseq)}
"""The concepts that have a strong form."""


def terms(graph: StateGraph, concept: str, decision_maker: int, state: int) -> Terms:
    """The plain concept's terms, deterred only by outcomes that are greatly worse than the state."""
    plain = CONCEPTS[concept].terms(graph, decision_maker, state)
    return Terms(
        f"strong {concept}",
        plain.departures,
        graph.much_worse[decision_maker][state],
        plain.movers,
        plain.answers,
        plain.countermoves,
        finding="much worse than",
    )


def degree(graph: StateGraph, concept: str, decision_maker: int, state: int) -> Degree:
    """Say how stable a state is for a decision maker under a concept."""
    if nash.is_stable(graph, decision_maker, state):
        return "nash"
    if judge(terms(graph, concept, decision_maker, state)):
        return "strong"
    return "weak" if CONCEPTS[concept].is_stable(graph, decision_maker, state) else "unstable"


def is_graded(graph: StateGraph) -> bool:
    """Say whether any decision maker greatly prefers anything."""
    return any(any(table) for table in graph.much_worse)
