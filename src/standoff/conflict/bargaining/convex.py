"""The zone of possible agreement where settlements can be mixed, and the solutions in it.

The set of outcomes is a polytope: each issue is settled by a mixture of the ways to settle it (shares of
what can be divided, lotteries between what cannot), and a party's values add up over the issues. Whether
all can be content, and what must give, are linear programs; so is the solution of Kalai and Smorodinsky
1975 (Econometrica 43) for two parties; the solution of Nash 1950 (Econometrica 18), with bargaining power
as exponents (Kalai 1977, International Journal of Game Theory 6), is the maximum of a concave function,
found by quadratic steps and then improved while an outcome is worth more at the prices that it sets. For
more than two parties the solution of Kalai and Smorodinsky is taken to be, of the settlements with the
greatest smallest share, the one with the greatest total of shares. Figures are floating point, good to
about five digits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog, minimize

from standoff.conflict.problems import ModelProblem

Values = NDArray[np.float64]
Loss = Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]]

TOLERANCE = 1e-7
"""What counts as nothing, as a part of the size of the values."""

COMBINATIONS = 500
"""The most combinations of issues that cannot be divided beside some that can."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """One settlement: for each issue the shares of its ways, and what it is worth to each party."""

    shares: tuple[tuple[float, ...], ...]
    worth: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ConvexZone:
    """What all accept among all mixtures.

    `best[i]` is the most that party i can have in the zone. Where the zone is empty, `concessions[i]` is how
    much the reservation of party i must fall so that `nearest` is acceptable to all; no other set of
    concessions has a smaller total.
    """

    best: tuple[float, ...]
    nash: Mixture | None
    kalai_smorodinsky: Mixture | None
    nearest: Mixture | None
    concessions: tuple[float, ...]

    @property
    def empty(self) -> bool:
        """Whether no mixture is acceptable to all."""
        return self.nash is None


def convex_zone(
    issues: Sequence[Sequence[Sequence[float]]],
    reservations: Sequence[float],
    power: Sequence[float] = (),
) -> ConvexZone:
    """Find the zone and its solutions.

    `issues[k][w][i]` is what way w of issue k is worth to party i; `power` the parties' bargaining power,
    positive, 1 for all where none is given.
    """
    return _zone([_Polytope(issues, reservations, power)])


def mixed_zone(
    issues: Sequence[Sequence[Sequence[float]]],
    divisible: Sequence[bool],
    reservations: Sequence[float],
    power: Sequence[float] = (),
) -> ConvexZone:
    """Find the zone where only some issues can be divided: of the others one way each is taken.

    Every combination of ways of those is gone through. Raises ModelProblem for more than COMBINATIONS.
    """
    number = prod(len(issue) for issue, mixes in zip(issues, divisible, strict=True) if not mixes)
    if number > COMBINATIONS:
        raise ModelProblem(
            f"the issues that cannot be divided have {number} combinations, and at most {COMBINATIONS} are "
            f"gone through: join some of them"
        )
    choices = [
        [tuple(range(len(issue)))] if mixes else [(way,) for way in range(len(issue))]
        for issue, mixes in zip(issues, divisible, strict=True)
    ]
    return _zone([_Polytope(issues, reservations, power, chosen) for chosen in product(*choices)])


def _zone(polytopes: Sequence[_Polytope]) -> ConvexZone:
    """The zone and its solutions over the union of some polytopes with the same parties."""
    relaxed = [polytope.relaxed() for polytope in polytopes]
    totals = [float(lacks.sum()) for _, lacks in relaxed]
    nearest = int(np.argmin(totals))
    nothing = polytopes[nearest].tolerance
    if totals[nearest] > nothing:
        mixture, lacks = relaxed[nearest]
        concessions = tuple(float(c) if c > nothing else 0.0 for c in lacks)
        return ConvexZone((), None, None, polytopes[nearest].mixture(mixture), concessions)
    inside = [polytope for polytope, total in zip(polytopes, totals, strict=True) if total <= nothing]
    best: Values = np.max([polytope.best() for polytope in inside], axis=0)
    counts = best - polytopes[nearest].least > 10 * nothing
    fair = max((polytope.fairest(best) for polytope in inside), key=lambda found: found[0])
    nash = max((polytope.nash(counts) for polytope in inside), key=lambda found: found[0])
    return ConvexZone(tuple(float(b) for b in best), nash[1], fair[1], None, (0.0,) * len(best))


class _Polytope:
    """Mixtures as the columns of linear programs: one number for each way of each issue."""

    def __init__(
        self,
        issues: Sequence[Sequence[Sequence[float]]],
        least: Sequence[float],
        power: Sequence[float],
        chosen: Sequence[Sequence[int]] | None = None,
    ) -> None:
        """Take all ways of each issue, or the chosen ones."""
        if not issues or not all(issues):
            raise ModelProblem("an issue has no way to settle it: give at least one for each issue")
        ways = [way for issue in issues for way in issue]
        if not least or any(len(way) != len(least) for way in ways):
            raise ModelProblem("give one reservation value for each party, and of each way its worth to each")
        self.values: Values = np.array(ways, dtype=np.float64).T
        self.least: Values = np.array(least, dtype=np.float64)
        self.power: Values = np.array(power or [1.0] * len(least), dtype=np.float64)
        if self.power.shape != self.least.shape or self.power.min() <= 0:
            raise ModelProblem("give a positive bargaining power for each party")
        self.ends = np.cumsum([len(issue) for issue in issues])
        starts = [int(end) - len(issue) for end, issue in zip(self.ends, issues, strict=True)]
        self.whole: Values = np.zeros((len(issues), len(ways)))
        for number, (start, end) in enumerate(zip(starts, self.ends, strict=True)):
            self.whole[number, start:end] = 1.0
        self.most: Values = np.ones(len(ways))
        if chosen is not None:
            self.most = np.zeros(len(ways))
            for start, some in zip(starts, chosen, strict=True):
                self.most[[start + way for way in some]] = 1.0
        spread = float(np.ptp(self.values, axis=1).max())
        self.tolerance = TOLERANCE * max(1.0, spread, float(np.abs(self.least).max()))
        self.floor = self.least - self.tolerance / 100

    def relaxed(self) -> tuple[Values, Values]:
        """The mixture that asks for the smallest concessions in total, and these."""
        parties, ways = self.values.shape
        cost = np.concatenate([np.zeros(ways), np.ones(parties)])
        found = self._solve(cost, np.hstack([self.values, np.eye(parties)]), self.least, [np.inf] * parties)
        return found[:ways], found[ways:]

    def best(self) -> Values:
        """The most that each party can have where all accept."""
        return np.array([float(v @ self._solve(-v, self.values, self.floor)) for v in self.values])

    def fairest(self, best: Values) -> tuple[tuple[float, float], Mixture]:
        """The greatest smallest share of the best gains; among those the greatest total of shares, so that
        nothing is left that costs nobody."""
        gain = np.where(best - self.least > self.tolerance, best - self.least, 0.0)
        rows = np.hstack([self.values, -gain[:, None]])
        cost = np.concatenate([np.zeros(self.values.shape[1]), [-1.0]])
        share = float(self._solve(cost, rows, self.floor, [1.0])[-1])
        worth = np.where(gain > 0, 1.0 / np.where(gain > 0, gain, 1.0), 0.0)
        raised = np.maximum(self.floor, self.least + gain * share - self.tolerance)
        found = self._solve(-(worth @ self.values), self.values, raised)
        return (round(share, 9), float(worth @ (self.values @ found))), self.mixture(found)

    def nash(self, counts: NDArray[np.bool_]) -> tuple[float, Mixture]:
        """The greatest product of the gains of the parties that count, each to its power."""
        _, start = self.fairest(self.best())
        mixture = np.concatenate([np.array(part) for part in start.shares])
        if not counts.any():
            return 0.0, start

        def loss(numbers: Values) -> tuple[float, Values]:
            gains = np.maximum(self.values[counts] @ numbers - self.least[counts], 1e-12)
            slope: Values = -(self.power[counts] / gains) @ self.values[counts]
            return -float(self.power[counts] @ np.log(gains)), slope

        found = minimize(
            loss,
            mixture,
            jac=True,
            method="SLSQP",
            bounds=[(0.0, float(most)) for most in self.most],
            constraints=[
                {"type": "eq", "fun": lambda m: self.whole @ m - 1.0, "jac": lambda m: self.whole},
                {"type": "ineq", "fun": lambda m: self.values @ m - self.floor, "jac": lambda m: self.values},
            ],
            options={"ftol": 1e-14, "maxiter": 1000},
        )
        if self._is_mixture(found.x) and loss(found.x)[0] < loss(mixture)[0]:
            mixture = found.x
        mixture = self._polished(mixture, loss)
        return -loss(mixture)[0], self.mixture(mixture)

    def _is_mixture(self, numbers: Values) -> bool:
        return bool(
            np.abs(self.whole @ numbers - 1.0).max() < 1e-9
            and (numbers >= -1e-9).all()
            and (self.values @ numbers >= self.floor - self.tolerance).all()
        )

    def _polished(self, mixture: Values, loss: Loss) -> Values:
        """Step towards the best outcome at the present prices while that gains (Frank and Wolfe 1956)."""
        sizes = np.geomspace(1e-9, 1.0, 60)
        for _ in range(500):
            value, slope = loss(mixture)
            towards = self._solve(slope, self.values, self.floor) - mixture
            losses = [loss(mixture + size * towards)[0] for size in sizes]
            place = int(np.argmin(losses))
            if -float(slope @ towards) < 1e-9 or losses[place] >= value:
                break
            mixture = mixture + sizes[place] * towards
        return mixture

    def _solve(self, cost: Values, rows: Values, floor: Values, extra: Sequence[float] = ()) -> Values:
        """The cheapest mixture with rows at least at a floor, and further numbers from 0 to some limits."""
        whole = np.hstack([self.whole, np.zeros((len(self.whole), len(extra)))])
        bounds = [(0.0, most) for most in (*self.most, *extra)]
        found = linprog(cost, A_ub=-rows, b_ub=-floor, A_eq=whole, b_eq=np.ones(len(whole)), bounds=bounds)
        if not found.success:
            raise ModelProblem("the zone cannot be worked out: the values are too far apart in size")
        solution: Values = found.x
        return solution

    def mixture(self, numbers: Values) -> Mixture:
        """A settlement in shares of ways, and its worth."""
        clean = np.where(numbers < 1e-9, 0.0, numbers)
        clean = clean / (self.whole.T @ (self.whole @ clean))
        shares = tuple(tuple(float(x) for x in part) for part in np.split(clean, self.ends[:-1]))
        return Mixture(shares, tuple(float(x) for x in self.values @ clean))
