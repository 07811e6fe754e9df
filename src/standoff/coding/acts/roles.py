"""Source and target of an act: the parties that the parse, the speaker and the story speak for most.

The argument places around the trigger (see structure.py) are clues among others, because the text often leaves a party to be
understood ("Iran rejected the offer": whose?). A log-linear choice weighs them (conditional maximum entropy, Berger, Della
Pietra and Della Pietra 1996), first the source, then the target given the source; its weights are a readable table, learned
by training/act_roles.py. Set `weighed=False` to have what the parse alone says.
"""

from __future__ import annotations

import csv
import functools
import math
from collections.abc import Iterator
from importlib import resources
from typing import TYPE_CHECKING

from standoff.coding.acts.candidates import Candidate
from standoff.coding.acts.parties import Codes, Parties
from standoff.coding.acts.structure import Roles, readings_of, structure_of
from standoff.coding.acts.weighing import role_support

if TYPE_CHECKING:
    from spacy.tokens import Token

NEAR_SENTENCES = 2
"""Actors named so many sentences before the trigger's are candidates."""
SALIENT = 3
"""So many of the actors that the report names most often are candidates anywhere."""


@functools.cache
def weights() -> dict[str, float]:
    """Read the table of clues and their weights."""
    text = resources.files("standoff.coding.acts").joinpath("role_weights.csv").read_text("utf-8")
    return {row["clue"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())}


def roles_of(candidate: Candidate, head: Token, parties: Parties, *, weighed: bool = True) -> Roles:
    """Return source and target of a candidate; the source is empty where the report names no actor at all."""
    if not weighed:
        return structure_of(candidate, head, parties)
    clues = RoleClues(candidate, head, parties)
    source, trust = _best(clues, "source", clues.sources(), ())
    target, target_trust = _best(clues, "target", clues.targets(source), source)
    return Roles(source, target, clues.reason(source), trust * target_trust, bool(clues.structure.source))


def _best(clues: RoleClues, role: str, candidates: list[Codes], source: Codes) -> tuple[Codes, float]:
    """Return the candidate of most support and its probability."""
    if not candidates:
        return (), 1.0
    table = weights()
    support = [sum(table.get(clue, 0.0) for clue in clues.of(role, one, source)) for one in candidates]
    view = clues.candidate.view
    if view is not None:
        opinion = view.source if role == "source" else view.target
        support = [s + role_support(opinion, one) for s, one in zip(support, candidates, strict=True)]
    top = max(support)
    best = support.index(top)
    return candidates[best], 1.0 / sum(math.exp(value - top) for value in support)


