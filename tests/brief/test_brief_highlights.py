from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.brief.highlights import Highlight, Reference, marked_text, segments
from standoff.brief.marks import mark_of
from standoff.records import Span

ODD = "a b\r\n\n\t“é”e\u0301\U0001f600\U00010348שלוםعربي\u202e\u202d\u2067\u2069\u200f\ufeff<>&\"'`\x0b\x1f\x85\u2028"
ROLES = ("trigger", "evidence", "content", "condition", "said", "speaker", "cue", "time", "passed")
texts = st.one_of(
    st.text(alphabet=ODD, max_size=60),
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60),
)


class Stripper(HTMLParser):
    """Text as a browser's parser would give it back; knows the tags that it saw."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text += data


def stripped(markup: str) -> Stripper:
    assert "\r" not in markup, "a parser would turn a carriage return into a line feed"
    parser = Stripper()
    parser.feed(str(markup))
    parser.close()
    return parser


@st.composite
def marked(draw):
    text = draw(texts)
    bound = st.integers(0, len(text) + 3)
    highlights = [
        Highlight(Span(draw(bound), draw(bound)), draw(st.sampled_from(ROLES)), f"a{k}", "warm", "deed")
        for k in range(draw(st.integers(0, 6)))
    ]
    references = [
        Reference(draw(bound), f"a{k}", str(k), f"event-{k}", 'words "<>', mark_of("ASSAULT", "actual"))
        for k in range(draw(st.integers(0, 3)))
    ]
    start = draw(st.integers(0, len(text)))
    return text, Span(start, draw(st.integers(start, len(text)))), highlights, references


@settings(deadline=None)
@given(marked())
def test_stripping_the_tags_gives_back_exactly_the_text(case):
    text, span, highlights, references = case
    found = stripped(marked_text(text, span, highlights, references))
    assert found.text == text[span.start : span.end]
    assert found.tags <= {"span", "a", "svg", "use", "bdi"}


@settings(deadline=None)
@given(marked())
def test_segments_part_the_span_and_know_what_covers_them(case):
    _text, span, highlights, _ = case
    found = list(segments(span, highlights))
    assert [n for piece in found for n in range(piece.start, piece.end)] == list(range(span.start, span.end))
    for piece in found:
        for place in range(piece.start, piece.end):
            covering = [h for h in highlights if h.span.start <= place < h.span.end]
            assert sorted(h.record for h in covering) == sorted(h.record for h in piece.covered_by)


@settings(deadline=None)
@given(marked())
def test_every_reference_is_written_once_wherever_it_points(case):
    text, span, highlights, references = case
    html = marked_text(text, span, highlights, references)
    for reference in references:
        assert html.count(f'id="{reference.anchor}"') == 1


def test_overlapping_records_share_one_segment_with_both_their_names():
    text = "Norland demanded talks."
    html = marked_text(
        text,
        Span(0, len(text)),
        [
            Highlight(Span(0, 16), "evidence", "a1", "warm"),
            Highlight(Span(8, 22), "said", "s1"),
            Highlight(Span(8, 16), "trigger", "a1", "warm", "words"),
        ],
    )
    assert '<span class="ev warm sa tr t-warm m-words" data-r="a1 s1">demanded</span>' in html
    assert '<span class="sa" data-r="s1"> talks</span>' in html


def test_what_html_cannot_hold_is_replaced_one_for_one():
    found = stripped(marked_text("a\x00b\ud800c", Span(0, 5), []))
    assert found.text == "a\ufffdb\ufffdc"


def test_a_trigger_keeps_its_own_tone_inside_the_clause_of_another_act():
    html = marked_text(
        "They met.",
        Span(0, 9),
        [
            Highlight(Span(0, 8), "evidence", "a1", "warm"),
            Highlight(Span(5, 8), "trigger", "a2", "cool", "deed"),
        ],
    )
    assert '<span class="ev warm tr t-cool m-deed" data-r="a1 a2">met</span>' in html
