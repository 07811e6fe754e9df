"""Limited-move stability L_h and non-myopic stability (NM): everybody looks h moves ahead and reasons
backwards.

Zagare 1984; Kilgour 1985 (Theory and Decision 18); Fang, Hipel and Kilgour 1993, ch. 4. For two decision
makers the anticipated state is, with G_0(i, s) = s, where R_i(s) is not empty and M is the move in it with
the best G_{h-1}(j, M) for i: G_h(i, s) = G_{h-1}(j, M) if i prefers that to s, else s. A state is L_h
stable where G_h(i, s) = s; L_1 is Nash stability. NM stable means L_h stable for all h from some h on.

The sources assume that no two states are equally good. Where they are, the best move may not be the only
one: then the first in the order of the states is taken, and `Foresight.depends_on_ties` marks the verdicts
that the last one would change.

More than two decision makers have no agreed convention. Here, after a move of i, that one of the others
moves next whose anticipated state is the worst for i among those who would move at all (a cautious reading
of Fang, Hipel and Kilgour 1993); results for them are experimental.
"""

from __future__ import annotations

from dataclasses import dataclass

from standoff.conflict.graph import StateGraph, bit_set, members
from standoff.conflict.problems import ModelProblem
from standoff.conflict.sequences import Step

Anticipation = tuple[tuple[int, ...], ...]
"""G_h: for each decision maker and state the anticipated final state."""

CYCLE_LIMIT = 2_000
"""The most horizons that are tried until the anticipation repeats."""


@dataclass(frozen=True, slots=True)
class Foresight:
    """Stable states by foresight: one bit set for each decision maker.

    `horizon` is h, or None for non-myopic stability; then `from_horizon` says from which h on the
    anticipation repeats, and `period` how long its cycle is. `experimental` marks more than two decision
    makers.
    """

    horizon: int | None
    stable: tuple[int, ...]
    depends_on_ties: tuple[int, ...]
    experimental: bool
    from_horizon: int = 0
    period: int = 1

    @property
    def equilibria(self) -> int:
        """The states that are stable for all, as a bit set."""
        common = -1
        for states in self.stable:
            common &= states
        return common if self.stable else 0


def anticipate(graph: StateGraph, before: Anticipation, *, last_of_ties: bool = False) -> Anticipation:
    """Make G_h from G_{h-1}."""
    return tuple(
        tuple(_look_ahead(graph, before, i, s, last_of_ties) for s in range(graph.size))
        for i in graph.everyone
    )


def _look_ahead(graph: StateGraph, before: Anticipation, i: int, state: int, last_of_ties: bool) -> int:
    best = state
    for move in members(graph.moves[i][state]):
        final = _answer(graph, before, i, move)
        if graph.better[i][best] >> final & 1 or (
            last_of_ties and best != state and not graph.better[i][final] >> best & 1
        ):
            best = final
    return best


def _answer(graph: StateGraph, before: Anticipation, i: int, move: int) -> int:
    """Where a move of i leads once the others have answered: the worst for i that one of them would bring
    about."""
    worst: int | None = None
    for j in graph.others(i):
        final = before[j][move]
        if final != move and (worst is None or graph.better[i][final] >> worst & 1):
            worst = final
    return move if worst is None else worst


def expected_moves(graph: StateGraph, decision_maker: int, state: int, horizon: int) -> tuple[Step, ...]:
    """Give the moves that a decision maker expects to follow from a state, looking h moves ahead.

    None where it stays: then no move leads it, by what it expects of the others, to anything better.
    """
    tables = [_start(graph)]
    for _ in range(horizon):
        tables.append(anticipate(graph, tables[-1]))
    path: list[Step] = []
    mover, here = decision_maker, state
    for h in range(horizon, 0, -1):
        final = tables[h][mover][here]
        if final == here:
            break
        before = tables[h - 1]
        move = next(m for m in members(graph.moves[mover][here]) if _answer(graph, before, mover, m) == final)
        path.append(Step(mover, here, move))
        if final == move:
            break
        mover = next(j for j in graph.others(mover) if before[j][move] == final)
        here = move
    return tuple(path)


def limited_move(graph: StateGraph, horizon: int) -> Foresight:
    """Find the L_h stable states; `horizon` is h, at least 1. Raises ModelProblem for unknown preference or
    h < 1."""
    if horizon < 1:
        raise ModelProblem(f"a horizon of {horizon} looks at no move: give 1 or more")
    _refuse_unknown(graph)
    runs = []
    for last_of_ties in (False, True):
        table = _start(graph)
        for _ in range(horizon):
            table = anticipate(graph, table, last_of_ties=last_of_ties)
        runs.append([_settled(table, i) for i in graph.everyone])
    return Foresight(
        horizon,
        tuple(runs[0]),
        tuple(first ^ last for first, last in zip(*runs, strict=True)),
        len(graph.decision_makers) > 2,
    )


def non_myopic(graph: StateGraph) -> Foresight:
    """Find the NM stable states: the anticipation is carried on until it repeats, then looked at over one
    cycle."""
    _refuse_unknown(graph)
    first, begin, period = _over_cycle(graph, last_of_ties=False)
    last, _, _ = _over_cycle(graph, last_of_ties=True)
    return Foresight(
        None,
        tuple(first),
        tuple(a ^ b for a, b in zip(first, last, strict=True)),
        len(graph.decision_makers) > 2,
        begin,
        period,
    )


def _over_cycle(graph: StateGraph, *, last_of_ties: bool) -> tuple[list[int], int, int]:
    table = _start(graph)
    seen: dict[Anticipation, int] = {}
    history: list[Anticipation] = []
    while table not in seen:
        if len(history) >= CYCLE_LIMIT:
            raise ModelProblem(
                f"non-myopic stability is undecided: nothing repeats within {CYCLE_LIMIT} moves"
            )
        seen[table] = len(history)
        history.append(table)
        table = anticipate(graph, table, last_of_ties=last_of_ties)
    cycle = history[seen[table] :]
    stable = []
    for i in graph.everyone:
        common = graph.every_state
        for step in cycle:
            common &= _settled(step, i)
        stable.append(common)
    return stable, seen[table], len(cycle)


def _start(graph: StateGraph) -> Anticipation:
    return tuple(tuple(range(graph.size)) for _ in graph.everyone)


def _settled(table: Anticipation, i: int) -> int:
    return bit_set(s for s, final in enumerate(table[i]) if final == s)


def _refuse_unknown(graph: StateGraph) -> None:
    if any(any(table) for table in graph.unknown):
        raise ModelProblem(
            "foresight over several moves needs known preferences: some comparisons are unknown here"
        )
