"""Where irreversible moves trap the parties: sets of states that can be entered and never left.

A region is absorbing where no move of anybody leads out of it and every state of it can be reached from
every other: a terminal strongly connected component of the union of all moves (Xu, Hipel, Kilgour and Fang
2018, ch. 4, on reachability;).
"""

from __future__ import annotations

from dataclasses import dataclass

from standoff.conflict.closure import closure, components, union
from standoff.conflict.graph import StateGraph, bit_set, members
from standoff.conflict.routes import Move, move_of


@dataclass(frozen=True, slots=True)
class Region:
    """A set of states (a bit set) that nobody can leave, and the moves that lead into it from outside."""

    states: int
    entries: tuple[Move, ...]


def absorbing_regions(graph: StateGraph, start: int | None = None) -> tuple[Region, ...]:
    """Find the absorbing regions, or those that can be reached from a state. Where all is connected, all is
    one region."""
    table = union(graph.moves, graph.size)
    within = graph.every_state if start is None else closure(table)[start] | 1 << start
    found: list[Region] = []
    for component in components(table):
        inside = bit_set(component)
        leaves = any(table[s] & ~inside for s in component)
        if not leaves and inside & within:
            found.append(Region(inside, _entries(graph, inside, within)))
    return tuple(sorted(found, key=lambda region: region.states & -region.states))


def _entries(graph: StateGraph, inside: int, within: int) -> tuple[Move, ...]:
    moves = []
    for s in members(within & ~inside):
        for i in graph.everyone:
            for t in members(graph.moves[i][s] & inside):
                moves.append(move_of(graph, (i,), s, t))
    return tuple(moves)


def points_of_no_return(graph: StateGraph, start: int | None = None) -> tuple[Move, ...]:
    """Find the moves after which nothing that anybody does leads back to where they were made."""
    table = union(graph.moves, graph.size)
    reach = closure(table)
    within = graph.every_state if start is None else reach[start] | 1 << start
    return tuple(
        move_of(graph, (i,), s, t)
        for s in members(within)
        for i in graph.everyone
        for t in members(graph.moves[i][s])
        if not reach[t] >> s & 1
    )
