"""What the conflict engine costs by size: `python benchmarks/conflict_size.py [--large] [--only WORD]`.

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
from collections.abc import Callable
from random import Random

from standoff.conflict.formula import And, Formula, If, Not, Or, Taken
from standoff.conflict.masks import Mask
from standoff.conflict.model import Conflict, Option
from standoff.conflict.preference import Priorities, Priority


def random_conflict(options: int, decision_makers: int, seed: int, statements: int = 14) -> Conflict:
    """A seeded random conflict in option form."""
    random = Random(seed)
    names = tuple(f"party {i + 1}" for i in range(decision_makers))
    chosen = tuple(
        Option(
            f"option {k + 1}", (k * decision_makers // options,), random.choice(["both"] * 8 + ["on", "off"])
        )
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
LARGE: dict[str, Callable[[], str]] = {
    "22 options, 4 parties, all concepts": lambda: individual(22, 4, ALL),
    "24 options, 4 parties, Nash GMR SMR": lambda: individual(24, 4, "nash gmr smr"),
}


def run(case: str) -> None:
    """Run one case and print its line."""
    import standoff.conflict.hypercube.stability
    import standoff.conflict.sat.find  # noqa: F401

    begun, wall = time.process_time(), time.perf_counter()
    answer = (CASES | LARGE)[case]()
    spent, passed = time.process_time() - begun, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{case:42s} {spent:8.3f} s  {passed:8.3f} s wall  {peak:7.0f} MB   {answer}", flush=True)


def main() -> None:
    """Run every case in a fresh process on one core."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--large", action="store_true", help="also 22 and 24 options")
    parser.add_argument("--only", default="", help="only cases whose name has this word")
    parser.add_argument("--case", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.case:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        run(wanted.case)
        return
    for case in CASES | (LARGE if wanted.large else {}):
        if wanted.only in case:
            subprocess.run([sys.executable, __file__, "--case", case], check=True)


if __name__ == "__main__":
    main()
