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

from pysat.solvers import Solver

from standoff.conflict.graph import StateGraph, bit_set, members
from standoff.conflict.order_clauses import Completion, Literal, Variables, negated
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
    question = _Question(graph, symmetric=concept == "sseq")
    necessary = tuple(
        bit_set(s for s in range(graph.size) if not question.can_fail(i, s)) for i in graph.everyone
    )
    possible = tuple(
        bit_set(s for s in range(graph.size) if necessary[i] >> s & 1 or question.can_hold([i], s))
        for i in graph.everyone
    )
    for_all = _common(graph, possible)
    sure = _common(graph, necessary)
    together = bit_set(s for s in members(for_all) if sure >> s & 1 or question.can_hold(graph.everyone, s))
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


class _Question:
    """Asks a SAT solver about sequential stability over all completions of one state graph."""

    def __init__(self, graph: StateGraph, *, symmetric: bool) -> None:
        self.graph = graph
        self.symmetric = symmetric

    def _begin(self) -> tuple[Variables, list[Completion]]:
        variables = Variables()
        return variables, [Completion(self.graph, i, variables) for i in self.graph.everyone]

    def can_fail(self, i: int, state: int) -> bool:
        """Whether some completion has a departure of i from the state that no answer deters."""
        return any(self._undeterred(i, state, departure) for departure in members(self.graph.moves[i][state]))

    def _undeterred(self, i: int, state: int, departure: int) -> bool:
        """Ask for a completion and a set of nodes, closed under the others' improvements, in which nothing
        deters."""
        variables, orders = self._begin()
        variables.add(orders[i].better(departure, state))
        others = self.graph.others(i)
        inside = {(t, j): variables.fresh() for t in range(self.graph.size) for j in others}
        for j in others:
            for t in members(self.graph.moves[j][departure]):
                variables.add(negated(orders[j].better(t, departure)), inside[t, j])
            for t in range(self.graph.size):
                for u in members(self.graph.moves[j][t]):
                    for last in others:
                        if last != j:
                            variables.add(-inside[t, last], negated(orders[j].better(u, t)), inside[u, j])
        for (t, _), reached in inside.items():
            variables.add(-reached, *(orders[i].better(u, state) for u in (t, *self._after(i, t))))
        return _satisfiable(variables)

    def _after(self, i: int, outcome: int) -> tuple[int, ...]:
        return tuple(members(self.graph.moves[i][outcome])) if self.symmetric else ()

    def can_hold(self, who: Sequence[int], state: int) -> bool:
        """Whether some completion makes the state stable for all of some decision makers at once."""
        variables, orders = self._begin()
        for i in who:
            for departure in members(self.graph.moves[i][state]):
                deterred = variables.fresh()
                variables.add(negated(orders[i].better(departure, state)), deterred)
                self._add_answer(variables, orders, i, state, departure, deterred)
        return _satisfiable(variables)

    def _add_answer(
        self,
        variables: Variables,
        orders: list[Completion],
        i: int,
        state: int,
        departure: int,
        deterred: int,
    ) -> None:
        """Say that, where `deterred`, a legal sequence of improvements of the others leads to an outcome
        that deters.

        A node (t, j), reached with j as the last mover, is explained by an improving step from the
        departure, or from a node of another mover one layer down; the number of layers suffices for any
        path without repetition.
        """
        others = self.graph.others(i)
        arcs = [
            (t, j, u) for j in others for t in range(self.graph.size) for u in members(self.graph.moves[j][t])
        ]
        below: dict[tuple[int, int], Literal] = {}
        layers = self._layers(arcs, departure)
        for _ in range(layers):
            above: dict[tuple[int, int], Literal] = {}
            reasons: dict[tuple[int, int], list[int]] = {}
            for t, j, u in arcs:
                sources: list[Literal] = [True] if t == departure else []
                sources += [below[t, last] for last in others if last != j and (t, last) in below]
                for source in sources:
                    step = variables.fresh()
                    variables.add(-step, orders[j].better(u, t))
                    variables.add(-step, source)
                    reasons.setdefault((u, j), []).append(step)
            for node, steps in reasons.items():
                above[node] = variables.fresh()
                variables.add(negated(above[node]), *steps)
            below = above
        found: list[int] = []
        for (t, _), reached in below.items():
            outcome = variables.fresh()
            variables.add(-outcome, reached)
            for u in (t, *self._after(i, t)):
                variables.add(-outcome, orders[i].at_least(state, u))
            found.append(outcome)
        variables.add(-deterred, *found)

    def _layers(self, arcs: list[tuple[int, int, int]], departure: int) -> int:
        """The number of nodes that steps from the departure could visit, whatever the preferences."""
        seen: set[tuple[int, int]] = set()
        fresh = {(u, j) for t, j, u in arcs if t == departure}
        while fresh:
            seen |= fresh
            fresh = {
                (u, j) for t, j, u in arcs for last in {k for s, k in seen if s == t} if last != j
            } - seen
        return len(seen)


def _satisfiable(variables: Variables) -> bool:
    if any(not clause for clause in variables.clauses):
        return False
    with Solver(name="cadical153", bootstrap_with=variables.clauses) as solver:
        return bool(solver.solve())
