"""Sources: outlets, and reports with what was found in them."""

from __future__ import annotations

from typing import Any

from standoff.brief.safety import plain
from standoff.brief.sources import report_name
from standoff.records import StoredReport
from standoff.web import lookups
from standoff.web.address import filters_of, report_path
from standoff.web.filtering import bar_of
from standoff.web.view import Ask, Shown, View, routes

ROWS = 50
OUTLETS = 60
FIELDS = ("outlet", "actor", "dyad", "issue", "type", "modality", "since", "until", "search")


def sources(ask: Ask) -> Shown:
    """Show the reports that the filters let through, newest first unless asked otherwise, and the outlets."""
    page = ask.dossier.page_reports(
        ROWS,
        ask.address.get("after") or None,
        newest=ask.address.get("order") != "oldest",
        **filters_of(ask.address),
    )
    voices = lookups.reports_by_key(
        ask.dossier, [stored.voice for stored in page.items if stored.voice != stored.key]
    )
    rows = [
        (stored, report_name(stored.report), voices.get(stored.voice) if stored.voice != stored.key else None)
        for stored in page.items
    ]
    first = not ask.address.get("after")
    return Shown(
        "Sources",
        "sources.html",
        {
            "page": page,
            "rows": rows,
            "report_name": report_name,
            "outlets": ask.dossier.facets("outlet", OUTLETS) if first else (),
            "most": OUTLETS,
            "bar": bar_of(ask.address, *FIELDS, keep=("order",)),
        },
        lambda: [report_record(stored) for stored in page.items],
        ask.address.but(after=page.next) if page.next else None,
    )


def report_record(stored: StoredReport) -> dict[str, Any]:
    """Return a report's metadata, as `standoff reports --format json` writes it, with its address."""
    report = stored.report
    return {
        "report": report.id,
        "key": stored.key,
        "title": plain(report.title) or None,
        "outlet": report.outlet,
        "author": report.author,
        "published": report.published,
        "published_how": report.published_how,
        "url": report.url,
        "sha256": report.sha256,
        "added": stored.added,
        "voice": stored.voice,
        "address": report_path(stored.key),
    }


ROUTES = routes(View("/sources", sources))
