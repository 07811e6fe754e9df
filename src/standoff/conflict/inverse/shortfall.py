"""What it costs at least to make a state stable for a decision maker, summed up over its departures.

A departure that nothing deters from is met by steps of the others that must become improvements, up to an
outcome that deters, or by raising the state in the decision maker's own ranking until one deters. A rise
meets many departures at once and costs what the highest one costs. Steps that begin at one departure share
nothing with those at another where they speak of other states, as in option form, where answers never touch
the options of the decision maker who departed; then their shares add up (`Turning.share`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from standoff.conflict.inverse.demands import Atom

Steps = Callable[[int], tuple[list[tuple[int, int]], int]]
"""Of a state: the steps of one mover from it, each with twice its share and its target; and a bit set of the
states that those which are no improvements yet speak of."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to meet a departure: how high the state rises, twice the shares of the steps beside it, and
    the comparisons that this takes; None where the way is not known, only what it costs at least."""

    rise: int
    steps: int
    atoms: tuple[Atom, ...] | None


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans for one departure, the higher the rise the fewer the steps; and, by decision maker, a bit
    set of the states that steps speak of, as far as any of them was followed."""

    departure: int
    plans: tuple[Plan, ...]
    marks: tuple[int, ...]

    def beside(self, rise: int) -> Plan:
        """The plan with the fewest steps beside a rise."""
        fit = [plan for plan in self.plans if plan.rise <= rise]
        return min(fit, key=lambda plan: plan.steps)


def plans(
    departure: int,
    steps: dict[int, Steps],
    rise: Callable[[int], tuple[int, tuple[Atom, ...]] | None],
    most: int,
) -> Plans:
    """Find the cheapest steps to every outcome (Dijkstra 1959), as long as a rise by itself is not cheaper.

    `steps` has the movers, `rise` says how much the state must rise for an outcome to deter and which
    comparisons this is (None where it cannot), and `most` is the greatest rise of interest.
    """
    marks = dict.fromkeys(steps, 0)
    least = most + 1
    cap = 2 * least
    found: list[Plan] = []
    known, before = {departure: 0}, dict[int, tuple[int, int]]()
    waiting, settled = [(0, departure)], 0
    while waiting and waiting[0][0] < cap:
        spent, state = heappop(waiting)
        if settled >> state & 1:
            continue
        settled |= 1 << state
        raised = rise(state)
        if raised is not None and raised[0] < least:
            least, atoms = raised
            found.append(Plan(least, spent, (*_path(before, state), *atoms)))
            cap = cap if spent else 2 * least
            if not least:
                break
        for j, of in steps.items():
            onward, spoken = of(state)
            marks[j] |= spoken
            for cost, target in onward:
                if spent + cost < known.get(target, cap):
                    known[target], before[target] = spent + cost, (j, state)
                    heappush(waiting, (spent + cost, target))
    if least:
        found.append(Plan(0, cap, None))
    count = max(steps, default=0) + 1
    return Plans(departure, tuple(found), tuple(marks.get(j, 0) for j in range(count)))


def _path(before: dict[int, tuple[int, int]], state: int) -> list[Atom]:
    atoms = []
    while state in before:
        j, source = before[state]
        atoms.append(Atom(j, True, state, source))
        state = source
    return atoms


def together(departures: Sequence[Plans]) -> tuple[int, int]:
    """What meeting all departures of one decision maker costs at the least, and the rise at which it does."""
    apart: list[Plans] = []
    taken: dict[int, int] = {}
    for one in sorted(departures, key=lambda d: -d.beside(0).steps):
        if not any(marks & taken.get(j, 0) for j, marks in enumerate(one.marks)):
            apart.append(one)
            for j, marks in enumerate(one.marks):
                taken[j] = taken.get(j, 0) | marks
    rises = sorted({0, *(plan.rise for one in departures for plan in one.plans)})
    return min((rise + (sum(one.beside(rise).steps for one in apart) + 1) // 2, rise) for rise in rises)
