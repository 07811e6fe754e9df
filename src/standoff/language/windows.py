"""Windows: the encoder's view of a text, runs of whole paragraphs cut into word pieces.

A window holds at most `LIMIT` pieces; paragraphs are parted by [SEP]. A paragraph longer than a window is cut. Training and
coding build windows by the same function, so that the network meets at work what it was trained on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LIMIT = 320


class Window(NamedTuple):
    """Word piece ids and their offsets in the text; special pieces have the empty offset (0, 0)."""

    ids: list[int]
    offsets: list[tuple[int, int]]


def windows(
    text: str, paragraphs: Iterable[tuple[int, int]], tokenizer: Tokenizer, limit: int = LIMIT
) -> Iterator[Window]:
    """Yield the windows over the given paragraphs of a text, in order; linear in the text's length."""
    cls, sep = (int(tokenizer.token_to_id(name) or 0) for name in ("[CLS]", "[SEP]"))
    ids = [cls]
    offsets: list[tuple[int, int]] = [(0, 0)]
    for start, end in paragraphs:
        encoding = tokenizer.encode(text[start:end], add_special_tokens=False)
        pieces, part = encoding.ids, [(a + start, b + start) for a, b in encoding.offsets]
        at = 0
        while at < len(part):
            room = limit - len(ids) - 1
            left = len(part) - at
            if left > room and len(ids) > 1 and (left <= limit - 2 or room < limit // 3):
                yield Window(ids, offsets)
                ids, offsets = [cls], [(0, 0)]
                continue
            take = min(room, left)
            ids += [*pieces[at : at + take], sep]
            offsets += [*part[at : at + take], (0, 0)]
            at += take
    if len(ids) > 1:
        yield Window(ids, offsets)
