from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.dossier.days import apart, days_of, for_people, iso, week_of
from standoff.dossier.events import words
from standoff.dossier.events.issues import canon_of
from standoff.dossier.events.merging import likeness
from standoff.dossier.events.numbers import differ, in_words, numbers_in
from standoff.dossier.events.voices import sample, shingles
from standoff.records import Span


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("At least 29 people were killed in a protest", ["29 or more dead"]),
        ("killing 3 sailors", ["3 dead"]),
        (
            "killing at least 36 people and wounding about 1,200",
            ["36 or more dead", "1,080 to 1,320 wounded"],
        ),
        ("some 100,000 troops massed", ["90,000 to 110,000 troops"]),
        ("Twelve soldiers were wounded", ["12 wounded"]),
        ("sanctions worth $2.5 billion", ["2,500,000,000 money"]),
        ("dozens were arrested", ["24 or more held"]),
        ("up to 40 protesters", ["up to 40 protesters"]),
        ("in 2014 soldiers came", []),
        ("Two. Soldiers came", []),
        ("the 138 members", []),
    ],
)
def test_numbers_with_their_units(passage: str, expected: list[str]) -> None:
    assert [in_words(told) for told in numbers_in(passage, Span(0, len(passage)))] == expected


@given(st.text(max_size=200), st.text(max_size=20))
def test_numbers_lie_where_they_are_said_to(before: str, after: str) -> None:
    text = f"{before} 12 soldiers were killed {after}"
    for told in numbers_in(text, Span(0, len(text))):
        assert 0 <= told.span.start < told.span.end <= len(text)
        assert told.high is None or told.low <= told.high


def test_numbers_differ_only_where_both_cannot_be_right() -> None:
    def one(passage: str) -> object:
        (told,) = numbers_in(passage, Span(0, len(passage)))
        return told

    assert differ(one("29 were killed"), one("36 were killed"))
    assert not differ(one("at least 29 were killed"), one("36 were killed"))
    assert not differ(one("about 30 were killed"), one("29 were killed"))
    assert not differ(one("29 were killed"), one("36 were wounded"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The gas transit", "transit of gas"),
        ("NATO's expansion", "expansion of NATO"),
        ("the Crimea question", "Crimea"),
        ("Nord Stream 2", "nord stream 2"),
        ("such guarantees", "guarantee"),
    ],
)
def test_spellings_of_one_issue(one: str, other: str) -> None:
    assert canon_of(one) == canon_of(other) != ""


def test_issues_that_are_not_one() -> None:
    assert canon_of("gas transit") != canon_of("gas price")
    assert canon_of("issues") != ""
    assert canon_of(" — ") == ""


@given(st.text(max_size=40))
def test_the_canon_of_an_issue_does_not_hang_on_case_or_blanks(label: str) -> None:
    assert canon_of(f"  {label} ") == canon_of(label)
    assert canon_of(label.lower()) == canon_of(label.lower().title().lower())


@given(st.text(max_size=300), st.text(max_size=300))
def test_similarity_is_a_share(one: str, other: str) -> None:
    a, b = words.stems(one), words.stems(other)
    assert 0 <= words.cosine(a, b) <= 1 + 1e-9
    assert words.cosine(a, b) == pytest.approx(words.cosine(b, a))
    assert 0 <= words.containment(a, b) <= 1 + 1e-9
    if words.weight(a):
        assert words.cosine(a, a) == pytest.approx(1)


def test_words_of_conflict_have_classes() -> None:
    assert words.term("truce") == words.term("cease-fire".replace("-", "")) == "ceasefire"
    assert "ceasefire" in words.stems("a cease-fire")


def test_actors_are_alike_by_kin() -> None:
    assert likeness(frozenset({"USA"}), frozenset({"USA"})) == 1
    assert 0 < likeness(frozenset({"USA"}), frozenset({"WEST"})) < 1
    assert 0 < likeness(frozenset({"USA"}), frozenset({"USA-CIV"})) < 1
    assert likeness(frozenset({"USA"}), frozenset({"RUS"})) == 0
    assert likeness(frozenset(), frozenset({"RUS"})) == 0.5


def test_days() -> None:
    assert days_of("2031-02") is not None
    assert days_of("2031-02-30") is None
    assert days_of("2031-W05") is None
    assert days_of(None) is None
    assert for_people("2022-01-21") == "Fri 21 Jan 2022"
    assert for_people("2022-01") == "Jan 2022"
    assert for_people(None) == ""


@given(st.dates())
def test_days_come_back(day: object) -> None:
    days = days_of(str(day))
    assert days is not None
    assert iso(days.first) == str(day)
    assert apart(days, days) == 0
    assert len(week_of(days.first)) == 8


@given(st.lists(st.text("abcdef", min_size=1, max_size=4), max_size=120))
def test_shingles_of_a_part_are_in_the_whole(tokens: list[str]) -> None:
    whole = shingles(" ".join(tokens))
    if len(tokens) >= 20:
        assert shingles(" ".join(tokens[5:15])) <= whole
    assert sample(whole) <= whole
