"""Every view as a table, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from standoff.dossier.tables import picture_tables, record_tables
from standoff.dossier.tables.rows import Row, Table, counted, plain, sign_of
from standoff.dossier.views.filters import Filters
from standoff.dossier.views.paging import USUAL
from standoff.dossier.views.views import Views

__all__ = ["VIEWS", "Row", "Table", "counted", "plain", "sign_of", "stream", "table_of"]

VIEWS: dict[str, Callable[[Views, Filters, int, str | None], Table]] = {
    "timeline": record_tables.timeline,
    "positions": picture_tables.positions,
    "acts": record_tables.acts,
    "statements": record_tables.statements,
    "reports": record_tables.reports,
    "numbers": record_tables.numbers,
    "contradictions": picture_tables.contradictions,
    "tension": picture_tables.tension,
    "network": picture_tables.network,
}
"""The views that take filters alone; "changed" takes a day as well."""


def table_of(
    dossier: Views,
    view: str,
    filters: Filters,
    since: str | None = None,
    limit: int = USUAL,
    after: str | None = None,
) -> Table:
    """Return a page of a view; `since` is for the view "changed" only, `after` is `Table.next` of the page before."""
    if view == "changed":
        return picture_tables.changed(dossier, since or "", filters, limit, after)
    return VIEWS[view](dossier, filters, limit, after)


def stream(
    dossier: Views, view: str, filters: Filters, since: str | None = None, limit: int | None = None
) -> Iterator[Table]:
    """Yield a view page by page, in memory that does not grow with it; at most `limit` rows, where that is given."""
    after: str | None = None
    left = limit
    while True:
        size = USUAL if left is None else min(USUAL, max(1, left))
        table = table_of(dossier, view, filters, since, size, after)
        if left is not None:
            table = replace(table, rows=table.rows[:left])
            left -= len(table.rows)
        yield table
        after = table.next
        if after is None or left == 0:
            return
