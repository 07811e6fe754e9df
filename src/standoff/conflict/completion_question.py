"""Questions to a SAT solver about the completions of partly unknown preferences.

Is there a completion under which a departure is deterred by nothing; is there one under which all are? A
completion that answers yes comes back as rankings, so that a verdict that hangs on the unknown can be shown
at work.
"""

from __future__ import annotations

from collections.abc import Sequence

from pysat.solvers import Solver

from standoff.conflict.graph import StateGraph, members
from standoff.conflict.order_clauses import Completion, Literal, Variables, negated
from standoff.conflict.preference import Ranking

Rankings = tuple[Ranking, ...]
"""A completion of a conflict: one complete ranking for each decision maker, of states as the model has
them."""


class Question:
    """Asks about one individual concept over all completions of one state graph."""

    def __init__(self, graph: StateGraph, concept: str) -> None:
        """Take a state graph and nash, gmr, smr, seq or sseq."""
        self.graph = graph
        self.answered = concept != "nash"
        self.credible = concept in ("seq", "sseq")
        self.symmetric = concept in ("smr", "sseq")

    def _begin(self) -> tuple[Variables, list[Completion]]:
        variables = Variables()
        return variables, [Completion(self.graph, i, variables) for i in self.graph.everyone]

    def _step(self, orders: list[Completion], j: int, source: int, target: int) -> Literal:
        """The literal of "j would take this step in an answer"."""
        return orders[j].better(target, source) if self.credible else True

    def failing(self, i: int, state: int) -> Rankings | None:
        """A completion with a departure of i from the state that no answer deters; None where there is
        none."""
        for departure in members(self.graph.moves[i][state]):
            found = self._undeterred(i, state, departure)
            if found is not None:
                return found
        return None

    def _undeterred(self, i: int, state: int, departure: int) -> Rankings | None:
        """Ask for a completion and a set of nodes, closed under the others' improvements, in which nothing
        deters."""
        variables, orders = self._begin()
        variables.add(orders[i].better(departure, state))
        others = self.graph.others(i) if self.answered else ()
        inside = {(t, j): variables.fresh() for t in range(self.graph.size) for j in others}
        for j in others:
            for t in members(self.graph.moves[j][departure]):
                variables.add(negated(self._step(orders, j, departure, t)), inside[t, j])
            for t in range(self.graph.size):
                for u in members(self.graph.moves[j][t]):
                    for last in others:
                        if last != j:
                            variables.add(
                                -inside[t, last], negated(self._step(orders, j, t, u)), inside[u, j]
                            )
        for (t, _), reached in inside.items():
            variables.add(-reached, *(orders[i].better(u, state) for u in (t, *self._after(i, t))))
        return self._solved(variables, orders)

    def _after(self, i: int, outcome: int) -> tuple[int, ...]:
        return tuple(members(self.graph.moves[i][outcome])) if self.symmetric else ()

    def holding(self, who: Sequence[int], state: int) -> Rankings | None:
        """A completion that makes the state stable for all of some decision makers at once; None without
        one."""
        variables, orders = self._begin()
        for i in who:
            for departure in members(self.graph.moves[i][state]):
                if not self.answered:
                    variables.add(negated(orders[i].better(departure, state)))
                    continue
                deterred = variables.fresh()
                variables.add(negated(orders[i].better(departure, state)), deterred)
                self._add_answer(variables, orders, i, state, departure, deterred)
        return self._solved(variables, orders)

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
                    variables.add(-step, self._step(orders, j, t, u))
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

    def _solved(self, variables: Variables, orders: list[Completion]) -> Rankings | None:
        if any(not clause for clause in variables.clauses):
            return None
        with Solver(name="cadical153", bootstrap_with=variables.clauses) as solver:
            if not solver.solve():
                return None
            true = {literal for literal in solver.get_model() or () if literal > 0}
        return tuple(
            Ranking(tuple(tuple(self.graph.states[s] for s in group) for group in order.groups(true)))
            for order in orders
        )
