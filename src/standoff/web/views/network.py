"""The network: who acts on whom in events that happened, as a picture and as a table."""

from __future__ import annotations

from standoff.brief.names import actor_name
from standoff.web.address import filters_of
from standoff.web.circle import circle_of
from standoff.web.filtering import bar_of
from standoff.web.view import Ask, Shown, View, routes

ROWS = 100
FIELDS = ("actor", "dyad", "issue", "type", "since", "until", "outlet", "contested")


def network(ask: Ask) -> Shown:
    """Show the ties that the filters let through, strongest first."""
    page = ask.dossier.page_ties(ROWS, ask.address.get("after") or None, **filters_of(ask.address))
    first = not ask.address.get("after")
    return Shown(
        "Network",
        "network.html",
        {
            "page": page,
            "circle": circle_of(page.items) if first else None,
            "bar": bar_of(ask.address, *FIELDS),
            "events": ask.address.at("/events").but(dyad=None, modality="actual"),
        },
        lambda: [
            {
                "source": tie.source,
                "target": tie.target,
                "source_name": actor_name(tie.source),
                "target_name": actor_name(tie.target),
                "conflict_words": tie.conflict_words,
                "conflict_deeds": tie.conflict_deeds,
                "cooperation_words": tie.cooperation_words,
                "cooperation_deeds": tie.cooperation_deeds,
                "events": list(tie.events),
            }
            for tie in page.items
        ],
        ask.address.but(after=page.next) if page.next else None,
    )


ROUTES = routes(View("/network", network))
