"""What makes inverse questions fast, held against searches that go through everything; and their limits."""

from __future__ import annotations

from functools import cache
from itertools import product

from conflict_random_models import conflicts
from hypothesis import given, settings
from hypothesis import strategies as st
from test_inverse import CONCEPT, ask, assert_as_said, weak_orders

from standoff.conflict.inverse.clauses import Clauses
from standoff.conflict.inverse.question import Inverse, distance
from standoff.conflict.inverse.rankings import Lessons, Ranked
from standoff.conflict.model import Conflict, Option
from standoff.conflict.preference import Priorities, Priority, Ranking

SIZE = 6


@cache
def every_ranking() -> list[tuple[int, ...]]:
    return weak_orders(SIZE)


@st.composite
def rankings(draw: st.DrawFn) -> tuple[int, ...]:
    drawn = draw(st.lists(st.integers(0, SIZE - 1), min_size=SIZE, max_size=SIZE))
    return tuple(sorted(set(drawn)).index(rank) for rank in drawn)


ATOM = st.tuples(st.booleans(), st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(
    lambda a: a[1] != a[2]
)


@settings(max_examples=60, deadline=None)
@given(rankings(), st.lists(st.lists(ATOM, min_size=1, max_size=3), min_size=1, max_size=3))
def test_placing_only_what_is_spoken_of_loses_no_nearer_ranking(
    ranks: tuple[int, ...], demands: list[list[tuple[bool, int, int]]]
) -> None:
    costs = [
        distance(ranks, other)
        for other in every_ranking()
        if all(any((other[t] < other[s]) == better for better, t, s in demand) for demand in demands)
    ]
    clauses = Clauses()
    try:
        touched = {state for demand in demands for _, t, s in demand for state in (t, s)}
        ranked = Ranked(clauses, ranks, touched, SIZE * SIZE, Lessons())
        for demand in demands:
            clauses.add(
                [ranked.better(t, s) if better else ranked.no_better(t, s) for better, t, s in demand]
            )
        while (outcome := clauses.solve()) == "found" and ranked.refine():
            pass
        assert (outcome == "found") == bool(costs)
        if costs:
            assert clauses.cost == min(costs)
            after = ranked.ranks()
            assert distance(ranks, after) == clauses.cost
            for demand in demands:
                assert any((after[t] < after[s]) == better for better, t, s in demand)
    finally:
        clauses.close()


@settings(max_examples=25, deadline=None)
@given(conflicts(), CONCEPT, st.booleans(), st.integers(0, 100))
def test_without_time_there_are_bounds_and_with_time_they_meet(
    conflict: Conflict, concept: str, wanted: bool, pick: int
) -> None:
    states = [conflict.state_id(int(s)) for s in conflict.feasible]
    state = states[pick % len(states)]
    hasty = ask(conflict, wanted, state, concept, seconds=0.0)
    whole = ask(conflict, wanted, state, concept)
    assert whole.proven
    if hasty.possible:
        assert_as_said(conflict, hasty)
        assert hasty.at_least <= whole.cost <= hasty.cost
    if hasty.proven:
        assert (hasty.possible, hasty.cost) == (whole.possible, whole.cost)
    said = hasty.to_json(conflict)
    assert said["sentence"] == hasty.sentence(conflict)
    assert said["proven"] or "not proven" in said["sentence"]


def ring(states: int) -> Conflict:
    """Two parties walk round a ring of states, one forwards and one two steps back, and want the far side."""
    everyone = range(states)
    arcs = (
        tuple((s, (s + 1) % states) for s in everyone),
        tuple((s, (s - 2) % states) for s in everyone),
    )
    rankings = (
        Ranking(tuple((s,) for s in sorted(everyone, key=lambda s: (s * 7) % states))),
        Ranking(tuple((s,) for s in sorted(everyone, key=lambda s: (s * 11 + 3) % states))),
    )
    ids = tuple((f"s{s}", s) for s in everyone)
    return Conflict("ring", ("A", "B"), (), rankings, states=ids, arcs=arcs)


def test_a_thousand_states_are_no_hindrance() -> None:
    conflict = ring(1000)
    inverse = Inverse(conflict, "seq")
    for state, wanted in product(("s1", "s500", "s998"), (True, False)):
        change = inverse.ask(state, wanted=wanted)
        assert change.possible
        assert change.proven
        if change.cost:
            after = Conflict(
                "after",
                conflict.decision_makers,
                (),
                tuple(
                    next((p.preference for p in change.parties if p.decision_maker == i), old)
                    for i, old in enumerate(conflict.preferences)
                ),
                states=conflict.states,
                arcs=conflict.arcs,
            )
            assert Inverse(after, "seq").is_equilibrium(state) == wanted


def test_statements_that_change_come_as_data_too() -> None:
    from standoff.conflict.formula import Not, Taken

    options = (Option("a", (0,)), Option("b", (1,)))
    wants = (
        Priorities(((Priority(Not(Taken(0)), "not a"),), (Priority(Taken(1), "b"),))),
        Priorities(((Priority(Taken(0), "a"),), (Priority(Not(Taken(1)), "not b"),))),
    )
    conflict = Conflict("c", ("A", "B"), options, wants)
    change = Inverse(conflict, "nash").ask("3", wanted=True, by="statements")
    document = change.to_json(conflict)
    assert document["cost"] == len([e for party in document["changes"] for e in party["edits"]])
    assert {party["decision_maker"] for party in document["changes"]} == {"A", "B"}
    assert all(party["priorities"] for party in document["changes"])
