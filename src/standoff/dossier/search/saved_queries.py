"""Questions that are asked again: a view with its filters, kept under a name in the dossier."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from standoff.dossier.dossier import Dossier
from standoff.dossier.search.search_words import match_of
from standoff.dossier.store import now, transaction
from standoff.dossier.tables.tables import VIEWS
from standoff.dossier.views.filters import Filters, clause
from standoff.errors import UsageError

_LONGEST_NAME = 80
_NAMES = frozenset(Filters.__annotations__)
SEARCHES = ("search",)
"""What can be saved besides the views: a full-text search, with its words as the filter `search`."""


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A view ("timeline", "changed", "search" ...) with its filters by name; `made` is an ISO date and time, UTC."""

    name: str
    view: str
    filters: Filters
    made: str


def save_query(dossier: Dossier, name: str, view: str, filters: Mapping[str, Any]) -> SavedQuery:
    """Keep a question under a name; a question of that name is replaced.

    Raises UsageError for a view or filter that does not exist or cannot be meant.
    """
    clean = " ".join(name.split())
    if not clean or len(clean) > _LONGEST_NAME or not clean.isprintable():
        raise UsageError(f"A saved query has a name of 1 to {_LONGEST_NAME} characters.")
    given = checked(view, filters)
    saved = SavedQuery(clean, view, given, now())
    with dossier.use() as connection, transaction(connection):
        connection.execute(
            "INSERT OR REPLACE INTO saved_query VALUES (?, ?, ?, ?)",
            (clean, view, json.dumps(given, ensure_ascii=False), saved.made),
        )
    return saved


def checked(view: str, filters: Mapping[str, Any]) -> Filters:
    """Return filters as a view takes them; raises UsageError where they cannot be meant."""
    if view not in VIEWS and view not in ("changed", *SEARCHES):
        raise UsageError(f"{view!r} is no view: use one of {', '.join([*VIEWS, 'changed', *SEARCHES])}.")
    unknown = sorted(set(filters) - _NAMES)
    if unknown:
        raise UsageError(f"{unknown[0]!r} is no filter: use {', '.join(sorted(_NAMES))}.")
    given = cast(Filters, {name: _plain(value) for name, value in filters.items() if value})
    if view == "changed" and not given.get("since"):
        raise UsageError("The view changed needs the day since which: give the filter since.")
    if view in SEARCHES:
        match_of(str(given.get("search") or ""))
    clause("event", given)
    return given


def _plain(value: Any) -> Any:
    return [str(item) for item in value] if isinstance(value, list | tuple | set) else value


def saved_queries(dossier: Dossier) -> tuple[SavedQuery, ...]:
    """Return the saved queries by name."""
    with dossier.use() as connection:
        rows = connection.execute("SELECT name, view, filters, made FROM saved_query ORDER BY name")
        return tuple(_query(row) for row in rows)


def saved_query(dossier: Dossier, name: str) -> SavedQuery:
    """Return a saved query; raises UsageError where there is none of this name."""
    with dossier.use() as connection:
        row = connection.execute(
            "SELECT name, view, filters, made FROM saved_query WHERE name = ?", (" ".join(name.split()),)
        ).fetchone()
    if row is None:
        there = ", ".join(query.name for query in saved_queries(dossier))
        raise UsageError(
            f"There is no saved query {name!r}" + (f": there are {there}." if there else " yet.")
        )
    return _query(row)


def delete_query(dossier: Dossier, name: str) -> None:
    """Forget a saved query; raises UsageError where there is none of this name."""
    known = saved_query(dossier, name)
    with dossier.use() as connection, transaction(connection):
        connection.execute("DELETE FROM saved_query WHERE name = ?", (known.name,))


def _query(row: tuple[str, str, str, str]) -> SavedQuery:
    return SavedQuery(row[0], row[1], json.loads(row[2]), row[3])
