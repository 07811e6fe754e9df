"""Why sides fight although both would rather share: the bargaining range of war, and how it fails.

Fearon 1995 (International Organization 49: 379-414). The prize is 1, A's share of it x; a war is won by A
with the probability p and costs the sides c_A and c_B, as shares of the prize. Both are risk neutral. What
is known only roughly is a range, and so is the answer. All figures are exact fractions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from standoff.conflict.problems import ModelProblem

ZERO, ONE = Fraction(0), Fraction(1)


class Range(NamedTuple):
    """From the least to the greatest value that something may have."""

    low: Fraction
    high: Fraction

    @property
    def empty(self) -> bool:
        """Whether no value fits."""
        return self.low > self.high


def war_range(odds: Fraction, cost_a: Fraction, cost_b: Fraction) -> tuple[Fraction, Fraction]:
    """Give the shares of A, of a prize of 1, that neither risk-neutral side would fight over.

    `odds` is the probability that A wins, the costs are shares of the prize.
    """
    check_war(Range(odds, odds), Range(cost_a, cost_a), Range(cost_b, cost_b))
    return max(ZERO, odds - cost_a), min(ONE, odds + cost_b)


def check_war(odds: Range, cost_a: Range, cost_b: Range) -> None:
    """Raise ModelProblem where a range is turned round or lies outside what it can be."""
    for range, what in (
        (odds, "the odds of winning"),
        (cost_a, "the costs of war"),
        (cost_b, "the costs of war"),
    ):
        if range.empty:
            raise ModelProblem(f"{what} run from {range.low} to {range.high}: put the smaller number first")
    if odds.low < 0 or odds.high > 1:
        outside = odds.low if odds.low < 0 else odds.high
        raise ModelProblem(f"the odds of winning are {outside}: give a number from 0 to 1")
    if min(cost_a.low, cost_b.low) < 0:
        raise ModelProblem("a cost of war is negative: give 0 or more")


@dataclass(frozen=True, slots=True)
class UncertainRange:
    """Shares of A: `sure` are preferred to war by both whatever turns out true, `possible` in some case.

    `sure` may be empty (low above high): then no share is safe from war.
    """

    sure: Range
    possible: Range


def uncertain_range(odds: Range, cost_a: Range, cost_b: Range) -> UncertainRange:
    """Give the range where odds and costs are known roughly."""
    check_war(odds, cost_a, cost_b)
    return UncertainRange(
        Range(max(ZERO, odds.high - cost_a.low), min(ONE, odds.low + cost_b.low)),
        Range(max(ZERO, odds.low - cost_a.high), min(ONE, odds.high + cost_b.high)),
    )


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Each side's own view of the odds that A wins, and the shares that both then prefer to war.

    `too_hopeful` is by how much their hopes together exceed what war costs: where it is positive the range
    is empty, and so much must their views come together, or the costs grow.
    """

    range: Range
    too_hopeful: Fraction


def disagreement(
    odds_of_a: Fraction, odds_of_b: Fraction, cost_a: Fraction, cost_b: Fraction
) -> Disagreement:
    """Give the range where the sides disagree on the odds that A wins: A's view and B's (private
    information about strength)."""
    for odds in (odds_of_a, odds_of_b):
        check_war(Range(odds, odds), Range(cost_a, cost_a), Range(cost_b, cost_b))
    found = Range(max(ZERO, odds_of_a - cost_a), min(ONE, odds_of_b + cost_b))
    return Disagreement(found, max(ZERO, odds_of_a - odds_of_b - cost_a - cost_b))


@dataclass(frozen=True, slots=True)
class Offer:
    """The best take-it-or-leave-it demand of A for a share, the risk of war that it runs, and what A expects."""

    share: Fraction
    risk: Fraction
    worth: Fraction


def best_offer(odds: Fraction, cost_a: Fraction, cost_b: Range) -> Offer:
    """Give A's best demand where only B knows its own cost, even odds over a range of it (Fearon 1995:
    private information with an incentive to misrepresent it).

    B accepts a demand of x where its cost is at least x - p. Asking for z more than p is worth
    (p + z)(h - z)/(h - l) + (p - c_A)(z - l)/(h - l), which is greatest at z = (h - c_A)/2, kept within
    what B's cost can be and a share can be.
    """
    check_war(Range(odds, odds), Range(cost_a, cost_a), cost_b)
    low, high = cost_b
    extra = min(max(low, (high - cost_a) / 2), high, max(low, ONE - odds))
    share = min(ONE, odds + extra)
    risk = ZERO if high == low else max(ZERO, (share - odds - low) / (high - low))
    return Offer(share, risk, (1 - risk) * share + risk * (odds - cost_a))


@dataclass(frozen=True, slots=True)
class PowerShift:
    """Whether B fights now because A's odds will grow and nobody can bind A to leave it what it has.

    `sure` and `possible` say whether B fights in all cases and in some; `bearable` are the greatest later
    odds of A that B would still wait for, over the range of its cost.
    """

    sure: bool
    possible: bool
    bearable: Range


def power_shift(now: Fraction, later: Range, cost_b: Range, future: Fraction) -> PowerShift:
    """Judge a preventive war (Fearon 1995, on commitment).

    B weighs the future by `future` a period (0 to 1). War now gives it 1 - p1 - c_B for ever; peace at
    best the whole prize now and 1 - p2 - c_B from then on. It fights where d p2 - p1 > c_B (1 - d).
    """
    check_war(Range(now, now), Range(ZERO, ZERO), cost_b)
    check_war(later, Range(ZERO, ZERO), cost_b)
    if not 0 <= future < 1:
        raise ModelProblem(f"the weight of the future is {future}: give a number from 0 to below 1")

    def fights(odds: Fraction, cost: Fraction) -> bool:
        return future * odds - now > cost * (1 - future)

    def bearable(cost: Fraction) -> Fraction:
        return min(ONE, (now + cost * (1 - future)) / future) if future else ONE

    return PowerShift(
        fights(later.low, cost_b.high),
        fights(later.high, cost_b.low),
        Range(bearable(cost_b.low), bearable(cost_b.high)),
    )


@dataclass(frozen=True, slots=True)
class Indivisible:
    """Which of the shares that can be had at all lie in the range; where none does, the nearest one and the
    payment beside it that would do (to A where positive, to B where negative)."""

    acceptable: tuple[Fraction, ...]
    nearest: Fraction
    payment: Fraction


def indivisible(range: Range, shares: Sequence[Fraction]) -> Indivisible:
    """Judge a prize that can be divided in some ways only (Fearon 1995, on indivisibility)."""
    if not shares or not all(0 <= share <= 1 for share in shares):
        raise ModelProblem("give the shares that A can have, each from 0 to 1")

    def lack(share: Fraction) -> Fraction:
        return max(range.low - share, ZERO) - max(share - range.high, ZERO)

    nearest = min(shares, key=lambda share: abs(lack(share)))
    return Indivisible(
        tuple(share for share in shares if range.low <= share <= range.high), nearest, lack(nearest)
    )
