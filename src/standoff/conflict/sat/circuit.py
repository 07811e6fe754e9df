"""Gates over the literals of an incremental SAT solver, with constants folded and equal gates shared.

A literal is a non-zero int, negative for its negation; TRUE and FALSE are literals too, so that a formula
over a state that is partly fixed shrinks to what is open (Tseitin 1968).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pysat.solvers import Solver

TRUE = 1
FALSE = -1


class Circuit:
    """A growing set of gates and clauses, and its solver."""

    def __init__(self) -> None:
        """Start with the constant alone."""
        self._solver = Solver(name="glucose4", bootstrap_with=[[TRUE]])
        self._last = TRUE
        self._gates: dict[tuple[int, ...], int] = {}
        self._model: list[int] = []

    def close(self) -> None:
        """Free the solver."""
        self._solver.delete()

    def fresh(self) -> int:
        """A new variable."""
        self._last += 1
        return self._last

    def add(self, *clause: int) -> None:
        """Ask that one of some literals be true."""
        if TRUE not in clause:
            self._solver.add_clause([literal for literal in clause if literal != FALSE])

    def solve(self, assumptions: Sequence[int] = ()) -> bool:
        """Look for a model of all clauses under assumptions."""
        found = bool(self._solver.solve(assumptions=[a for a in assumptions if a != TRUE]))
        if found:
            self._model = self._solver.get_model()
        return found

    def is_true(self, literal: int) -> bool:
        """The value of a literal in the last model; a variable that no clause has is false."""
        variable = abs(literal)
        value = variable <= len(self._model) and self._model[variable - 1] > 0
        return value == (literal > 0)

    def all_of(self, literals: Iterable[int]) -> int:
        """A literal that is true where all are."""
        parts: set[int] = set()
        for literal in literals:
            if literal == FALSE or -literal in parts:
                return FALSE
            if literal != TRUE:
                parts.add(literal)
        if not parts:
            return TRUE
        if len(parts) == 1:
            return parts.pop()
        key = tuple(sorted(parts))
        gate = self._gates.get(key)
        if gate is None:
            gate = self._gates[key] = self.fresh()
            for literal in key:
                self._solver.add_clause([-gate, literal])
            self._solver.add_clause([gate, *(-literal for literal in key)])
        return gate

    def one_of(self, literals: Iterable[int]) -> int:
        """A literal that is true where one is."""
        return -self.all_of(-literal for literal in literals)

    def same(self, left: int, right: int) -> int:
        """A literal that is true where both have the same truth."""
        if left == right:
            return TRUE
        if left == -right:
            return FALSE
        if abs(left) == TRUE:
            return right if left == TRUE else -right
        if abs(right) == TRUE:
            return left if right == TRUE else -left
        return self.one_of((self.all_of((left, right)), self.all_of((-left, -right))))

    def total(self, numbers: Iterable[tuple[int, int]]) -> tuple[int, ...]:
        """The sum of whole numbers that are not negative, each counted where its literal is true: binary,
        the highest bit first."""
        total: list[int] = []
        for number, literal in numbers:
            addend = [literal if number >> bit & 1 else FALSE for bit in range(number.bit_length())]
            total = self._plus(total, addend)
        return tuple(reversed(total))

    def _plus(self, left: list[int], right: list[int]) -> list[int]:
        carry, found = FALSE, []
        for bit in range(max(len(left), len(right))):
            a = left[bit] if bit < len(left) else FALSE
            b = right[bit] if bit < len(right) else FALSE
            different = -self.same(a, b)
            found.append(-self.same(different, carry))
            carry = self.one_of((self.all_of((a, b)), self.all_of((different, carry))))
        return found if carry == FALSE else [*found, carry]

    def greater(self, left: Sequence[int], right: Sequence[int]) -> int:
        """A literal that is true where the first of two binary numbers of equal length is greater."""
        greater = FALSE
        for a, b in zip(reversed(left), reversed(right), strict=True):
            if a == b:
                continue
            greater = self.one_of((self.all_of((a, -b)), self.all_of((self.same(a, b), greater))))
        return greater
