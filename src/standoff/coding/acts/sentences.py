"""The sentence around a token, found in constant time and of bounded length.

spaCy's `Token.sent` walks to the sentence's ends on every call, which costs the square of its length where a text has
no full stop. Borders are therefore laid out once a document, and a sentence beyond all reason is cut to what stands
around the token.
"""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

LONGEST = 240
"""So many tokens on either side of a token are its sentence at most."""
KEY = "standoff sentence borders"


def borders(doc: Doc) -> list[int]:
    """Return the index of the first token of each sentence, and the number of tokens at the end."""
    known = doc.user_data.get(KEY)
    if known is None:
        starts = np.flatnonzero(doc.to_array("SENT_START") == 1).tolist()
        known = doc.user_data[KEY] = [0, *[start for start in starts if start > 0], len(doc)]
    found: list[int] = known
    return found


def bounds(token: Token) -> tuple[int, int]:
    """Return first and end index of the sentence around a token."""
    known = borders(token.doc)
    k = bisect.bisect_right(known, token.i) - 1
    return max(known[k], token.i - LONGEST), min(known[k + 1], token.i + LONGEST)


def sentence_of(token: Token) -> DocSpan:
    """Return the sentence around a token."""
    start, end = bounds(token)
    return token.doc[start:end]
