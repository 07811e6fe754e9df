"""Issues: what is at stake; and one issue: who stands where, and what happened about it."""

from __future__ import annotations

from standoff.brief.matrix import entry_view
from standoff.brief.wording import shortened
from standoff.dossier.tables.json_records import entry_json
from standoff.errors import UsageError
from standoff.web.lines import material_of, short_line
from standoff.web.records import event_record
from standoff.web.view import Ask, NotFound, Shown, View, routes

MOST = 200
EVENTS = 20
ENTRIES = 100
TELLINGS = 4


def issues(ask: Ask) -> Shown:
    """Show the issues with most events; those that begin with what was typed, where something was."""
    starts = ask.address.get("starts")
    found = ask.dossier.facets("issue", MOST, starts)
    records = [
        {
            "issue": row.value,
            "events": row.events,
            "acts": row.acts,
            "statements": row.statements,
            "reports": row.reports,
        }
        for row in found
    ]
    return Shown("Issues", "issues.html", {"rows": records, "most": MOST, "starts": starts}, lambda: records)


def issue(ask: Ask) -> Shown:
    """Show one issue by its label: /issues/one?issue=gas+transit."""
    label = ask.address.get("issue")
    if not label:
        raise UsageError("Name the issue: /issues/one?issue=...")
    held = ask.dossier.page_positions(ENTRIES, issue=label)
    latest = ask.dossier.page_events(EVENTS, newest=True, issue=label)
    if not held.items and not latest.items:
        raise NotFound(f"There is no issue called {shortened(label, 60)!r} in this dossier.")
    keys = {key for item in held.items for key in item.entry.acts[-TELLINGS:]}
    material = material_of(ask.dossier, events=latest.items, acts=ask.dossier.acts_by_key(keys).values())
    by_actor: dict[str, list[object]] = {}
    for number, item in enumerate(held.items):
        by_actor.setdefault(item.actor, []).append(entry_view(material, item.actor, item.entry, number))
    return Shown(
        label,
        "issue.html",
        {
            "label": label,
            "held": held,
            "by_actor": by_actor,
            "latest": latest,
            "lines": [short_line(material, event) for event in latest.items],
        },
        lambda: [
            *({"record": "position", "actor": item.actor, **entry_json(item.entry)} for item in held.items),
            *({"record": "event", **event_record(material, event)} for event in latest.items),
        ],
    )


ROUTES = routes(View("/issues", issues), View("/issues/one", issue))
