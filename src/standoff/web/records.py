"""Records for programs: what the twins of the views hold, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from standoff.brief.material import Material
from standoff.records import Event, PositionEntry, StoredAct, StoredStatement


def evidence_record(material: Material, acts: Iterable[StoredAct]) -> list[dict[str, Any]]:
    """Return where acts are told: report, offsets in code points, and the words."""
    found = []
    for stored in acts:
        report = material.report_by_key[stored.report].report
        found.append(
            {
                "report": report.id,
                "outlet": report.outlet,
                "published": report.published,
                "start": stored.act.evidence.start,
                "end": stored.act.evidence.end,
                "quote": stored.quote,
                "act": stored.key,
                "modality": stored.act.modality,
                "date": stored.act.date,
                "address": f"{material.address_of(stored.report)}#a{stored.key}",
            }
        )
    return found


def event_record(material: Material, event: Event) -> dict[str, Any]:
    """Return an event, as `standoff timeline --format json` writes it, with addresses."""
    acts = (material.act_by_key[key] for key in event.acts if key in material.act_by_key)
    return {
        "event": event.key,
        "type": event.type,
        "source": list(event.source),
        "target": list(event.target),
        "date": event.date,
        "date_known": event.date_known,
        "place": event.place,
        "issue": event.issue,
        "modality": event.modality,
        "voices": event.voices,
        "contested": event.contested,
        "versions": [
            {"field": v.field, "value": v.value, "voices": v.voices, "acts": list(v.acts)}
            for v in event.versions
        ],
        "evidence": evidence_record(material, acts),
    }


def act_record(material: Material, stored: StoredAct) -> dict[str, Any]:
    """Return an act, as `standoff acts --format json` writes it."""
    act = stored.act
    return {
        "act": stored.key,
        "event": stored.event,
        "type": act.type,
        "source": list(act.source),
        "target": list(act.target),
        "modality": act.modality,
        "trigger": list(act.trigger),
        "content": list(act.content) if act.content else None,
        "condition": list(act.condition) if act.condition else None,
        "attribution": list(act.attribution),
        "date": act.date,
        "place": act.place,
        "issue": stored.issue,
        "confidence": act.confidence,
        "rule": act.rule,
        "evidence": evidence_record(material, [stored]),
    }


def statement_record(material: Material, stored: StoredStatement) -> dict[str, Any]:
    """Return a statement, as `standoff statements --format json` writes it."""
    said, report = stored.statement, material.report_by_key[stored.report].report
    spans = [*([said.source] if said.source else []), said.cue, *said.content]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    return {
        "statement": stored.key,
        "actor": list(said.actor),
        "source": list(said.source) if said.source else None,
        "cue": list(said.cue),
        "content": [list(span) for span in said.content],
        "form": said.form,
        "guess": said.guess,
        "confidence": said.confidence,
        "rule": said.rule,
        "evidence": [
            {
                "report": report.id,
                "outlet": report.outlet,
                "published": report.published,
                "start": start,
                "end": end,
                "quote": stored.quote,
                "address": f"{material.address_of(stored.report)}#s{stored.key}",
            }
        ],
    }


def entry_record(entry: PositionEntry) -> dict[str, Any]:
    """Return what an actor wants, refuses, offers or threatens, as `standoff positions --format json` writes it."""
    return {
        "kind": entry.kind,
        "target": list(entry.target),
        "content": entry.content,
        "condition": entry.condition,
        "firmness": entry.firmness,
        "first": entry.first,
        "last": entry.last,
        "voices": entry.voices,
        "also": list(entry.also),
    }
