"""Quotation marks, paired over sentences and paragraphs.

A quotation that opens a paragraph without a closing mark before the paragraph ends runs on if the next paragraph opens
with a mark too (the printers' rule); otherwise it ends with its paragraph. Double marks (“…”, „…“, «…», "…", ''…'')
count everywhere; single ones (‘…’, '…') where the text has no double ones, and in a paragraph without double ones
where the opening mark leaves no doubt. Apostrophes are not marks. A mark's role is read off its neighbours, so that
a mark that is missing or turned the wrong way costs one quotation and not all that follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from standoff.records import Span

Role = Literal["open", "close", "either"]

_DOUBLE = re.compile(r"''|``|[“”„‟«»\"]")
_SINGLE = re.compile(r"[‘’‚‛']")
_OPENERS = "“„‟«``"
_BEFORE_OPENING = '([{—–-/“„‟«"‘:…'
_AFTER_CLOSING = ".,;:?!)]}—–-/”»\"’…'"
_APOSTROPHE_WORDS = re.compile(
    r"\d|(?:tis|twas|em|til|till|cause|bout|n|round|s|re|ve|ll|t|d|m)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.?!…][)\]]?(?=\s)")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch inside quotation marks, marks included.

    `closed` is False where the closing mark is missing. `continues` links a paragraph to the one before it. `inner`
    are the quotations inside this one. Outermost quotations do not overlap.
    """

    span: Span
    closed: bool
    continues: bool = False
    inner: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    role: Role


def find_quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """Pair the quotation marks of each paragraph; linear in the length of the text. Spans are code points."""
    singles_rule = _single_marks_rule(text)
    found: list[Quotation] = []
    marks = [_marks(text, span, singles_rule=singles_rule) for span in paragraphs]
    open_before = False
    for k, (span, here) in enumerate(zip(paragraphs, marks, strict=True)):
        following = paragraphs[k + 1] if k + 1 < len(paragraphs) else None
        runs_on = following is not None and _opens(text, following, marks[k + 1])
        pairs = _pair(text, span, here, runs_on=runs_on)
        for pair in pairs:
            at_start = not text[span.start : pair.span.start].strip()
            found.append(Quotation(pair.span, pair.closed, open_before and at_start, pair.inner))
        open_before = bool(pairs) and not pairs[-1].closed and pairs[-1].span.end == span.end
    return tuple(found)


def _single_marks_rule(text: str) -> bool:
    """Tell whether single marks are the text's main ones: it has openings of theirs and no pair of double ones."""
    if len(_DOUBLE.findall(text, 0, 200_000)) >= 2:
        return False
    return re.search(r"(?:^|[\s(\[—–])[‘'](?=[^\W\d])", text) is not None


def _opens(text: str, span: Span, marks: Sequence[_Mark]) -> bool:
    """Tell whether a paragraph begins with an opening mark."""
    return bool(marks) and marks[0].role != "close" and not text[span.start : marks[0].start].strip()


def _marks(text: str, span: Span, *, singles_rule: bool) -> list[_Mark]:
    doubles = [_double(text, span, *match.span()) for match in _DOUBLE.finditer(text, span.start, span.end)]
    if doubles and not singles_rule:
        return doubles
    return list(_singles(text, span, certain_only=not singles_rule))


def _neighbours(text: str, span: Span, start: int, end: int) -> tuple[str, str]:
    before = text[start - 1] if start > span.start else " "
    after = text[end] if end < span.end else " "
    return before, after


def _double(text: str, span: Span, start: int, end: int) -> _Mark:
    """Read the role of a double mark off its neighbours, and off its shape where they leave it open."""
    before, after = _neighbours(text, span, start, end)
    may_open = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    may_close = not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)
    char = text[start]
    if may_open != may_close:
        return _Mark(start, end, "open" if may_open else "close")
    if char in {'"', "'"}:
        return _Mark(start, end, "either")
    return _Mark(start, end, "open" if char in _OPENERS else "close")


def _singles(text: str, span: Span, *, certain_only: bool) -> Iterable[_Mark]:
    """Yield the single marks that are no apostrophes, in pairs."""
    hits = [match.start() for match in _SINGLE.finditer(text, span.start, span.end)]
    opening: int | None = None
    weak: int | None = None
    for at in hits:
        before, after = _neighbours(text, span, at, at + 1)
        starts = (before.isspace() or before in _BEFORE_OPENING) and after.isalnum()
        if starts and not _APOSTROPHE_WORDS.match(text, at + 1) and text[at] in "‘'‚‛":
            if opening is not None and weak is not None:
                yield from (_Mark(opening, opening + 1, "open"), _Mark(weak, weak + 1, "close"))
            if opening is None or weak is not None:
                opening, weak = (at if text[at] == "‘" or not certain_only else None), None
            continue
        ends = not before.isspace() and not after.isalnum() and text[at] in "’'"
        if opening is None or not ends:
            continue
        if before in ".,?!…—)" or after in ".,;:?!)—":
            yield from (_Mark(opening, opening + 1, "open"), _Mark(at, at + 1, "close"))
            opening = weak = None
        elif weak is None or text[weak - 1] == "s":
            weak = at
    if opening is not None and weak is not None:
        yield from (_Mark(opening, opening + 1, "open"), _Mark(weak, weak + 1, "close"))
    elif opening is not None and not certain_only:
        yield _Mark(opening, opening + 1, "open")


def _pair(text: str, span: Span, marks: Sequence[_Mark], *, runs_on: bool) -> list[Quotation]:
    """Pair the marks of one paragraph with a stack; marks left open end as the printers' rule or the sentence says."""
    stack: list[_Mark] = []
    pairs: list[tuple[int, int]] = []
    for mark in marks:
        if mark.role == "open" or (mark.role == "either" and not stack):
            stack.append(mark)
        elif stack:
            pairs.append((stack.pop().start, mark.end))
    left_open = [(mark.start, False) for mark in stack]
    events = sorted([*((start, True) for start, _ in pairs), *left_open])
    ends = dict(pairs)
    found: list[Quotation] = []
    reach, inner = span.start, list[Span]()
    for k, (start, closed) in enumerate(events):
        if start < reach:
            if closed:
                inner.append(Span(start, min(ends[start], reach)))
            continue
        if found and inner:
            found[-1] = Quotation(found[-1].span, found[-1].closed, False, tuple(inner))
        inner = []
        if closed:
            end = ends[start]
        else:
            whole = not text[span.start : start].strip() and runs_on
            end = span.end if whole or k + 1 == len(events) else _sentence_end(text, start, events[k + 1][0])
        found.append(Quotation(Span(start, end), closed))
        reach = end
    if found and inner:
        found[-1] = Quotation(found[-1].span, found[-1].closed, False, tuple(inner))
    return found


def _sentence_end(text: str, start: int, limit: int) -> int:
    """Return where an unclosed quotation ends before the next one begins: at its first full stop, or there."""
    match = _SENTENCE_END.search(text, start, limit)
    return match.end() if match else max(start + 1, limit)
