"""The solution of a conflict: which states are stable for whom and in which sense, and what can be reached.

A frozen record. It says which concepts it judged and by which source, on which preferences, and which
states were left out beforehand, so that a verdict can be checked against what it rests on. States are the
conflict's ints; `Solution.graph` holds the positions that witnesses and routes speak in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from standoff.conflict import attitudes, strength
from standoff.conflict.coalition.coalitions import Coalition, coalitions
from standoff.conflict.completions import OverCompletions, over_completions
from standoff.conflict.concepts import INDIVIDUAL, JOINT
from standoff.conflict.dropped import Dropped, dropped_states
from standoff.conflict.explanation import Explanation, explain
from standoff.conflict.graph import GRAPH_LIMIT, StateGraph, bit_set, build
from standoff.conflict.hypercube.stability import applies, judge
from standoff.conflict.hypergame import Hypergame, level_one
from standoff.conflict.large_solution import LargeSolution, solve_large
from standoff.conflict.model import Conflict
from standoff.conflict.problems import ModelProblem
from standoff.conflict.regions import Region, absorbing_regions, points_of_no_return
from standoff.conflict.routes import Move, Reachability, reachability
from standoff.conflict.stability import sim
from standoff.conflict.stability.limited_move import Foresight, limited_move, non_myopic
from standoff.conflict.unknown import CONCEPTS as UNKNOWN_CONCEPTS
from standoff.conflict.unknown import KINDS, Kind
from standoff.conflict.unknown import is_stable as stable_of_kind
from standoff.conflict.witness import Witness

FORESIGHT_LIMIT = 256
"""The most states for which limited-move and non-myopic stability are worked out unasked."""

CUBE_FROM = 512
"""The number of states past which individual stability is judged over the hypercube where that applies."""

HORIZONS = (1, 2, 3, 4)
"""The horizons h of limited-move stability that are shown."""

COALITION_WORK = 1 << 16
"""The most states times coalitions for which the coalition concepts are worked out unasked."""

States = int
"""A bit set of positions in the state graph."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """One concept: the stable states by decision maker, and the equilibria, stable for all (bit sets of
    positions)."""

    concept: str
    stable: tuple[States, ...]
    equilibria: States


@dataclass(frozen=True, slots=True)
class CoalitionVerdicts:
    """One coalition concept: the stable states by coalition; `equilibria` are stable for every coalition."""

    concept: str
    stable: tuple[tuple[Coalition, States], ...]
    equilibria: States


@dataclass(frozen=True, slots=True)
class GradedVerdicts:
    """One concept under graded preference: strongly and weakly stable states by decision maker.

    A Nash stable state is in neither: it is stable without any deterrent. An equilibrium is strong where
    the state is strongly or Nash stable for all.
    """

    concept: str
    strong: tuple[States, ...]
    weak: tuple[States, ...]
    strong_equilibria: States


@dataclass(frozen=True, eq=False)
class Solution:
    """What was worked out of a conflict. Parts that do not apply are empty or None; `omitted` says why in
    sentences.

    Where preferences are partly unknown, `individual` holds what is stable under every completion of them,
    `completions` adds what is possible, and `unknown_types` the four types of the literature.
    """

    conflict: Conflict
    graph: StateGraph = field(repr=False)
    individual: tuple[Verdicts, ...]
    simultaneous: Verdicts | None
    joint: tuple[CoalitionVerdicts, ...]
    foresight: tuple[Foresight, ...]
    graded: tuple[GradedVerdicts, ...]
    completions: tuple[OverCompletions, ...]
    unknown_types: tuple[tuple[Kind, Verdicts], ...]
    relational: tuple[Verdicts, ...]
    hypergames: tuple[Hypergame, ...]
    ways: Reachability | None
    regions: tuple[Region, ...]
    no_return: tuple[Move, ...]
    dropped: tuple[Dropped, ...]
    omitted: tuple[str, ...]

    def equilibria(self, concept: str) -> tuple[str, ...]:
        """The ids of the states that are stable for all under a concept, individual or of coalitions."""
        found: dict[str, States] = {verdicts.concept: verdicts.equilibria for verdicts in self.individual}
        found.update((verdicts.concept, verdicts.equilibria) for verdicts in self.joint)
        if concept.lower() in found:
            return self.ids(found[concept.lower()])
        raise ModelProblem(f"the concept {concept!r} was not worked out here")

    def ids(self, states: States) -> tuple[str, ...]:
        """The ids of a bit set of positions."""
        return tuple(id for s, id in enumerate(self.graph.ids) if states >> s & 1)

    def explain(self, concept: str, actors: str | Iterable[str], state: str) -> Explanation:
        """Why a state is stable or not under a concept, for a decision maker or (coalition concepts) several.

        Beside the concepts of the results there are "strong seq", "seq (a)" (types of unknown preference)
        and "rgmr" (attitudes).
        """
        names = [actors] if isinstance(actors, str) else list(actors)
        unknown = [name for name in names if name not in self.conflict.decision_makers]
        if unknown:
            raise ModelProblem(f"there is no decision maker {unknown[0]!r}")
        who = sorted({self.conflict.decision_makers.index(name) for name in names})
        return explain(self.conflict, self.graph, concept, who, self.graph.position(state))

    def witness(self, concept: str, actors: str | Iterable[str], state: str) -> Witness:
        """The certificate of a verdict, which can be replayed."""
        return self.explain(concept, actors, state).witness

    def why(self, concept: str, actors: str | Iterable[str], state: str) -> str:
        """The certificate of a verdict in words."""
        return self.explain(concept, actors, state).sentence

    def to_json(self) -> dict[str, Any]:
        """The solution as a JSON document (the contract of `standoff solve --format json`)."""
        from standoff.conflict.solution_json import to_json

        return to_json(self)

    def to_text(self) -> str:
        """The solution as a text for a terminal."""
        from standoff.conflict.solution_text import to_text

        return to_text(self)

    def picture(self, *, routes: bool = True) -> str:
        """The state graph, with the ways to the equilibria, as an SVG document."""
        from standoff.conflict.picture import state_graph_svg

        return state_graph_svg(self, routes=routes)

    def _repr_html_(self) -> str:
        from standoff.conflict.notebook import solution_html

        return solution_html(self)


def solve(conflict: Conflict) -> Solution | LargeSolution:
    """Work out everything that applies to a conflict.

    Past GRAPH_LIMIT feasible states a conflict in option form is judged over the hypercube of its options,
    and its solution speaks in masks and counts. Raises ModelProblem where a conflict is too large for what
    it needs.
    """
    if len(conflict.feasible) > GRAPH_LIMIT and applies(conflict):
        return solve_large(conflict)
    graph = build(conflict)
    omitted: list[str] = []
    unclear = any(any(table) for table in graph.unknown)
    completions = _completions(graph, omitted) if unclear else ()
    if unclear:
        individual = tuple(Verdicts(c.concept, c.necessary, c.necessary_equilibria) for c in completions)
    else:
        individual = _individual(graph, conflict)
    return Solution(
        conflict=conflict,
        graph=graph,
        individual=individual,
        simultaneous=_simultaneous(graph, unclear, omitted),
        joint=_joint(graph, unclear, omitted),
        foresight=_foresight(graph, unclear, omitted),
        graded=_graded(graph),
        completions=completions,
        unknown_types=_unknown_types(graph) if unclear else (),
        relational=_relational(graph, conflict, unclear, omitted),
        hypergames=_hypergames(conflict, unclear, omitted),
        ways=None if conflict.status_quo is None else reachability(graph, graph.place[conflict.status_quo]),
        regions=_regions(graph, conflict),
        no_return=points_of_no_return(
            graph, None if conflict.status_quo is None else graph.place[conflict.status_quo]
        ),
        dropped=dropped_states(conflict),
        omitted=tuple(omitted),
    )


def _individual(graph: StateGraph, conflict: Conflict) -> tuple[Verdicts, ...]:
    if graph.size <= CUBE_FROM or not applies(conflict):
        return tuple(
            _verdicts(graph, name, partial(concept.is_stable, graph)) for name, concept in INDIVIDUAL.items()
        )
    at = conflict.feasible
    found = []
    for verdicts in judge(conflict, tuple(INDIVIDUAL)):
        stable = tuple(bit_set(int(s) for s in np.flatnonzero(rows[at])) for rows in verdicts.stable)
        found.append(Verdicts(verdicts.concept, stable, _common(graph, stable)))
    return tuple(found)


def _verdicts(graph: StateGraph, concept: str, is_stable: Callable[[int, int], bool]) -> Verdicts:
    stable = tuple(bit_set(s for s in range(graph.size) if is_stable(i, s)) for i in graph.everyone)
    return Verdicts(concept, stable, _common(graph, stable))


def _common(graph: StateGraph, stable: Iterable[States]) -> States:
    common = graph.every_state
    for states in stable:
        common &= states
    return common


def _simultaneous(graph: StateGraph, unclear: bool, omitted: list[str]) -> Verdicts | None:
    if unclear or not graph.option_form:
        return None
    if graph.size > CUBE_FROM:
        omitted.append(
            f"Simultaneous stability is left out: it is worked out for up to {CUBE_FROM} states, and there "
            f"are {graph.size}."
        )
        return None
    return _verdicts(graph, sim.NAME, partial(sim.is_stable, graph))


def _joint(graph: StateGraph, unclear: bool, omitted: list[str]) -> tuple[CoalitionVerdicts, ...]:
    if unclear:
        omitted.append("Coalition stability is left out: it needs known preferences.")
        return ()
    if len(graph.decision_makers) > 8 or graph.size << len(graph.decision_makers) > COALITION_WORK:
        omitted.append(
            f"Coalition stability is left out: {graph.size} states and {len(graph.decision_makers)} decision "
            f"makers have too many coalitions to go through."
        )
        return ()
    found = []
    for name, concept in JOINT.items():
        by_coalition = tuple(
            (group, bit_set(s for s in range(graph.size) if concept.is_stable(graph, group, s)))
            for group in coalitions(tuple(graph.everyone))
        )
        found.append(CoalitionVerdicts(name, by_coalition, _common(graph, (s for _, s in by_coalition))))
    return tuple(found)


def _foresight(graph: StateGraph, unclear: bool, omitted: list[str]) -> tuple[Foresight, ...]:
    if unclear or len(graph.decision_makers) < 2:
        return ()
    if graph.size > FORESIGHT_LIMIT:
        omitted.append(
            f"Limited-move and non-myopic stability are left out: they are worked out for up to "
            f"{FORESIGHT_LIMIT} states, and there are {graph.size}."
        )
        return ()
    found = [limited_move(graph, horizon) for horizon in HORIZONS]
    try:
        found.append(non_myopic(graph))
    except ModelProblem as problem:
        omitted.append(f"Non-myopic stability is left out: {problem.problem}.")
    return tuple(found)


def _graded(graph: StateGraph) -> tuple[GradedVerdicts, ...]:
    if not strength.is_graded(graph):
        return ()
    found = []
    for concept in strength.CONCEPTS:
        degrees = [[strength.degree(graph, concept, i, s) for s in range(graph.size)] for i in graph.everyone]
        strong, weak, held = (
            tuple(bit_set(s for s, degree in enumerate(row) if degree in wanted) for row in degrees)
            for wanted in (("strong",), ("weak",), ("strong", "nash"))
        )
        found.append(GradedVerdicts(concept, strong, weak, _common(graph, held)))
    return tuple(found)


def _completions(graph: StateGraph, omitted: list[str]) -> tuple[OverCompletions, ...]:
    found = []
    for concept in UNKNOWN_CONCEPTS:
        try:
            found.append(over_completions(graph, concept))
        except ModelProblem as problem:
            omitted.append(f"{concept.upper()} is left out: {problem.problem}.")
    return tuple(found)


def _unknown_types(graph: StateGraph) -> tuple[tuple[Kind, Verdicts], ...]:
    return tuple(
        (kind, _verdicts(graph, concept, partial(stable_of_kind, graph, concept, kind)))
        for concept in UNKNOWN_CONCEPTS
        for kind in KINDS
    )


def _relational(
    graph: StateGraph, conflict: Conflict, unclear: bool, omitted: list[str]
) -> tuple[Verdicts, ...]:
    table = conflict.attitudes
    if table is None:
        return ()
    if unclear:
        omitted.append("Relational stability is left out: attitudes need known preferences.")
        return ()
    return tuple(
        _verdicts(graph, concept, partial(attitudes.is_stable, graph, table, concept))
        for concept in attitudes.CONCEPTS
    )


def _hypergames(conflict: Conflict, unclear: bool, omitted: list[str]) -> tuple[Hypergame, ...]:
    if not conflict.views:
        return ()
    if unclear:
        omitted.append("The views' hypergame is left out: it needs known preferences.")
        return ()
    return tuple(level_one(conflict, name, concept.is_stable) for name, concept in INDIVIDUAL.items())


def _regions(graph: StateGraph, conflict: Conflict) -> tuple[Region, ...]:
    start = None if conflict.status_quo is None else graph.place[conflict.status_quo]
    found = absorbing_regions(graph, start)
    return () if len(found) == 1 and found[0].states == graph.every_state else found
