"""The definitions written down as plainly as Python allows: sets and loops, no idea of speed, nothing from
the engine.

A table is a number of decision makers and states, `moves[i][s]`, the set of states that i can move to from
s, and `prefers(i, t, s)`, whether i prefers t to s. Every function gives the set of states that are stable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product

Moves = Sequence[Sequence[frozenset[int]]]


@dataclass(frozen=True)
class Table:
    decision_makers: int
    states: int
    moves: Moves
    ranks: Sequence[Sequence[int]]
    """`ranks[i][s]`, 0 best."""

    def prefers(self, i: int, t: int, s: int) -> bool:
        return self.ranks[i][t] < self.ranks[i][s]

    def better(self, i: int, s: int) -> set[int]:
        """R+_i(s)."""
        return {t for t in self.moves[i][s] if self.prefers(i, t, s)}

    def everyone(self) -> range:
        return range(self.decision_makers)


Step = Callable[[int, int], Iterable[int]]
"""From a mover and a state to where the mover can step."""


def reach(movers: Sequence[int], step: Step, start: int) -> set[int]:
    """R_H(s) by its inductive definition, with O_H(s, t), the set of last movers."""
    last: dict[int, set[int]] = {}
    for j in movers:
        for t in step(j, start):
            last.setdefault(t, set()).add(j)
    changed = True
    while changed:
        changed = False
        for t in list(last):
            for j in movers:
                if last[t] == {j}:
                    continue
                for u in step(j, t):
                    if j not in last.setdefault(u, set()):
                        last[u].add(j)
                        changed = True
    return set(last)


def others(table: Table, i: int) -> list[int]:
    return [j for j in table.everyone() if j != i]


def nash(table: Table, i: int) -> set[int]:
    return {s for s in range(table.states) if not table.better(i, s)}


def _sanctioned(table: Table, i: int, credible: bool, symmetric: bool) -> set[int]:
    def step(j: int, t: int) -> Iterable[int]:
        return table.better(j, t) if credible else table.moves[j][t]

    answers = [reach(others(table, i), step, s1) for s1 in range(table.states)]
    stable = set()
    for s in range(table.states):
        verdict = True
        for s1 in table.better(i, s):
            sanctions = [s2 for s2 in answers[s1] if not table.prefers(i, s2, s)]
            if symmetric:
                sanctions = [
                    s2 for s2 in sanctions if all(not table.prefers(i, s3, s) for s3 in table.moves[i][s2])
                ]
            if not sanctions:
                verdict = False
        if verdict:
            stable.add(s)
    return stable


def gmr(table: Table, i: int) -> set[int]:
    return _sanctioned(table, i, credible=False, symmetric=False)


def smr(table: Table, i: int) -> set[int]:
    return _sanctioned(table, i, credible=False, symmetric=True)


def seq(table: Table, i: int) -> set[int]:
    return _sanctioned(table, i, credible=True, symmetric=False)


def sseq(table: Table, i: int) -> set[int]:
    return _sanctioned(table, i, credible=True, symmetric=True)


INDIVIDUAL = {"nash": nash, "gmr": gmr, "smr": smr, "seq": seq, "sseq": sseq}


# Simultaneous moves: needs the option bits of the states ------------------------------------------


def sim(table: Table, i: int, bits: Sequence[int]) -> set[int]:
    stable = set()
    for s in range(table.states):
        verdict = True
        for s1 in table.better(i, s):
            found = False
            for choice in product(*[[s, *table.better(j, s)] for j in others(table, i)]):
                if all(t == s for t in choice):
                    continue
                switched = bits[s] ^ bits[s1]
                for t in choice:
                    switched |= bits[s] ^ bits[t]
                outcome = bits[s] ^ switched
                if outcome in bits and not table.prefers(i, list(bits).index(outcome), s):
                    found = True
            if not found:
                verdict = False
        if verdict:
            stable.add(s)
    return stable


# Coalitions ---------------------------------------------------------------------------------------


def subsets(movers: Sequence[int]) -> list[tuple[int, ...]]:
    return [c for size in range(1, len(movers) + 1) for c in combinations(movers, size)]


def coalition_improvements(table: Table, group: Sequence[int], s: int) -> set[int]:
    return {
        t
        for t in reach(group, lambda j, u: table.moves[j][u], s)
        if all(table.prefers(i, t, s) for i in group)
    }


def _sanctions(table: Table, group: Sequence[int], concept: str) -> list[set[int]]:
    """For each s1 the states that the others can answer with."""
    every = range(table.states)
    rest = [j for j in table.everyone() if j not in group]
    if concept == "cr":
        return [set() for _ in every]
    if concept in ("cgmr", "csmr"):
        return [reach(rest, lambda j, u: table.moves[j][u], s1) for s1 in every]
    if concept == "cseq individual":
        return [reach(rest, lambda j, u: table.better(j, u), s1) for s1 in every]
    groups = subsets(rest)
    improvements = {
        (k, u): coalition_improvements(table, other, u)
        for k, other in enumerate(groups)
        for u in range(table.states)
    }
    return [reach(range(len(groups)), lambda k, u: improvements[k, u], s1) for s1 in range(table.states)]


def coalition(table: Table, group: Sequence[int], concept: str) -> set[int]:
    """cr, cgmr, csmr, cseq or cseq individual (the weaker variant)."""
    every = range(table.states)
    answers = _sanctions(table, group, concept)
    counter = [
        reach(group, lambda j, u: table.moves[j][u], s2) if concept == "csmr" else set() for s2 in every
    ]
    stable = set()
    for s in every:
        verdict = True
        for s1 in coalition_improvements(table, group, s):
            deterred = False
            for s2 in answers[s1]:
                if all(table.prefers(i, s2, s) for i in group):
                    continue
                further = counter[s2]
                if all(any(not table.prefers(i, s3, s) for i in group) for s3 in further):
                    deterred = True
            if not deterred:
                verdict = False
        if verdict:
            stable.add(s)
    return stable


# Foresight, two decision makers -------------------------------------------------------------------


def anticipated(table: Table, i: int, s: int, h: int) -> int:
    """G_h(i, s); of equally good moves the first counts."""
    if h == 0 or not table.moves[i][s]:
        return s
    j = 1 - i
    finals = [anticipated(table, j, t, h - 1) for t in sorted(table.moves[i][s])]
    best = min(finals, key=lambda final: table.ranks[i][final])
    return best if table.prefers(i, best, s) else s


def limited_move(table: Table, i: int, h: int) -> set[int]:
    return {s for s in range(table.states) if anticipated(table, i, s, h) == s}


def non_myopic(table: Table, i: int) -> set[int]:
    """Stable for all h from some h on: the tables G_h are made one by one until one comes again."""

    def following(before: list[list[int]]) -> list[list[int]]:
        after = [[0] * table.states for _ in (0, 1)]
        for a in (0, 1):
            for s in range(table.states):
                finals = [before[1 - a][t] for t in sorted(table.moves[a][s])]
                best = min(finals, key=lambda final, a=a: table.ranks[a][final], default=s)
                after[a][s] = best if table.prefers(a, best, s) else s
        return after

    history: list[list[list[int]]] = []
    current = [list(range(table.states)), list(range(table.states))]
    while current not in history:
        history.append(current)
        current = following(current)
    cycle = history[history.index(current) :]
    return {s for s in range(table.states) if all(g[i][s] == s for g in cycle)}


# Graded preference --------------------------------------------------------------------------------


def strong(table: Table, i: int, concept: str, much_worse: Callable[[int, int], bool]) -> set[int]:
    """Strongly stable or Nash stable; `much_worse(t, s)` says that i greatly prefers s to t."""
    credible, symmetric = concept in ("seq", "sseq"), concept in ("smr", "sseq")

    def step(j: int, t: int) -> Iterable[int]:
        return table.better(j, t) if credible else table.moves[j][t]

    answers = [reach(others(table, i), step, s1) for s1 in range(table.states)]
    return {
        s
        for s in range(table.states)
        if all(
            any(
                much_worse(s2, s) and (not symmetric or all(much_worse(s3, s) for s3 in table.moves[i][s2]))
                for s2 in answers[s1]
            )
            for s1 in table.better(i, s)
        )
    }


# Unknown preference -------------------------------------------------------------------------------

Compare = Callable[[int, int, int], str]
"""`compare(i, t, s)`: ">" where i prefers t to s, "<" where s to t, "=" or "?"."""


def unknown(moves: Moves, compare: Compare, i: int, concept: str, kind: str) -> set[int]:
    decision_makers, states = len(moves), len(moves[0])
    leaving = (">", "?") if kind in "ac" else (">",)
    deterring = ("<", "=") if kind in "ab" else ("<", "=", "?")

    def hopeful(j: int, t: int) -> list[int]:
        return [u for u in moves[j][t] if compare(j, u, t) in (">", "?")]

    def step(j: int, t: int) -> Iterable[int]:
        return hopeful(j, t) if concept in ("seq", "sseq") else moves[j][t]

    def deters(t: int, s: int) -> bool:
        return t == s or compare(i, t, s) in deterring

    rest = [j for j in range(decision_makers) if j != i]
    answers = [reach(rest, step, s1) for s1 in range(states)]
    stable = set()
    for s in range(states):
        departures = [t for t in moves[i][s] if compare(i, t, s) in leaving]
        if concept == "nash":
            if not departures:
                stable.add(s)
            continue
        symmetric = concept in ("smr", "sseq")
        if all(
            any(
                deters(s2, s) and (not symmetric or all(deters(s3, s) for s3 in moves[i][s2]))
                for s2 in answers[s1]
            )
            for s1 in departures
        ):
            stable.add(s)
    return stable


# Attitudes ----------------------------------------------------------------------------------------


def relational(table: Table, attitudes: Sequence[Sequence[int]], i: int, concept: str) -> set[int]:
    def accepts(j: int, t: int, s: int) -> bool:
        for k in table.everyone():
            if attitudes[j][k] == 1 and table.prefers(k, s, t):
                return False
            if attitudes[j][k] == -1 and not table.prefers(k, s, t):
                return False
        return True

    def replies(j: int, s: int) -> set[int]:
        return {t for t in table.moves[j][s] if accepts(j, t, s)}

    def step(j: int, t: int) -> Iterable[int]:
        return replies(j, t) if concept == "rseq" else table.moves[j][t]

    answers = [set() if concept == "rnash" else reach(others(table, i), step, x) for x in range(table.states)]
    stable = set()
    for s in range(table.states):
        verdict = True
        for x in replies(i, s):
            deterred = False
            for y in answers[x]:
                further = table.moves[i][y] if concept == "rsmr" else ()
                if not accepts(i, y, s) and all(not accepts(i, z, s) for z in further):
                    deterred = True
            if not deterred:
                verdict = False
        if verdict:
            stable.add(s)
    return stable
