"""What a common noun says about the part that somebody plays: `roles.csv`, and how a part becomes a code.

Codebook section 3: the government, its ministries, officials and armed forces carry the state's code; parties that act
apart from it carry the code and a role (`-OPP`, `-REB`, `-LEG`, `-CIV`, `-BUS`, `-MIN`).
"""

from __future__ import annotations

import csv
import functools
from importlib import resources
from typing import NamedTuple

SUFFIX = {"leg": "LEG", "opp": "OPP", "opponent": "OPP", "reb": "REB", "civ": "CIV", "family": "CIV", "bus": "BUS",
          "minority": "MIN", "unnamed": "CIV"}  # fmt: skip
"""Classes of nouns that set a party apart from its government."""


class Role(NamedTuple):
    """A noun's class, and whether it keeps its class as the modifier of another ("opposition leader")."""

    kind: str
    modifies: bool


@functools.cache
def roles() -> dict[str, Role]:
    """Load the nouns with their classes, by their lower-case form."""
    with resources.files("standoff.coding.actors").joinpath("roles.csv").open(encoding="utf-8") as lines:
        return {row["word"]: Role(row["class"], row["modifies"] == "yes") for row in csv.DictReader(lines)}


def with_role(code: str, kind: str, states: frozenset[str]) -> str:
    """Return the code of a state's part; organisations, groups and parts keep their own."""
    suffix = SUFFIX.get(kind)
    if kind == "family":
        code = code.partition("-")[0]
    if suffix and (code in states or (code == "EU" and suffix == "LEG")):
        return f"{code}-{suffix}"
    return code
