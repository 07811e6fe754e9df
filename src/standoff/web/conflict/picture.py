"""The states and moves of a conflict as a picture: which states are drawn, where they stand, and the moves between them.

States stand in columns by how many moves lie between them and today. Of a conflict with more than `MOST` states those are
drawn that matter: today, what holds, and what lies on the way.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from standoff.conflict.answer.outcomes import LEADING, way_to
from standoff.conflict.answer.phrases import Phrases
from standoff.conflict.coalition.coalitions import Coalition
from standoff.conflict.graph import StateGraph, members
from standoff.conflict.wording import joined
from standoff.web.conflict.questions import Worked

MOST = 60
HOLDING = 24
"""How many of the states that hold are drawn at first, where not all states are."""
MOST_EDGES = 600
_GAP_X, _GAP_Y, _GAP_PART = 150.0, 60.0, 92.0
_STACK = 8
"""How many states stand above each other."""


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state: its id, what it is in words, in which senses it holds, and the moves that somebody wants to make from it.

    `number` is its place among the leading outcomes, 0 for none. `settles` is None where no settlement is defined.
    """

    id: str
    mask: str
    words: str
    today: bool
    number: int
    settles: bool | None
    held: tuple[str, ...]
    moves: tuple[tuple[str, str, str], ...]
    """Who would move, to which state, and what that is."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn, and how much there is. `elements` is what the browser draws, as JSON."""

    rows: tuple[StateRow, ...]
    total: int
    elements: dict[str, Any]
    cut_moves: int

    @property
    def is_part(self) -> bool:
        """Whether some states are left out."""
        return len(self.rows) < self.total


class States:
    """Speaks of the states of one conflict by their position in its graph."""

    def __init__(self, worked: Worked, graph: StateGraph) -> None:
        self.worked, self.graph = worked, graph
        self._phrases = Phrases(worked.conflict)
        outcomes = worked.answer.outcomes if worked.answer is not None else ()
        self.numbers = {outcome.state: n for n, outcome in enumerate(outcomes, start=1)}

    def words(self, position: int) -> str:
        """What a state is, as a sentence without its full stop."""
        if not self.worked.conflict.options:
            return f"State {self.graph.ids[position]}"
        words = self._phrases.outcome(self.graph.states[position])
        return words[:1].upper() + words[1:]

    def switch(self, source: int, target: int) -> str:
        """What somebody does who moves between two states, as an infinitive without "to"."""
        if not self.worked.conflict.options:
            return f"move to state {self.graph.ids[target]}"
        return self._phrases.switch(self.graph.states[source], self.graph.states[target])

    def held(self, position: int) -> tuple[str, ...]:
        """The concepts under which a state holds."""
        state = self.graph.states[position]
        return tuple(title for title, states in self.worked.held.items() if state in states)

    def settles(self, position: int) -> bool | None:
        """Whether a state is a settlement."""
        answer = self.worked.answer
        if answer is None or not answer.settlement.defined:
            return None
        return answer.settlement.has(self.graph.states[position])

    @property
    def today(self) -> int | None:
        """The position of today's state."""
        quo = self.worked.conflict.status_quo
        return None if quo is None else self.graph.place.get(quo)

    def ordered(self) -> list[int]:
        """The states that hold in some sense, those that deserve most attention first."""
        found = {s: len(self.held(s)) for s in range(self.graph.size) if self.held(s)}
        quo = self.worked.conflict.status_quo or 0

        def order(s: int) -> tuple[int, bool, int, int, int]:
            state = self.graph.states[s]
            number = self.numbers.get(state, len(self.numbers) + 1)
            return (number, not self.settles(s), -found[s], (state ^ quo).bit_count(), s)

        return sorted(found, key=order)

    def row(self, position: int, within: Iterable[int]) -> StateRow:
        """Return a state with the wanted moves to some others."""
        shown = set(within)
        moves = tuple(
            (self.graph.decision_makers[i], self.graph.ids[t], self.switch(position, t))
            for i in self.graph.everyone
            for t in members(self.graph.improvements(i)[position])
            if t in shown
        )
        state = self.graph.states[position]
        return StateRow(
            self.graph.ids[position],
            self.worked.conflict.signs(state),
            self.words(position),
            position == self.today,
            self.numbers.get(state, 0),
            self.settles(position),
            self.held(position),
            moves,
        )


def picture_of(worked: Worked) -> Picture:
    """Return the picture; only where the conflict has a graph."""
    assert worked.graph is not None
    states = States(worked, worked.graph)
    shown = shown_states(states)
    rows = tuple(states.row(s, shown) for s in shown)
    columns = _columns(states, shown)
    edges, cut = _edges(states, shown)
    nodes = [
        {
            "id": row.id,
            "label": f"Outcome {row.number}" if row.number else "today" if row.today else row.id,
            "words": _said(row),
            "today": row.today,
            "number": row.number,
            "holds": len(row.held),
            "settles": bool(row.settles),
            "x": columns[s][0],
            "y": columns[s][1],
        }
        for s, row in zip(shown, rows, strict=True)
    ]
    elements = {"nodes": nodes, "edges": edges, "parties": list(worked.graph.decision_makers)}
    return Picture(rows, worked.graph.size, elements, cut)


