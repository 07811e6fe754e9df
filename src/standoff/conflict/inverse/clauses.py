"""Clauses that must hold and wishes that may be broken at a cost, solved for the least cost (MaxSAT).

The solver is RC2 (Ignatiev, Morgado and Marques-Silva 2019), which is exact and takes further clauses
between solutions.
"""

from __future__ import annotations

from collections.abc import Iterable

from pysat.examples.rc2 import RC2
from pysat.formula import WCNF

TRUE = 1
FALSE = -1


class Clauses:
    """A growing MaxSAT problem."""

    def __init__(self) -> None:
        """Start with the constant alone."""
        self._problem = WCNF()
        self._problem.append([TRUE])
        self._solver: RC2 | None = None
        self._last = TRUE
        self._model: list[int] = []
        self.cost = 0

    def close(self) -> None:
        """Free the solver."""
        if self._solver is not None:
            self._solver.delete()

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
        self._append([literal], weight)

    def _append(self, clause: list[int], weight: int | None) -> None:
        if self._solver is None:
            self._problem.append(clause, weight=weight)
        else:
            self._solver.add_clause(clause, weight)

    def solve(self) -> bool:
        """Find a model of least cost; False where there is none at all."""
        if self._solver is None:
            self._solver = RC2(self._problem, solver="g4")
        model = self._solver.compute()
        if model is None:
            return False
        self._model = model
        self.cost = int(self._solver.cost)
        return True

    def is_true(self, literal: int) -> bool:
        """The value of a literal in the last model; a variable that no clause has is false."""
        variable = abs(literal)
        value = variable <= len(self._model) and self._model[variable - 1] > 0
        return value == (literal > 0)
