"""Records as CSV that spreadsheets open safely."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def records_csv(records: Iterable[Mapping[str, Any]]) -> str:
    """Return records as CSV, one line for each piece of evidence; a record without evidence has one line.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers.
    """
    return "".join(pages_csv([records]))


def pages_csv(pages: Iterable[Iterable[Mapping[str, Any]]]) -> Iterator[str]:
    """Yield pages of records as CSV, like `records_csv`; the columns are those of the first page that has records."""
    names: list[str] = []
    for records in pages:
        rows = [line for record in records for line in _lines_of(record)]
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        if not names:
            names = list(dict.fromkeys(name for line in rows for name in line))
            writer.writerow(names)
        for line in rows:
            writer.writerow([_cell(line.get(name)) for name in names])
        yield out.getvalue()


def _lines_of(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One flat line for each piece of evidence; a name that both have is told apart as `evidence_...`."""
    flat: dict[str, Any] = {}
    for name, value in record.items():
        if name == "entry":
            flat.update({f"entry_{key}": item for key, item in value.items()})
        elif name not in ("evidence", "before"):
            flat[name] = value
    for evidence in record.get("evidence") or [{}]:
        yield flat | {name if name not in flat else f"evidence_{name}": v for name, v in evidence.items()}


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, int | float):
        return "" if value is None else value
    if isinstance(value, list):
        words = all(isinstance(item, str) for item in value)
        value = " ".join(value) if words else json.dumps(value, ensure_ascii=False)
    text = str(value)
    return "'" + text if text.startswith(_FORMULA) else text
