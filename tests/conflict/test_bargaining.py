"""The bargaining range against plain search through small sets."""

from __future__ import annotations

from fractions import Fraction as F
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.conflict.bargaining import combined, war_range, zone
from standoff.conflict.bargaining.case import load_case
from standoff.conflict.bargaining.convex import convex_zone, mixed_zone
from standoff.conflict.bargaining.solution import bargain
from standoff.conflict.bargaining.war import (
    Range,
    best_offer,
    disagreement,
    indivisible,
    power_shift,
    uncertain_range,
)
from standoff.conflict.problems import ModelProblem

SMALL = st.integers(0, 4).map(F)
PAIR = st.tuples(SMALL, SMALL)


@given(st.fractions(0, 1), st.fractions(0, 2), st.fractions(0, 2), st.fractions(0, 1))
def test_a_share_is_in_the_range_where_neither_would_fight(odds: F, a: F, b: F, share: F) -> None:
    low, high = war_range(odds, a, b)
    assert (low <= share <= high) == (share >= odds - a and 1 - share >= 1 - odds - b)


@given(st.lists(PAIR, min_size=1, max_size=6), PAIR)
def test_zone_is_what_all_accept(outcomes: list[tuple[F, F]], least: tuple[F, F]) -> None:
    found = zone(outcomes, least)
    accepted = [n for n, u in enumerate(outcomes) if u[0] >= least[0] and u[1] >= least[1]]
    assert list(found.agreements) == accepted
    if not accepted:
        totals = [
            sum(cut)
            for cut in product(range(5), repeat=2)
            if any(u[0] >= least[0] - cut[0] and u[1] >= least[1] - cut[1] for u in outcomes)
        ]
        assert sum(found.concessions) == min(totals)
        return
    gains = {n: (outcomes[n][0] - least[0]) * (outcomes[n][1] - least[1]) for n in accepted}
    assert {gains[n] for n in found.nash} == {max(gains.values())}
    assert set(found.nash) | set(found.kalai_smorodinsky) <= set(found.pareto)
    for n in found.pareto:
        a, b = outcomes[n]
        assert not any(x >= a and y >= b and (x, y) != (a, b) for x, y in (outcomes[m] for m in accepted))


def test_the_two_solutions_differ_where_the_product_hides_a_small_share() -> None:
    found = zone([(F(10), F(3)), (F(5), F(5)), (F(1), F(10))], (F(0), F(0)))
    assert found.nash == (0,)
    assert found.kalai_smorodinsky == (1,)


def test_issues_add_up() -> None:
    assert combined([[(F(1), F(0)), (F(0), F(1))], [(F(2), F(3))]]) == ((F(3), F(3)), (F(2), F(4)))


def test_bad_input_is_refused() -> None:
    with pytest.raises(ModelProblem, match="from 0 to 1"):
        war_range(F(2), F(0), F(0))
    with pytest.raises(ModelProblem, match="one reservation value"):
        zone([(F(1), F(1))], (F(1),))
    with pytest.raises(ModelProblem, match="no way to settle"):
        combined([[]])


def test_power_pulls_the_nash_solution() -> None:
    outcomes = [(F(6), F(2)), (F(4), F(4)), (F(2), F(5))]
    assert zone(outcomes, (F(0), F(0))).nash == (1,)
    assert zone(outcomes, (F(0), F(0)), (3, 1)).nash == (0,)
    with pytest.raises(ModelProblem, match="bargaining power"):
        zone(outcomes, (F(0), F(0)), (0, 1))


WORTH = st.tuples(st.integers(0, 9), st.integers(0, 9))


@settings(max_examples=40, deadline=None)
@given(st.lists(WORTH, min_size=2, max_size=4), WORTH, st.tuples(st.integers(1, 3), st.integers(1, 3)))
def test_mixtures_against_a_fine_grid(
    ways: list[tuple[int, int]], least: tuple[int, int], power: tuple[int, int]
) -> None:
    found = convex_zone([ways], least, power)
    grid = [
        [n / 24 for n in shares] + [1 - sum(shares) / 24]
        for shares in product(range(25), repeat=len(ways) - 1)
        if sum(shares) <= 24
    ]
    worths = [tuple(sum(s * w[i] for s, w in zip(m, ways, strict=True)) for i in (0, 1)) for m in grid]
    lacks = [sum(max(0.0, d - u) for u, d in zip(worth, least, strict=True)) for worth in worths]
    if found.empty:
        assert min(lacks) > 0
        assert sum(found.concessions) <= min(lacks) + 1e-6
        assert found.nearest is not None
        for u, d, c in zip(found.nearest.worth, least, found.concessions, strict=True):
            assert u >= d - c - 1e-5
        return
    assert found.nash is not None
    assert found.kalai_smorodinsky is not None
    inside = [worth for worth in worths if all(u >= d - 1e-9 for u, d in zip(worth, least, strict=True))]

    def product_of(worth: tuple[float, ...]) -> float:
        return max(0.0, worth[0] - least[0]) ** power[0] * max(0.0, worth[1] - least[1]) ** power[1]

    def share_of(worth: tuple[float, ...]) -> float:
        gains = [b - d for b, d in zip(found.best, least, strict=True)]
        return min(
            ((u - d) / g for u, d, g in zip(worth, least, gains, strict=True) if g > 1e-6), default=1.0
        )

    assert product_of(found.nash.worth) >= max(map(product_of, inside), default=0.0) * (1 - 1e-5) - 1e-6
    assert share_of(found.kalai_smorodinsky.worth) >= max(map(share_of, inside), default=0.0) - 1e-5


