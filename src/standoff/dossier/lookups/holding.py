"""Who holds which kind of position by an act (codebook, layer 3)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources
from typing import cast

from standoff.dossier.lookups.tension import weights
from standoff.records import VERBAL_TYPES, PositionKind, StoredAct

_KINDS: dict[str, PositionKind] = {
    "REQUEST": "demand",
    "REJECT": "refusal",
    "THREATEN": "threat",
    "CONCEDE": "concession",
    "SUPPORT": "support",
    "ACCUSE": "accusation",
}


def held_by(stored: StoredAct) -> Iterator[tuple[str, PositionKind]]:
    """Yield who holds which kind of position by an act; nobody where it is a mere deed, a fear or a
    denial.

    A deed that somebody demands is the demand of those who tell it; one that its doer would do under a
    condition is a threat or an offer.
    """
    act = stored.act
    kind: PositionKind
    if act.type in VERBAL_TYPES:
        if act.type == "CONSULT" or act.modality in ("denied", "possible", "demanded"):
            return
        kind = _KINDS.get(act.type) or agree_kind(stored)
        for actor in act.source:
            yield actor, kind
    elif act.modality == "demanded":
        for actor in act.attribution:
            yield actor, "demand"
    elif act.modality == "conditional":
        for actor in act.source:
            yield actor, "threat" if weights()[act.type] < 0 else "offer"


def kinds_of(types: Iterable[str]) -> set[PositionKind]:
    """Return the kinds of position that acts of some types can be."""
    found: set[PositionKind] = set()
    for name in types:
        if name == "AGREE":
            found |= {"promise", *_agree_kinds().values()}
        elif name in _KINDS:
            found.add(_KINDS[name])
        elif name not in VERBAL_TYPES:
            found |= {"demand", "threat" if weights()[name] < 0 else "offer"}
    return found


@lru_cache(maxsize=1)
def _agree_kinds() -> dict[str, PositionKind]:
    with resources.files(__package__).joinpath("agree_kinds.csv").open(encoding="utf-8") as file:
        return {row["word"]: cast(PositionKind, row["kind"]) for row in csv.DictReader(file)}


def agree_kind(stored: StoredAct) -> PositionKind:
    """Return whether an AGREE is an offer, an acceptance or a promise: its trigger tells, else its
    sentence.
    """
    start = stored.act.trigger.start - stored.act.evidence.start
    end = stored.act.trigger.end - stored.act.evidence.start
    trigger = stored.quote[max(0, start) : end] if end > 0 else ""
    for passage in (trigger, stored.quote):
        for word in re.findall(r"[a-z]+", passage.lower()):
            if word in _agree_kinds():
                return _agree_kinds()[word]
    return "promise"
