"""A saved page from bytes to a tree that is safe to work on: decoded, without scripts and inlined data, of
bounded size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html
from lxml.etree import LxmlError

from standoff.errors import ReportError
from standoff.reading.encoding import decode
from standoff.reading.limits import MAX_ELEMENTS, MAX_HTML_BYTES, MAX_MARKUP_CHARACTERS, readable

MAX_DEPTH = 200
"""Nesting of elements; libxml2 itself gives up at 256, real pages stay under 60."""

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_DATA_URI = re.compile(r"data:[\w/+.-]{1,60}(?:;[\w=.-]{1,40}){0,4},[A-Za-z0-9+/=%_.~-]{100,}")
_DROPPED = re.compile(r"<(script|style|svg|template|noscript|iframe|object|canvas)\b", re.IGNORECASE)
_LINKED_DATA = re.compile(r"[^>]{0,200}application/ld\+json", re.IGNORECASE)
_MAX_LINKED_DATA = 200_000


def looks_like_html(text: str) -> bool:
    """Return whether a text begins as a page does."""
    head = text[:1000].lstrip("\ufeff \t\r\n").lower()
    if head.startswith("<?xml"):
        head = head.partition("?>")[2].lstrip()
    while head.startswith("<!--") and "-->" in head:
        head = head.partition("-->")[2].lstrip()
    return head.startswith(("<!doctype html", "<html", "<head", "<body", "<article"))


def decode_page(data: bytes, where: str) -> str:
    """Return the characters of a page, by its byte order mark, its `charset`, or as any text file."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decode(data, where).text


def page_tree(data: bytes, where: str) -> html.HtmlElement:
    """Return the tree of a page; raises ReportError for one that is too big, too deep, or that is none."""
    if len(data) > MAX_HTML_BYTES:
        raise ReportError(
            where,
            f"the page is larger than {readable(MAX_HTML_BYTES)}, more than a press report is; "
            "save its text alone",
        )
    markup = without_code(_DATA_URI.sub("", decode_page(data, where)))
    if len(markup) > MAX_MARKUP_CHARACTERS:
        raise ReportError(
            where,
            f"the page has {len(markup):,} characters of markup and {MAX_MARKUP_CHARACTERS:,} are read; "
            "save its text alone",
        )
    if not markup.strip():
        raise ReportError(where, "the page is empty; save it again from the browser")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError, AssertionError):
        raise ReportError(
            where, "this cannot be read as HTML; save the page again, or save its text alone"
        ) from None
    _check_size(tree, where)
    return tree


def without_code(markup: str) -> str:
    """Return markup without scripts, styles and drawings (linked data stays: it holds date and author)."""
    return "".join(_kept(markup))


def _kept(markup: str) -> Iterator[str]:
    lower = markup.lower() if len(markup.lower()) == len(markup) else markup
    start = 0
    unclosed: set[str] = set()
    while (opened := _DROPPED.search(markup, start)) is not None:
        name = opened[1].lower()
        yield markup[start : opened.start()]
        close = -1 if name in unclosed else lower.find(f"</{name}", opened.end())
        if close < 0:
            unclosed.add(name)
            start = markup.find(">", opened.end()) + 1 or len(markup)
            continue
        end = markup.find(">", close) + 1 or len(markup)
        if _LINKED_DATA.match(markup, opened.end()) and end - opened.start() < _MAX_LINKED_DATA:
            yield markup[opened.start() : end]
        start = end
    yield markup[start:]


def _check_size(tree: html.HtmlElement, where: str) -> None:
    """Refuse trees that the extraction would take for ever on, or fall over."""
    count, level = 0, [tree]
    for _depth in range(MAX_DEPTH):
        count += len(level)
        level = [child for element in level for child in element]
        if not level:
            break
        if count + len(level) > MAX_ELEMENTS:
            raise ReportError(
                where,
                f"the page has more than {MAX_ELEMENTS:,} elements, which no press report has; "
                "save its text alone",
            )
    else:
        raise ReportError(
            where, f"the page nests its elements more than {MAX_DEPTH} deep; save its text alone"
        )
