"""From paths to reports, one after the other; a bad report is told and skipped and never costs the others."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from standoff.errors import ReportError
from standoff.reading.admission import admit
from standoff.reading.csv_tables import read_table
from standoff.reading.encoding import decode
from standoff.reading.feeds import is_feed, read_feed
from standoff.reading.html_markup import looks_like_html
from standoff.reading.html_pages import html_report
from standoff.reading.json_objects import bounded_lines, read_json, read_lines
from standoff.reading.limits import (
    MAX_FEED_BYTES,
    MAX_HTML_BYTES,
    MAX_JSON_BYTES,
    MAX_MESSAGE_BYTES,
    MAX_PACKED_BYTES,
    MAX_TEXT_BYTES,
    MAX_TEXT_CHARACTERS,
    readable,
)
from standoff.reading.messages import read_mail, read_saved_page
from standoff.reading.parquet_files import read_parquet
from standoff.reading.pdf_files import read_pdf
from standoff.reading.publication import LINKED, date_in_address
from standoff.reading.report import make_report, with_unique_ids
from standoff.reading.sources import STANDARD_INPUT, Source, is_report_name, named, sources
from standoff.reading.warc_files import read_warc
from standoff.reading.word_files import read_word
from standoff.reading.zip_files import members
from standoff.records import Report

OnProblem = Callable[[ReportError], None]


def _json_lines(
    stream: BinaryIO, *, where: str, stem: str, published: str | None, on_problem: OnProblem
) -> Iterator[Report]:
    return read_lines(
        bounded_lines(stream), where=where, stem=stem, published=published, on_problem=on_problem
    )


_RECORDS = {"jsonl": _json_lines, "csv": read_table, "warc": read_warc, "parquet": read_parquet}
"""Formats that are read record by record."""

_WHOLE = {"json": read_json, "feed": read_feed}
"""Formats with several reports that are read whole."""

_SINGLE = {"mail": read_mail, "mhtml": read_saved_page, "docx": read_word, "pdf": read_pdf}
"""Formats with one report, apart from texts and pages."""

_MARKS = ((b"%PDF-", "pdf"), (b"PK\x03\x04", "zip"), (b"WARC/", "warc"), (b"PAR1", "parquet"))

_LIMITS = {
    "text": MAX_TEXT_BYTES,
    "html": MAX_HTML_BYTES,
    "json": MAX_JSON_BYTES,
    "mail": MAX_MESSAGE_BYTES,
    "mhtml": MAX_MESSAGE_BYTES,
    "docx": MAX_MESSAGE_BYTES,
    "feed": MAX_FEED_BYTES,
    "pdf": MAX_MESSAGE_BYTES,
    "parquet": MAX_PACKED_BYTES,
    "zip": MAX_PACKED_BYTES,
}


def read_reports(
    paths: Sequence[str], *, published: str | None = None, on_problem: OnProblem
) -> Iterator[Report]:
    """Yield the reports that the paths hold, in order, never holding more than one file's.

    Paths are files in the formats of `sources.FORMATS`, compressed with gzip or not, folders, globs, and `-` for
    standard input. `published` (an ISO date) is used for reports whose file gives no date. `on_problem`
    gets one ReportError for each report, file or path that cannot be read. Ids are unique within the call: the second
    report with an id gets `-2`, and a note says so.
    """
    return with_unique_ids(_read(paths, published, on_problem))


def _read(paths: Sequence[str], published: str | None, on_problem: OnProblem) -> Iterator[Report]:
    for source in sources(paths, on_problem):
        try:
            yield from _reports_of(source, published, on_problem)
        except ReportError as problem:
            on_problem(problem)
        except OSError as problem:
            on_problem(
                ReportError(source.where, f"reading it failed ({problem.strerror or problem}); try again")
            )


def _reports_of(source: Source, published: str | None, on_problem: OnProblem) -> Iterator[Report]:
    """Yield the reports of one source; raises ReportError where it cannot be read at all."""
    stream = source.open()
    try:
        format = source.format or _told_by_content(stream)
        yield from _reports_in(stream, format, source, published, on_problem)
    finally:
        if source.where != STANDARD_INPUT:
            stream.close()


def _reports_in(
    stream: BinaryIO, format: str, source: Source, published: str | None, on_problem: OnProblem
) -> Iterator[Report]:
    where, stem = source.where, source.stem
    if format == "zip":
        yield from _packed(_seekable(stream, format, where), source, published, on_problem)
    elif format in _RECORDS:
        if format == "parquet":
            stream = _seekable(stream, format, where)
        yield from _RECORDS[format](
            stream, where=where, stem=stem, published=published, on_problem=on_problem
        )
    elif data := _bounded(stream, format, where):
        if format in _WHOLE:
            yield from _WHOLE[format](
                data, where=where, stem=stem, published=published, on_problem=on_problem
            )
        else:
            yield _dated_by_name(_single(data, format, source, published), source)
    else:
        raise ReportError(where, "the file is empty; give a file that holds the report")


def _packed(
    stream: BinaryIO, archive: Source, published: str | None, on_problem: OnProblem
) -> Iterator[Report]:
    """Yield the reports of the files in a zip archive."""
    for where, name, content in members(stream, archive.where, is_report_name, on_problem):
        stem, format = named(name)
        try:
            if format == "zip":
                raise ReportError(where, "an archive within an archive is not read; unpack it first")
            yield from _reports_in(content, format, Source(where, stem, format), published, on_problem)
        except ReportError as problem:
            on_problem(problem)
        finally:
            content.close()


def _single(data: bytes, format: str, source: Source, published: str | None) -> Report:
    """Return the report of a file that holds one."""
    if format in _SINGLE:
        return _SINGLE[format](data, where=source.where, stem=source.stem, published=published)
    if format == "html":
        return html_report(data, where=source.where, id=source.stem, published=published)
    return _text_report(data, source, published)


def _told_by_content(stream: BinaryIO) -> str:
    """Return the format that the first bytes suggest. The stream must be buffered: nothing is taken."""
    peek = getattr(stream, "peek", None)
    head: bytes = peek(4096)[:4096] if peek is not None else b""
    for mark, format in _MARKS:
        if head.startswith(mark):
            return "docx" if format == "zip" and b"[Content_Types].xml" in head else format
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return "json" if start[1:].lstrip(b" \t").startswith((b"\n", b"\r")) else "jsonl"
    if is_feed(start):
        return "feed"
    if start.startswith(b"["):
        return "json" if start[1:].lstrip().startswith((b"{", b"]")) else "text"
    return "html" if looks_like_html(head.decode("latin-1")) else "text"


def _seekable(stream: BinaryIO, format: str, where: str) -> BinaryIO:
    """Return a stream that can be read at any place: the file itself, or its bytes where they come in one after the
    other.
    """
    return stream if stream.seekable() else io.BytesIO(_bounded(stream, format, where))


def _bounded(stream: BinaryIO, format: str, where: str) -> bytes:
    """Return all bytes of a stream; raises ReportError where there are more than its format may have."""
    limit = _LIMITS[format]
    data = stream.read(limit + 1)
    if len(data) > limit:
        detail = f" ({MAX_TEXT_CHARACTERS:,} characters)" if format == "text" else ""
        raise ReportError(
            where,
            f"the file is larger than {readable(limit)}{detail}, the most that one report may have; "
            "split it into its reports, or write them as JSON lines",
        )
    return data


def _text_report(data: bytes, source: Source, published: str | None) -> Report:
    decoded = decode(data, source.where)
    if looks_like_html(decoded.text):
        return html_report(data, where=source.where, id=source.stem, published=published)
    admit(decoded.text, source.where)
    return make_report(
        decoded.text, id=source.stem, published=published, notes=(decoded.note,) if decoded.note else ()
    )


def _dated_by_name(report: Report, source: Source) -> Report:
    """Return the report with the date in its file's name, where nothing better is known."""
    if report.published_how not in ("not found", LINKED):
        return report
    day = date_in_address(source.stem)
    if day is None:
        return report
    notes = tuple(note for note in report.notes if "publication date" not in note)
    return replace(report, published=day, published_how="file name", notes=notes)
