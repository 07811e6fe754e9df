"""Coalition symmetric metarationality (CSMR): as CGMR, and the coalition cannot get out of the answer.

Kilgour, Hipel, Fang and Peng 2001; Inohara and Hipel 2008. The coalition's countermoves are its legal
sequences from the outcome; each of them too must leave some member no better off than at the start.
"""

from __future__ import annotations

from standoff.conflict.coalition.coalitions import Coalition, improvements, not_better, outside
from standoff.conflict.graph import StateGraph, members
from standoff.conflict.sequences import moves_of
from standoff.conflict.witness import Terms

NAME = "csmr"


def terms(graph: StateGraph, coalition: Coalition, state: int) -> Terms:
    """As for CGMR, and the coalition may move on from the outcome."""
    others = outside(graph, coalition)
    return Terms(
        NAME,
        improvements(graph, coalition)[state],
        not_better(graph, coalition, state),
        tuple((j,) for j in others),
        tuple(graph.moves[j] for j in others),
        moves_of(graph, coalition),
    )


def is_stable(graph: StateGraph, coalition: Coalition, state: int) -> bool:
    """As CGMR, where for all s3 in R_H(s2) too some member of H does not prefer s3 to s."""
    answers = moves_of(graph, outside(graph, coalition))
    deterring = not_better(graph, coalition, state)
    counter = moves_of(graph, coalition)
    return all(
        any(not counter[s2] & ~deterring for s2 in members(answers[s1] & deterring))
        for s1 in members(improvements(graph, coalition)[state])
    )
