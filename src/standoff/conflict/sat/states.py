"""States whose options are literals: feasible or not, reached by a move or not, better or not.

A preference becomes a binary number for each state, the greater the better: priority statements their
truth, the most important first (levels of several statements the number of true ones), option weights
their sum, a ranking of listed states the number of groups below. So "better" is a comparison of two binary
numbers, whichever way the preference was put.
"""

from __future__ import annotations

from collections.abc import Iterable

from standoff.conflict.formula import And, Formula, If, Iff, Not, Or, Taken, from_mask
from standoff.conflict.model import Conflict
from standoff.conflict.preference import Partial, Priorities, Ranking, Weights
from standoff.conflict.problems import ModelProblem
from standoff.conflict.sat.circuit import FALSE, TRUE, Circuit

State = tuple[int, ...]
"""One literal for each option."""

LISTED = 4096
"""The most listed states that are turned into clauses."""


def refuse(conflict: Conflict) -> None:
    """Raise ModelProblem where a conflict cannot be put to a SAT solver."""
    if not conflict.options or conflict.arcs is not None:
        raise ModelProblem("queries by SAT need options and their moves: solve a graph form state by state")
    if any(isinstance(preference, Partial) for preference in conflict.preferences):
        raise ModelProblem("queries by SAT need known preferences, and one here is partly unknown")
    if len(conflict.states) > LISTED:
        raise ModelProblem(
            f"{len(conflict.states)} states are listed, and queries by SAT take at most {LISTED}: exclude "
            f"states by masks or rules instead of listing the others"
        )


class States(Circuit):
    """A circuit that knows one conflict."""

    def __init__(self, conflict: Conflict) -> None:
        """Start without any state."""
        super().__init__()
        self.conflict = conflict
        self._numbers: dict[tuple[int, State], tuple[int, ...]] = {}
        self._rules: list[Formula] = [Not(from_mask(mask)) for mask in conflict.infeasible]
        self._rules += [constraint.formula for constraint in conflict.constraints]

    # States ---------------------------------------------------------------------------------------

    def fixed(self, state: int) -> State:
        """A state as constants."""
        return tuple(TRUE if state >> k & 1 else FALSE for k in range(self.conflict.option_count))

    def open(self, base: State, options: int) -> State:
        """A state with new variables for some options (bits), else as another."""
        return tuple(self.fresh() if options >> k & 1 else literal for k, literal in enumerate(base))

    def placed(self, base: State, options: int, value: int) -> State:
        """A state with some options (bits) as in `value`, else as another."""
        return tuple(
            (TRUE if value >> k & 1 else FALSE) if options >> k & 1 else literal
            for k, literal in enumerate(base)
        )

    def read(self, state: State) -> int:
        """The state in the last model."""
        return sum(1 << k for k, literal in enumerate(state) if self.is_true(literal))

    def truth(self, formula: Formula, state: State) -> int:
        """A literal for the truth of a formula in a state."""
        match formula:
            case Taken(option):
                return state[option]
            case Not(part):
                return -self.truth(part, state)
            case And(parts):
                return self.all_of(self.truth(part, state) for part in parts)
            case Or(parts):
                return self.one_of(self.truth(part, state) for part in parts)
            case If(then, condition):
                return self.one_of((self.truth(then, state), -self.truth(condition, state)))
            case Iff(left, right):
                return self.same(self.truth(left, state), self.truth(right, state))

    def is_state(self, state: State, value: int) -> int:
        """A literal that is true where a state is one value."""
        return self.all_of(literal if value >> k & 1 else -literal for k, literal in enumerate(state))

    def feasible(self, state: State) -> int:
        """A literal that is true where a state is feasible."""
        if self.conflict.states:
            return self.one_of(self.is_state(state, value) for _, value in self.conflict.states)
        return self.all_of(self.truth(rule, state) for rule in self._rules)

    # Moves ----------------------------------------------------------------------------------------

    def switch(self, movers: Iterable[int], source: State, target: State) -> int:
        """A literal that is true where a state arises from another by switching options of some decision
        makers in allowed directions (or by nothing); feasibility is not asked."""
        who = set(movers)
        parts = []
        for option, before, after in zip(self.conflict.options, source, target, strict=True):
            if who.isdisjoint(option.owners):
                parts.append(self.same(before, after))
            elif option.moves == "on":
                parts.append(self.one_of((-before, after)))
            elif option.moves == "off":
                parts.append(self.one_of((before, -after)))
        return self.all_of(parts)

    def move(self, mover: int, source: State, target: State) -> int:
        """A literal that is true where a decision maker can move from a feasible state to another, or stays."""
        return self.all_of((self.switch((mover,), source, target), self.feasible(target)))

    # Preferences ----------------------------------------------------------------------------------

    def better(self, decision_maker: int, target: State, source: State) -> int:
        """A literal that is true where a decision maker prefers one state to another."""
        return self.greater(self._number(decision_maker, target), self._number(decision_maker, source))

    def _number(self, decision_maker: int, state: State) -> tuple[int, ...]:
        key = (decision_maker, state)
        if key not in self._numbers:
            self._numbers[key] = self._worth(decision_maker, state)
        return self._numbers[key]

    def _worth(self, decision_maker: int, state: State) -> tuple[int, ...]:
        preference = self.conflict.preferences[decision_maker]
        match preference:
            case Priorities():
                bits: list[int] = []
                for level in preference.levels:
                    count = self.total((1, self.truth(p.formula, state)) for p in level)
                    bits += _padded(count, len(level).bit_length())
                return tuple(bits)
            case Weights():
                whole = preference.whole()
                total = self.total(
                    (abs(weight), literal if weight > 0 else -literal)
                    for weight, literal in zip(whole, state, strict=True)
                )
                return _padded(total, sum(abs(weight) for weight in whole).bit_length())
            case Ranking():
                groups = preference.groups
                width = len(groups).bit_length()
                ones: list[list[int]] = [[] for _ in range(width)]
                for number, group in enumerate(reversed(groups)):
                    for value in group:
                        for bit in range(width):
                            if number >> bit & 1:
                                ones[width - 1 - bit].append(self.is_state(state, value))
                return tuple(self.one_of(literals) for literals in ones)
            case Partial():
                raise ModelProblem("queries by SAT need known preferences, and one here is partly unknown")


def _padded(number: tuple[int, ...], width: int) -> tuple[int, ...]:
    """Bring a binary number, the highest bit first, to a width that holds it."""
    return (FALSE,) * (width - len(number)) + number[max(0, len(number) - width) :]
