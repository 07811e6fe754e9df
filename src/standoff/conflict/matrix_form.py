"""The matrix form: the same concepts as products of 0-1 matrices, an independent second witness.

Xu, Li, Hipel and Kilgour 2009 (Applied Mathematics and Computation); Xu, Kilgour and Hipel 2010
(coalitions); Xu, Hipel, Kilgour and Fang 2018, ch. 4. J_i is the adjacency matrix of i's moves, P+_i(s, q)
= 1 where i prefers q to s, J+_i = J_i o P+_i. Where the papers take E - I - P+_i for "worse or equal", the
identity stays in here, so that an outcome equal to the start counts as the logical definition has it; it
matters only with common moves and coalitions.

All results are boolean arrays over states, in the order of the graph. Time grows with the cube of the
number of states.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from standoff.conflict.coalition.coalitions import Coalition, coalitions, outside
from standoff.conflict.graph import StateGraph, Table, members

Matrix = NDArray[np.bool_]


def matrix_of(table: Table) -> Matrix:
    """Lay out a table as a matrix: row s, column t true where t is in the table's set of s."""
    matrix = np.zeros((len(table), len(table)), dtype=np.bool_)
    for s, states in enumerate(table):
        matrix[s, list(members(states))] = True
    return matrix


def product(left: Matrix, right: Matrix) -> Matrix:
    """The sign of a matrix product."""
    found: Matrix = (left.astype(np.float32) @ right.astype(np.float32)) > 0
    return found


def either(matrices: Sequence[Matrix]) -> Matrix:
    """Join matrices: true where one of them is."""
    joined = matrices[0].copy()
    for matrix in matrices[1:]:
        joined |= matrix
    return joined


def empty_rows(matrix: Matrix) -> NDArray[np.bool_]:
    """Say for each row whether it is empty."""
    empty: NDArray[np.bool_] = np.logical_not(np.any(matrix, axis=1))
    return empty


def group_reach(steps: Sequence[Matrix]) -> Matrix:
    """M_H: from where legal sequences of the movers lead where; the first mover is followed through the
    recursion."""
    if not steps:
        raise ValueError("a group needs a mover")
    by_first = list(steps)
    while True:
        longer = []
        for j, step in enumerate(steps):
            others = [matrix for k, matrix in enumerate(by_first) if k != j]
            longer.append(by_first[j] | product(step, either(others)) if others else by_first[j])
        if all(np.array_equal(old, new) for old, new in zip(by_first, longer, strict=True)):
            return either(by_first)
        by_first = longer


def _stable(
    departures: Matrix, answers: Matrix, deterring: Matrix, counter: Matrix | None
) -> NDArray[np.bool_]:
    """The diagonal condition: no departure without an answer that deters. deterring(s, t): t does not
    exceed s."""
    good = deterring.T
    if counter is not None:
        good = good & ~product(counter, ~deterring.T)
    return empty_rows(departures & ~product(answers, good).T)


class MatrixForm:
    """The matrices of one state graph, and the verdicts that they give."""

    def __init__(self, graph: StateGraph) -> None:
        """Lay out moves and preferences of all decision makers."""
        self.graph = graph
        self.moves = [matrix_of(table) for table in graph.moves]
        self.better = [matrix_of(table) for table in graph.better]
        self.improvements = [move & better for move, better in zip(self.moves, self.better, strict=True)]
        self._reached: dict[tuple[str, tuple[Coalition, ...]], Matrix] = {}
        self._nowhere = np.zeros((graph.size, graph.size), dtype=np.bool_)

    def _reach(self, kind: str, groups: Sequence[Coalition]) -> Matrix:
        """M_H for some movers: by all moves, by improvements, or by coalition improvements; worked out
        once."""
        key = (kind, tuple(groups))
        if key not in self._reached:
            if kind == "coalitions":
                steps = [self._coalition_improvements(group) for group in groups]
            else:
                source = self.moves if kind == "moves" else self.improvements
                steps = [source[group[0]] for group in groups]
            self._reached[key] = group_reach(steps) if steps else self._nowhere
        return self._reached[key]

    def individual(self, concept: str, decision_maker: int) -> NDArray[np.bool_]:
        """Say for each state whether it is stable under nash, gmr, smr, seq or sseq."""
        departures = self.improvements[decision_maker]
        others = self.graph.others(decision_maker)
        if concept == "nash":
            return empty_rows(departures)
        kind = "improvements" if concept in ("seq", "sseq") else "moves"
        counter = self.moves[decision_maker] if concept in ("smr", "sseq") else None
        answers = self._reach(kind, [(j,) for j in others])
        return _stable(departures, answers, ~self.better[decision_maker], counter)

    def coalition(self, concept: str, coalition: Coalition) -> NDArray[np.bool_]:
        """Say for each state whether it is stable for a coalition under cr, cgmr, csmr or cseq."""
        departures = self._coalition_improvements(coalition)
        if concept == "cr":
            return empty_rows(departures)
        others = outside(self.graph, coalition)
        if concept == "cseq":
            answers = self._reach("coalitions", coalitions(others))
        else:
            answers = self._reach("moves", [(j,) for j in others])
        deterring = either([~self.better[i] for i in coalition])
        counter = self._reach("moves", [(i,) for i in coalition]) if concept == "csmr" else None
        return _stable(departures, answers, deterring, counter)

    def _coalition_improvements(self, coalition: Coalition) -> Matrix:
        reach = self._reach("moves", [(i,) for i in coalition])
        return reach & ~either([~self.better[i] for i in coalition])
