"""How many reports some paths hold, told without reading their texts: for an estimate of how long a call takes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import BinaryIO

from standoff.errors import ReportError
from standoff.reading.limits import MAX_LINE_BYTES
from standoff.reading.sources import STANDARD_INPUT, Source, sources


def expected_reports(paths: Sequence[str]) -> int | None:
    """Return about how many reports the paths hold; None where only reading would tell (archives, feeds, standard
    input).
    """
    total = 0
    for source in sources(paths, lambda problem: None):
        number = None if source.where == STANDARD_INPUT else _number(source)
        if number is None:
            return None
        total += number
    return total


def _number(source: Source) -> int | None:
    if source.format in ("warc", "zip", "feed"):
        return None
    if source.format not in ("jsonl", "csv", "parquet"):
        return 1
    try:
        with source.open() as stream:
            if source.format == "jsonl":
                return _lines(stream)
            return _rows(stream) if source.format == "csv" else _parquet_rows(stream)
    except (ReportError, OSError, ValueError, csv.Error):
        return None


def _lines(stream: BinaryIO) -> int:
    """Count the lines that are not blank, in pieces, for a line may be as long as it likes."""
    number, blank = 0, True
    while piece := stream.readline(64 * 1024):
        blank = blank and not piece.strip()
        if piece.endswith(b"\n"):
            number += not blank
            blank = True
    return number + (not blank)


def _rows(stream: BinaryIO) -> int:
    lines = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="")
    csv.field_size_limit(MAX_LINE_BYTES)
    try:
        return max(0, sum(1 for row in csv.reader(lines) if row) - 1)
    finally:
        lines.detach()


def _parquet_rows(stream: BinaryIO) -> int | None:
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ImportError:
        return None
    try:
        return int(parquet.ParquetFile(stream).metadata.num_rows)
    except (pyarrow.ArrowException, OSError, ValueError):
        return None
