"""Whether the clause around a time speaks of what happened or of what is to come.

The nearest verb before the time decides, within its sentence; where none stands before, the nearest after it does.
"""

from __future__ import annotations

import re
from typing import Literal

Tense = Literal["past", "future", "unknown"]

_WINDOW = 240
_BOUND = re.compile(r"[.!?;]['”\"’)]*\s|\n")
_CLAUSE = re.compile(r",|\b(?:that|who|which|after|when|and|but|said)\b")
_CUE = re.compile(
    r"""\b(?:
      (?P<future>will|shall|won['’]t|would|may|might|could|should|must|going\ to|scheduled|due|slated
        |planned|plans?|planning|expected|upcoming|set\ (?:for|to)|(?:is|are|was|were)\ to(?=\ [a-z])
        |intends?|hopes?\ to|deadline|until|ahead\ of
        |(?:agreed|vowed|pledged|promised|decided|ready|prepar\w+|order\w*|want\w*|ask\w*|urg\w+|call\w*|has
            |have|need\w*|threaten\w*|wait\w*|offer\w*|agree|propos\w+|invit\w+)
         \ (?:\w+\ ){0,2}to\ (?!have\b)[a-z]+)
      | (?P<past>was|were|had|has|have|did|said|told|held|met|took|came|went|made|began|fell|broke|sent|gave|shot|left
        |saw|found|got|hit|won|lost|put|led|spoke|rose|fought|blew|drove|struck|brought|sought|became|ran|flew|ago
        |[a-z]{2,}ed)
    )\b|(?P<contracted>['’]ll)\b""",
    re.VERBOSE,
)


def _tense_of(found: re.Match[str]) -> Tense:
    return "past" if found.lastgroup == "past" else "future"


def tense_at(text: str, start: int, end: int) -> Tense:
    """Return the tense of the clause that holds `text[start:end]`; looks at 240 characters on either side."""
    low = max(0, start - _WINDOW)
    bounds = [found.end() for found in _BOUND.finditer(text, low, start)]
    low = bounds[-1] if bounds else low
    last: re.Match[str] | None = None
    for found in _CUE.finditer(text, low, start):
        # A participle does not undo a "will" before it in the same clause.
        weak = found.lastgroup == "past" and found.group().endswith("ed")
        if weak and last is not None and last.lastgroup != "past":
            weak = _CLAUSE.search(text, last.end(), found.start()) is None
        else:
            weak = False
        if not weak:
            last = found
    if last is not None:
        return _tense_of(last)
    after = _BOUND.search(text, end, min(len(text), end + _WINDOW))
    found_after = _CUE.search(text, end, after.start() if after else min(len(text), end + _WINDOW))
    return _tense_of(found_after) if found_after else "unknown"
