"""What the form of a record says that should be different: the fields as people write them, read as a correction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from standoff.brief.safety import plain
from standoff.dossier.dossier import Dossier
from standoff.dossier.hand import log
from standoff.dossier.hand.form import RecordKind
from standoff.dossier.hand.queue import Waiting
from standoff.errors import UsageError
from standoff.records import Act, Span
from standoff.web.naming import code_of

_SPAN = re.compile(r"\s*(\d{1,12})\s*[-–]\s*(\d{1,12})\s*")
_CODES = {"act": ("source", "target", "attribution"), "statement": ("actor",)}
_SPANS = {"act": ("trigger", "evidence", "content", "condition"), "statement": ("source", "cue")}
_EMPTY = {"act": ("content", "condition"), "statement": ("source",)}


def written(waiting: Waiting) -> dict[str, str]:
    """Return the fields of a record as its form holds them: codes with commas between, spans as "120-164"."""
    record = waiting.coded
    if isinstance(record, Act):
        codes = {"source": record.source, "target": record.target, "attribution": record.attribution}
        spans = {
            "trigger": record.trigger, "evidence": record.evidence, "content": record.content,
            "condition": record.condition,
        }  # fmt: skip
        texts = {"type": record.type, "modality": record.modality, "date": record.date, "place": record.place}
        texts["issue"] = waiting.issue
    else:
        codes, texts = {"actor": record.actor}, {"form": record.form}
        spans = {"source": record.source, "cue": record.cue}
    found = {name: plain(", ".join(value)) for name, value in codes.items()}
    found |= {name: offsets(value) for name, value in spans.items()}
    found |= {name: plain(value) for name, value in texts.items()}
    if not isinstance(record, Act):
        found["content"] = ", ".join(offsets(piece) for piece in record.content)
    return found


def offsets(span: Span | None) -> str:
    """Return a span as a form holds it."""
    return f"{span.start}-{span.end}" if span else ""


def changes_in(dossier: Dossier, waiting: Waiting, form: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields in which a form differs from what it held at first, as `Hand.correct` takes them.

    A field that the form does not have stays as it is. A span is written as its offsets in code points
    ("120-164"), or as its words, which are looked for nearest to the record. Raises UsageError for what is
    neither.
    """
    found: dict[str, Any] = {}
    for name, before in written(waiting).items():
        value = plain(form.get(name, before))
        if value != before:
            found[name] = _read(dossier, waiting, name, value)
    return found


def _read(dossier: Dossier, waiting: Waiting, name: str, value: str) -> Any:
    if name == "content" and waiting.kind == "statement":
        return _pieces(dossier, waiting, value)
    if name in _CODES[waiting.kind]:
        return _codes(value)
    if name in _SPANS[waiting.kind]:
        return _span(dossier, waiting, name, value)
    return value or (None if name in ("date", "place") else "")


def _codes(value: str) -> list[str]:
    """Actors by code or name, with commas between."""
    return [code_of(one).upper() for one in value.split(",") if one.strip()]


def _span(dossier: Dossier, waiting: Waiting, name: str, value: str) -> list[int] | None:
    if not value:
        if name in _EMPTY[waiting.kind]:
            return None
        raise UsageError(f"The {name} cannot be empty: mark its words in the text.")
    return _offsets(dossier, waiting.kind, waiting.record, value)


def _pieces(dossier: Dossier, waiting: Waiting, value: str) -> list[list[int]]:
    """The pieces of a statement's content: offsets with commas between, or words with | between."""
    by_offsets = all(_SPAN.fullmatch(piece) for piece in value.split(","))
    pieces = value.split(",") if by_offsets else value.split("|")
    found = [
        _offsets(dossier, waiting.kind, waiting.record, piece.strip()) for piece in pieces if piece.strip()
    ]
    if not found:
        raise UsageError("The content cannot be empty: mark its words in the text.")
    return sorted(found)


def _offsets(dossier: Dossier, kind: RecordKind, record: int, value: str) -> list[int]:
    numbers = _SPAN.fullmatch(value)
    if numbers:
        return [int(numbers[1]), int(numbers[2])]
    return list(log.words_near(dossier, kind, record, value))
