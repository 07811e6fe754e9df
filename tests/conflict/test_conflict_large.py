"""Solutions in masks and counts, for conflicts that are too large for lists."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from conflict_random_models import conflicts
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.conflict.cover import cover
from standoff.conflict.formula import Not, Or, Taken
from standoff.conflict.large_solution import LargeSolution, solve_large
from standoff.conflict.model import Conflict, Option
from standoff.conflict.preference import Priorities, Priority
from standoff.conflict.problems import ModelProblem
from standoff.conflict.solution import Solution


@given(st.integers(1, 6).flatmap(lambda k: st.tuples(st.just(k), st.data())))
def test_a_cover_matches_the_set_and_nothing_feasible_beside_it(drawn) -> None:
    count, data = drawn
    size = 1 << count
    feasible = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    inside = feasible & np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    limit = data.draw(st.integers(1, size))
    found = cover(inside, feasible, limit)
    assert found.count == int(inside.sum())
    assert len(found.masks) <= limit
    times = np.zeros(size, dtype=int)
    for mask in found.masks:
        times += [mask.matches(s) for s in range(size)]
    assert times.max(initial=0) <= 1, "masks are disjoint"
    assert not (times.astype(bool) & feasible & ~inside).any()
    if found.complete:
        assert (times.astype(bool) & feasible == inside).all()
    if limit == size:
        assert found.complete


def test_a_cover_of_a_cube_is_one_mask() -> None:
    states = np.arange(1 << 10)
    found = cover((states & 5) == 4, None)
    assert [mask.signs(10) for mask in found.masks] == ["N-Y-------"]
    assert (found.count, found.complete) == (256, True)


@settings(max_examples=60, deadline=None)
@given(conflicts(forms=("options",)))
def test_the_hypercube_and_the_state_graph_say_the_same(conflict: Conflict) -> None:
    conflict = replace(conflict, status_quo=int(conflict.feasible[0]))
    small, large = conflict.solve(), solve_large(conflict)
    assert isinstance(small, Solution)
    assert large.states == len(conflict.feasible)
    for verdicts in small.individual:
        held = {conflict.state_of(id) for id in small.ids(verdicts.equilibria)}
        assert held == {int(s) for s in conflict.feasible if large.is_equilibrium(verdicts.concept, int(s))}
        found = large.equilibria(verdicts.concept)
        assert found.count == len(held)
        for i, name in enumerate(conflict.decision_makers):
            covered = large.stable(verdicts.concept, name)
            stable = {conflict.state_of(id) for id in small.ids(verdicts.stable[i])}
            assert covered.count == len(stable)
            matched = {int(s) for s in conflict.feasible if any(m.matches(int(s)) for m in covered.masks)}
            assert matched == stable
    document = json.loads(json.dumps(large.to_json()))
    assert document["stability"]["nash"]["equilibria"]["count"] == large.equilibria("nash").count
    assert conflict.name in large.to_text()


def large_conflict(options: int) -> Conflict:
    wishes = [
        [Taken(0), Not(Taken(1)), Or((Taken(2), Not(Taken(3)))), Not(Taken(options - 2))],
        [Taken(1), Not(Taken(0)), Or((Not(Taken(2)), Taken(3))), Taken(options - 1)],
    ]
    return Conflict(
        "large <b>",
        ("A", "B"),
        tuple(Option(f"o{k}", (k % 2,)) for k in range(options)),
        tuple(Priorities(tuple((Priority(wish),) for wish in row)) for row in wishes),
        status_quo=0,
    )


def test_past_the_state_graph_a_solution_comes_in_masks_and_counts() -> None:
    solution = large_conflict(14).solve()
    assert isinstance(solution, LargeSolution)
    document = solution.to_json()
    assert document["state_count"] == 1 << 14
    assert len(json.dumps(document)) < 20_000, "never an endless list"
    assert document["status_quo"]["equilibrium"]["nash"] is solution.is_equilibrium("nash", 0)
    assert "16384 feasible states" in solution.to_text()
    assert "<b>" not in solution._repr_html_()
    with pytest.raises(ModelProblem, match="not worked out"):
        solution.equilibria("cr")
    with pytest.raises(ModelProblem, match="no decision maker"):
        solution.stable("nash", "C")


def test_between_the_two_the_graph_lists_what_the_hypercube_judged() -> None:
    conflict = large_conflict(10)
    solution = conflict.solve()
    assert isinstance(solution, Solution)
    large = solve_large(conflict)
    for verdicts in solution.individual:
        assert len(solution.ids(verdicts.equilibria)) == large.equilibria(verdicts.concept).count
        for id in solution.ids(verdicts.equilibria)[:3]:
            for name in conflict.decision_makers:
                assert solution.witness(verdicts.concept, name, id).stable
