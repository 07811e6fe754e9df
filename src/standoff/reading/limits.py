"""How much of anything is read, so that no input can exhaust the machine. Docs: docs/reading.md."""

from __future__ import annotations

MAX_TEXT_CHARACTERS = 1_000_000
"""A report's text, in code points: a thick book; press reports have 500 to 50,000."""

MAX_TEXT_BYTES = 4 * MAX_TEXT_CHARACTERS
"""A text file: no encoding that is read takes more than four bytes a character."""

MAX_HTML_BYTES = 32 * 1024 * 1024
"""A saved page as it lies on the disk, with its pictures inlined."""

MAX_MARKUP_CHARACTERS = 4 * 1024 * 1024
"""A page without its scripts, styles and inlined data."""

MAX_ELEMENTS = 15_000
"""Elements of a page: the fullest real pages have some ten thousand, and extraction takes quadratic time."""

MAX_JSON_BYTES = 64 * 1024 * 1024
"""A JSON file, which is read whole; JSON lines have no limit but that of a line."""

MAX_LINE_BYTES = 8 * 1024 * 1024
"""One line of JSON lines: a text of the greatest length with escapes."""

MAX_INFLATION = 100
"""How many times its size a compressed file may inflate to; text reaches ten."""

MIN_INFLATED = 16 * 1024 * 1024
"""Below this no compressed file is suspected."""

MAX_MESSAGE_BYTES = 32 * 1024 * 1024
"""A mail or an MHTML page with its attachments, a Word document or a PDF with its pictures."""

MAX_FEED_BYTES = 16 * 1024 * 1024
"""An RSS or Atom file."""

MAX_PDF_PAGES = 500
"""Pages of a PDF: a report has one to fifty."""

PDF_SECONDS = 30
"""Seconds of processor time that a PDF may take; a hundred pages take five."""

PDF_MEMORY = 1024 * 1024 * 1024
"""Bytes of address space that the parser of a PDF may use."""

MAX_PACKED_BYTES = 512 * 1024 * 1024
"""A zip archive or a Parquet file that comes in where it cannot be read at any place, as on standard input."""

MAX_COLUMN_BYTES = 1024 * 1024 * 1024
"""A text column of one row group of a Parquet file, which is held at once."""

MAX_ARCHIVE_MEMBERS = 20_000
"""Files in a zip archive; more are web archives or data sets, which have forms of their own."""

MAX_ARCHIVE_BYTES = 4 * 1024 * 1024 * 1024
"""What all reports of a zip archive may inflate to together."""


def readable(size: int) -> str:
    """Return a number of bytes for people, as in "50 MB"."""
    if size >= 1024 * 1024:
        return f"{size / (1024 * 1024):.0f} MB"
    return f"{size / 1024:.0f} kB"
