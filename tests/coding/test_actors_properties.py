"""What holds of the actors of any text at all."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.coding.actors import ActorIndex, ActorTable
from standoff.coding.actors.matching import words_of
from standoff.language.parser import analyse
from standoff.records import Region, Report, Span

WORDS = st.sampled_from(
    ["Iran", "the U.S.", "he", "they", "said", "Lavrov", "’s", "rebels", "and", ",", '"', "“", "”", "in", "Kyiv", "we",
     "the two sides", "who", "of", "\n", "\n\n", "Côte d’Ivoire", "אב", "e\u0301", "🜁", "\u00a0", "President", "-", "."]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=40).map(" ".join))


def index(text: str) -> ActorIndex:
    regions = tuple(
        Region(Span(*m.span()), "body") for m in re.finditer(r"[^\n]+", text) if m.group().strip()
    )
    analysis = next(analyse([Report("r", text, "", published="2015-06-01", regions=regions)]))
    return ActorIndex(analysis, ActorTable.load())


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.data())
def test_mentions_lie_in_the_text_in_order_and_resolve_never_fails(text: str, data: st.DataObject) -> None:
    found = index(text)
    spans = [mention.span for mention in found.mentions]
    assert spans == sorted(spans)
    for mention in found.mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.codes
        assert len(set(mention.codes)) == len(mention.codes)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    resolution = found.resolve(Span(start, end))
    assert len(set(resolution.codes)) == len(resolution.codes)


@given(st.text(max_size=200))
def test_lookup_never_fails_and_words_point_into_the_text(text: str) -> None:
    assert isinstance(ActorTable.load().lookup(text).codes, tuple)
    for word in words_of(text):
        assert text[word.start : word.end].strip()


def test_long_texts_of_one_kind_are_read_to_the_end() -> None:
    for unit in ("Iran and ", "he said that ", '"', "the leader of ", "Iran, Iraq, "):
        found = index(unit * 400)
        assert len(found.doc.text) == len(unit) * 400
        assert all(mention.span.end <= len(unit) * 400 for mention in found.mentions)
