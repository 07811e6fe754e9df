"""The overview: what is new since the last visit, who against whom, and tension over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from standoff.brief.names import actor_name
from standoff.dossier.days import days_of, iso
from standoff.records import Tie
from standoff.web import lookups
from standoff.web.address import Address
from standoff.web.changing import ChangeLine, change_lines
from standoff.web.charts import Chart, chart_of, weeks_of
from standoff.web.lines import material_of, short_line
from standoff.web.naming import is_dyad
from standoff.web.novelty import novelty_of
from standoff.web.records import event_record
from standoff.web.view import Ask, Shown, View, routes

LATEST = 10
CHANGES = 6
PAIRS = 8
WEEK = 7
MARGIN = 28
"""Days before the first and after the last report that the picture of tension shows."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two actors: how each acts on the other, and their weeks."""

    names: tuple[str, str]
    dyad: str
    ties: tuple[Tie, ...]
    spark: Chart | None


def overview(ask: Ask) -> Shown:
    """Show the state of the dossier at a glance."""
    counts = ask.dossier.count()
    newest = ask.dossier.page_events(limit=LATEST, newest=True)
    since = ask.person.since
    new = novelty_of(ask.dossier, since, LATEST) if since else None
    events = (
        list(lookups.events_by_key(ask.dossier, new.events).values())
        if new and new.events
        else list(newest.items)
    )
    material = material_of(ask.dossier, events=events)
    day = last_day(ask, before=WEEK)
    changes: Sequence[ChangeLine] = ()
    changed = 0
    if day:
        page = ask.dossier.page_changes(since=day, limit=CHANGES)
        changes, changed = change_lines(ask.dossier, page.items), page.total
    weeks = weeks_of(ask.dossier.pulse(**_period(ask)))
    return Shown(
        "Overview",
        "overview.html",
        {
            "counts": counts,
            "new": new,
            "since": since,
            "lines": [short_line(material, event) for event in events],
            "changes": changes,
            "changed": changed,
            "changed_since": day,
            "tension": chart_of(weeks, width=940, height=120),
            "pairs": _pairs(ask, weeks),
            "timeline": Address("/timeline"),
        },
        lambda: _records(ask, counts, events, material),
        cookies=ask.visited,
    )


def _records(ask: Ask, counts: dict[str, int], events: Sequence[Any], material: Any) -> list[dict[str, Any]]:
    return [
        {"record": "counts", **counts},
        *({"record": "event", **event_record(material, e)} for e in events),
    ]


def last_day(ask: Ask, before: int = 0) -> str:
    """Return the day on which the newest report came out, or one so many days before it; "" where none is known."""
    for stored in ask.dossier.page_reports(limit=1, newest=True).items:
        days = days_of(stored.report.published)
        if days is not None:
            return iso(days.last - before)
    return ""


def _period(ask: Ask) -> dict[str, str]:
    """Return the days between which the reports came out, with a margin: what they tell of other years is no tension."""
    found = []
    for newest in (False, True):
        for stored in ask.dossier.page_reports(limit=1, newest=newest).items:
            found.append(days_of(stored.report.published))
    if len(found) < 2 or found[0] is None or found[1] is None:
        return {}
    return {"since": iso(found[0].first - MARGIN), "until": iso(found[1].last + MARGIN)}


def _pairs(ask: Ask, weeks: Sequence[tuple[str, int, int]]) -> tuple[PairRow, ...]:
    """Return the pairs with most events, both directions of a pair together."""
    pairs: dict[tuple[str, str], list[Tie]] = {}
    for tie in ask.dossier.page_ties(limit=4 * PAIRS).items:
        one, other = sorted((tie.source, tie.target))
        pairs.setdefault((one, other), []).append(tie)
    period = _period(ask)
    first, last = (min(w[0] for w in weeks), max(w[0] for w in weeks)) if weeks else ("", "")
    rows = []
    for one, other in list(pairs)[:PAIRS]:
        dyad = f"{one}:{other}"
        own = weeks_of(ask.dossier.pulse(dyad=dyad, **period)) if is_dyad(dyad) else []
        rows.append(
            PairRow(
                (actor_name(one), actor_name(other)),
                dyad,
                tuple(sorted(pairs[one, other], key=lambda tie: tie.source)),
                chart_of(own, width=150, height=30, first=first, last=last),
            )
        )
    return tuple(rows)


ROUTES = routes(View("/", overview))
