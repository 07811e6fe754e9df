"""Highlights: overlapping records cut into flat pieces, so that the text itself is written once and
unchanged.

A sweep over the borders of all spans cuts a stretch of text into segments; each segment knows every record
that covers it and in which roles. The cost is the number of borders times the records open at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from markupsafe import Markup, escape

from standoff.brief.marks import Mark, Shape, Tone
from standoff.brief.safety import text_markup
from standoff.records import Span

Role = Literal["trigger", "evidence", "content", "condition", "said", "speaker", "cue", "time", "passed"]

_CLASS: dict[Role, str] = {
    "trigger": "tr",
    "evidence": "ev",
    "content": "co",
    "condition": "cd",
    "said": "sa",
    "speaker": "sp",
    "cue": "cu",
    "time": "ti",
    "passed": "po",
}


@dataclass(frozen=True, slots=True)
class Highlight:
    """A span in the role that it plays for one record.

    `record` is the record's anchor in the sources ("a12", "s7"), empty for times and sentences that were
    passed over. `tone` and `shape` are those of the act's mark;
    `note` is what a time means.
    """

    span: Span
    role: Role
    record: str = ""
    tone: Tone | None = None
    shape: Shape | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """The number behind a trigger or cue that leads from the source to the record's line.

    `at` is a code point of the text, `anchor` the id that evidence links point to, `target` the id of the
    record's line.
    """

    at: int
    anchor: str
    number: str
    target: str
    words: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch `[start, end)` that the same highlights cover from end to end."""

    start: int
    end: int
    covered_by: tuple[Highlight, ...]


def segments(span: Span, highlights: Iterable[Highlight], cuts: Iterable[int] = ()) -> Iterator[Segment]:
    """Yield the segments of a span in order; together they are the span, and none is empty.

    `highlights` may overlap, touch, or reach over the span's borders; empty ones are left out. `cuts` are
    further offsets at which a segment must end.
    """
    if span.end <= span.start:
        return
    opening: defaultdict[int, list[int]] = defaultdict(list)
    closing: defaultdict[int, list[int]] = defaultdict(list)
    inside: dict[int, Highlight] = {}
    for number, highlight in enumerate(highlights):
        start, end = max(highlight.span.start, span.start), min(highlight.span.end, span.end)
        if start < end:
            inside[number] = highlight
            opening[start].append(number)
            closing[end].append(number)
    borders = {
        span.start,
        span.end,
        *opening,
        *closing,
        *(cut for cut in cuts if span.start < cut < span.end),
    }
    open_now: dict[int, Highlight] = {}
    ordered = sorted(borders)
    for start, end in pairwise(ordered):
        for number in closing[start]:
            open_now.pop(number, None)
        for number in opening[start]:
            open_now[number] = inside[number]
        yield Segment(start, end, tuple(open_now.values()))


def marked_text(
    text: str, span: Span, highlights: Iterable[Highlight], references: Iterable[Reference] = ()
) -> Markup:
    """Return a span of the text as HTML: stripped of its tags, it is exactly `text[span.start:span.end]`.

    References add elements without text (their numbers are drawn by the style sheet), so that what a reader
    selects and copies is the source and nothing else.
    """
    behind: defaultdict[int, list[Reference]] = defaultdict(list)
    for reference in references:
        behind[min(max(reference.at, span.start), span.end)].append(reference)
    out: list[str] = [_reference_markup(reference) for reference in behind.pop(span.start, ())]
    for segment in segments(span, highlights, behind):
        piece = text_markup(text[segment.start : segment.end])
        out.append(_segment_markup(piece, segment.covered_by) if segment.covered_by else piece)
        out.extend(_reference_markup(reference) for reference in behind.get(segment.end, ()))
    return Markup("".join(out))


def _segment_markup(piece: Markup, covered_by: tuple[Highlight, ...]) -> str:
    classes: dict[str, None] = {}
    records: dict[str, None] = {}
    notes = [highlight.note for highlight in covered_by if highlight.note]
    for highlight in covered_by:
        classes[_CLASS[highlight.role]] = None
        if highlight.record:
            records[highlight.record] = None
        if highlight.role == "evidence" and highlight.tone:
            classes[highlight.tone] = None
        if highlight.role == "trigger" and highlight.tone:
            classes[f"t-{highlight.tone}"] = None
        if highlight.role == "trigger" and highlight.shape:
            classes[f"m-{highlight.shape}"] = None
    held = f' data-r="{escape(" ".join(records))}"' if records else ""
    noted = f' title="{escape("; ".join(notes))}"' if notes else ""
    return f'<span class="{" ".join(classes)}"{held}{noted}>{piece}</span>'


def _reference_markup(reference: Reference) -> str:
    sign = mark_markup(reference.mark) if reference.mark else ""
    return (
        f'<a class="ref" id="{escape(reference.anchor)}" href="#{escape(reference.target)}" '
        f'data-n="{escape(reference.number)}" aria-label="{escape(reference.words)}">{sign}</a>'
    )


def mark_markup(mark: Mark) -> Markup:
    """Return a mark as a reference to the page's sheet of signs; words beside it say what it means."""
    return Markup(f'<svg class="mark {mark.tone}" aria-hidden="true"><use href="#m-{mark.shape}"/></svg>')
