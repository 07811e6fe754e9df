"""Web archives (WARC, ISO 28500; ARC): the pages, texts and PDF files that a crawler kept, one report each.

warcio reads the records. What a site answered with other than a page (pictures, scripts, styles, errors,
redirects) is passed over without a word, for an archive is full of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from standoff.errors import ReportError
from standoff.reading.addresses import canonical
from standoff.reading.limits import MAX_HTML_BYTES, readable
from standoff.reading.responses import report_of_response
from standoff.records import Report

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

MAX_HEADER_LINE = 64 * 1024
MAX_HEADER_LINES = 2_000
"""Lines that follow each other without content between them."""

_KINDS = ("response", "resource", "conversion")
_SUPPORTED = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")


def read_warc(
    stream: BinaryIO,
    *,
    where: str,
    stem: str,
    published: str | None,
    on_problem: Callable[[ReportError], None],
) -> Iterator[Report]:
    """Yield the reports of a web archive, inflated already, in the order of its records.

    Their address is that of the record; the day of crawling is not that of publication, and is not used. An id is the
    archive's stem with the number of the record. A page without an article is told and skipped. Raises ReportError for
    what is no web archive, and where it cannot be read further.
    """
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.statusandheaders import StatusAndHeadersParserException

    number = 0
    try:
        for number, record in enumerate(_records(stream, where), start=1):
            place = f"{where}, record {number}"
            try:
                report = _report(record, place, f"{stem}-{number}", published)
            except ReportError as problem:
                on_problem(problem)
            else:
                if report is not None:
                    yield report
    except (
        ArchiveLoadFailed,
        StatusAndHeadersParserException,
        ValueError,
        EOFError,
        AttributeError,
        TypeError,
    ):
        after = f"after record {number}" if number else "from its beginning"
        raise ReportError(
            where, f"the web archive cannot be read {after}; fetch it again, or check it with `warcio check`"
        ) from None
    if not number:
        raise ReportError(where, "the web archive is empty; give one with pages in it")


def _records(stream: BinaryIO, where: str) -> Iterator[ArcWarcRecord]:
    """Yield the records; header lines are held to limits that warcio does not have."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.bufferedreaders import BufferedReader

    class Bounded(BufferedReader):  # type: ignore[misc]
        lines = 0

        def readline(self, length: int | None = None) -> bytes:
            """Read a line of a header."""
            most = MAX_HEADER_LINE if length is None else min(length, MAX_HEADER_LINE)
            line: bytes = super().readline(most)
            self.lines += 1
            if (len(line) == MAX_HEADER_LINE and not line.endswith(b"\n")) or self.lines > MAX_HEADER_LINES:
                raise ReportError(
                    where, "a record of the web archive has a header without end; fetch the archive again"
                )
            return line

        def read(self, length: int | None = None) -> bytes:
            """Read content."""
            self.lines = 0
            content: bytes = super().read(length)
            return content

    iterator = ArchiveIterator(_Pieces(stream))
    iterator.reader = Bounded(iterator.fh)
    yield from iterator


class _Pieces:
    """A stream that is read in the pieces in which it comes, so that what stands before a damaged place is had."""

    def __init__(self, stream: BinaryIO) -> None:
        self._read = getattr(stream, "read1", stream.read)

    def read(self, length: int) -> bytes:
        """Return up to so many bytes; none at the end."""
        piece: bytes = self._read(length)
        return piece


def _report(record: ArcWarcRecord, where: str, identifier: str, published: str | None) -> Report | None:
    """Return the report of a record, None for a record that is none."""
    if record.rec_type not in _KINDS:
        return None
    headers = record.http_headers
    if headers is not None and headers.get_statuscode() != "200":
        return None
    declared = headers.get_header("Content-Type") if headers is not None else record.content_type
    if (declared or "").partition(";")[0].strip().lower() not in _SUPPORTED:
        return None
    encoding = (headers.get_header("Content-Encoding") or "") if headers is not None else ""
    if encoding.lower().strip() not in ("", "identity", "gzip", "deflate"):
        raise ReportError(
            where, f"the page is compressed as {encoding[:20]!r}, which is not read; fetch it uncompressed"
        )
    return report_of_response(
        _content(record, where),
        declared,
        address=canonical(record.rec_headers.get_header("WARC-Target-URI") or ""),
        where=where,
        id=identifier,
        published=published,
        format="warc",
    )


def _content(record: ArcWarcRecord, where: str) -> bytes:
    stream, pieces, size = record.content_stream(), [], 0
    while piece := stream.read(64 * 1024):
        size += len(piece)
        if size > MAX_HTML_BYTES:
            raise ReportError(
                where, f"the page is larger than {readable(MAX_HTML_BYTES)}, more than a press report is"
            )
        pieces.append(piece)
    return b"".join(pieces)
