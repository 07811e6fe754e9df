"""Conflicts with known results: those beside the project where they are, and our own examples."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from standoff.conflict.model import Conflict

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples" / "conflicts"
SHARED = ROOT.parent / "shared" / "conflicts"
CASES = sorted(SHARED.glob("*.json"))


@pytest.mark.skipif(not CASES, reason="no shared conflicts beside the project")
@pytest.mark.parametrize("path", CASES or [None], ids=lambda path: path.stem if path else "none")
def test_every_shared_case_agrees_with_the_definitions(path: Path) -> None:
    known = json.loads(path.read_text())
    found = Conflict.load(path).solve().to_json()
    assert found["states"] == known["states"]
    for concept, expected in known["by_definition"].items():
        verdicts = found["stability"].get(concept) or found["coalitions"][concept]
        for who, states in expected.items():
            assert sorted(verdicts[who]) == sorted(states), (concept, who)


@pytest.mark.parametrize(
    ("name", "concept", "expected"),
    [
        ("chicken", "nash", {1, 2}),
        ("chicken", "smr", {1, 2, 3}),
        ("chicken", "seq", {1, 2}),
        ("prisoners_dilemma", "nash", {0}),
        ("prisoners_dilemma", "seq", {0, 3}),
        ("prisoners_dilemma", "cr", set()),
        ("prisoners_dilemma", "csmr", {3}),
        ("cuban_missiles", "nash", {6}),
        ("cuban_missiles", "seq", {5, 6, 7}),
        ("cuban_missiles", "cseq", {5, 6}),
        ("elmira_nine_states", "nash", {5, 8, 9}),
        ("elmira_nine_states", "gmr", {1, 4, 5, 8, 9}),
        ("elmira_nine_states", "cr", {8, 9}),
        ("elmira", "nash", {8, 9, 18, 21, 24, 25}),
        ("elmira", "cr", {8, 9, 21, 24, 25}),
        ("sustainable_development", "gmr", {2, 3}),
    ],
)
def test_published_equilibria_of_the_examples(name: str, concept: str, expected: set[int]) -> None:
    solution = Conflict.load(EXAMPLES / f"{name}.toml").solve()
    assert {int(id) for id in solution.equilibria(concept)} == expected


def test_the_two_forms_of_elmira_agree_where_the_plant_is_not_abandoned() -> None:
    options = Conflict.load(EXAMPLES / "elmira.toml").solve()
    graph = Conflict.load(EXAMPLES / "elmira_nine_states.toml").solve()
    same = {"2": "1", "3": "2", "4": "3", "5": "4", "18": "5", "19": "6", "20": "7", "21": "8"}
    for concept in ("nash", "gmr", "smr", "seq", "sseq", "cr", "cgmr", "csmr", "cseq"):
        kept = {same[id] for id in options.equilibria(concept) if id in same}
        assert kept == set(graph.equilibria(concept)) - {"9"}, concept


def test_ministry_and_company_must_move_together_to_settle_elmira() -> None:
    solution = Conflict.load(EXAMPLES / "elmira_nine_states.toml").solve()
    ways = solution.ways
    assert ways is not None
    settled = solution.graph.position("8")
    assert settled not in ways.improvements
    route = ways.coalitions[settled]
    assert [move.movers for move in route.moves] == [(2,), (0, 1)]
    assert [solution.graph.ids[move.target] for move in route.moves] == ["5", "8"]
    assert route.joint


def test_the_missiles_leave_by_a_blockade_that_is_then_lifted() -> None:
    solution = Conflict.load(EXAMPLES / "cuban_missiles.toml").solve()
    assert solution.ways is not None
    route = solution.ways.improvements[solution.graph.position("5")]
    assert [solution.graph.ids[move.target] for move in route.moves] == ["3", "7", "5"]
    assert [move.movers for move in route.moves] == [(0,), (1,), (0,)]
    (region,) = solution.regions
    struck = {"2", "4", "6", "8", "10", "12"}
    assert set(solution.ids(region.states)) == struck
    assert {solution.graph.ids[move.target] for move in solution.no_return} == struck


def test_strength_tells_the_two_kept_developments_apart() -> None:
    solution = Conflict.load(EXAMPLES / "sustainable_development.toml").solve()
    graded = {verdicts.concept: verdicts for verdicts in solution.graded}
    assert solution.ids(graded["gmr"].strong[0]) == ("2",)
    assert solution.ids(graded["gmr"].strong_equilibria) == ("2", "3")
    assert solution.ids(graded["seq"].strong_equilibria) == ("3",)


def test_lake_gisborne_hangs_on_what_the_province_prefers() -> None:
    solution = Conflict.load(EXAMPLES / "lake_gisborne.toml").solve()
    nash = solution.completions[0]
    assert nash.concept == "nash"
    assert solution.ids(nash.necessary_equilibria) == ()
    assert solution.ids(nash.possible_equilibria) == ("4", "6")
    types = {(kind, v.concept): solution.ids(v.equilibria) for kind, v in solution.unknown_types}
    assert types["a", "nash"] == ()
    assert types["b", "nash"] == ("4", "6")
    assert solution.to_json()["unknown"]["possible"]["nash"]["equilibria"] == [4, 6]
