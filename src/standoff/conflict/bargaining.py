"""The bargaining range: what both sides prefer to no agreement, and which settlements stand out in it.

Kept apart from stability. Range from war's costs and odds: Fearon 1995 (International Organization 49).
Solutions: Nash 1950 (Econometrica 18); Kalai and Smorodinsky 1975 (Econometrica 43). Both were made for
convex sets, where lotteries between outcomes count; over finite sets, as here, their nearest counterparts
are given. All figures are exact fractions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from standoff.conflict.problems import ModelProblem

Outcome = tuple[Fraction, ...]
"""The value of one settlement to each party."""

LIMIT = 1_000_000
"""The most combinations of issues that are gone through."""


def war_range(odds: Fraction, cost_a: Fraction, cost_b: Fraction) -> tuple[Fraction, Fraction]:
    """Give the shares of A, of a prize of 1, that neither risk-neutral side would fight over (Fearon 1995).

    `odds` is the probability that A wins, the costs are shares of the prize.
    """
    if not 0 <= odds <= 1:
        raise ModelProblem(f"the odds of winning are {odds}: give a number from 0 to 1")
    if cost_a < 0 or cost_b < 0:
        raise ModelProblem("a cost of war is negative: give 0 or more")
    return max(Fraction(0), odds - cost_a), min(Fraction(1), odds + cost_b)


def combined(issues: Sequence[Sequence[Outcome]]) -> tuple[Outcome, ...]:
    """Combine one way to settle each issue into outcomes, their values added party by party."""
    if not issues or not all(issues):
        raise ModelProblem("an issue has no way to settle it: give at least one for each issue")
    if prod(len(ways) for ways in issues) > LIMIT:
        raise ModelProblem(f"the issues have more than {LIMIT} combinations: join some of them")
    _parties([way for ways in issues for way in ways])
    return tuple(tuple(map(sum, zip(*ways, strict=True))) for ways in product(*issues))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Zone:
    """The zone of possible agreement among finitely many outcomes, given by their positions.

    Where `agreements` is empty, `concessions[i]` is how much the reservation value of party i must fall so
    that the outcome `nearest` is acceptable to all; no other set of concessions has a smaller total.
    """

    agreements: tuple[int, ...]
    pareto: tuple[int, ...]
    nash: tuple[int, ...]
    kalai_smorodinsky: tuple[int, ...]
    nearest: int | None
    concessions: tuple[Fraction, ...]


def zone(outcomes: Sequence[Outcome], reservations: Outcome) -> Zone:
    """Find what every party finds at least as good as its reservation value, and the solutions in it.

    Nash: the greatest product of gains. Kalai and Smorodinsky: the greatest smallest share of the gain that
    a party could have at best, then the greatest second smallest, and so on. Both name undominated
    outcomes only.
    """
    if not outcomes or _parties(outcomes) != len(reservations):
        raise ModelProblem("give at least one outcome, and one reservation value for each party")
    gains = [tuple(u - d for u, d in zip(outcome, reservations, strict=True)) for outcome in outcomes]
    inside = tuple(n for n, gain in enumerate(gains) if min(gain) >= 0)
    if not inside:
        lacks = [tuple(max(Fraction(0), -g) for g in gain) for gain in gains]
        nearest = min(range(len(lacks)), key=lambda n: sum(lacks[n]))
        return Zone((), (), (), (), nearest, lacks[nearest])
    pareto = tuple(n for n in inside if not any(_dominates(gains[m], gains[n]) for m in inside))
    ideal = [max(gains[n][i] for n in inside) for i in range(len(reservations))]
    shares = {n: sorted(g / best for g, best in zip(gains[n], ideal, strict=True) if best) for n in pareto}
    products = {n: prod(gains[n], start=Fraction(1)) for n in pareto}
    nash, fair = max(products.values()), max(shares.values())
    return Zone(
        inside,
        pareto,
        tuple(n for n in pareto if products[n] == nash),
        tuple(n for n in pareto if shares[n] == fair),
        None,
        (Fraction(0),) * len(reservations),
    )


def _dominates(a: Outcome, b: Outcome) -> bool:
    return a != b and all(x >= y for x, y in zip(a, b, strict=True))


def _parties(outcomes: Sequence[Outcome]) -> int:
    sizes = {len(outcome) for outcome in outcomes}
    if len(sizes) != 1 or 0 in sizes:
        raise ModelProblem("the outcomes value different numbers of parties: give one value for each party")
    return sizes.pop()
