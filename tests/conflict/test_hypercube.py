"""The hypercube against the explicit state graph and against the plain definitions, on random conflicts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import conflict_brute_force as plain
import numpy as np
import pytest
from conflict_random_models import conflicts, table_of
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.conflict.formula import And, Formula, If, Iff, Not, Or, Taken
from standoff.conflict.hypercube import improvements, stability
from standoff.conflict.hypercube.ranks import rank_combinations
from standoff.conflict.model import Conflict, Constraint, Option
from standoff.conflict.preference import Partial, Preference, Priorities, Priority, Ranking, Weights
from standoff.conflict.problems import ModelProblem


def random_formula(random: Random, count: int, depth: int = 2) -> Formula:
    if depth == 0 or random.random() < 0.3:
        return Taken(random.randrange(count))
    parts = [random_formula(random, count, depth - 1) for _ in range(random.randint(1, 3))]
    kind = random.randrange(5)
    if kind == 0:
        return Not(parts[0])
    if kind == 1:
        return And(tuple(parts))
    if kind == 2:
        return Or(tuple(parts))
    return (If if kind == 3 else Iff)(parts[0], parts[-1])


def random_preference(random: Random, count: int, states: list[int]) -> Preference:
    kind = random.randrange(3)
    if kind == 0:
        return Weights(tuple(Fraction(random.randint(-3, 3), random.randint(1, 3)) for _ in range(count)))
    if kind == 1:
        levels = []
        for _ in range(random.randint(1, 5)):
            size = random.choice([1, 1, 2])
            levels.append(tuple(Priority(random_formula(random, count)) for _ in range(size)))
        return Priorities(tuple(levels))
    ranks = [random.randrange(len(states)) for _ in states]
    groups = [
        tuple(s for s, r in zip(states, ranks, strict=True) if r == rank) for rank in sorted(set(ranks))
    ]
    return Ranking(tuple(groups))


@st.composite
def formula_conflicts(draw: st.DrawFn) -> Conflict:
    """Option-form conflicts with rules, and preferences by priorities, weights or ranking."""
    random = Random(draw(st.integers(0, 2**32)))
    people, count = draw(st.integers(2, 4)), draw(st.integers(3, 6))
    options = tuple(
        Option(
            f"o{k}",
            (k,)
            if k < people
            else tuple(sorted({random.randrange(people) for _ in range(random.choice([1, 1, 2]))})),
            random.choice(["both", "both", "on", "off"]),
        )
        for k in range(max(count, people))
    )
    rules = tuple(
        Constraint(random_formula(random, len(options))) for _ in range(random.choice([0, 0, 1, 2]))
    )
    conflict = Conflict("random", tuple("ABCD"[:people]), options, (), constraints=rules)
    if not len(conflict.feasible):
        conflict = replace(conflict, constraints=())
    states = [int(state) for state in conflict.feasible]
    if random.random() < 0.2:
        states = sorted(random.sample(states, random.randint(1, len(states))))
        conflict = replace(conflict, states=tuple((f"s{state}", state) for state in states))
    preferences = tuple(random_preference(random, len(options), states) for _ in range(people))
    return replace(conflict, preferences=preferences)


def assert_as_defined(conflict: Conflict) -> None:
    states = [int(state) for state in conflict.feasible]
    _, table = table_of(conflict)
    ranks = [[int(rank) for rank in conflict.ranks(i)] for i in range(len(conflict.decision_makers))]
    table = plain.Table(table.decision_makers, table.states, table.moves, ranks)
    for verdicts in stability.judge(conflict):
        for i, stable in enumerate(verdicts.stable):
            expected = {states[s] for s in plain.INDIVIDUAL[verdicts.concept](table, i)}
            assert set(np.flatnonzero(stable).tolist()) == expected, (verdicts.concept, i)
        common = set.intersection(*(set(np.flatnonzero(stable).tolist()) for stable in verdicts.stable))
        assert set(np.flatnonzero(verdicts.equilibria).tolist()) == common


@settings(max_examples=80, deadline=None)
@given(conflicts(forms=("options",), most_states=9))
def test_rankings_with_ties_irreversible_and_shared_options_and_masks(conflict: Conflict) -> None:
    assert_as_defined(conflict)


@settings(max_examples=80, deadline=None)
@given(formula_conflicts())
def test_rules_priorities_weights_and_listed_states(conflict: Conflict) -> None:
    assert_as_defined(conflict)


@settings(max_examples=40, deadline=None)
@given(formula_conflicts())
def test_classes_that_are_sorted_part_by_part_give_the_same(conflict: Conflict) -> None:
    kept = stability.judge(conflict, ("seq", "sseq"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(improvements, "PART", 64)
        anew = stability.judge(conflict, ("seq", "sseq"))
    for first, second in zip(kept, anew, strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(first.stable, second.stable, strict=True))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(63, 140))
def test_more_statements_than_a_word_has_bits(seed: int, statements: int) -> None:
    random, count = Random(seed), 6
    preference = Priorities(
        tuple(
            tuple(Priority(random_formula(random, count)) for _ in range(random.choice([1, 1, 3])))
            for _ in range(statements)
        )
    )
    found = rank_combinations(preference, count)
    keys = [preference.key(state) for state in range(1 << count)]
    for s in range(1 << count):
        for t in range(1 << count):
            assert (found[s] < found[t]) == (keys[s] > keys[t])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-(2**130), 2**130), min_size=1, max_size=6))
def test_weights_larger_than_a_word_compare_exactly(weights: list[int]) -> None:
    found = rank_combinations(Weights(tuple(Fraction(w) for w in weights)), len(weights))
    worth = [sum(w for k, w in enumerate(weights) if s >> k & 1) for s in range(1 << len(weights))]
    for s, own in enumerate(worth):
        for t, other in enumerate(worth):
            assert (found[s] < found[t]) == (own > other)


def test_more_options_than_a_block_holds_agree_with_smaller_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    from standoff.conflict.hypercube import axes

    random = Random(5)
    options = tuple(Option(f"o{k}", (k % 3,), random.choice(["both", "on", "off"])) for k in range(11))
    conflict = Conflict(
        "blocks",
        ("A", "B", "C"),
        options,
        tuple(random_preference(random, 11, list(range(1 << 11))) for _ in range(3)),
        constraints=(Constraint(random_formula(random, 11)),),
    )
    whole = stability.judge(conflict)
    monkeypatch.setattr(axes, "BLOCK_BITS", 5)
    for first, second in zip(whole, stability.judge(conflict), strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(first.stable, second.stable, strict=True))


def test_what_the_hypercube_cannot_hold_is_refused_in_a_sentence() -> None:
    options = tuple(Option(f"o{k}", (0,)) for k in range(2))
    one = (Weights((Fraction(1), Fraction(1))),)
    with pytest.raises(ModelProblem, match="graph form"):
        stability.judge(Conflict("c", ("A",), options, one, arcs=((),)))
    with pytest.raises(ModelProblem, match="no state is feasible"):
        stability.judge(Conflict("c", ("A",), options, one, constraints=(Constraint(Or(())),)))
    with pytest.raises(ModelProblem, match="unknown"):
        stability.judge(Conflict("c", ("A",), options, (Partial((((0,),),)),)))
    with pytest.raises(ModelProblem, match="take one of"):
        stability.judge(Conflict("c", ("A",), options, one), ("cr",))
    many = tuple(Option(f"o{k}", (0,)) for k in range(200))
    with pytest.raises(ModelProblem, match="200 options"):
        stability.judge(Conflict("c", ("A",), many, one))
