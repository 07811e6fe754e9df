"""Reading and writing conflicts, and what is said about files that cannot be used."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from conflict_random_models import conflicts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.conflict.formula import And, Not, Or, Taken
from standoff.conflict.json_form import read_json, to_json
from standoff.conflict.json_places import json_places
from standoff.conflict.model import Conflict
from standoff.conflict.preference import Partial, Priorities, Ranking, Weights
from standoff.conflict.problems import ModelProblem
from standoff.conflict.toml_form import read_toml
from standoff.conflict.toml_places import toml_places
from standoff.conflict.toml_text import to_toml

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "conflicts"

GOOD = """\
name = "Strait"
status_quo = "NNN"

[[decision_maker]]
name = "North"
priorities = [
    "not Blockade",
    "Talks if not 'Cut the cable'",
    ["Talks", "not Cut the cable"],
]

[[decision_maker]]
name = "South"
weights = { Talks = 2, Blockade = -0.5 }

[[option]]
name = "Blockade"
owner = "North"
moves = "on"

[[option]]
name = "Cut the cable"
owner = "North"

[[option]]
name = "Talks"
id = "talks"
owners = ["North", "South"]

[feasibility]
infeasible = ["Y-Y", "Blockade and Cut the cable"]
rules = ["Talks only if not Blockade"]
"""


def test_every_key_of_the_form_is_read() -> None:
    conflict = read_toml(GOOD, "strait.toml")
    assert conflict.decision_makers == ("North", "South")
    assert [option.owners for option in conflict.options] == [(0,), (0,), (0, 1)]
    assert [option.moves for option in conflict.options] == ["on", "both", "both"]
    assert conflict.status_quo == 0
    assert [int(state) for state in conflict.feasible] == [0, 1, 2, 4, 6]
    north, south = conflict.preferences
    assert isinstance(north, Priorities)
    assert [len(level) for level in north.levels] == [1, 1, 2]
    assert north.levels[0][0].formula == Not(Taken(0))
    assert isinstance(south, Weights)
    assert [str(weight) for weight in south.weights] == ["-1/2", "0", "2"]


def edited(old: str, new: str) -> str:
    assert GOOD.count(old) >= 1
    return GOOD.replace(old, new, 1)


BAD = [
    (edited('name = "Strait"', 'name = "Strait'), "1:15", "not valid TOML"),
    (edited("[feasibility]", "[feasibility"), "30:13", "not valid TOML"),
    (edited('owner = "North"\nmoves', 'owner = "Nroth"\nmoves'), "18:1", "no decision maker 'Nroth'"),
    (edited('owner = "North"\nmoves = "on"', 'moves = "on"'), "16:1", "nobody owns the option 'Blockade'"),
    (edited('moves = "on"', 'moves = "up"'), "19:1", "both, on or off"),
    (edited('"not Blockade"', '"not Blokade"'), "7:10", "did you mean 'Blockade'"),
    (edited("'Cut the cable'\"", "'Cut the cable\""), "8:19", "there is no option"),
    (edited('"Y-Y"', '"Y-YN"'), "31:15", "there is no option"),
    (edited("weights = { Talks", "weights = { Talk"), "14:13", "no option 'Talk'"),
    (edited("weights = {", "wieghts = {"), "14:1", "did you mean 'weights'"),
    (edited("weights = { Talks = 2, Blockade = -0.5 }", ""), "12:1", "has no preference"),
    (edited('status_quo = "NNN"', 'status_quo = "YYN"'), "2:1", "status quo YYN is not feasible"),
    (
        edited('status_quo = "NNN"', "status_quo = 99"),
        "2:1",
        "the status quo is no feasible state: there is no state '99'",
    ),
    (edited('status_quo = "NNN"', 'status_quo = "NN-"'), "2:1", "stands for 2 states"),
    (edited('name = "South"', 'name = "North"'), "13:1", "there twice"),
    (edited('name = "South"', 'name = "equilibria"'), "13:1", "cannot be called"),
    (edited('owners = ["North", "South"]', 'owner = "North"'), "12:1", "'South' has no option"),
    (edited('"Y-Y"', '"---"'), "30:1", "no state is feasible"),
    (edited('id = "talks"', "id = 7"), "27:1", "must be a text"),
    (edited("[feasibility]", "[feasability]"), "30:1", "did you mean 'feasibility'"),
    (edited('name = "Cut the cable"', 'name = "Blockade"'), "22:1", "two options called"),
]


@pytest.mark.parametrize(("text", "place", "words"), BAD, ids=[words for _, _, words in BAD])
def test_mistakes_are_said_with_line_and_column(text: str, place: str, words: str) -> None:
    with pytest.raises(ModelProblem) as problem:
        read_toml(text, "strait.toml")
    assert words in str(problem.value)
    assert str(problem.value).startswith(f"strait.toml:{place}: ")


RANKED = """\
status_quo = "N"

