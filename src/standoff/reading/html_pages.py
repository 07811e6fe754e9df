"""HTML pages: the article's text with its headline, captions and metadata. The extraction is trafilatura's.

Barbaresi 2021, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text Discovery and Extraction".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import html
from lxml.etree import LxmlError, _Element

from standoff.errors import ReportError
from standoff.reading.admission import admit
from standoff.reading.html_markup import page_tree
from standoff.reading.report import make_report
from standoff.reading.written_dates import as_published
from standoff.records import Report

MIN_ARTICLE = 80
"""Code points of extracted text under which a page holds no article."""

_BLOCKS = frozenset(
    # what the extraction gives
    "p head item row quote code lb list table div details figure "
    # what HTML has
    "h1 h2 h3 h4 h5 h6 li ul ol tr td th dl dt dd br hr blockquote pre section article header footer".split(
        " "
    )
)


@dataclass(frozen=True, slots=True)
class Article:
    """What a page holds: its text (paragraphs parted by blank lines, the headline first) and its metadata."""

    text: str
    title: str | None
    author: str | None
    published: str | None
    outlet: str | None
    url: str | None
    captions: tuple[str, ...]


def read_page(data: bytes, where: str) -> Article:
    """Return the article of a page; raises ReportError where there is none, or where the page is no sound
    HTML.
    """
    import trafilatura
    from trafilatura.settings import Document

    tree = page_tree(data, where)
    captions = _captions_as_paragraphs(tree)
    _preformatted_as_paragraphs(tree)
    try:
        document = trafilatura.bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (LxmlError, ValueError, AttributeError, TypeError, KeyError, IndexError, RecursionError):
        document = None
    if not isinstance(document, Document) or document.body is None:
        raise _no_article(where)
    title = _line(document.title)
    parts = _paragraphs(document.body)
    if sum(len(part) for part in parts) < MIN_ARTICLE:
        raise _no_article(where)
    if title and title not in parts[:4]:
        parts.insert(0, title)
    elif title:
        parts.remove(title)
        parts.insert(0, title)
    return Article(
        text="\n\n".join(parts) + "\n",
        title=title,
        author=_line(document.author),
        published=as_published(document.date),
        outlet=_line(document.sitename),
        url=_line(document.url),
        captions=captions,
    )


def html_report(
    data: bytes,
    *,
    where: str,
    id: str,
    published: str | None,
    own_date: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    format: str = "html",
) -> Report:
    """Return the report of a page. What the page itself says comes before title, outlet and address given here.

    `own_date` is the date that the page's file gives, `published` that of the call.
    """
    article = read_page(data, where)
    admit(article.text, where)
    dated = article.published or own_date
    return make_report(
        article.text,
        id=id,
        title=article.title or title,
        published=dated or published,
        published_how="file" if dated else "given",
        outlet=article.outlet or outlet,
        author=article.author,
        url=article.url or url,
        format=format,
        captions=article.captions,
    )


def paragraphs_of_markup(markup: str, where: str) -> list[str]:
    """Return the paragraphs of a fragment that is all article, as feeds have it."""
    return _paragraphs(page_tree(markup.encode("utf-8", "replace"), where))


def _no_article(where: str) -> ReportError:
    return ReportError(
        where,
        "no article could be found in this page; open it in a browser and save the article's text instead",
    )


def _captions_as_paragraphs(tree: html.HtmlElement) -> tuple[str, ...]:
    """Turn each figure's caption into a paragraph, which the extraction keeps, and return the captions'
    texts.
    """
    found = []
    for caption in list(tree.iter("figcaption")):
        text = _line("".join(caption.itertext()))
        parent = caption.getparent()
        if not text or parent is None:
            continue
        paragraph = html.Element("p")
        paragraph.text = text
        paragraph.tail = caption.tail
        figure = parent
        while figure is not None and figure.tag != "figure":
            figure = figure.getparent()
        if figure is not None and figure.getparent() is not None:
            parent.remove(caption)
            paragraph.tail = figure.tail
            figure.tail = None
            figure.addnext(paragraph)
        else:
            parent.replace(caption, paragraph)
        found.append(text)
    return tuple(found)


def _preformatted_as_paragraphs(tree: html.HtmlElement) -> None:
    """Turn preformatted texts, whose blank lines the extraction would lose, into paragraphs."""
    for block in list(tree.iter("pre")):
        text = "".join(block.itertext())
        tail = block.tail
        block.clear()
        block.tag, block.tail = "div", tail
        for part in re.split(r"\n[ \t\r]*\n", text):
            if line := _line(part):
                paragraph = html.Element("p")
                paragraph.text = line
                block.append(paragraph)


def _paragraphs(body: _Element) -> list[str]:
    """Return the paragraphs of an extracted body in order."""
    found: list[str] = []
    current: list[str] = []

    def close() -> None:
        line = _line("".join(current))
        current.clear()
        if line:
            found.append(line)

    stack: list[tuple[_Element, bool]] = [(body, False)]
    while stack:
        element, left = stack.pop()
        block = element.tag in _BLOCKS
        if left:
            if block:
                close()
            current.append(element.tail or "")
            continue
        if block:
            close()
        current.append(element.text or "")
        if element.tag == "cell":
            current.append(" ")
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    close()
    return found


def _line(text: str | None) -> str | None:
    """Return a text with its white space made single, or None where nothing is left."""
    flat = re.sub(r"\s+", " ", text or "").strip()
    return flat or None
