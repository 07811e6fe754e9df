"""The answer to a conflict: what `standoff solve` says in plain language, and the brief shows, as data.

`answer` works everything out; `Answer.sections` says it. Nothing here is rounded, guessed or left out in
silence: what was not worked out is in `omitted`, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from standoff.conflict.answer.board import Board, board_of
from standoff.conflict.answer.case import Case, Switches
from standoff.conflict.answer.changes import Smallest, smallest
from standoff.conflict.answer.outcomes import (
    GRAPH_STATES,
    LEADING,
    Outcome,
    joint_equilibria,
    leading,
    outcome_of,
)
from standoff.conflict.answer.sentences import Section
from standoff.conflict.answer.settlement import Settlement, settlement_of
from standoff.conflict.answer.switches import throw
from standoff.conflict.answer.threats import Weight, weights
from standoff.conflict.answer.unknowns import Leaning, Spread, leanings, spread
from standoff.conflict.graph import StateGraph, build
from standoff.conflict.hypercube.stability import CONCEPTS, applies
from standoff.conflict.model import Conflict
from standoff.conflict.preference import Partial
from standoff.conflict.problems import ModelProblem
from standoff.conflict.routes import Reachability, reachability

VARIANT_OPTIONS = 14
"""The most options for which variants of a conflict are judged: changes, threats, completions."""

STATED_OPTIONS = 20
"""The most options for which every combination is judged at all."""


@dataclass(frozen=True, eq=False)
class Answer:
    """What is known about a conflict, and how it is said.

    `board` has the verdicts of the conflict with its switches thrown, `plain` those without (None where none is
    thrown). `outcomes` are the leading ones of `held` that hold in some sense. `joint` are the
    states that no coalition leaves, by concept; None where that was not worked out.
    """

    case: Case
    plain_case: Case
    thrown: tuple[tuple[str, str], ...]
    concept: str
    settlement: Settlement
    board: Board
    plain: Board | None
    graph: StateGraph | None = field(repr=False)
    ways: Reachability | None = field(repr=False)
    joint: dict[str, frozenset[int]] | None
    outcomes: tuple[Outcome, ...]
    held: int
    changes: Smallest
    threats: tuple[Weight, ...]
    leanings: tuple[Leaning, ...]
    spread: Spread | None
    omitted: tuple[str, ...]

    @property
    def conflict(self) -> Conflict:
        """The conflict that is answered, with the switches thrown."""
        return self.case.conflict

    @property
    def variants(self) -> bool:
        """Whether variants of the conflict were judged: changes, threats, completions."""
        return self.conflict.option_count <= VARIANT_OPTIONS

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The answer in words."""
        from standoff.conflict.answer.telling import tell

        return tell(self)


def not_answerable(conflict: Conflict) -> str:
    """Why a conflict has no answer in plain words, as a sentence; empty where it has one."""
    if not conflict.options or conflict.arcs is not None:
        return "An answer in plain words needs options and the moves that they imply; this conflict lists its states and moves."
    if any(isinstance(preference, Partial) for preference in conflict.preferences):
        return (
            "An answer in plain words needs known preferences, and some comparisons here are unknown: give statements, "
            'with standing = "assumed" where you are not sure.'
        )
    if conflict.option_count > STATED_OPTIONS:
        return (
            f"An answer in plain words goes through every combination of up to {STATED_OPTIONS} options, and there are "
            f"{conflict.option_count}: ask for one outcome with --find, or join options."
        )
    return ""


def answer(
    case: Case,
    concept: str = "seq",
    switches: Switches = Switches(),
    on_first: Callable[[Answer], None] | None = None,
) -> Answer:
    """Answer a case under a concept, with its own switches and some more thrown.

    `on_first` is called with what is known before variants of the conflict are judged, which can take seconds:
    without changes, threats, leanings and completions.

    Raises ModelProblem where `not_answerable` says why, for a switch that fits nothing, and for a conflict without
    a feasible state.
    """
    reason = not_answerable(case.conflict)
    if reason:
        raise ModelProblem(reason.rstrip("."))
    assert applies(case.conflict)
    thrown = throw(case, switches)
    now = thrown.case
    omitted: list[str] = []
    settlement = settlement_of(now)
    board = board_of(now.conflict, settlement, CONCEPTS)
    plain_case = replace(case, switches=Switches())
    plain = board_of(case.conflict, settlement_of(plain_case), (concept,)) if thrown.thrown else None
    graph = _graph(now.conflict, omitted)
    quo = now.conflict.status_quo
    ways = reachability(graph, graph.place[quo]) if graph is not None and quo is not None else None
    joint = joint_equilibria(graph) if graph is not None else None
    if graph is not None and joint is None:
        omitted.append(
            f"Moves of several parties together are left out: {graph.size} states and "
            f"{len(graph.decision_makers)} parties have too many coalitions to go through."
        )
    held = leading(board, joint, settlement, concept)
    outcomes = tuple(
        outcome_of(now, settlement, graph, ways, state, concepts, concept)
        for state, concepts in held[:LEADING]
    )
    common = (now, plain_case, thrown.thrown, concept, settlement, board, plain, graph, ways, joint)
    if on_first is not None:
        on_first(Answer(*common, outcomes, len(held), Smallest(), (), (), None, tuple(omitted)))
    if now.conflict.option_count > VARIANT_OPTIONS:
        omitted.append(
            f"What would have to give, which threats count and what hangs on assumptions is worked out for up to "
            f"{VARIANT_OPTIONS} options, and there are {now.conflict.option_count}."
        )
        return Answer(*common, outcomes, len(held), Smallest(), (), (), None, tuple(omitted))
    wanted = not board.settlements(concept) and settlement.defined
    asked = [outcome.state for outcome in outcomes if concept in outcome.concepts]
    return Answer(
        *common,
        outcomes,
        len(held),
        smallest(now, settlement, board, concept) if wanted else Smallest(),
        weights(board, settlement, concept),
        leanings(now, settlement, board, concept),
        spread(now, settlement, concept, asked),
        tuple(omitted),
    )


def _graph(conflict: Conflict, omitted: list[str]) -> StateGraph | None:
    states = len(conflict.feasible)
    if states <= GRAPH_STATES:
        return build(conflict)
    omitted.append(
        f"Reasons, ways from today and moves of several parties together are worked out for up to {GRAPH_STATES} "
        f"states, and there are {states}."
    )
    return None
