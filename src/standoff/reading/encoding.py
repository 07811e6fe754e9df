"""From the bytes of a text file to its characters, without guessing where the bytes say it themselves."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from standoff.errors import ReportError

_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_UNASSIGNED_1252 = b"\x81\x8d\x8f\x90\x9d"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text; `note` says so where the encoding was not UTF-8."""

    text: str
    note: str | None = None


def decode(data: bytes, where: str) -> Decoded:
    """Return the text of a file: by its byte order mark, else as UTF-8, else as Windows-1252 (with a note).

    Raises ReportError for a binary file and for a text in an encoding that none of these is.
    """
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _by_mark(data[len(mark) :], codec, name, where)
    if b"\x00" in data:
        if (wide := _utf16_without_mark(data)) is not None:
            return Decoded(wide, "it was read as UTF-16, which its bytes suggest and no byte order mark says")
        raise _binary(where)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return _as_windows_1252(data, problem, where)
    if _mostly_control(data):
        raise _binary(where)
    return Decoded(text)


def _by_mark(data: bytes, codec: str, name: str, where: str) -> Decoded:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as problem:
        raise ReportError(
            where,
            f"the file says that it is {name} but byte {problem.start} is not; save it again as UTF-8",
        ) from None
    return Decoded(text, None if codec == "utf-8" else f"it was read as {name}")


def _as_windows_1252(data: bytes, problem: UnicodeDecodeError, where: str) -> Decoded:
    """Decode what is no UTF-8, where it can be Windows-1252: mostly letters, no unassigned bytes, no control
    characters.
    """
    high = sum(1 for byte in data if byte >= 0x80)
    if _mostly_control(data):
        raise _binary(where)
    if high > len(data) // 4 or any(byte in _UNASSIGNED_1252 for byte in data):
        raise ReportError(
            where,
            f"the text is not in UTF-8 (byte {problem.start} does not fit) nor in Windows-1252; "
            "save it again as UTF-8",
        )
    return Decoded(
        data.decode("cp1252"),
        f"it is not in UTF-8 (byte {problem.start} does not fit) and was read as Windows-1252; "
        "if letters look wrong, save it again as UTF-8",
    )


def _utf16_without_mark(data: bytes) -> str | None:
    """Return the text where every other byte of the beginning is zero, as in English UTF-16, else None."""
    head = data[:2000]
    for zeros, others, codec in ((head[1::2], head[::2], "utf-16-le"), (head[::2], head[1::2], "utf-16-be")):
        if len(zeros) > 3 and zeros.count(0) > 0.9 * len(zeros) and others.count(0) == 0:
            try:
                return data.decode(codec)
            except UnicodeDecodeError:
                return None
    return None


def _mostly_control(data: bytes) -> bool:
    """Return whether more than one byte in fifty of the beginning is a control character that no text has."""
    head = data[:20_000]
    return len(head) - len(head.translate(None, _CONTROL)) > len(head) // 50


def _binary(where: str) -> ReportError:
    return ReportError(
        where, "this is a binary file and no text; give the report as a text, HTML, JSON or JSON lines file"
    )
