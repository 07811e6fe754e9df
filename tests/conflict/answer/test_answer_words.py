"""What the answer says of a conflict that is known, and of files that lack something."""

import pytest
from answer_cases import STRAIT, case_from

from standoff.conflict.answer.answer import answer
from standoff.conflict.answer.text import answer_text
from standoff.conflict.problems import ModelProblem


def text_of(tmp_path, text=STRAIT, concept="seq") -> str:
    return " ".join(answer_text(answer(case_from(tmp_path, text), concept)).split())


def test_today_is_told_by_party_with_what_is_open(tmp_path):
    said = text_of(tmp_path)
    assert "Done today: Norland – close the strait." in said
    assert "Open: Norland – hand over the island; the Southern Domain – lift the toll" in said


def test_a_settlement_is_that_everybody_gets_something_and_nobody_is_struck(tmp_path):
    found = answer(case_from(tmp_path))
    names = [found.case.option_id(d.option) for d in found.settlement.demands]
    assert names == ["sdm-lift-toll", "nrl-close-strait"]
    assert [found.case.option_id(t.option) for t in found.settlement.threats] == ["sdm-send-fleet"]
    conflict = found.conflict
    open_strait_no_toll = 1 << 2
    assert found.settlement.has(open_strait_no_toll)
    assert not found.settlement.has(0), "Norland got nothing"
    assert not found.settlement.has(open_strait_no_toll | 1 << 3), "the fleet is out"
    assert conflict.status_quo == 1


def test_what_would_have_to_give_names_the_refusal(tmp_path):
    said = text_of(tmp_path, concept="nash")
    assert "If the Southern Domain took “not to lift the toll” off its list, this would hold" in said


def test_the_file_can_say_what_a_settlement_is(tmp_path):
    said = text_of(tmp_path, STRAIT + '\n[settlement]\nholds = ["all-send-envoys", "not sdm-send-fleet"]\n')
    assert (
        "A settlement here means what the file says: “all-send-envoys” and “not sdm-send-fleet” hold." in said
    )


def test_all_demands_can_be_asked_for(tmp_path):
    found = answer(case_from(tmp_path, STRAIT + '\n[settlement]\ndemands = "all"\n'))
    assert found.settlement.every
    assert "every demand of Norland and the Southern Domain is met" in answer_text(found).replace("\n  ", " ")


def test_a_wrong_word_for_the_demands_is_told_with_its_place(tmp_path):
    with pytest.raises(ModelProblem, match=r"strait\.toml:\d+:\d+: 'most' says not how many"):
        case_from(tmp_path, STRAIT + '\n[settlement]\ndemands = "most"\n')


def test_a_wrong_standing_is_told_with_its_place(tmp_path):
    with pytest.raises(ModelProblem, match=r"strait\.toml:\d+:\d+: 'guessed' is no standing"):
        case_from(tmp_path, STRAIT.replace('standing = "inferred"', 'standing = "guessed"'))


def test_one_party_alone_is_told_so(tmp_path):
    alone = 'name = "Alone"\nstatus_quo = "N"\n[[decision_maker]]\nname = "A"\npriorities = ["act"]\n'
    said = text_of(tmp_path, alone + '[[option]]\nid = "act"\nname = "act"\nowner = "A"\n')
    assert "A is the only party: nobody else has a say in what holds" in said
    assert "What would settle it is not defined: nobody asks anything of anybody else" in said


def test_no_status_quo_is_told_and_nothing_is_said_about_ways(tmp_path):
    said = text_of(tmp_path, STRAIT.replace('status_quo = ["nrl-close-strait"]', ""))
    assert "The file does not say where things stand (status_quo)" in said
    assert "From today it is reached" not in said
    assert "not defined: the file does not say where things stand" in said


PENNIES = """
name = "Pennies"
status_quo = "NN"
[[decision_maker]]
name = "A"
priorities = ["a iff b", "b"]
[[decision_maker]]
name = "B"
priorities = ["not (a iff b)", "a"]
[[option]]
id = "a"
name = "turn its coin"
owner = "A"
[[option]]
id = "b"
name = "turn the other coin"
owner = "B"
"""


def test_no_equilibrium_is_told(tmp_path):
    said = text_of(tmp_path, PENNIES, "nash")
    assert "No outcome holds: from each of the 4 somebody has reason to move on" in said


def test_no_possible_settlement_is_told(tmp_path):
    both = PENNIES.replace('"a iff b", "b"', '"b", "not b"').replace('"not (a iff b)", "a"', '"a"')
    said = text_of(tmp_path, both + '[settlement]\nholds = ["a", "not a"]\n')
    assert "No: no combination of the options would be a settlement at all" in said
    assert "No change of anybody's wishes helps" in said


def test_everything_assumed_is_told(tmp_path):
    guessed = STRAIT.replace('standing = "stated"', 'standing = "assumed"')
    guessed = guessed.replace('standing = "inferred"', 'standing = "assumed"')
    said = text_of(tmp_path, guessed)
    assert "Nothing that Norland wants is known from a source: all 5 statements are assumed." in said
    assert "ways drawn from the" in said
    assert "(seed 1)" in said


def test_a_file_without_standings_is_told_so(tmp_path):
    said = text_of(tmp_path, PENNIES)
    assert "The file does not say how its statements are known" in said


def test_rankings_have_no_demands_to_read(tmp_path):
    chicken = (
        'name = "Chicken"\nstatus_quo = "NN"\n[[decision_maker]]\nname = "A"\nranking = "NY > YY > YN > NN"\n'
        '[[decision_maker]]\nname = "B"\nranking = "YN > YY > NY > NN"\n'
        '[[option]]\nname = "A swerves"\nowner = "A"\n[[option]]\nname = "B swerves"\nowner = "B"\n'
    )
    said = text_of(tmp_path, chicken)
    assert "preferences are given as rankings or weights, in which no demand can be read" in said
    assert "choose “A swerves”" in said
    settled = text_of(tmp_path, chicken + '[settlement]\nholds = ["A swerves", "B swerves"]\n')
    assert "comparison" in settled
    assert "this would hold: A would choose “A swerves”; B would choose “B swerves”" in settled


def test_unknown_preferences_and_listed_moves_have_no_answer(tmp_path):
    partial = PENNIES.replace('priorities = ["a iff b", "b"]', 'chains = ["YY > NN"]')
    with pytest.raises(ModelProblem, match="needs known preferences"):
        answer(case_from(tmp_path, partial))


def test_numbers_lead_to_the_parts_and_their_quotations(tmp_path):
    said = text_of(tmp_path)
    assert "Norland wants the Southern Domain to lift the toll (stated; nrl.demand.sdm-lift-toll)" in said
    assert "“The toll must go” — Harbour Post, 3 May 2031 [harbour:10-40]" in said
    assert "(rests on an assumption)" in said
