"""The sentences behind acts, parsed once for a draft: each act's words can then be cut at its own offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from standoff.language.parser import load
from standoff.records import Span, StoredAct

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Words

_BORDER = re.compile(r"[.!?][”\"’']?\s|\n")
_FARTHEST = 240


class Passages:
    """Parsed passages of reports, by act."""

    def __init__(self, acts: Iterable[StoredAct], texts: Mapping[int, str]) -> None:
        """Parse the sentence or sentences that hold each act; `texts` are those of the reports, by key."""
        self._texts = texts
        self._place: dict[int, tuple[int, int]] = {}
        wanted: dict[tuple[int, int, int], None] = {}
        for stored in acts:
            start, end = _sentence(texts[stored.report], stored)
            wanted[stored.report, start, end] = None
            self._place[stored.key] = (start, end)
        self._reports = {stored.key: stored.report for stored in acts}
        pieces = [(texts[report][start:end], (report, start, end)) for report, start, end in wanted]
        self._docs: dict[tuple[int, int, int], Doc] = {
            place: doc for doc, place in load().pipe(pieces, as_tuples=True, batch_size=64)
        }

    def words(self, key: int, span: Span) -> Words | None:
        """Return the parsed words of a span of an act; None for one that holds no whole word."""
        start, end = self._place[key]
        doc = self._docs[self._reports[key], start, end]
        return doc.char_span(max(0, span.start - start), min(end, span.end) - start, alignment_mode="expand")

    def sentence(self, key: int) -> Span:
        """Return where the sentence or sentences of an act stand."""
        start, end = self._place[key]
        text = self._texts[self._reports[key]]
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Span(start, end)

    def text(self, key: int, span: Span) -> str:
        """Return the text of a span of an act's report."""
        return self._texts[self._reports[key]][span.start : span.end]


def _sentence(text: str, stored: StoredAct) -> tuple[int, int]:
    act = stored.act
    spans = [span for span in (act.evidence, act.trigger, act.content, act.condition) if span is not None]
    start = min(span.start for span in spans)
    end = max(span.end for span in spans)
    before = [found.end() for found in _BORDER.finditer(text, max(0, start - _FARTHEST), start)]
    after = _BORDER.search(text, max(0, end - 1), min(len(text), end + _FARTHEST))
    first = before[-1] if before else max(0, start - _FARTHEST) if start < _FARTHEST else start
    return first, max(end, after.start() + 1) if after else end
