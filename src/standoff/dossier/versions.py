"""Versions of a page: what a web address said before, and how its text differs from what it says now.

A page is known by its canonical web address (`reading.addresses`). A changed text under the same address is kept as its
new version: both are one voice, and where both tell an event only the newest one's telling counts (`events`). An
address without a path names a site and no page; reports that give it are no versions of each other.
"""

from __future__ import annotations

import difflib
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from standoff.reading.paragraphs import paragraphs
from standoff.records import Report, Span

ChangeOfText = Literal["removed", "added", "reworded"]

_MOST_COMPARED = 4_000_000
"""Pairs of paragraphs that are aligned in order; beyond that only what is new and what is gone is told."""
_ALIKE = 0.5
"""The share of words that a paragraph and its rewording have in common, at least."""


class PageVersions(NamedTuple):
    """A page with several versions: its address, and their keys, oldest first."""

    url: str
    reports: tuple[int, ...]


class Passage(NamedTuple):
    """A paragraph that differs between two versions: its place in the older text, in the newer, and its words there
    (None, "" where it does not stand).
    """

    kind: ChangeOfText
    old: Span | None
    new: Span | None
    old_text: str
    new_text: str


class Earlier(NamedTuple):
    """The version before a report that comes in: its key and its voice."""

    key: int
    voice: int


def page_of(url: str | None) -> str | None:
    """Return the address that a report's versions share; None where it names no single page."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.path.strip("/") or parts.query else None


def earlier_version(connection: sqlite3.Connection, url: str | None) -> Earlier | None:
    """Return the newest version of a page that is there; None where there is none."""
    page = page_of(url)
    if page is None:
        return None
    row = connection.execute(
        "SELECT key, voice FROM report WHERE url = ? ORDER BY key DESC LIMIT 1", (page,)
    ).fetchone()
    return Earlier(*row) if row else None


def version_keys(connection: sqlite3.Connection, url: str) -> list[int]:
    """Return the keys of a page's versions, oldest first."""
    rows = connection.execute("SELECT key FROM report WHERE url = ? ORDER BY key", (url,))
    return [key for (key,) in rows]


def pages_with_versions(connection: sqlite3.Connection) -> tuple[PageVersions, ...]:
    """Return the pages of which there is more than one version, the latest changed first."""
    rows = connection.execute(
        """SELECT url, key FROM report WHERE url IN (SELECT url FROM report WHERE earlier IS NOT NULL)
           ORDER BY url, key"""
    )
    found: dict[str, list[int]] = {}
    for url, key in rows:
        found.setdefault(url, []).append(key)
    pages = [PageVersions(url, tuple(keys)) for url, keys in found.items() if page_of(url)]
    return tuple(sorted(pages, key=lambda page: -page.reports[-1]))


def difference(old: Report, new: Report) -> tuple[Passage, ...]:
    """Return the paragraphs in which a newer text differs from an older one, in the order of the newer; white space
    does not count.
    """
    before, after = _paragraphs(old.text), _paragraphs(new.text)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    before, after = before[start : len(before) - end], after[start : len(after) - end]
    if len(before) * len(after) > _MOST_COMPARED:
        return tuple(_unordered(before, after))
    matcher = difflib.SequenceMatcher(
        None, [words for words, _ in before], [words for words, _ in after], autojunk=False
    )
    found: list[Passage] = []
    for verb, a, b, c, d in matcher.get_opcodes():
        if verb != "equal":
            found.extend(_paired(before[a:b], after[c:d], old.text, new.text))
    return tuple(found)


_Paragraph = tuple[str, Span]


def _paragraphs(text: str) -> list[_Paragraph]:
    spans = [paragraph.span for paragraph in paragraphs(text)]
    return [(" ".join(text[span.start : span.end].split()), span) for span in spans]


def _common(before: Sequence[_Paragraph], after: Sequence[_Paragraph]) -> int:
    number = 0
    for (one, _), (other, _) in zip(before, after, strict=False):
        if one != other:
            break
        number += 1
    return number


def _paired(gone: Sequence[_Paragraph], come: Sequence[_Paragraph], old: str, new: str) -> Iterator[Passage]:
    """Pair the paragraphs of a changed place in their order where their words are alike."""
    rest = list(gone)
    for words, span in come:
        match = next((k for k, (other, _) in enumerate(rest[:20]) if _alike(other, words)), None)
        if match is None:
            yield Passage("added", None, span, "", new[span.start : span.end])
            continue
        for _, left in rest[:match]:
            yield Passage("removed", left, None, old[left.start : left.end], "")
        place = rest[match][1]
        yield Passage("reworded", place, span, old[place.start : place.end], new[span.start : span.end])
        del rest[: match + 1]
    for _, left in rest:
        yield Passage("removed", left, None, old[left.start : left.end], "")


def _alike(one: str, other: str) -> bool:
    first, second = Counter(one.lower().split()), Counter(other.lower().split())
    return 2 * (first & second).total() >= _ALIKE * (first.total() + second.total())


def _unordered(before: Sequence[_Paragraph], after: Sequence[_Paragraph]) -> Iterator[Passage]:
    held = Counter(words for words, _ in after)
    for words, span in before:
        held[words] -= 1
        if held[words] < 0:
            yield Passage("removed", span, None, words, "")
    held = Counter(words for words, _ in before)
    for words, span in after:
        held[words] -= 1
        if held[words] < 0:
            yield Passage("added", None, span, "", words)
