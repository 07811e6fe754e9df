"""What part of a dossier a view shows: keyword filters that every view understands alike, as SQL
conditions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal, TypedDict

from standoff.dossier.days import Days, days_of, iso
from standoff.dossier.events.issues import canon_of
from standoff.dossier.search.search_words import match_of
from standoff.errors import UsageError
from standoff.records import ACT_TYPES, MODALITIES

View = Literal["act", "event", "statement", "report"]
Condition = tuple[str, list[Any]]


class Matter(TypedDict, total=False):
    """Keyword filters without the first day; one that is missing or None lets everything through.

    `actor`, `type`, `modality`, `issue` and `outlet` take one value or several (any of them). `dyad` is
    two actor codes: "RUS>UKR" who acts on whom, "RUS:UKR" either way. `until` is an ISO date, included:
    of the event for acts and events, of publication for statements and reports. `contested` keeps events
    (and their acts) on which sources differ. `search` is words to find in reports or evidence.
    """

    actor: str | Sequence[str] | None
    dyad: str | None
    issue: str | Sequence[str] | None
    type: str | Sequence[str] | None
    modality: str | Sequence[str] | None
    until: str | None
    outlet: str | Sequence[str] | None
    contested: bool | None
    search: str | None


class Filters(Matter, total=False):
    """All keyword filters: `since` is an ISO date, included, like `until`."""

    since: str | None


def clause(view: View, filters: Filters) -> Condition:
    """Return "WHERE ..." (or "") and its values for one of the views' tables.

    Raises UsageError for a filter that cannot be meant: an unknown type or modality, a date that is none.
    """
    found: list[Condition] = []
    for actor in several(filters.get("actor")):
        found.append(_actor(view, actor))
    parts = [_any(found)] if found else []
    if filters.get("dyad"):
        parts.append(_dyad(view, str(filters["dyad"])))
    for build, given in (
        (_issue, filters.get("issue")),
        (_type, filters.get("type")),
        (_modality, filters.get("modality")),
        (_outlet, filters.get("outlet")),
    ):
        values = several(given)
        if values:
            parts.append(_any([build(view, value) for value in values]))
    if filters.get("since"):
        parts.append(_since(view, str(filters["since"])))
    if filters.get("until"):
        parts.append(_until(view, str(filters["until"])))
    if filters.get("contested"):
        parts.append(_contested(view))
    if filters.get("search"):
        parts.append(_search(view, str(filters["search"])))
    if not parts:
        return "", []
    return "WHERE " + " AND ".join(sql for sql, _ in parts), [
        value for _, values in parts for value in values
    ]


def several(given: str | Sequence[str] | None) -> list[str]:
    """Return the values of a filter that takes one or several."""
    if given is None or given == "":
        return []
    return [given] if isinstance(given, str) else list(given)


def types_of(given: str | Sequence[str] | None) -> list[str]:
    """Return the types of act of a filter; UsageError for one that is none."""
    found = [value.upper() for value in several(given)]
    for value in found:
        if value not in ACT_TYPES:
            raise UsageError(f"{value!r} is no type of act: use one of {', '.join(ACT_TYPES)}.")
    return found


def modalities_of(given: str | Sequence[str] | None) -> list[str]:
    """Return the modalities of a filter; UsageError for one that is none."""
    found = [value.lower() for value in several(given)]
    for value in found:
        if value not in MODALITIES:
            raise UsageError(f"{value!r} is no modality: use one of {', '.join(MODALITIES)}.")
    return found


def stretch_of(filters: Filters) -> tuple[int | None, int | None]:
    """Return the first and the last day of the filters as ordinals, None for an open end."""
    since, until = filters.get("since"), filters.get("until")
    return (_days(since, "since").first if since else None, _days(until, "until").last if until else None)


def _days(value: str, name: str) -> Days:
    days = days_of(value)
    if days is None:
        raise UsageError(f"{value!r} for {name} is no date: write 2022-01-21, 2022-01 or 2022.")
    return days


def _any(parts: Sequence[Condition]) -> Condition:
    return "(" + " OR ".join(sql for sql, _ in parts) + ")", [v for _, values in parts for v in values]


def _through_acts(view: View, condition: str, values: list[Any]) -> Condition:
    """A condition over the table act (and its report), for a view of reports or statements by report."""
    key = "report.key" if view == "report" else "statement.report"
    return f"EXISTS (SELECT 1 FROM act WHERE act.report = {key} AND {condition})", values


_ROLES = "role IN ('source', 'target')"


def _actor(view: View, actor: str) -> Condition:
    code = actor.upper()
    if view == "event":
        return "event.key IN (SELECT event FROM event_actor WHERE actor = ?)", [code]
    if view == "statement":
        return "statement.key IN (SELECT statement FROM statement_actor WHERE actor = ?)", [code]
    acts = f"act.key IN (SELECT act FROM act_actor WHERE actor = ? AND {_ROLES})"
    return (acts, [code]) if view == "act" else _through_acts(view, acts, [code])


def parse_dyad(dyad: str) -> tuple[str, str, bool]:
    """Return the two codes of a dyad and whether its direction counts; UsageError where it is none."""
    found = re.fullmatch(r"\s*([^\s:>]+)\s*([:>])\s*([^\s:>]+)\s*", dyad)
    if not found:
        raise UsageError(
            f"{dyad!r} is no dyad: write RUS>UKR for who acts on whom, or RUS:UKR for both directions."
        )
    return found[1].upper(), found[3].upper(), found[2] == ">"


def _dyad(view: View, dyad: str) -> Condition:
    one, other, directed = parse_dyad(dyad)
    if view == "statement":
        return _statement_dyad(one, other, directed)
    table = "event" if view == "event" else "act"
    key = f"{table}.key"
    by = f"{key} IN (SELECT {table} FROM {table}_actor WHERE actor = ? AND role = 'source')"
    forth = f"({by} AND {_to(table, key)})"
    sql, values = (forth, [one, other])
    if not directed:
        both = f"({by} AND {by})"
        sql, values = f"({forth} OR {forth} OR {both})", [one, other, other, one, one, other]
    return (sql, values) if view in ("act", "event") else _through_acts(view, sql, values)


def _statement_dyad(one: str, other: str, directed: bool) -> Condition:
    """What one of the two says in reports that tell of an act between them."""
    said = "statement.key IN (SELECT statement FROM statement_actor WHERE actor IN (?, ?))"
    told, values = _dyad("report", f"{one}{'>' if directed else ':'}{other}")
    return f"({said} AND {told})", [one, one if directed else other, *values]


def _to(table: str, key: str) -> str:
    return f"{key} IN (SELECT {table} FROM {table}_actor WHERE actor = ? AND role = 'target')"


def _issue(view: View, label: str) -> Condition:
    sub = "IN (SELECT issue FROM issue_name WHERE canon = ? UNION SELECT key FROM issue WHERE label = ?)"
    values = [canon_of(label), label]
    if view in ("act", "event"):
        return f"{view}.issue {sub}", values
    return _through_acts(view, f"act.issue {sub}", values)


def _type(view: View, value: str) -> Condition:
    (type_,) = types_of(value)
    if view in ("act", "event"):
        return f"{view}.type = ?", [type_]
    return _through_acts(view, "act.type = ?", [type_])


def _modality(view: View, value: str) -> Condition:
    (modality,) = modalities_of(value)
    if view in ("act", "event"):
        return f"{view}.modality = ?", [modality]
    return _through_acts(view, "act.modality = ?", [modality])


def _outlet(view: View, outlet: str) -> Condition:
    named = "report.outlet = ? COLLATE NOCASE"
    if view == "event":
        joined = "act JOIN report ON report.key = act.report"
        return f"event.key IN (SELECT act.event FROM {joined} WHERE {named})", [outlet]
    return named, [outlet]


def _since(view: View, value: str) -> Condition:
    first = iso(_days(value, "since").first)
    if view in ("act", "event"):
        return "event.last_day >= ?", [first]
    return "report.published >= ?", [value]


def _until(view: View, value: str) -> Condition:
    last = iso(_days(value, "until").last)
    if view in ("act", "event"):
        return "event.first_day <= ?", [last]
    return "substr(report.published, 1, 10) <= ?", [last]


def _contested(view: View) -> Condition:
    if view in ("act", "event"):
        return "event.contested = 1", []
    return _through_acts(view, "act.event IN (SELECT key FROM event WHERE contested = 1)", [])


def _search(view: View, search: str) -> Condition:
    match = match_of(search)
    evidence = "SELECT rowid FROM evidence_search WHERE evidence_search MATCH ?"
    if view == "act":
        return f"act.key IN ({evidence})", [match]
    if view == "event":
        return f"event.key IN (SELECT act.event FROM act WHERE act.key IN ({evidence}))", [match]
    return "report.key IN (SELECT rowid FROM report_search WHERE report_search MATCH ?)", [match]
