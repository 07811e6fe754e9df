"""Who plays: the actors that demand, refuse, threaten or are demanded of; allies that act as one are one party.

Two actors act as one where they are members of one bloc (`blocs.csv`) and stand against the same side, or do the same
together again and again, and are not in conflict with each other. Who only asks, mediates, praises or reports does not play.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from standoff.conflict.draft.claims import Claim
from standoff.conflict.draft.names import listed, spoken
from standoff.dossier.lookups.tension import weights
from standoff.records import RECIPROCAL_TYPES, StoredAct

MOST = 5
"""The most parties that are proposed; each more doubles what has to be thought through."""
_LEAST_SHARE = 0.1
"""The share of the strongest party's weight below which an actor is left out."""
_OFTEN = 3
"""How often two actors without a bloc have to act together to be taken as one."""
_ONE_QUARREL = 1
"""How many hostile acts more than joint ones members of one bloc may have: one may be a quarrel, or told wrongly."""
_SPEAKS_ONLY = "it speaks of others only: nothing is asked, feared or threatened of it"
_PLAYS = frozenset({"refusal", "threat", "plan", "offer", "promise", "acceptance", "fear"})


@dataclass(frozen=True, slots=True)
class Party:
    """One decision maker: its id, its name for people, its actor codes (the leading one first).

    `evidence` are acts in which it speaks or is spoken to; `joined` those that show that its members act as one.
    """

    id: str
    name: str
    codes: tuple[str, ...]
    weight: float
    evidence: tuple[int, ...]
    joined: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bystander:
    """An actor that does not play, and why."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties, strongest first, and who was left out."""

    found: tuple[Party, ...]
    left_out: tuple[Bystander, ...]

    def of(self, code: str) -> Party | None:
        """Return the party of an actor."""
        return next((party for party in self.found if code in party.codes), None)

    def among(self, codes: Iterable[str]) -> tuple[Party, ...]:
        """Return the parties of several actors, each once."""
        found = dict.fromkeys(party for code in codes if (party := self.of(code)) is not None)
        return tuple(found)


