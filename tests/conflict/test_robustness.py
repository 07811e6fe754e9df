"""How small a change flips a verdict, against all rankings of small conflicts."""

from __future__ import annotations

from dataclasses import replace

import conflict_brute_force as plain
from conflict_random_models import conflicts, table_of
from hypothesis import given, settings
from test_inverse import CONCEPT, is_equilibrium, least_distance, weak_orders

from standoff.conflict.inverse.question import distance
from standoff.conflict.model import Conflict
from standoff.conflict.robustness import equilibrium_flips, flips


@settings(max_examples=30, deadline=None)
@given(conflicts(decision_makers=2, most_states=4, forms=("graph",)), CONCEPT)
def test_no_nearer_ranking_of_its_own_flips_a_verdict(conflict: Conflict, concept: str) -> None:
    _, table = table_of(conflict)
    found = flips(conflict, concept)
    assert len(found) == table.states * table.decision_makers
    for flip in found:
        i, state = flip.decision_maker, int(flip.state.removeprefix("s"))
        assert flip.stable == (state in plain.INDIVIDUAL[concept](table, i))
        costs = []
        for ranks in weak_orders(table.states):
            others = [ranks if j == i else old for j, old in enumerate(table.ranks)]
            if (state in plain.INDIVIDUAL[concept](replace(table, ranks=others), i)) != flip.stable:
                costs.append(distance(table.ranks[i], ranks))
        assert flip.comparisons == min(costs, default=None)


@settings(max_examples=15, deadline=None)
@given(conflicts(decision_makers=2, most_states=3, forms=("graph",)), CONCEPT)
def test_no_nearer_rankings_flip_an_equilibrium(conflict: Conflict, concept: str) -> None:
    _, table = table_of(conflict)
    for state, change in enumerate(equilibrium_flips(conflict, concept)):
        assert change.wanted != is_equilibrium(table, concept, state)
        least = least_distance(table, concept, state, {0, 1}, change.wanted)
        assert (change.cost if change.possible else None) == least
