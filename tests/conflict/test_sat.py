"""Queries by SAT against the hypercube, on conflicts small enough to go through."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_hypercube import formula_conflicts, random_formula

from standoff.conflict.formula import holds
from standoff.conflict.hypercube import stability
from standoff.conflict.masks import Mask
from standoff.conflict.model import Conflict, Constraint, Option
from standoff.conflict.preference import Partial, Priorities, Priority
from standoff.conflict.problems import ModelProblem
from standoff.conflict.sat.circuit import FALSE, TRUE, Circuit
from standoff.conflict.sat.find import find
from standoff.conflict.sat.states import States
from standoff.conflict.sat.verdict import is_stable

CONCEPT = st.sampled_from(stability.CONCEPTS)


@settings(max_examples=60, deadline=None)
@given(formula_conflicts(), CONCEPT, st.integers(0, 2**16))
def test_a_verdict_on_one_state_is_that_of_the_hypercube(conflict: Conflict, concept: str, pick: int) -> None:
    (expected,) = stability.judge(conflict, (concept,))
    states = [int(state) for state in conflict.feasible]
    for i, stable in enumerate(expected.stable):
        state = states[(pick + i) % len(states)]
        found = is_stable(conflict, concept, i, state)
        if found.stable or found.proven:
            assert found.stable == stable[state]
        sentence = found.sentence(conflict)
        assert conflict.decision_makers[i] in sentence
        assert sentence.endswith(".")
        if not found.stable:
            assert found.departure in conflict.reachable(i, state)


@settings(max_examples=60, deadline=None)
@given(formula_conflicts(), CONCEPT, st.integers(0, 2**16))
def test_a_search_finds_an_equilibrium_exactly_where_the_hypercube_has_one(
    conflict: Conflict, concept: str, pick: int
) -> None:
    random = Random(pick)
    care = random.getrandbits(conflict.option_count) & random.getrandbits(conflict.option_count)
    mask = Mask(care, random.getrandbits(conflict.option_count) & care)
    (expected,) = stability.judge(conflict, (concept,))
    wanted = {int(s) for s in np.flatnonzero(expected.equilibria) if mask.matches(int(s))}
    found = find(conflict, concept, mask)
    if found.state is not None:
        assert found.state in wanted
        other = find(conflict, concept, mask, excluding=[found.state])
        assert other.state in wanted - {found.state} or other.state is None
        assert other.state is not None or not other.proven or wanted == {found.state}
    elif found.proven:
        assert not wanted


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_two_parties_are_always_decided(seed: int) -> None:
    random = Random(seed)
    options = tuple(Option(f"o{k}", (k % 2,), random.choice(["both", "on", "off"])) for k in range(4))
    preferences = tuple(
        Priorities(tuple((Priority(random_formula(random, 4)),) for _ in range(4))) for _ in range(2)
    )
    conflict = Conflict(
        "two", ("A", "B"), options, preferences, constraints=(Constraint(random_formula(random, 4)),)
    )
    if not len(conflict.feasible):
        return
    for verdicts in stability.judge(conflict):
        found = find(conflict, verdicts.concept)
        assert found.proven
        assert (found.state is not None) == bool(verdicts.equilibria.any())


def test_sixty_options_a_state_and_its_reasons() -> None:
    """Every party wants its own options taken, and nobody else's: all taken is the only Nash equilibrium."""
    options = tuple(Option(f"o{k}", (k // 20,)) for k in range(60))
    preferences = []
    for i in range(3):
        own = [k for k in range(60) if k // 20 == i]
        from standoff.conflict.formula import Taken

        preferences.append(Priorities(tuple((Priority(Taken(k)),) for k in own)))
    conflict = Conflict("wide", ("A", "B", "C"), options, tuple(preferences))
    found = find(conflict, "nash")
    assert found.state == (1 << 60) - 1
    assert find(conflict, "nash", Mask(1, 0)).state is None
    verdict = is_stable(conflict, "nash", 0, (1 << 60) - 2)
    assert not verdict.stable
    assert "take o0" in verdict.sentence(conflict)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32))
def test_gates_mean_what_they_say(seed: int) -> None:
    random, circuit = Random(seed), Circuit()
    inputs = [circuit.fresh() for _ in range(4)]
    values = [random.random() < 0.5 for _ in inputs]
    for literal, value in zip(inputs, values, strict=True):
        circuit.add(literal if value else -literal)
    numbers = [random.randint(0, 9) for _ in range(4)]
    literals = [random.choice([*inputs, TRUE, FALSE]) for _ in numbers]
    left = circuit.total(zip(numbers, literals, strict=True))
    right = circuit.total(zip(numbers[::-1], inputs, strict=True))
    width = max(len(left), len(right))
    a, b = [(FALSE,) * (width - len(n)) + n for n in (left, right)]
    greater = circuit.greater(a, b)
    assert circuit.solve()
    known = dict(zip([*inputs, TRUE, FALSE], [*values, True, False], strict=True))
    first = sum(n for n, literal in zip(numbers, literals, strict=True) if known[literal])
    second = sum(n for n, value in zip(numbers[::-1], values, strict=True) if value)
    assert circuit.is_true(greater) == (first > second)
    circuit.close()


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32))
def test_a_formula_as_gates_has_its_truth(seed: int) -> None:
    random = Random(seed)
    formula, value = random_formula(random, 5, 3), random.getrandbits(5)
    conflict = Conflict("c", ("A",), tuple(Option(f"o{k}", (0,)) for k in range(5)), ())
    circuit = States(conflict)
    state = circuit.open(circuit.fixed(value), random.getrandbits(5))
    literal = circuit.truth(formula, state)
    circuit.add(circuit.is_state(state, value))
    assert circuit.solve()
    assert circuit.is_true(literal) == holds(formula, value)
    circuit.close()


def test_what_cannot_be_asked_is_refused_in_a_sentence() -> None:
    option = (Option("o", (0,)),)
    with pytest.raises(ModelProblem, match="state by state"):
        find(Conflict("c", ("A",), option, (), arcs=((),)), "nash")
    with pytest.raises(ModelProblem, match="partly unknown"):
        find(Conflict("c", ("A",), option, (Partial((((0,),),)),)), "nash")
    known = Conflict("c", ("A",), option, (Priorities(((Priority(random_formula(Random(1), 1)),),)),))
    with pytest.raises(ModelProblem, match="take one of"):
        find(known, "cr")
    with pytest.raises(ModelProblem, match="not feasible"):
        is_stable(known, "nash", 0, 5)
