"""A person's correction of a record: which fields may change, and what each may hold (codebook, sections 1 and 2)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from standoff.dossier.days import days_of
from standoff.dossier.hand.form import Record, RecordKind, fields_of
from standoff.errors import UsageError
from standoff.records import ACT_TYPES, MODALITIES, Act, Form

FIELDS: dict[str, tuple[str, ...]] = {
    "act": (
        "type", "source", "target", "modality", "trigger", "evidence", "content", "condition", "attribution",
        "date", "place", "issue",
    ),
    "statement": ("source", "actor", "cue", "content", "form"),
}  # fmt: skip
"""The fields of a record that a person may correct."""

_CODE = re.compile(r"[A-Z0-9][A-Z0-9+]*(?:-[A-Z0-9+]+)*")
_LONGEST_CODE, _LONGEST_NAME = 40, 200


def changes_of(kind: RecordKind, record: Record, given: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Return what a correction changes, as JSON values checked against the codebook and the report's text.

    Raises UsageError, which names the field and what it may hold, for a value that cannot be meant, and where nothing
    would change.
    """
    before = fields_of(record)
    unknown = sorted(set(given) - set(FIELDS[kind]))
    if unknown:
        raise UsageError(f"{unknown[0]!r} cannot be corrected in this record: use {', '.join(FIELDS[kind])}.")
    changes = {}
    for name, value in given.items():
        clean = _value(kind, name, value, text)
        if clean != before[name]:
            changes[name] = clean
    if changes.keys() & {"trigger", "evidence"}:
        after = {**before, **changes}
        if not (after["evidence"][0] <= after["trigger"][0] and after["trigger"][1] <= after["evidence"][1]):
            raise UsageError("The trigger lies in the evidence: mark a wider evidence, or both.")
    if kind == "statement" and "actor" in changes and before["guess"]:
        changes["guess"] = False
    if not changes:
        raise UsageError("This correction changes nothing; accept the record instead.")
    return changes


def code_of(value: str) -> str:
    """Return an actor code; raises UsageError where it is none."""
    code = str(value).strip().upper()
    if len(code) > _LONGEST_CODE or not _CODE.fullmatch(code):
        raise UsageError(
            f"{value!r} is no actor code: use capitals and digits without spaces, as in RUS, NATO, UKR-OPP."
        )
    return code


def label_of(value: str) -> str:
    """Return the label of an issue; raises UsageError where it is too long to be one or holds no word."""
    label = " ".join(str(value).replace("\0", "").split())
    if len(label) > _LONGEST_NAME or not re.search(r"\w", label):
        raise UsageError(f"An issue is a short label of 1 to {_LONGEST_NAME} characters that holds a word.")
    return label


def _value(kind: RecordKind, name: str, value: Any, text: str) -> Any:
    if name in ("trigger", "evidence", "cue"):
        return _span(name, value, text)
    if (
        name in ("condition",)
        or (name == "content" and kind == "act")
        or (name == "source" and kind == "statement")
    ):
        return None if value in (None, "", []) else _span(name, value, text)
    if name == "content":
        pieces = [_span(name, piece, text) for piece in _list(name, value)]
        for one, other in itertools.pairwise(pieces):
            if other[0] < one[1]:
                raise UsageError(
                    "The pieces of a statement's content stand in their order and do not overlap."
                )
        return pieces
    if name in ("source", "target", "attribution", "actor"):
        return list(dict.fromkeys(code_of(code) for code in _list(name, value)))
    if name == "date":
        return _date(value)
    if name == "issue":
        return "" if value in (None, "") else label_of(value)
    if name == "place":
        return _place(value)
    return _one_of(name, value)


def _one_of(name: str, value: Any) -> str:
    allowed: Sequence[str] = {"type": ACT_TYPES, "modality": MODALITIES, "form": get_args(Form)}[name]
    told = str(value).strip()
    told = told.upper() if name == "type" else told.lower()
    if told not in allowed:
        raise UsageError(f"{value!r} is no {name}: use one of {', '.join(allowed)}.")
    return told


def _date(value: Any) -> str | None:
    if value in (None, ""):
        return None
    if days_of(str(value).strip()) is None:
        raise UsageError(f"{value!r} is no date: write 2022-01-21, 2022-01 or 2022.")
    return str(value).strip()


def _place(value: Any) -> str | None:
    place = " ".join(str(value or "").replace("\0", "").split())
    if len(place) > _LONGEST_NAME:
        raise UsageError(f"The name of a place has at most {_LONGEST_NAME} characters.")
    return place or None


def _list(name: str, value: Any) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise UsageError(f"{name} takes a list; {value!r} is none.")
    return list(value)


def _span(name: str, value: Any, text: str) -> list[int]:
    """A span as [start, end]; white space at its borders is left out."""
    try:
        start, end = value
        start, end = int(start), int(end)
    except (TypeError, ValueError):
        raise UsageError(f"{name} takes two numbers, start and end; {value!r} is none.") from None
    if not 0 <= start < end <= len(text):
        raise UsageError(
            f"{name} from {start} to {end} does not lie in the report's text of {len(text):,} characters."
        )
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start == end:
        raise UsageError(f"{name} holds only white space; mark the words.")
    return [start, end]


def verdict_fields(record: Record) -> dict[str, Any]:
    """Return the fields on which two people may differ: all that may be corrected."""
    kind: RecordKind = "act" if isinstance(record, Act) else "statement"
    fields = fields_of(record)
    return {name: fields[name] for name in FIELDS[kind]}
