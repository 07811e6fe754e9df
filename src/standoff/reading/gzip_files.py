"""Compressed files, inflated as they are read, with a guard against those that inflate without end."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO, cast

from standoff.errors import ReportError
from standoff.reading.limits import MAX_INFLATION, MIN_INFLATED, readable

MAGIC = b"\x1f\x8b"
_CHUNK = 64 * 1024


def inflated(stream: BinaryIO, where: str) -> BinaryIO:
    """Return a stream of the inflated bytes of a gzip file.

    Reading from it raises ReportError where the data are damaged, and where they inflate to more than
    `MAX_INFLATION` times their size (text inflates to three to ten times).
    """
    return cast(BinaryIO, io.BufferedReader(_Inflating(stream, where), _CHUNK))


class _Inflating(io.RawIOBase):
    """Inflates one gzip member after the other; never holds more than one chunk."""

    def __init__(self, stream: BinaryIO, where: str) -> None:
        super().__init__()
        self._stream = stream
        self._where = where
        self._member = zlib.decompressobj(wbits=31)
        self._pending = b""
        self._taken = 0
        self._given = 0
        self._begun = False

    def readable(self) -> bool:
        """Return True."""
        return True

    def close(self) -> None:
        """Close the compressed stream too."""
        self._stream.close()
        super().close()

    def readinto(self, buffer: object) -> int:
        """Fill a buffer; 0 at the end of the last member."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while True:
            if not self._pending:
                self._pending = self._stream.read(_CHUNK)
                self._taken += len(self._pending)
            if not self._pending:
                if self._begun and not self._member.eof:
                    raise ReportError(self._where, "the compressed file is cut off; copy it again")
                return 0
            if self._member.eof:
                self._member = zlib.decompressobj(wbits=31)
            self._begun = True
            try:
                data = self._member.decompress(self._pending, len(view))
            except zlib.error:
                raise ReportError(self._where, "the compressed file is damaged; copy it again") from None
            self._pending = self._member.unconsumed_tail or self._member.unused_data
            if data:
                self._count(len(data))
                view[: len(data)] = data
                return len(data)

    def _count(self, size: int) -> None:
        self._given += size
        if self._given > MIN_INFLATED and self._given > MAX_INFLATION * self._taken:
            raise ReportError(
                self._where,
                f"the compressed file inflates to more than {MAX_INFLATION} times its size "
                f"({readable(self._given)} so far), which no text does; inflate it yourself if you trust it",
            )
