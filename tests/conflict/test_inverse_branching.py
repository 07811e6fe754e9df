"""The search by branches: its costs and bounds against all rankings, its answers against MaxSAT."""

from __future__ import annotations

from functools import cache

from conflict_random_models import conflicts
from hypothesis import given, settings
from hypothesis import strategies as st
from test_inverse import CONCEPT, weak_orders

from standoff.conflict.inverse.budget import Budget
from standoff.conflict.inverse.clauses import Clauses
from standoff.conflict.inverse.demands import Atom
from standoff.conflict.inverse.question import Inverse, distance
from standoff.conflict.inverse.rankings import Changeable, Fixed, Lessons, Ranked
from standoff.conflict.inverse.search import Goal, Proposals, search
from standoff.conflict.inverse.turning import Turned, Turning
from standoff.conflict.model import Conflict

SIZE = 6


@cache
def every_ranking() -> list[tuple[int, ...]]:
    return weak_orders(SIZE)


@st.composite
def rankings(draw: st.DrawFn) -> tuple[int, ...]:
    drawn = draw(st.lists(st.integers(0, SIZE - 1), min_size=SIZE, max_size=SIZE))
    return tuple(sorted(set(drawn)).index(rank) for rank in drawn)


PAIR = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(lambda pair: pair[0] != pair[1])
ATOM = st.builds(lambda better, pair: Atom(0, better, *pair), st.booleans(), PAIR)


def least(ranks: tuple[int, ...], atoms: frozenset[Atom]) -> int | None:
    return min(
        (
            distance(ranks, other)
            for other in every_ranking()
            if all((other[a.target] < other[a.source]) == a.better for a in atoms)
        ),
        default=None,
    )


def turned_for(turning: Turning, atoms: frozenset[Atom]) -> Turned | None:
    return turning.least(atoms, Budget())


@settings(max_examples=40, deadline=None)
@given(rankings(), st.frozensets(ATOM, max_size=4), ATOM)
def test_the_nearest_ranking_is_the_nearest_and_no_price_is_too_high(
    ranks: tuple[int, ...], atoms: frozenset[Atom], another: Atom
) -> None:
    turning = Turning(ranks)
    turned = turned_for(turning, atoms)
    cost = least(ranks, atoms)
    assert (turned is None) == (cost is None)
    if turned is None or cost is None:
        return
    assert turned.cost == cost == distance(ranks, turned.order.ranks)
    assert all((turned.order.ranks[a.target] < turned.order.ranks[a.source]) == a.better for a in atoms)
    more = least(ranks, atoms | {another})
    if more is not None:
        assert cost + turning.further(turned, another) <= more
        assert 2 * cost + turning.share(turned, another) <= 2 * more


@settings(max_examples=40, deadline=None)
@given(
    rankings(),
    st.permutations(range(SIZE)),
    st.lists(st.booleans(), min_size=3, max_size=3),
    st.integers(0, 1),
)
def test_shares_of_what_speaks_of_different_states_add_up(
    ranks: tuple[int, ...], order: list[int], better: list[bool], before: int
) -> None:
    turning = Turning(ranks)
    atoms = [Atom(0, b, order[2 * n], order[2 * n + 1]) for n, b in enumerate(better)]
    turned = turned_for(turning, frozenset(atoms[:before]))
    together = least(ranks, frozenset(atoms))
    assert turned is not None
    assert together is not None
    rest = [
        a for a in atoms[before:] if (turned.order.ranks[a.target] < turned.order.ranks[a.source]) != a.better
    ]
    spoken = sum(1 << state for a in rest for state in (a.target, a.source))
    assert 2 * turned.cost + sum(turning.share(turned, a) for a in rest) <= 2 * together
    assert 2 * turned.cost + sum(turning.share_among(turned, a, spoken) for a in rest) <= 2 * together


@given(rankings(), st.integers(0, SIZE - 1), st.integers(0, SIZE))
def test_what_can_come_to_lie_above_a_state(ranks: tuple[int, ...], source: int, limit: int) -> None:
    turning = Turning(ranks)
    found = turning.up_to(source, limit)
    for state in range(SIZE):
        if state != source:
            within = ranks[state] < ranks[source] or turning.distance(state, source) <= limit
            assert found >> state & 1 == within


def by_clauses(inverse: Inverse, state: str, wanted: bool, free: tuple[int, ...]) -> int | None:
    """The cost of the smallest change as MaxSAT finds it, with every state of every ranking laid out."""
    clauses = Clauses()
    try:
        size = inverse.graph.size
        preferences: list[Changeable] = [
            Ranked(clauses, ranks, range(size), size * size, Lessons()) if i in free else Fixed(ranks)
            for i, ranks in enumerate(inverse.ranks)
        ]
        goal = Goal(inverse.game, inverse.graph.position(state), wanted, tuple(inverse.graph.everyone))
        found = search(Proposals(goal, clauses, preferences), Budget())
        return None if found.rankings is None else clauses.cost
    finally:
        clauses.close()


@settings(max_examples=60, deadline=None)
@given(conflicts(), CONCEPT, st.integers(0, 100), st.booleans())
def test_branches_and_clauses_find_the_same_cost(
    conflict: Conflict, concept: str, pick: int, all_of_them: bool
) -> None:
    inverse = Inverse(conflict, concept)
    state = inverse.graph.ids[pick % inverse.graph.size]
    everyone = tuple(inverse.graph.everyone)
    free = everyone if all_of_them else everyone[:1]
    wanted = not inverse.is_equilibrium(state)
    found = inverse.ask(state, wanted=wanted, parties=[conflict.decision_makers[i] for i in free])
    assert found.proven
    assert (found.cost if found.possible else None) == by_clauses(inverse, state, wanted, free)
