"""Hypergames of level 1: each decision maker plays the conflict as it sees it.

Bennett 1977 (Omega 5); Wang, Hipel and Fraser 1988 (Behavioral Science 33); Aljefri, Hipel, Fang and others
2017. A view can lack options, hold states to be impossible, and take decision makers to prefer something
else. A state is a hypergame equilibrium where it is stable for each one in its own view; what the views
share are the states of the conflict, with options that a viewer does not see taken as not taken. An
equilibrium is steady where every view also predicts it, else somebody is in for a surprise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from standoff.conflict.formula import Not, Taken, holds
from standoff.conflict.graph import StateGraph, build
from standoff.conflict.model import Conflict, Constraint, View
from standoff.conflict.preference import Partial, Preference, Ranking
from standoff.conflict.problems import ModelProblem

IsStable = Callable[[StateGraph, int, int], bool]


@dataclass(frozen=True, slots=True)
class Hypergame:
    """What holds in a hypergame under one concept; states as the conflict's ints.

    `predicted[i]` are the equilibria of the game that decision maker i sees. `equilibria` hold for all,
    each in its own view; the `steady` among them are predicted by all; `surprised[i]` are those that i does
    not predict.
    """

    concept: str
    predicted: tuple[tuple[int, ...], ...]
    equilibria: tuple[int, ...]
    steady: tuple[int, ...]
    surprised: tuple[tuple[int, ...], ...]


def perceived(conflict: Conflict, view: View) -> Conflict:
    """Give the conflict as a viewer sees it: without the unseen options' states and with the believed
    preferences."""
    hidden = tuple(Constraint(Not(Taken(k)), "rule", f"unseen option {k + 1}") for k in view.unseen)
    never = tuple(Constraint(Not(formula)) for formula in view.never)

    def seen(state: int) -> bool:
        unseen = any(state >> k & 1 for k in view.unseen)
        return not unseen and not any(holds(formula, state) for formula in view.never)

    believed = dict(view.preferences)
    preferences = tuple(believed.get(i, own) for i, own in enumerate(conflict.preferences))
    return replace(
        conflict,
        constraints=(*conflict.constraints, *hidden, *never),
        states=tuple((id, state) for id, state in conflict.states if seen(state)),
        arcs=None
        if conflict.arcs is None
        else tuple(tuple(arc for arc in arcs if seen(arc[0]) and seen(arc[1])) for arcs in conflict.arcs),
        preferences=tuple(_kept(preference, seen) for preference in preferences),
        status_quo=None,
        views=(),
    )


def _kept(preference: Preference, seen: Callable[[int], bool]) -> Preference:
    """Leave states that are not seen out of a preference that lists states."""
    if isinstance(preference, Ranking):
        return _ranking_kept(preference, seen)
    if isinstance(preference, Partial):
        chains = (tuple(tuple(s for s in group if seen(s)) for group in chain) for chain in preference.chains)
        return Partial(tuple(tuple(group for group in chain if group) for chain in chains))
    return preference


def _ranking_kept(preference: Ranking, seen: Callable[[int], bool]) -> Ranking:
    groups: list[tuple[int, ...]] = []
    degrees: list[int] = []
    widest = 0
    for number, group in enumerate(preference.groups):
        if number and preference.degrees:
            widest = max(widest, preference.degrees[number - 1])
        left = tuple(state for state in group if seen(state))
        if left:
            if groups and preference.degrees:
                degrees.append(widest)
            groups.append(left)
            widest = 0
    return Ranking(tuple(groups), tuple(degrees))


def level_one(conflict: Conflict, concept: str, is_stable: IsStable) -> Hypergame:
    """Solve a hypergame under one individual concept. A decision maker without a view sees the conflict as
    it is."""
    views = {view.viewer: view for view in conflict.views}
    games: list[StateGraph] = []
    for i, name in enumerate(conflict.decision_makers):
        game = perceived(conflict, views[i]) if i in views else conflict
        if not len(game.feasible):
            raise ModelProblem(f"in the view of {name!r} no state is feasible: loosen it")
        games.append(build(game))
    states = [int(state) for state in conflict.feasible]
    everyone = range(len(games))
    stable = [_stable(games[i], i, is_stable) for i in everyone]
    predicted = [set.intersection(*(_stable(game, j, is_stable) for j in everyone)) for game in games]
    shadows = [~sum(1 << k for k in views[i].unseen) if i in views else -1 for i in everyone]
    equilibria = tuple(s for s in states if all(s & shadows[i] in stable[i] for i in everyone))
    surprised = tuple(tuple(s for s in equilibria if s & shadows[i] not in predicted[i]) for i in everyone)
    return Hypergame(
        concept,
        tuple(tuple(sorted(found)) for found in predicted),
        equilibria,
        tuple(s for s in equilibria if not any(s in missed for missed in surprised)),
        surprised,
    )


def _stable(game: StateGraph, decision_maker: int, is_stable: IsStable) -> set[int]:
    return {state for s, state in enumerate(game.states) if is_stable(game, decision_maker, s)}