def _said(row: StateRow) -> str:
    """A state for a screen reader and beside the picture."""
    notes = [f"outcome {row.number}"] if row.number else [f"state {row.id}"]
    notes += ["today"] if row.today else []
    notes += ["a settlement"] if row.settles else []
    notes.append(f"holds under {', '.join(row.held)}" if row.held else "does not hold")
    return f"{row.words} ({'; '.join(notes)})."


def shown_states(states: States) -> list[int]:
    """Return the states that are drawn, ascending."""
    graph = states.graph
    if graph.size <= MOST:
        return list(range(graph.size))
    shown: dict[int, None] = {}

    def add(position: int) -> None:
        if len(shown) < MOST:
            shown[position] = None

    if states.today is not None:
        add(states.today)
    for position in states.ordered()[:HOLDING]:
        add(position)
        way = way_to(states.worked.ways, position)
        for move in way.route.moves if way is not None else ():
            add(move.source)
            add(move.target)
    for position in _reached(states, list(shown)):
        add(position)
    return sorted(shown)


def _reached(states: States, start: list[int]) -> Iterator[int]:
    """Give the states to which wanted moves lead, the nearest first."""
    seen, waiting = set(start), list(start)
    while waiting:
        following = []
        for position in waiting:
            for i in states.graph.everyone:
                for target in members(states.graph.improvements(i)[position]):
                    if target not in seen:
                        seen.add(target)
                        following.append(target)
                        yield target
        waiting = following


def _edges(states: States, shown: list[int]) -> tuple[list[dict[str, Any]], int]:
    """The moves between the drawn states: those on the ways to leading outcomes, then those that their mover wants, then
    the others; and how many had to be left out.

    A move of several together has the party -1.
    """
    graph = states.graph
    ways = _on_ways(states)
    inside = set(shown)
    found: list[tuple[bool, bool, Coalition, int, int]] = [
        (True, improves, movers, s, t)
        for (movers, s, t), improves in ways.items()
        if s in inside and t in inside
    ]
    for i in graph.everyone:
        for s in shown:
            better = graph.improvements(i)[s]
            found += [
                (False, bool(better >> t & 1), (i,), s, t)
                for t in members(graph.moves[i][s])
                if t in inside and ((i,), s, t) not in ways
            ]
    found.sort(key=lambda edge: (not edge[0], not edge[1]))
    edges = [
        {
            "source": graph.ids[s],
            "target": graph.ids[t],
            "party": movers[0] if len(movers) == 1 else -1,
            "wanted": wanted,
            "way": way,
            "words": f"{joined(graph.decision_makers[i] for i in movers)} would {states.switch(s, t)}"
            f"{'' if wanted else ' (against own wishes)'}",
        }
        for way, wanted, movers, s, t in found[:MOST_EDGES]
    ]
    return edges, max(0, len(found) - MOST_EDGES)


def _on_ways(states: States) -> dict[tuple[Coalition, int, int], bool]:
    """The moves on the ways to the leading outcomes, and whether those who make them want them."""
    found: dict[tuple[Coalition, int, int], bool] = {}
    for position in states.ordered()[:LEADING]:
        way = way_to(states.worked.ways, position)
        for move in way.route.moves if way is not None else ():
            found[move.movers, move.source, move.target] = move.improves
    return found


def _columns(states: States, shown: list[int]) -> dict[int, tuple[float, float]]:
    """Where the drawn states stand."""
    if states.today is None:
        radius = max(110.0, len(shown) * 62 / (2 * math.pi))
        turn = 2 * math.pi / len(shown)
        return {
            s: (round(radius * math.sin(turn * n), 1), round(-radius * math.cos(turn * n), 1))
            for n, s in enumerate(shown)
        }
    places: dict[int, tuple[float, float]] = {}
    x = 0.0
    for layer in _layers(states, shown):
        ranked = sorted(
            layer, key=lambda s: (states.graph.states[s] not in states.numbers, -len(states.held(s)), s)
        )
        stacks = -(-len(ranked) // _STACK)
        for part in range(stacks):
            middle = _from_middle(ranked[part::stacks])
            for row, s in enumerate(middle):
                shift = 26.0 * (row % 2) if len(middle) > 3 else 0.0
                places[s] = (round(x + shift, 1), round((row - (len(middle) - 1) / 2) * _GAP_Y, 1))
            x += _GAP_PART if part + 1 < stacks else _GAP_X
    return places


def _from_middle(stack: list[int]) -> list[int]:
    """Put the first of a list into the middle and the others around it."""
    found: list[int] = []
    for n, s in enumerate(stack):
        if n % 2:
            found.append(s)
        else:
            found.insert(0, s)
    return found


def _layers(states: States, shown: list[int]) -> list[list[int]]:
    """The drawn states by how many moves they are from today; what no moves lead to comes last."""
    graph = states.graph
    assert states.today is not None
    seen, waiting = {states.today}, [states.today]
    layers = []
    while waiting:
        layers.append([s for s in waiting if s in set(shown)])
        following: dict[int, None] = {}
        for s in waiting:
            for i in graph.everyone:
                for t in members(graph.moves[i][s]):
                    if t not in seen:
                        seen.add(t)
                        following[t] = None
        waiting = list(following)
    layers.append([s for s in shown if s not in seen])
    return [layer for layer in layers if layer]
