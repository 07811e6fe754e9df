"""Changes: what became different in the positions from a day on."""

from __future__ import annotations

from typing import cast

from standoff.brief.wording import date_words
from standoff.dossier.views.filters import Matter
from standoff.errors import UsageError
from standoff.web.address import filters_of
from standoff.web.changing import change_lines, changes_material
from standoff.web.filtering import bar_of
from standoff.web.records import change_record
from standoff.web.view import Ask, Shown, View, routes
from standoff.web.views.overview import WEEK, last_day

ROWS = 50
FIELDS = ("since", "actor", "dyad", "issue", "outlet")


def changes(ask: Ask) -> Shown:
    """Show what changed since a day: of the address, else a week before the newest report."""
    since = ask.address.get("since") or last_day(ask, before=WEEK)
    if not since:
        raise UsageError(
            "No report here has a day of publication: name the day from which on changes are asked."
        )
    matter = cast(Matter, {name: value for name, value in filters_of(ask.address).items() if name != "since"})
    page = ask.dossier.page_changes(since, ROWS, ask.address.get("after") or None, **matter)
    return Shown(
        f"Positions that changed since {date_words(since)}",
        "changes.html",
        {
            "page": page,
            "changes": change_lines(ask.dossier, page.items),
            "bar": bar_of(ask.address.but(since=since), *FIELDS),
        },
        lambda: [change_record(changes_material(ask.dossier, page.items), change) for change in page.items],
        ask.address.but(after=page.next) if page.next else None,
    )


ROUTES = routes(View("/changes", changes))
