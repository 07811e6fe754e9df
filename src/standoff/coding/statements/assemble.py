"""Raw candidates to statements: quotations completed, spans trimmed, form, follow-ons, actors, order.

Whatever finds the candidates (the parse, a learned tagger), this is the way they become records.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from standoff.coding.statements.candidates import Candidate
from standoff.coding.statements.phrases import trim
from standoff.coding.statements.quoting import Page, complete, follow_on
from standoff.records import Form, Span, Statement

if TYPE_CHECKING:
    from standoff.coding.actors import ActorIndex
    from standoff.language.analysis import Analysis

FLOOR = 0.35
"""The least confidence of a statement."""

IN_QUOTATION = 0.2
"""What a cue inside quotation marks is worth: annotators hardly ever code attributions within quoted speech."""

NEAREST = 64
"""How many stretches of content before a first person are asked whether they hold it."""

FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours"})
_PRONOUNS = frozenset({"he", "she", "it", "they", *FIRST_PERSON})
_OPENING = "“„‟«\"‘'`"
_CLOSING = "”»\"’'“"


def assemble_statements(
    analysis: Analysis,
    candidates: Iterable[Candidate],
    actors: ActorIndex | None = None,
    *,
    floor: float = FLOOR,
) -> list[Statement]:
    """Return the statements of a report in text order; spans are code points of the report's text.

    `actors` resolves source spans to actor codes (None leaves the codes empty).
    """
    page = Page(analysis.report.text, analysis.quotations, analysis.report.regions)
    sentences = _sentence_spans(analysis)
    completed: list[Candidate] = []
    for raw in sorted(candidates, key=lambda c: c.cue):
        found = complete(page, raw, _sentence_at(sentences, raw.cue.start))
        if found is not None:
            found = _trimmed(page, _weighed(page, found))
        if found is not None and found.confidence >= floor:
            completed.append(found)
    kept = _without_doubles(_without_strangers(_to_their_own_cue(completed, sentences)))
    kept = _without_own_talk(page, kept)
    extra = follow_on(page, kept, [_sentence_at(sentences, found.cue.start) for found in kept])
    records = []
    for found, more in zip(kept, extra, strict=True):
        content = tuple(sorted({*found.content, *more}))
        records.append((found, content))
    speakers = _speakers(page, records)
    statements = [
        _statement(page, found, content, speaker, actors)
        for (found, content), speaker in zip(records, speakers, strict=True)
    ]
    return sorted(statements, key=lambda s: (min(s.cue.start, s.content[0].start), s.cue))


def _sentence_spans(analysis: Analysis) -> list[Span]:
    return [Span(sentence.start_char, sentence.end_char) for sentence in analysis.sentences()]


def _sentence_at(sentences: Sequence[Span], offset: int) -> Span:
    k = bisect.bisect_right(sentences, Span(offset, 1 << 62)) - 1
    return sentences[k] if k >= 0 else Span(offset, offset)


def _trimmed(page: Page, found: Candidate) -> Candidate | None:
    """Trim every span, cut cue and source out of the content, and drop what is left empty."""
    text = page.text
    pieces: list[Span] = []
    for piece in found.content:
        for part in _minus(piece, _holes(found)):
            part = _tidy(page, part)
            if part.end > part.start and any(text[k].isalnum() for k in range(part.start, part.end)):
                pieces.append(part)
    pieces = _merged(text, sorted(set(pieces)))
    if not pieces:
        return None
    source = trim(text, found.source) if found.source is not None else None
    if source is not None and source.end <= source.start:
        source = None
    return replace(found, source=source, content=tuple(pieces))


def _weighed(page: Page, found: Candidate) -> Candidate:
    inside = not found.weighed and page.around(found.cue.start) is not None
    return replace(found, confidence=found.confidence * IN_QUOTATION) if inside else found


def _holes(found: Candidate) -> list[Span]:
    holes = [found.cue]
    if found.source is not None:
        holes.append(found.source)
    return holes


def _minus(piece: Span, holes: Sequence[Span]) -> list[Span]:
    parts = [piece]
    for hole in holes:
        parts = [
            part
            for whole in parts
            for part in (
                (Span(whole.start, min(whole.end, hole.start)), Span(max(whole.start, hole.end), whole.end))
                if hole.start < whole.end and hole.end > whole.start
                else (whole,)
            )
            if part.end > part.start
        ]
    return parts


def _tidy(page: Page, span: Span) -> Span:
    """Trim separators, "that", an indirect content's full stop, and quotation marks whose partner lies outside."""
    text = page.text
    span = trim(text, span)
    while span.end > span.start:
        start, end = span
        if page.around(start) is None and text[start : start + 5].lower() == "that ":
            span = trim(text, Span(start + 5, end))
        elif _loose_at_start(page, start):
            span = trim(text, Span(start + 1, end))
        elif _loose_at_end(page, span):
            span = trim(text, Span(start, end - 1))
        else:
            return span
    return span


def _loose_at_start(page: Page, start: int) -> bool:
    char = page.text[start]
    return (char in _CLOSING and char not in _OPENING) or (char in '"“' and page.around(start) is None)


def _loose_at_end(page: Page, span: Span) -> bool:
    char = page.text[span.end - 1]
    if char in ".;":
        return not _abbreviation(page.text, span)
    if char in _OPENING and char not in _CLOSING:
        return True
    if char not in '"”':
        return False
    home = page.around(span.end - 1)
    return home is None or home.span.start < span.start


