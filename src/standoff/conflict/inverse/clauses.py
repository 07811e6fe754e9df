"""Clauses that must hold and wishes that may be broken at a cost, solved for the least cost (MaxSAT).

The solver is RC2 (Ignatiev, Morgado and Marques-Silva 2019), which is exact and takes further clauses
between solutions. It raises a lower bound of the cost core by core, so a search for cheap solutions can stop
as soon as there are none, and one that runs out of time still knows what a solution costs at least.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pysat.examples.rc2 import RC2
from pysat.formula import WCNF

from standoff.conflict.inverse.budget import Budget

TRUE = 1
FALSE = -1

CONFLICTS = 2000
"""The conflicts of the SAT solver between two looks at the clock."""

Outcome = Literal["found", "none", "dear", "late"]
"""A cheapest model, no model at all, none within the wanted cost, or out of time."""


class Clauses:
    """A growing MaxSAT problem."""

    def __init__(self) -> None:
        """Start with the constant alone."""
        self._problem = WCNF()
        self._problem.append([TRUE])
        self._solver: _Bounded | None = None
        self._last = TRUE
        self._model: list[int] = []

    def close(self) -> None:
        """Free the solver."""
        if self._solver is not None:
            self._solver.delete()

    @property
    def cost(self) -> int:
        """What a solution costs at least; after "found", what the cheapest costs."""
        return 0 if self._solver is None else int(self._solver.cost)

    def fresh(self) -> int:
        """A new variable."""
        self._last += 1
        return self._last

    def add(self, clause: Iterable[int]) -> None:
        """Ask that one of some literals be true."""
        literals = list(clause)
        if TRUE not in literals:
            self._append([literal for literal in literals if literal != FALSE] or [FALSE], None)

    def wish(self, literal: int, weight: int = 1) -> None:
        """Wish that a literal be true."""
        if literal != TRUE:
            self._append([literal], weight)

    def _append(self, clause: list[int], weight: int | None) -> None:
        if self._solver is None:
            self._problem.append(clause, weight=weight)
        else:
            self._solver.add_clause(clause, weight)

    def solve(self, limit: int | None = None, budget: Budget | None = None) -> Outcome:
        """Find a model of least cost, of at most `limit` where that is given."""
        if self._solver is None:
            self._solver = _Bounded(self._problem, solver="g4")
        self._solver.limit, self._solver.budget = limit, budget or Budget()
        model = self._solver.compute()
        if model is None:
            return self._solver.stopped or "none"
        self._model = model
        return "found"

    def is_true(self, literal: int) -> bool:
        """The value of a literal in the last model; a variable that no clause has is false."""
        variable = abs(literal)
        value = variable <= len(self._model) and self._model[variable - 1] > 0
        return value == (literal > 0)


class _Bounded(RC2):  # type: ignore[misc]
    """RC2 that stops where its lower bound passes a limit, or the time is up."""

    limit: int | None = None
    budget = Budget()
    stopped: Literal["dear", "late"] | None = None

    def compute_(self) -> bool | None:
        self.stopped = None
        while True:
            if self.limit is not None and self.cost > self.limit:
                self.stopped = "dear"
                return None
            if self.budget.spent:
                self.stopped = "late"
                return None
            self.oracle.conf_budget(CONFLICTS)
            satisfied = self.oracle.solve_limited(assumptions=self.active_assumps())
            self.oracle.conf_budget(-1)
            if satisfied is None:
                continue
            if satisfied:
                return True
            self.get_core()
            if not self.core:
                return False
            self.process_core()
