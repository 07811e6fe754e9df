"""How small a change of preferences flips each verdict.

For a decision maker's verdict on a state: a change of its own ranking, the others' as they are. For an
equilibrium: a change of any rankings. Changes are counted in pairs of states that compare differently
(`inverse/places.py`, `inverse/question.py`; Kinsara, Kilgour and Hipel 2015).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from standoff.conflict.graph import Table
from standoff.conflict.inverse.budget import Budget
from standoff.conflict.inverse.change import Change
from standoff.conflict.inverse.places import margin
from standoff.conflict.inverse.question import Inverse
from standoff.conflict.json_form import plain_id
from standoff.conflict.model import Conflict
from standoff.conflict.problems import ModelProblem
from standoff.conflict.sequences import improvements_of, moves_of
from standoff.conflict.solution_text import table
from standoff.conflict.wording import Wording

ROBUSTNESS_LIMIT = 512
"""The most states whose verdicts are all measured at once."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A verdict on a state (by id), and the fewest comparisons of the decision maker's own that flip it;
    None where none do."""

    decision_maker: int
    state: str
    stable: bool
    comparisons: int | None


def flips(conflict: Conflict, concept: str = "seq") -> tuple[Flip, ...]:
    """Measure every verdict of every decision maker under nash, gmr, smr, seq or sseq.

    Raises ModelProblem for other concepts and for partly unknown preferences.
    """
    inverse = Inverse(conflict, concept)
    graph, found = inverse.graph, []
    for i in graph.everyone:
        answers = _answers(inverse, i)
        for position, id in enumerate(graph.ids):
            least = margin(inverse.game, i, position, inverse.orders, answers)
            found.append(Flip(i, id, least.stable, least.comparisons))
    return tuple(found)


def _answers(inverse: Inverse, i: int) -> Table:
    """What the others can make of each departure of a decision maker."""
    graph = inverse.graph
    if inverse.game.concept == "nash":
        return (0,) * graph.size
    return (improvements_of if inverse.game.credible else moves_of)(graph, graph.others(i))


def equilibrium_flips(
    conflict: Conflict,
    concept: str = "seq",
    *,
    states: Iterable[str] | None = None,
    seconds: float | None = None,
) -> tuple[Change, ...]:
    """Give, for every state (or some, by id) in order, the smallest change of rankings that makes it an
    equilibrium, or that breaks it where it is one.

    `seconds` is the time for all of them together (no limit where None), shared out evenly among those that
    are left; a change that is not the smallest for sure says so, and so does each for which no time was left.
    """
    inverse, budget = Inverse(conflict, concept), Budget(seconds)
    asked = inverse.graph.ids if states is None else tuple(states)
    changes = []
    for number, id in enumerate(asked):
        wanted = not inverse.is_equilibrium(id)
        if budget.spent:
            changes.append(Change(concept, id, wanted, "ranking", False, proven=False, at_least=1))
        else:
            share = None if budget.left is None else budget.left / (len(asked) - number)
            changes.append(inverse.ask(id, wanted=wanted, seconds=share))
    return tuple(changes)


@dataclass(frozen=True, slots=True)
class Robustness:
    """How small a change flips each verdict on each state, and each state's being an equilibrium."""

    conflict: Conflict
    concept: str
    flips: tuple[Flip, ...]
    changes: tuple[Change, ...]

    def to_text(self) -> str:
        """A table for a terminal, one state a line."""
        conflict, wording = self.conflict, Wording(self.conflict)
        rows = [["State", *conflict.decision_makers, "equilibrium"]]
        for position, change in enumerate(self.changes):
            cells = [_flip_text(flip) for flip in self.flips if flip.state == change.state]
            rows.append([wording.state(position), *cells, _change_text(change)])
        return "\n".join(
            [
                f"{conflict.name}: how many comparisons of two states must change to flip each verdict "
                f"({self.concept.upper()})",
                "",
                *table(rows),
                "",
                "For a decision maker: stable or not, and the comparisons in its own ranking that flip that; - "
                "where none do.",
                "For an equilibrium: the comparisons in all rankings together that break or make it; ~ where "
                "fewer might do.",
                "",
            ]
        )

    def to_json(self) -> dict[str, Any]:
        """The same as a JSON document."""
        names = self.conflict.decision_makers
        return {
            "question": "robustness",
            "concept": self.concept,
            "verdicts": [
                {
                    "state": plain_id(flip.state),
                    "decision_maker": names[flip.decision_maker],
                    "stable": flip.stable,
                    "comparisons": flip.comparisons,
                }
                for flip in self.flips
            ],
            "equilibria": [
                {"equilibrium": not change.wanted, **change.to_json(self.conflict)} for change in self.changes
            ],
        }


def robustness(conflict: Conflict, concept: str = "seq", *, seconds: float | None = None) -> Robustness:
    """Measure everything at once, the equilibria within some seconds; raise ModelProblem for more than
    ROBUSTNESS_LIMIT states."""
    states = len(conflict.feasible)
    if states > ROBUSTNESS_LIMIT:
        raise ModelProblem(
            f"with {states} feasible states there are too many verdicts to flip one by one (the limit is "
            f"{ROBUSTNESS_LIMIT} states): ask about one state with --settle or --break"
        )
    return Robustness(
        conflict, concept, flips(conflict, concept), equilibrium_flips(conflict, concept, seconds=seconds)
    )


def _flip_text(flip: Flip) -> str:
    return f"{'stable' if flip.stable else 'not'} {'-' if flip.comparisons is None else flip.comparisons}"


def _change_text(change: Change) -> str:
    number = str(change.cost) if change.possible else "-"
    if not change.proven:
        number = f"~ {number}" if change.possible else "~"
    return f"{'no' if change.wanted else 'yes'} {number}"
