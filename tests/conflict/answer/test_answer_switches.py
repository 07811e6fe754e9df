import pytest
from answer_cases import STRAIT, case_from

from standoff.conflict.answer.answer import answer
from standoff.conflict.answer.case import Switches
from standoff.conflict.answer.switches import throw
from standoff.conflict.problems import ModelProblem


def test_a_dropped_statement_leaves_the_list(tmp_path):
    case = case_from(tmp_path)
    thrown = throw(case, Switches(drop=("sdm.refusal.sdm-lift-toll",)))
    assert [s.id for s in thrown.case.statements(1)] == [
        "sdm.demand.nrl-close-strait",
        "sdm.threat.sdm-send-fleet",
        "sdm.cost.sdm-send-fleet",
    ]
    assert answer(case, "seq", Switches(drop=("sdm.refusal.sdm-lift-toll",))).board.settlements("seq")


def test_a_dropped_option_stays_as_it_is_today(tmp_path):
    thrown = throw(case_from(tmp_path), Switches(drop=("nrl-close-strait",)))
    assert all(int(state) & 1 for state in thrown.case.conflict.feasible)


def test_nobody_reckons_with_a_disbelieved_threat(tmp_path):
    case = case_from(tmp_path)
    found = answer(case, "seq", Switches(disbelieve=("sdm-send-fleet",)))
    assert not any(state >> 3 & 1 for state in found.board.outcomes("seq"))
    said = found.sections[0]
    assert said.key == "switched"
    assert "if nobody believed that the Southern Domain would send its fleet" in said.sentences[0].text


def test_what_is_done_cannot_be_disbelieved(tmp_path):
    with pytest.raises(ModelProblem, match="is done today"):
        throw(case_from(tmp_path), Switches(disbelieve=("nrl-close-strait",)))


def test_an_option_can_be_made_irreversible(tmp_path):
    thrown = throw(case_from(tmp_path), Switches(irreversible=("sdm-send-fleet",)))
    assert thrown.case.conflict.options[3].moves == "on"


def test_a_bloc_is_split_by_the_codes_of_its_options(tmp_path):
    case = case_from(tmp_path)
    thrown = throw(case, Switches(split=("sdm",))).case
    assert thrown.conflict.decision_makers == ("Norland", "SDM", "ALL")
    assert [option.owners for option in thrown.conflict.options] == [(0,), (0,), (1,), (1,), (2,)]
    assert [s.id for s in thrown.statements(2)] == [f"{s.id}@ALL" for s in case.statements(1)]
    assert answer(case, "seq", Switches(split=("sdm",))).board.outcomes("gmr")


def test_a_statement_of_a_split_bloc_is_dropped_for_all_members(tmp_path):
    switches = Switches(drop=("sdm.refusal.sdm-lift-toll",), split=("sdm",))
    thrown = throw(case_from(tmp_path), switches).case
    assert not any(s.id.startswith("sdm.refusal") for i in (1, 2) for s in thrown.statements(i))


def test_a_party_that_is_no_bloc_cannot_be_split(tmp_path):
    with pytest.raises(ModelProblem, match="cannot be split"):
        throw(case_from(tmp_path), Switches(split=("nrl",)))
    with pytest.raises(ModelProblem, match="there is no party 'x' to split"):
        throw(case_from(tmp_path), Switches(split=("x",)))


def test_an_unknown_id_is_told_with_the_nearest(tmp_path):
    with pytest.raises(ModelProblem, match="did you mean 'sdm-send-fleet'"):
        throw(case_from(tmp_path), Switches(disbelieve=("sdm-send-flet",)))


def test_switches_in_the_file_are_thrown(tmp_path):
    text = STRAIT + '\n[counterfactual]\ndisbelieve = ["sdm-send-fleet"]\n'
    found = answer(case_from(tmp_path, text))
    assert found.thrown == (("disbelieve", "sdm-send-fleet"),)
    assert found.plain is not None


def test_a_misspelt_switch_is_told_with_its_place(tmp_path):
    with pytest.raises(ModelProblem, match=r"strait\.toml:\d+:\d+: the key 'disbelive' means nothing"):
        case_from(tmp_path, STRAIT + '\n[counterfactual]\ndisbelive = ["sdm-send-fleet"]\n')
