"""Status quo analysis: what can be reached from where things stand, by what kind of steps, on which
shortest way.

Li, Kilgour and Hipel 2004, 2005 (status quo analysis in the graph model); Xu, Hipel, Kilgour and Fang 2018,
ch. 4. An equilibrium that cannot be reached from the status quo is none for practice, and one that needs a
joint step tells who must act together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from standoff.conflict.coalition.coalitions import Coalition, coalitions, improvements
from standoff.conflict.graph import StateGraph, Table
from standoff.conflict.sequences import shortest_to_all

Kind = Literal["moves", "improvements", "coalitions"]
KINDS: tuple[Kind, ...] = ("moves", "improvements", "coalitions")

COALITIONS_UP_TO = 8
"""The most decision makers for whom all coalitions are tried."""


@dataclass(frozen=True, slots=True)
class Move:
    """One step: who makes it, from which state to which (positions), and whether all of them prefer the end.

    `unclear` says that for some of them the comparison is unknown.
    """

    movers: Coalition
    source: int
    target: int
    improves: bool
    unclear: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """A shortest way from the status quo to a state."""

    moves: tuple[Move, ...]

    @property
    def target(self) -> int:
        """Where the way ends."""
        return self.moves[-1].target

    @property
    def improves(self) -> bool:
        """Whether every step is an improvement for those who make it."""
        return all(move.improves for move in self.moves)

    @property
    def unclear(self) -> bool:
        """Whether every step improves or may improve, and some comparison is unknown."""
        return not self.improves and all(move.improves or move.unclear for move in self.moves)

    @property
    def joint(self) -> bool:
        """Whether some step is made by several together."""
        return any(len(move.movers) > 1 for move in self.moves)


@dataclass(frozen=True, slots=True)
class Reachability:
    """The shortest ways from a state, by kind of step and by target; a target that is missing cannot be
    reached.

    `moves` are any moves of single decision makers, `improvements` moves that improve for the one who makes
    them, `coalitions` improvements of single ones and of coalitions (every member prefers where the joint
    sequence ends). Nobody moves twice in succession, and no coalition.
    """

    start: int
    moves: dict[int, Route]
    improvements: dict[int, Route]
    coalitions: dict[int, Route]

    def by(self, kind: Kind) -> dict[int, Route]:
        """The ways of one kind."""
        return {"moves": self.moves, "improvements": self.improvements, "coalitions": self.coalitions}[kind]


def reachability(graph: StateGraph, start: int) -> Reachability:
    """Find all shortest ways from a state (its position)."""
    alone: list[Coalition] = [(i,) for i in graph.everyone]
    many = len(graph.decision_makers) > COALITIONS_UP_TO
    together = alone if many else list(coalitions(tuple(graph.everyone)))
    return Reachability(
        start,
        _routes(graph, start, alone, [graph.moves[i] for i in graph.everyone]),
        _routes(graph, start, alone, [graph.improvements(i) for i in graph.everyone]),
        _routes(graph, start, together, [improvements(graph, coalition) for coalition in together]),
    )


def _routes(graph: StateGraph, start: int, movers: list[Coalition], steps: list[Table]) -> dict[int, Route]:
    found: dict[int, Route] = {}
    for target, path in shortest_to_all(steps, start).items():
        if target != start:
            found[target] = Route(
                tuple(move_of(graph, movers[step.mover], step.source, step.target) for step in path)
            )
    return found


def move_of(graph: StateGraph, movers: Coalition, source: int, target: int) -> Move:
    """Describe one step of some decision makers together."""
    return Move(
        movers,
        source,
        target,
        improves=all(graph.better[i][source] >> target & 1 for i in movers),
        unclear=any(graph.unknown[i][source] >> target & 1 for i in movers),
    )
