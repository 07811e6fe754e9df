"""Coalition sequential stability (CSEQ): every coalition improvement can be answered by improvements of
other coalitions.

Inohara and Hipel 2008 (Journal of Systems Science and Systems Engineering 17): the answer is a sequence of
improvements of non-empty coalitions of the others, no coalition twice in succession. An earlier, weaker
form (Kilgour, Hipel, Fang and Peng 2001) lets the others answer by their individual improvements only;
`individual` asks for it.
"""

from __future__ import annotations

from standoff.conflict.coalition.coalitions import Coalition, coalitions, improvements, not_better, outside
from standoff.conflict.graph import StateGraph, Table, members
from standoff.conflict.sequences import all_reached
from standoff.conflict.witness import Terms

NAME = "cseq"


def answering(graph: StateGraph, coalition: Coalition, *, individual: bool = False) -> tuple[Coalition, ...]:
    """Give the movers who answer: all coalitions of the others, or each of the others alone."""
    others = outside(graph, coalition)
    return tuple((j,) for j in others) if individual else coalitions(others)


def _steps(graph: StateGraph, movers: tuple[Coalition, ...], individual: bool) -> tuple[Table, ...]:
    if individual:
        return tuple(graph.improvements(mover[0]) for mover in movers)
    return tuple(improvements(graph, mover) for mover in movers)


def terms(graph: StateGraph, coalition: Coalition, state: int, *, individual: bool = False) -> Terms:
    """Departures CI_H(s), deterring what some member does not prefer to s, answers by coalition
    improvements."""
    movers = answering(graph, coalition, individual=individual)
    return Terms(
        NAME,
        improvements(graph, coalition)[state],
        not_better(graph, coalition, state),
        movers,
        _steps(graph, movers, individual),
    )


def is_stable(graph: StateGraph, coalition: Coalition, state: int, *, individual: bool = False) -> bool:
    """For all s1 in CI_H(s) there is s2 in R++_{P(N-H)}(s1) that some member of H does not prefer to s."""
    movers = answering(graph, coalition, individual=individual)
    steps = _steps(graph, movers, individual)
    answers = graph.kept(("coalition answers", coalition, individual), lambda: all_reached(graph, steps))
    deterring = not_better(graph, coalition, state)
    return all(answers[s1] & deterring for s1 in members(improvements(graph, coalition)[state]))
