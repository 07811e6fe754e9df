"""Statements: who says what, in the words of the source."""

from __future__ import annotations

from standoff.brief.names import actor_names
from standoff.brief.tables import statement_view
from standoff.brief.wording import joined
from standoff.web.address import filters_of
from standoff.web.filtering import bar_of
from standoff.web.lines import material_of
from standoff.web.records import statement_record
from standoff.web.view import Ask, Shown, View, routes
from standoff.web.views.events import ROWS

FIELDS = ("actor", "issue", "since", "until", "outlet", "search")


def statements(ask: Ask) -> Shown:
    """Show the statements that the filters let through."""
    page = ask.dossier.page_statements(
        limit=ROWS,
        after=ask.address.get("after") or None,
        newest=ask.address.get("order") != "oldest",
        **filters_of(ask.address),
    )
    material = material_of(ask.dossier, statements=page.items)
    rows = [
        (
            statement_view(material, stored),
            joined(actor_names(stored.statement.actor)),
            material.report_by_key[stored.report].report,
        )
        for stored in page.items
    ]
    return Shown(
        "Statements: who says what",
        "statements.html",
        {"page": page, "rows": rows, "bar": bar_of(ask.address, *FIELDS, keep=("order",))},
        lambda: [statement_record(material, stored) for stored in page.items],
        ask.address.but(after=page.next) if page.next else None,
    )


ROUTES = routes(View("/statements", statements))
