"""Simultaneous stability (SIM): an improvement may fail because the others, improving too, move at the same
time.

Fraser and Hipel 1979, 1984, *Conflict Analysis: Models and Resolutions*, where it is checked by hand beside
sequential stability. Only in option form: what happens at the same time is the union of the option changes,
if that is feasible.
"""

from __future__ import annotations

from standoff.conflict.graph import StateGraph, members
from standoff.conflict.problems import ModelProblem

NAME = "sim"


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