[[decision_maker]]
name = "A"
{}

[[option]]
name = "x"
owner = "A"
"""


@pytest.mark.parametrize(
    ("line", "place", "words"),
    [
        ('ranking = "Y > N > Y"', "5:1", "better than itself"),
        ('ranking = "Y = Y > N"', "5:1", "equally good to itself"),
        ('ranking = "Y"', "5:1", "leaves out 1 of 2 states (N)"),
        ('ranking = "Y > Q"', "5:16", "there is no state 'Q'"),
        ('ranking = "Y > > N"', "5:16", "a state is missing"),
        ('ranking = [["Y"], ["N"], ["Y"]]', "5:26", "better than itself"),
        ('ranking = [["Y"], []]', "5:19", "is empty"),
        ('ranking = [">", "Y", "N"]', "5:12", "without a state before it"),
        ('ranking = ["Y", ["N"], ">>"]', "5:1", "ends with a sign"),
        ('chains = ["Y > N", "N > Y"]', "5:1", "in a circle"),
        ('chains = ["Y >> N"]', "5:11", "knows only"),
        ("priorities = []", "5:1", "no statement"),
        ('priorities = ["x", ["x", "not y"]]', "5:31", "there is no option 'y'"),
        ("weights = { x = true }", "5:13", "a number is expected"),
        ("weights = { x = nan }", "5:13", "no number"),
        ('ranking = "Y > N"\nweights = { x = 1 }', "3:1", "2 kinds of preference"),
    ],
)
def test_mistakes_in_preferences_are_said_with_line_and_column(line: str, place: str, words: str) -> None:
    with pytest.raises(ModelProblem) as problem:
        read_toml(RANKED.format(line), "a.toml")
    assert words in str(problem.value)
    assert str(problem.value).startswith(f"a.toml:{place}: ")


def test_rankings_may_be_texts_or_lists_and_graded() -> None:
    one = read_toml(RANKED.format('ranking = "Y >> N"'), "a.toml").preferences[0]
    other = read_toml(RANKED.format('ranking = [["Y"], ">>", "N"]'), "a.toml").preferences[0]
    assert one == other == Ranking(((1,), (0,)), (2,))
    tie = read_toml(RANKED.format('ranking = "-"'), "a.toml").preferences[0]
    assert tie == Ranking(((0, 1),))


def test_an_observer_may_have_no_option() -> None:
    text = RANKED.format(
        'ranking = "Y > N"\n\n[[decision_maker]]\nname = "B"\nobserver = true\nranking = "-"'
    )
    conflict = read_toml(text, "a.toml")
    assert conflict.observers == (1,)
    assert conflict.solve().ids(conflict.solve().individual[0].stable[1]) == ("0", "1")


@pytest.mark.parametrize("number", ["1e999999999", '"1e999999999"', "9" * 3000, '"1/0"', "inf", '"x"'])
def test_weights_beyond_reason_are_refused_at_once(number: str) -> None:
    with pytest.raises(ModelProblem, match=r"a\.toml:5:13: "):
        read_toml(RANKED.format(f"weights = {{ x = {number} }}"), "a.toml")


@pytest.mark.parametrize("bomb", ["x = " + "[" * 5000, "x = " + "9" * 5000, "x = " + "[" * 300 + "]" * 300])
def test_bombs_are_refused(bomb: str) -> None:
    with pytest.raises(ModelProblem, match=r"a\.toml"):
        read_toml(bomb, "a.toml")
    with pytest.raises(ModelProblem, match=r"a\.json"):
        read_json('{"decision_makers": ' + bomb.removeprefix("x = ") + "}", "a.json")


def test_annotations_are_allowed_wherever_a_part_is_a_table() -> None:
    text = GOOD.replace('owner = "North"\nmoves', 'owner = "North"\nevidence = [1]\nconfidence = 0.5\nmoves')
    text = text.replace('"not Blockade",', '{ id = "p1", statement = "not Blockade", standing = "assumed" },')
    conflict = read_toml(text + '\n[draft]\nquestions = ["?"]\n', "x")
    north = conflict.preferences[0]
    assert isinstance(north, Priorities)
    assert north.levels[0][0].id == "p1"
    assert north == read_toml(to_toml(conflict), "x").preferences[0]


# Round trips --------------------------------------------------------------------------------------


def assert_same(one: Conflict, other: Conflict) -> None:
    assert one.options == other.options
    assert [int(s) for s in one.feasible] == [int(s) for s in other.feasible]
    for i in range(len(one.decision_makers)):
        for state in one.feasible:
            assert one.reachable(i, int(state)) == other.reachable(i, int(state))
    assert one.status_quo == other.status_quo


@settings(max_examples=60, deadline=None)
@given(conflicts(), st.data())
def test_what_is_saved_is_loaded(conflict: Conflict, data: st.DataObject) -> None:
    from dataclasses import replace

    quo = data.draw(st.none() | st.sampled_from([int(s) for s in conflict.feasible]))
    owners = {i for option in conflict.options for i in option.owners}
    people = range(len(conflict.decision_makers))
    conflict = replace(conflict, status_quo=quo, observers=tuple(i for i in people if i not in owners))
    for again in (read_toml(to_toml(conflict), "x"), read_json(json.dumps(to_json(conflict)), "x")):
        assert_same(conflict, again)
        assert again.preferences == conflict.preferences


@settings(max_examples=30, deadline=None)
@given(conflicts(kind="partial", forms=("options",)))
def test_unknown_preference_is_saved_and_loaded(conflict: Conflict) -> None:
    from dataclasses import replace

    owners = {i for option in conflict.options for i in option.owners}
    people = range(len(conflict.decision_makers))
    conflict = replace(conflict, observers=tuple(i for i in people if i not in owners))
    again = read_toml(to_toml(conflict), "x")
    assert again.preferences == conflict.preferences
    assert read_json(json.dumps(to_json(conflict)), "x").preferences == conflict.preferences


def test_all_of_the_toml_form_is_saved_and_loaded(tmp_path: Path) -> None:
    text = GOOD.replace(
        "[feasibility]\n",
        '[[view]]\nviewer = "South"\nunseen = ["Cut the cable"]\nnever = ["Blockade and not talks"]\n\n'
        '[[view.decision_maker]]\nname = "North"\nweights = { talks = 1 }\n\n[feasibility]\n'
        'exclusive = [["Blockade", "talks"]]\nat_least_one = [["Blockade", "Cut the cable", "talks"]]\n'
        'exactly_one = [["Blockade", "Cut the cable", "talks"]]\n',
    ).replace('name = "South"\n', 'name = "South"\nattitudes = { North = "-", South = "+" }\n')
    text = text.replace('status_quo = "NNN"', 'status_quo = "NNY"')
    conflict = read_toml(text, "x")
    conflict.save(tmp_path / "again.toml")
    again = Conflict.load(tmp_path / "again.toml")
    assert again == conflict
    assert again.attitudes == ((1, 0), (-1, 1))
    assert again.views[0].unseen == (1,)
    assert again.views[0].never == (And((Taken(0), Not(Taken(2)))),)


def test_names_with_any_signs_survive(tmp_path: Path) -> None:
    names = ['say "no"', "it's \\ a # test", "tab\there", "a > b = c", "naïve ☮"]
    document = {
        "decision_makers": ["A"],
        "options": [{"name": name, "owner": "A", "moves": "both"} for name in names],
        "priorities": {"A": ["Y----, -Y---", "--Y--", "---NY"]},
    }
    conflict = read_json(json.dumps(document), "x")
    conflict.save(tmp_path / "names.toml")
    again = Conflict.load(tmp_path / "names.toml")
    assert [option.name for option in again.options] == names
    assert again.ranks(0).tolist() == conflict.ranks(0).tolist()


# JSON ---------------------------------------------------------------------------------------------

PLAIN = {
    "decision_makers": ["A", "B"],
    "options": [{"name": "a", "owner": "A", "moves": "both"}, {"name": "b", "owner": "B"}],
    "infeasible": ["YY"],
    "states": {"1": "NN", "2": "YN", "3": "NY"},
    "status_quo": 1,
    "preferences": {"A": [[1], [2, 3]], "B": [[3], [2], [1]]},
}


def test_the_json_form_is_read() -> None:
    conflict = read_json(json.dumps(PLAIN), "x")
    assert conflict.states == (("1", 0), ("2", 1), ("3", 2))
    assert conflict.status_quo == 0
    assert conflict.preferences == (Ranking(((0,), (1, 2))), Ranking(((2,), (1,), (0,))))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"preferences": {"A": [[1], [2, 9]], "B": [[3], [2], [1]]}}, "there is no state '9'"),
        ({"preferences": {"A": [[1], [2, 3], [1]], "B": [[3], [2], [1]]}}, "better than itself"),
        ({"preferences": {"A": [[1], [2, 3]]}}, "'B' has no preference"),
        (
            {"options": [{"name": "a", "owner": "A"}, {"name": "b", "owner": None}]},
            "nobody owns the option 'b'",
        ),
        ({"options": [{"name": "a", "owner": "A"}, {"name": "b", "owner": "A"}]}, "'B' has no option"),
        ({"infeasible": ["YY", "Y"]}, "1 signs"),
        ({"infeasible": ["--"]}, "is listed, but the mask"),
        ({"states": {"1": "NN", "2": "NN", "3": "NY"}}, "have the same mask"),
        ({"states": {"1": "NN", "2": "-N", "3": "NY"}}, "leaves some open"),
        ({"status_quo": 7}, "there is no state '7'"),
        ({"reachability": {"C": {"1": [2]}}}, "there is no decision maker 'C'"),
        ({"reachability": {"A": {"1": [1]}}}, "to itself"),
        ({"decision_makers": []}, "no decision maker"),
        ({"decision_makers": "A"}, "must be a list"),
        ({"options": [{"owner": "A"}]}, "the key 'name' is missing"),
    ],
)
def test_mistakes_in_json_are_said_with_their_place(change: dict[str, object], words: str) -> None:
    text = json.dumps({**PLAIN, **change}, indent=1)
    with pytest.raises(ModelProblem) as problem:
        read_json(text, "x.json")
    assert words in str(problem.value)
    file, line, column, *_ = str(problem.value).split(":")
    assert file == "x.json"
    assert 1 <= int(line) <= text.count("\n") + 1
    assert int(column) >= 1


def test_a_name_given_twice_in_json_is_refused() -> None:
    with pytest.raises(ModelProblem, match="line 1, column 11: the name 'a' is given twice"):
        read_json('{"a": 1,  "a": 2}', "x.json")


def test_json_that_is_none_is_placed() -> None:
    with pytest.raises(ModelProblem, match=r"x.json:2:1: this is not valid JSON"):
        read_json('{"a": 1,\n}', "x.json")


# Places -------------------------------------------------------------------------------------------

TRICKY = """\
a.b."c d" = 1   # comment with [brackets] and = "signs"
list = [
  'one', # a comment
  ["two", 3],
  { k = "v", n = [1, 2] },
]
text = \"\"\"
[not.a.table]
x = 1 \\\"\"\" still\"\"\"

