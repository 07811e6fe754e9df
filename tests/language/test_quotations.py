"""Quotation marks: pairing, missing marks, single marks, apostrophes, paragraphs, and any text at all."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.language.quotations import find_quotations
from standoff.records import Span


def paragraphs(text: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(r"[^\r\n]+", text)]


def quoted(text: str) -> list[str]:
    return [text[q.span.start : q.span.end] for q in find_quotations(text, paragraphs(text))]


def test_curly_and_straight_pairs() -> None:
    assert quoted("“No,” he said. “Never.”") == ["“No,”", "“Never.”"]
    assert quoted('"No," he said. "Never."') == ['"No,"', '"Never."']
    assert quoted("''No,'' he said. ''Never.''") == ["''No,''", "''Never.''"]
    assert quoted("«No», he said, and „never“.") == ["«No»", "„never“"]


def test_a_missing_closing_mark_costs_one_quotation_only() -> None:
    text = "“We will stay. He left the room. “We go,” said the other. “We stay,” said a third."
    assert quoted(text)[1:] == ["“We go,”", "“We stay,”"]
    assert quoted(text)[0] == "“We will stay."


def test_a_mark_turned_the_wrong_way_still_opens() -> None:
    assert quoted("”We will stay,” he said.") == ["”We will stay,”"]


def test_a_stray_closing_mark_is_passed_over() -> None:
    assert quoted("We will stay,” he said. “Never.”") == ["“Never.”"]


def test_inches_are_no_quotation() -> None:
    assert quoted('A 12" gun, he said, and "a big one" too.')[-1] == '"a big one"'


def test_apostrophes_are_no_marks() -> None:
    assert quoted("The workers’ leader didn’t say it’s over in the ’90s.") == []
    assert quoted("The workers' leader didn't say it's over in the '90s.") == []


def test_single_marks_count_where_they_are_the_main_ones() -> None:
    text = "‘We don’t want war,’ said the minister. ‘The people’s patience is long.’"
    assert quoted(text) == ["‘We don’t want war,’", "‘The people’s patience is long.’"]
    straight = "'We don't want war,' said the minister. 'The people's patience is long.'"
    assert quoted(straight) == ["'We don't want war,'", "'The people's patience is long.'"]


def test_a_plural_possessive_does_not_close_a_single_quotation() -> None:
    assert quoted("‘The workers’ demands are fair,’ she said.") == ["‘The workers’ demands are fair,’"]


def test_a_single_quotation_in_a_double_one_is_inner() -> None:
    found = find_quotations("“He told me ‘no’ twice,” she said.", [Span(0, 35)])
    assert [(q.span, q.closed) for q in found] == [(Span(0, 24), True)]


def test_a_double_quotation_in_a_double_one_is_inner() -> None:
    text = "“He told me “no” twice,” she said."
    (found,) = find_quotations(text, paragraphs(text))
    assert text[found.span.start : found.span.end] == "“He told me “no” twice,”"
    assert [text[s.start : s.end] for s in found.inner] == ["“no”"]


def test_a_quotation_runs_over_paragraphs_by_the_printers_rule() -> None:
    text = "“First part.\n\n“Second part.\n\n“Third part,” he said."
    found = find_quotations(text, paragraphs(text))
    assert [(q.closed, q.continues) for q in found] == [(False, False), (False, True), (True, True)]
    assert text[found[0].span.start : found[0].span.end] == "“First part."


def test_the_next_paragraph_does_not_continue_a_closed_quotation() -> None:
    text = "“First part.”\n\n“Another,” he said."
    assert [q.continues for q in find_quotations(text, paragraphs(text))] == [False, False]


MARKS = st.text(st.sampled_from("“”„«»\"'‘’` abcs.,?\n—é́😀א\u00a0"), max_size=300)


@given(MARKS)
@settings(max_examples=300, deadline=None)
def test_quotations_are_ordered_and_within_their_paragraphs(text: str) -> None:
    spans = paragraphs(text)
    found = find_quotations(text, spans)
    last = 0
    for quotation in found:
        start, end = quotation.span
        assert last <= start < end <= len(text)
        assert any(p.start <= start and end <= p.end for p in spans)
        assert all(start <= s.start < s.end <= end for s in quotation.inner)
        last = end


def test_ten_thousand_marks() -> None:
    text = "“a" * 10_000 + " " + '"b" ' * 10_000
    found = find_quotations(text, [Span(0, len(text))])
    assert found
