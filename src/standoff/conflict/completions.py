"""Necessary and possible stability: what holds however the unknown comparisons turn out, and what can hold.

A completion of a partly unknown preference is a complete ranking, ties allowed, that keeps to all that is
known. A verdict is necessary where every completion of all decision makers gives it, possible where one
does.

For Nash, GMR and SMR only the decision maker's own preference matters, and only through the set of states
that are no better than the state in question; the larger it is, the more is stable. The smallest such set
are the states known to be no better, the largest those not known to be better, and each belongs to a
completion. So necessary is what type a of Li, Hipel, Kilgour and Fang 2004 calls stable, possible what type
d does. For SEQ and SSEQ the others' preferences decide how they answer; those questions go to a SAT solver:
is there a completion with an undeterred departure, is there one without.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from standoff.conflict.completion_question import Question
from standoff.conflict.graph import StateGraph, bit_set, members
from standoff.conflict.problems import ModelProblem
from standoff.conflict.unknown import CONCEPTS, is_stable

COMPLETION_LIMIT = 24
"""The most states for which SEQ and SSEQ are decided over all completions: clauses grow with the cube of
it."""


@dataclass(frozen=True, slots=True)
class OverCompletions:
    """Necessary and possible stability under one concept: bit sets of states, by decision maker and for all.

    An equilibrium is possible where one and the same completion makes the state stable for all.
    """

    concept: str
    necessary: tuple[int, ...]
    possible: tuple[int, ...]
    necessary_equilibria: int
    possible_equilibria: int


def over_completions(graph: StateGraph, concept: str) -> OverCompletions:
    """Decide necessary and possible stability for nash, gmr, smr, seq or sseq."""
    if concept not in CONCEPTS:
        raise ModelProblem(f"{concept!r} is not decided over completions: take one of {', '.join(CONCEPTS)}")
    if concept in ("nash", "gmr", "smr"):
        return _by_threshold(graph, concept)
    if graph.size > COMPLETION_LIMIT and any(any(table) for table in graph.unknown):
        raise ModelProblem(
            f"{concept.upper()} over all completions is decided for at most {COMPLETION_LIMIT} states, and "
            f"there are {graph.size}"
        )
    question = Question(graph, concept)
    necessary = tuple(
        bit_set(s for s in range(graph.size) if question.failing(i, s) is None) for i in graph.everyone
    )
    possible = tuple(
        bit_set(s for s in range(graph.size) if necessary[i] >> s & 1 or question.holding([i], s) is not None)
        for i in graph.everyone
    )
    for_all = _common(graph, possible)
    sure = _common(graph, necessary)
    together = bit_set(
        s for s in members(for_all) if sure >> s & 1 or question.holding(graph.everyone, s) is not None
    )
    return OverCompletions(concept, necessary, possible, sure, together)


def _by_threshold(graph: StateGraph, concept: str) -> OverCompletions:
    necessary, possible = (
        tuple(
            bit_set(s for s in range(graph.size) if is_stable(graph, concept, kind, i, s))
            for i in graph.everyone
        )
        for kind in ("a", "d")
    )
    return OverCompletions(concept, necessary, possible, _common(graph, necessary), _common(graph, possible))


def _common(graph: StateGraph, by_decision_maker: Sequence[int]) -> int:
    common = graph.every_state
    for states in by_decision_maker:
        common &= states
    return common
