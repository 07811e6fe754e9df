"""Masks, formulas and what states are worth."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.conflict.formula import And, Formula, If, Iff, Not, Or, Taken, as_masks, from_mask, holds, truth
from standoff.conflict.formula_text import parse_formula, write_formula, write_masks
from standoff.conflict.masks import Mask, is_mask_text, join_states
from standoff.conflict.model import Option
from standoff.conflict.option_names import OptionNames
from standoff.conflict.preference import Priorities, Priority, Ranking, Weights, ranks, weight_of
from standoff.conflict.problems import ModelProblem

NAMES = OptionNames(
    [
        Option("Air strike", (0,)),
        Option("Full", (0,), id="full"),
        Option("Full", (1,)),
        Option("War and peace", (1,)),
        Option("Bird's eye", (1,)),
    ],
    ["US", "IJC"],
)
COUNT = len(NAMES)

formulas = st.recursive(
    st.integers(0, COUNT - 1).map(Taken),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
        st.tuples(inner, inner).map(lambda pair: If(*pair)),
        st.tuples(inner, inner).map(lambda pair: Iff(*pair)),
    ),
    max_leaves=8,
)
every_state = np.arange(1 << COUNT, dtype=np.int64)


@given(formulas)
def test_what_is_written_is_read_back(formula: Formula) -> None:
    assert parse_formula(write_formula(formula, NAMES), NAMES) == formula


@given(formulas)
def test_truth_over_an_array_is_truth_state_by_state(formula: Formula) -> None:
    assert truth(formula, every_state).tolist() == [holds(formula, int(s)) for s in every_state]


@given(formulas)
def test_masks_of_a_formula_match_where_it_is_true(formula: Formula) -> None:
    masks = as_masks(formula)
    if masks is None:
        assert write_masks(formula, COUNT) is None
        return
    for state in range(1 << COUNT):
        assert any(mask.matches(state) for mask in masks) == holds(formula, state)
    text = write_masks(formula, COUNT)
    assert text is not None
    again = parse_formula(text, NAMES)
    assert truth(again, every_state).tolist() == truth(formula, every_state).tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("air strike", Taken(0)),
        ("Air   strike and not full", And((Taken(0), Not(Taken(1))))),
        ("IJC: Full", Taken(2)),
        ("full or Air strike and 'War and peace'", Or((Taken(1), And((Taken(0), Taken(3)))))),
        ("Air strike if full", If(Taken(0), Taken(1))),
        ("full -> Air strike", If(Taken(0), Taken(1))),
        ("Air strike only if full", If(Taken(1), Taken(0))),
        ("'War and peace' only if full", If(Taken(1), Taken(3))),
        ("(Air strike) only if full", If(Taken(1), Taken(0))),
        ("Air strike iff not full", Iff(Taken(0), Not(Taken(1)))),
        ("1 & -2 | !3", Or((And((Taken(0), Not(Taken(1)))), Not(Taken(2))))),
        ("Bird's eye", Taken(4)),
        ("YN---", And((Taken(0), Not(Taken(1))))),
        ("Y----, -Y---", Or((Taken(0), Taken(1)))),
    ],
)
def test_the_ways_to_write_a_formula(text: str, expected: Formula) -> None:
    assert parse_formula(text, NAMES) == expected


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("Air strke and full", 0, "did you mean 'Air strike'"),
        ("full and Full", 0, ""),
        ("full and Nothing of the kind", 9, "there is no option"),
        ("Air strike and", 14, "where an option is expected"),
        ("(full", 0, "never closed"),
        ("full)", 4, "does not continue"),
        ("full if Air strike if full", 19, "brackets"),
        ("'full", 0, "there is no option"),
        ('"full', 0, "never closed"),
        ("9", 0, "numbered 1 to 5"),
        ("or full", 0, "where an option is expected"),
        ("(" * 200 + "full" + ")" * 200, 101, "deep"),
    ],
)
def test_mistakes_in_a_formula_are_placed(text: str, offset: int, words: str) -> None:
    if not words:
        assert parse_formula(text, NAMES) == And((Taken(1), Taken(1)))
        return
    with pytest.raises(ModelProblem) as problem:
        parse_formula(text, NAMES)
    assert problem.value.offset == offset
    assert words in problem.value.problem


def test_an_ambiguous_name_says_how_to_be_clear() -> None:
    names = OptionNames([Option("Full", (0,)), Option("Full", (1,))], ["US", "IJC"])
    with pytest.raises(ModelProblem, match="write 'US: Full' or 'IJC: Full'"):
        parse_formula("not Full", names)


@given(st.text(max_size=30))
def test_any_text_is_a_formula_or_a_problem(text: str) -> None:
    def read() -> int:
        try:
            holds(parse_formula(text, NAMES), 0)
        except ModelProblem as problem:
            return problem.offset
        return 0

    assert 0 <= read() <= len(text)


# Masks --------------------------------------------------------------------------------------------


@given(st.text("YN-", min_size=1, max_size=8))
def test_masks_are_written_as_they_were_read(signs: str) -> None:
    mask = Mask.parse(signs, len(signs))
    assert mask.signs(len(signs)) == signs
    formula = from_mask(mask)
    states = np.arange(1 << len(signs), dtype=np.int64)
    assert mask.matching(states).tolist() == [mask.matches(int(s)) for s in states]
    assert truth(formula, states).tolist() == mask.matching(states).tolist()
    assert is_mask_text(signs, len(signs))


@given(st.integers(1, 5).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.integers(0, 2**n - 1)))))
def test_joined_states_are_covered_exactly_and_once(given_states: tuple[int, set[int]]) -> None:
    count, states = given_states
    masks = join_states(states, count)
    for state in range(1 << count):
        assert sum(mask.matches(state) for mask in masks) == (state in states)
    assert len(masks) <= max(len(states), 0)


@pytest.mark.parametrize(("signs", "words"), [("YNX", "at sign 3"), ("YN", "2 signs, but there are 3")])
def test_a_wrong_mask_says_where(signs: str, words: str) -> None:
    with pytest.raises(ModelProblem, match=words):
        Mask.parse(signs, 3)


# Preferences --------------------------------------------------------------------------------------


@given(st.lists(st.lists(formulas, min_size=1, max_size=3), min_size=1, max_size=130))
def test_priorities_rank_as_their_counts_compare_however_many_there_are(levels: list[list[Formula]]) -> None:
    preference = Priorities(tuple(tuple(Priority(f) for f in level) for level in levels))
    found = ranks(preference, every_state)
    keys = [preference.key(int(s)) for s in every_state]
    order = sorted(set(keys), reverse=True)
    assert found.tolist() == [order.index(key) for key in keys]


def test_the_hundredth_statement_still_decides() -> None:
    same = tuple((Priority(Or((Taken(0), Not(Taken(0))))),) for _ in range(99))
    preference = Priorities((*same, (Priority(Taken(1)),)))
    assert ranks(preference, np.array([0, 1, 2, 3])).tolist() == [1, 1, 0, 0]


@given(st.lists(st.fractions(max_denominator=60), min_size=COUNT, max_size=COUNT))
def test_weights_rank_by_their_exact_sums(weights: list[Fraction]) -> None:
    preference = Weights(tuple(weights))
    sums = [sum((w for k, w in enumerate(weights) if s >> k & 1), Fraction(0)) for s in range(1 << COUNT)]
    order = sorted(set(sums), reverse=True)
    assert ranks(preference, every_state).tolist() == [order.index(total) for total in sums]
    whole = preference.whole()
    assert [weight_of(whole, s) for s in (0, 31)] == [0, sum(whole)]


def test_huge_weights_do_not_overflow() -> None:
    preference = Weights((Fraction(2**70), Fraction(2**70 + 1), Fraction(-1)))
    assert ranks(preference, np.arange(8)).tolist() == [5, 3, 2, 0, 6, 4, 3, 1]


def test_a_ranking_that_leaves_out_a_state_is_refused() -> None:
    with pytest.raises(ModelProblem, match="leaves out state 2"):
        ranks(Ranking(((0,), (1,))), np.arange(3))


def test_degrees_must_fit_the_groups() -> None:
    with pytest.raises(ModelProblem, match="one degree"):
        Ranking(((0,), (1,)), (1, 2))
