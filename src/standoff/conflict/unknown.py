"""Unknown preference: stability of the types a, b, c and d.

Li, Hipel, Kilgour and Fang 2004 (IEEE Trans. SMC-A 34); Xu, Hipel, Kilgour and Fang 2018, ch. 5. Some
comparisons are unknown (U). The types differ in what uncertainty does to the decision maker:

| type | leaves for | is deterred by |
|---|---|---|
| a | better or unknown | what is known to be no better |
| b | better | what is known to be no better |
| c | better or unknown | what is not known to be better |
| d | better | what is not known to be better |

The others answer, for SEQ and SSEQ, by moves to what is better or unknown for them. a implies b and c, each
of them d. None of this says what would hold if the unknown were known: for that see `completions`.
"""

from __future__ import annotations

from typing import Literal

from standoff.conflict.graph import StateGraph, Table, members
from standoff.conflict.sequences import reached
from standoff.conflict.witness import Terms

Kind = Literal["a", "b", "c", "d"]
KINDS: tuple[Kind, ...] = ("a", "b", "c", "d")
CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")


def hopeful_moves(graph: StateGraph, decision_maker: int) -> Table:
    """R+U_i: for each state the moves to what is better, or unknown in comparison."""
    moves, better = graph.moves[decision_maker], graph.better[decision_maker]
    unknown = graph.unknown[decision_maker]
    return graph.kept(
        ("hopeful", decision_maker),
        lambda: tuple(m & (b | u) for m, b, u in zip(moves, better, unknown, strict=True)),
    )


def terms(graph: StateGraph, concept: str, kind: Kind, decision_maker: int, state: int) -> Terms:
    """What a concept means under one type of attitude to the unknown."""
    i = decision_maker
    hopeful = kind in ("a", "c")
    departures = hopeful_moves(graph, i)[state] if hopeful else graph.improvements(i)[state]
    name = f"{concept} ({kind})"
    if concept == "nash":
        return Terms(name, departures, 0, (), ())
    known_better = graph.better[i][state]
    unclear = graph.unknown[i][state]
    deterring = graph.every_state & ~(known_better | unclear if kind in ("a", "b") else known_better)
    others = graph.others(i)
    credible = concept in ("seq", "sseq")
    answers = tuple(hopeful_moves(graph, j) if credible else graph.moves[j] for j in others)
    counter = graph.moves[i] if concept in ("smr", "sseq") else None
    finding = "no better than" if kind in ("a", "b") else "not known to be better than"
    return Terms(name, departures, deterring, tuple((j,) for j in others), answers, counter, finding)


def is_stable(graph: StateGraph, concept: str, kind: Kind, decision_maker: int, state: int) -> bool:
    """Say whether a state is stable for a decision maker of one type."""
    judged = terms(graph, concept, kind, decision_maker, state)
    if not judged.answers:
        return not judged.departures
    credible = concept in ("seq", "sseq")
    answers = graph.kept(
        ("hopeful answers" if credible else "all answers", decision_maker),
        lambda: tuple(reached(judged.answers, s) for s in range(graph.size)),
    )
    return all(judged.deterrents(answers[departure]) for departure in members(judged.departures))
