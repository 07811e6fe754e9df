"""Simultaneous stability (SIM): an improvement may fail because the others, improving too, move at the same
time.

Fraser and Hipel 1979, 1984, *Conflict Analysis: Models and Resolutions*, where it is checked by hand beside
sequential stability. Only in option form: what happens at the same time is the union of the option changes,
if that is feasible.
"""

from __future__ import annotations

from dataclasses import dataclass

from standoff.conflict.graph import StateGraph, members
from standoff.conflict.problems import ModelProblem

NAME = "sim"


@dataclass(frozen=True, slots=True)
class Collision:
    """An improvement that comes to nothing: what the others do at the same time, and where all of it
    together leads.

    `choice` holds one position for each of the others, in order: where it moves, or the state itself where
    it stays.
    """

    improvement: int
    choice: tuple[int, ...]
    outcome: int


@dataclass(frozen=True, slots=True)
class SimWitness:
    """Why a state is simultaneously stable or not: a collision for each improvement, or one without a
    collision."""

    decision_maker: int
    state: int
    collisions: tuple[Collision, ...] = ()
    escape: int | None = None

    @property
    def stable(self) -> bool:
        """Whether every improvement collides."""
        return self.escape is None


def simultaneous(
    graph: StateGraph, decision_maker: int, state: int, improvement: int
) -> dict[int, tuple[int, ...]]:
    """Give the outcomes of an improvement at the same time as improvements of others.

    Maps each outcome to one choice that leads to it: the position of the state that each of the others
    moves to, its own position `state` for one that stays. At least one of them moves. Infeasible
    combinations are left out.
    """
    if not graph.option_form:
        raise ModelProblem(
            "simultaneous stability needs options: it joins option changes, and this model has none"
        )
    start = graph.states[state]
    own = start ^ graph.states[improvement]
    switches: dict[int, tuple[int, ...]] = {0: ()}
    for j in graph.others(decision_maker):
        following: dict[int, tuple[int, ...]] = {}
        for switched, choice in switches.items():
            for target in (state, *members(graph.improvements(j)[state])):
                following.setdefault(switched | (start ^ graph.states[target]), (*choice, target))
        switches = following
    outcomes: dict[int, tuple[int, ...]] = {}
    for switched, choice in switches.items():
        outcome = graph.place.get(start ^ (own | switched))
        if outcome is not None and any(target != state for target in choice):
            outcomes.setdefault(outcome, choice)
    return outcomes


def witness(graph: StateGraph, decision_maker: int, state: int) -> SimWitness:
    """Find a collision for each improvement, or the first improvement that has none."""
    found = []
    for improvement in members(graph.improvements(decision_maker)[state]):
        outcomes = simultaneous(graph, decision_maker, state, improvement)
        bad = [o for o in outcomes if graph.not_better(decision_maker, state) >> o & 1]
        if not bad:
            return SimWitness(decision_maker, state, escape=improvement)
        found.append(Collision(improvement, outcomes[bad[0]], bad[0]))
    return SimWitness(decision_maker, state, tuple(found))


def is_stable(graph: StateGraph, decision_maker: int, state: int) -> bool:
    """For all s1 in R+_i(s) some simultaneous improvements of the others lead to a state no better than s
    for i."""
    return all(
        any(
            graph.not_better(decision_maker, state) >> outcome & 1
            for outcome in simultaneous(graph, decision_maker, state, s1)
        )
        for s1 in members(graph.improvements(decision_maker)[state])
    )
