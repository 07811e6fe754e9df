"""An analysis: what the language room knows of one report.

The spaCy document covers the whole text of the report, so that a token's `idx` is its offset in the report. Paragraphs
(the report's regions) are parsed apart: no sentence crosses a region's border.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from standoff.language.quotations import Quotation
from standoff.records import Region, RegionKind, Report, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan


@dataclass(slots=True)
class Analysis:
    """One report, parsed. `doc` covers `report.text` character for character."""

    report: Report
    doc: Doc
    quotations: tuple[Quotation, ...] = ()
    encoded: Any = None
    _starts: list[int] = field(default_factory=list, repr=False)
    _marks: list[int] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self._starts = [region.span.start for region in self.report.regions]
        self._marks = [quotation.span.start for quotation in self.quotations]

    def region_at(self, offset: int) -> Region | None:
        """Return the region that holds this code point, or None between regions."""
        k = bisect.bisect_right(self._starts, offset) - 1
        if k < 0:
            return None
        region = self.report.regions[k]
        return region if offset < region.span.end else None

    def kind_at(self, offset: int) -> RegionKind:
        """Return the kind of region at this code point; text outside all regions counts as noise."""
        region = self.region_at(offset)
        return region.kind if region else "noise"

    def sentences(self) -> Iterator[DocSpan]:
        """Yield the sentences that may hold records: all but those in noise."""
        for sentence in self.doc.sents:
            first = next((token for token in sentence if not token.is_space), None)
            if first is not None and self.kind_at(first.idx) != "noise":
                yield sentence

    def tokens_in(self, span: Span) -> list[Token]:
        """Return the tokens that overlap a span of code points, in order."""
        found = (
            self.doc.char_span(span.start, span.end, alignment_mode="expand")
            if span.end > span.start
            else None
        )
        return list(found) if found is not None else []

    def quoted(self, offset: int) -> Quotation | None:
        """Return the quotation that holds this code point, or None."""
        k = bisect.bisect_right(self._marks, offset) - 1
        return self.quotations[k] if k >= 0 and offset < self.quotations[k].span.end else None
