"""What filters ask for, as rows of the lookups: which facets a record must be under, and what else must hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from standoff.dossier.events.issues import canon_of
from standoff.dossier.lookups.postings import BACK, FORTH, dyad_of
from standoff.dossier.search.search_words import match_of
from standoff.dossier.views.filters import (
    Filters,
    modalities_of,
    parse_dyad,
    several,
    stretch_of,
    types_of,
)
from standoff.records import ACT_TYPES, MODALITIES

Kind = Literal["events", "acts", "statements", "reports"]


@dataclass(frozen=True, slots=True)
class Facet:
    """Some facets of one kind, any of which will do; `way` narrows how (see `event_posting`), 0 does not.

    `number` is how many records of the view are under them, counted once for each facet.
    """

    kind: str
    values: tuple[str, ...]
    keys: tuple[int, ...]
    number: int
    way: int = 0


@dataclass(frozen=True, slots=True)
class Sought:
    """What a view is filtered by. `first` and `last` are ordinals of days; `match` is a full-text query.

    Types and modalities stand here where more than facets is asked of an event by them; `contested` where it is asked
    of reports and statements, which are under no such facet.
    """

    facets: tuple[Facet, ...]
    everything: Facet
    first: int | None = None
    last: int | None = None
    types: tuple[int, ...] = ()
    modalities: tuple[int, ...] = ()
    contested: bool = False
    match: str | None = None

    @property
    def nothing(self) -> bool:
        """True where a filter names what the dossier does not know."""
        return any(facet.number == 0 for facet in self.facets) or self.everything.number == 0

    @property
    def dated(self) -> bool:
        """True where days are asked for."""
        return self.first is not None or self.last is not None

    @property
    def within(self) -> bool:
        """True where more is asked than facets tell."""
        narrowed = any(facet.way for facet in self.facets)
        several = len(self.types) > 1
        return bool(self.dated or several or self.modalities or self.match or narrowed)

    def facet(self, kind: str) -> Facet | None:
        """Return what is asked of one kind."""
        return next((facet for facet in self.facets if facet.kind == kind), None)


def sought(connection: sqlite3.Connection, kind: Kind, filters: Filters) -> Sought:
    """Return what filters ask for in a view; UsageError for one that cannot be meant."""
    facets = []
    actors = [actor.upper() for actor in several(filters.get("actor"))]
    types, modalities = types_of(filters.get("type")), modalities_of(filters.get("modality"))
    apart = kind in ("statements", "reports")
    asked: list[tuple[str, list[str], int]] = [("actor", actors, 0)]
    if apart or len(types) == 1:
        asked.append(("type", types, 0))
    dyad = filters.get("dyad")
    if dyad:
        one, other, directed = parse_dyad(str(dyad))
        if apart and directed:
            asked.append(("dyad", [f"{one}>{other}"], 0))
        else:
            way = (FORTH if one < other else BACK) if directed else 0
            asked.append(("dyad", [dyad_of(one, other)], way))
    issues = several(filters.get("issue"))
    if issues:
        asked.append(("issue", list(issue_values(connection, issues)) or [""], 0))
    asked.append(("outlet", [outlet.casefold() for outlet in several(filters.get("outlet"))], 0))
    if apart or "actual" not in modalities:
        asked.append(("modality", modalities, 0))
    if filters.get("contested") and not apart:
        asked.append(("contested", [""], 0))
    for name, values, way in asked:
        if values:
            facets.append(_facet(connection, kind, name, tuple(dict.fromkeys(values)), way))
    first, last = stretch_of(filters)
    return Sought(
        facets=tuple(facets),
        everything=_facet(connection, kind, "all", ("",), 0),
        first=first,
        last=last,
        types=() if apart else tuple(ACT_TYPES.index(name) for name in types),
        modalities=() if kind != "events" else tuple(MODALITIES.index(name) for name in modalities),
        contested=apart and bool(filters.get("contested")),
        match=match_of(str(filters["search"])) if filters.get("search") else None,
    )


def only_actual(asked: Sought) -> bool:
    """Return False where the filters shut out what happened."""
    return not asked.modalities or MODALITIES.index("actual") in asked.modalities


def issue_values(connection: sqlite3.Connection, labels: Iterable[str]) -> dict[str, None]:
    """Return the values of the facets of issues, however they are spelled."""
    found: dict[str, None] = {}
    for label in labels:
        rows = connection.execute(
            "SELECT issue FROM issue_name WHERE canon = ? UNION SELECT key FROM issue WHERE label = ?",
            (canon_of(label), label),
        )
        found.update((str(issue), None) for (issue,) in rows)
    return found


def _facet(connection: sqlite3.Connection, kind: Kind, name: str, values: tuple[str, ...], way: int) -> Facet:
    rows = connection.execute(
        f"""SELECT key, {kind} FROM facet
            WHERE kind = ? AND value IN ({", ".join("?" * len(values))}) AND {kind} > 0""",
        (name, *values),
    ).fetchall()
    return Facet(name, values, tuple(key for key, _ in rows), sum(number for _, number in rows), way)
