"""Zip archives of reports: each file in one whose name says that it is a report.

Nothing is unpacked to the disk, so that a name that climbs ("../../x") leads nowhere. An archive that inflates
without end is stopped, member by member and as a whole.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from standoff.errors import ReportError
from standoff.reading.gzip_files import inflated
from standoff.reading.limits import (
    MAX_ARCHIVE_BYTES,
    MAX_ARCHIVE_MEMBERS,
    MAX_INFLATION,
    MIN_INFLATED,
    readable,
)

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)


class Member(io.RawIOBase):
    """The bytes of one file in an archive; reading raises ReportError where it is damaged, or inflates too far."""

    def __init__(self, stream: BinaryIO, where: str, packed: int) -> None:
        super().__init__()
        self._stream = stream
        self._where = where
        self._packed = packed
        self.given = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer; 0 at the end."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        try:
            data = self._stream.read(len(view))
        except _BROKEN:
            raise ReportError(self._where, "this file in the archive is damaged; pack it again") from None
        self.given += len(data)
        if self.given > MIN_INFLATED and self.given > MAX_INFLATION * self._packed:
            raise ReportError(
                self._where,
                f"the file inflates to more than {MAX_INFLATION} times its size ({readable(self.given)} so far), "
                "which no text does; unpack it yourself if you trust it",
            )
        view[: len(data)] = data
        return len(data)


def members(
    stream: BinaryIO, where: str, wanted: Callable[[str], bool], on_problem: Callable[[ReportError], None]
) -> Iterator[tuple[str, str, BinaryIO]]:
    """Yield place, name and bytes of the files in an archive whose names are `wanted`, sorted by name.

    Hidden files are left out. Raises ReportError for what is no zip archive, for one with more than
    `MAX_ARCHIVE_MEMBERS` files or more than `MAX_ARCHIVE_BYTES` in its reports, and where nothing in it is wanted.
    """
    try:
        archive = zipfile.ZipFile(stream)
        infos = sorted((info for info in archive.infolist() if _open(info)), key=lambda info: info.filename)
    except _BROKEN:
        raise ReportError(where, "this is no zip archive, or a damaged one; pack it again") from None
    if len(infos) > MAX_ARCHIVE_MEMBERS:
        raise ReportError(
            where, f"the archive holds {len(infos):,} files and {MAX_ARCHIVE_MEMBERS:,} are read; unpack it"
        )
    infos = [info for info in infos if wanted(PurePosixPath(info.filename).name)]
    if not infos:
        raise ReportError(
            where, "the archive holds no reports that can be read; unpack it and see what is in it"
        )
    total = 0
    for info in infos:
        place = f"{where}, file {_shown(info.filename)}"
        if info.flag_bits & 0x1:
            on_problem(ReportError(place, "the file is locked by a password; unpack the archive first"))
            continue
        try:
            member = Member(cast(BinaryIO, archive.open(info)), place, info.compress_size)
        except _BROKEN:
            on_problem(ReportError(place, "this file in the archive is damaged; pack it again"))
            continue
        content = cast(BinaryIO, io.BufferedReader(member))
        if info.filename.lower().endswith(".gz"):
            content = inflated(content, place)
        yield place, PurePosixPath(info.filename).name, content
        total += member.given
        if total > MAX_ARCHIVE_BYTES:
            raise ReportError(
                where, f"the archive inflates to more than {readable(MAX_ARCHIVE_BYTES)}; unpack it"
            )


def _open(info: zipfile.ZipInfo) -> bool:
    """Return whether a member is a file that is not hidden."""
    parts = PurePosixPath(info.filename).parts
    return not info.is_dir() and not any(
        (part.startswith(".") and part != "..") or part == "__MACOSX" for part in parts
    )


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)[:200]
