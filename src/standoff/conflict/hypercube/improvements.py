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

PART = 1 << 27
"""The most bytes of sorted classes that are held at once for one decision maker: where all need more, they
are sorted anew part by part in every pass."""

Positions = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of the classes, sorted.

    `seen` holds one matrix for each cell (states seen, classes): the indices of what the cell leads to,
    best first. Under each other, with a row of NOTHING before each, their running maxima make a column of
    numbers; `before` says for each of `states` which of these is the greatest value that it improves to.
    """

    states: Positions | slice
    seen: tuple[Positions, ...]
    before: Positions


class Improver:
    """One decision maker's improvements, prepared from its ranks (`ranks` over the hypercube)."""

    def __init__(self, ranks: Values, along: list[Axis]) -> None:
        """Sort the classes once if they are few enough to hold."""
        self._ranks = ranks
        self._moves = [moves for _, moves in along]
        self._index = _classes(len(ranks), [option for option, _ in along])
        locked = sum(moves != "both" for moves in self._moves)
        parts = -(-int(4 * len(ranks) * (1.5**locked + 1)) // PART)
        self._width = -(-self._index.shape[1] // parts)
        self._kept = self._sorted(self._index, slice(None)) if self._width == self._index.shape[1] else None

    def raise_values(self, values: Values) -> bool:
        """Raise each value to the greatest among it and those of the improvements; say whether any rose."""
        rose = False
        for part in self._parts() if self._kept is None else (self._kept,):
            height = sum(len(seen) + 1 for seen in part.seen)
            running = np.empty((height, part.seen[0].shape[1]), dtype=np.int32)
            row = 0
            for seen in part.seen:
                running[row] = NOTHING
                values.take(seen, out=running[row + 1 : row + 1 + len(seen)], mode="clip")
                for below in range(row + 1, row + 1 + len(seen)):
                    # Row by row: numpy's accumulate goes down the columns and is five times slower.
                    np.maximum(running[below], running[below - 1], out=running[below])
                row += 1 + len(seen)
            gained = running.reshape(-1).take(part.before)
            own = values[part.states]
            if np.any(gained > own):
                rose = True
                values[part.states] = np.maximum(gained, own, out=gained)
        return rose

    def _parts(self) -> Iterator[_Part]:
        for start in range(0, self._index.shape[1], self._width):
            index = np.ascontiguousarray(self._index[:, start : start + self._width])
            yield self._sorted(index, index.reshape(-1))

    def _sorted(self, index: Positions, states: Positions | slice) -> _Part:
        """Sort the classes in the columns of `index`; `states` says for which states, in which order, the
        answer is laid out: the index itself, or all in their own order."""
        width = index.shape[1]
        found: list[Positions] = []
        before: Positions = np.empty(index.shape, dtype=np.int32)
        row = 0
        for inside, seen in self._cells():
            order, better = _order(self._ranks[index[seen]])
            found.append(np.take_along_axis(index[seen], order, axis=0))
            before[inside] = (better[inside[seen]] + np.int32(row)) * np.int32(width)
            row += 1 + len(order)
        before += np.arange(width, dtype=np.int32)
        if isinstance(states, slice):
            own: Positions = np.empty(before.size, dtype=np.int32)
            own[index] = before
            return _Part(states, tuple(found), own)
        return _Part(states, tuple(found), before.reshape(-1))

    def _cells(self) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
        """The cells of a class: which of its rows are inside, and which rows these lead to."""
        every = np.arange(len(self._index))
        locks = [(bit, moves) for bit, moves in enumerate(self._moves) if moves != "both"]
        for pattern in range(1 << len(locks)):
            inside = np.ones(len(every), dtype=np.bool_)
            seen = np.ones(len(every), dtype=np.bool_)
            for number, (bit, moves) in enumerate(locks):
                wanted = bool(pattern >> number & 1)
                agree = (every >> bit & 1).astype(np.bool_) == wanted
                inside &= agree
                if wanted == (moves == "on"):
                    seen &= agree
            yield inside, seen


def _order(ranks: Values) -> tuple[NDArray[np.intp], Positions]:
    """Sort each column: the order of its rows, best first, and for each row how many are better."""
    order = np.argsort(ranks, axis=0, kind="stable")
    ranks = np.take_along_axis(ranks, order, axis=0)
    place = np.arange(len(ranks), dtype=np.int32)[:, None]
    starts = np.zeros(ranks.shape, dtype=np.int32)
    np.multiply(place[1:], ranks[1:] != ranks[:-1], out=starts[1:])
    np.maximum.accumulate(starts, axis=0, out=starts)
    better = np.empty(starts.shape, dtype=np.int32)
    np.put_along_axis(better, order, starts, axis=0)
    return order, better


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
