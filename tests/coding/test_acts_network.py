"""What the network tells of an act, as it is cut from the text."""

import pytest

from standoff.coding.acts.network import without_loose_end
from standoff.records import Span


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("be admitted to the alliance and", "be admitted to the alliance"),
        ("cancelled by the Norlanders, according to a", "cancelled by the Norlanders"),
        ("the ceasefire, and the", "the ceasefire"),
        ("to hand it to her", "to hand it to her"),
        ("whom they would not give in", "whom they would not give in"),
        ("we reject that", "we reject that"),
        ("and", "and"),
    ],
)
def test_a_stretch_does_not_end_in_words_that_only_lead_on(told: str, kept: str) -> None:
    text = f"It said: {told} more words"
    start = len("It said: ")
    assert text[slice(*without_loose_end(text, Span(start, start + len(told))))] == kept
