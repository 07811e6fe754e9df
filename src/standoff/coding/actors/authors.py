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


_BLOCS = frozenset({("G7",), ("G8",), ("G20",)})


def author_of(index: ActorIndex) -> Resolution:
    """Return the parties in whose name a report speaks, or nobody.

    The first list of three parties or more near the beginning is who issues a joint statement. Otherwise it is the actor
    that is most often the subject of a sentence outside quotations, or the outlet.
    """
    byline = _byline(index)
    if byline.codes:
        return byline
    begin = index.doc.text[:1200]
    if _ISSUED.search(begin):
        for number in range(4):
            for token in index.sentence(number):
                if token.i in index.phrases.name_at or token.lower_ in (
                    "governments",
                    "ministers",
                    "leaders",
                ):
                    found = index.phrases.conjoined(token)
                    if found.codes in _BLOCS:
                        return _with_guests(index, found)
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
        if token.i in index.phrases.name_at and token.head.tag_ in ("VBZ", "VBP"):
            stance = token.head.lemma_ in words("stances")
            subjects[index.phrases.head(token).codes] += 5 if stance else 1
    subjects.pop((), None)
    if not subjects:
        return NOBODY
    codes, _ = subjects.most_common(1)[0]
    return Resolution(codes, True, "the party whose deeds the report tells in the first person")


def _with_guests(index: ActorIndex, bloc: Resolution) -> Resolution:
    """Return a bloc with the European Union where that signs beside it, instead of the list of the bloc's members."""
    begin = [token for number in range(4) for token in index.sentence(number)]
    last = begin[-1].i
    guests = ("EU",) if any(n.row.codes == ("EU",) and n.first <= last for n in index.phrases.names) else ()
    return Resolution((*bloc.codes, *guests), True, "issued by " + bloc.how)


def _byline(index: ActorIndex) -> Resolution:
    """Return for whom the person speaks who is named alone in one of the first lines."""
    for region in index.analysis.report.regions[:4]:
        line = index.doc.text[region.span.start : region.span.end]
        if len(line.split()) > 10 or line.rstrip().endswith((".", "?", "!", '"', "”")):
            continue
        for name in index.phrases.names:
            if region.span.start <= name.start < region.span.start + 3 and name.row.kind == "person":
                return Resolution(name.row.codes, True, f"byline of {name.row.name}")
    return NOBODY
