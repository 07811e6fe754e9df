"""Coalition general metarationality (CGMR): every coalition improvement can be answered to some member's
cost.

Kilgour, Hipel, Fang and Peng 2001; Inohara and Hipel 2008. The others answer by any legal sequence of
moves; a state deters if one member of the coalition does not prefer it. Against the coalition of all there
is nobody left to answer.
"""

from __future__ import annotations

from standoff.conflict.coalition.coalitions import Coalition, improvements, not_better, outside
from standoff.conflict.graph import StateGraph, members
from standoff.conflict.sequences import moves_of
from standoff.conflict.witness import Terms

NAME = "cgmr"


def terms(graph: StateGraph, coalition: Coalition, state: int) -> Terms:
    """Departures CI_H(s), deterring what some member does not prefer to s, answers by all moves of the
    others."""
    others = outside(graph, coalition)
    return Terms(
        NAME,
        improvements(graph, coalition)[state],
        not_better(graph, coalition, state),
        tuple((j,) for j in others),
        tuple(graph.moves[j] for j in others),
    )


def is_stable(graph: StateGraph, coalition: Coalition, state: int) -> bool:
    """For all s1 in CI_H(s) there is s2 in R_{N-H}(s1) that some member of H does not prefer to s."""
    answers = moves_of(graph, outside(graph, coalition))
    deterring = not_better(graph, coalition, state)
    return all(answers[s1] & deterring for s1 in members(improvements(graph, coalition)[state]))
