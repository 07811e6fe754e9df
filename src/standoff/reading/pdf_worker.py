"""A process of its own that takes a PDF from standard input and gives its lines as JSON: what a hostile file does to
the parser, it does to this process alone, which may not use much memory or time and may write no file.

Run by `pdf_files` as a program, with its limits as arguments; it imports nothing of the package, so that it starts
quickly. pypdf does the parsing.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
from typing import Any, NamedTuple

EMPTY, LOCKED, DAMAGED, LONG, LARGE = "empty", "locked", "damaged", "long", "large"
"""What can be wrong with a file, as the field `problem` says it."""


class Limits(NamedTuple):
    """Pages, code points of text, seconds of processor time, bytes of address space."""

    pages: int
    characters: int
    seconds: int
    memory: int


def main() -> None:
    """Read a PDF, write one JSON object: `title`, `author` and `pages`, each a list of [text, x, y, size], or
    `problem`.
    """
    limits = Limits(*map(int, sys.argv[1:]))
    _confine(limits)
    logging.disable(logging.CRITICAL)
    data = sys.stdin.buffer.read()
    try:
        found = _lines(data, limits)
    except MemoryError:
        found = {"problem": LARGE}
    except Exception:  # whatever the parser falls over
        found = {"problem": DAMAGED}
    sys.stdout.write(json.dumps(found))


def _confine(limits: Limits) -> None:
    """Let the system hold this process to its limits, where it can."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def _lines(data: bytes, limits: Limits) -> dict[str, Any]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"problem": LOCKED}
        if len(reader.pages) > limits.pages:
            return {"problem": LONG, "number": len(reader.pages)}
        about = reader.metadata
        pages, size = [], 0
        for page in reader.pages:
            lines = _lines_of(page)
            size += sum(len(line[0]) for line in lines)
            if size > 2 * limits.characters:
                return {"problem": LARGE}
            pages.append(lines)
    except (DependencyError, FileNotDecryptedError, WrongPasswordError):
        return {"problem": LOCKED}
    title, author = _word(about.title if about else None), _word(about.author if about else None)
    return {"title": title, "author": author, "pages": pages} if size else {"problem": EMPTY}


def _lines_of(page: Any) -> list[tuple[str, float, float, float]]:
    """Return the lines of a page in the order in which it draws them: text, left end, height on the page, size of type
    (in points).
    """
    found: list[tuple[str, float, float, float]] = []
    words: list[str] = []
    at: list[float] = []

    def close() -> None:
        text = "".join(words)
        if text.strip() and at:
            found.append((text, at[0], at[1], at[2]))
        words.clear()
        at.clear()

    def visit(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        for k, piece in enumerate(text.split("\n")):
            if k:
                close()
            if piece.strip() and not at:
                scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
                x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                at.extend(round(float(value), 2) for value in (x, y, abs(size) * scale))
            words.append(piece)

    page.extract_text(visitor_text=visit)
    close()
    return found


def _word(value: object) -> str | None:
    return (" ".join(value.split())[:500] or None) if isinstance(value, str) else None


if __name__ == "__main__":
    main()
