"""Every sentence claims something that the engine can work out again, by other means, and finds true."""

import re

import pytest
from answer_cases import case_from, cases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.conflict.answer.answer import answer
from standoff.conflict.answer.case import Case, Switches
from standoff.conflict.answer.claims import Holds, Several, Tally, replay
from standoff.conflict.answer.difference import difference
from standoff.conflict.answer.settlement import settlement_of
from standoff.conflict.answer.telling.since import since_section
from standoff.conflict.problems import ModelProblem

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def checked(found, sentences) -> None:
    for sentence in sentences:
        case = found.plain_case if sentence.before else found.case
        settlement = settlement_of(case) if sentence.before else found.settlement
        assert replay(case.conflict, settlement, sentence.claim), sentence.text


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(cases(), st.sampled_from(["nash", "gmr", "smr", "seq", "sseq"]))
def test_every_sentence_of_a_random_answer_can_be_replayed(case, concept):
    found = answer(case, concept)
    checked(found, [s for section in found.sections for s in section.sentences])


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(cases(), st.data())
def test_every_sentence_under_a_switch_can_be_replayed(case, data):
    kind = data.draw(st.sampled_from(["drop", "disbelieve", "irreversible"]))
    wanted = ("statement", "option") if kind == "drop" else ("option",)
    ids = [part.id for part in case.parts.values() if part.what in wanted]
    switches = Switches(**{kind: (data.draw(st.sampled_from(ids)),)})
    try:
        found = answer(case, "seq", switches)
    except ModelProblem:
        assert kind == "disbelieve"  # what is done today cannot be disbelieved
        return
    checked(found, [s for section in found.sections for s in section.sentences])


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
@given(cases(), st.data())
def test_every_sentence_on_what_changed_can_be_replayed(case, data):
    from standoff.conflict.answer.alterations import Dropped, altered

    ids = [part.id for part in case.parts.values() if part.what == "statement"]
    gone = data.draw(st.sampled_from(ids))
    older = Case(altered(case.conflict, [Dropped(gone)]), {k: v for k, v in case.parts.items() if k != gone})
    before, after = (older, case) if data.draw(st.booleans()) else (case, older)
    found = difference(before, after)
    for sentence in since_section(found).sentences:
        case_meant = before if sentence.before else after
        assert replay(case_meant.conflict, settlement_of(case_meant), sentence.claim), sentence.text


def test_numbers_in_the_verdict_are_those_of_its_claim(tmp_path):
    found = answer(case_from(tmp_path))
    verdict = next(s for s in found.sections if s.key == "settled").sentences[0]
    assert isinstance(verdict.claim, Tally)
    assert re.findall(r"\d+", verdict.text.split("(")[0])[0] in (
        str(verdict.claim.outcomes),
        str(verdict.claim.settlements),
    )


def test_a_false_claim_does_not_pass(tmp_path):
    found = answer(case_from(tmp_path))
    held = found.board.outcomes("seq")
    conflict, settlement = found.conflict, found.settlement
    assert replay(conflict, settlement, Tally("seq", len(held), len(found.board.settlements("seq"))))
    assert not replay(conflict, settlement, Tally("seq", len(held) + 1, 0))
    assert not replay(conflict, settlement, Several((Holds(held[0], "seq"), Holds(held[0], "seq", False))))


@pytest.mark.parametrize("concept", ["nash", "seq"])
def test_every_sentence_says_on_what_it_rests_by_known_ids(tmp_path, concept):
    found = answer(case_from(tmp_path), concept)
    for section in found.sections:
        for sentence in section.sentences:
            assert set(sentence.rests_on) <= set(found.case.parts), sentence.text
