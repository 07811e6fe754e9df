"""Finding the times of a text: scan, anchor, and merge with words that only point ("recently", "now")."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from standoff.coding.times import values
from standoff.coding.times.anchoring import TENSED, Anchoring
from standoff.coding.times.expressions import Expression
from standoff.coding.times.grammar import scan
from standoff.coding.times.lexicon import lexicon
from standoff.coding.times.speech import said_then
from standoff.coding.times.tense import tense_at
from standoff.coding.times.tokens import words_of
from standoff.coding.times.values import Period
from standoff.records import Span, Time

_SENTENCE_END = re.compile(r"[.!?]['”\"’)]*\s+(?=[\"“‘'(A-Z])|\n")


@functools.cache
def _phrases() -> re.Pattern[str]:
    lex = lexicon()
    named = sorted((*lex.references, *lex.named_days), key=len, reverse=True)
    words = "|".join(re.escape(phrase).replace("'", "['’]").replace(r"\ ", r"\s+") for phrase in named)
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def find_times(text: str, published: str | None) -> list[Time]:
    """Return the times that a text names, in order and without overlap.

    `published` is the publication date (`YYYY-MM-DD`, `YYYY-MM` or `YYYY`; a time of day after it is cut off) or None.
    Runs in time linear in the length of the text.
    """
    anchoring = Anchoring(values.period_of(published[:10] if published else None))
    times: list[Time] = []
    sentence_end = 0
    ends = [found.end() for found in _SENTENCE_END.finditer(text)] + [len(text)]
    at = 0
    context: list[Period] = []
    for expression in scan(words_of(text)):
        while at < len(ends) - 1 and ends[at] <= expression.start:
            at += 1
        if ends[at] != sentence_end:
            sentence_end, context = ends[at], []
        tensed = expression.rule in TENSED and expression.year is None
        tense = tense_at(text, expression.start, expression.end) if tensed else "unknown"
        found = anchoring.resolve(expression, tense, context)
        if found is None:
            continue
        if isinstance(found, Period):
            context.append(found)
        times.append(_time(expression, found))
    return said_then(text, _merged(times, _pointers(text, anchoring)))


def _time(expression: Expression, found: Period | str) -> Time:
    span = Span(expression.start, expression.end)
    if isinstance(found, str):
        return Time(span, found, rule=expression.rule)
    return Time(span, found.value, found.first.isoformat(), found.last.isoformat(), rule=expression.rule)


def _pointers(text: str, anchoring: Anchoring) -> list[Time]:
    """Find the fixed phrases: references and named days."""
    lex = lexicon()
    times: list[Time] = []
    for found in _phrases().finditer(text):
        phrase = " ".join(found.group().lower().replace("’", "'").split())
        span = Span(*found.span())
        if phrase in lex.references:
            times.append(Time(span, lex.references[phrase], rule="pointer"))
        elif found.group()[0].isupper():
            month, number = lex.named_days[phrase]
            expression = Expression("month_day", 0, 0, *span, month=month, days=(number,))
            resolved = anchoring.resolve(expression, tense_at(text, *span), [])
            if resolved is not None:
                times.append(_time(expression, resolved))
    return times


def _merged(times: Sequence[Time], pointers: Sequence[Time]) -> list[Time]:
    """Merge two ordered lists; a pointer that overlaps a time gives way."""
    taken = list(times)
    k = 0
    for pointer in pointers:
        while k < len(times) and times[k].span.end <= pointer.span.start:
            k += 1
        if k == len(times) or times[k].span.start >= pointer.span.end:
            taken.append(pointer)
    return sorted(taken, key=lambda time: time.span)
