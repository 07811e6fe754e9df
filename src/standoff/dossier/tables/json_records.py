"""Records for programs: the JSON of the views, the same on the command line and in the browser.

Spans are in code points of the report's text; `evidence` is made apart, because the browser adds addresses to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from standoff.records import Change, Event, PositionEntry, StoredAct, StoredStatement

Json = dict[str, Any]


class Named(Protocol):
    """What evidence says of the report that it stands in."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def outlet(self) -> str | None:
        """Who published it."""

    @property
    def published(self) -> str | None:
        """The day of publication."""


def evidence_of(acts: Iterable[StoredAct], reports: Mapping[int, Named]) -> list[Json]:
    """Return where acts are told: report, span and words; `reports` go by their keys."""
    return [
        {
            "report": reports[stored.report].id,
            "outlet": reports[stored.report].outlet,
            "published": reports[stored.report].published,
            "start": stored.act.evidence.start,
            "end": stored.act.evidence.end,
            "quote": stored.quote,
            "act": stored.key,
            "modality": stored.act.modality,
            "date": stored.act.date,
        }
        for stored in acts
    ]


def statement_evidence(stored: StoredStatement, report: Named) -> list[Json]:
    """Return where a statement stands: from the first of its source, cue and content to the last."""
    said = stored.statement
    spans = [*([said.source] if said.source else []), said.cue, *said.content]
    return [
        {
            "report": report.id,
            "outlet": report.outlet,
            "published": report.published,
            "start": min(span.start for span in spans),
            "end": max(span.end for span in spans),
            "quote": stored.quote,
        }
    ]


def event_json(event: Event, evidence: list[Json]) -> Json:
    """Return an event."""
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
        "tellings": len(event.acts),
        "contested": event.contested,
        "versions": [
            {"field": v.field, "value": v.value, "voices": v.voices, "acts": list(v.acts)}
            for v in event.versions
        ],
        "evidence": evidence,
    }


def act_json(stored: StoredAct, evidence: list[Json]) -> Json:
    """Return an act as one report tells it."""
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
        "evidence": evidence,
    }


def statement_json(stored: StoredStatement, evidence: list[Json]) -> Json:
    """Return who says what."""
    said = stored.statement
    return {
        "statement": stored.key,
        "actor": list(said.actor),
        "guess": said.guess,
        "form": said.form,
        "source": list(said.source) if said.source else None,
        "cue": list(said.cue),
        "content": [list(span) for span in said.content],
        "confidence": said.confidence,
        "rule": said.rule,
        "evidence": evidence,
    }


def entry_json(entry: PositionEntry) -> Json:
    """Return what an actor wants, refuses, offers or threatens."""
    return {
        "kind": entry.kind,
        "target": list(entry.target),
        "content": entry.content,
        "condition": entry.condition,
        "firmness": entry.firmness,
        "first": entry.first,
        "last": entry.last,
        "voices": entry.voices,
        "tellings": len(entry.acts),
        "also": list(entry.also),
    }


def change_json(change: Change, before: list[Json], evidence: list[Json]) -> Json:
    """Return what changed in a position, with the evidence of what was before and of what is new."""
    return {
        "kind": change.kind,
        "actor": change.actor,
        "issue": change.issue,
        "date": change.date,
        "note": change.note,
        "entry": entry_json(change.entry),
        "before": before,
        "evidence": evidence,
    }