def test_an_issue_that_cannot_be_divided_takes_one_way_only() -> None:
    issues = [[(4, 0), (0, 4)], [(6, 0), (0, 6)]]
    whole = mixed_zone(issues, [False, False], (3, 3))
    assert whole.nash is not None
    assert sorted(whole.nash.worth) == [4, 6]
    part = mixed_zone(issues, [False, True], (3, 3))
    assert part.nash is not None
    assert part.nash.worth == pytest.approx((5, 5), abs=1e-4)
    with pytest.raises(ModelProblem, match="combinations"):
        mixed_zone([[(0, 0)] * 30, [(0, 0)] * 30, [(0, 0)]], [False, False, True], (0, 0))


PART = st.fractions(0, 1, max_denominator=20)


@given(PART, PART, PART, PART, PART)
def test_rough_odds_and_costs_give_the_ranges_of_all_cases(p: F, q: F, cost_a: F, b: F, c: F) -> None:
    odds, cost_b = Range(min(p, q), max(p, q)), Range(min(b, c), max(b, c))
    found = uncertain_range(odds, Range(cost_a, cost_a), cost_b)
    cases = [war_range(o, cost_a, k) for o in odds for k in cost_b]
    assert found.sure == (max(low for low, _ in cases), min(high for _, high in cases))
    assert found.possible == (min(low for low, _ in cases), max(high for _, high in cases))


@given(PART, PART, PART, PART, PART)
def test_no_demand_is_worth_more_than_the_best_one(p: F, cost_a: F, b: F, c: F, other: F) -> None:
    cost_b = Range(min(b, c), max(b, c))
    found = best_offer(p, cost_a, cost_b)

    def worth(share: F) -> F:
        extra = share - p
        if extra <= cost_b.low:
            risk = F(0)
        elif extra > cost_b.high or cost_b.high == cost_b.low:
            risk = F(1)
        else:
            risk = (extra - cost_b.low) / (cost_b.high - cost_b.low)
        return (1 - risk) * share + risk * (p - cost_a)

    assert found.worth == worth(found.share)
    assert found.worth >= worth(other)


def test_a_side_fights_before_it_falls_too_far_behind() -> None:
    found = power_shift(F(1, 2), Range(F(3, 5), F(9, 10)), Range(F(0), F(1)), F(9, 10))
    assert (found.sure, found.possible) == (False, True)
    assert found.bearable == Range(F(5, 9), F(2, 3))
    assert not power_shift(F(1, 2), Range(F(1), F(1)), Range(F(0), F(0)), F(0)).possible


def test_hopes_and_lumps() -> None:
    hopes = disagreement(F(7, 10), F(3, 10), F(1, 10), F(1, 10))
    assert hopes.range.empty
    assert hopes.too_hopeful == F(1, 5)
    lumps = indivisible(Range(F(2, 5), F(3, 5)), [F(0), F(1)])
    assert lumps.acceptable == ()
    assert abs(lumps.payment) == F(2, 5)
    assert indivisible(Range(F(2, 5), F(3, 5)), [F(0), F(1, 2)]).acceptable == (F(1, 2),)


EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "bargaining"


def test_the_examples_are_answered_in_words_and_as_data() -> None:
    island = bargain(load_case(EXAMPLES / "island.toml"))
    assert "Nash solution (greatest product of gains, bargaining power 1 : 2)" in island.to_text()
    assert island.to_json()["zone"]["empty"] is False
    power = bargain(load_case(EXAMPLES / "rising_power.toml"))
    assert power.to_json()["war"]["offer"] == {"share": 0.475, "risk": 0.125, "worth": 0.453125}
    assert power.to_json()["war"]["power_shift"]["fights_surely"] is True


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ":1:1: there is nothing to bargain about"),
        ("[war]\na='A'\nb='B'\nodds=1.5\ncost_a=0\ncost_b=0", ":4:1: 1.5 lies outside what it can be"),
        ("[war]\na='A'\nb='B'\nodds=[0.5, 0.2]\ncost_a=0\ncost_b=0", ":4:1: the range runs from 0.5 to 0.2"),
        ("[war]\na='A'\nb='B'\nodd=0.5\ncost_a=0\ncost_b=0", "did you mean 'odds'?"),
        (
            "[[party]]\nname='A'\nreservation=1\n[[issue]]\nname='i'\nways=[{name='w', A=1}]",
            "takes two parties or more",
        ),
        (
            "[[party]]\nname='A'\nreservation=1\n[[party]]\nname='B'\nreservation=1\n"
            "[[issue]]\nname='i'\nways=[{name='w', A=1}]",
            ":9:7: what this way is worth to 'B' is missing",
        ),
    ],
)
def test_a_bad_case_is_said_with_its_place(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_text(text)
    with pytest.raises(ModelProblem) as caught:
        load_case(tmp_path / "case.toml")
    assert words in str(caught.value)
