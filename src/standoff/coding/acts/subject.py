"""Whether a report is about politics at all: without that, words of conflict are figures of speech.

"The visitors attacked", "a hostile bid", "the chorus threatened to strike": a sports or business page is full of words that
carry acts elsewhere, and of nationalities that could do them. What it lacks are governments, offices, armies, parties and
organisations. Of the reports of gold/train 95 in 100 have six or more such words in 100; the pages of
benchmarks/acts_elsewhere have five at most. An act in a report that has fewer is believed less.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from standoff.coding.actors.phrases import role_of

if TYPE_CHECKING:
    from standoff.coding.component import Draft

OFFICIAL_NOUNS = frozenset({"gov", "office", "reb", "leg", "opp", "state", "group"})
OFFICIAL_NAMES = frozenset(
    {"seat", "agency", "office", "person", "organisation", "group", "party", "bloc", "capital"}
)
USUAL = 6.0
"""Official words in 100, from which on a report is taken to be about politics."""
STEEPNESS = 1.0
"""What each official word in 100 that is missing takes from the log-odds of an act."""
SHORTEST = 60
"""A report of fewer words is too short to tell its subject by."""


def density(draft: Draft) -> float | None:
    """Return how many words in 100 name governments, offices, armies, parties and the like; None for a short text."""
    if draft.actors is None:
        return None
    words = [token for token in draft.analysis.doc if token.is_alpha]
    if len(words) < SHORTEST:
        return None
    nouns = sum(1 for token in words if (role := role_of(token)) and role.kind in OFFICIAL_NOUNS)
    names = sum(1 for name in draft.actors.phrases.names if name.row.kind in OFFICIAL_NAMES)
    return 100 * (nouns + names) / len(words)


def believed(confidence: float, found: float | None) -> float:
    """Return the confidence of an act in a report of that density."""
    if found is None or found >= USUAL or not 0 < confidence < 1:
        return confidence
    odds = math.log(confidence / (1 - confidence)) - STEEPNESS * (USUAL - found)
    return 1 / (1 + math.exp(-odds))
