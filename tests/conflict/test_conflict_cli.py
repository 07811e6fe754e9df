"""standoff solve, as a person and as a program call it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "conflicts"


def solve(*arguments: str) -> subprocess.CompletedProcess[str]:
    call = "from standoff.cli.app import main; main()"
    return subprocess.run(
        [sys.executable, "-c", call, "solve", *arguments], capture_output=True, text=True, check=False
    )


def test_json_holds_the_contract() -> None:
    done = solve(str(EXAMPLES / "chicken.toml"), "--format", "json")
    assert done.returncode == 0
    document = json.loads(done.stdout)
    assert document["states"] == {"0": "NN", "1": "YN", "2": "NY", "3": "YY"}
    assert document["stability"]["nash"] == {"A": [1, 2], "B": [1, 2], "equilibria": [1, 2]}
    assert document["coalitions"]["csmr"]["equilibria"] == [1, 2, 3]


def test_text_explains_a_state_and_a_picture_is_drawn(tmp_path: Path) -> None:
    picture = tmp_path / "elmira.svg"
    done = solve(str(EXAMPLES / "elmira.toml"), "--why", "NYNNY", "--picture", str(picture))
    assert done.returncode == 0
    assert "From the status quo" in done.stdout
    assert "18 (Delay, Insist) is not stable (CR) for MoE and Uniroyal" in done.stdout
    assert picture.read_text().startswith("<svg")


def test_why_in_json_comes_as_data_and_as_a_sentence(tmp_path: Path) -> None:
    answer = tmp_path / "answer.json"
    done = solve(str(EXAMPLES / "cuban_missiles.toml"), "--format", "json", "--why", "5", "-o", str(answer))
    assert done.returncode == 0
    why = json.loads(answer.read_text())["why"]
    (seq,) = [w for w in why if w["concept"] == "seq" and w["actors"] == ["USSR"]]
    assert seq["stable"] is True
    assert seq["deterrents"][0] == {"departure": 1, "answer": [{"by": ["US"], "from": 1, "to": 2}]}
    assert seq["sentence"].startswith(
        "5 (Withdraw) is stable (SEQ) for USSR: USSR would move from 5 (Withdraw)"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('name = "x"', "bad.toml:1:1: the conflict has no decision maker"),
        ("[[decision_maker]]\nname = 'A'", "bad.toml:1:1: the conflict has neither options nor moves"),
        ("x = ", "bad.toml:1:5: this is not valid TOML"),
    ],
)
def test_a_bad_file_is_said_in_one_sentence(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(text)
    done = solve(str(tmp_path / "bad.toml"))
    assert done.returncode == 1
    assert done.stdout == ""
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_two_hundred_options_are_said_with_the_file(tmp_path: Path) -> None:
    from test_conflict_solution import many_options

    (tmp_path / "many.toml").write_text(many_options(200))
    done = solve(str(tmp_path / "many.toml"))
    assert done.returncode == 1
    assert "many.toml:80:1: the conflict has 200 options, and listing its states stops at 24" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_unknown_state_to_explain_is_said() -> None:
    done = solve(str(EXAMPLES / "chicken.toml"), "--why", "NOPE")
    assert done.returncode == 1
    assert "there is no state 'NOPE'" in done.stderr


def test_the_smallest_change_is_said() -> None:
    cuba = str(EXAMPLES / "cuban_missiles.toml")
    assert solve(cuba, "--settle", "5").stdout == "State 5 is an equilibrium (SEQ) already.\n"
    broken = solve(cuba, "--break", "NNYN")
    assert broken.stdout.startswith("State 5 becomes no equilibrium (SEQ) with ")
    made = solve(cuba, "--settle", "1", "--concept", "nash")
    assert made.stdout.startswith("State 1 becomes an equilibrium (NASH) with ")
    assert solve(cuba, "--settle", "5", "--break", "5").returncode != 0


def test_an_equilibrium_is_found_by_mask_among_forty_options(tmp_path: Path) -> None:
    from test_conflict_solution import many_options

    (tmp_path / "many.toml").write_text(many_options(40))
    done = solve(str(tmp_path / "many.toml"), "--find", "Y" + "-" * 39, "--concept", "gmr")
    assert done.returncode == 0, done.stderr
    assert "(GMR)" in done.stdout
    wrong = solve(str(tmp_path / "many.toml"), "--find", "Y")
    assert wrong.returncode == 1
    assert "has 1 signs, but there are 40 options" in wrong.stderr


def test_single_questions_come_as_data_too() -> None:
    cuba = str(EXAMPLES / "cuban_missiles.toml")
    made = json.loads(solve(cuba, "--settle", "1", "--format", "json").stdout)
    assert (made["question"], made["cost"], made["proven"]) == ("settle", 3, True)
    assert made["changes"][0]["decision_maker"] == "US"
    assert made["sentence"].startswith("State 1 becomes an equilibrium")
    found = json.loads(solve(cuba, "--find", "NY--", "--format", "json").stdout)
    assert found["found"] == "NYYN"
    one = solve(cuba, "--settle", "9", "--party", "USSR")
    assert "USSR ranks" in one.stdout or "No change of these preferences" in one.stdout
    nobody = solve(cuba, "--settle", "9", "--party", "Cuba")
    assert nobody.returncode == 1
    assert "there is no decision maker 'Cuba'" in nobody.stderr


def test_robustness_is_a_table_or_data() -> None:
    cuba = str(EXAMPLES / "cuban_missiles.toml")
    text = solve(cuba, "--robustness").stdout
    assert "5 (Withdraw)" in text
    assert "yes 1" in text
    document = json.loads(solve(cuba, "--robustness", "--format", "json").stdout)
    assert len(document["verdicts"]) == 24
    assert [e["state"] for e in document["equilibria"] if e["equilibrium"]] == [5, 6, 7]


def test_questions_that_do_not_go_together_are_wrong_usage() -> None:
    cuba = str(EXAMPLES / "cuban_missiles.toml")
    for arguments in (
        ("--robustness", "--find", "NY--"),
        ("--settle", "1", "--why", "1"),
        ("--by", "statements"),
        ("--seconds", "0"),
    ):
        assert solve(cuba, *arguments).returncode == 2


def test_bargaining_has_its_own_command() -> None:
    case = EXAMPLES.parent / "bargaining" / "rising_power.toml"
    call = "from standoff.cli.app import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", call, "bargain", str(case)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Private information: only Holder knows its cost." in done.stdout
