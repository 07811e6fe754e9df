"""Reports as JSON: objects with `text`, in a file of their own, in a list, or one a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from standoff.errors import ReportError
from standoff.reading.admission import admit
from standoff.reading.limits import MAX_JSON_BYTES, MAX_LINE_BYTES, readable
from standoff.reading.report import make_report
from standoff.records import Report

OnProblem = Callable[[ReportError], None]

MAX_FIELD = 500
"""Code points of an id, a title, an outlet, an author or an address."""

_DATE_KEYS = ("published", "date", "date_published", "published_at", "publication_date")
_OUTLET_KEYS = ("outlet", "publisher", "source", "sitename")

FIELDS = frozenset({"text", "id", "title", "author", "url", *_DATE_KEYS, *_OUTLET_KEYS})
"""The fields of a report that are read; others are ignored."""


def report_of(
    value: Any, *, where: str, default_id: str, published: str | None, format: str = "json"
) -> Report:
    """Return the report of one JSON object (or of one row of a table); raises ReportError where it is none."""
    if not isinstance(value, dict):
        raise ReportError(
            where, f"this is {_kind(value)} and no JSON object; give an object with a field `text`"
        )
    text = value.get("text")
    if text is None:
        raise ReportError(where, "the JSON object has no field `text`; put the report's text there")
    if not isinstance(text, str):
        raise ReportError(
            where, f"the field `text` is {_kind(text)}; put the report's text there as a string"
        )
    admit(text, where)
    own_date = next((str(value[key]) for key in _DATE_KEYS if isinstance(value.get(key), str | int)), None)
    return make_report(
        text,
        id=_identifier(value.get("id")) or default_id,
        title=_text(value.get("title")),
        published=own_date or published,
        published_how="file" if own_date else "given",
        outlet=next((found for key in _OUTLET_KEYS if (found := _text(value.get(key)))), None),
        author=_text(value.get("author")),
        url=_text(value.get("url")),
        format=format,
    )


def read_json(
    data: bytes, *, where: str, stem: str, published: str | None, on_problem: OnProblem
) -> Iterator[Report]:
    """Yield the reports of a JSON file: one object, a list of them, or lines of them."""
    if len(data) > MAX_JSON_BYTES:
        raise ReportError(
            where,
            f"the JSON file is larger than {readable(MAX_JSON_BYTES)}, and it must be read whole; "
            "write it as JSON lines (.jsonl), one object a line",
        )
    try:
        value = parse_json(data, where)
    except _ExtraData:
        yield from read_lines(
            iter(data.splitlines(keepends=True)),
            where=where,
            stem=stem,
            published=published,
            on_problem=on_problem,
        )
        return
    if not isinstance(value, list):
        yield report_of(value, where=where, default_id=stem, published=published)
        return
    if not value:
        raise ReportError(where, "the JSON list is empty; put objects with a field `text` in it")
    for k, item in enumerate(value, start=1):
        place = f"{where}, item {k}"
        try:
            yield report_of(item, where=place, default_id=f"{stem}-{k}", published=published)
        except ReportError as problem:
            on_problem(problem)


def read_lines(
    lines: Iterator[bytes], *, where: str, stem: str, published: str | None, on_problem: OnProblem
) -> Iterator[Report]:
    """Yield the reports of JSON lines; a bad line is told with its number and skipped."""
    seen = 0
    for k, line in enumerate(lines, start=1):
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        seen += 1
        place = f"{where}:{k}"
        try:
            if len(line) > MAX_LINE_BYTES:
                raise ReportError(
                    place,
                    f"the line is longer than {readable(MAX_LINE_BYTES)}, the most that a report may have; "
                    "split it",
                )
            try:
                value = parse_json(line, place)
            except _ExtraData as problem:
                raise ReportError(place, f"{problem}; put each object on a line of its own") from None
            yield report_of(value, where=place, default_id=f"{stem}-{k}", published=published)
        except ReportError as problem:
            on_problem(problem)
    if not seen:
        raise ReportError(where, "the file is empty; give one JSON object with a field `text` a line")


def bounded_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a stream; of a line that is too long only the beginning is kept, just past the
    limit.
    """
    while line := stream.readline(MAX_LINE_BYTES + 1):
        if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            while (rest := stream.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
        yield line


class _ExtraData(Exception):
    """A whole JSON value is followed by more, as in JSON lines."""


def parse_json(data: bytes, where: str) -> Any:
    """Return the JSON value of some bytes in UTF-8 (or UTF-16, UTF-32); raises ReportError with the place of
    a fault.
    """
    try:
        return json.loads(data.decode(json.detect_encoding(data), "strict").removeprefix("\ufeff"))
    except UnicodeDecodeError as problem:
        raise ReportError(
            where, f"the JSON is not in UTF-8 (byte {problem.start} does not fit); save it again as UTF-8"
        ) from None
    except json.JSONDecodeError as problem:
        place = f"line {problem.lineno}, " * (problem.lineno > 1) + f"column {problem.colno}"
        if problem.msg == "Extra data":
            raise _ExtraData(f"more follows after the JSON object at column {problem.colno}") from None
        raise ReportError(
            where,
            f"this is no valid JSON ({place}: {problem.msg}); correct it or leave it out",
        ) from None
    except (RecursionError, ValueError):
        raise ReportError(
            where,
            "this JSON cannot be read (nested too deep, or a number too long); "
            "give an object with a field `text`",
        ) from None


def _identifier(value: Any) -> str | None:
    return _text(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None


def _text(value: Any) -> str | None:
    """Return a string on one line and of bounded length, or None for what is no string or blank."""
    return " ".join(value.split())[:MAX_FIELD] or None if isinstance(value, str) else None


def _kind(value: Any) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "a string",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return names.get(type(value), "null")
