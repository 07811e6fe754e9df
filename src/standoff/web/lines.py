"""The lines of a page: the brief's form of an event or statement, made from the records of this page alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from standoff.brief.lines import Evidence, Line, line_of
from standoff.brief.material import Material
from standoff.dossier.dossier import Dossier
from standoff.dossier.views.details import Details
from standoff.records import Event, StoredAct, StoredStatement
from standoff.web import lookups
from standoff.web.address import event_path, report_path

TELLINGS = 5
"""How many tellings of an event are linked in a list."""


def material_of(
    dossier: Dossier,
    *,
    events: Iterable[Event] = (),
    acts: Iterable[StoredAct] = (),
    statements: Iterable[StoredStatement] = (),
    reports: Iterable[int] = (),
    details: Mapping[int, Details] | None = None,
) -> Material:
    """Return what the brief makes lines from, for these records: their acts, their reports, links to the reader."""
    events, statements = tuple(events), tuple(statements)
    held = {act.key: act for act in acts}
    missing = {key for event in events for key in event.acts} - held.keys()
    held.update(dossier.acts_by_key(missing))
    told = {act.report for act in held.values()} | {stored.report for stored in statements} | set(reports)
    return Material(
        reports=tuple(lookups.reports_by_key(dossier, told).values()),
        statements=statements,
        acts=tuple(held[key] for key in sorted(held)),
        events=events,
        details=details or {},
        address_of=report_path,
    )


def short_line(material: Material, event: Event) -> Line:
    """Return the line of an event with its first tellings alone; where there are more, a link leads to all."""
    line = line_of(material, event)
    tellings = tuple(replace(told, evidence=told.evidence[:TELLINGS]) for told in line.tellings)
    if len(line.evidence) <= TELLINGS:
        return replace(line, tellings=tellings)
    more = len(line.evidence) - TELLINGS
    everything = Evidence(
        event_path(event.key), f"+{more}", f"All {len(line.evidence)} tellings of this event"
    )
    return replace(line, tellings=tellings, evidence=(*line.evidence[:TELLINGS], everything))


def act_line(material: Material, stored: StoredAct) -> Line:
    """Return the line of an act as its report alone tells it."""
    act = stored.act
    alone = Event(
        key=stored.event,
        type=act.type,
        source=act.source,
        target=act.target,
        date=act.date,
        place=act.place,
        issue=stored.issue,
        modality=act.modality,
        acts=(stored.key,),
        reports=(stored.report,),
        voices=1,
        quote=stored.quote,
        date_known=act.date is not None,
    )
    return line_of(material, alone)
