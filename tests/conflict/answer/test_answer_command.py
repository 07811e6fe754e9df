import json

import pytest
from answer_cases import STRAIT, written
from click.testing import CliRunner

from standoff.cli.solve import command
from standoff.errors import InputError


def solved(*arguments: object) -> str:
    result = CliRunner().invoke(command, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def test_a_drafted_file_is_answered_in_words(tmp_path):
    path = written(tmp_path)
    assert "Could it be settled?" in solved(path)
    assert "Stable for" in solved(path, "--tables")
    plain = written(tmp_path, STRAIT.replace('[draft]\nprogram = "test"\n', ""), "plain.toml")
    assert "Stable for" in solved(plain)
    assert "Could it be settled?" in solved(plain, "--answer")


def test_switches_are_thrown_on_the_command_line(tmp_path):
    path = written(tmp_path)
    said = solved(path, "--drop", "sdm.refusal.sdm-lift-toll", "--disbelieve", "sdm-send-fleet")
    assert "the Southern Domain did not want not to lift the toll" in said
    assert "nobody believed that the Southern Domain would send its fleet" in said
    assert "Yes: " in said


def test_a_switch_that_fits_nothing_is_one_sentence(tmp_path):
    path = written(tmp_path)
    with pytest.raises(InputError, match=r"strait\.toml: there is no option or statement 'fleet'"):
        CliRunner().invoke(command, [str(path), "--disbelieve", "fleet"], catch_exceptions=False)


def test_what_changed_comes_first(tmp_path):
    old = written(tmp_path)
    new = written(tmp_path, STRAIT.replace('"not sdm-lift-toll"', '"sdm-lift-toll"'), "new.toml")
    said = solved(new, "--since", old)
    assert said.index("What changed") < said.index("Where things stand")
    assert "the Southern Domain now wants to lift the toll, where it wanted something else" in said.replace(
        "The Southern", "the Southern"
    )


def test_the_answer_stands_beside_the_contract_in_json(tmp_path):
    path = written(tmp_path)
    document = json.loads(CliRunner().invoke(command, [str(path), "--format", "json"]).output)
    held = document["stability"]["seq"]["equilibria"]
    assert document["answer"]["tally"]["seq"]["outcomes"] == len(held)
    leading = [o["state"] for o in document["answer"]["outcomes"] if "seq" in o["concepts"]]
    assert leading
    assert set(leading) <= set(held)
    sentence = document["answer"]["sections"][0]["sentences"][0]
    assert set(sentence) == {"text", "detail", "rests_on", "evidence", "standing"}
    assert sentence["evidence"] == ["harbour:50-80"]
