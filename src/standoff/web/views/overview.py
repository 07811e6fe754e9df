"""The overview: what is new since the last visit, who against whom, and tension over time."""

from __future__ import annotations

from standoff.web.lines import lines_of, material_of
from standoff.web.records import event_record
from standoff.web.view import Ask, Shown, View, routes

LATEST = 12


def overview(ask: Ask) -> Shown:
    """Show the state of the dossier at a glance."""
    counts = ask.dossier.count()
    events = ask.dossier.timeline()[-LATEST:][::-1]
    return Shown(
        "Overview",
        "overview.html",
        {"counts": counts, "latest": lines_of(ask.dossier, events)},
        lambda: [event_record(material_of(ask.dossier, events=events), event) for event in events],
    )


ROUTES = routes(View("/", overview))
