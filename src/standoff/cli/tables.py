"""A table on standard output: aligned on a terminal, tab-separated in a pipe, JSON or CSV for programs."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from typing import Any

from standoff.dossier.tables import Table

FORMATS = ("table", "json", "csv")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def show(table: Table, form: str) -> None:
    """Write a table in one of `FORMATS`; what would fill an empty one goes to standard error."""
    if form == "json":
        json.dump([row.record for row in table.rows], sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    elif form == "csv":
        sys.stdout.write(as_csv(table))
    elif sys.stdout.isatty():
        _on_terminal(table)
    else:
        sys.stdout.write(as_lines(table))
    if not table.rows:
        sys.stderr.write(table.empty + "\n")


def as_lines(table: Table) -> str:
    """Return a table as tab-separated lines, headers first."""
    headers = [header or "Mark" for header in table.headers]
    lines = [headers, *(row.cells for row in table.rows)]
    return "".join("\t".join(cell.replace("\t", " ") for cell in cells) + "\n" for cells in lines)


def as_csv(table: Table) -> str:
    """Return the records as CSV, one line for each piece of evidence; a record without evidence has one
    line.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers.
    """
    rows = [line for row in table.rows for line in _lines_of(row.record)]
    names = list(dict.fromkeys(name for line in rows for name in line))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for line in rows:
        writer.writerow([_cell(line.get(name)) for name in names])
    return out.getvalue()


def _lines_of(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
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


def _on_terminal(table: Table) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    console = Console()
    if not table.rows:
        return
    drawn = Drawn(box=SIMPLE_HEAD, caption=table.base, caption_justify="left", pad_edge=False)
    for header in table.headers:
        long = header in ("Evidence", "Content", "What", "Title")
        drawn.add_column(header, overflow="fold", min_width=24 if long else None, ratio=3 if long else None)
    for row in table.rows:
        drawn.add_row(*(Text(cell) for cell in row.cells))
    console.print(drawn)
