"""What counts as a settlement: the demands are answered, and no threat is carried out.

Worked out from the statements, unless the file says it with formulas (`[settlement] holds`):

- A *demand* of a party is a statement that an option of somebody else be taken, or not be taken, which is
  not so today. With `demands = "one"` a settlement meets at least one demand of every party that has any,
  with `demands = "all"` all of them.
- A *threat* is an option, not taken today, that its owner ties to a condition (`Sanctions if Invade`), or that
  somebody else wants not to be taken. In a settlement none is taken.

So a settlement is no judgement on fairness: it says that everybody got something and nobody was struck.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.conflict.answer.case import Case
from standoff.conflict.document import Node
from standoff.conflict.formula import And, Formula, If, Iff, Not, Or, Taken, holds, truth
from standoff.conflict.option_names import OptionNames
from standoff.conflict.preference_text import read_formula

_OWN_KINDS = frozenset({"offer", "plan", "wish", "cost", "refusal"})
"""Kinds of statement that ask nothing of anybody else, even where they speak of another's option."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A party wants an option of somebody else taken (or not), which is not so today; `ids` are the
    statements."""

    party: int
    option: int
    taken: bool
    ids: tuple[str, ...]

    def met(self, state: int) -> bool:
        """Whether a state grants it."""
        return bool(state >> self.option & 1) == self.taken


@dataclass(frozen=True, slots=True)
class Threat:
    """An option that would hurt somebody; `ids` are the statements that tie it to a condition or want it
    left."""

    option: int
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Settlement:
    """What a settlement is in one conflict: `rules` must all hold; `defined` is False where there is nothing
    to define one by (no demand, or a conflict without a status quo and without rules)."""

    rules: tuple[Formula, ...]
    demands: tuple[Demand, ...]
    threats: tuple[Threat, ...]
    from_file: bool
    defined: bool
    every: bool = False
    """Whether all demands must be met."""

    def has(self, state: int) -> bool:
        """Whether a state is a settlement."""
        return self.defined and all(holds(rule, state) for rule in self.rules)

    def among(self, states: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of an array of states are settlements."""
        if not self.defined:
            return np.zeros(states.shape, dtype=np.bool_)
        return truth(And(self.rules), states)

    def met(self, state: int) -> tuple[Demand, ...]:
        """The demands that a state grants."""
        return tuple(demand for demand in self.demands if demand.met(state))


def settlement_of(case: Case) -> Settlement:
    """Work out what a settlement is; raise ModelProblem for a formula in the file that is none."""
    conflict = case.conflict
    demands, threats = _demands(case), _threats(case)
    if case.settlement.holds:
        names = OptionNames(conflict.options, conflict.decision_makers)
        given = tuple(
            read_formula(Node(text, ("settlement", "holds", n)), names)
            for n, text in enumerate(case.settlement.holds)
        )
        return Settlement(given, demands, threats, True, True)
    every = case.settlement.demands == "all"
    rules: list[Formula] = [Not(Taken(threat.option)) for threat in threats]
    for party in dict.fromkeys(demand.party for demand in demands):
        asked: list[Formula] = [
            Taken(d.option) if d.taken else Not(Taken(d.option)) for d in demands if d.party == party
        ]
        rules.extend(asked if every else [Or(tuple(asked))])
    return Settlement(tuple(rules), demands, threats, False, bool(demands), every)


def literal(formula: Formula) -> tuple[int, bool] | None:
    """The option that a formula speaks of and whether it wants it taken; None for anything but one literal."""
    match formula:
        case Taken(option):
            return option, True
        case Not(Taken(option)):
            return option, False
    return None


def _demands(case: Case) -> tuple[Demand, ...]:
    """What parties want of others and have not; nothing where no status quo says what they have."""
    conflict = case.conflict
    quo = conflict.status_quo
    if quo is None:
        return ()
    found: dict[tuple[int, int, bool], list[str]] = {}
    for party in range(len(conflict.decision_makers)):
        for statement in case.statements(party):
            for formula in _wanted(statement.formula):
                wanted = literal(formula)
                if wanted is None or case.parts[statement.id].kind in _OWN_KINDS:
                    continue
                option, taken = wanted
                if party not in conflict.options[option].owners and bool(quo >> option & 1) != taken:
                    found.setdefault((party, option, taken), []).append(statement.id)
    return tuple(Demand(party, option, taken, tuple(ids)) for (party, option, taken), ids in found.items())


def _wanted(formula: Formula) -> tuple[Formula, ...]:
    """What a statement wants without a condition: its parts where it wants several things at once."""
    return formula.parts if isinstance(formula, And) else (formula,)


def _threats(case: Case) -> tuple[Threat, ...]:
    conflict = case.conflict
    quo = conflict.status_quo or 0
    found: dict[int, list[str]] = {}
    for party in range(len(conflict.decision_makers)):
        for statement in case.statements(party):
            for option in _threatened(case, party, statement.formula, statement.id):
                if not quo >> option & 1:
                    found.setdefault(option, []).append(statement.id)
    return tuple(Threat(option, tuple(ids)) for option, ids in sorted(found.items()))


def _threatened(case: Case, party: int, formula: Formula, id: str) -> list[int]:
    options = case.conflict.options
    kind = case.parts[id].kind
    match formula:
        case If(Taken(option), _) | Iff(Taken(option), _) if party in options[option].owners:
            return [] if kind in ("offer", "plan", "wish") else [option]
        case Not(Taken(option)) if party not in options[option].owners:
            return [] if kind in _OWN_KINDS else [option]
        case And(parts):
            return [k for part in parts for k in _threatened(case, party, part, id)]
    return []
