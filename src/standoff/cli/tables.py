"""A table on standard output: aligned on a terminal, tab-separated in a pipe, JSON or CSV for programs."""

from __future__ import annotations

import json
import sys

from standoff.dossier.spreadsheet import records_csv
from standoff.dossier.tables import Table

FORMATS = ("table", "json", "csv")


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
    """Return the records as CSV: see `records_csv`."""
    return records_csv([row.record for row in table.rows])


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
