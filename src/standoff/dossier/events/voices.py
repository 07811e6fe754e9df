"""Near-duplicate reports: agency copy that ten papers print is one voice.

Reports are compared by their shingles, runs of eight words (Broder 1997, "On the resemblance and
containment of documents"). A sample of the shingles' hashes (those divisible by SAMPLE, and always the
KEEP smallest) is kept in the dossier; it finds the candidates, and exact containment of the shorter
report's shingles in the longer one's decides.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import Counter

_WORD = re.compile(r"[^\W_]+")
RUN = 8
SAMPLE = 12
KEEP = 24
ENOUGH = 0.6
"""The share of the shorter report's shingles that must stand in the longer one."""
_MOST_HOLDERS = 200
"""A sampled shingle that more reports hold is house style, not copy."""
_MOST_COMPARED = 20
_SURE = 10
"""From how many shingles, sampled and shared on average by a copy, their number tells something."""


def shingles(text: str) -> frozenset[int]:
    """Return the hashes of a text's runs of eight words, as signed 64-bit numbers; one for a shorter
    text.
    """
    found = [word.lower() for word in _WORD.findall(text)]
    if not found:
        return frozenset()
    runs = (" ".join(found[at : at + RUN]) for at in range(max(1, len(found) - RUN + 1)))
    return frozenset(
        int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big", signed=True)
        for run in runs
    )


def sample(found: frozenset[int]) -> frozenset[int]:
    """Return the shingles that stand for a text in the dossier."""
    return frozenset(h for h in found if h % SAMPLE == 0) | frozenset(sorted(found)[:KEEP])


def find_voice(connection: sqlite3.Connection, own: frozenset[int]) -> int | None:
    """Return the voice of a report already in the dossier that this one copies, or None.

    Where several match, it is the oldest voice.
    """
    hits: Counter[int] = Counter()
    for mark in sample(own):
        holders = connection.execute(
            "SELECT report FROM shingle WHERE hash = ? LIMIT ?", (mark, _MOST_HOLDERS + 1)
        ).fetchall()
        if len(holders) <= _MOST_HOLDERS:
            hits.update(report for (report,) in holders)
    voices = []
    for report, shared in hits.most_common(_MOST_COMPARED):
        size, voice = connection.execute(
            "SELECT shingles, voice FROM report WHERE key = ?", (report,)
        ).fetchone()
        if _hopeless(shared, min(len(own), size)):
            continue
        (text,) = connection.execute("SELECT text FROM report WHERE key = ?", (report,)).fetchone()
        other = shingles(text)
        if len(own & other) >= ENOUGH * min(len(own), len(other)):
            voices.append(int(voice))
    return min(voices, default=None)


def _hopeless(shared: int, size: int) -> bool:
    """Return True where so few sampled shingles are shared that the texts cannot share enough of all.

    Of a copy of `size` shingles, ENOUGH / SAMPLE are sampled and shared on average; fewer than three tenths of ten or
    more happen once in four hundred texts that are copies just so, and never of plain copies.
    """
    expected = ENOUGH * size / SAMPLE
    return expected >= _SURE and shared < 0.3 * expected


def remember(connection: sqlite3.Connection, report: int, own: frozenset[int]) -> None:
    """Keep a report's sampled shingles; part of the caller's transaction."""
    connection.executemany(
        "INSERT INTO shingle (hash, report) VALUES (?, ?)", ((mark, report) for mark in sample(own))
    )
