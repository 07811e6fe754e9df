"""Regions: what each paragraph of a text is on its page (headline, byline, date line, caption, body, noise).

The rules go from the outside in: furniture of the page first, then the top (headline to first paragraph of
the report), then what stands between the paragraphs of the body (captions, links to other stories with their
date lines), last the wire datelines that open body paragraphs. A paragraph that no rule claims is body.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from standoff.reading.datelines import Dateline, date_alone, date_line, wire_dateline
from standoff.reading.page_noise import is_link_heading, noise_kind
from standoff.reading.page_top import author_of, is_byline, is_headline, is_sentence, masthead, names_outlet
from standoff.reading.paragraphs import Paragraph, opens_item, paragraphs
from standoff.reading.written_dates import find_date, first_weekday
from standoff.records import Region, RegionKind, Span

MAX_TOP = 14
"""A page's top has no more paragraphs than this that are not noise."""

MAX_TEASER = 240
"""A link to another story is never longer than this (code points)."""

MAX_CAPTION = 420

MAX_TITLE = 140
"""The title of another story in a list of links."""

LEAD = 2
"""The body paragraphs that say what the news of the day is."""

MAX_LEAD = 2_000

_CORRECTION = re.compile(r"(?:correction|clarification)s?\b\s*:", re.IGNORECASE)
_CAPTION_LEAD = re.compile(
    r"[\[(]?(?:cover |file |archive |stock |press |main |top |above|below|left|right)?\s?"
    r"(?:photo(?:graph)?|picture|image|caption|map|graphic|illustration|video|footage|infographic|chart)s?"
    r"(?: (?:by|for) [^:]{2,40})?\s?[:|]\s",
    re.IGNORECASE,
)
_CAPTION_CREDIT = re.compile(
    r"\s(?:\((?:[^()/]{2,60} ?/ ?[^()]{2,60}|(?:photo|image|picture|credit)[^()]{0,80}"
    r"|(?:pool|file|archive|handout))\)"
    r"|\[[^\[\]/]{2,40} ?/ ?[^\[\]]{2,40}\]|(?:Photo|Image|Picture)(?: credit)?: [^.:]{2,60})$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Layout:
    """The regions of a text and what its top and its links tell about it.

    `weekday` is the first weekday that the report's first two paragraphs name (Monday is 0).
    """

    regions: list[Region] = field(default_factory=list)
    headline: Span | None = None
    author: str | None = None
    outlet: str | None = None
    top_dates: list[datetime.date] = field(default_factory=list)
    wire: Dateline | None = None
    closing_date: datetime.date | None = None
    linked_dates: list[datetime.date] = field(default_factory=list)
    weekday: int | None = None


@dataclass(slots=True)
class _Piece:
    """A paragraph on its way to a region."""

    paragraph: Paragraph
    text: str
    kind: RegionKind | None = None
    day: datetime.date | None = None


def lay_out(
    text: str, *, title: str | None = None, published: str | None = None, captions: Sequence[str] = ()
) -> Layout:
    """Return the layout of a text. `title`, `published` and `captions`, where known, help to tell the parts
    apart.
    """
    pieces = [_Piece(p, text[p.span.start : p.span.end]) for p in paragraphs(text)]
    layout = Layout()
    _mark_noise(pieces, layout)
    _mark_captions(pieces, frozenset(captions))
    first_body = _mark_top(pieces, layout, title)
    _mark_link_lists(pieces, layout, first_body)
    if published is None and layout.top_dates:
        published = layout.top_dates[0].isoformat()
    _mark_links(pieces, layout, first_body, published)
    _mark_end(pieces, layout, first_body)
    for piece in pieces:
        layout.regions.extend(_regions_of(piece, layout))
    lead = [piece.text for piece in pieces if piece.kind is None][:LEAD]
    layout.weekday = first_weekday(" ".join(lead)[:MAX_LEAD])
    return layout


def _mark_noise(pieces: list[_Piece], layout: Layout) -> None:
    for piece in pieces:
        kind = noise_kind(piece.text)
        if kind is None:
            continue
        piece.kind = "noise"
        if kind == "links":
            found = find_date(piece.text)
            if found is not None:
                layout.linked_dates.append(found.day)


def _mark_captions(pieces: list[_Piece], known: frozenset[str]) -> None:
    """Mark what is known or labelled as a caption, ends in a credit, or stands right above a credit."""
    for k, piece in enumerate(pieces):
        if piece.kind == "noise":
            if noise_kind(piece.text) in ("credits", "named_credits") and len(piece.text) > 6:
                _mark_above_credit(pieces, k)
        elif piece.text in known or _reads_as_caption(piece.text):
            piece.kind = "caption"


def _reads_as_caption(text: str) -> bool:
    return len(text) <= MAX_CAPTION and bool(_CAPTION_LEAD.match(text) or _CAPTION_CREDIT.search(text))


def _mark_above_credit(pieces: list[_Piece], credit: int) -> None:
    """Mark the lines of the credit's own block as captions.

    A credit that stands apart says nothing about the paragraph before it, unless that is no whole sentence.
    """
    block = pieces[credit].paragraph.block
    k = credit - 1
    while k >= 0 and pieces[k].paragraph.block == block and pieces[k].kind is None and k > 0:
        pieces[k].kind = "caption"
        k -= 1
    if k == credit - 1 and k > 0 and pieces[k].kind is None and not is_sentence(pieces[k].text):
        pieces[k].kind = "caption"


def _mark_top(pieces: list[_Piece], layout: Layout, title: str | None) -> int:
    """Mark the top of the page and return the index of the first paragraph of the report."""
    wanted = _flat(title) if title else None
    seen = 0
    for k, piece in enumerate(pieces):
        if piece.kind is not None:
            continue
        seen += 1
        if seen > MAX_TOP or wire_dateline(piece.text) or opens_item(piece.text):
            return k
        if layout.headline is None and wanted and _flat(piece.text) == wanted:
            piece.kind = "headline"
        elif (day := date_line(piece.text)) is not None:
            piece.kind, piece.day = "dateline", day
            layout.top_dates.append(day)
        elif layout.headline is None and masthead(piece.text):
            piece.kind = "noise"
            layout.outlet = layout.outlet or (piece.text if names_outlet(piece.text) else None)
        elif is_byline(piece.text, at_top=layout.headline is not None):
            piece.kind = "byline"
            layout.author = layout.author or author_of(piece.text)
        elif layout.headline is None and is_headline(piece.text) and _more_follows(pieces, k):
            piece.kind = "headline"
        elif layout.headline is not None and not is_sentence(piece.text) and is_headline(piece.text):
            piece.kind = "headline" if _more_follows(pieces, k) else "body"
        else:
            return k
        if piece.kind == "headline" and layout.headline is None:
            layout.headline = piece.paragraph.span
    return len(pieces)


def _more_follows(pieces: list[_Piece], k: int) -> bool:
    """Return whether a paragraph that may be body comes after this one."""
    return any(piece.kind is None for piece in pieces[k + 1 :])


def _mark_links(pieces: list[_Piece], layout: Layout, first_body: int, published: str | None) -> None:
    """Mark links to other stories: a short text with a date line of its own right below it, between body
    paragraphs.

    In a chronicle date lines are headings: they come as often as every third paragraph, and nothing is
    marked. A date that closes the page is its own, unless it lies before the day of publication.
    """
    dated = []
    for k in range(first_body + 1, len(pieces)):
        if pieces[k].kind is None and (day := date_alone(pieces[k].text)) is not None:
            pieces[k].kind, pieces[k].day = "dateline", day
            dated.append(k)
    body = sum(1 for piece in pieces[first_body:] if piece.kind is None)
    if not dated or 3 * len(dated) > body:
        return
    final = max(k for k, piece in enumerate(pieces) if piece.kind is None)
    for k in dated:
        day = pieces[k].day
        assert day is not None
        if k > final and not (published and day.isoformat()[: len(published)] < published):
            if not any(_CORRECTION.match(piece.text) for piece in pieces[first_body:k]):
                layout.closing_date = day
            continue
        pieces[k].kind = "noise"
        layout.linked_dates.append(day)
        above = pieces[k - 1]
        if above.kind is None and len(above.text) <= MAX_TEASER and k - 1 > first_body:
            above.kind = "noise"


def _mark_link_lists(pieces: list[_Piece], layout: Layout, first_body: int) -> None:
    """Mark the titles below a heading such as "Related", and dated titles below the report."""
    in_list = False
    prose = [k for k, piece in enumerate(pieces) if piece.kind is None and is_sentence(piece.text)]
    foot = prose[-1] if prose else len(pieces)
    for k in range(first_body + 1, len(pieces)):
        piece = pieces[k]
        if piece.kind == "noise":
            in_list = in_list or is_link_heading(piece.text)
            continue
        dated = find_date(piece.text) if len(piece.text) <= MAX_TITLE else None
        in_list = in_list and piece.kind is None and _reads_as_title(piece.text)
        dated_title = dated is not None and k > foot and dated.start > 0 and dated.end == len(piece.text)
        if piece.kind is None and (in_list or (dated_title and date_line(piece.text) is None)):
            piece.kind = "noise"
            if dated is not None:
                layout.linked_dates.append(dated.day)


def _reads_as_title(text: str) -> bool:
    return len(text) <= MAX_TITLE and (not is_sentence(text) or text.endswith(("?", "!")))


def _mark_end(pieces: list[_Piece], layout: Layout, first_body: int) -> None:
    """Mark bylines and authors' biographies that stand below the report."""
    for k in range(len(pieces) - 1, first_body, -1):
        piece = pieces[k]
        if piece.kind is not None:
            continue
        if is_byline(piece.text, at_top=False):
            piece.kind = "byline"
            layout.author = layout.author or author_of(piece.text)
        elif noise_kind(piece.text, at_end=True) is not None:
            piece.kind = "noise"
        else:
            return


def _regions_of(piece: _Piece, layout: Layout) -> list[Region]:
    """Return a paragraph's region, or two where a wire dateline opens it."""
    start, end = piece.paragraph.span
    if piece.kind is not None:
        return [Region(Span(start, end), piece.kind)]
    wire = wire_dateline(piece.text)
    if wire is None:
        return [Region(Span(start, end), "body")]
    if layout.wire is None:
        layout.wire = wire
        layout.outlet = layout.outlet or wire.agency
    opened = piece.text[: wire.length]
    return [
        Region(Span(start, start + len(opened.rstrip())), "dateline"),
        Region(Span(start + len(opened), end), "body"),
    ]


def _flat(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
