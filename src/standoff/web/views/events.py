"""Events: what happened or was said, as all reports together tell it; and one event with all its tellings."""

from __future__ import annotations

from standoff.brief.lines import Line, line_of
from standoff.web.address import filters_of
from standoff.web.filtering import bar_of
from standoff.web.lines import act_line, material_of, short_line
from standoff.web.records import event_record
from standoff.web.view import Ask, NotFound, Shown, View, routes

ROWS = 50
FIELDS = (
    "actor", "dyad", "issue", "type", "kind", "tone", "modality", "since", "until", "outlet", "search", "contested",
)  # fmt: skip


def events(ask: Ask) -> Shown:
    """Show the events that the filters let through, newest first unless asked otherwise."""
    page = ask.dossier.page_events(
        limit=ROWS,
        after=ask.address.get("after") or None,
        newest=ask.address.get("order") != "oldest",
        **filters_of(ask.address),
    )
    material = material_of(ask.dossier, events=page.items)
    return Shown(
        "Events",
        "events.html",
        {
            "page": page,
            "lines": [short_line(material, event) for event in page.items],
            "bar": bar_of(ask.address, *FIELDS, keep=("order",)),
        },
        lambda: [event_record(material, event) for event in page.items],
        ask.address.but(after=page.next) if page.next else None,
    )


def event(ask: Ask) -> Shown:
    """Show one event: every telling of it, and where sources differ."""
    found = ask.dossier.event_by_key(ask.key())
    if found is None:
        raise NotFound(
            f"There is no event {ask.key()} in this dossier; it may have become part of another one."
        )
    material = material_of(ask.dossier, events=[found])
    line = line_of(material, found)
    tellings = [
        (act_line(material, material.act_by_key[key]), material.act_by_key[key])
        for key in found.acts
        if key in material.act_by_key
    ]
    return Shown(
        heading_of(line),
        "event.html",
        {"event": found, "line": line, "tellings_of": tellings, "material": material},
        lambda: [event_record(material, found)],
    )


def heading_of(line: Line) -> str:
    """Return a line as a heading: "Russia demands of NATO"."""
    return line.sentence[:1].upper() + line.sentence[1:]


ROUTES = routes(View("/events", events), View("/events/{key}", event))
