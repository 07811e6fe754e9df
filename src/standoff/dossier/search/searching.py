"""Full-text search with the passage that answers it, and where in the report's text it stands.

The full-text index marks what it found; the marks are turned into code points of the unchanged text, so that a hit can
be opened, highlighted and quoted like any record.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from standoff.dossier.dossier import Dossier
from standoff.dossier.loading import Label, acts_by_key, labels_of
from standoff.dossier.search.finding import Index, keys_of
from standoff.dossier.search.search_words import match_of
from standoff.dossier.views.paging import USUAL, Page
from standoff.records import Span, StoredAct

Where = Literal["reports", "evidence"]
_INDEX: dict[Where, Index] = {"reports": "report_search", "evidence": "evidence_search"}
_LONGEST = 240
"""Code points of a passage, about three lines."""
_LEAD = 60
"""Code points before the first mark."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a report's text and what was found in it: `text` is `report.text[span.start:span.end]`, and `marks` lie
    in the report's text too.
    """

    span: Span
    text: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A report (key) that a search finds, or an act of it where evidence is searched."""

    report: int
    label: Label
    passage: Passage
    act: StoredAct | None = None


def search(
    dossier: Dossier, words: str, where: Where = "reports", limit: int = USUAL, after: str | None = None
) -> Page[Found]:
    """Return a page of what a search finds in reports or in the evidence of acts, best first.

    Raises UsageError, in one sentence, for a search that could find nothing; no sign in it is an error.
    """
    match = match_of(words)
    with dossier.use() as connection:
        keys, total, mark = keys_of(connection, _INDEX[where], match, limit, after)
        found = _reports(connection, match, keys) if where == "reports" else _acts(connection, match, keys)
        return Page(tuple(found), total, True, mark)


def _reports(connection: sqlite3.Connection, match: str, keys: list[int]) -> list[Found]:
    labels = labels_of(connection, keys)
    found = []
    for key in keys:
        (text,) = connection.execute("SELECT text FROM report WHERE key = ?", (key,)).fetchone()
        marks = marks_in(connection, "report_search", 1, match, key, text)
        found.append(Found(key, labels[key], passage_of(text, marks, 0)))
    return found


def _acts(connection: sqlite3.Connection, match: str, keys: list[int]) -> list[Found]:
    acts = acts_by_key(connection, keys)
    labels = labels_of(connection, [act.report for act in acts.values()])
    found = []
    for key in keys:
        act = acts[key]
        marks = marks_in(connection, "evidence_search", 0, match, key, act.quote)
        passage = passage_of(act.quote, marks, act.act.evidence.start)
        found.append(Found(act.report, labels[act.report], passage, act))
    return found


def marks_in(
    connection: sqlite3.Connection, index: Index, column: int, match: str, key: int, text: str
) -> list[Span]:
    """Return where a full-text query found something in a column of a row, in code points of its text."""
    begin, end = _signs(text)
    (marked,) = connection.execute(
        f"SELECT highlight({index}, {column}, ?, ?) FROM {index} WHERE {index} MATCH ? AND rowid = ?",
        (begin, end, match, key),
    ).fetchone()
    found: list[Span] = []
    at, opened = 0, 0
    for character in marked:
        if character == begin:
            opened = at
        elif character == end:
            found.append(Span(opened, at))
        else:
            at += 1
    return found


def _signs(text: str) -> tuple[str, str]:
    """Two characters that do not stand in a text: nobody can forge a mark."""
    free = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in text)
    return next(free), next(free)


def passage_of(text: str, marks: list[Span], offset: int) -> Passage:
    """Return the passage around the place with most marks, cut between words; `offset` is where the text begins in
    the report's.
    """
    start, end = 0, len(text)
    if end > _LONGEST:
        best = max(marks, key=lambda mark: (_within(marks, mark.start), -mark.start), default=Span(0, 0))
        start = max(0, min(best.start - _LEAD, len(text) - _LONGEST))
        end = max(min(len(text), start + _LONGEST), min(best.end, len(text)))
        start, end = _between_words(text, start, best.start, end, best.end)
    kept = [mark for mark in marks if start <= mark.start and mark.end <= end]
    return Passage(
        Span(offset + start, offset + end),
        text[start:end],
        tuple(Span(offset + mark.start, offset + mark.end) for mark in kept),
    )


def _within(marks: list[Span], start: int) -> int:
    """How many marks a passage holds that begins with this one."""
    return sum(start <= mark.start and mark.end <= start + _LONGEST - _LEAD for mark in marks)


def _between_words(text: str, start: int, first: int, end: int, last: int) -> tuple[int, int]:
    """Move the borders of a passage inwards to white space, never into what was found."""
    if start > 0:
        at = next((at for at in range(start, first) if text[at - 1].isspace()), start)
        start = at
    if end < len(text):
        end = next((at for at in range(end, last, -1) if text[at].isspace()), end)
    while start < first and text[start].isspace():
        start += 1
    while end > last and text[end - 1].isspace():
        end -= 1
    return start, end
