"""The conflict-cooperation score of each type of act, from -10 (conflict) to +10 (cooperation).

PLOVER's manual carries no scale of its own: its types are CAMEO's two-digit categories, and those have Goldstein's. The
table therefore gives each type the value of its CAMEO category (Goldstein 1992, "A Conflict-Cooperation Scale for WEIS
Events Data", Journal of Conflict Resolution 36(2), as extended to CAMEO by the Kansas Event Data System), the match of
categories being PLOVER's own conversion table (CAMEO2PLOVER, Open Event Data Alliance 2021).
"""

from __future__ import annotations

import csv
import functools
from importlib import resources


@functools.cache
def scores() -> dict[str, float]:
    """Return the score of every type."""
    text = resources.files("standoff.coding.acts").joinpath("scale.csv").read_text("utf-8")
    return {row["type"]: float(row["score"]) for row in csv.DictReader(text.splitlines())}


def score_of(kind: str) -> float:
    """Return the conflict-cooperation score of a type of act, from -10 to +10."""
    return scores()[kind]
