"""Which record of a newer coding is which of the older one, by the overlap of their spans.

The criterion is that of the gold data's scorer: two acts can be one where their triggers overlap, or their types are equal
and their evidence overlaps at least by half (intersection over union); two statements where their cues overlap or their
content does by half. Of several, the best-fitting pair is taken first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from standoff.dossier.hand.form import Record
from standoff.records import Act, Span, Statement

HALF = 0.5
_SAME = 100.0


def matched(
    old: Mapping[int, Sequence[Record]],
    new: Sequence[Record],
    *,
    first: Callable[[int], bool],
    retyped: Callable[[int], bool],
) -> dict[int, int]:
    """Return for each old record, by its number, the place of the new one that it is, one to one.

    `old` gives the forms in which a record was told or decided; `first` says which records choose before others of
    the same fit, `retyped` which may be told as another type.
    """
    pairs = []
    for number, forms in old.items():
        for at, candidate in enumerate(new):
            fit = max(likeness(form, candidate, retyped=retyped(number)) for form in forms)
            if fit > 0:
                pairs.append((-fit, not first(number), number, at))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, number, at in sorted(pairs):
        if number not in found and at not in taken:
            found[number] = at
            taken.add(at)
    return found


def likeness(one: Record, other: Record, *, retyped: bool) -> float:
    """Return how well two records fit, 0 where they cannot be one."""
    if isinstance(one, Act) and isinstance(other, Act):
        return _acts(one, other, retyped=retyped)
    if isinstance(one, Statement) and isinstance(other, Statement):
        return _statements(one, other)
    return 0.0


def same(one: Record, other: Record) -> bool:
    """Return True where two records say the same, however sure their coders were and by whatever rule."""
    return replace(one, confidence=0.0, rule="") == replace(other, confidence=0.0, rule="")


def _acts(one: Act, other: Act, *, retyped: bool) -> float:
    alike = one.type == other.type
    overlap = _overlap([one.evidence], [other.evidence])
    triggers = _overlap([one.trigger], [other.trigger])
    if not (triggers > 0 or (alike and overlap >= HALF)) or not (alike or retyped):
        return 0.0
    parties = (set(one.source), set(one.target)) == (set(other.source), set(other.target))
    return _SAME * same(one, other) + 1 + 4 * alike + 2 * parties + triggers + overlap


def _statements(one: Statement, other: Statement) -> float:
    cues = _overlap([one.cue], [other.cue])
    content = _overlap(one.content, other.content)
    if cues == 0 and content < HALF:
        return 0.0
    return _SAME * same(one, other) + 1 + cues + content


def _overlap(one: Iterable[Span], other: Iterable[Span]) -> float:
    """Intersection over union of the characters of two sets of spans."""
    here = {at for span in one for at in range(*span)}
    there = {at for span in other for at in range(*span)}
    return len(here & there) / len(here | there) if here & there else 0.0
