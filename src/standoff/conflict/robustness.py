"""How small a change of preferences flips each verdict.

For a decision maker's verdict on a state: a change of its own ranking, the others' as they are. For an
equilibrium: a change of any rankings. Changes are counted in pairs of states that compare differently
(`inverse/places.py`, `inverse/question.py`; Kinsara, Kilgour and Hipel 2015).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from standoff.conflict.graph import Table
from standoff.conflict.inverse.budget import Budget
from standoff.conflict.inverse.change import Change
from standoff.conflict.inverse.places import margin
from standoff.conflict.inverse.question import Inverse
from standoff.conflict.model import Conflict
from standoff.conflict.sequences import improvements_of, moves_of


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
