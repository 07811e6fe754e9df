"""Which states a conflict leaves out, and by which rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from standoff.conflict.formula import truth
from standoff.conflict.model import Conflict

COUNTED = 20
"""The most options for which the states that a rule excludes are counted."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A rule that excludes states, in words, and how many it excludes; None where they were not counted."""

    rule: str
    states: int | None


def dropped_states(conflict: Conflict) -> tuple[Dropped, ...]:
    """Count what each mask and rule excludes, on its own; a state that several exclude counts for each."""
    if not conflict.options:
        return ()
    texts = [mask.signs(conflict.option_count) for mask in conflict.infeasible]
    for constraint in conflict.constraints:
        kind = constraint.kind.replace("_", " ")
        texts.append(f"{kind}: {constraint.text}" if constraint.text else kind)
    if conflict.option_count > COUNTED:
        return tuple(Dropped(text, None) for text in texts)
    every = np.arange(1 << conflict.option_count, dtype=np.int64)
    counts = [int(mask.matching(every).sum()) for mask in conflict.infeasible]
    counts += [int((~truth(constraint.formula, every)).sum()) for constraint in conflict.constraints]
    found = [Dropped(text, count) for text, count in zip(texts, counts, strict=True)]
    unlisted = int(conflict.feasible_among(every).sum()) - len(conflict.feasible)
    if unlisted:
        found.append(Dropped("not among the listed states", unlisted))
    return tuple(found)
