"""How small a change of preferences flips each verdict.

For a decision maker's verdict on a state: a change of its own ranking, the others' as they are. For an
equilibrium: a change of any rankings. Changes are counted in pairs of states that compare differently
(`inverse/places.py`, `inverse/question.py`; Kinsara, Kilgour and Hipel 2015).
"""

from __future__ import annotations

from dataclasses import dataclass

from standoff.conflict.graph import build
from standoff.conflict.inverse.game import Game, Order
from standoff.conflict.inverse.places import margin
from standoff.conflict.inverse.question import Change, break_equilibrium, make_equilibrium
from standoff.conflict.model import Conflict


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
    graph = build(conflict)
    game = Game(graph, concept)
    orders = [Order(tuple(int(r) for r in conflict.ranks(i))) for i in graph.everyone]
    found = []
    for i in graph.everyone:
        for position, id in enumerate(graph.ids):
            least = margin(game, i, position, orders)
            found.append(Flip(i, id, least.stable, least.comparisons))
    return tuple(found)


def equilibrium_flips(conflict: Conflict, concept: str = "seq") -> tuple[Change, ...]:
    """Give, for every state in order, the smallest change of rankings that makes it an equilibrium, or
    that breaks it where it is one."""
    changes = []
    for id in build(conflict).ids:
        made = make_equilibrium(conflict, id, concept)
        held = made.possible and made.cost == 0
        changes.append(break_equilibrium(conflict, id, concept) if held else made)
    return tuple(changes)
