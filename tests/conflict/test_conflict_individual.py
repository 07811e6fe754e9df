"""Individual stability against the plain definitions and against the matrix form, on random conflicts."""

from __future__ import annotations

import conflict_brute_force as plain
import pytest
from conflict_random_models import conflicts, positions, table_of
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.conflict.concepts import INDIVIDUAL
from standoff.conflict.graph import bit_set
from standoff.conflict.matrix_form import MatrixForm
from standoff.conflict.model import Conflict
from standoff.conflict.stability import sim
from standoff.conflict.stability.limited_move import expected_moves, limited_move, non_myopic


def stable_states(conflict_graph, concept, i) -> set[int]:
    return {s for s in range(conflict_graph.size) if INDIVIDUAL[concept].is_stable(conflict_graph, i, s)}


@settings(max_examples=150, deadline=None)
@given(conflicts())
def test_every_concept_agrees_with_the_definitions_and_with_the_matrix_form(conflict: Conflict) -> None:
    graph, table = table_of(conflict)
    matrices = MatrixForm(graph)
    for concept, definition in plain.INDIVIDUAL.items():
        for i in graph.everyone:
            expected = definition(table, i)
            assert stable_states(graph, concept, i) == expected, (concept, i)
            matrix = {s for s, stable in enumerate(matrices.individual(concept, i)) if stable}
            assert matrix == expected, (concept, i)


@settings(max_examples=100, deadline=None)
@given(conflicts())
def test_stronger_concepts_imply_weaker_ones_and_each_has_a_symmetric_state(conflict: Conflict) -> None:
    graph, _ = table_of(conflict)
    for i in graph.everyone:
        found = {concept: stable_states(graph, concept, i) for concept in INDIVIDUAL}
        assert found["nash"] <= found["sseq"] <= found["seq"] <= found["gmr"]
        assert found["nash"] <= found["smr"] <= found["gmr"]
        assert found["sseq"] <= found["smr"]
        assert found["smr"], "each decision maker has a state that is SMR stable"


@settings(max_examples=150, deadline=None)
@given(conflicts(forms=("options",)))
def test_simultaneous_stability_agrees_with_the_definition(conflict: Conflict) -> None:
    graph, table = table_of(conflict)
    for i in graph.everyone:
        found = {s for s in range(graph.size) if sim.is_stable(graph, i, s)}
        assert found == plain.sim(table, i, graph.states)


@settings(max_examples=150, deadline=None)
@given(conflicts(decision_makers=2), st.integers(1, 4))
def test_limited_foresight_agrees_with_the_definition(conflict: Conflict, horizon: int) -> None:
    graph, table = table_of(conflict)
    found = limited_move(graph, horizon)
    assert not found.experimental
    for i in graph.everyone:
        assert positions(found.stable[i]) == plain.limited_move(table, i, horizon)


@settings(max_examples=80, deadline=None)
@given(conflicts(), st.integers(1, 4))
def test_expected_moves_lead_to_the_anticipated_state(conflict: Conflict, horizon: int) -> None:
    graph, table = table_of(conflict)
    stable = limited_move(graph, horizon).stable
    for i in graph.everyone:
        for s in range(graph.size):
            path = expected_moves(graph, i, s, horizon)
            assert (not path) == bool(stable[i] >> s & 1)
            assert len(path) <= horizon
            here, last = s, None
            for mover, source, target in path:
                assert (source, mover != last) == (here, True)
                assert target in table.moves[mover][source]
                here, last = target, mover
            if path:
                assert path[0].mover == i
                assert table.prefers(i, here, s)
                if len(graph.decision_makers) == 2:
                    assert here == plain.anticipated(table, i, s, horizon)


@settings(max_examples=80, deadline=None)
@given(conflicts(forms=("options",)))
def test_simultaneous_verdicts_come_with_what_happens_at_once(conflict: Conflict) -> None:
    graph, table = table_of(conflict)
    for i in graph.everyone:
        for s in range(graph.size):
            claim = sim.witness(graph, i, s)
            assert claim.stable == sim.is_stable(graph, i, s)
            if claim.escape is not None:
                assert claim.escape in table.better(i, s)
                continue
            assert {c.improvement for c in claim.collisions} == table.better(i, s)
            for collision in claim.collisions:
                assert any(target != s for target in collision.choice)
                switched = graph.states[s] ^ graph.states[collision.improvement]
                for j, target in zip(graph.others(i), collision.choice, strict=True):
                    assert target == s or target in table.better(j, s)
                    switched |= graph.states[s] ^ graph.states[target]
                assert graph.states[collision.outcome] == graph.states[s] ^ switched
                assert not table.prefers(i, collision.outcome, s)


