"""PDF files: the paragraphs of their text, with title and author from the file's properties.

The parser runs in a process of its own (`pdf_worker`), with limits on pages, time and memory.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from standoff.errors import ReportError
from standoff.reading import pdf_worker
from standoff.reading.admission import admit
from standoff.reading.limits import MAX_PDF_PAGES, MAX_TEXT_CHARACTERS, PDF_MEMORY, PDF_SECONDS
from standoff.reading.pdf_paragraphs import Line, paragraphs_of_pages
from standoff.reading.report import make_report
from standoff.records import Report

_GRACE = 20
"""Seconds that a busy machine may take to start the process and to give it its share of time."""

_SENTENCES = {
    pdf_worker.EMPTY: "the PDF holds no text, as one of scanned pages does; run text recognition on it and "
    "save its text",
    pdf_worker.LOCKED: "the PDF is locked by a password; open it and save its text as a text file",
    pdf_worker.DAMAGED: "this is no PDF, or a damaged one; open it and save its text as a text file",
    pdf_worker.LARGE: f"the PDF unpacks to more than a report of {MAX_TEXT_CHARACTERS:,} characters needs; "
    "save its text as a text file",
    pdf_worker.LONG: f"the PDF has {{number:,}} pages and {MAX_PDF_PAGES} are read; save the pages of the "
    "report as a file of their own",
    "time": f"the PDF could not be read in {PDF_SECONDS} seconds; save its text as a text file",
}


def read_pdf(data: bytes, *, where: str, stem: str, published: str | None) -> Report:
    """Return the report in a PDF; its text is that of the paragraphs, parted by blank lines.

    Running headers and page numbers are left out, and words that are hyphenated at the end of a line are put together:
    offsets point into the text that comes out. The day on which the file was made is not that of publication, and
    is not used. Raises ReportError for a file that is damaged, locked, scanned, too long, or that takes too much time
    or memory.
    """
    if b"%PDF-" not in data[:1024]:
        raise ReportError(where, _SENTENCES[pdf_worker.DAMAGED])
    found = _from_worker(data)
    if "problem" in found:
        raise ReportError(where, _SENTENCES[found["problem"]].format(number=found.get("number", 0)))
    pages = [[Line(*line) for line in page] for page in found["pages"]]
    text = "\n\n".join(paragraphs_of_pages(pages)) + "\n"
    admit(text, where)
    title = found["title"]
    return make_report(
        text,
        id=stem,
        title=title if title and title in text else None,
        author=found["author"],
        published=published,
        format="pdf",
    )


def _from_worker(data: bytes) -> dict[str, Any]:
    """Return what the process says about a PDF; a process that dies says that the file is damaged, or too large."""
    limits = pdf_worker.Limits(MAX_PDF_PAGES, MAX_TEXT_CHARACTERS, PDF_SECONDS, PDF_MEMORY)
    command = [sys.executable, "-I", str(pdf_worker.__file__), *map(str, limits)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=PDF_SECONDS + _GRACE, check=False
        )
    except subprocess.TimeoutExpired:
        return {"problem": "time"}
    if done.returncode in (-24, -9):  # SIGXCPU at the limit, SIGKILL after it
        return {"problem": "time"}
    if done.returncode:
        return {"problem": pdf_worker.LARGE if b"MemoryError" in done.stderr else pdf_worker.DAMAGED}
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer
