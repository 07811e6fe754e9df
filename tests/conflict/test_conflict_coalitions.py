"""Coalition stability against the plain definitions and against the matrix form."""

from __future__ import annotations

import conflict_brute_force as plain
from conflict_random_models import conflicts, table_of
from hypothesis import given, settings

from standoff.conflict.coalition import cseq
from standoff.conflict.coalition.coalitions import coalitions
from standoff.conflict.concepts import INDIVIDUAL, JOINT
from standoff.conflict.graph import build
from standoff.conflict.matrix_form import MatrixForm
from standoff.conflict.model import Conflict, Option
from standoff.conflict.preference import Ranking


@settings(max_examples=80, deadline=None)
@given(conflicts())
def test_every_coalition_and_concept_agrees_with_the_definitions_and_the_matrix_form(
    conflict: Conflict,
) -> None:
    graph, table = table_of(conflict)
    matrices = MatrixForm(graph)
    for group in coalitions(tuple(graph.everyone)):
        for concept, joint in JOINT.items():
            expected = plain.coalition(table, group, concept)
            found = {s for s in range(graph.size) if joint.is_stable(graph, group, s)}
            assert found == expected, (concept, group)
            matrix = {s for s, stable in enumerate(matrices.coalition(concept, group)) if stable}
            assert matrix == expected, (concept, group)
        individual = {s for s in range(graph.size) if cseq.is_stable(graph, group, s, individual=True)}
        assert individual == plain.coalition(table, group, "cseq individual")


@settings(max_examples=80, deadline=None)
@given(conflicts())
def test_a_coalition_of_one_is_an_individual(conflict: Conflict) -> None:
    graph, _ = table_of(conflict)
    pairs = [("cr", "nash"), ("cgmr", "gmr"), ("csmr", "smr")]
    if len(graph.decision_makers) == 2:
        pairs.append(("cseq", "seq"))
    for joint, individual in pairs:
        for i in graph.everyone:
            for s in range(graph.size):
                assert JOINT[joint].is_stable(graph, (i,), s) == INDIVIDUAL[individual].is_stable(graph, i, s)


def test_mutual_defection_in_the_prisoners_dilemma_does_not_hold_against_both_together() -> None:
    dilemma = Conflict(
        "dilemma",
        ("A", "B"),
        (Option("A cooperates", (0,)), Option("B cooperates", (1,))),
        (Ranking(((2,), (3,), (0,), (1,))), Ranking(((1,), (3,), (0,), (2,)))),
    )
    graph = build(dilemma)
    assert INDIVIDUAL["nash"].is_stable(graph, 0, 0)
    assert INDIVIDUAL["nash"].is_stable(graph, 1, 0)
    assert not any(joint.is_stable(graph, (0, 1), 0) for joint in JOINT.values())
    assert all(joint.is_stable(graph, (0, 1), 3) for joint in JOINT.values())
