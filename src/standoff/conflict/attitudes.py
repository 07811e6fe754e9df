"""Attitudes: relational stability, where a decision maker also wants good or ill for others.

Inohara, Hipel and Walker 2007 (Journal of Systems Science and Systems Engineering 16); Walker, Hipel and
Inohara 2009. The attitude e_ij of i towards j is positive (i goes only where j is at least as well off),
negative (only where j is worse off) or neutral. A state is a totally relational reply for i where it keeps
to all of i's attitudes at once. With a positive attitude to itself alone, i is an ordinary decision maker,
except that it also accepts moves to equally good states.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from standoff.conflict.graph import StateGraph, Table
from standoff.conflict.problems import ModelProblem
from standoff.conflict.witness import Terms, judge

Concept = Literal["rnash", "rgmr", "rsmr", "rseq"]
CONCEPTS: tuple[Concept, ...] = ("rnash", "rgmr", "rsmr", "rseq")
Attitudes = Sequence[Sequence[int]]
"""`attitudes[i][j]` is 1, 0 or -1."""


def acceptable(graph: StateGraph, attitudes: Attitudes, decision_maker: int) -> Table:
    """TRP_i: for each state s those t with t TRP_i s, which keep to all of the decision maker's attitudes."""
    if any(any(table) for table in graph.unknown):
        raise ModelProblem("attitudes need known preferences: some comparisons are unknown here")

    def made() -> Table:
        found = [graph.every_state] * graph.size
        for j, attitude in enumerate(attitudes[decision_maker]):
            if attitude:
                worse = graph.worse(j)
                found = [f & (~w if attitude > 0 else w) for f, w in zip(found, worse, strict=True)]
        return tuple(found)

    return graph.kept(("acceptable", tuple(map(tuple, attitudes)), decision_maker), made)


def replies(graph: StateGraph, attitudes: Attitudes, decision_maker: int) -> Table:
    """TRR_i without the state itself: the moves that keep to all of the decision maker's attitudes."""
    wanted = acceptable(graph, attitudes, decision_maker)
    moves = graph.moves[decision_maker]
    return graph.kept(
        ("replies", tuple(map(tuple, attitudes)), decision_maker),
        lambda: tuple(m & w for m, w in zip(moves, wanted, strict=True)),
    )


def terms(
    graph: StateGraph, attitudes: Attitudes, concept: Concept, decision_maker: int, state: int
) -> Terms:
    """What a relational concept means for one decision maker in one state."""
    departures = replies(graph, attitudes, decision_maker)[state]
    if concept == "rnash":
        return Terms(concept, departures, 0, (), ())
    deterring = graph.every_state & ~acceptable(graph, attitudes, decision_maker)[state]
    others = graph.others(decision_maker)
    answers = tuple(replies(graph, attitudes, j) if concept == "rseq" else graph.moves[j] for j in others)
    counter = graph.moves[decision_maker] if concept == "rsmr" else None
    movers = tuple((j,) for j in others)
    return Terms(concept, departures, deterring, movers, answers, counter, "unacceptable compared with")


def is_stable(
    graph: StateGraph, attitudes: Attitudes, concept: Concept, decision_maker: int, state: int
) -> bool:
    """Say whether a state is relationally stable for a decision maker."""
    return judge(terms(graph, attitudes, concept, decision_maker, state))
