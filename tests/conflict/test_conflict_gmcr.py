"""Import and export of .gmcr save files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conflict_random_models import conflicts
from hypothesis import given, settings

from standoff.conflict.formula import And, Not, Or, Taken
from standoff.conflict.gmcr_form import read_gmcr, to_gmcr
from standoff.conflict.model import Conflict
from standoff.conflict.preference import Priorities, Ranking
from standoff.conflict.problems import ModelProblem

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "conflicts"

SAVED = {
    "program": "gmcr-py",
    "version": "0.3.12",
    "useManualPreferenceRanking": False,
    "options": [
        {"name": "Strike", "permittedDirection": "fwd"},
        {"name": "Talk", "permittedDirection": "both"},
        {"name": "Leave", "permittedDirection": "back"},
    ],
    "decisionMakers": [
        {
            "name": "North",
            "options": [0],
            "preferences": [
                [[0, "N"], [1, "Y"]],
                {"compound": True, "members": [[[2, "Y"]], [[0, "Y"], [1, "N"]]]},
            ],
            "misperceptions": [[[1, "Y"]]],
        },
        {"name": "South", "options": [1, 2], "preferences": [], "payoffs": [1, 1, 1, 1, 1, 1]},
    ],
    "infeasibles": [[[0, "Y"], [2, "Y"]]],
    "coalitions": [0, 1],
}


def test_a_save_file_is_read() -> None:
    conflict = read_gmcr(json.dumps(SAVED), "strait.gmcr")
    assert conflict.name == "strait"
    assert [option.moves for option in conflict.options] == ["on", "both", "off"]
    assert [option.owners for option in conflict.options] == [(0,), (1,), (1,)]
    assert conflict.states == (("1", 0), ("2", 1), ("3", 2), ("4", 3), ("5", 4), ("6", 6))
    north = conflict.preferences[0]
    assert isinstance(north, Priorities)
    assert north.levels[0][0].formula == And((Not(Taken(0)), Taken(1)))
    assert north.levels[1][0].formula == Or((Taken(2), And((Taken(0), Not(Taken(1))))))
    assert conflict.ranks(1).tolist() == [0] * 6
    assert conflict.views[0].never == (Taken(1),)


def test_rankings_by_hand_count_where_the_file_says_so() -> None:
    ranked = json.loads(json.dumps(SAVED))
    ranked["useManualPreferenceRanking"] = True
    ranked["decisionMakers"][0]["preferenceRanking"] = [3, [1, 2], 4, 5, 6]
    ranked["decisionMakers"][1]["preferenceVector"] = [[6, 5, 4, 3, 2, 1]]
    conflict = read_gmcr(json.dumps(ranked), "x.gmcr")
    assert conflict.preferences[0] == Ranking(((2,), (0, 1), (3,), (4,), (6,)))
    assert conflict.preferences[1] == Ranking(((6, 4, 3, 2, 1, 0),))
    old = {**ranked, "useManualPreferenceVectors": True}
    del old["useManualPreferenceRanking"]
    assert read_gmcr(json.dumps(old), "x.gmcr").preferences == conflict.preferences


def test_options_come_in_the_order_of_their_owners() -> None:
    shuffled = json.loads(json.dumps(SAVED))
    shuffled["decisionMakers"][0]["options"] = [1]
    shuffled["decisionMakers"][1]["options"] = [0, 2]
    conflict = read_gmcr(json.dumps(shuffled), "x.gmcr")
    assert [option.name for option in conflict.options] == ["Talk", "Strike", "Leave"]
    assert conflict.infeasible[0].signs(3) == "-YY"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d["options"][0].update(permittedDirection="up"), "both, fwd or back"),
        (lambda d: d["decisionMakers"][0].update(options=[0, 7]), "there is no option 7"),
        (lambda d: d["infeasibles"][0].append([1, "?"]), "pairs of an option number and Y or N"),
        (lambda d: d.update(useManualPreferenceRanking=True), "no 'preferenceRanking'"),
        (lambda d: d["decisionMakers"][1].update(options=[1]), "nobody owns the option 'Leave'"),
        (lambda d: d.pop("options"), "the key 'options' is missing"),
    ],
)
def test_mistakes_are_said_with_their_place(change, words: str) -> None:
    document = json.loads(json.dumps(SAVED))
    change(document)
    with pytest.raises(ModelProblem, match=r"^x\.gmcr:\d+:\d+: ") as problem:
        read_gmcr(json.dumps(document, indent=1), "x.gmcr")
    assert words in str(problem.value)


def by_state(conflict: Conflict) -> list[dict[int, int]]:
    return [
        {int(s): int(r) for s, r in zip(conflict.feasible, conflict.ranks(i), strict=True)}
        for i in range(len(conflict.decision_makers))
    ]


@settings(max_examples=60, deadline=None)
@given(conflicts(forms=("options",)))
def test_what_is_exported_is_imported(conflict: Conflict) -> None:
    owned = [i for i in range(len(conflict.decision_makers)) if conflict.owned(i)]
    if len(owned) < len(conflict.decision_makers):
        return
    again = read_gmcr(json.dumps(to_gmcr(conflict)), "x.gmcr")
    assert sorted(map(int, again.feasible)) == sorted(map(int, conflict.feasible)) or [
        option.name for option in again.options
    ] != [option.name for option in conflict.options]
    if [option.name for option in again.options] == [option.name for option in conflict.options]:
        assert by_state(again) == by_state(conflict)
        assert [o.moves for o in again.options] == [o.moves for o in conflict.options]


@pytest.mark.parametrize("name", ["chicken", "cuban_missiles", "elmira", "prisoners_dilemma"])
def test_the_examples_survive_as_save_files(name: str, tmp_path: Path) -> None:
    conflict = Conflict.load(EXAMPLES / f"{name}.toml")
    conflict.save(tmp_path / "x.gmcr")
    again = Conflict.load(tmp_path / "x.gmcr")
    assert by_state(again) == by_state(conflict)
    for one, other in zip(conflict.solve().individual, again.solve().individual, strict=True):
        states = {again.state_id(int(s)) for n, s in enumerate(conflict.feasible) if one.equilibria >> n & 1}
        assert states == set(again.solve().ids(other.equilibria))


def test_priorities_stay_statements_and_formulas_become_masks(tmp_path: Path) -> None:
    saved = to_gmcr(Conflict.load(EXAMPLES / "prisoners_dilemma.toml"))
    assert saved["useManualPreferenceRanking"] is False
    assert saved["decisionMakers"][0]["preferences"] == [[[1, "Y"]], [[0, "N"]]]


@pytest.mark.parametrize("name", ["elmira_nine_states", "lake_gisborne"])
def test_what_the_form_has_no_place_for_is_refused(name: str) -> None:
    with pytest.raises(ModelProblem, match=r"the \.gmcr form knows no"):
        to_gmcr(Conflict.load(EXAMPLES / f"{name}.toml"))