class RoleClues:
    """The candidates for the parties of one act, and what speaks for each."""

    def __init__(self, candidate: Candidate, head: Token, parties: Parties) -> None:
        """Read the argument places around the trigger."""
        self.candidate = candidate
        self.head = head
        self.parties = parties
        self.structure = structure_of(candidate, head, parties)
        self.readings = readings_of(candidate, head, parties)
        self._around = parties.around(head, NEAR_SENTENCES)
        self._rank = parties.salience()
        self._before: dict[Codes, Codes] = {}

    def _pool(self) -> list[Codes]:
        found = [self.structure.source, self.structure.target, *self.readings.values()]
        found += [codes for _, codes in self._around]
        found += [(code,) for code, rank in self._rank.items() if rank < SALIENT]
        kind = self.candidate.type
        for codes in list(found):
            if kind in ("CONSULT", "AGREE", "COOPERATE", "ASSAULT") and codes:
                for other in (self.readings.get("with", ()), self.readings.get("object", ())):
                    if other and not set(other) & set(codes):
                        found.append((*codes, *other))
            if kind in ("PROTEST", "COERCE", "CONCEDE"):
                found += [(code.split("-")[0],) for code in codes if "-" in code]
                found += [(f"{code}-CIV",) for code in codes if len(code) == 3 and kind == "PROTEST"]
        return _distinct(found)

    def sources(self) -> list[Codes]:
        """Return the candidates for the source."""
        return [codes for codes in self._pool() if codes]

    def targets(self, source: Codes) -> list[Codes]:
        """Return the candidates for the target, nobody among them."""
        pool = [tuple(code for code in codes if code not in source) for codes in self._pool()]
        return [(), *[codes for codes in _distinct(pool) if codes]]

    def reason(self, source: Codes) -> str:
        """Say in a few words which argument place holds the source."""
        names = [name for name, codes in self.readings.items() if set(codes) == set(source)]
        return f"source: {names[0]}" if names else "source: from the story"

    def of(self, role: str, codes: Codes, source: Codes) -> list[str]:
        """Return the clues for one candidate in one role."""
        kind, frame = self.candidate.type, self.candidate.frame
        found = []
        for clue in self._plain(codes, source, role):
            found += [f"{role} | {clue}", f"{role} | {clue} | {kind}", f"{role} | {clue} | {frame}"]
        return found

    def _plain(self, codes: Codes, source: Codes, role: str) -> Iterator[str]:
        mine = set(codes)
        expected = self.structure.source if role == "source" else self.structure.target
        if not codes:
            yield "nobody"
            yield f"nobody, parse {'too' if not expected else 'somebody'}"
            if any(set(other) - set(source) for place, other in self._around if place == 0):
                yield "nobody, though others in the sentence"
            return
        if mine == set(expected):
            yield "as parsed"
        opposite = self.structure.target if role == "source" else self.structure.source
        if mine & set(opposite):
            yield "as the other party parsed"
        held = False
        for name, others in self.readings.items():
            rest = set(others) - set(source)
            if mine == rest:
                yield f"= {name}"
                held = True
            elif mine < rest:
                yield f"< {name}"
            elif mine & rest:
                yield f"~ {name}"
        if not held:
            yield "in no place"
        yield self._distance(mine)
        yield (
            f"rank {min(self._rank.get(code, 9) for code in codes)}"
            if source == ()
            else self._counterpart(codes, source)
        )
        if source:
            yield f"together {min(self.parties.together(source, codes), 4)}"
            if mine & set(self._answered(source)):
                yield "spoke before"
        yield f"codes {min(len(codes), 3)}"
        suffix = codes[0].partition("-")[2]
        if suffix:
            yield f"kind {suffix}"

    def _answered(self, source: Codes) -> Codes:
        if source not in self._before:
            self._before[source] = self.parties.spoke_before(self.head, source)
        return self._before[source]

    def _counterpart(self, codes: Codes, source: Codes) -> str:
        others = [code for code in self._rank if code not in source]
        place = others.index(codes[0]) if codes[0] in others else 9
        return f"counterpart {min(place, 4)}"

    def _distance(self, mine: set[str]) -> str:
        """Say where the candidate is named: side and rank in the sentence, else how many sentences before."""
        nearest = 9
        for place, codes in self._around:
            if set(codes) & mine:
                if place == 0:
                    return f"sentence {self._side(mine)}"
                nearest = min(nearest, place)
        return f"{nearest} sentences before" if nearest < 9 else "elsewhere"

    def _side(self, mine: set[str]) -> str:
        here = self.parties.in_sentence(self.head)
        before = [codes for at, codes in here if at < self.head.i]
        after = [codes for at, codes in here if at > self.head.i]
        for rank, codes in enumerate(reversed(before)):
            if set(codes) & mine:
                left = f"before {min(rank, 2)}"
                break
        else:
            left = ""
        right = next((f"after {min(k, 2)}" for k, codes in enumerate(after) if set(codes) & mine), "")
        return f"{left} {right}".strip() or "at the trigger"


def _distinct(found: list[Codes]) -> list[Codes]:
    seen: dict[frozenset[str], Codes] = {}
    for codes in found:
        seen.setdefault(frozenset(codes), codes)
    return list(seen.values())
