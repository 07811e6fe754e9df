"""Symmetric sequential stability (SSEQ): a credible answer, out of which no countermove of one's own helps.

Rego and Vieira 2015 (two decision makers), 2017 (n decision makers; Group Decision and Negotiation,
doi 10.1007/s10726-016-9520-8). As SMR, but the answer is made of improvements, as for SEQ.
"""

from __future__ import annotations

from standoff.conflict.graph import StateGraph, members
from standoff.conflict.sequences import improvements_of
from standoff.conflict.witness import Terms

NAME = "sseq"


def terms(graph: StateGraph, decision_maker: int, state: int) -> Terms:
    """As for SEQ, and the decision maker may move out of the outcome."""
    others = graph.others(decision_maker)
    return Terms(
        NAME,
        graph.improvements(decision_maker)[state],
        graph.not_better(decision_maker, state),
        tuple((j,) for j in others),
        tuple(graph.improvements(j) for j in others),
        graph.moves[decision_maker],
    )


def is_stable(graph: StateGraph, decision_maker: int, state: int) -> bool:
    """As SEQ, where all s3 in R_i(s2) too are no better than s."""
    answers = improvements_of(graph, graph.others(decision_maker))
    deterring = graph.not_better(decision_maker, state)
    counter = graph.moves[decision_maker]
    return all(
        any(not counter[s2] & ~deterring for s2 in members(answers[s1] & deterring))
        for s1 in members(graph.improvements(decision_maker)[state])
    )
