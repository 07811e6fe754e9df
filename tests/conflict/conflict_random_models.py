"""Random conflicts: ties, irreversible options, infeasible states, common moves, two to four decision makers.

A model is made of choices `pick(low, high)`, an int from low to high: hypothesis draws them so that it can
shrink, the long comparison in `benchmarks/` takes them from a seeded generator.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Literal

from conflict_brute_force import Table
from hypothesis import strategies as st

from standoff.conflict.graph import StateGraph, build, members
from standoff.conflict.masks import Mask
from standoff.conflict.model import Conflict, Moves, Option
from standoff.conflict.preference import Partial, Preference, Ranking

Kind = Literal["ranking", "graded", "partial"]
Pick = Callable[[int, int], int]
MOVES: tuple[Moves, ...] = ("both", "both", "both", "on", "off")


def random_ranking(pick: Pick, states: list[int], graded: bool = False) -> Ranking:
    ranks = [pick(0, len(states) - 1) for _ in states]
    groups = tuple(
        tuple(state for state, r in zip(states, ranks, strict=True) if r == rank)
        for rank in sorted(set(ranks))
    )
    degrees = tuple(pick(1, 2) for _ in groups[1:]) if graded else ()
    return Ranking(groups, degrees)


def random_partial(pick: Pick, states: list[int]) -> Preference:
    order = list(states)
    for at in range(len(order) - 1, 0, -1):
        other = pick(0, at)
        order[at], order[other] = order[other], order[at]
    cut = pick(1, len(order))
    chains = [order[:cut], order[cut:]]
    if pick(0, 2) == 0 and 1 < cut < len(order):
        chains.append([order[0], order[-1]])
    return Partial(tuple(tuple((state,) for state in chain) for chain in chains if chain))


def option_form(pick: Pick, most_options: int = 4, decision_makers: int | None = None) -> Conflict:
    people = decision_makers or pick(2, 4)
    count = pick(people if people < 4 else 3, max(most_options, people))
    options = []
    for k in range(count):
        owner = k if k < people else pick(0, people - 1)
        second = pick(0, people - 1) if pick(0, 5) == 0 else owner
        options.append(Option(f"o{k}", tuple(sorted({owner % people, second})), MOVES[pick(0, 4)]))
    masks = []
    for _ in range(pick(0, 3)):
        care = pick(1, (1 << count) - 1)
        masks.append(Mask(care, pick(0, (1 << count) - 1) & care))
    conflict = Conflict(
        "random", tuple(f"D{i}" for i in range(people)), tuple(options), (), infeasible=tuple(masks)
    )
    if not len(conflict.feasible):
        conflict = Conflict("random", conflict.decision_makers, conflict.options, ())
    return conflict


def graph_form(pick: Pick, most_states: int = 7, decision_makers: int | None = None) -> Conflict:
    people, states = decision_makers or pick(2, 4), pick(1, most_states)
    arcs: list[list[tuple[int, int]]] = [[] for _ in range(people)]
    density = pick(1, 4)
    for i in range(people):
        for s in range(states):
            for t in range(states):
                if s != t and pick(0, 9) < density:
                    arcs[i].append((s, t))
    if states > 1 and pick(0, 1):
        source, target = pick(0, states - 1), pick(0, states - 1)
        for i in range(people) if source != target else ():
            if (source, target) not in arcs[i]:
                arcs[i].append((source, target))
    return Conflict(
        "random",
        tuple(f"D{i}" for i in range(people)),
        (),
        (),
        states=tuple((f"s{s}", s) for s in range(states)),
        arcs=tuple(tuple(moves) for moves in arcs),
    )


def with_preferences(conflict: Conflict, pick: Pick, kind: Kind = "ranking") -> Conflict:
    states = [int(state) for state in conflict.feasible]
    preferences: list[Preference] = []
    for _ in conflict.decision_makers:
        if kind == "partial" and pick(0, 3):
            preferences.append(random_partial(pick, states))
        else:
            preferences.append(random_ranking(pick, states, graded=kind == "graded"))
    return replace(conflict, preferences=tuple(preferences))


def random_conflict(
    pick: Pick,
    kind: Kind = "ranking",
    decision_makers: int | None = None,
) -> Conflict:
    form = option_form if pick(0, 1) else graph_form
    return with_preferences(form(pick, decision_makers=decision_makers), pick, kind)


@st.composite
def conflicts(
    draw: st.DrawFn,
    kind: Kind = "ranking",
    decision_makers: int | None = None,
    forms: tuple[str, ...] = ("graph", "options"),
    most_states: int = 7,
) -> Conflict:
    people = decision_makers or draw(st.integers(2, 4))
    form = draw(st.sampled_from(forms))
    size = draw(st.integers(1, most_states))
    pick = Random(draw(st.integers(0, 2**32 - 1))).randint
    options = option_form(pick, 1 + size // 2, people)
    return with_preferences(graph_form(pick, size, people) if form == "graph" else options, pick, kind)


def table_of(conflict: Conflict) -> tuple[StateGraph, Table]:
    """The state graph, and the same moves and ranks as plain sets, worked out of the model anew."""
    graph = build(conflict)
    states = [int(state) for state in conflict.feasible]
    moves = tuple(
        tuple(frozenset(states.index(t) for t in conflict.reachable(i, s)) for s in states)
        for i in range(len(conflict.decision_makers))
    )
    ranks = []
    for preference in conflict.preferences:
        if isinstance(preference, Ranking):
            place = {state: g for g, group in enumerate(preference.groups) for state in group}
            ranks.append([place[state] for state in states])
        else:
            ranks.append([0] * len(states))
    return graph, Table(len(moves), len(states), moves, ranks)


def positions(states: int) -> set[int]:
    return set(members(states))
