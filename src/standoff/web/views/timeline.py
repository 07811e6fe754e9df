"""The timeline: a picture to zoom in, by actor or issue, and the same events as a table below it."""

from __future__ import annotations

import json
from typing import Any

from standoff.dossier.days import iso
from standoff.web.address import Address, filters_of
from standoff.web.filtering import bar_of
from standoff.web.lines import material_of, short_line
from standoff.web.picture import picture_of, window
from standoff.web.records import event_record
from standoff.web.view import Ask, Shown, View, data_route, routes

ROWS = 40
FIELDS = (
    "actor", "dyad", "issue", "type", "kind", "tone", "modality", "since", "until", "outlet", "search", "contested",
)  # fmt: skip
LANE_HEIGHT = 98
AXIS = 24
"""CSS pixels; static/timeline.js has the same."""


def timeline(ask: Ask) -> Shown:
    """Show the events of the days asked for, else those of the reports' days."""
    first, last = window(ask.dossier, ask.address)
    filters = filters_of(ask.address, since=iso(first), until=iso(last))
    page = ask.dossier.page_events(ROWS, ask.address.get("after") or None, **filters)
    material = material_of(ask.dossier, events=page.items)
    picture = _picture(ask)
    by_issue = ask.address.get("lanes") == "issue"
    return Shown(
        "Timeline",
        "timeline.html",
        {
            "page": page,
            "picture": json.dumps(picture, ensure_ascii=False, separators=(",", ":")),
            "height": LANE_HEIGHT * max(1, len(picture["lanes"])) + AXIS,
            "lines": [short_line(material, event) for event in page.items],
            "bar": bar_of(ask.address, *FIELDS, keep=("lanes",)),
            "by_issue": by_issue,
            "by_actors": ask.address.but(lanes=None),
            "by_issues": ask.address.but(lanes="issue"),
            "kind": ask.address.get("kind"),
            "data": Address("/timeline/picture.json"),
        },
        lambda: [event_record(material, event) for event in page.items],
        ask.address.but(after=page.next) if page.next else None,
    )


def picture(ask: Ask) -> object:
    """Give the picture alone, for another stretch of time."""
    return _picture(ask)


def _picture(ask: Ask) -> dict[str, Any]:
    """Return the picture; that of years adds up most of the dossier, and is remembered."""
    asked = ("picture", json.dumps(filters_of(ask.address), sort_keys=True), ask.address.get("lanes"))
    return ask.desk.remembered(ask.dossier, asked, lambda: picture_of(ask.dossier, ask.address))


ROUTES = [data_route("/timeline/picture.json", picture), *routes(View("/timeline", timeline))]
