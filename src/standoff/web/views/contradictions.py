"""Contradictions: what sources tell differently, and deeds that go against words."""

from __future__ import annotations

from typing import Any

from standoff.dossier.views.contradictions import Contradiction
from standoff.web.address import filters_of
from standoff.web.changing import change_line, changes_material
from standoff.web.filtering import bar_of
from standoff.web.lines import material_of, short_line
from standoff.web.records import change_record, event_record
from standoff.web.view import Ask, Shown, View, routes

ROWS = 40
FIELDS = ("actor", "dyad", "issue", "type", "since", "until", "outlet")


def contradictions(ask: Ask) -> Shown:
    """Show contradictions by day."""
    page = ask.dossier.page_contradictions(ROWS, ask.address.get("after") or None, **filters_of(ask.address))
    events = [one.event for one in page.items if one.event is not None]
    material = material_of(ask.dossier, events=events)
    broken = changes_material(ask.dossier, [one.change for one in page.items if one.change is not None])
    rows = [
        (
            short_line(material, one.event) if one.event else None,
            change_line(broken, one.change) if one.change else None,
        )
        for one in page.items
    ]

    def record(one: Contradiction) -> dict[str, Any]:
        if one.event is not None:
            return {"contradiction": one.kind, **event_record(material, one.event)}
        assert one.change is not None
        return {"contradiction": one.kind, **change_record(broken, one.change)}

    return Shown(
        "Contradictions",
        "contradictions.html",
        {"page": page, "rows": rows, "bar": bar_of(ask.address, *FIELDS)},
        lambda: [record(one) for one in page.items],
        ask.address.but(after=page.next) if page.next else None,
    )


ROUTES = routes(View("/contradictions", contradictions))