@lru_cache(maxsize=1)
def blocs() -> dict[str, frozenset[str]]:
    """Return the members of each bloc, by its code."""
    with resources.files(__package__).joinpath("blocs.csv").open(encoding="utf-8") as file:
        return {row["bloc"]: frozenset(row["members"].split()) for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def mediators() -> dict[str, str]:
    """Return what those are who usually stand between the parties, by code."""
    with resources.files(__package__).joinpath("mediators.csv").open(encoding="utf-8") as file:
        return {row["code"]: row["what"] for row in csv.DictReader(file)}


def parties_of(claims: Sequence[Claim], acts: Sequence[StoredAct], most: int = MOST) -> Parties:
    """Return who plays, from what is claimed and from all acts (who stands with and against whom)."""
    spoken, asked = _weights(claims)
    total = {code: spoken.get(code, 0.0) + asked.get(code, 0.0) for code in sorted({*spoken, *asked})}
    aside = {code: reason for code in total if (reason := _aside(code, claims, total))}
    playing = [code for code in sorted(total, key=lambda code: (-total[code], code)) if code not in aside]
    stands = _Stands.of(acts)
    groups = _join(playing, total, stands)
    for code in [code for code, reason in aside.items() if reason == _SPEAKS_ONLY]:
        if _sides_with(code, groups, claims, stands):
            del aside[code]
    parties = [_party(group, total, claims, stands) for group in groups]
    parties.sort(key=lambda party: (-party.weight, party.id))
    left = [Bystander(code, reason) for code, reason in aside.items()]
    strongest = parties[0].weight if parties else 0.0
    kept: list[Party] = []
    for party in parties:
        if len(kept) >= most:
            why = f"{most} parties say more that matters here"
        elif party.weight < _LEAST_SHARE * strongest:
            why = "too little is told of what it wants or could do"
        else:
            kept.append(party)
            continue
        left.extend(Bystander(code, why) for code in party.codes)
    left.sort(key=lambda one: (-total.get(one.code, 0.0), one.code))
    return Parties(tuple(kept), tuple(left))


def _weights(claims: Sequence[Claim]) -> tuple[dict[str, float], dict[str, float]]:
    """How much each actor says for itself, and how much is asked or feared of it."""
    spoken: dict[str, float] = defaultdict(float)
    asked: dict[str, float] = defaultdict(float)
    for claim in claims:
        for code in claim.holders:
            if claim.kind not in ("fear", "denial", "deed"):
                spoken[code] += claim.weight
        if claim.kind in ("demand", "fear", "deed"):
            for code in claim.doers:
                asked[code] += claim.weight
    return spoken, asked


def _aside(code: str, claims: Sequence[Claim], total: Mapping[str, float]) -> str:
    """Why an actor does not play; empty where it does."""
    if code.rpartition("-")[2] in ("CIV", "BUS") and "-" in code:
        return "people and companies do not decide here"
    own = [claim for claim in claims if code in claim.doers and claim.kind in (*_PLAYS, "demand", "deed")]
    expected = any(code in claim.towards and claim.condition is not None for claim in claims)
    if not own and expected and any(code in claim.holders for claim in claims):
        return ""
    if not own:
        return _SPEAKS_ONLY
    if code in mediators() and not any(claim.kind in ("threat", "refusal", "plan") for claim in own):
        return f"{mediators()[code]}, which neither threatens nor refuses"
    if all(claim.kind in ("deed", "promise", "acceptance", "offer") for claim in own):
        held = [
            claim
            for claim in claims
            if code in claim.holders and claim.kind in ("demand", "threat", "refusal")
        ]
        if not held and len(total) > 2:
            return "it neither demands, refuses nor threatens, and nothing is demanded of it"
    return ""


@dataclass(slots=True)
class _Stands:
    """Who stands with and against whom."""

    with_: dict[tuple[str, str], list[int]]
    against: dict[tuple[str, str], int]
    opponents: dict[str, Counter[str]]

    @classmethod
    def of(cls, acts: Sequence[StoredAct]) -> _Stands:
        together: dict[tuple[str, str], list[int]] = defaultdict(list)
        against: Counter[tuple[str, str]] = Counter()
        opponents: dict[str, Counter[str]] = defaultdict(Counter)
        for stored in acts:
            act = stored.act
            if act.modality in ("denied", "possible"):
                continue
            hostile = weights()[act.type] < 0
            for source in act.source:
                for target in act.target:
                    if hostile and source != target:
                        against[_pair(source, target)] += 1
                        opponents[source][target] += 1
                    elif act.type in ("COOPERATE", "AID"):
                        together[_pair(source, target)].append(stored.key)
            joint = act.type not in RECIPROCAL_TYPES and act.target
            if joint or act.type == "COOPERATE":
                for number, one in enumerate(act.source):
                    for other in act.source[number + 1 :]:
                        together[_pair(one, other)].append(stored.key)
        return cls(together, dict(against), opponents)

    def side_by_side(self, one: str, other: str) -> bool:
        """Whether two actors stand against the same one, and not against each other."""
        shared = set(self.opponents[one]) & set(self.opponents[other])
        return bool(shared - {one, other})


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _members_of_one(one: str, other: str) -> bool:
    table = blocs()
    if one in table.get(other, ()) or other in table.get(one, ()):
        return True
    return any(one in members and other in members for members in table.values())


def _acts_as_one(one: str, other: str, stands: _Stands) -> bool:
    joint = len(stands.with_.get(_pair(one, other), ()))
    conflict = stands.against.get(_pair(one, other), 0)
    if _members_of_one(one, other):
        return conflict <= joint + _ONE_QUARREL
    return joint >= _OFTEN and conflict == 0 and stands.side_by_side(one, other)


def _join(playing: Sequence[str], total: Mapping[str, float], stands: _Stands) -> list[list[str]]:
    """Groups of actors that act as one, each led by its strongest; an actor joins where it goes with the leader."""
    groups: list[list[str]] = []
    for code in playing:
        for group in groups:
            pairs = [_pair(code, member) for member in group]
            against = sum(stands.against.get(pair, 0) for pair in pairs)
            allied = any(_members_of_one(code, member) for member in group)
            enemies = against > sum(len(stands.with_.get(pair, ())) for pair in pairs) + allied * _ONE_QUARREL
            if not enemies and any(_acts_as_one(code, member, stands) for member in group):
                group.append(code)
                break
        else:
            groups.append([code])
    return groups


def _sides_with(code: str, groups: list[list[str]], claims: Sequence[Claim], stands: _Stands) -> bool:
    """Let an actor that only asks join the party of its bloc that asks with it; True where it did."""
    if not any(code in claim.holders and claim.kind == "demand" for claim in claims):
        return False
    for group in groups:
        enemies = any(stands.against.get(_pair(code, member), 0) for member in group)
        if not enemies and any(_members_of_one(code, member) for member in group):
            group.append(code)
            return True
    return False


def _party(
    group: Sequence[str], total: Mapping[str, float], claims: Sequence[Claim], stands: _Stands
) -> Party:
    leader = group[0]
    told = {claim.stored.key: claim for claim in claims}
    joined = [
        key for one in group for other in group if one < other for key in stands.with_.get((one, other), ())
    ]
    evidence = [
        claim.stored.key
        for claim in sorted(claims, key=lambda claim: (-claim.weight, claim.day, claim.stored.key))
        if set(group) & {*claim.holders, *claim.doers}
    ]
    return Party(
        id=leader.lower().replace("+", "-"),
        name=_name(group),
        codes=tuple(group),
        weight=sum(total[code] for code in group),
        evidence=tuple(dict.fromkeys(evidence)),
        joined=tuple(
            sorted(dict.fromkeys(joined), key=lambda key: -told[key].weight if key in told else 0.0)
        ),
    )


def _name(group: Sequence[str]) -> str:
    if "WEST" in group and len(group) > 1:
        return "the West"
    names = [spoken(code) for code in group]
    return listed(names) if len(names) < 3 else f"{names[0]} and allies"
