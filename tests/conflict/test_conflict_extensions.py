"""Graded and unknown preference, completions, attitudes and views against plain definitions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product
from random import Random

import conflict_brute_force as plain
import pytest
from conflict_random_models import conflicts, positions, table_of
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.conflict import attitudes, strength, unknown
from standoff.conflict.completions import over_completions
from standoff.conflict.concepts import INDIVIDUAL
from standoff.conflict.formula import And, Not, Taken
from standoff.conflict.graph import StateGraph, bit_set, build
from standoff.conflict.hypergame import level_one, perceived
from standoff.conflict.model import Conflict, Option, View
from standoff.conflict.preference import Partial, Ranking
from standoff.conflict.witness import replay


def compare(graph: StateGraph):
    def relation(i: int, t: int, s: int) -> str:
        if graph.better[i][s] >> t & 1:
            return ">"
        if graph.better[i][t] >> s & 1:
            return "<"
        return "?" if graph.unknown[i][s] >> t & 1 else "="

    return relation


# Graded preference --------------------------------------------------------------------------------


@settings(max_examples=120, deadline=None)
@given(conflicts(kind="graded"))
def test_strong_stability_agrees_with_the_definition(conflict: Conflict) -> None:
    graph, table = table_of(conflict)
    for i in graph.everyone:
        ranking = conflict.preferences[i]
        assert isinstance(ranking, Ranking)
        groups = [next(g for g, group in enumerate(ranking.groups) if s in group) for s in graph.states]

        def much_worse(t: int, s: int, groups=groups, ranking=ranking) -> bool:
            return any(ranking.degrees[g] > 1 for g in range(groups[s], groups[t]))

        for concept in strength.CONCEPTS:
            expected = plain.strong(table, i, concept, much_worse)
            degrees = [strength.degree(graph, concept, i, s) for s in range(graph.size)]
            assert {s for s, d in enumerate(degrees) if d in ("strong", "nash")} == expected
            general = plain.INDIVIDUAL[concept](table, i)
            assert {s for s, d in enumerate(degrees) if d != "unstable"} == general
            assert {s for s, d in enumerate(degrees) if d == "nash"} == plain.nash(table, i)


def test_sustainable_development_is_strongly_held_where_a_great_loss_deters() -> None:
    # Hamouda, Kilgour and Hipel 2004: E: 1 > 3 >> 2 > 4, D: 3 > 1 >> 4 > 2; bit 0 proactive (E), bit 1
    # sustainable (D)
    conflict = Conflict(
        "sustainable development",
        ("E", "D"),
        (Option("Proactive", (0,)), Option("Sustainable", (1,))),
        (Ranking(((3,), (2,), (1,), (0,)), (1, 2, 1)), Ranking(((2,), (3,), (0,), (1,)), (1, 2, 1))),
    )
    graph = build(conflict)
    at = graph.states.index(2)
    assert strength.degree(graph, "gmr", 0, at) == "strong"
    assert strength.degree(graph, "seq", 0, at) == "unstable"
    assert strength.degree(graph, "gmr", 1, at) == "nash"


# Unknown preference -------------------------------------------------------------------------------


@settings(max_examples=120, deadline=None)
@given(conflicts(kind="partial"))
def test_the_four_types_agree_with_the_definition_and_imply_each_other(conflict: Conflict) -> None:
    graph, table = table_of(conflict)
    for concept in unknown.CONCEPTS:
        for i in graph.everyone:
            found = {
                kind: {s for s in range(graph.size) if unknown.is_stable(graph, concept, kind, i, s)}
                for kind in unknown.KINDS
            }
            for kind in unknown.KINDS:
                assert found[kind] == plain.unknown(table.moves, compare(graph), i, concept, kind)
            assert found["a"] <= found["b"] <= found["d"]
            assert found["a"] <= found["c"] <= found["d"]


def test_unknown_is_what_does_not_follow_from_the_chains() -> None:
    conflict = Conflict(
        "chains",
        ("A",),
        (),
        (Partial((((0,), (1,)), ((1,), (2, 3)), ((4,), (3,)))),),
        states=tuple((str(s), s) for s in range(5)),
        arcs=((),),
    )
    graph = build(conflict)
    assert positions(graph.better[0][3]) == {0, 1, 4}
    assert positions(graph.better[0][2]) == {0, 1, 4}, "2 and 3 are equally good, so 4 is better than both"
    assert positions(graph.unknown[0][4]) == {0, 1}


def weak_orders(items: tuple[int, ...]) -> Iterator[list[tuple[int, ...]]]:
    if not items:
        yield []
        return
    for size in range(1, len(items) + 1):
        for top in combinations(items, size):
            rest = tuple(item for item in items if item not in top)
            for tail in weak_orders(rest):
                yield [top, *tail]


def completions_of(graph: StateGraph, i: int) -> list[Ranking]:
    relation = compare(graph)
    found = []
    for order in weak_orders(tuple(range(graph.size))):
        rank = {s: r for r, group in enumerate(order) for s in group}
        sign = {True: ">", False: "<"}
        if all(
            relation(i, t, s) in ("?", "=" if rank[t] == rank[s] else sign[rank[t] < rank[s]])
            for s in rank
            for t in rank
            if s != t
        ):
            found.append(Ranking(tuple(order)))
    return found


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from((2, 3)).flatmap(
        lambda people: conflicts("partial", people, forms=("graph",), most_states=4)
    )
)
def test_necessary_and_possible_stability_agree_with_going_through_all_completions(
    conflict: Conflict,
) -> None:
    known = Ranking((tuple(int(state) for state in conflict.feasible),))
    conflict = replace(conflict, preferences=(*conflict.preferences[:2], known)[: len(conflict.preferences)])
    graph = build(conflict)
    every = [completions_of(graph, i) for i in graph.everyone]
    for concept in unknown.CONCEPTS:
        necessary = [graph.every_state] * len(every)
        possible = [0] * len(every)
        always, sometimes = graph.every_state, 0
        for rankings in product(*every):
            completed = build(conflict, rankings)
            for_all = graph.every_state
            for i in graph.everyone:
                judge = INDIVIDUAL[concept].is_stable
                stable = bit_set(s for s in range(graph.size) if judge(completed, i, s))
                necessary[i] &= stable
                possible[i] |= stable
                for_all &= stable
            always &= for_all
            sometimes |= for_all
        found = over_completions(graph, concept)
        assert (found.necessary, found.possible) == (tuple(necessary), tuple(possible)), concept
        assert (found.necessary_equilibria, found.possible_equilibria) == (always, sometimes), concept


@settings(max_examples=25, deadline=None)
@given(conflicts("partial", 2, forms=("graph",), most_states=5))
def test_a_verdict_on_the_unknown_is_explained_under_a_completion_that_shows_it(conflict: Conflict) -> None:
    solution = conflict.solve()
    if not solution.completions:
        return
    graph = solution.graph
    for over in solution.completions:
        for i, name in enumerate(conflict.decision_makers):
            for s, id in enumerate(graph.ids):
                found = solution.explain(over.concept, name, id)
                assert found.completion is not None
                completed = build(conflict, found.completion)
                for j in graph.everyone:
                    assert all(
                        graph.better[j][t] & ~completed.better[j][t] == 0 for t in range(graph.size)
                    ), "a completion keeps to what is known"
                held = INDIVIDUAL[over.concept].is_stable(completed, i, s)
                assert found.witness.stable == held == bool(over.necessary[i] >> s & 1)
                terms = INDIVIDUAL[over.concept].terms(completed, i, s)
                assert replay(terms, found.witness)
                certain = found.sentence.startswith("However the unknown turns out")
                assert certain == (over.necessary[i] >> s & 1 == over.possible[i] >> s & 1)


@settings(max_examples=40, deadline=None)
@given(conflicts(kind="graded"), conflicts(kind="partial"), st.integers(-1, 1))
def test_the_other_verdicts_are_explained_too(graded: Conflict, partial: Conflict, attitude: int) -> None:
    people = range(len(graded.decision_makers))
    graded = replace(
        graded, attitudes=tuple(tuple(attitude if i != j else 1 for j in people) for i in people)
    )
    solution = graded.solve()
    for verdicts in solution.graded:
        for i, name in enumerate(graded.decision_makers):
            for s, id in enumerate(solution.graph.ids):
                weakly = verdicts.weak[i] >> s & 1
                stable = solution.witness(f"strong {verdicts.concept}", name, id).stable
                general = solution.witness(verdicts.concept, name, id).stable
                assert general == (stable or bool(weakly))
    for verdicts in solution.relational:
        for i, name in enumerate(graded.decision_makers):
            for s, id in enumerate(solution.graph.ids):
                found = solution.witness(verdicts.concept, name, id)
                assert found.stable == bool(verdicts.stable[i] >> s & 1)
    solution = partial.solve()
    for kind, verdicts in solution.unknown_types:
        for i, name in enumerate(partial.decision_makers):
            for s, id in enumerate(solution.graph.ids):
                found = solution.witness(f"{verdicts.concept} ({kind})", name, id)
                assert found.stable == bool(verdicts.stable[i] >> s & 1)


# Attitudes ----------------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(conflicts(), st.data())
def test_relational_stability_agrees_with_the_definition(conflict: Conflict, data: st.DataObject) -> None:
    graph, table = table_of(conflict)
    people = len(graph.decision_makers)
    towards = [[data.draw(st.sampled_from([-1, 0, 1])) for _ in range(people)] for _ in range(people)]
    for concept in attitudes.CONCEPTS:
        for i in graph.everyone:
            found = {s for s in range(graph.size) if attitudes.is_stable(graph, towards, concept, i, s)}
            assert found == plain.relational(table, towards, i, concept)


@settings(max_examples=60, deadline=None)
@given(conflicts(forms=("options",)), st.randoms())
def test_caring_for_oneself_alone_is_the_plain_concept_where_nothing_is_equally_good(
    conflict: Conflict, order: Random
) -> None:
    """Only without common moves: the attitude's answer must leave i worse off, so coming back to the start
    is none."""
    states = [int(state) for state in conflict.feasible]
    preferences = []
    for _ in conflict.decision_makers:
        order.shuffle(states)
        preferences.append(Ranking(tuple((state,) for state in states)))
    conflict = replace(
        conflict,
        preferences=tuple(preferences),
        options=tuple(replace(option, owners=option.owners[:1]) for option in conflict.options),
    )
    graph = build(conflict)
    selfish = [[int(i == j) for j in graph.everyone] for i in graph.everyone]
    for relational, concept in (("rnash", "nash"), ("rgmr", "gmr"), ("rsmr", "smr"), ("rseq", "seq")):
        plain_verdict = INDIVIDUAL[concept].is_stable
        for i in graph.everyone:
            for s in range(graph.size):
                found = attitudes.is_stable(graph, selfish, relational, i, s)
                assert found == plain_verdict(graph, i, s), (concept, i, s)


# Views --------------------------------------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@given(conflicts())
def test_where_all_see_the_conflict_as_it_is_the_hypergame_is_the_conflict(conflict: Conflict) -> None:
    graph, table = table_of(conflict)
    conflict = replace(conflict, views=tuple(View(i) for i in graph.everyone))
    for name, concept in INDIVIDUAL.items():
        game = level_one(conflict, name, concept.is_stable)
        held = set.intersection(*(plain.INDIVIDUAL[name](table, i) for i in graph.everyone))
        assert {graph.states.index(state) for state in game.equilibria} == held
        assert game.steady == game.equilibria
        assert not any(game.surprised)


def chicken_with(view: View) -> Conflict:
    return Conflict(
        "chicken",
        ("A", "B"),
        (Option("A swerves", (0,)), Option("B swerves", (1,))),
        (Ranking(((2,), (3,), (1,), (0,))), Ranking(((1,), (3,), (2,), (0,)))),
        views=(view,),
    )


def test_a_party_that_takes_the_other_for_timid_runs_into_a_surprise() -> None:
    timid = Ranking(((3,), (2,), (1,), (0,)))
    game = level_one(chicken_with(View(0, preferences=((1, timid),))), "nash", INDIVIDUAL["nash"].is_stable)
    assert set(game.equilibria) == {1, 2}
    assert set(game.predicted[0]) == {2}
    assert game.surprised == ((1,), ())
    assert game.steady == (2,)


def test_an_unseen_option_and_an_impossible_state_leave_the_view() -> None:
    hidden = perceived(chicken_with(View(0)), View(0, unseen=(1,)))
    assert [int(state) for state in hidden.feasible] == [0, 1]
    assert hidden.preferences[0] == Ranking(((1,), (0,)))
    never = perceived(chicken_with(View(0)), View(0, never=(And((Not(Taken(0)), Not(Taken(1)))),)))
    assert [int(state) for state in never.feasible] == [1, 2, 3]


def test_states_of_an_unseen_option_are_judged_without_it() -> None:
    game = level_one(chicken_with(View(0, unseen=(1,))), "nash", INDIVIDUAL["nash"].is_stable)
    # A sees only its own option, between 1 (swerve) and 0 (crash), and so finds 1 and, in its shadow, 3
    # stable.
    assert set(game.equilibria) == {1}


@pytest.mark.parametrize("degrees", [(1, 2), (2, 1)])
def test_a_view_that_lacks_a_state_keeps_the_strongest_step_around_it(degrees: tuple[int, int]) -> None:
    conflict = replace(chicken_with(View(0)), preferences=(Ranking(((0,), (1,), (2, 3)), degrees),) * 2)
    seen = perceived(conflict, View(0, never=(And((Taken(0), Not(Taken(1)))),)))
    assert seen.preferences[0] == Ranking(((0,), (2, 3)), (2,))
