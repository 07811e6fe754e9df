"""A record as JSON and back, without loss: how decisions keep what was told and what was decided."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, Literal

from standoff.records import Act, Span, Statement

RecordKind = Literal["act", "statement"]
Record = Act | Statement

ACT_SPANS = ("trigger", "evidence", "content", "condition")
ACT_CODES = ("source", "target", "attribution")


def fields_of(record: Record) -> dict[str, Any]:
    """Return a record's fields as JSON values: spans and lists of codes as lists."""
    return {field.name: _plain(getattr(record, field.name)) for field in dataclasses.fields(record)}


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def record_of(kind: RecordKind, fields: dict[str, Any]) -> Record:
    """Return the record with these fields; the inverse of `fields_of`."""
    given = dict(fields)
    if kind == "act":
        for name in ACT_SPANS:
            given[name] = None if given[name] is None else Span(*given[name])
        for name in ACT_CODES:
            given[name] = tuple(given[name])
        return Act(**given)
    given["source"] = None if given["source"] is None else Span(*given["source"])
    given["actor"] = tuple(given["actor"])
    given["cue"] = Span(*given["cue"])
    given["content"] = tuple(Span(*piece) for piece in given["content"])
    return Statement(**given)


def written(record: Record) -> str:
    """Return a record as JSON text."""
    return json.dumps(fields_of(record), ensure_ascii=False)


def read(kind: RecordKind, text: str) -> Record:
    """Return the record that `written` wrote."""
    return record_of(kind, json.loads(text))


def extent(record: Record) -> Span:
    """Return what a record is found again by: the evidence of an act, a statement from first to last span."""
    if isinstance(record, Act):
        return record.evidence
    spans = [*([record.source] if record.source else []), record.cue, *record.content]
    return Span(min(span.start for span in spans), max(span.end for span in spans))
