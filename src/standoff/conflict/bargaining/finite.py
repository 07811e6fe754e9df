"""The zone of possible agreement among finitely many outcomes, and which settlements stand out in it.

Nash 1950 (Econometrica 18), with bargaining power as exponents (Kalai 1977, International Journal of Game
Theory 6); Kalai and Smorodinsky 1975 (Econometrica 43). Both were made for convex sets, where lotteries
between outcomes count (`convex.py`); over finite sets, as here, their nearest counterparts are given. All
figures are exact fractions.
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


def zone(outcomes: Sequence[Outcome], reservations: Outcome, power: Sequence[int] = ()) -> Zone:
    """Find what every party finds at least as good as its reservation value, and the solutions in it.

    Nash: the greatest product of gains, each to the party's bargaining `power` (whole numbers of at least
    1 in the wanted proportion; 1 for all where none are given). Kalai and Smorodinsky: the greatest
    smallest share of the gain that a party could have at best, then the greatest second smallest, and so
    on. Both name undominated outcomes only.
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
    powers = tuple(power) or (1,) * len(reservations)
    if len(powers) != len(reservations) or min(powers) < 1:
        raise ModelProblem("give a bargaining power of at least 1 for each party")
    products = {
        n: prod((g**p for g, p in zip(gains[n], powers, strict=True)), start=Fraction(1)) for n in pareto
    }
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