def _abbreviation(text: str, span: Span) -> bool:
    """Tell whether a final full stop belongs to an abbreviation ("U.S.")."""
    return span.end - span.start >= 4 and text[span.end - 3] == "." and text[span.end - 2].isupper()


def _merged(text: str, pieces: Sequence[Span]) -> list[Span]:
    """Join pieces that overlap."""
    joined: list[Span] = []
    for piece in pieces:
        if joined and piece.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, piece.end))
        else:
            joined.append(piece)
    return joined


def _to_their_own_cue(found: Sequence[Candidate], sentences: Sequence[Span]) -> list[Candidate]:
    """Take from a candidate the later pieces whose own sentence ends in another cue that has them as content.

    "“No,” she said. “Never,” the minister added.": what stands in front of the second cue is the minister's.
    """
    cues = [one.cue.start for one in found]
    kept = []
    for one in found:
        pieces = [one.content[0]] if one.content else []
        for piece in one.content[1:]:
            end = _sentence_at(sentences, piece.end - 1).end
            k = bisect.bisect_left(cues, piece.end)
            owner = found[k] if piece.start > one.cue.end and k < len(found) and cues[k] < end else None
            if owner is None or not any(p.start < piece.end and piece.start < p.end for p in owner.content):
                pieces.append(piece)
        kept.append(replace(one, content=tuple(pieces)))
    return kept


def _without_strangers(found: Sequence[Candidate]) -> list[Candidate]:
    """Take from a candidate the later pieces that another one, whose cue stands nearer in front, has too.

    "“No,” he said, adding, “Never.”": the second quotation is what was added.
    """
    owners = sorted((piece.start, one.cue.start) for one in found for piece in one.content)
    kept = []
    for one in found:
        pieces = tuple(
            p for k, p in enumerate(one.content) if not k or not _is_nearer(owners, p.start, one.cue.end)
        )
        kept.append(replace(one, content=pieces))
    return kept


def _is_nearer(owners: Sequence[tuple[int, int]], start: int, cue_end: int) -> bool:
    k = bisect.bisect_left(owners, (start, cue_end))
    return k < len(owners) and owners[k][0] == start and owners[k][1] < start


def _without_doubles(found: Sequence[Candidate]) -> list[Candidate]:
    """Keep one candidate a cue, and of two with the same content and source the surer one."""
    best: dict[tuple[object, ...], Candidate] = {}
    for one in found:
        key: tuple[object, ...] = (one.cue.start,)
        if key not in best or best[key].confidence < one.confidence:
            best[key] = one
    again: dict[tuple[object, ...], Candidate] = {}
    for one in best.values():
        key = (one.source, one.content)
        if key not in again or again[key].confidence < one.confidence:
            again[key] = one
    return sorted(again.values(), key=lambda c: c.cue)


def _without_own_talk(page: Page, found: Sequence[Candidate]) -> list[Candidate]:
    """Drop attitudes of the speaker inside what the same speaker says ("I hope" in a quotation)."""
    text = page.text
    quoted_contents = sorted(
        piece
        for one in found
        for piece in one.content
        if page.around(piece.start) or page.around(piece.end - 1)
    )
    kept = []
    for one in found:
        if one.source is not None and text[one.source.start : one.source.end].lower() in FIRST_PERSON:
            inside = page.around(one.cue.start) is not None
            if inside and any(p.start <= one.cue.start < p.end for p in quoted_contents):
                continue
        kept.append(one)
    return kept


def _speakers(page: Page, records: Sequence[tuple[Candidate, tuple[Span, ...]]]) -> list[Span | None]:
    """Return for a first person inside a quotation the source of the narrowest statement that holds it."""
    holders = sorted(
        (piece.start, piece.end, k) for k, (_, content) in enumerate(records) for piece in content
    )
    found: list[Span | None] = []
    for one, _ in records:
        speaker = None
        if one.source is not None and page.text[one.source.start : one.source.end].lower() in FIRST_PERSON:
            narrowest = 1 << 62
            last = bisect.bisect_right(holders, (one.source.start, len(page.text), len(records)))
            for start, end, k in reversed(holders[max(0, last - NEAREST) : last]):
                holder = records[k][0]
                if one.source.end <= end and end - start < narrowest and holder is not one and holder.source:
                    narrowest, speaker = end - start, holder.source
        found.append(speaker)
    return found


def form_of(page: Page, content: Sequence[Span]) -> Form:
    """Return whether all, some or nothing of the content stands in quotation marks."""
    total = sum(page.letters[piece.end] - page.letters[piece.start] for piece in content)
    inside = sum(page.quoted[piece.end] - page.quoted[piece.start] for piece in content)
    if inside == 0:
        return "indirect"
    return "direct" if inside == total else "mixed"


def _statement(
    page: Page, found: Candidate, content: tuple[Span, ...], speaker: Span | None, actors: ActorIndex | None
) -> Statement:
    codes: tuple[str, ...] = ()
    guess = False
    if actors is not None and found.source is not None:
        known = tuple(actors.resolve(speaker).codes) if speaker is not None else ()
        resolution = actors.resolve(found.source, speaker=known)
        codes, guess = tuple(resolution.codes), bool(resolution.guess)
    return Statement(
        found.source, codes, found.cue, content, form_of(page, content), found.confidence, found.rule, guess
    )
