"""The state graph: every feasible state a node, every decision maker's moves as arcs, preferences as
relations.

Sets of states are Python ints used as bit sets over the positions 0 .. size - 1 of the states, so that a
definition reads as set algebra and stays exact for any size. `moves[i][s]` is R_i(s), `better[i][s]` the
states that i prefers to s. The further relations exist for graded and for partly unknown preference:
`much_better`, `much_worse` (>>) and `unknown` (Hamouda, Kilgour and Hipel 2004; Li, Hipel, Kilgour and Fang
2004).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from standoff.conflict.model import Conflict
from standoff.conflict.preference import Preference
from standoff.conflict.problems import ModelProblem
from standoff.conflict.relations import relate

Table = tuple[int, ...]
"""One bit set of states for each state."""

GRAPH_LIMIT = 4096
"""The most states for which a state graph is built: its tables grow with the square of their number."""


def members(states: int) -> Iterator[int]:
    """Give the positions in a bit set, ascending."""
    while states:
        lowest = states & -states
        yield lowest.bit_length() - 1
        states ^= lowest


def bit_set(positions: Iterable[int]) -> int:
    """Make a bit set of positions."""
    found = 0
    for position in positions:
        found |= 1 << position
    return found


def transposed(table: Table) -> Table:
    """Turn a relation round: for each state those that have it."""
    turned = [0] * len(table)
    for position, states in enumerate(table):
        for other in members(states):
            turned[other] |= 1 << position
    return tuple(turned)


@dataclass(frozen=True, eq=False)
class StateGraph:
    """A conflict laid out state by state.

    `states[s]` is the state at position s as the model has it (option bits, or its number in pure graph
    form); `option_form` says that option bits are meant. All tables hold one tuple of bit sets for each
    decision maker.
    """

    decision_makers: tuple[str, ...]
    ids: tuple[str, ...]
    states: tuple[int, ...]
    moves: tuple[Table, ...]
    better: tuple[Table, ...]
    much_better: tuple[Table, ...]
    much_worse: tuple[Table, ...]
    unknown: tuple[Table, ...]
    option_form: bool = True
    transitive: bool = True
    cache: dict[object, Table] = field(default_factory=dict, repr=False)

    @property
    def size(self) -> int:
        """The number of states."""
        return len(self.states)

    @property
    def everyone(self) -> range:
        """The decision makers' numbers."""
        return range(len(self.decision_makers))

    @property
    def every_state(self) -> int:
        """The set of all states."""
        return (1 << len(self.states)) - 1

    def others(self, decision_maker: int) -> tuple[int, ...]:
        """All decision makers but one."""
        return self._others[decision_maker]

    @cached_property
    def _others(self) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(j for j in self.everyone if j != i) for i in self.everyone)

    @cached_property
    def place(self) -> dict[int, int]:
        """The position of each state."""
        return {state: position for position, state in enumerate(self.states)}

    def improvements(self, decision_maker: int) -> Table:
        """R+_i: for each state those that the decision maker can move to and prefers."""
        moves, better = self.moves[decision_maker], self.better[decision_maker]
        return self.kept(
            ("improvements", decision_maker),
            lambda: tuple(reach & preferred for reach, preferred in zip(moves, better, strict=True)),
        )

    def worse(self, decision_maker: int) -> Table:
        """For each state those to which the decision maker prefers it."""
        return self.kept(("worse", decision_maker), lambda: transposed(self.better[decision_maker]))

    def not_better(self, decision_maker: int, state: int) -> int:
        """The states that a decision maker does not prefer to a state, itself among them (worse, equal,
        unknown)."""
        return self.every_state & ~self.better[decision_maker][state]

    def kept(self, key: object, make: Callable[[], Table]) -> Table:
        """Make a table once a key."""
        if key not in self.cache:
            self.cache[key] = make()
        return self.cache[key]

    def position(self, id: str) -> int:
        """The position of the state with an id; raise ModelProblem for an unknown one."""
        try:
            return self.ids.index(id)
        except ValueError:
            raise ModelProblem(f"there is no state {id!r}") from None


def build(conflict: Conflict, preferences: Sequence[Preference] | None = None) -> StateGraph:
    """Lay out a conflict as a state graph, on request with other preferences (one for each).

    Raises ModelProblem where there is no feasible state, or more than GRAPH_LIMIT of them.
    """
    states = tuple(int(state) for state in conflict.feasible)
    if not states:
        raise ModelProblem(
            "no state is feasible: the masks and constraints exclude every combination of options"
        )
    if len(states) > GRAPH_LIMIT:
        raise ModelProblem(
            f"the conflict has {len(states)} feasible states, and a state graph is laid out for at most "
            f"{GRAPH_LIMIT}: exclude combinations that cannot occur, or ask for less"
        )
    place = {state: position for position, state in enumerate(states)}
    everyone = range(len(conflict.decision_makers))
    relations = [relate(p, states) for p in preferences or conflict.preferences]
    return StateGraph(
        decision_makers=conflict.decision_makers,
        ids=tuple(conflict.state_id(state) for state in states),
        states=states,
        moves=tuple(_moves(conflict, i, place) for i in everyone),
        better=tuple(r.better for r in relations),
        much_better=tuple(r.much_better for r in relations),
        much_worse=tuple(r.much_worse for r in relations),
        unknown=tuple(r.unknown for r in relations),
        option_form=bool(conflict.options),
        transitive=conflict.arcs is None,
    )


def _moves(conflict: Conflict, decision_maker: int, place: dict[int, int]) -> Table:
    if conflict.arcs is None:
        return tuple(bit_set(place[t] for t in conflict.reachable(decision_maker, s)) for s in place)
    found = [0] * len(place)
    for source, target in conflict.arcs[decision_maker]:
        found[place[source]] |= 1 << place[target]
    return tuple(found)
