"""A coding in the codebook's own form: the objects that `standoff code` writes and gold data is kept in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, cast

from standoff.errors import ReportError
from standoff.records import ACT_TYPES, MODALITIES, Act, Coding, Form, Modality, Report, Span, Statement, Time


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
        )
        return Coding(
            report,
            tuple(_time(item) for item in record.get("times", ())),
            tuple(_statement(item) for item in record.get("statements", ())),
            tuple(_act(item) for item in record.get("acts", ())),
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
