"""The reader: one report whole, its records marked in its text and listed below it."""

from __future__ import annotations

from standoff.brief.lines import line_of
from standoff.brief.sources import source_of
from standoff.brief.tables import act_tables, speakers_of
from standoff.dossier.views.details import Details
from standoff.web import lookups
from standoff.web.lines import material_of
from standoff.web.records import act_record, statement_record
from standoff.web.view import Ask, NotFound, Shown, View, routes


def report(ask: Ask) -> Shown:
    """Show a report with the acts and statements in it."""
    key = ask.key()
    stored = ask.dossier.report_by_key(key)
    if stored is None:
        raise NotFound(f"There is no report {key} in this dossier.")
    found = ask.dossier.records_of(key)
    acts, statements = found.acts, found.statements
    events = lookups.events_by_key(ask.dossier, {act.event for act in acts})
    material = material_of(
        ask.dossier,
        events=events.values(),
        acts=acts,
        statements=statements,
        reports=[key, stored.voice],
        details={key: Details(found.times, found.passed_over, found.notes)},
    )
    lines = {event.key: line_of(material, event) for event in material.events}
    source = source_of(material, lines, stored, acts, statements)
    page = {"acts": act_tables(material, lines), "speakers": speakers_of(material)}
    return Shown(
        source.title,
        "report.html",
        {"source": source, "page": page, "key": key},
        lambda: [
            *(act_record(material, act) for act in acts),
            *(statement_record(material, statement) for statement in statements),
        ],
    )


ROUTES = routes(View("/report/{key}", report))
