"""Paragraphs: what a line break means is decided for the whole text."""

from __future__ import annotations

import textwrap

from standoff.reading.paragraphs import INVISIBLE, opens_item, paragraphs

PROSE = (
    "The two ministers met in the morning and parted before noon without a word to those who waited. "
    "Nobody had expected more, and nobody was given more than a handshake and a promise to meet again.",
    "In the capital the opposition demanded that parliament be called back at once. The speaker refused, and "
    "said that the house would sit on Monday as it always had, unless the army crossed the river.",
    "Observers counted forty vehicles on the northern road, half of them fuel trucks, and no guns.",
)


def texts(text: str) -> list[str]:
    return [text[p.span.start : p.span.end] for p in paragraphs(text)]


def test_blank_lines_part_paragraphs() -> None:
    assert texts("\n\n".join(PROSE)) == list(PROSE)


def test_one_paragraph_a_line_yields_lines() -> None:
    assert texts("\n".join(PROSE)) == list(PROSE)


def test_hard_wrapped_lines_yield_paragraphs() -> None:
    for width in (40, 60, 72, 100):
        wrapped = [textwrap.fill(p, width) for p in PROSE]
        assert texts("\n\n".join(wrapped)) == wrapped, width


def test_wrapped_text_without_blank_lines_parts_at_short_last_lines() -> None:
    wrapped = [textwrap.fill(p, 60) for p in PROSE]
    assert texts("\n".join(wrapped)) == wrapped


def test_wrapped_text_with_indented_first_lines() -> None:
    wrapped = [textwrap.fill(p, 64, initial_indent="    ") for p in PROSE]
    assert texts("\n".join(wrapped)) == [p.strip() for p in wrapped]


def test_items_of_a_list_are_paragraphs_of_their_own_in_wrapped_text() -> None:
    items = ["- " + textwrap.fill(p, 60) for p in PROSE]
    assert texts(textwrap.fill(PROSE[0], 60) + "\n\n" + "\n".join(items))[1:] == items
    assert opens_item("• Two ships left port")
    assert opens_item("(a) withdraw")
    assert not opens_item("-5 degrees")
    assert not opens_item("A ship")


def test_short_lines_above_a_wrapped_body_stay_apart() -> None:
    top = "Talks end\nBy A. Keller\nGeneva, 21 January 2022\n"
    assert texts(top + "\n" + textwrap.fill(PROSE[0], 60))[:3] == top.split("\n")[:3]


def test_carriage_returns_and_exotic_line_ends_keep_offsets() -> None:
    for end in ("\r\n", "\r", "\u2028", "\x85"):
        text = (end * 2).join(PROSE)
        assert texts(text) == list(PROSE)


def test_invisible_lines_are_blank() -> None:
    assert texts(f"One thing.\n{INVISIBLE}\n\u00a0\nAnother thing.") == ["One thing.", "Another thing."]
    assert paragraphs(INVISIBLE + " \n") == []


def test_blocks_are_numbered() -> None:
    found = paragraphs("Alt text\nCaption here.\n(A / B)\n\nBody starts here.")
    assert [p.block for p in found] == [0, 0, 0, 1]
