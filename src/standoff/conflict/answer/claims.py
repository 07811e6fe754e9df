"""What a sentence of the answer claims, as data that the engine can replay.

Every sentence carries one claim. `replay` works it out again from the conflict alone, by the state graph
and the plain definitions (`stability/`, `coalition/`, `routes`), where the answer itself was worked out over
the hypercube: so that a sentence and its claim cannot drift apart unseen, and the two ways check each other.
"""

from __future__ import annotations

from dataclasses import dataclass

from standoff.conflict.answer.alterations import Alteration, altered
from standoff.conflict.answer.settlement import Settlement
from standoff.conflict.coalition.coalitions import coalitions
from standoff.conflict.concepts import INDIVIDUAL, JOINT
from standoff.conflict.graph import build
from standoff.conflict.model import Conflict
from standoff.conflict.routes import Kind, reachability


@dataclass(frozen=True, slots=True)
class Stands:
    """The state in which things stand."""

    state: int


@dataclass(frozen=True, slots=True)
class Holds:
    """A state is (or is not) stable for all under a concept."""

    state: int
    concept: str
    yes: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """How many states are stable for all under a concept, and how many of them are settlements."""

    concept: str
    outcomes: int
    settlements: int


@dataclass(frozen=True, slots=True)
class Settles:
    """A state is (or is not) a settlement."""

    state: int
    yes: bool = True


@dataclass(frozen=True, slots=True)
class Reached:
    """The fewest steps of one kind that lead from today to a state; None where no such steps do."""

    state: int
    kind: Kind
    steps: int | None


@dataclass(frozen=True, slots=True)
class Stays:
    """A party has no reason to leave a state under a concept (`yes`), or has one."""

    party: int
    state: int
    concept: str
    yes: bool = True


@dataclass(frozen=True, slots=True)
class Differs:
    """The outcomes that hold under a concept with some alterations, against those that hold without."""

    alterations: tuple[Alteration, ...]
    concept: str
    gained: tuple[int, ...]
    lost: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Would:
    """With some alterations another claim is true."""

    alterations: tuple[Alteration, ...]
    claim: Claim


@dataclass(frozen=True, slots=True)
class Several:
    """Several claims are true together."""

    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """Of so many completions of what is assumed, a claim is true in so many.

    `completions` gives each as its alterations, in the order in which they were judged.
    """

    completions: tuple[tuple[Alteration, ...], ...]
    claim: Claim
    true: int


@dataclass(frozen=True, slots=True)
class Settled:
    """Some settlement is (or none is) among the outcomes that hold under a concept."""

    concept: str
    yes: bool = True


@dataclass(frozen=True, slots=True)
class Nothing:
    """The sentence claims nothing about verdicts: it defines a word, or says what is missing."""


Claim = (
    Stands | Holds | Tally | Settles | Reached | Stays | Differs | Would | Several | Share | Settled | Nothing
)


def replay(conflict: Conflict, settlement: Settlement, claim: Claim) -> bool:
    """Say whether a claim is true of a conflict, worked out afresh."""
    match claim:
        case Nothing():
            return True
        case Several(claims):
            return all(replay(conflict, settlement, part) for part in claims)
        case Would(alterations, inner):
            return replay(altered(conflict, alterations), settlement, inner)
        case Share(completions, inner, true):
            found = sum(replay(altered(conflict, c), settlement, inner) for c in completions)
            return found == true
        case Differs(alterations, concept, gained, lost):
            before = set(_equilibria(conflict, concept))
            changed = altered(conflict, alterations)
            after = set(_equilibria(changed, concept))
            gone = {state for state in before - after if changed.is_feasible(state)}
            return (set(gained), set(lost)) == (after - before, gone)
        case Stands(state):
            return conflict.status_quo == state
        case Settles(state, yes):
            return conflict.is_feasible(state) and settlement.has(state) == yes
        case Holds(state, concept, yes):
            return (state in _equilibria(conflict, concept)) == yes
        case Stays(party, state, concept, yes):
            graph = build(conflict)
            return INDIVIDUAL[concept].is_stable(graph, party, graph.place[state]) == yes
        case Tally(concept, outcomes, settlements):
            held = _equilibria(conflict, concept)
            return (len(held), sum(settlement.has(s) for s in held)) == (outcomes, settlements)
        case Settled(concept, yes):
            return any(settlement.has(s) for s in _equilibria(conflict, concept)) == yes
        case Reached(state, kind, steps):
            return _steps(conflict, state, kind) == steps


def _equilibria(conflict: Conflict, concept: str) -> list[int]:
    graph = build(conflict)
    if concept in INDIVIDUAL:
        individual = INDIVIDUAL[concept]
        return [
            state
            for position, state in enumerate(graph.states)
            if all(individual.is_stable(graph, i, position) for i in graph.everyone)
        ]
    joint = JOINT[concept]
    groups = list(coalitions(tuple(graph.everyone)))
    return [
        state
        for position, state in enumerate(graph.states)
        if all(joint.is_stable(graph, group, position) for group in groups)
    ]


def _steps(conflict: Conflict, state: int, kind: Kind) -> int | None:
    graph = build(conflict)
    if conflict.status_quo is None:
        return None
    if state == conflict.status_quo:
        return 0
    routes = reachability(graph, graph.place[conflict.status_quo]).by(kind)
    position = graph.place[state]
    return len(routes[position].moves) if position in routes else None
