"""Word documents (DOCX, ECMA-376): the paragraphs of the main text, with title, author and day from the properties."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from standoff.errors import ReportError
from standoff.reading.admission import admit
from standoff.reading.limits import MAX_MARKUP_CHARACTERS, readable
from standoff.reading.report import make_report
from standoff.records import Report

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_PART_BYTES = 8 * MAX_MARKUP_CHARACTERS
"""One part of the package, inflated: Word spends some ten bytes of markup on a character."""


def read_word(data: bytes, *, where: str, stem: str, published: str | None) -> Report:
    """Return the report in a DOCX file; its text is that of the paragraphs, parted by blank lines.

    Headers, footers, notes, comments and deleted text are left out. The file's dates of making and of saving are
    not those of publication, and are not used. Raises ReportError for what is no Word document, for a damaged
    one, and for one whose parts inflate to more than `MAX_PART_BYTES`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            body = _part(package, "word/document.xml", where)
            properties = _part(package, "docProps/core.xml", where)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise ReportError(
            where, "this Word document is damaged or locked; save its text as a text file"
        ) from None
    if body is None:
        raise ReportError(where, "this is no Word document; save its text as a text file")
    text = "\n\n".join(line for p in body.iter(f"{_WORD}p") if (line := _line(p))) + "\n"
    admit(text, where)
    return make_report(
        text,
        id=stem,
        title=_property(properties, "title"),
        author=_property(properties, "creator"),
        published=published,
        format="docx",
    )


def _part(package: zipfile.ZipFile, name: str, where: str) -> etree._Element | None:
    """Return the root of one part of the package, or None where there is no such part."""
    try:
        with package.open(name) as stream:
            content = stream.read(MAX_PART_BYTES + 1)
    except KeyError:
        return None
    if len(content) > MAX_PART_BYTES:
        raise ReportError(
            where,
            f"the Word document inflates to more than {readable(MAX_PART_BYTES)}, more than a report has; "
            "save its text as a text file",
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise ReportError(where, "this Word document is damaged; save its text as a text file") from None


def _line(paragraph: etree._Element) -> str:
    """Return a paragraph's text on one line; tabs and line breaks become spaces, deleted text is left out."""
    parts = []
    for element in paragraph.iter():
        if element.tag == f"{_WORD}t":
            parts.append(element.text or "")
        elif element.tag in (f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
            parts.append(" ")
    return " ".join("".join(parts).split())


def _property(properties: etree._Element | None, name: str) -> str | None:
    if properties is None:
        return None
    for element in properties:
        if isinstance(element.tag, str) and etree.QName(element).localname == name:
            return " ".join((element.text or "").split())[:500] or None
    return None