[[thing]]
name = "first # no comment"
[thing.part]
x = 0
[[thing]]
name = 'second'
[[thing.deep]]
y = 2024-01-01 10:00:00
"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("a", "b", "c d"), (1, 1)),
        (("list",), (2, 1)),
        (("list", 0), (3, 3)),
        (("list", 1, 0), (4, 4)),
        (("list", 2, "n", 1), (5, 22)),
        (("text",), (7, 1)),
        (("thing", 0, "name"), (12, 1)),
        (("thing", 0, "part", "x"), (14, 1)),
        (("thing", 1), (15, 1)),
        (("thing", 1, "deep", 0, "y"), (18, 1)),
        (("thing", 1, "missing"), (15, 1)),
    ],
)
def test_places_in_toml(path: tuple[str | int, ...], place: tuple[int, int]) -> None:
    tomllib.loads(TRICKY)
    found = toml_places(TRICKY).key_place(path)
    assert (found.line, found.column) == place


def every_path(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path]
    if isinstance(value, dict):
        for key, part in value.items():
            found += every_path(part, (*path, key))
    if isinstance(value, list):
        for number, part in enumerate(value):
            found += every_path(part, (*path, number))
    return found


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=12,
)


@given(json_values, st.sampled_from([None, 1, 2]))
def test_every_part_of_a_json_text_has_its_place(value: object, indent: int | None) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    places = json_places(text)
    lines = text.split("\n")
    for path in every_path(value):
        place = places.value_place(path)
        rest = "\n".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])
        part: object = value
        for step in path:
            part = part[step]  # type: ignore[index]
        assert json.JSONDecoder().raw_decode(rest)[0] == part


