"""Sequential stability (SEQ): every improvement can be answered credibly, by moves that the others want to
make.

Fraser and Hipel 1979 (IEEE Trans. SMC 9: 805-816), 1984; in the graph model: Fang, Hipel and Kilgour 1993,
ch. 3. As GMR, but each step of the answer improves for the one who makes it, seen from the state in which
it is made.
"""

from __future__ import annotations

from standoff.conflict.graph import StateGraph, members
from standoff.conflict.sequences import improvements_of
from standoff.conflict.witness import Terms

NAME = "seq"


def terms(graph: StateGraph, decision_maker: int, state: int) -> Terms:
    """Departures R+_i(s), deterring what is not better than s, answers by improvements of the others."""
    others = graph.others(decision_maker)
    return Terms(
        NAME,
        graph.improvements(decision_maker)[state],
        graph.not_better(decision_maker, state),
        tuple((j,) for j in others),
        tuple(graph.improvements(j) for j in others),
    )


def is_stable(graph: StateGraph, decision_maker: int, state: int) -> bool:
    """For all s1 in R+_i(s) there is s2 in R+_{N-i}(s1) that i does not prefer to s."""
    answers = improvements_of(graph, graph.others(decision_maker))
    deterring = graph.not_better(decision_maker, state)
    return all(answers[s1] & deterring for s1 in members(graph.improvements(decision_maker)[state]))
