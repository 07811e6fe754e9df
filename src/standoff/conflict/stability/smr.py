"""Symmetric metarationality (SMR): an improvement can be answered, and a further move of one's own does not
help.

Howard 1971, *Paradoxes of Rationality*; in the graph model: Fang, Hipel and Kilgour 1993, ch. 3. Foresight:
own move, the others' answer, own countermove; every countermove is compared with the state at the start.
"""

from __future__ import annotations

from standoff.conflict.graph import StateGraph, members
from standoff.conflict.sequences import moves_of
from standoff.conflict.witness import Terms

NAME = "smr"


def terms(graph: StateGraph, decision_maker: int, state: int) -> Terms:
    """As for GMR, and the decision maker may move out of the outcome."""
    others = graph.others(decision_maker)
    return Terms(
        NAME,
        graph.improvements(decision_maker)[state],
        graph.not_better(decision_maker, state),
        tuple((j,) for j in others),
        tuple(graph.moves[j] for j in others),
        graph.moves[decision_maker],
    )


def is_stable(graph: StateGraph, decision_maker: int, state: int) -> bool:
    """As GMR, where all s3 in R_i(s2) too are no better than s."""
    answers = moves_of(graph, graph.others(decision_maker))
    deterring = graph.not_better(decision_maker, state)
    counter = graph.moves[decision_maker]
    return all(
        any(not counter[s2] & ~deterring for s2 in members(answers[s1] & deterring))
        for s1 in members(graph.improvements(decision_maker)[state])
    )
