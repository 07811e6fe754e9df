"""Acts: what single reports tell of what was done or said, before reports that tell the same are brought together."""

from __future__ import annotations

from standoff.web.address import filters_of
from standoff.web.filtering import bar_of
from standoff.web.lines import act_line, material_of
from standoff.web.records import act_record
from standoff.web.view import Ask, Shown, View, routes
from standoff.web.views.events import FIELDS, ROWS


def acts(ask: Ask) -> Shown:
    """Show the acts that the filters let through."""
    page = ask.dossier.page_acts(
        limit=ROWS,
        after=ask.address.get("after") or None,
        newest=ask.address.get("order") != "oldest",
        **filters_of(ask.address),
    )
    material = material_of(ask.dossier, acts=page.items)
    return Shown(
        "Acts as single reports tell them",
        "acts.html",
        {
            "page": page,
            "rows": [
                (act_line(material, stored), stored, material.report_by_key[stored.report].report)
                for stored in page.items
            ],
            "bar": bar_of(ask.address, *FIELDS, keep=("order",)),
        },
        lambda: [act_record(material, stored) for stored in page.items],
        ask.address.but(after=page.next) if page.next else None,
    )


ROUTES = routes(View("/acts", acts))
