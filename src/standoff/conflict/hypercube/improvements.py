"""Sequences of improvements over the hypercube: the greatest value that others bring about by them.

The states among which one decision maker can move make a class: all that agree on the others' options.
Sorted by its rank, the states that it prefers to a state are those before the state's group of ties, so the
greatest value among them is a running maximum. Where some of its options are irreversible, a class falls
into cells, and a state sees the cells that its own leads to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.conflict.hypercube.axes import NOTHING, Axis, Values

KEPT = 1 << 27
"""The most bytes of sorted classes that are kept for one decision maker; beyond it they are sorted anew."""

Positions = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Cell:
    """For the states of one cell in every class: where they stand, what they see in order of rank, and how
    much of it they prefer to themselves."""

    states: Positions
    """(states of the cell, classes): their indices."""
    seen: Positions
    """(states seen, classes): the indices of what the cell leads to, best first."""
    before: Positions
    """Shape of `states`: positions in the running maximum, whose first row is NOTHING."""


class Improver:
    """One decision maker's improvements, prepared from its ranks (`ranks` over the hypercube)."""

    def __init__(self, ranks: Values, along: list[Axis]) -> None:
        """Sort the classes once if they are few enough to keep."""
        self._ranks = ranks
        self._index = _classes(len(ranks), [option for option, _ in along])
        self._moves = [moves for _, moves in along]
        locked = sum(moves != "both" for moves in self._moves)
        cost = 4 * len(ranks) * (1.5**locked + 2)
        self._cells = list(self._sorted()) if cost <= KEPT or not locked else None

    def raise_values(self, values: Values) -> bool:
        """Raise each value to the greatest among it and those of the improvements; say whether any rose."""
        rose = False
        fresh: list[tuple[Positions, Values]] = []
        for cell in self._sorted() if self._cells is None else self._cells:
            running = np.empty((len(cell.seen) + 1, cell.seen.shape[1]), dtype=np.int32)
            running[0] = NOTHING
            np.maximum.accumulate(values.take(cell.seen), axis=0, out=running[1:])
            gained = running.reshape(-1).take(cell.before)
            own = values.take(cell.states)
            if np.any(gained > own):
                rose = True
                fresh.append((cell.states, np.maximum(gained, own)))
        for states, raised in fresh:
            values[states] = raised
        return rose

    def _sorted(self) -> Iterator[_Cell]:
        every = np.arange(len(self._index))
        locks = [(bit, moves) for bit, moves in enumerate(self._moves) if moves != "both"]
        for pattern in range(1 << len(locks)):
            inside = np.ones(len(every), dtype=np.bool_)
            seen = np.ones(len(every), dtype=np.bool_)
            for number, (bit, moves) in enumerate(locks):
                taken = (every >> bit & 1).astype(np.bool_)
                wanted = bool(pattern >> number & 1)
                inside &= taken == wanted
                if wanted == (moves == "on"):
                    seen &= taken == wanted
            yield self._cell(self._index[inside], self._index[seen], inside[seen])

    def _cell(self, states: Positions, seen: Positions, inside: NDArray[np.bool_]) -> _Cell:
        ranks = self._ranks[seen]
        order = np.argsort(ranks, axis=0, kind="stable")
        ranks = np.take_along_axis(ranks, order, axis=0)
        place = np.arange(len(seen), dtype=np.int32)[:, None]
        starts = np.zeros(ranks.shape, dtype=np.int32)
        np.multiply(place[1:], ranks[1:] != ranks[:-1], out=starts[1:])
        np.maximum.accumulate(starts, axis=0, out=starts)
        before = np.empty(starts.shape, dtype=np.int32)
        np.put_along_axis(before, order, starts, axis=0)
        width = seen.shape[1]
        positions = before[inside] * np.int32(width) + np.arange(width, dtype=np.int32)
        return _Cell(states, np.take_along_axis(seen, order, axis=0), positions)


def _classes(size: int, options: list[int]) -> Positions:
    """The states as a matrix: one row for each setting of some options (the first of them as lowest bit),
    one column for each of the others."""
    count = size.bit_length() - 1
    cube = np.arange(size, dtype=np.int32).reshape((2,) * count)
    front = [count - 1 - option for option in reversed(options)]
    rest = [axis for axis in range(count) if axis not in front]
    return np.ascontiguousarray(cube.transpose(front + rest)).reshape(1 << len(options), -1)


def raise_by_sequences(values: Values, improvers: list[Improver]) -> None:
    """Raise each value to the greatest that sequences of improvements of several movers lead to (in place).

    One mover's improvements are transitive in option form, so one pass does for one mover; for several,
    passes go round until nobody changes anything.
    """
    quiet = -1
    while improvers:
        for improver in improvers:
            quiet = 0 if improver.raise_values(values) else quiet + 1
            if quiet >= len(improvers) - 1:
                return
