"""General metarationality (GMR): every improvement can be answered so that the decision maker ends no
better off.

Howard 1971, *Paradoxes of Rationality*; in the graph model: Fang, Hipel and Kilgour 1993, ch. 3. The others
answer by any legal sequence of moves, whatever it costs themselves. Foresight: own move, their answer.
"""

from __future__ import annotations

from standoff.conflict.graph import StateGraph, members
from standoff.conflict.sequences import moves_of
from standoff.conflict.witness import Terms

NAME = "gmr"


def terms(graph: StateGraph, decision_maker: int, state: int) -> Terms:
    """Departures R+_i(s), deterring what is not better than s, answers by all moves of the others."""
    others = graph.others(decision_maker)
    return Terms(
        NAME,
        graph.improvements(decision_maker)[state],
        graph.not_better(decision_maker, state),
        tuple((j,) for j in others),
        tuple(graph.moves[j] for j in others),
    )


def is_stable(graph: StateGraph, decision_maker: int, state: int) -> bool:
    """For all s1 in R+_i(s) there is s2 in R_{N-i}(s1) that i does not prefer to s."""
    answers = moves_of(graph, graph.others(decision_maker))
    deterring = graph.not_better(decision_maker, state)
    return all(answers[s1] & deterring for s1 in members(graph.improvements(decision_maker)[state]))
