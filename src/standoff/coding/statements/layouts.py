"""Candidates that the page's layout makes: a speaker's name and a colon, in headlines, transcripts and vox pops."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from standoff.coding.statements.candidates import Candidate
from standoff.records import Span

if TYPE_CHECKING:
    from standoff.language.analysis import Analysis

_SPEAKER = re.compile(
    r"\s*(?P<name>[A-Z][\w.’'-]*(?:[ \u00a0](?:[A-Z][\w.’'-]*|of|the|for|de|al|von|van|on|and|&)){0,5})"
    r"(?P<colon>:)(?=[ \u00a0\t])\s*(?P<said>\S.*)",
    re.DOTALL,
)
_TRANSCRIPT = re.compile(
    r"\s*(?P<name>(?:[A-Z][A-Z.’'-]+|Q|A|MR\.|MS\.|MRS\.)(?:[ \u00a0][A-Z][A-Z.’'-]+){0,5}(?: \([^)\n]{1,60}\))?)"
    r"(?P<colon>:)\s*(?P<said>\S.*)",
    re.DOTALL,
)
_SIGNED = re.compile(
    r"(?P<said>.*\S)\s+(?P<colon>[-–—])\s*(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})\s*", re.DOTALL
)
_NO_SPEAKER = frozenset(
    "live update updates analysis breaking exclusive opinion watch video photo photos read note source sources date "
    "subject re from to time place related correction editor’s editor's factbox explainer timeline reuters category "
    "tags published question answer news guide report".split()
)


def find(analysis: Analysis) -> Iterator[Candidate]:
    """Yield the candidates that paragraphs of the form "Name: words" make."""
    text = analysis.report.text
    paragraphs = [
        region
        for region in analysis.report.regions
        if region.kind != "noise" and len(text[slice(*region.span)]) < 20_000
    ]
    speakers = _recurring_speakers(text, [region.span for region in paragraphs])
    for number, region in enumerate(paragraphs):
        if region.kind == "headline" or number == 0:
            yield from _headline(text, region.span)
        elif ":" in text[region.span.start : region.span.start + 80]:
            yield from _paragraph(text, region.span, speakers)


def _recurring_speakers(text: str, spans: list[Span]) -> frozenset[str]:
    """Return the names that open at least two paragraphs of the form "Name: words"."""
    seen = Counter(match["name"] for span in spans if (match := _SPEAKER.match(text, *span)) is not None)
    return frozenset(name for name, times in seen.items() if times > 1)


def _spans(match: re.Match[str]) -> tuple[Span, Span, Span]:
    return Span(*match.span("name")), Span(*match.span("colon")), Span(*match.span("said"))


def _headline(text: str, span: Span) -> Iterator[Candidate]:
    if span.end - span.start > 300:
        return
    for pattern, rule in ((_SPEAKER, "headline colon"), (_SIGNED, "headline dash")):
        match = pattern.fullmatch(text, span.start, span.end)
        if match is None or match["name"].split()[0].lower() in _NO_SPEAKER:
            continue
        if len(match["said"].split()) < 2:
            continue
        name, colon, said = _spans(match)
        yield Candidate(colon, name, (said,), 0.6, rule)
        return


def _paragraph(text: str, span: Span, speakers: frozenset[str]) -> Iterator[Candidate]:
    match = _TRANSCRIPT.fullmatch(text, span.start, span.end)
    if match is None:
        match = _SPEAKER.fullmatch(text, span.start, span.end)
        match = match if match is not None and match["name"] in speakers else None
    if match is None or match["name"].lower() in _NO_SPEAKER:
        return
    name, colon, said = _spans(match)
    yield Candidate(colon, name, (said,), 0.7, "transcript")
