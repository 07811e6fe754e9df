"""What a web server answered with, fetched now or kept in an archive: a report by its declared type and charset."""

from __future__ import annotations

import codecs
from dataclasses import replace
from email.message import Message

from standoff.errors import ReportError
from standoff.reading.admission import admit
from standoff.reading.encoding import decode
from standoff.reading.html_markup import looks_like_html
from standoff.reading.html_pages import html_report
from standoff.reading.pdf_files import read_pdf
from standoff.reading.report import make_report
from standoff.records import Report

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def report_of_response(
    body: bytes,
    content_type: str | None,
    *,
    address: str | None,
    where: str,
    id: str,
    published: str | None,
    own_date: str | None = None,
    format: str,
) -> Report:
    """Return the report in a body; raises ReportError for one that holds none.

    The charset of the header comes before that in the page, after a byte order mark. The address that a page gives
    as its own (its canonical link) comes before the one that it was had from. `own_date` is the date that the feed or
    archive gives, `published` that of the call.
    """
    kind, charset = media_type(content_type)
    if not body.strip():
        raise ReportError(where, "the answer is empty; open the address in a browser and save the page")
    if kind == "application/pdf" or body[:5] == b"%PDF-":
        report = read_pdf(body, where=where, stem=id, published=own_date or published)
        return replace(report, url=address, format=format)
    body = _in_utf8(body, charset)
    if kind != "text/plain" or looks_like_html(body[:4096].decode("utf-8", "replace")):
        return html_report(
            body, where=where, id=id, published=published, own_date=own_date, url=address, format=format
        )
    decoded = decode(body, where)
    admit(decoded.text, where)
    return make_report(
        decoded.text,
        id=id,
        published=own_date or published,
        published_how="file" if own_date else "given",
        url=address,
        format=format,
        notes=(decoded.note,) if decoded.note else (),
    )


def media_type(content_type: str | None) -> tuple[str, str | None]:
    """Return type and charset of a Content-Type header, in small letters: ("text/html", "utf-8")."""
    message = Message()
    message["content-type"] = " ".join((content_type or "application/octet-stream").split())[:300]
    return message.get_content_type(), message.get_content_charset()


def _in_utf8(body: bytes, charset: str | None) -> bytes:
    """Return a body in UTF-8 with its mark, where the header's charset is known and fits; else as it is."""
    if charset is None or body.startswith(_MARKS):
        return body
    try:
        return codecs.BOM_UTF8 + body.decode(charset).encode("utf-8")
    except (LookupError, ValueError):
        return body
