"""What the conflict engine costs by size: `python benchmarks/conflict_size.py [--large] [--inverse] [--hard] [--only WORD]`.

Each case runs in a process of its own on one core. Time is processor time without the start of Python and
the imports, memory is the peak of the whole process. The models are random but seeded: every decision maker
has about equally many options, one option in five is irreversible, three pairs of options exclude each
other, and preferences are a dozen priority statements or more.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from standoff.conflict.formula import And, Formula, If, Not, Or, Taken
from standoff.conflict.inverse.change import By
from standoff.conflict.masks import Mask
from standoff.conflict.model import Conflict, Constraint, Moves, Option, at_least_one, exclusive, only_if
from standoff.conflict.preference import Priorities, Priority, Ranking

MOVES: tuple[Moves, ...] = ("both",) * 8 + ("on", "off")


def random_conflict(options: int, decision_makers: int, seed: int, statements: int = 14) -> Conflict:
    """A seeded random conflict in option form."""
    random = Random(seed)
    names = tuple(f"party {i + 1}" for i in range(decision_makers))
    chosen = tuple(
        Option(f"option {k + 1}", (k * decision_makers // options,), random.choice(MOVES))
        for k in range(options)
    )
    masks = []
    for _ in range(3):
        a, b = random.sample(range(options), 2)
        masks.append(Mask(1 << a | 1 << b, 1 << a | 1 << b))
    preferences = tuple(
        Priorities(tuple((Priority(_statement(random, options)),) for _ in range(statements))) for _ in names
    )
    return Conflict("random", names, chosen, preferences, infeasible=tuple(masks))


def _statement(random: Random, options: int) -> Formula:
    literals: list[Formula] = [
        Taken(k) if random.random() < 0.5 else Not(Taken(k)) for k in random.sample(range(options), 3)
    ]
    kind = random.randrange(4)
    if kind == 0:
        return literals[0]
    if kind == 1:
        return And(tuple(literals[:2]))
    return Or(tuple(literals)) if kind == 2 else If(literals[0], literals[1])


def individual(options: int, decision_makers: int, concepts: str) -> str:
    """All states, all decision makers."""
    from standoff.conflict.hypercube.stability import judge

    found = judge(random_conflict(options, decision_makers, seed=7), concepts.split())
    return ", ".join(f"{v.concept} {int(v.equilibria.sum())}" for v in found)


def query(options: int, decision_makers: int, concept: str) -> str:
    """The first equilibrium that a search finds."""
    from standoff.conflict.sat.find import find

    conflict = random_conflict(options, decision_makers, seed=7, statements=options // 3)
    found = find(conflict, concept)
    if found.state is None:
        return f"none, {'proven' if found.proven else 'not proven'}, {found.proposals} proposals"
    return f"{conflict.signs(found.state)}, {found.proposals} proposals"


def constrained_conflict(options: int, decision_makers: int, seed: int) -> Conflict:
    """A random conflict whose rules tie options of different decision makers together: conditions,
    exclusions, and groups of which one option is taken."""
    random = Random(seed)
    rules: list[Formula] = []
    for _ in range(options // 3):
        option, condition, other = random.sample(range(options), 3)
        rules.append(only_if(option, Or((Taken(condition), Taken(other)))))
    for _ in range(options // 10):
        rules.append(exclusive(tuple(random.sample(range(options), 3))))
        rules.append(at_least_one(tuple(random.sample(range(options), 4))))
    conflict = random_conflict(options, decision_makers, seed, statements=options // 3)
    return replace(conflict, constraints=tuple(Constraint(rule) for rule in rules))


def hard_query(concept: str, seeds: Sequence[int]) -> str:
    """The first equilibrium of conflicts with rules across decision makers; the slowest seed counts most."""
    from standoff.conflict.sat.find import find

    said = []
    for seed in seeds:
        begun = time.process_time()
        found = find(constrained_conflict(60, 4, seed), concept)
        result = "found" if found.state is not None else "none" if found.proven else "none?"
        said.append(f"{result} {time.process_time() - begun:.1f}s")
    return ", ".join(said)


def empty_query(concept: str, seeds: Sequence[int]) -> str:
    """A mask that no equilibrium matches, because one decision maker wants nothing more than to undo it."""
    from standoff.conflict.sat.find import find

    said = []
    for seed in seeds:
        conflict = random_conflict(60, 4, seed, statements=20)
        first = next(k for k, o in enumerate(conflict.options) if o.owners == (0,) and o.moves == "both")
        strict = Priorities(((Priority(Taken(first)),), *_levels(conflict.preferences[0])))
        conflict = replace(conflict, preferences=(strict, *conflict.preferences[1:]))
        begun = time.process_time()
        found = find(conflict, concept, Mask(1 << first, 0))
        result = "found" if found.state is not None else "none" if found.proven else "none?"
        said.append(f"{result} {time.process_time() - begun:.1f}s")
    return ", ".join(said)


def _levels(preference: object) -> tuple[tuple[Priority, ...], ...]:
    assert isinstance(preference, Priorities)
    return preference.levels


def graph_conflict(states: int, decision_makers: int, degree: int, seed: int) -> Conflict:
    """A seeded random conflict in graph form: some moves of each decision maker from each state, rankings
    with ties."""
    random = Random(seed)
    arcs = []
    for _ in range(decision_makers):
        moves = {(s, t) for s in range(states) for t in random.sample(range(states), degree) if s != t}
        arcs.append(tuple(sorted(moves)))
    rankings = []
    for _ in range(decision_makers):
        order = random.sample(range(states), states)
        groups: list[tuple[int, ...]] = []
        while order:
            size = random.choice([1, 1, 1, 2])
            groups.append(tuple(order[:size]))
            del order[:size]
        rankings.append(Ranking(tuple(groups)))
    names = tuple(f"party {i + 1}" for i in range(decision_makers))
    ids = tuple((f"s{s}", s) for s in range(states))
    return Conflict("random", names, (), tuple(rankings), states=ids, arcs=tuple(arcs))


def inverse(conflict: Conflict, states: int, by: By, seconds: float) -> str:
    """Make some states equilibria that are none, and break some that are: how many answers are proven within
    some seconds of processor time, the slowest, and the gaps that were left.

    The search itself goes by the clock, which is given four times as long, for machines that have other
    work.
    """
    from standoff.conflict.inverse.question import Inverse

    layout = Inverse(conflict, "seq")
    asked = Random(1).sample(layout.graph.ids, min(states, layout.graph.size))
    slowest, proven, gap = 0.0, 0, ""
    for id in asked:
        begun = time.process_time()
        change = layout.ask(id, wanted=not layout.is_equilibrium(id), by=by, seconds=4 * seconds)
        spent = time.process_time() - begun
        slowest = max(slowest, spent)
        in_time = change.proven and spent <= seconds
        proven += in_time
        if not in_time:
            gap += f" {change.at_least}..{change.cost if change.possible else '?'}"
    return f"{proven} of {len(asked)} proven, slowest {slowest:.2f} s{', open:' + gap if gap else ''}"


ALL = "nash gmr smr seq sseq"
CASES: dict[str, Callable[[], str]] = {
    "12 options, 3 parties, all concepts": lambda: individual(12, 3, ALL),
    "16 options, 3 parties, all concepts": lambda: individual(16, 3, ALL),
    "20 options, 4 parties, all concepts": lambda: individual(20, 4, ALL),
    **{
        f"60 options, 4 parties, first {concept}": lambda concept=concept: query(60, 4, concept)  # type: ignore[misc]
        for concept in ALL.split()
    },
}
SEEDS = (1, 2, 3, 4, 5)
INVERSE: dict[str, Callable[[], str]] = {
    **{
        f"inverse SEQ, graph of 12 states, seed {seed}": lambda seed=seed: inverse(  # type: ignore[misc]
            graph_conflict(12, 3, 2, seed), 12, "ranking", 10
        )
        for seed in SEEDS
    },
    **{
        f"inverse SEQ, graph of 1,000 states, {p} parties, {d} moves, seed {s}": lambda p=p, d=d, s=s: (  # type: ignore[misc]
            inverse(graph_conflict(1000, p, d, s), 8, "ranking", 10)
        )
        for p, d in ((2, 3), (3, 2), (3, 4))
        for s in SEEDS[:3]
    },
    **{
        f"inverse SEQ, 10 options, by {by}, seed {seed}": lambda by=by, seed=seed: inverse(  # type: ignore[misc]
            random_conflict(10, 3, seed), 8, by, 10
        )
        for by in ("ranking", "statements")
        for seed in SEEDS[:3]
    },
}
HARD: dict[str, Callable[[], str]] = {
    **{
        f"60 options, rules across parties, first {concept}": lambda concept=concept: hard_query(
            concept, SEEDS
        )  # type: ignore[misc]
        for concept in ALL.split()
    },
    **{
        f"60 options, no {concept} matches": lambda concept=concept: empty_query(concept, SEEDS)  # type: ignore[misc]
        for concept in ("nash", "seq")
    },
}
LARGE: dict[str, Callable[[], str]] = {
    "22 options, 4 parties, all concepts": lambda: individual(22, 4, ALL),
    "24 options, 4 parties, Nash GMR SMR": lambda: individual(24, 4, "nash gmr smr"),
}


def run(case: str) -> None:
    """Run one case and print its line."""
    import standoff.conflict.hypercube.stability
    import standoff.conflict.inverse.question
    import standoff.conflict.sat.find  # noqa: F401

    begun, wall = time.process_time(), time.perf_counter()
    answer = (CASES | LARGE | INVERSE | HARD)[case]()
    spent, passed = time.process_time() - begun, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{case:58s} {spent:8.3f} s  {passed:8.3f} s wall  {peak:7.0f} MB   {answer}", flush=True)


def main() -> None:
    """Run every case in a fresh process on one core."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--large", action="store_true", help="also 22 and 24 options")
    parser.add_argument("--inverse", action="store_true", help="the inverse questions")
    parser.add_argument(
        "--hard", action="store_true", help="60 options with rules, and where nothing matches"
    )
    parser.add_argument("--only", default="", help="only cases whose name has this word")
    parser.add_argument("--case", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.case:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        run(wanted.case)
        return
    chosen = CASES | (LARGE if wanted.large else {})
    if wanted.inverse or wanted.hard:
        chosen = (INVERSE if wanted.inverse else {}) | (HARD if wanted.hard else {})
    for case in chosen:
        if wanted.only in case:
            subprocess.run([sys.executable, __file__, "--case", case], check=True)


if __name__ == "__main__":
    main()
