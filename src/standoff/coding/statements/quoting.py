"""Which quotation belongs to which cue: completion of what the parse cut short, neighbours, and follow-ons.

Works on code points alone, so that candidates from any finder can be completed.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from standoff.coding.statements.candidates import Candidate
from standoff.coding.statements.phrases import trim
from standoff.language.quotations import Quotation
from standoff.records import Region, Span

REACH = 160
"""How many code points may lie between a cue and the quotation it introduces."""

_LEFT_GAP = re.compile(r"[\s,.—–-]*(?:(?:as|and|then|but|so)\s+)?")
_RIGHT_GAP = re.compile(
    r"(?:[^.?!\n:]|[.](?=\w)|(?<=\b[A-Z])[.]|(?<=Mr)[.]|(?<=Mrs)[.]|(?<=Dr)[.])*[,:]?\s*(?:that\s+|,\s*)?"
)
_COLON_BREAK = re.compile(r"[^.?!\n]*:\s*")
_CONTINUATION = re.compile(r"[^.?!\n]*,\s*(?:(?:and|but|or)\s+)?(?:that\s+)?")


@dataclass(slots=True)
class Page:
    """The text with its quotations and paragraphs, ordered, for look-up by offset."""

    text: str
    quotations: Sequence[Quotation]
    regions: Sequence[Region]
    starts: list[int] = field(init=False)
    region_starts: list[int] = field(init=False)
    letters: list[int] = field(init=False)
    quoted: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = [quotation.span.start for quotation in self.quotations]
        self.region_starts = [region.span.start for region in self.regions]
        # Letters and digits before each code point, all of them and those in quotation marks: contents may overlap
        # thousands of times in one endless sentence, and each wants its share of quoted text at once.
        flags = [char.isalnum() for char in self.text]
        self.letters = list(accumulate(flags, initial=0))
        inside = [False] * len(flags)
        for quotation in self.quotations:
            start, end = quotation.span
            inside[start:end] = flags[start:end]
        self.quoted = list(accumulate(inside, initial=0))

    def around(self, offset: int) -> Quotation | None:
        """Return the quotation that holds this code point, or None."""
        k = bisect.bisect_right(self.starts, offset) - 1
        if k >= 0 and offset < self.quotations[k].span.end:
            return self.quotations[k]
        return None

    def before(self, offset: int) -> Quotation | None:
        """Return the last quotation that ends at or before this code point, or None."""
        k = bisect.bisect_left(self.starts, offset) - 1
        return self.quotations[k] if k >= 0 and self.quotations[k].span.end <= offset else None

    def after(self, offset: int) -> Quotation | None:
        """Return the first quotation that starts at or after this code point, or None."""
        k = bisect.bisect_left(self.starts, offset)
        return self.quotations[k] if k < len(self.quotations) else None

    def paragraph(self, offset: int) -> int:
        """Return the number of the paragraph at or before this code point."""
        return max(0, bisect.bisect_right(self.region_starts, offset) - 1)


def complete(page: Page, found: Candidate, sentence: Span) -> Candidate | None:
    """Give a candidate the quotations that its content touches or that stand beside its cue.

    `sentence` is the one that holds the cue. Returns None where no content is left.
    """
    if found.settled:
        return found
    home = page.around(found.cue.start)
    if home is not None:
        parts = [_inside(piece, home.span) for piece in found.content]
        inside = tuple(part for part in parts if part.end > part.start)
        return replace(found, content=inside) if inside else None
    content = [_widened(page, piece) for piece in found.content]
    if found.says:
        block = _block(found)
        content = _with_left(page, found, content, block, sentence)
        content = _with_right(page, content, block)
    return replace(found, content=tuple(content)) if content else None


def _inside(piece: Span, home: Span) -> Span:
    return Span(max(piece.start, home.start), min(piece.end, home.end))


def _widened(page: Page, piece: Span) -> Span:
    """Extend a piece over the quotations that it cuts."""
    start, end = piece
    first = page.around(start)
    if first is not None and first.span.start < start and end > first.span.end - 2:
        start = first.span.start
    elif start > 0 and (opening := page.around(start - 1)) is not None and opening.span.start == start - 1:
        start = start - 1
        first = opening
    last = page.around(max(start, end - 1))
    if last is not None and last.span.end > end and last.span.start >= start:
        end = last.span.end
    elif (
        last is not None
        and last.span.end > end
        and start > last.span.start
        and _fills(page.text, last, start)
    ):
        start, end = last.span
    return Span(start, end)


def _fills(text: str, quotation: Quotation, start: int) -> bool:
    return not text[quotation.span.start + 1 : start].strip()


def _block(found: Candidate) -> Span:
    """Return the stretch of cue and source together where they stand close."""
    cue, source = found.cue, found.source
    if source is None or max(source.start - cue.end, cue.start - source.end) > 60:
        return cue
    return Span(min(cue.start, source.start), max(cue.end, source.end))


def _with_left(page: Page, found: Candidate, content: list[Span], block: Span, sentence: Span) -> list[Span]:
    """Add the quotation that ends where the block of cue and source begins."""
    text = page.text
    quotation = page.before(block.start)
    if quotation is None or block.start - quotation.span.end > 20:
        return content
    if (
        not _LEFT_GAP.fullmatch(text, quotation.span.end, block.start)
        or "\n" in text[quotation.span.end : block.start]
    ):
        return content
    last = text[quotation.span.start : quotation.span.end].rstrip("”\"'’»")[-1:]
    comma = text[quotation.span.end : block.start].lstrip()[:1] in {",", "—", "–", "-"}
    first = min((piece.start for piece in content), default=0)
    if first > found.cue.start and page.around(first) is None:
        if "," not in text[block.end : first]:
            return content
        content = []
    if not comma and last not in {",", "?", "!", "—", "…", "-", "–"} and last != "." and content:
        return content
    if last == "." and not comma and text[block.start : block.start + 1].isupper() and content:
        return content
    start = quotation.span.start
    if sentence.start < start and not any(piece.start < start < block.start for piece in content):
        lead = trim(text, Span(sentence.start, start))
        if (
            lead.end > lead.start
            and page.around(lead.start) is None
            and len(text[lead.start : lead.end].split()) >= 2
        ):
            whole = text[lead.end - 1] not in ":.?!" and text[lead.end : start].strip() not in {":", "."}
            start = lead.start if whole and not found.content else start
    kept = [piece for piece in content if piece.end <= start or piece.start >= block.start]
    joined = [
        p
        for p in content
        if p.start < start < p.end or (p.start < block.start and p.start < start <= p.end + 2)
    ]
    if joined:
        start = min(start, min(piece.start for piece in joined))
        kept = [piece for piece in kept if piece not in joined]
    return sorted([*kept, Span(start, quotation.span.end)])


def _with_right(page: Page, content: list[Span], block: Span) -> list[Span]:
    """Add the quotation that the cue introduces, or that goes on after the interruption."""
    text = page.text
    quotation = page.after(block.end)
    if quotation is None or quotation.span.start - block.end > REACH:
        return content
    gap = (block.end, quotation.span.start)
    right = [piece for piece in content if piece.end > block.end]
    if right:
        return content
    if content:
        linked = _CONTINUATION.fullmatch(text, *gap) is not None
    else:
        linked = (
            _RIGHT_GAP.fullmatch(text, *gap) is not None or _COLON_BREAK.fullmatch(text, *gap) is not None
        )
    return [*content, quotation.span] if linked else content


def follow_on(page: Page, heads: Sequence[Candidate], sentences: Sequence[Span]) -> list[list[Span]]:
    """Return for each candidate the free quotations that go on with it; `sentences` hold the cues.

    A quotation without a cue belongs to the candidate before it if that one has a quotation and nothing but white
    space stands between its sentence and the new one; a paragraph that is opened by a mark likewise.
    """
    claims = Claims([piece for head in heads for piece in head.content], [head.cue.start for head in heads])
    extra: list[list[Span]] = [[] for _ in heads]
    for k, (head, sentence) in enumerate(zip(heads, sentences, strict=True)):
        if not head.says or page.around(head.cue.start) is not None:
            continue
        if not any(page.around(piece.start) or page.around(piece.end - 1) for piece in head.content):
            continue
        at = max(head.content[-1].end, head.cue.end, head.source.end if head.source else 0)
        pause = max(at, sentence.end)
        while (quotation := _next(page, at, pause)) is not None and claims.free(at, quotation.span):
            extra[k].append(quotation.span)
            claims.add(quotation.span)
            at = pause = quotation.span.end
    return extra


class Claims:
    """The stretches that candidates have as content, and where their cues are; ordered for look-up."""

    def __init__(self, pieces: Sequence[Span], cues: Sequence[int]) -> None:
        self._pieces = sorted(pieces)
        self._cues = sorted(cues)

    def add(self, piece: Span) -> None:
        """Note a stretch as content of a candidate."""
        bisect.insort(self._pieces, piece)

    def free(self, at: int, span: Span) -> bool:
        """Tell whether most of a span is nobody's content, and no cue stands between `at` and its start."""
        c = bisect.bisect_left(self._cues, at)
        if c < len(self._cues) and self._cues[c] < span.start:
            return False
        k = bisect.bisect_left(self._pieces, Span(span.end, 0))
        half = 0.5 * (span.end - span.start)
        return all(
            min(p.end, span.end) - max(p.start, span.start) <= half for p in self._pieces[max(0, k - 8) : k]
        )


def _next(page: Page, at: int, pause: int) -> Quotation | None:
    """Return the quotation that goes on right after a pause, or after the rest of the cue's sentence."""
    text = page.text
    for begin in (pause, at):
        quotation = page.after(begin)
        if quotation is None or quotation.span.start - begin > REACH * 2:
            continue
        gap = text[begin : quotation.span.start]
        if not (_goes_on(gap, first=begin == at)):
            continue
        if "\n" not in gap or _own_paragraph(page, quotation):
            return quotation
    return None


def _goes_on(gap: str, *, first: bool) -> bool:
    if not gap.strip():
        return True
    tail = gap.rstrip()
    return first and tail.endswith((".", ":")) and "\n" not in tail and len(re.findall(r"[.?!]\s", gap)) <= 1


def _own_paragraph(page: Page, quotation: Quotation) -> bool:
    """Tell whether a quotation fills its paragraph, or runs on from the one before."""
    region = page.regions[page.paragraph(quotation.span.start)]
    if quotation.continues:
        return True
    before = page.text[region.span.start : quotation.span.start].strip()
    after = page.text[quotation.span.end : region.span.end].strip()
    return not before and not after.strip(".")
