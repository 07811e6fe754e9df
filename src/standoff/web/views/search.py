"""Search: the reports that hold words, with the passage around them; and the way to the records that quote them."""

from __future__ import annotations

from standoff.brief.safety import plain
from standoff.web.address import Address, report_path
from standoff.web.passages import marked_passage, words_of
from standoff.web.view import Ask, Shown, View, routes

ROWS = 30


def search(ask: Ask) -> Shown:
    """Show what holds the words of the address: /search?search=written+answer."""
    words = ask.address.get("search")
    page = ask.dossier.search(words, ROWS, ask.address.get("after") or None) if words else None
    hits = page.items if page else ()
    sought = words_of(words)
    return Shown(
        f"Search: {plain(words)}" if words else "Search",
        "search.html",
        {
            "page": page,
            "words": words,
            "hits": [(hit, marked_passage(hit.passage, sought)) for hit in hits],
            "events": Address("/events", (("search", words),)),
            "statements": Address("/statements", (("search", words),)),
        },
        lambda: [
            {
                "report": hit.label.id,
                "title": hit.label.title,
                "outlet": hit.label.outlet,
                "published": hit.label.published,
                "passage": hit.passage,
                "address": report_path(hit.report),
            }
            for hit in hits
        ],
        ask.address.but(after=page.next) if page and page.next else None,
    )


ROUTES = routes(View("/search", search))
