"""Why a verdict is as it is, for every concept: the certificate, its sentence, and what it assumes.

Where preferences are partly unknown a verdict speaks of all completions. Then the certificate is given
under one completion: one that makes the state unstable, where there is such a one, else any; the sentence
says which it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from standoff.conflict import attitudes, strength, unknown
from standoff.conflict.completion_question import Question, Rankings
from standoff.conflict.completions import COMPLETION_LIMIT
from standoff.conflict.concepts import INDIVIDUAL, JOINT
from standoff.conflict.graph import StateGraph, build
from standoff.conflict.model import Conflict
from standoff.conflict.problems import ModelProblem
from standoff.conflict.witness import Terms, Witness, witness
from standoff.conflict.wording import Wording

_TYPED = re.compile(r"(nash|gmr|smr|seq|sseq) \(?([abcd])\)?")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A certificate and its sentence; `completion` are the rankings that it assumes, where some were
    unknown."""

    witness: Witness
    sentence: str
    completion: Rankings | None = None


def explain(
    conflict: Conflict, graph: StateGraph, concept: str, who: Sequence[int], position: int
) -> Explanation:
    """Explain one verdict; raise ModelProblem for a concept that has no certificate for these decision
    makers.

    Concepts are named as in results ("seq", "csmr"), "strong seq", "seq (a)" for the types of unknown
    preference, "rgmr".
    """
    unclear = any(any(table) for table in graph.unknown)
    if unclear and concept in INDIVIDUAL and len(who) == 1:
        return _over_completions(conflict, graph, concept, who[0], position)
    claim = witness(_terms(conflict, graph, concept, tuple(who))(position), tuple(who), position)
    return Explanation(claim, Wording(conflict).verdict(claim))


def _terms(
    conflict: Conflict, graph: StateGraph, concept: str, who: tuple[int, ...]
) -> Callable[[int], Terms]:
    if concept in JOINT and who:
        return lambda s: JOINT[concept].terms(graph, who, s)
    if len(who) != 1:
        raise ModelProblem(f"there is no witness for {concept!r} and {len(who)} decision makers")
    (i,) = who
    if concept in INDIVIDUAL:
        return lambda s: INDIVIDUAL[concept].terms(graph, i, s)
    if concept.startswith("strong ") and concept.removeprefix("strong ") in strength.CONCEPTS:
        return lambda s: strength.terms(graph, concept.removeprefix("strong "), i, s)
    typed = _TYPED.fullmatch(concept)
    if typed is not None:
        kind = cast(unknown.Kind, typed[2])
        return lambda s: unknown.terms(graph, typed[1], kind, i, s)
    table = conflict.attitudes
    if table is not None and concept in attitudes.CONCEPTS:
        return lambda s: attitudes.terms(graph, table, concept, i, s)
    raise ModelProblem(f"there is no witness for {concept!r} and {len(who)} decision makers")


def _over_completions(
    conflict: Conflict, graph: StateGraph, concept: str, i: int, position: int
) -> Explanation:
    wording = Wording(conflict)
    if graph.size > COMPLETION_LIMIT:
        if concept in ("seq", "sseq"):
            raise ModelProblem(
                f"{concept.upper()} under unknown preference has no witness at {graph.size} states"
            )
        claim = witness(unknown.terms(graph, concept, "a", i, position), (i,), position)
        return Explanation(claim, wording.verdict(claim))
    question = Question(graph, concept)
    failing = question.failing(i, position)
    holding = question.holding([i], position)
    completion = failing or holding
    assert completion is not None
    completed = build(conflict, completion)
    claim = witness(INDIVIDUAL[concept].terms(completed, i, position), (i,), position)
    name, state = wording.who([i]), wording.state(position)
    ranked = wording.rankings([(j, ranking) for j, ranking in enumerate(completion) if any(graph.unknown[j])])
    if failing is None:
        head = (
            f"However the unknown turns out, {state} is stable ({concept.upper()}) for {name}. Say {ranked}: "
        )
    elif holding is None:
        head = f"However the unknown turns out, {state} is not stable ({concept.upper()}) for {name}. Say {ranked}: "
    else:
        head = (
            f"Whether {state} is stable ({concept.upper()}) for {name} depends on what is unknown. It is not "
            f"where {ranked}: "
        )
    return Explanation(claim, head + wording.reason(claim), completion)
