"""Actors: who is spoken of most; and one actor's profile: positions, acts, dyads, offices."""

from __future__ import annotations

from standoff.brief.matrix import entry_view
from standoff.brief.names import actor_name
from standoff.brief.wording import counted
from standoff.records import Tie
from standoff.web.address import Address, query_of
from standoff.web.charts import chart_of, weeks_of
from standoff.web.lines import material_of, short_line
from standoff.web.naming import code_of
from standoff.web.offices import offices_of
from standoff.web.records import event_record
from standoff.web.view import Ask, NotFound, Shown, View, routes
from standoff.web.views.overview import last_day

MOST = 200
EVENTS = 12
ENTRIES = 12
TELLINGS = 4


def actors(ask: Ask) -> Shown:
    """Show the actors with most events; those that begin with what was typed, where something was."""
    starts = ask.address.get("starts")
    found = ask.dossier.facets("actor", MOST, code_of(starts) if starts else "")
    records = [
        {
            "actor": row.value,
            "name": actor_name(row.value),
            "events": row.events,
            "acts": row.acts,
            "statements": row.statements,
            "reports": row.reports,
        }
        for row in found
    ]
    return Shown("Actors", "actors.html", {"rows": records, "most": MOST, "starts": starts}, lambda: records)


def actor(ask: Ask) -> Shown:
    """Show one actor."""
    code = ask.path["code"].upper()
    profile = ask.dossier.profile(code)
    if profile is None:
        raise NotFound(f"No record here names {actor_name(code)[:60]}.")
    latest = ask.dossier.page_events(EVENTS, newest=True, actor=code)
    held = ask.dossier.page_positions(ENTRIES, actor=code)
    keys = {key for item in held.items for key in item.entry.acts[-TELLINGS:]}
    material = material_of(ask.dossier, events=latest.items, acts=ask.dossier.acts_by_key(keys).values())
    pairs: dict[str, list[Tie]] = {}
    for tie in profile.ties:
        other = tie.target if tie.source == code else tie.source
        pairs.setdefault(other, []).append(tie)
    weeks = weeks_of(profile.weeks)
    return Shown(
        actor_name(code),
        "actor.html",
        {
            "code": code,
            "profile": profile,
            "lines": [short_line(material, event) for event in latest.items],
            "entries": [
                (item, entry_view(material, code, item.entry, number))
                for number, item in enumerate(held.items)
            ],
            "held": held,
            "pairs": pairs,
            "weeks_chart": chart_of(weeks[-260:], width=940, height=90),
            "timeline": Address("/timeline", (("actor", code),)),
            "offices": offices_of(code, last_day(ask)),
            "own": query_of({"actor": code}),
            "base": counted(profile.events, "event"),
        },
        lambda: [
            {
                "record": "actor",
                "actor": code,
                "name": actor_name(code),
                "events": profile.events,
                "acts": profile.acts,
                "statements": profile.statements,
                "reports": profile.reports,
                "types": profile.types,
                "issues": [list(pair) for pair in profile.issues],
            },
            *({"record": "event", **event_record(material, event)} for event in latest.items),
        ],
    )


ROUTES = routes(View("/actors", actors), View("/actors/{code:path}", actor))
