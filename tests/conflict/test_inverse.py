"""Inverse questions against all rankings, and all lists of statements, of small conflicts."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations, product
from random import Random

import conflict_brute_force as plain
import pytest
from conflict_random_models import conflicts, table_of
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_hypercube import random_formula

from standoff.conflict.formula import Not, Taken, holds
from standoff.conflict.inverse.game import CONCEPTS, Game, Order
from standoff.conflict.inverse.places import margin
from standoff.conflict.inverse.question import (
    Change,
    break_equilibrium,
    distance,
    make_equilibrium,
    movers,
)
from standoff.conflict.model import Conflict, Option
from standoff.conflict.preference import Partial, Priorities, Priority, Ranking
from standoff.conflict.problems import ModelProblem

CONCEPT = st.sampled_from(CONCEPTS)


def weak_orders(count: int) -> list[tuple[int, ...]]:
    """All rankings of a number of states, ties included, as dense ranks."""
    return [
        ranks for ranks in product(range(count), repeat=count) if set(ranks) == set(range(len(set(ranks))))
    ]


def is_equilibrium(table: plain.Table, concept: str, state: int) -> bool:
    return all(state in plain.INDIVIDUAL[concept](table, i) for i in range(table.decision_makers))


def least_distance(table: plain.Table, concept: str, state: int, free: set[int], wanted: bool) -> int | None:
    choices = [
        weak_orders(table.states) if i in free else [tuple(ranks)] for i, ranks in enumerate(table.ranks)
    ]
    costs = [
        sum(distance(a, b) for a, b in zip(table.ranks, ranks, strict=True))
        for ranks in product(*choices)
        if is_equilibrium(replace(table, ranks=ranks), concept, state) == wanted
    ]
    return min(costs, default=None)


def changed(conflict: Conflict, found: Change) -> Conflict:
    preferences = list(conflict.preferences)
    for party in found.parties:
        preferences[party.decision_maker] = party.preference
    return replace(conflict, preferences=tuple(preferences))


def ask(conflict: Conflict, wanted: bool, *arguments: object, **more: object) -> Change:
    question = make_equilibrium if wanted else break_equilibrium
    return question(conflict, *arguments, **more)  # type: ignore[arg-type]


def assert_as_said(conflict: Conflict, found: Change) -> None:
    """The new preferences do what was asked."""
    after = changed(conflict, found)
    table = replace(
        table_of(conflict)[1],
        ranks=[[int(r) for r in after.ranks(i)] for i in range(len(after.decision_makers))],
    )
    state = [conflict.state_id(int(s)) for s in conflict.feasible].index(found.state)
    assert is_equilibrium(table, found.concept, state) == found.wanted
    assert found.sentence(conflict).endswith(".")


@settings(max_examples=40, deadline=None)
@given(
    conflicts(decision_makers=2, most_states=4, forms=("graph",)),
    CONCEPT,
    st.booleans(),
    st.sampled_from([{0}, {1}, {0, 1}]),
    st.integers(0, 3),
)
def test_no_ranking_of_two_parties_is_nearer(
    conflict: Conflict, concept: str, wanted: bool, free: set[int], pick: int
) -> None:
    _, table = table_of(conflict)
    state = pick % table.states
    found = ask(conflict, wanted, f"s{state}", concept, parties=[f"D{i}" for i in free])
    least = least_distance(table, concept, state, free, wanted)
    assert found.possible == (least is not None)
    if least is not None:
        assert found.cost == least
        assert_as_said(conflict, found)


@settings(max_examples=15, deadline=None)
@given(
    conflicts(decision_makers=3, most_states=3, forms=("graph",)), CONCEPT, st.booleans(), st.integers(0, 2)
)
def test_no_ranking_of_three_parties_is_nearer(
    conflict: Conflict, concept: str, wanted: bool, pick: int
) -> None:
    _, table = table_of(conflict)
    state = pick % table.states
    found = ask(conflict, wanted, f"s{state}", concept)
    least = least_distance(table, concept, state, {0, 1, 2}, wanted)
    assert found.possible == (least is not None)
    assert found.cost == (least or 0)


@settings(max_examples=60, deadline=None)
@given(conflicts(), CONCEPT, st.booleans(), st.integers(0, 100))
def test_larger_conflicts_get_what_was_asked(
    conflict: Conflict, concept: str, wanted: bool, pick: int
) -> None:
    states = [conflict.state_id(int(s)) for s in conflict.feasible]
    found = ask(conflict, wanted, states[pick % len(states)], concept)
    if wanted:
        assert found.possible, "a state that all rank first is an equilibrium"
    if found.possible:
        assert_as_said(conflict, found)
        assert found.cost == sum(party.comparisons for party in found.parties)


@settings(max_examples=40, deadline=None)
@given(conflicts(most_states=5, forms=("graph",)), CONCEPT, st.integers(0, 4))
def test_a_margin_is_the_nearest_own_ranking_that_flips_the_verdict(
    conflict: Conflict, concept: str, pick: int
) -> None:
    graph, table = table_of(conflict)
    assume(table.states <= 4)
    state = pick % table.states
    orders = [Order(ranks) for ranks in table.ranks]
    for i in graph.everyone:
        found = margin(Game(graph, concept), i, state, orders)
        assert found.stable == (state in plain.INDIVIDUAL[concept](table, i))
        costs = []
        for ranks in weak_orders(table.states):
            other = replace(table, ranks=[ranks if j == i else r for j, r in enumerate(table.ranks)])
            if (state in plain.INDIVIDUAL[concept](other, i)) != found.stable:
                costs.append(distance(table.ranks[i], ranks))
        assert found.comparisons == min(costs, default=None)
        if found.ranks is not None:
            assert distance(table.ranks[i], found.ranks) == found.comparisons


def statement_lists(old: int, items: int) -> list[tuple[tuple[int, ...], int]]:
    """All lists of some of the items, with the number of edits that make them of the first `old` items."""
    found = []
    for size in range(1, items + 1):
        for order in permutations(range(items), size):
            kept = [p for p in order if p < old]
            rising = max(
                len(c) for n in range(len(kept) + 1) for c in combinations(kept, n) if list(c) == sorted(c)
            )
            found.append((order, (old - len(kept)) + (size - len(kept)) + len(kept) - rising))
    return found


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32), CONCEPT, st.booleans(), st.booleans(), st.integers(0, 1))
def test_no_list_of_statements_is_nearer(
    seed: int, concept: str, wanted: bool, additions: bool, party: int
) -> None:
    random = Random(seed)
    options = tuple(Option(f"o{k}", (k,), random.choice(["both", "both", "on"])) for k in range(2))
    preferences = tuple(
        Priorities(tuple((Priority(random_formula(random, 2)),) for _ in range(3))) for _ in range(2)
    )
    conflict = Conflict("small", ("A", "B"), options, preferences)
    state = random.randrange(4)
    found = ask(
        conflict, wanted, str(state), concept, parties=["AB"[party]], by="statements", additions=additions
    )
    old = [level[0].formula for level in preferences[party].levels]
    singles = [f for k in range(2) for f in (Taken(k), Not(Taken(k)))] if additions else []
    items = [*old, *(f for f in singles if f not in old)]
    _, table = table_of(conflict)
    ranks = [[int(r) for r in conflict.ranks(i)] for i in range(2)]
    costs = []
    for order, cost in statement_lists(len(old), len(items)):
        keys = [tuple(not holds(items[p], s) for p in order) for s in range(4)]
        ranks[party] = [sorted(set(keys)).index(key) for key in keys]
        if is_equilibrium(replace(table, ranks=ranks), concept, state) == wanted:
            costs.append(cost)
    assert found.possible == bool(costs)
    if costs:
        assert found.cost == min(costs)
        assert_as_said(conflict, found)


@given(st.lists(st.integers(0, 4), min_size=2, max_size=6), st.data())
def test_movers_account_for_every_changed_comparison(before: list[int], data: st.DataObject) -> None:
    after = data.draw(st.lists(st.integers(0, 4), min_size=len(before), max_size=len(before)))
    risen, fallen = movers(before, after)
    stay = [s for s in range(len(before)) if s not in (*risen, *fallen)]
    assert distance([before[s] for s in stay], [after[s] for s in stay]) == 0


def test_what_cannot_be_asked_is_refused_in_a_sentence() -> None:
    option = (Option("o", (0,)),)
    known = Conflict("c", ("A",), option, (Ranking(((0,), (1,))),))
    with pytest.raises(ModelProblem, match="no state '7'"):
        make_equilibrium(known, "7")
    with pytest.raises(ModelProblem, match="no decision maker 'Z'"):
        make_equilibrium(known, "0", parties=["Z"])
    with pytest.raises(ModelProblem, match="take one of"):
        make_equilibrium(known, "0", "cr")
    with pytest.raises(ModelProblem, match="no priority statements"):
        make_equilibrium(known, "0", by="statements")
    with pytest.raises(ModelProblem, match="partly unknown"):
        make_equilibrium(Conflict("c", ("A",), option, (Partial((((0,),),)),)), "0")
    assert make_equilibrium(known, "0", "nash").sentence(known) == "State 0 is an equilibrium (NASH) already."
