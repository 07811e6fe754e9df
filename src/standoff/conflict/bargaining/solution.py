"""What a bargaining case comes to: the zone of agreement and its solutions, and the range of a war."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from standoff.conflict.bargaining.case import Case, War
from standoff.conflict.bargaining.convex import ConvexZone, Mixture, mixed_zone
from standoff.conflict.bargaining.finite import combined, zone
from standoff.conflict.bargaining.war import (
    Disagreement,
    Indivisible,
    Offer,
    PowerShift,
    Range,
    UncertainRange,
    best_offer,
    disagreement,
    indivisible,
    power_shift,
    uncertain_range,
)
from standoff.conflict.problems import ModelProblem


@dataclass(frozen=True, slots=True)
class Settlement:
    """One way, or a mixture of ways, for each issue: shares by name of the way; and its worth by party."""

    terms: tuple[tuple[tuple[str, float], ...], ...]
    worth: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ZoneFound:
    """The zone of agreement of a case.

    `agreements` and `undominated` count settlements where nothing is divisible, else they are None. Where
    the zone is empty, `concessions` say how much whose reservation must fall for `nearest`.
    """

    empty: bool
    agreements: int | None
    undominated: int | None
    nash: tuple[Settlement, ...]
    kalai_smorodinsky: tuple[Settlement, ...]
    nearest: Settlement | None
    concessions: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class WarFound:
    """The range of a war and the ways in which it fails; None for what the case does not speak of."""

    war: War
    range: UncertainRange
    offer: Offer | None
    hopes: Disagreement | None
    shift: PowerShift | None
    lumps: Indivisible | None


@dataclass(frozen=True)
class Bargain:
    """The results of a case."""

    case: Case = field(repr=False)
    zone: ZoneFound | None
    war: WarFound | None

    def to_text(self) -> str:
        """The results as a text for a terminal."""
        from standoff.conflict.bargaining.text import to_text

        return to_text(self)

    def to_json(self) -> dict[str, Any]:
        """The results as a JSON document."""
        from standoff.conflict.bargaining.text import to_json

        return to_json(self)

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.to_text())}</pre>"


def bargain(case: Case) -> Bargain:
    """Work out a case; raise ModelProblem where its issues have too many combinations."""
    return Bargain(case, _zone(case) if case.issues else None, None if case.war is None else _war(case.war))


def _zone(case: Case) -> ZoneFound:
    if any(issue.divisible for issue in case.issues):
        return _mixed(case)
    reservations = tuple(party.reservation for party in case.parties)
    outcomes = combined([[way.worth for way in issue.ways] for issue in case.issues])
    found = zone(outcomes, reservations, tuple(party.power for party in case.parties))

    def settlement(number: int) -> Settlement:
        rest, chosen = number, []
        for issue in reversed(case.issues):
            rest, way = divmod(rest, len(issue.ways))
            chosen.append(((issue.ways[way].name, 1.0),))
        return Settlement(tuple(reversed(chosen)), tuple(float(u) for u in outcomes[number]))

    return ZoneFound(
        not found.agreements,
        len(found.agreements),
        len(found.pareto),
        tuple(settlement(n) for n in found.nash),
        tuple(settlement(n) for n in found.kalai_smorodinsky),
        None if found.nearest is None else settlement(found.nearest),
        tuple(float(c) for c in found.concessions),
    )


def _mixed(case: Case) -> ZoneFound:
    found: ConvexZone = mixed_zone(
        [[[float(u) for u in way.worth] for way in issue.ways] for issue in case.issues],
        [issue.divisible for issue in case.issues],
        [float(party.reservation) for party in case.parties],
        [float(party.power) for party in case.parties],
    )

    def settlement(mixture: Mixture) -> Settlement:
        terms = tuple(
            tuple((way.name, share) for way, share in zip(issue.ways, shares, strict=True) if share > 1e-6)
            for issue, shares in zip(case.issues, mixture.shares, strict=True)
        )
        return Settlement(terms, mixture.worth)

    return ZoneFound(
        found.empty,
        None,
        None,
        () if found.nash is None else (settlement(found.nash),),
        () if found.kalai_smorodinsky is None else (settlement(found.kalai_smorodinsky),),
        None if found.nearest is None else settlement(found.nearest),
        found.concessions,
    )


def _war(war: War) -> WarFound:
    try:
        return _war_found(war)
    except ModelProblem as problem:
        raise problem.under("war") from None


def _war_found(war: War) -> WarFound:
    certain = war.odds.low == war.odds.high and war.cost_a.low == war.cost_a.high
    found = uncertain_range(war.odds, war.cost_a, war.cost_b)
    hidden = certain and war.cost_b.low < war.cost_b.high
    middle_a, middle_b = _middle(war.cost_a), _middle(war.cost_b)
    return WarFound(
        war,
        found,
        best_offer(war.odds.low, war.cost_a.low, war.cost_b) if hidden else None,
        None if war.believed is None else disagreement(*war.believed, middle_a, middle_b),
        None if war.later is None else power_shift(_middle(war.odds), war.later, war.cost_b, war.future),
        indivisible(found.sure, war.shares) if war.shares and not found.sure.empty else None,
    )


def _middle(range: Range) -> Fraction:
    return (range.low + range.high) / 2
