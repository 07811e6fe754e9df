"""Statements on any text: nothing raises, every span is true, no layout costs the other statements."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.coding.component import Draft
from standoff.coding.statements import Statements
from standoff.language.parser import analyse
from standoff.reading.report import make_report
from standoff.records import Statement

WORDS = st.sampled_from(
    [
        "Moscow", "the minister", "said", "says", "told", "that", "war", "will", "come", "“", "”", "‘", "’", '"',
        "according to", "demanded", "urged", "to leave", ",", ".", ":", "—", "\n", "\n\n", "\r\n", "\t", "\u00a0",
        "😀", "é́", "مرحبا", "שלום", "\u202e", "he", "they", "I", "fears of", "reportedly", "accused", "of", "(", ")",
    ]
)  # fmt: skip


def statements_of(text: str) -> list[Statement]:
    draft = Draft(next(analyse([make_report(text, id="any")])))
    Statements()(draft)
    return draft.statements


def assert_true_spans(text: str, statements: list[Statement]) -> None:
    for statement in statements:
        spans = [statement.cue, *statement.content, *([statement.source] if statement.source else [])]
        for start, end in spans:
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end] != ""
        assert list(statement.content) == sorted(statement.content)
        for left, right in zip(statement.content, statement.content[1:], strict=False):
            assert left.end <= right.start
        assert 0 < statement.confidence <= 1
    firsts = [min(s.cue.start, s.content[0].start) for s in statements]
    assert firsts == sorted(firsts)


@given(
    st.lists(WORDS, max_size=60).flatmap(lambda w: st.sampled_from([" ", ""]).map(lambda gap: gap.join(w)))
)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_sequence_of_words(text: str) -> None:
    assert_true_spans(text, statements_of(text))


@given(st.text(max_size=200))
@settings(max_examples=30, deadline=None)
def test_any_characters(text: str) -> None:
    assert_true_spans(text, statements_of(text))


PLAIN = "Moscow said that the talks would go on."


def test_ten_thousand_marks_do_not_cost_the_other_statements() -> None:
    text = PLAIN + "\n\n" + "“a” " * 2_000 + "\n\n" + "“ " * 6_000 + "\n\n" + PLAIN
    found = statements_of(text)
    assert_true_spans(text, found)
    assert [s.cue.start for s in found if text[s.cue.start : s.cue.end] == "said"][-1] > 15_000


def test_offsets_stay_true_after_astral_and_combining_characters() -> None:
    text = "😀😀 é́é́ \u202eשלום\u202c\r\n\r\n" + PLAIN
    found = [s for s in statements_of(text) if text[s.cue.start : s.cue.end] == "said"]
    assert [text[s.content[0].start : s.content[0].end] for s in found] == ["the talks would go on"]


def test_non_breaking_spaces_and_tabs() -> None:
    text = "Moscow\u00a0said\tthat the\u00a0talks would go on."
    found = [s for s in statements_of(text) if text[s.cue.start : s.cue.end] == "said"]
    assert len(found) == 1


def test_no_spaces_at_all() -> None:
    text = "Moscowsaidthatthetalkswouldgoon" * 200
    assert_true_spans(text, statements_of(text))


def test_empty_text() -> None:
    assert statements_of("") == []
