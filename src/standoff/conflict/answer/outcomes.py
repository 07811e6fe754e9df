"""The outcomes that hold: under which foresight, why nobody leaves them, and how they are reached from today."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.conflict.answer.board import Board
from standoff.conflict.answer.case import Case
from standoff.conflict.answer.settlement import Demand, Settlement
from standoff.conflict.coalition.coalitions import coalitions
from standoff.conflict.concepts import INDIVIDUAL, JOINT
from standoff.conflict.formula import holds
from standoff.conflict.graph import StateGraph, members
from standoff.conflict.preference import Priorities
from standoff.conflict.routes import Kind, Reachability, Route
from standoff.conflict.solution import COALITION_WORK
from standoff.conflict.witness import Deterrent, Witness, witness

LEADING = 6
"""How many outcomes are told in full."""

GRAPH_STATES = 1 << 11
"""The most states for which ways, reasons and coalitions are worked out."""


@dataclass(frozen=True, slots=True)
class Way:
    """The easiest way from today to a state, and what kind it is: each mover gains (`improvements`), those who move
    together gain (`coalitions`), or somebody acts against its own wishes (`moves`)."""

    kind: Kind
    route: Route


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a party stays in a state: the statements that speak against its other choices, the most important
    first, and, where it would gain by leaving, the answer that deters it (`deterrent`), with the statement
    that the answer would cost it (`cost`) and those for which the others would answer (`answering`)."""

    party: int
    decisive: tuple[str, ...]
    deterrent: Deterrent | None = None
    cost: str = ""
    answering: tuple[str, ...] = ()
    departures: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """A state that is stable for all in some sense. `way` is None where it is today's state or cannot be
    reached; `worked_out` is False where the conflict is too large to say."""

    state: int
    concepts: tuple[str, ...]
    settles: bool
    met: tuple[Demand, ...]
    way: Way | None
    worked_out: bool
    reasons: tuple[Reason, ...] = ()


def joint_equilibria(graph: StateGraph) -> dict[str, frozenset[int]] | None:
    """The states that no coalition leaves, by concept; None where there are too many coalitions."""
    if len(graph.decision_makers) > 8 or graph.size << len(graph.decision_makers) > COALITION_WORK:
        return None
    groups = list(coalitions(tuple(graph.everyone)))
    return {
        name: frozenset(
            state
            for position, state in enumerate(graph.states)
            if all(concept.is_stable(graph, group, position) for group in groups)
        )
        for name, concept in JOINT.items()
    }


def leading(
    board: Board, joint: dict[str, frozenset[int]] | None, settlement: Settlement, concept: str
) -> list[tuple[int, tuple[str, ...]]]:
    """The states that hold in some sense with the concepts under which they do, those that deserve most
    attention first: holding under the concept that is asked about, settling, holding in most senses, near
    to today."""
    found: dict[int, list[str]] = {}
    for name in board.equilibria:
        for state in board.outcomes(name):
            found.setdefault(state, []).append(name)
    for name, states in (joint or {}).items():
        for state in sorted(states):
            found.setdefault(state, []).append(name)
    quo = board.conflict.status_quo or 0

    def order(state: int) -> tuple[object, ...]:
        held = found[state]
        return (
            concept not in held,
            not settlement.has(state),
            -len(held),
            (state ^ quo).bit_count(),
            state,
        )

    return [(state, tuple(found[state])) for state in sorted(found, key=order)]


def way_to(ways: Reachability | None, position: int) -> Way | None:
    """The easiest way to a state."""
    if ways is None:
        return None
    kinds: tuple[Kind, ...] = ("improvements", "coalitions", "moves")
    return next((Way(kind, ways.by(kind)[position]) for kind in kinds if position in ways.by(kind)), None)


def outcome_of(
    case: Case,
    settlement: Settlement,
    graph: StateGraph | None,
    ways: Reachability | None,
    state: int,
    concepts: tuple[str, ...],
    asked: str,
) -> Outcome:
    """Tell one outcome; reasons are given under the concept that is asked about, where it holds under it."""
    way = None
    reasons: tuple[Reason, ...] = ()
    if graph is not None:
        position = graph.place[state]
        way = way_to(ways, position)
        told = asked if asked in concepts else next((name for name in concepts if name in INDIVIDUAL), "")
        if told:
            reasons = tuple(reason_of(case, graph, told, i, position) for i in graph.everyone)
    return Outcome(
        state, concepts, settlement.has(state), settlement.met(state), way, graph is not None, reasons
    )


def reason_of(case: Case, graph: StateGraph, concept: str, party: int, position: int) -> Reason:
    """Why a party stays where it is; raises nothing for a party without moves, whose reason is empty."""
    certificate = certificate_of(graph, concept, party, position)
    state = graph.states[position]
    others = [graph.states[t] for t in members(graph.moves[party][position])]
    deterred = {deterrent.departure for deterrent in certificate.deterrents}
    against: dict[str, int] = {}
    for target in others:
        if graph.place[target] not in deterred:
            id = deciding(case, party, state, target)
            if id:
                against[id] = against.get(id, 0) + 1
    order = [statement.id for statement in case.statements(party)]
    decisive = tuple(sorted(against, key=order.index))
    if not certificate.deterrents:
        return Reason(party, decisive)
    first = certificate.deterrents[0]
    answering = []
    for step in first.steps:
        for mover in certificate.movers[step.mover]:
            answering.append(deciding(case, mover, graph.states[step.target], graph.states[step.source]))
    return Reason(
        party,
        decisive,
        first,
        deciding(case, party, state, graph.states[first.outcome]),
        tuple(id for id in dict.fromkeys(answering) if id),
        len(certificate.deterrents),
    )


def certificate_of(graph: StateGraph, concept: str, party: int, position: int) -> Witness:
    """The certificate of one verdict."""
    return witness(INDIVIDUAL[concept].terms(graph, party, position), (party,), position)


def deciding(case: Case, party: int, better: int, worse: int) -> str:
    """The statement by which a party finds one state better than another: the first level on which they differ.

    Empty where it finds it no better, or ranks without statements.
    """
    preference = case.conflict.preferences[party]
    if not isinstance(preference, Priorities):
        return ""
    for level in preference.levels:
        here = [priority for priority in level if holds(priority.formula, better)]
        there = [priority for priority in level if holds(priority.formula, worse)]
        if len(here) != len(there):
            if len(here) < len(there):
                return ""
            return next(priority.id for priority in here if priority not in there)
    return ""
