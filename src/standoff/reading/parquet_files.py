"""Parquet tables with a column `text`, one report a row. Needs pyarrow, which the extra `parquet` brings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from standoff.errors import ReportError
from standoff.reading.json_objects import FIELDS, report_of
from standoff.reading.limits import MAX_COLUMN_BYTES, readable
from standoff.records import Report

_ROWS = 32
"""Rows that are held at a time."""


def read_parquet(
    stream: BinaryIO,
    *,
    where: str,
    stem: str,
    published: str | None,
    on_problem: Callable[[ReportError], None],
) -> Iterator[Report]:
    """Yield the reports of a Parquet file that can be read at any place; its columns are named as the fields of a JSON
    report, in capital or small letters.

    Only these columns are read, some rows at a time. Ids that the table does not give are the file's stem with the
    number of the row. Raises ReportError where pyarrow is missing, where there is no column `text`, and where the table
    cannot be read further.
    """
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ImportError:
        raise ReportError(
            where, "reading Parquet needs pyarrow; install it with `pip install 'standoff[parquet]'`"
        ) from None
    row = 0
    try:
        table = parquet.ParquetFile(stream)
        columns = _columns(table, where)
        for batch in table.iter_batches(batch_size=_ROWS, columns=list(columns)):
            for values in batch.to_pylist():
                row += 1
                named = {columns[name]: _plain(value) for name, value in values.items() if value is not None}
                try:
                    yield report_of(
                        named, where=f"{where}, row {row}", default_id=f"{stem}-{row}", published=published,
                        format="parquet",
                    )  # fmt: skip
                except ReportError as problem:
                    on_problem(problem)
    except (pyarrow.ArrowException, OSError, ValueError, KeyError, UnicodeDecodeError) as problem:
        after = f"after row {row}" if row else "at all"
        reason = " ".join(str(problem).split())[:120]
        raise ReportError(
            where, f"the Parquet table cannot be read {after} ({reason}); write it anew"
        ) from None
    if not row:
        raise ReportError(where, "the Parquet table has no rows; give one with a report a row")


def _columns(table: Any, where: str) -> dict[str, str]:
    """Return the columns that are read, by their names in the table, each with the name of its field."""
    names = {name: name.strip().lower() for name in table.schema_arrow.names}
    found = {name: field for name, field in names.items() if field in FIELDS}
    if "text" not in found.values():
        raise ReportError(
            where, "the Parquet table has no column `text`; name the column with the reports so"
        )
    for group in range(table.metadata.num_row_groups):
        about = table.metadata.row_group(group)
        for k in range(about.num_columns):
            column = about.column(k)
            if column.path_in_schema in found and column.total_uncompressed_size > MAX_COLUMN_BYTES:
                raise ReportError(
                    where,
                    f"row group {group + 1} holds more than {readable(MAX_COLUMN_BYTES)} in the column "
                    f"`{column.path_in_schema}`; write the table with smaller row groups",
                )
    return found


def _plain(value: Any) -> Any:
    """Return a value as JSON would have it: days and times as ISO, everything else as it is."""
    return value.isoformat() if hasattr(value, "isoformat") else value
