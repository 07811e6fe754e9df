"""The bargaining range against plain search through small sets."""

from __future__ import annotations

from fractions import Fraction as F
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.conflict.bargaining import combined, war_range, zone
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