def refusal(read: Callable[[str, str], Conflict], text: str, file: str) -> str:
    """What is said about a text; of a readable one its name."""
    try:
        return f"{file}:{read(text, file).name!r}"
    except ModelProblem as problem:
        return str(problem)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_in_one_sentence(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([GOOD, *(path.read_text() for path in sorted(EXAMPLES.glob("*.toml")))]))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        to = data.draw(st.integers(at, min(len(text), at + 12)))
        new = data.draw(
            st.sampled_from(["", '"', "[", "]", "=", "\n", "Y", "-", "not ", " > ", "1", "{", "\x00", "é"])
        )
        text = text[:at] + new + text[to:]
    said = refusal(read_toml, text, "damaged.toml")
    assert said.startswith("damaged.toml")
    assert "\n" not in said


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_json_file_is_read_or_refused_in_one_sentence(data: st.DataObject) -> None:
    document = json.loads(json.dumps(PLAIN))
    paths = [path for path in every_path(document) if path]
    path = data.draw(st.sampled_from(paths))
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = data.draw(json_values)
    said = refusal(read_json, json.dumps(document), "damaged.json")
    assert said.startswith("damaged.json:")
    assert "\n" not in said


# Files --------------------------------------------------------------------------------------------


def test_files_that_are_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelProblem, match=r"a conflict is a \.toml, \.json or \.gmcr file"):
        Conflict.load(tmp_path / "x.yaml")
    with pytest.raises(ModelProblem, match="no such file"):
        Conflict.load(tmp_path / "x.toml")
    (tmp_path / "latin.toml").write_bytes(b'name = "\xe9"')
    with pytest.raises(ModelProblem, match=r"not UTF-8 text \(byte 9\)"):
        Conflict.load(tmp_path / "latin.toml")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_the_examples_load_and_survive_saving(path: Path, tmp_path: Path) -> None:
    conflict = Conflict.load(path)
    for suffix in (".toml", ".json"):
        conflict.save(tmp_path / f"again{suffix}")
        again = Conflict.load(tmp_path / f"again{suffix}")
        assert_same(conflict, again)
        for i, preference in enumerate(conflict.preferences):
            if isinstance(preference, Partial | Ranking):
                assert again.preferences[i] == preference
            else:
                assert again.ranks(i).tolist() == conflict.ranks(i).tolist()


def test_partly_unknown_rankings_come_as_chains() -> None:
    conflict = Conflict.load(EXAMPLES / "lake_gisborne.toml")
    assert isinstance(conflict.preferences[1], Partial)
    assert Or((Taken(0),)) != Taken(0)
