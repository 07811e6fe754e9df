"""The twins of a view: the same records as JSON or CSV, under the address of the page with .json or .csv."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from starlette.responses import Response

from standoff.dossier.tables.spreadsheet import records_csv

if TYPE_CHECKING:
    from standoff.web.view import Shown


def twin_response(form: str, name: str, shown: Shown) -> Response:
    """Return a view's records: JSON as {"title", "records", "next"}, CSV with one line for each piece of evidence.

    `next` is the address of the records after these, or null; CSV names it in a Link header.
    """
    records = [dict(record) for record in shown.records()]
    following = str(shown.more.twin(form)) if shown.more else None
    if form == "json":
        body = json.dumps(
            {"title": shown.title, "records": records, "next": following},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        return Response(body, media_type="application/json")
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    if following:
        headers["link"] = f'<{following}>; rel="next"'
    return Response(records_csv(records), media_type="text/csv; charset=utf-8", headers=headers)
