"""Clauses that say: this is a complete ranking, ties allowed, that keeps to what is known of a preference.

The variable of (t, u) means "t is at least as good as u". Known comparisons are constants. Completeness
makes one of the two directions true, transitivity makes it a ranking.
"""

from __future__ import annotations

from itertools import permutations

from standoff.conflict.graph import StateGraph

Literal = int | bool
"""A literal of the solver, or a constant."""


class Variables:
    """Numbers for the variables of one formula, and its clauses with constants worked in."""

    def __init__(self) -> None:
        """Start without variables and clauses."""
        self.count = 0
        self.clauses: list[list[int]] = []

    def fresh(self) -> int:
        """Give a new variable."""
        self.count += 1
        return self.count

    def add(self, *literals: Literal) -> None:
        """Add the clause that one of the literals is true; a clause with a true constant says nothing."""
        if any(literal is True for literal in literals):
            return
        self.clauses.append([literal for literal in literals if literal is not False])


def negated(literal: Literal) -> Literal:
    """Turn a literal round."""
    return not literal if isinstance(literal, bool) else -literal


class Completion:
    """One decision maker's complete ranking, whose unknown comparisons are variables."""

    def __init__(self, graph: StateGraph, decision_maker: int, variables: Variables) -> None:
        """Make the variables and their clauses; none where all comparisons are known."""
        better, unknown = graph.better[decision_maker], graph.unknown[decision_maker]
        self._better = better
        self._open: dict[tuple[int, int], int] = {}
        pairs = [(t, u) for t, u in permutations(range(graph.size), 2) if unknown[u] >> t & 1]
        for pair in pairs:
            self._open[pair] = variables.fresh()
        for t, u in pairs:
            if t < u:
                variables.add(self.at_least(t, u), self.at_least(u, t))
        for t, u in pairs:
            for v in range(graph.size):
                if v not in (t, u):
                    variables.add(-self._open[t, u], negated(self.at_least(u, v)), self.at_least(t, v))
                    variables.add(-self._open[t, u], negated(self.at_least(v, t)), self.at_least(v, u))

    def at_least(self, t: int, u: int) -> Literal:
        """The literal of "t is at least as good as u"."""
        if (t, u) in self._open:
            return self._open[t, u]
        return not self._better[t] >> u & 1

    def better(self, t: int, u: int) -> Literal:
        """The literal of "t is better than u"."""
        return negated(self.at_least(u, t))

    def groups(self, true: set[int]) -> list[list[int]]:
        """The ranking that a solver's true variables make: groups of equally good positions, best first."""
        above: dict[int, list[int]] = {}
        for s in range(len(self._better)):
            number = sum(self._is_true(self.better(t, s), true) for t in range(len(self._better)) if t != s)
            above.setdefault(number, []).append(s)
        return [above[number] for number in sorted(above)]

    @staticmethod
    def _is_true(literal: Literal, true: set[int]) -> bool:
        if isinstance(literal, bool):
            return literal
        return literal in true if literal > 0 else -literal not in true
