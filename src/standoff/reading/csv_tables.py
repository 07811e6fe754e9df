"""Reports in a table: CSV or TSV with a column `text`, one report a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from standoff.errors import ReportError
from standoff.reading.json_objects import report_of
from standoff.reading.limits import MAX_TEXT_CHARACTERS
from standoff.records import Report

_DELIMITERS = ",;\t|"


def read_table(
    stream: BinaryIO,
    *,
    where: str,
    stem: str,
    published: str | None,
    on_problem: Callable[[ReportError], None],
) -> Iterator[Report]:
    """Yield the reports of a table in UTF-8, whose first row names its columns as the fields of a JSON report.

    The delimiter (comma, semicolon, tab or bar) is the commonest one in the first row. Rows are read one at a
    time; a bad one is told with its line and skipped. Raises ReportError where there is no column `text`, and
    where the rest of the table cannot be read.
    """
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    csv.field_size_limit(2 * MAX_TEXT_CHARACTERS)
    try:
        first = lines.readline(100_000)
        if not first.strip():
            raise ReportError(where, "the table is empty; give a first row with the names of the columns")
        delimiter = max(_DELIMITERS, key=first.count)
        names = [name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter))]
        if "text" not in names:
            raise ReportError(where, "the table has no column `text`; name the column with the reports so")
        rows = csv.reader(lines, delimiter=delimiter)
        for k, row in enumerate(rows, start=1):
            if not any(row):
                continue
            place = f"{where}:{rows.line_num + 1}"
            values = {name: value for name, value in zip(names, row, strict=False) if value}
            try:
                yield report_of(
                    values, where=place, default_id=f"{stem}-{k}", published=published, format="csv"
                )
            except ReportError as problem:
                on_problem(problem)
    except csv.Error as problem:
        raise ReportError(
            where, f"the table cannot be read further ({problem}); check the quotation marks around the texts"
        ) from None
    except UnicodeDecodeError:
        raise ReportError(where, "the table is not in UTF-8; save it again as CSV in UTF-8") from None
    finally:
        lines.detach()
