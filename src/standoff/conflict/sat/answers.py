"""How the others can answer a departure, as steps of a circuit.

In option form one mover's moves (and improvements) are transitive, so an answer is a sequence of rounds in
which each opponent moves once or stays. One step is all that is needed for a single opponent; for moves
against preference also for several, where every rule about feasibility speaks of the options of at most one
of them, since then each can move to its part of the outcome in turn. Otherwise a number of rounds bounds
the search: an answer that is found is one, but that there is none holds only for answers of that length.
"""

from __future__ import annotations

from dataclasses import dataclass

from standoff.conflict.formula import options_in
from standoff.conflict.masks import Mask
from standoff.conflict.model import Conflict
from standoff.conflict.problems import ModelProblem
from standoff.conflict.sat.states import State, States

ROUNDS = 4
"""How often each opponent moves in an answer where one step is not known to suffice."""

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
"""The concepts that queries know."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of an answer to one decision maker: who moves in each, and whether each step must improve.

    `exact` says that no answer is missed; `symmetric` that the decision maker may move once more.
    """

    steps: tuple[tuple[int, ...], ...]
    credible: bool
    symmetric: bool
    exact: bool


def plan(conflict: Conflict, i: int, concept: str, rounds: int = ROUNDS, *, relaxed: bool = False) -> Plan:
    """Plan the answers to a decision maker under gmr, smr, seq or sseq.

    A relaxed plan lets the others move to anything that their options allow at once, whatever lies between
    and whether they want it or not: it misses no answer and may have too many.
    """
    if concept not in CONCEPTS:
        raise ModelProblem(f"{concept!r} is not asked of a SAT solver: take one of {', '.join(CONCEPTS)}")
    others = tuple(j for j in range(len(conflict.decision_makers)) if j != i and conflict.owned(j))
    symmetric = concept in ("smr", "sseq")
    credible = concept in ("seq", "sseq")
    if len(others) < 2:
        return Plan((others,) if others else (), credible and not relaxed, symmetric, not relaxed)
    if relaxed or (not credible and not _spans_several(conflict, others)):
        return Plan((others,), False, symmetric, not relaxed)
    return Plan(tuple((j,) for _ in range(rounds) for j in others), credible, symmetric, False)


def _spans_several(conflict: Conflict, others: tuple[int, ...]) -> bool:
    """Say whether a rule speaks of options of several opponents (a shared option counts for each)."""
    if conflict.states:
        return True
    spoken = [_options(mask) for mask in conflict.infeasible]
    spoken += [tuple(options_in(constraint.formula)) for constraint in conflict.constraints]
    return any(
        len({j for k in options for j in conflict.options[k].owners if j in others}) > 1 for options in spoken
    )


def _options(mask: Mask) -> tuple[int, ...]:
    return tuple(k for k in range(mask.care.bit_length()) if mask.care >> k & 1)


def owned_by(conflict: Conflict, decision_makers: tuple[int, ...]) -> int:
    """The options of several decision makers, as bits."""
    bits = 0
    for j in decision_makers:
        bits |= conflict.owned(j)
    return bits


def step(circuit: States, movers: tuple[int, ...], before: State, after: State, credible: bool) -> int:
    """A literal that is true where the movers may take this step, or all stays."""
    legal = circuit.all_of((circuit.switch(movers, before, after), circuit.feasible(after)))
    if not credible:
        return legal
    stays = circuit.all_of(circuit.same(a, b) for a, b in zip(before, after, strict=True))
    (mover,) = movers
    return circuit.one_of((stays, circuit.all_of((legal, circuit.better(mover, after, before)))))


def open_answer(circuit: States, planned: Plan, departure: State) -> tuple[tuple[State, ...], int]:
    """New states for every step of an answer, and a literal that is true where all steps are legal."""
    here, states, legal = departure, [], []
    for movers in planned.steps:
        after = circuit.open(here, owned_by(circuit.conflict, movers))
        legal.append(step(circuit, movers, here, after, planned.credible))
        states.append(after)
        here = after
    return tuple(states), circuit.all_of(legal)
