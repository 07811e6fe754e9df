"""Candidates that the page's layout makes: a speaker's name and a colon in headlines and transcripts, a signature under
a vox pop, the line over a released statement that tells whose it is."""

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
    r"\s*[\"“]?(?P<name>(?:[A-Z][A-Z.’'-]+|Q|A|MR\.|MS\.|MRS\.)(?:[ \u00a0][A-Z][A-Z.’'-]+){0,5}(?: \([^)\n]{1,60}\))?)"
    r"(?P<colon>:)\s*(?P<said>\S.*)",
    re.DOTALL,
)
_SIGNED = re.compile(
    r"(?P<said>.*\S)\s+(?P<colon>[-–—])\s*(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})\s*", re.DOTALL
)
_VOX_POP = re.compile(
    r"\s*(?P<said>[\"“].*[\"”])\s*(?P<colon>--|[-–—―])\s*(?P<name>[A-Z][\w.’'-]*(?:[ \u00a0][\w.’'&-]+){0,7})"
    r"(?:,[^\n\"“”]{0,120})?\s*",
    re.DOTALL,
)
_SIGNATURE = re.compile(
    r"\s*(?P<colon>--|[–—―])\s*(?P<name>[A-Z][\w.’'-]*(?:[ \u00a0][\w.’'&-]+){0,7})(?:,[^\n\"“”]{0,120})?\s*"
)
_LETTERHEAD = re.compile(
    r"\s*(?:the (?:following|below)|(?:the )?text of the following)\b[^\n:]{0,60}?"
    r"(?:(?P<colon>attributable to|released|issued)(?: by)?|(?:text of (?:a|the) )(?:joint )?(?P<text>statement)(?: by))\s+"
    r"(?P<name>[^\n]{3,300}?)[:.]?\s*",
    re.IGNORECASE,
)
_TEXT_MARK = re.compile(r"\s*(?:begin|end) text\s*[:.]?\s*|\s*#{2,}\s*", re.IGNORECASE)
_OPENING_MARK = re.compile(r"\s*[\"“]")
TURN, VOX_POP, LETTERHEAD = 0.85, 0.8, 0.9
"""How often such paragraphs are attributions; the encoder, which has hardly seen any, is not asked."""
_NO_SPEAKER = frozenset(
    "live update updates analysis breaking exclusive opinion watch video photo photos read note source sources date "
    "subject re from to time place related correction editor’s editor's factbox explainer timeline reuters category "
    "tags published question answer news guide report".split()
)


def find(analysis: Analysis) -> Iterator[Candidate]:
    """Yield the candidates that headlines ("Name: words"), transcripts and vox pops ("Words." — Name) make."""
    text = analysis.report.text
    paragraphs = [
        region
        for region in analysis.report.regions
        if region.kind != "noise" and len(text[slice(*region.span)]) < 20_000
    ]
    for number, region in enumerate(paragraphs):
        if region.kind == "headline" or number == 0:
            yield from _headline(text, region.span)
    spans = [region.span for number, region in enumerate(paragraphs) if number and region.kind != "headline"]
    yield from _turns(text, spans)
    yield from _vox_pops(text, spans)
    yield from _letterheads(text, spans)


def speech(analysis: Analysis) -> Iterator[Span]:
    """Yield what is spoken in turns and vox pops, where annotators seldom code an attribution of its own."""
    for one in find(analysis):
        if one.rule in {"transcript", "vox pop"}:
            yield from one.content


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


def _turns(text: str, spans: list[Span]) -> Iterator[Candidate]:
    """Yield the turns of a transcript; paragraphs without a name between two turns go on with the one before."""
    speakers = _recurring_speakers(text, spans)
    turns = [(k, match) for k, span in enumerate(spans) if (match := _turn(text, span, speakers)) is not None]
    for n, (k, match) in enumerate(turns):
        name, colon, said = _spans(match)
        more = spans[k + 1 : turns[n + 1][0]] if n + 1 < len(turns) else []
        going_on = tuple(more) if len(more) <= 3 else ()
        yield Candidate(colon, name, (said, *going_on), TURN, "transcript", weighed=True, settled=True)


def _turn(text: str, span: Span, speakers: frozenset[str]) -> re.Match[str] | None:
    if ":" not in text[span.start : span.start + 80]:
        return None
    match = _TRANSCRIPT.fullmatch(text, span.start, span.end)
    if match is None:
        match = _SPEAKER.fullmatch(text, span.start, span.end)
        match = match if match is not None and match["name"] in speakers else None
    return None if match is None or match["name"].lower() in _NO_SPEAKER else match


def _vox_pops(text: str, spans: list[Span]) -> Iterator[Candidate]:
    """Yield quotations that fill a paragraph and are signed with a dash and a name, there or in the next one."""
    for k, span in enumerate(spans):
        if _OPENING_MARK.match(text, span.start, span.end) is None:
            continue
        match = _VOX_POP.fullmatch(text, span.start, span.end)
        if match is not None:
            name, dash, said = _spans(match)
            yield Candidate(dash, name, (said,), VOX_POP, "vox pop", weighed=True, settled=True)
        elif k + 1 < len(spans):
            signed = _SIGNATURE.fullmatch(text, *spans[k + 1])
            if signed is not None and text[span.start : span.end].rstrip()[-1:] in {'"', "”"}:
                where = Span(*signed.span("colon")), Span(*signed.span("name"))
                yield Candidate(*where, (span,), VOX_POP, "vox pop", weighed=True, settled=True)


def _letterheads(text: str, spans: list[Span]) -> Iterator[Candidate]:
    """Yield "The following is attributable to Name:" and its like, whose content is the rest of the page."""
    for k, span in enumerate(spans):
        if span.end - span.start > 450:
            continue
        match = _LETTERHEAD.fullmatch(text, span.start, span.end)
        if match is None:
            continue
        cue = Span(*match.span("colon" if match["colon"] else "text"))
        rest = tuple(
            piece for piece in spans[k + 1 :] if _TEXT_MARK.fullmatch(text, piece.start, piece.end) is None
        )
        if rest:
            name = Span(*match.span("name"))
            yield Candidate(cue, name, rest, LETTERHEAD, "letterhead", weighed=True, settled=True)
            return
