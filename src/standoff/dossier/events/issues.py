"""Issue labels: the same thing at stake is one row, however reports spell it.

A label's canon is what is left of it without case, punctuation, articles, small words, word order,
endings and words that only say "there is an issue". It depends on the label alone, so it is stable when
reports are added.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata

from standoff.dossier.events.words import stem

_SMALL = frozenset({
    "a", "an", "the", "of", "on", "over", "about", "for", "to", "in", "at", "by", "with", "and", "or", "its",
    "his", "her", "their", "this", "that", "s", "such", "any", "own", "each", "every", "no", "some", "more", "other",
    "further", "all", "these", "those",
})  # fmt: skip
_EMPTY = frozenset(map(stem, ("issue", "question", "matter", "affairs", "topic", "problem", "dispute")))


def canon_of(label: str) -> str:
    """Return what makes two spellings of an issue the same: sorted stems, "" for a label without words."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", label) if not unicodedata.combining(c))
    found = re.findall(r"[^\W_]+", plain.casefold().replace("'s", " "))
    stems = {stem(word) for word in found if word not in _SMALL}
    telling = stems - _EMPTY
    return " ".join(sorted(telling or stems or set(found)))


def issue_key(connection: sqlite3.Connection, label: str) -> int | None:
    """Return the key of a label's issue, made where it is new; None for a label without words.

    Part of the caller's transaction.
    """
    canon = canon_of(label)
    if not canon:
        return None
    known = connection.execute("SELECT issue FROM issue_name WHERE canon = ?", (canon,)).fetchone()
    if known:
        return int(known[0])
    clean = " ".join(label.split())
    key = connection.execute("INSERT INTO issue (label) VALUES (?)", (clean,)).lastrowid
    connection.execute("INSERT INTO issue_name (canon, issue) VALUES (?, ?)", (canon, key))
    assert key is not None
    return key
