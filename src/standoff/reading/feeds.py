"""Feeds: RSS 2.0, RSS 1.0 and Atom, one report an entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from standoff.errors import ReportError
from standoff.reading.admission import admit
from standoff.reading.html_pages import paragraphs_of_markup
from standoff.reading.report import make_report
from standoff.records import Report

_BODY = frozenset({"encoded", "content", "description", "summary"})
_DATE = ("pubDate", "published", "date", "issued", "updated")


def is_feed(data: bytes) -> bool:
    """Return whether some bytes begin as an RSS or Atom feed does."""
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and re.search(rb"<(?:rss|feed|rdf:RDF)[\s>]", start) is not None


def read_feed(
    data: bytes, *, where: str, stem: str, published: str | None, on_problem: Callable[[ReportError], None]
) -> Iterator[Report]:
    """Yield the reports of a feed's entries, with their titles, dates and links; the feed's title is the outlet.

    Nothing is fetched and no entity is expanded. An entry without text is told by its number and skipped. Raises
    ReportError for what is no feed.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        reason = str(problem).split("\n")[0][:120]
        raise ReportError(where, f"this is no well-formed XML ({reason}); save the feed again") from None
    entries = [e for e in root.iter() if _name(e) in ("item", "entry")]
    if not entries:
        raise ReportError(where, "this is no RSS or Atom feed, or it has no entries; give a feed or a page")
    outlet = next((_flat(e) for e in root.iter() if _name(e) == "title"), None)
    for k, entry in enumerate(entries, start=1):
        place = f"{where}, entry {k}"
        try:
            yield _report(entry, place, f"{stem}-{k}", published, outlet)
        except ReportError as problem:
            on_problem(problem)


def _report(
    entry: etree._Element, where: str, identifier: str, published: str | None, outlet: str | None
) -> Report:
    title = _field(entry, ("title",))
    own_date = _field(entry, _DATE)
    body = max((_markup(e) for e in entry if _name(e) in _BODY), key=len, default="")
    parts = paragraphs_of_markup(body, where) if body.strip() else []
    if not parts:
        raise ReportError(where, "the entry holds no text; save the page that it links to")
    if title and parts[0] != title:
        parts.insert(0, title)
    text = "\n\n".join(parts) + "\n"
    admit(text, where)
    return make_report(
        text,
        id=identifier,
        title=title,
        published=own_date or published,
        published_how="file" if own_date else "given",
        outlet=outlet,
        author=_field(entry, ("creator", "author")),
        url=_link(entry),
        format="feed",
    )


def _markup(element: etree._Element) -> str:
    """Return the HTML that an element holds, escaped (RSS, Atom type html) or as elements (Atom type xhtml)."""
    inner = "".join(etree.tostring(child, encoding="unicode") for child in element)
    return (element.text or "") + inner


def _field(entry: etree._Element, names: tuple[str, ...]) -> str | None:
    """Return the text of the first of these fields that the entry has."""
    for name in names:
        for element in entry:
            if _name(element) == name and (text := _flat(element)):
                return text
    return None


def _link(entry: etree._Element) -> str | None:
    for element in entry:
        if _name(element) == "link" and element.get("rel", "alternate") == "alternate":
            address = element.get("href") or _flat(element)
            if address:
                return str(address)[:500]
    return None


def _name(element: etree._Element) -> str:
    """Return an element's name without its namespace; "" for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _flat(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())[:500]
