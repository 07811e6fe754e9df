"""A table on standard output: aligned on a terminal, tab-separated in a pipe, JSON or CSV for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from standoff.dossier.tables.spreadsheet import pages_csv, records_csv
from standoff.dossier.tables.tables import Table

FORMATS = ("table", "json", "csv")


def show(table: Table, form: str) -> None:
    """Write a table in one of `FORMATS`; what would fill an empty one goes to standard error."""
    show_pages([table], form)


def show_pages(tables: Iterable[Table], form: str) -> None:
    """Write a table that comes page by page, without holding more than one page (but for a terminal)."""
    if form == "table" and sys.stdout.isatty():
        pages = list(tables)
        _on_terminal(pages)
        empty = pages[-1].empty if pages and not any(page.rows for page in pages) else ""
    else:
        write = {"json": _json, "csv": _csv, "table": _lines}[form]
        empty = write(iter(tables))
    if empty:
        sys.stderr.write(empty + "\n")


def _json(tables: Iterator[Table]) -> str:
    """Write records as one JSON list; return what is to be said if there are none."""
    written, empty = 0, ""
    sys.stdout.write("[")
    for table in tables:
        for row in table.rows:
            sys.stdout.write(",\n" if written else "\n")
            sys.stdout.write(json.dumps(row.record, ensure_ascii=False, indent=1))
            written += 1
        empty = table.empty
    sys.stdout.write("\n]\n" if written else "]\n")
    return "" if written else empty


def _csv(tables: Iterator[Table]) -> str:
    """Write records as CSV; return what is to be said if there are none."""
    last: list[Table] = []

    def pages() -> Iterator[list[dict[str, Any]]]:
        for table in tables:
            last[:] = [table]
            yield [row.record for row in table.rows]

    for text in pages_csv(pages()):
        sys.stdout.write(text)
    return last[0].empty if last else ""


def _lines(tables: Iterator[Table]) -> str:
    """Write tab-separated lines, headers once; return what is to be said if there are none."""
    empty, written = "", 0
    for number, table in enumerate(tables):
        text = as_lines(table)
        sys.stdout.write(text.split("\n", 1)[1] if number else text)
        written += len(table.rows)
        empty = table.empty
    return "" if written else empty


def as_lines(table: Table) -> str:
    """Return a table as tab-separated lines, headers first."""
    headers = [header or "Mark" for header in table.headers]
    lines = [headers, *(row.cells for row in table.rows)]
    return "".join("\t".join(cell.replace("\t", " ") for cell in cells) + "\n" for cells in lines)


def as_csv(table: Table) -> str:
    """Return the records as CSV: see `records_csv`."""
    return records_csv([row.record for row in table.rows])


def _on_terminal(pages: Sequence[Table]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    rows = [row for page in pages for row in page.rows]
    if not rows:
        return
    last = pages[-1]
    caption = last.base
    if len(pages) > 1 or last.next:
        caption = f"{len(rows):,} lines, of {'' if last.exact else 'about '}{last.total:,} in all"
    if last.next:
        caption += "; --limit shows more, filters show less"
    drawn = Drawn(box=SIMPLE_HEAD, caption=caption, caption_justify="left", pad_edge=False)
    for header in last.headers:
        long = header in ("Evidence", "Content", "What", "Title")
        drawn.add_column(header, overflow="fold", min_width=24 if long else None, ratio=3 if long else None)
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row.cells))
    Console().print(drawn)
