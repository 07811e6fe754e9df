"""Where reports come from: the files that paths, folders, globs and standard input stand for."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path, PurePath
from typing import BinaryIO, cast

from standoff.errors import ReportError
from standoff.reading.gzip_files import MAGIC, inflated

STANDARD_INPUT = "-"

FORMATS: dict[str, str] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".eml": "mail", ".mht": "mhtml", ".mhtml": "mhtml",
    ".docx": "docx", ".csv": "csv", ".tsv": "csv",
    ".rss": "feed", ".atom": "feed", ".xml": "feed",
    ".pdf": "pdf", ".parquet": "parquet", ".warc": "warc", ".arc": "warc", ".zip": "zip",
}  # fmt: skip
"""File name suffix to format; any other file that is named is told by its content."""

COMPRESSED = ".gz"
"""A suffix that may follow any of these."""

_MISSING = "there is no such file; check the path"
_WEB = "this is a web address and no file; ask for it with --url, or with --feed where it is a feed"
_NOT_IN_FOLDERS = frozenset({"readme", "license", "licence", "changelog", "copying", "notice"})


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or standard input: how it is called in messages, its stem, its format ("" where the name does
    not tell).
    """

    where: str
    stem: str
    format: str

    def open(self) -> BinaryIO:
        """Open it for reading bytes, inflated where it is compressed; raises ReportError where that fails."""
        if self.where == STANDARD_INPUT:
            return sys.stdin.buffer
        try:
            stream = _opened(self.where)
            compressed = stream.peek(2)[:2] == MAGIC
            return inflated(stream, self.where) if compressed else cast(BinaryIO, stream)
        except (OSError, ValueError) as problem:
            raise ReportError(self.where, _why_not(problem)) from None


def sources(paths: Sequence[str], on_problem: Callable[[ReportError], None]) -> Iterator[Source]:
    """Yield the files that the paths stand for, in the order given, folders sorted; each file once."""
    seen: set[str] = set()
    for path in paths:
        try:
            for found in _files_of(path, on_problem):
                key = found if found == STANDARD_INPUT else os.path.realpath(found)
                if key not in seen:
                    seen.add(key)
                    yield _source(found)
        except (OSError, ValueError) as problem:
            on_problem(ReportError(_shown(path), _why_not(problem)))


def _source(path: str) -> Source:
    if path == STANDARD_INPUT:
        return Source(STANDARD_INPUT, "stdin", "")
    return Source(path, *named(Path(path).name))


def named(name: str) -> tuple[str, str]:
    """Return the stem of a file's name and the format that it tells ("" where it tells none)."""
    path = PurePath(name)
    if path.suffix.lower() == COMPRESSED:
        path = path.with_suffix("")
    return path.stem or path.name, FORMATS.get(path.suffix.lower(), "")


def is_report_name(name: str) -> bool:
    """Return whether a file's name says that it is a report, so that it is read where only its folder was named."""
    stem, format = named(name)
    return bool(format) and not name.startswith(".") and stem.lower() not in _NOT_IN_FOLDERS


def _files_of(path: str, on_problem: Callable[[ReportError], None]) -> Iterator[str]:
    if path == STANDARD_INPUT:
        yield path
    elif os.path.isdir(path):
        yield from _in_folder(path, on_problem)
    elif os.path.lexists(path):
        yield path
    elif glob.has_magic(path):
        matches = sorted(glob.glob(path, recursive=True))
        if not matches:
            on_problem(ReportError(path, "no file fits this pattern; check the folder and the spelling"))
        for match in matches:
            if os.path.isdir(match):
                yield from _in_folder(match, on_problem)
            else:
                yield match
    else:
        on_problem(ReportError(_shown(path), _WEB if path.startswith(("http://", "https://")) else _MISSING))


def _in_folder(folder: str, on_problem: Callable[[ReportError], None]) -> Iterator[str]:
    """Yield the files of a folder and its folders whose names say that they are reports; hidden ones are left
    out.
    """

    def unreadable(problem: OSError) -> None:
        on_problem(ReportError(str(problem.filename), _why_not(problem)))

    found = False
    for here, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not name.endswith("_files")
        )
        for name in sorted(names):
            if is_report_name(name):
                found = True
                yield os.path.join(here, name)
    if not found:
        kinds = ", ".join(FORMATS)
        on_problem(ReportError(folder, f"the folder holds no reports; files ending in {kinds} are read"))


def _opened(path: str) -> BufferedReader:
    return open(path, "rb")


def _why_not(problem: OSError | ValueError) -> str:
    if isinstance(problem, FileNotFoundError):
        return _MISSING
    if isinstance(problem, PermissionError):
        return "the file may not be read; change its permissions"
    if isinstance(problem, IsADirectoryError):
        return "this is a folder and no file; give the files in it"
    reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    return f"it cannot be read ({reason}); check the path"


def _shown(path: str) -> str:
    return path.replace("\x00", "\\0") or "(an empty path)"
