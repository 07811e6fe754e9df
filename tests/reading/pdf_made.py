"""PDF files made by hand, line by line, for the tests."""

from __future__ import annotations

import zlib
from collections.abc import Sequence


def lines(*texts: str, x: float = 72, y: float = 720, leading: float = 14) -> list[tuple[str, float, float]]:
    """Lines that follow each other at a distance; an empty one is a gap."""
    return [(text, x, y - leading * k) for k, text in enumerate(texts) if text]


def pdf(
    pages: Sequence[Sequence[tuple[str, float, float]]],
    *,
    info: str = "",
    compressed: bool = False,
    extra: str = "",
) -> bytes:
    """A PDF in 12 point Helvetica; each line of a page is (text, x, y)."""
    objects: list[bytes] = [
        b"",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    for page in pages:
        drawn = "\n".join(
            f"BT /F1 12 Tf {x} {y} Td ({text.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj ET"
            for text, x, y in page
        )
        content = drawn.encode("cp1252")
        coding = b""
        if compressed:
            content, coding = zlib.compress(content), b"/Filter/FlateDecode"
        objects.append(b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), coding, content))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>%s>>"
            % (len(objects), extra.encode())
        )
        kids.append(len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))
    objects.append(b"<<" + info.encode("cp1252") + b">>")
    return assembled(objects)


def assembled(objects: Sequence[bytes]) -> bytes:
    """A PDF file from its objects; the first is the catalogue, the last the information."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, len(objects), start,
    )  # fmt: skip
    return bytes(out)
