"""A coding in the codebook's own form: the object that `standoff code` writes, a line a report."""

from __future__ import annotations

from typing import Any

from standoff.records import Act, Coding, Span, Statement, Time


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
        "times": [_time(time) for time in coding.times],
        "statements": [_statement(statement) for statement in coding.statements],
        "acts": [_act(act) for act in coding.acts],
        "regions": [{"span": list(region.span), "kind": region.kind} for region in report.regions],
        "passed_over": [list(span) for span in coding.passed_over],
        "notes": [*report.notes, *coding.notes],
    }


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else list(span)


def _time(time: Time) -> dict[str, Any]:
    return {
        "span": list(time.span),
        "value": time.value,
        "start": time.start,
        "end": time.end,
        "rule": time.rule,
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "source": _span(statement.source),
        "actor": list(statement.actor),
        "cue": list(statement.cue),
        "content": [list(piece) for piece in statement.content],
        "form": statement.form,
        "confidence": round(statement.confidence, 3),
        "guess": statement.guess,
        "rule": statement.rule,
    }


def _act(act: Act) -> dict[str, Any]:
    return {
        "type": act.type,
        "source": list(act.source),
        "target": list(act.target),
        "modality": act.modality,
        "trigger": list(act.trigger),
        "evidence": list(act.evidence),
        "content": _span(act.content),
        "condition": _span(act.condition),
        "attribution": list(act.attribution),
        "date": act.date,
        "place": act.place,
        "issue": act.issue,
        "confidence": round(act.confidence, 3),
        "rule": act.rule,
    }
