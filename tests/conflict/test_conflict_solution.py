"""The solution as data, text, HTML and picture; ways, regions, limits."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import FrozenInstanceError, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conflict_random_models import conflicts, table_of
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.conflict.closure import closure, components, union
from standoff.conflict.graph import StateGraph, bit_set, build, members
from standoff.conflict.model import Conflict, Option
from standoff.conflict.preference import Priorities, Priority, Ranking, Weights
from standoff.conflict.problems import ModelProblem
from standoff.conflict.regions import absorbing_regions, points_of_no_return
from standoff.conflict.routes import reachability
from standoff.conflict.sequences import reached
from standoff.conflict.toml_form import read_toml

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "conflicts"


def solved(name: str):
    return Conflict.load(EXAMPLES / f"{name}.toml").solve()


@settings(max_examples=40, deadline=None)
@given(conflicts(), st.data())
def test_a_solution_can_be_written_in_every_way(conflict: Conflict, data: st.DataObject) -> None:
    quo = data.draw(st.none() | st.sampled_from([int(s) for s in conflict.feasible]))
    solution = replace(conflict, status_quo=quo).solve()
    document = json.loads(json.dumps(solution.to_json()))
    assert set(document["stability"]) == {"nash", "gmr", "smr", "seq", "sseq"}
    assert set(document["coalitions"]) == {"cr", "cgmr", "csmr", "cseq"}
    for verdicts in document["stability"].values():
        by_people = [set(verdicts[name]) for name in conflict.decision_makers]
        assert set(verdicts["equilibria"]) == set.intersection(*by_people)
    assert len(document["states"]) == len(conflict.feasible)
    assert conflict.name in solution.to_text()
    ElementTree.fromstring(solution.picture())
    HTMLParser().feed(solution._repr_html_())


def test_a_solution_says_what_it_rests_on_and_cannot_be_changed() -> None:
    solution = solved("cuban_missiles")
    document = solution.to_json()
    assert document["dropped"] == [{"rule": "exclusive: Withdraw, Escalate", "states": 4}]
    assert document["preferences"] == {"US": "ranking of 12 groups", "USSR": "ranking of 12 groups"}
    assert document["definitions"]["seq"]["source"] == "Fraser and Hipel 1979"
    with pytest.raises(FrozenInstanceError):
        solution.conflict = solution.conflict  # type: ignore[misc]


def test_why_is_a_sentence_with_every_move() -> None:
    solution = solved("elmira_nine_states")
    assert solution.why("smr", "Local government", "1") == (
        "1 is stable (SMR) for Local government: Local government would move from 1 to 5; then MoE moves to 6, "
        "which Local government finds no better than 1, and Local government cannot get out."
    )
    assert solution.why("seq", "Local government", "1") == (
        "1 is not stable (SEQ) for Local government: Local government can move from 1 to 5, and nobody gains by "
        "answering."
    )
    assert solution.why("cr", ["Uniroyal", "MoE"], "5") == (
        "5 is not stable (CR) for MoE and Uniroyal: MoE and Uniroyal can move from 5 to 8, which all of them prefer."
    )
    with pytest.raises(ModelProblem, match="no decision maker 'Nobody'"):
        solution.why("seq", "Nobody", "1")
    with pytest.raises(ModelProblem, match="no state '77'"):
        solution.why("seq", "MoE", "77")
    with pytest.raises(ModelProblem, match="no witness"):
        solution.why("magic", "MoE", "1")


def test_hostile_names_stay_text() -> None:
    bad = '<script>alert("x")</script>&amp;'
    conflict = Conflict(
        bad,
        (bad, "B"),
        (Option(bad, (0,)), Option("b", (1,))),
        (Weights((1, 0)), Weights((0, 1))),  # type: ignore[arg-type]
        status_quo=0,
    )
    solution = conflict.solve()
    for text in (solution._repr_html_(), solution.picture()):
        assert "<script" not in text
        assert "&lt;script&gt;" in text
    ElementTree.fromstring(solution.picture())


def test_the_picture_shows_every_state_who_moves_and_the_status_quo() -> None:
    drawn = ElementTree.fromstring(solved("cuban_missiles").picture())
    names = {element.text for element in drawn.iter("{http://www.w3.org/2000/svg}text")}
    assert {str(n) for n in range(1, 13)} <= names
    assert {"US moves", "USSR moves", "status quo", "6 (Air strike, Withdraw)"} <= names
    dashes = {element.get("stroke-dasharray") for element in drawn.iter("{http://www.w3.org/2000/svg}path")}
    assert len(dashes) >= 2, "whose move it is must show without colour"


def test_a_large_graph_is_drawn_by_its_equilibria_only() -> None:
    options = tuple(Option(f"o{k}", (k % 2,)) for k in range(8))
    preferences = tuple(
        Priorities(tuple((Priority(read_formula),) for read_formula in formulas))
        for formulas in (_taken(range(8)), _taken(reversed(range(8))))
    )
    solution = Conflict("large", ("A", "B"), options, preferences, status_quo=0).solve()
    drawn = ElementTree.fromstring(solution.picture())
    circles = list(drawn.iter("{http://www.w3.org/2000/svg}g"))
    assert 1 < len(circles) < 90


def _taken(order):
    from standoff.conflict.formula import Taken

    return [Taken(k) for k in order]


# Ways and regions ---------------------------------------------------------------------------------


def shortest_lengths(graph: StateGraph, tables, start: int) -> dict[int, int]:
    """Lengths by going through (state, last mover) with plain sets."""
    layer = {(start, -1)}
    seen: set[tuple[int, int]] = set()
    found: dict[int, int] = {}
    for length in range(1, graph.size * (len(tables) + 1) + 1):
        layer = {
            (t, j)
            for s, last in layer
            for j, table in enumerate(tables)
            if j != last
            for t in members(table[s])
        } - seen
        seen |= layer
        for t, _ in layer:
            found.setdefault(t, length)
    found.pop(start, None)
    return found


@settings(max_examples=80, deadline=None)
@given(conflicts(), st.data())
def test_ways_are_legal_and_none_is_shorter(conflict: Conflict, data: st.DataObject) -> None:
    graph, table = table_of(conflict)
    start = data.draw(st.integers(0, graph.size - 1))
    ways = reachability(graph, start)
    for routes, tables in (
        (ways.moves, graph.moves),
        (ways.improvements, [graph.improvements(i) for i in graph.everyone]),
    ):
        lengths = shortest_lengths(graph, tables, start)
        assert {target: len(route.moves) for target, route in routes.items()} == lengths
        for target, route in routes.items():
            here, last = start, None
            for move in route.moves:
                (mover,) = move.movers
                assert move.source == here
                assert mover != last
                assert move.target in table.moves[mover][here]
                assert move.improves == table.prefers(mover, move.target, here)
                here, last = move.target, mover
            assert here == target
    assert all(route.improves for route in ways.improvements.values())
    assert set(ways.improvements) <= set(ways.coalitions) | {start}
    assert all(move.improves for route in ways.coalitions.values() for move in route.moves)


@settings(max_examples=80, deadline=None)
@given(conflicts())
def test_absorbing_regions_and_points_of_no_return(conflict: Conflict) -> None:
    graph, _ = table_of(conflict)
    table = union(graph.moves, graph.size)
    reach = closure(table)
    for s in range(graph.size):
        assert set(members(reach[s])) == reached_by_walking(table, s)
    regions = absorbing_regions(graph)
    assert regions, "every walk ends up somewhere"
    together = 0
    for region in regions:
        assert not together & region.states
        together |= region.states
        for s in members(region.states):
            assert (reach[s] | 1 << s) == region.states
        for move in region.entries:
            assert not region.states >> move.source & 1
            assert region.states >> move.target & 1
    for s in range(graph.size):
        assert (reach[s] | 1 << s) & together, "from everywhere some region can be reached"
    lost = {(m.movers[0], m.source, m.target) for m in points_of_no_return(graph)}
    for i in graph.everyone:
        for s in range(graph.size):
            for t in members(graph.moves[i][s]):
                assert ((i, s, t) in lost) == (not reach[t] >> s & 1)
    assert sorted(s for component in components(table) for s in component) == list(range(graph.size))


def reached_by_walking(table, start: int) -> set[int]:
    seen: set[int] = set()
    fresh = set(members(table[start]))
    while fresh:
        seen |= fresh
        fresh = {t for s in fresh for t in members(table[s])} - seen
    return seen


@settings(max_examples=60, deadline=None)
@given(conflicts(forms=("options",)))
def test_in_option_form_sequences_are_plain_paths(conflict: Conflict) -> None:
    graph, _ = table_of(conflict)
    reach = closure(union(graph.moves, graph.size))
    for s in range(graph.size):
        assert reached(graph.moves, s) | 1 << s == reach[s] | 1 << s


# Limits -------------------------------------------------------------------------------------------


def many_options(count: int) -> str:
    lines = ['name = "Many"']
    for name in ("A", "B"):
        lines += ["[[decision_maker]]", f'name = "{name}"', 'priorities = ["o0", "not o1"]']
    for k in range(count):
        lines += ["[[option]]", f'name = "o{k}"', f'owner = "{"AB"[k % 2]}"']
    return "\n".join(lines)


def test_two_hundred_options_load_and_enumeration_says_no_in_one_sentence() -> None:
    conflict = read_toml(many_options(200), "many.toml")
    assert conflict.option_count == 200
    assert conflict.is_feasible((1 << 199) | 1)
    with pytest.raises(ModelProblem, match="has 200 options, and listing its states stops at 24") as problem:
        conflict.solve()
    assert "\n" not in str(problem.value)


def test_an_empty_set_of_states_is_said() -> None:
    from standoff.conflict.masks import Mask

    nowhere = Conflict("x", ("A",), (Option("a", (0,)),), (Ranking(()),), infeasible=(Mask(0, 0),))
    with pytest.raises(ModelProblem, match="no state is feasible"):
        build(nowhere)


def test_bit_sets_round_trip() -> None:
    assert list(members(bit_set([5, 0, 200]))) == [0, 5, 200]
