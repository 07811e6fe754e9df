"""From paths to reports, one after the other; a bad report is told and skipped and never costs the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from standoff.errors import ReportError
from standoff.reading.admission import admit
from standoff.reading.csv_tables import read_table
from standoff.reading.encoding import decode
from standoff.reading.feeds import read_feed
from standoff.reading.html_markup import looks_like_html
from standoff.reading.html_pages import html_report
from standoff.reading.json_objects import bounded_lines, read_json, read_lines
from standoff.reading.limits import (
    MAX_FEED_BYTES,
    MAX_HTML_BYTES,
    MAX_JSON_BYTES,
    MAX_MESSAGE_BYTES,
    MAX_TEXT_BYTES,
    MAX_TEXT_CHARACTERS,
    readable,
)
from standoff.reading.messages import read_mail, read_saved_page
from standoff.reading.publication import LINKED, date_in_address
from standoff.reading.report import make_report
from standoff.reading.sources import STANDARD_INPUT, Source, sources
from standoff.reading.word_files import read_word
from standoff.records import Report

OnProblem = Callable[[ReportError], None]

_LIMITS = {
    "text": MAX_TEXT_BYTES,
    "html": MAX_HTML_BYTES,
    "json": MAX_JSON_BYTES,
    "mail": MAX_MESSAGE_BYTES,
    "mhtml": MAX_MESSAGE_BYTES,
    "docx": MAX_MESSAGE_BYTES,
    "feed": MAX_FEED_BYTES,
}


def read_reports(
    paths: Sequence[str], *, published: str | None = None, on_problem: OnProblem
) -> Iterator[Report]:
    """Yield the reports that the paths hold, in order, never holding more than one file's.

    Paths are files in the formats of `sources.FORMATS`, compressed with gzip or not, folders, globs, and `-` for
    standard input. `published`
    (an ISO date) is used for reports whose file gives no date. `on_problem` gets one ReportError for each
    report, file or path that cannot be read. Ids are unique within the call: the second report with an id
    gets `-2`, and a note says so.
    """
    used: dict[str, int] = {}
    for source in sources(paths, on_problem):
        try:
            for report in _reports_of(source, published, on_problem):
                yield _with_own_id(report, used)
        except ReportError as problem:
            on_problem(problem)
        except OSError as problem:
            on_problem(
                ReportError(source.where, f"reading it failed ({problem.strerror or problem}); try again")
            )


def _with_own_id(report: Report, used: dict[str, int]) -> Report:
    """Return the report under an id that no report before it has."""
    if report.id not in used:
        used[report.id] = 1
        return report
    number, identifier = used[report.id], report.id
    while identifier in used:
        number += 1
        identifier = f"{report.id}-{number}"
    used[report.id] = number
    used[identifier] = 1
    note = f"an earlier report has the id {report.id!r} too, so that this one is called {identifier!r}"
    return replace(report, id=identifier, notes=(*report.notes, note))


def _reports_of(source: Source, published: str | None, on_problem: OnProblem) -> Iterator[Report]:
    """Yield the reports of one source; raises ReportError where it cannot be read at all."""
    stream = source.open()
    try:
        format = source.format or _told_by_content(stream)
        if format == "jsonl":
            yield from read_lines(
                bounded_lines(stream),
                where=source.where,
                stem=source.stem,
                published=published,
                on_problem=on_problem,
            )
            return
        if format == "csv":
            yield from read_table(
                stream, where=source.where, stem=source.stem, published=published, on_problem=on_problem
            )
            return
        data = _bounded(stream, format, source.where)
    finally:
        if source.where != STANDARD_INPUT:
            stream.close()
    if not data:
        raise ReportError(source.where, "the file is empty; give a file that holds the report")
    if format == "json":
        yield from read_json(
            data, where=source.where, stem=source.stem, published=published, on_problem=on_problem
        )
    elif format == "feed":
        yield from read_feed(
            data, where=source.where, stem=source.stem, published=published, on_problem=on_problem
        )
    else:
        yield _single(data, format, source, published)


def _single(data: bytes, format: str, source: Source, published: str | None) -> Report:
    """Return the report of a file that holds one."""
    if format == "mail":
        report = read_mail(data, where=source.where, stem=source.stem, published=published)
    elif format == "mhtml":
        report = read_saved_page(data, where=source.where, stem=source.stem, published=published)
    elif format == "docx":
        report = read_word(data, where=source.where, stem=source.stem, published=published)
    elif format == "html":
        report = html_report(data, where=source.where, id=source.stem, published=published)
    else:
        report = _text_report(data, source, published)
    return _dated_by_name(report, source)


def _told_by_content(stream: BinaryIO) -> str:
    """Return the format that the first bytes suggest. The stream must be buffered: nothing is taken."""
    peek = getattr(stream, "peek", None)
    head: bytes = peek(4096)[:4096] if peek is not None else b""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return "json" if start[1:].lstrip(b" \t").startswith((b"\n", b"\r")) else "jsonl"
    if b"<rss" in start[:500] or b"<feed" in start[:500] or b"<rdf:RDF" in start[:500]:
        return "feed"
    if start.startswith(b"["):
        return "json" if start[1:].lstrip().startswith((b"{", b"]")) else "text"
    return "html" if looks_like_html(head.decode("latin-1")) else "text"


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
