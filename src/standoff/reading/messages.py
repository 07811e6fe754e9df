"""Mail messages: newsletters (EML), and pages that a browser saved as one message (MHTML, RFC 2557)."""

from __future__ import annotations

import email
import email.header
import email.policy
import email.utils
from email.errors import MessageError
from email.message import Message

from standoff.errors import ReportError
from standoff.reading.admission import admit
from standoff.reading.encoding import decode
from standoff.reading.html_pages import html_report
from standoff.reading.report import make_report
from standoff.records import Report

MIN_PLAIN_TEXT = 300
"""A plain part that is shorter (code points) only says that the message is to be read as a page."""


def read_mail(data: bytes, *, where: str, stem: str, published: str | None) -> Report:
    """Return the report in a mail: its plain part, or the article of its HTML part.

    Subject, date and sender of the mail are title, day of publication and outlet. Attachments are not read.
    Raises ReportError for a message without text.
    """
    message = _parsed(data, where)
    sent = _date(message)
    title = _header(message, "subject")
    sender, address = email.utils.parseaddr(_header(message, "from") or "")
    outlet = sender or address.rpartition("@")[2] or None
    plain, page = _part(message, "text/plain"), _part(message, "text/html")
    text = decode(_body(plain, where), where).text if plain is not None else ""
    if page is not None and len(text.strip()) < MIN_PLAIN_TEXT:
        return html_report(
            _body(page, where),
            where=where,
            id=stem,
            published=published,
            own_date=sent,
            title=title,
            outlet=outlet,
            format="mail",
        )
    if plain is None:
        raise ReportError(where, "the message holds no text; save the report itself as a text file")
    admit(text, where)
    return make_report(
        text,
        id=stem,
        title=title,
        published=sent or published,
        published_how="file" if sent else "given",
        outlet=outlet,
        format="mail",
    )


def read_saved_page(data: bytes, *, where: str, stem: str, published: str | None) -> Report:
    """Return the report in a page saved as MHTML: its first HTML part, under the address that it was saved from.

    The message's own date is the day of saving, and is not used. Raises ReportError where there is no page.
    """
    message = _parsed(data, where)
    page = _part(message, "text/html")
    if page is None:
        raise ReportError(where, "the saved page holds no HTML; save it again, or save the article's text")
    return html_report(
        _body(page, where),
        where=where,
        id=stem,
        published=published,
        title=_header(message, "subject"),
        url=_header(message, "snapshot-content-location") or _header(page, "content-location"),
        format="mhtml",
    )


def _parsed(data: bytes, where: str) -> Message:
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
    except (MessageError, RecursionError, ValueError, LookupError):
        message = None
    if message is None or not message.keys():
        raise ReportError(
            where, "this is no mail message; save it again from the mail program or the browser"
        )
    return message


def _part(message: Message, kind: str) -> Message | None:
    """Return the first part of a kind that is no attachment."""
    stack = [message]
    while stack:
        part = stack.pop()
        inner = part.get_payload()
        if part.is_multipart() and isinstance(inner, list):
            stack.extend(reversed([p for p in inner if isinstance(p, Message)]))
        elif part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            return part
    return None


def _body(part: Message, where: str) -> bytes:
    """Return a part's bytes, in UTF-8 where its charset is known and fits."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    if charset:
        try:
            return data.decode(charset).encode()
        except (LookupError, ValueError):
            pass
    return data


def _header(message: Message, name: str) -> str | None:
    value = message.get(name)
    if value is None:
        return None
    try:
        text = str(email.header.make_header(email.header.decode_header(str(value)[:2000])))
    except (MessageError, LookupError, ValueError):
        text = str(value)[:2000]
    return " ".join(text.split())[:500] or None


def _date(message: Message) -> str | None:
    try:
        return email.utils.parsedate_to_datetime(str(message.get("date", ""))).date().isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
