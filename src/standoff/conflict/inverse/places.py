"""How high a state must stand in a decision maker's own ranking to be stable for it.

All five concepts look at the decision maker's own ranking only through the set of states that are no better
than the state in question, and the larger that set, the more stable the state (Kinsara, Kilgour and Hipel
2015; definitions: Fang, Hipel and Kilgour 1993). So there is a lowest place at which the state is stable, and
halving finds it. The distance of two rankings is the number of pairs of states that compare differently in
them (a tie and a strict comparison differ too): Kendall's tau distance, with ties. Of all changes of the own
ranking alone, moving just the one state is among the smallest: whatever set of states comes to lie on the
other side of the state, adding the states between never adds to the distance, and what is then left is a
move of the state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from standoff.conflict.graph import Table, bit_set, members
from standoff.conflict.inverse.game import Game, Order, Ranks


@dataclass(frozen=True, slots=True)
class Margin:
    """How far a verdict is from flipping by a change of the decision maker's own ranking.

    `comparisons` is the smallest number of pairs that must compare differently; None where no change of
    this ranking flips it. `ranks` is such a ranking.
    """

    stable: bool
    comparisons: int | None
    ranks: tuple[int, ...] | None


def margin(
    game: Game, i: int, state: int, orders: Sequence[Order], answers_to: Table | None = None
) -> Margin:
    """Find the smallest change of i's own ranking that flips its verdict on a state.

    `answers_to`, if it is known, holds what the others can make of each departure.
    """
    ranks = orders[i].ranks
    answers = _Answers(game, i, state, orders, answers_to)
    stable = answers.stable_above(ranks[state])
    numbers = sorted(set(ranks))
    own = numbers.index(ranks[state])
    if stable:
        # The state falls just below a group: the nearest below which it is not stable any more.
        low, high = own, len(numbers)
        while low < high:
            middle = (low + high) // 2
            if answers.stable_above(numbers[middle] + 1):
                low = middle + 1
            else:
                high = middle
        if low == len(numbers):
            return Margin(True, None, None)
        passed = [t for t in range(len(ranks)) if t != state and numbers[own] <= ranks[t] <= numbers[low]]
        return Margin(True, len(passed), _placed(ranks, state, 2 * numbers[low] + 1))
    low, high = 0, own - 1
    while low < high:
        middle = (low + high + 1) // 2
        if answers.stable_above(numbers[middle]):
            low = middle
        else:
            high = middle - 1
    passed = [t for t in range(len(ranks)) if t != state and numbers[low] <= ranks[t] <= numbers[own]]
    return Margin(False, len(passed), _placed(ranks, state, 2 * numbers[low] - 1))


def _placed(ranks: Ranks, state: int, doubled: int) -> tuple[int, ...]:
    """Put a state between groups (the place in doubled ranks), and number the groups anew."""
    moved = [doubled if t == state else 2 * number for t, number in enumerate(ranks)]
    dense = {number: place for place, number in enumerate(sorted(set(moved)))}
    return tuple(dense[number] for number in moved)


class _Answers:
    """What the others can make of each departure, worked out once: their rankings stay.

    Only answers that pass through the state itself would see it moved, and only in the others' eyes, so
    nothing here depends on where it stands in i's ranking.
    """

    def __init__(self, game: Game, i: int, state: int, orders: Sequence[Order], known: Table | None) -> None:
        self.game, self.i, self.state = game, i, state
        self.orders = orders
        self._known = known
        self._reached: dict[int, int] = {}

    def stable_above(self, number: int) -> bool:
        """Say whether the state is stable where it stands above all with this rank or a worse one."""
        not_better = self.orders[self.i].from_number(number) | 1 << self.state
        departures = self.game.graph.moves[self.i][self.state] & ~not_better
        deterring = self.game.deterring(self.i, not_better) if departures else 0
        return all(self._answers(departure) & deterring for departure in members(departures))

    def _answers(self, departure: int) -> int:
        if self._known is not None:
            return self._known[departure]
        if departure not in self._reached:
            self._reached[departure] = bit_set(self.game.reach(self.i, departure, self.orders).states)
        return self._reached[departure]