@settings(max_examples=60, deadline=None)
@given(conflicts(decision_makers=2))
def test_one_move_of_foresight_is_nash_stability(conflict: Conflict) -> None:
    graph, table = table_of(conflict)
    found = limited_move(graph, 1)
    assert [positions(found.stable[i]) for i in graph.everyone] == [
        plain.nash(table, i) for i in graph.everyone
    ]


@settings(max_examples=60, deadline=None)
@given(conflicts(decision_makers=2))
def test_non_myopic_means_stable_for_every_horizon_of_the_cycle(conflict: Conflict) -> None:
    graph, _ = table_of(conflict)
    found = non_myopic(graph)
    horizons = range(max(found.from_horizon, 1), max(found.from_horizon, 1) + found.period)
    for i in graph.everyone:
        common = graph.every_state
        for horizon in horizons:
            common &= limited_move(graph, horizon).stable[i]
        assert found.stable[i] == common


@settings(max_examples=80, deadline=None)
@given(conflicts(forms=("options",)))
def test_the_moves_are_those_that_the_definition_of_the_option_form_allows(conflict: Conflict) -> None:
    feasible = [int(state) for state in conflict.feasible]
    for i in range(len(conflict.decision_makers)):
        for s in feasible:
            expected = set()
            for t in feasible:
                flipped = [k for k in range(conflict.option_count) if (s ^ t) >> k & 1]
                allowed = all(
                    i in conflict.options[k].owners
                    and not (conflict.options[k].moves == "on" and s >> k & 1)
                    and not (conflict.options[k].moves == "off" and t >> k & 1)
                    for k in flipped
                )
                if flipped and allowed:
                    expected.add(t)
            assert set(conflict.reachable(i, s)) == expected


@pytest.mark.parametrize(("horizon", "expected"), [(1, {"CD", "DC"}), (2, set()), (3, {"CC"}), (4, {"CC"})])
def test_chicken_by_foresight(horizon: int, expected: set[str]) -> None:
    from standoff.conflict.graph import build
    from standoff.conflict.model import Option
    from standoff.conflict.preference import Ranking

    # bit 0: A swerves (C), bit 1: B swerves
    names = {0: "DD", 1: "CD", 2: "DC", 3: "CC"}
    chicken = Conflict(
        "chicken",
        ("A", "B"),
        (Option("A swerves", (0,)), Option("B swerves", (1,))),
        (Ranking(((2,), (3,), (1,), (0,))), Ranking(((1,), (3,), (2,), (0,)))),
    )
    graph = build(chicken)
    found = limited_move(graph, horizon).equilibria
    assert {names[graph.states[s]] for s in positions(found)} == expected
    assert positions(non_myopic(graph).equilibria) == {3}


def test_a_single_state_is_stable_in_every_sense_for_all() -> None:
    from standoff.conflict.graph import build
    from standoff.conflict.preference import Ranking

    lonely = Conflict(
        "one", ("A", "B"), (), (Ranking(((0,),)), Ranking(((0,),))), states=(("s", 0),), arcs=((), ())
    )
    graph = build(lonely)
    assert all(stable_states(graph, concept, i) == {0} for concept in INDIVIDUAL for i in (0, 1))
    assert limited_move(graph, 3).equilibria == bit_set([0])


def test_an_answer_may_let_one_opponent_move_twice_with_another_in_between() -> None:
    """B, C, B is a legal answer; letting each opponent move once would miss it."""
    from standoff.conflict.graph import build
    from standoff.conflict.preference import Ranking

    arcs = (((0, 1),), ((1, 2), (3, 4)), ((2, 3),))
    ranking = Ranking(((1, 2, 3), (0,), (4,)))
    conflict = Conflict(
        "chain",
        ("A", "B", "C"),
        (),
        (ranking, ranking, ranking),
        states=tuple((str(s), s) for s in range(5)),
        arcs=arcs,
    )
    graph = build(conflict)
    assert INDIVIDUAL["gmr"].is_stable(graph, 0, 0)
    alone = Conflict(
        "chain",
        ("A", "B"),
        (),
        (ranking, ranking),
        states=conflict.states,
        arcs=(((0, 1),), ((1, 2), (2, 3), (3, 4))),
    )
    assert not INDIVIDUAL["gmr"].is_stable(build(alone), 0, 0)
