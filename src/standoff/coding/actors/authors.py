"""Who "we" is outside quotations: the author of a statement that is printed as it was issued."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from standoff.coding.actors.lexicon import words
from standoff.coding.actors.table import NOBODY, Resolution

if TYPE_CHECKING:
    from standoff.coding.actors.index import ActorIndex

_ISSUED = re.compile(
    r"(?i)\b(?:joint (?:statement|communiqu)|press statement|following (?:text|statement)|statement (?:by|of|on behalf)|"
    r"the text of|was (?:issued|released) by|we,? the)\b"
)


def author_of(index: ActorIndex) -> Resolution:
    """Return the parties in whose name a report speaks, or nobody.

    The first list of three parties or more near the beginning is who issues a joint statement. Otherwise it is the actor
    that is most often the subject of a sentence outside quotations, or the outlet.
    """
    begin = index.doc.text[:1200]
    if _ISSUED.search(begin):
        for number in range(4):
            for token in index.sentence(number):
                if token.i in index.phrases.name_at or token.lower_ in ("governments", "ministers", "leaders"):
                    found = index.phrases.conjoined(token)
                    many = token.lower_ in ("governments", "ministers", "leaders")
                    if len(found.codes) > 2 or (len(found.codes) == 2 and (many or "joint" in begin.lower())):
                        return found._replace(guess=True, how="issued by " + found.how)
    outlet = index.table.lookup(index.analysis.report.outlet or "", index.analysis.report.published)
    if outlet.codes:
        return outlet._replace(guess=True, how="outlet: " + outlet.how)
    subjects: Counter[tuple[str, ...]] = Counter()
    for token in index.tokens:
        if token.dep_ != "nsubj" or token.lower_ in words("first_person") or index.is_quoted(token):
            continue
        if token.i in index.phrases.name_at and token.head.dep_ == "ROOT":
            subjects[index.phrases.head(token).codes] += 1
    subjects.pop((), None)
    if not subjects:
        return NOBODY
    codes, _ = subjects.most_common(1)[0]
    return Resolution(codes, True, "the party whose deeds the report tells in the first person")
