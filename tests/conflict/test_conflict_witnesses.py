"""Every verdict's witness can be replayed, says the same as the verdict, and a forged one is found out."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from conflict_random_models import conflicts, table_of
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.conflict.coalition.coalitions import coalitions
from standoff.conflict.concepts import INDIVIDUAL, JOINT
from standoff.conflict.graph import StateGraph, bit_set, members
from standoff.conflict.model import Conflict
from standoff.conflict.sequences import reached, shortest
from standoff.conflict.witness import Deterrent, Terms, judge, replay, witness
from standoff.conflict.wording import Wording


def all_terms(graph: StateGraph) -> list[tuple[Terms, tuple[int, ...], int, bool]]:
    found = [
        (concept.terms(graph, i, s), (i,), s, concept.is_stable(graph, i, s))
        for concept in INDIVIDUAL.values()
        for i in graph.everyone
        for s in range(graph.size)
    ]
    found += [
        (concept.terms(graph, group, s), group, s, concept.is_stable(graph, group, s))
        for concept in JOINT.values()
        for group in coalitions(tuple(graph.everyone))
        for s in range(graph.size)
    ]
    return found


@settings(max_examples=40, deadline=None)
@given(conflicts())
def test_witnesses_replay_and_agree_with_the_verdict(conflict: Conflict) -> None:
    graph, _ = table_of(conflict)
    wording = Wording(conflict)
    for terms, actors, state, stable in all_terms(graph):
        claim = witness(terms, actors, state)
        assert claim.stable == stable == judge(terms)
        assert replay(terms, claim)
        sentence = wording.verdict(claim)
        assert sentence.endswith(".")
        assert ("not stable" in sentence) != stable


@settings(max_examples=40, deadline=None)
@given(conflicts(), st.data())
def test_forged_witnesses_do_not_replay(conflict: Conflict, data: st.DataObject) -> None:
    graph, _ = table_of(conflict)
    claims = [(terms, witness(terms, actors, s)) for terms, actors, s, _ in all_terms(graph)]
    answered = [(terms, claim) for terms, claim in claims if claim.deterrents]
    if answered:
        terms, claim = data.draw(st.sampled_from(answered))
        first = claim.deterrents[0]
        assert not replay(terms, replace(claim, deterrents=claim.deterrents[1:]))
        doubled = replace(first, steps=(*first.steps, first.steps[-1]))
        assert not replay(terms, replace(claim, deterrents=(doubled, *claim.deterrents[1:])))
        empty = Deterrent(first.departure, ())
        assert not replay(terms, replace(claim, deterrents=(empty, *claim.deterrents[1:])))
        assert not replay(terms, replace(claim, stable=False))
    escaping = [(terms, claim) for terms, claim in claims if claim.escape and claim.escape.outcomes]
    if escaping:
        terms, claim = data.draw(st.sampled_from(escaping))
        assert claim.escape is not None
        shorter = replace(claim.escape, outcomes=claim.escape.outcomes[1:])
        assert not replay(terms, replace(claim, escape=shorter))


@settings(max_examples=100, deadline=None)
@given(conflicts())
def test_shortest_sequences_lead_exactly_where_sequences_lead(conflict: Conflict) -> None:
    graph, _ = table_of(conflict)
    steps = list(graph.moves)
    for start in range(graph.size):
        ends = reached(steps, start)
        for goal in range(graph.size):
            path = shortest(steps, start, bit_set([goal]))
            assert (path is not None) == bool(ends >> goal & 1)
            if path is not None:
                assert path[0].source == start
                assert path[-1].target == goal
                assert all(a.target == b.source and a.mover != b.mover for a, b in pairwise(path))
                assert all(step.target in set(members(steps[step.mover][step.source])) for step in path)
