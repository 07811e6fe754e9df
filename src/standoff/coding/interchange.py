"""A coding in the codebook's own form: the object that `standoff code` writes, a line a report, and that gold data is
kept in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, cast, get_args

from standoff.errors import ReportError
from standoff.records import (
    ACT_TYPES,
    MODALITIES,
    Act,
    Coding,
    Form,
    Modality,
    Region,
    RegionKind,
    Report,
    Span,
    Statement,
    Time,
)


def record_of(coding: Coding) -> dict[str, Any]:
    """Return a coding as a JSON object in the codebook's fields, with confidence, rule and what was passed over."""
    report = coding.report
    return {
        "id": report.id,
        "title": report.title,
        "published": report.published,
        "published_how": report.published_how,
        "outlet": report.outlet,
        "author": report.author,
        "url": report.url,
        "format": report.format,
        "text": report.text,
        "times": [_written_time(time) for time in coding.times],
        "statements": [_written_statement(statement) for statement in coding.statements],
        "acts": [_written_act(act) for act in coding.acts],
        "regions": [{"span": list(region.span), "kind": region.kind} for region in report.regions],
        "passed_over": [list(span) for span in coding.passed_over],
        "notes": [*report.notes, *coding.notes],
    }


def _written_span(span: Span | None) -> list[int] | None:
    return None if span is None else list(span)


def _written_time(time: Time) -> dict[str, Any]:
    return {
        "span": list(time.span),
        "value": time.value,
        "start": time.start,
        "end": time.end,
        "rule": time.rule,
    }


def _written_statement(statement: Statement) -> dict[str, Any]:
    return {
        "source": _written_span(statement.source),
        "actor": list(statement.actor),
        "cue": list(statement.cue),
        "content": [list(piece) for piece in statement.content],
        "form": statement.form,
        "confidence": round(statement.confidence, 3),
        "guess": statement.guess,
        "rule": statement.rule,
    }


def _written_act(act: Act) -> dict[str, Any]:
    return {
        "type": act.type,
        "source": list(act.source),
        "target": list(act.target),
        "modality": act.modality,
        "trigger": list(act.trigger),
        "evidence": list(act.evidence),
        "content": _written_span(act.content),
        "condition": _written_span(act.condition),
        "attribution": list(act.attribution),
        "date": act.date,
        "place": act.place,
        "issue": act.issue,
        "confidence": round(act.confidence, 3),
        "rule": act.rule,
    }


def coding_from(record: Mapping[str, Any], where: str = "record") -> Coding:
    """Return the coding that a JSON object in the codebook's fields describes.

    Raises ReportError, which names `where` and the field, for an object that is not one.
    """
    try:
        text = record["text"]
        report = Report(
            id=str(record["id"]),
            text=text,
            sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
            title=record.get("title"),
            published=record.get("published"),
            published_how=record.get("published_how", "given" if record.get("published") else "not found"),
            outlet=record.get("outlet"),
            author=record.get("author"),
            url=record.get("url"),
            format=record.get("format", "jsonl"),
            regions=tuple(_region(item) for item in record.get("regions", ())),
        )
        return Coding(
            report,
            tuple(_time(item) for item in record.get("times", ())),
            tuple(_statement(item) for item in record.get("statements", ())),
            tuple(_act(item) for item in record.get("acts", ())),
            tuple(_span(pair) for pair in record.get("passed_over", ())),
            tuple(str(note) for note in record.get("notes", ())),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise ReportError(
            where, f"this is no coded report in the codebook's fields ({problem}); code its text first."
        ) from problem


def _span(pair: Iterable[int]) -> Span:
    start, end = pair
    return Span(int(start), int(end))


def _optional(pair: Iterable[int] | None) -> Span | None:
    return None if pair is None else _span(pair)


def _region(item: Mapping[str, Any]) -> Region:
    if item["kind"] not in get_args(RegionKind):
        raise ValueError(f"the kind of region {item['kind']!r} is none of {', '.join(get_args(RegionKind))}")
    return Region(_span(item["span"]), cast(RegionKind, item["kind"]))


def _time(item: Mapping[str, Any]) -> Time:
    return Time(_span(item["span"]), item["value"], item.get("start"), item.get("end"), item.get("rule", ""))


def _statement(item: Mapping[str, Any]) -> Statement:
    if item["form"] not in ("direct", "indirect", "mixed"):
        raise ValueError(f"the form {item['form']!r} is none of direct, indirect, mixed")
    return Statement(
        source=_optional(item["source"]),
        actor=tuple(item["actor"]),
        cue=_span(item["cue"]),
        content=tuple(_span(pair) for pair in item["content"]),
        form=cast(Form, item["form"]),
        confidence=float(item.get("confidence", 1.0)),
        rule=item.get("rule", ""),
        guess=bool(item.get("guess", False)),
    )


def _act(item: Mapping[str, Any]) -> Act:
    if item["type"] not in ACT_TYPES:
        raise ValueError(f"the act type {item['type']!r} is none of PLOVER's sixteen")
    if item["modality"] not in MODALITIES:
        raise ValueError(f"the modality {item['modality']!r} is none of {', '.join(MODALITIES)}")
    return Act(
        type=item["type"],
        source=tuple(item["source"]),
        target=tuple(item["target"]),
        modality=cast(Modality, item["modality"]),
        trigger=_span(item["trigger"]),
        evidence=_span(item["evidence"]),
        content=_optional(item.get("content")),
        condition=_optional(item.get("condition")),
        attribution=tuple(item.get("attribution") or ()),
        date=item.get("date"),
        place=item.get("place"),
        issue=item.get("issue") or "",
        confidence=float(item.get("confidence", 1.0)),
        rule=item.get("rule", ""),
    )
