"""Source and target of an act: the parties that the parse, the speaker and the story speak for most.

The argument places around the trigger (see structure.py) are clues among others, because the text often leaves a party to be
understood ("Iran rejected the offer": whose?). A log-linear choice weighs them (conditional maximum entropy, Berger, Della
Pietra and Della Pietra 1996), source and target together; its weights are a readable table, learned by
training/act_roles.py. Set `weighed=False` to have what the parse alone says.
"""

from __future__ import annotations

import csv
import functools
import math
from collections.abc import Mapping
from importlib import resources
from typing import TYPE_CHECKING

from standoff.coding.acts.candidates import Candidate
from standoff.coding.acts.parties import Codes, Parties
from standoff.coding.acts.role_clues import RoleClues
from standoff.coding.acts.structure import Roles, structure_of
from standoff.coding.acts.weighing import role_support

if TYPE_CHECKING:
    from spacy.tokens import Token

    from standoff.records import Span

Weights = Mapping[str, float]
SOURCES = 4
"""So many of the likeliest sources are tried with all targets."""


@functools.cache
def weights() -> Weights:
    """Read the table of clues and their weights."""
    text = resources.files("standoff.coding.acts").joinpath("role_weights.csv").read_text("utf-8")
    return {row["clue"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())}


def roles_of(
    candidate: Candidate, head: Token, parties: Parties, content: Span | None = None, *, weighed: bool = True
) -> Roles:
    """Return source and target of a candidate; the source is empty where the report names no actor at all.

    `content` is what is demanded, alleged or promised: those named there are often the target.
    """
    if not weighed:
        return structure_of(candidate, head, parties)
    return choose(RoleClues(candidate, head, parties, content), weights())


def choose(clues: RoleClues, table: Weights) -> Roles:
    """Return the source and target of most support together, and the probability of the pair."""
    best: tuple[float, Codes, Codes] = (0.0, (), ())
    for chance, source in _ranked(clues, "source", clues.sources(), (), table)[:SOURCES]:
        for given, target in _ranked(clues, "target", clues.targets(source), source, table)[:1]:
            if chance * given > best[0]:
                best = (chance * given, source, target)
    return Roles(best[1], best[2], clues.reason(best[1]), best[0], bool(clues.structure.source))


def _ranked(
    clues: RoleClues, role: str, candidates: list[Codes], source: Codes, table: Weights
) -> list[tuple[float, Codes]]:
    """Return the candidates with their probabilities, the likeliest first."""
    support = [support_of(clues, role, one, source, table) for one in candidates]
    view = clues.candidate.view
    if view is not None:
        support = [s + role_support(view, role, one) for s, one in zip(support, candidates, strict=True)]
    if not support:
        return []
    top = max(support)
    mass = [math.exp(value - top) for value in support]
    total = sum(mass)
    order = sorted(range(len(mass)), key=lambda k: -mass[k])
    return [(mass[k] / total, candidates[k]) for k in order]


def support_of(clues: RoleClues, role: str, codes: Codes, source: Codes, table: Weights) -> float:
    """Return what the parse and the story say for a candidate, in log-odds."""
    return sum(table.get(clue, 0.0) for clue in clues.of(role, codes, source))
