import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.brief.marks import is_deed, mark_of, tone_of
from standoff.brief.wording import (
    MODALITY_WORDS,
    POSITION_VERBS,
    counted,
    date_words,
    joined,
    phrases,
    shortened,
    span_words,
    verb,
)
from standoff.records import ACT_TYPES, MODALITIES, PositionKind


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2022-01-21", "Fri 21 Jan 2022"),
        ("2022-01", "Jan 2022"),
        ("2014", "2014"),
        ("2022-W03", "week 3 of 2022"),
        ("2022-02-31", "2022-02-31"),
        ("2022-13", "2022-13"),
        (None, ""),
    ],
)
def test_dates_read_as_people_write_them(iso, words):
    assert date_words(iso) == words


def test_a_stretch_of_one_day_is_that_day():
    assert span_words("2022-01-21", "2022-01-21") == "Fri 21 Jan 2022"
    assert span_words(None, "2022-01-21") == "Fri 21 Jan 2022"
    assert span_words("2022-01", "2022-02") == "Jan 2022 to Feb 2022"


def test_every_type_modality_and_position_has_its_words():
    assert set(phrases()) == set(ACT_TYPES)
    assert set(MODALITY_WORDS) == set(MODALITIES)
    assert set(POSITION_VERBS) == set(PositionKind.__args__)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("REQUEST", "actual", 1, 1), "demands of"),
        (("REQUEST", "actual", 2, 1), "demand of"),
        (("REQUEST", "actual", 1, 0), "demands"),
        (("ASSAULT", "possible", 1, 1), "may use force against"),
        (("ASSAULT", "denied", 1, 1), "uses force against"),
        (("MOBILIZE", "planned", 2, 0), "plan to move or show forces"),
        (("SANCTION", "conditional", 1, 1), "would take sanctions against"),
        (("RETREAT", "demanded", 1, 0), "is asked to pull back or hold fire"),
        (("CONSULT", "actual", 2, 0), "meet or speak"),
        (("AGREE", "actual", 2, 0), "agree"),
        (("AGREE", "actual", 2, 1), "agree or promise to"),
    ],
)
def test_verbs_agree_with_their_doers(arguments, words):
    act_type, modality, doers, targets = arguments
    assert verb(act_type, modality, doers=doers, targets=targets) == words


def test_numbers_come_with_their_nouns():
    assert counted(1, "report") == "1 report"
    assert counted(1200, "report") == "1,200 reports"
    assert joined(["A", "B", "C"]) == "A, B and C"


@settings(deadline=None)
@given(st.text(max_size=300), st.integers(10, 80))
def test_shortened_text_is_one_line_and_never_over_its_limit(text, limit):
    found = shortened(text, limit)
    assert len(found) <= limit
    assert "\n" not in found
    whole = " ".join(text.split())
    assert found == whole or (found.endswith("…") and whole.startswith(found[:-1]))


@pytest.mark.parametrize("act_type", ACT_TYPES)
def test_marks_tell_deed_from_talk_and_state_from_state(act_type):
    shapes = {modality: mark_of(act_type, modality).shape for modality in MODALITIES}
    assert shapes["actual"] == ("deed" if is_deed(act_type) else "words")
    assert shapes["planned"] == shapes["conditional"] == shapes["demanded"] == "half"
    assert shapes["possible"] == "dashed"
    assert shapes["denied"].endswith("struck")
    assert phrases()[act_type].label in mark_of(act_type, "actual").words


def test_seven_types_are_cooperation():
    assert sum(tone_of(act_type) == "cool" for act_type in ACT_TYPES) == 7
