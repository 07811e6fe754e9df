"""Records for programs: what the twins of the views hold, as the command line writes it, with addresses in the app."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from standoff.brief.material import Material
from standoff.dossier.tables.json_records import (
    act_json,
    change_json,
    event_json,
    evidence_of,
    statement_evidence,
    statement_json,
)
from standoff.records import Change, Event, StoredAct, StoredStatement


def evidence_record(material: Material, acts: Iterable[StoredAct]) -> list[dict[str, Any]]:
    """Return where acts are told: report, offsets in code points, the words, and where the reader shows them."""
    shown = list(acts)
    found = evidence_of(shown, {act.report: material.report_by_key[act.report].report for act in shown})
    for record, act in zip(found, shown, strict=True):
        record["address"] = f"{material.address_of(act.report)}#a{act.key}"
    return found


def _told(material: Material, keys: Iterable[int]) -> list[dict[str, Any]]:
    """Return the evidence of those acts that are at hand."""
    acts = material.act_by_key
    return evidence_record(material, (acts[key] for key in keys if key in acts))


def event_record(material: Material, event: Event) -> dict[str, Any]:
    """Return an event, as `standoff timeline --format json` writes it, with addresses."""
    return event_json(event, _told(material, event.acts))


def act_record(material: Material, stored: StoredAct) -> dict[str, Any]:
    """Return an act, as `standoff acts --format json` writes it, with its address."""
    return act_json(stored, evidence_record(material, [stored]))


def statement_record(material: Material, stored: StoredStatement) -> dict[str, Any]:
    """Return a statement, as `standoff statements --format json` writes it, with its address."""
    evidence = statement_evidence(stored, material.report_by_key[stored.report].report)
    evidence[0]["address"] = f"{material.address_of(stored.report)}#s{stored.key}"
    return statement_json(stored, evidence)


def change_record(material: Material, change: Change) -> dict[str, Any]:
    """Return a change, as `standoff changed --format json` writes it, with addresses."""
    return change_json(change, _told(material, change.before), _told(material, change.acts))
