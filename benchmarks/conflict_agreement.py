"""Do the stability concepts agree with their definitions? Random tables, three witnesses, every mismatch
counted.

    python benchmarks/conflict_agreement.py [--tables 10000] [--seed 1] [-o FILE]

Each table is a random conflict (option form or graph form; ties, irreversible and shared options,
infeasible states, common moves, two to four decision makers). Every verdict of the engine is held against
the plain checker of the tests, which is written straight from the definitions, and, for the concepts that
have one, against the matrix form. Foresight is compared on tables with two decision makers; stability over
completions on tables small enough to go through all completions.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "conflict"))

import conflict_brute_force as plain
from conflict_random_models import graph_form, option_form, random_conflict, table_of, with_preferences
from test_conflict_extensions import compare, completions_of

from standoff.conflict import attitudes, strength, unknown
from standoff.conflict.coalition import cseq
from standoff.conflict.coalition.coalitions import coalitions
from standoff.conflict.completions import over_completions
from standoff.conflict.concepts import INDIVIDUAL, JOINT
from standoff.conflict.graph import StateGraph, bit_set, build, members
from standoff.conflict.matrix_form import MatrixForm
from standoff.conflict.model import Conflict
from standoff.conflict.preference import Ranking
from standoff.conflict.stability import sim
from standoff.conflict.stability.limited_move import limited_move, non_myopic


class Tally:
    """Counts tables, verdicts and mismatches by concept."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.tables: Counter[str] = Counter()
        self.verdicts: Counter[str] = Counter()
        self.mismatches: Counter[str] = Counter()

    def compare(self, concept: str, found: list[set[int]], expected: list[set[int]], size: int) -> None:
        """Count one table: the stable states by decision maker or coalition, found and expected."""
        self.tables[concept] += 1
        self.verdicts[concept] += len(expected) * size
        self.mismatches[concept] += sum(len(a ^ b) for a, b in zip(found, expected, strict=True))


def stable(graph: StateGraph, judge: Callable[[int, int], bool]) -> list[set[int]]:
    """The stable states by decision maker."""
    return [{s for s in range(graph.size) if judge(i, s)} for i in graph.everyone]


def individual(tally: Tally, conflict: Conflict) -> None:
    """Compare the individual concepts, with the matrix form as a further witness."""
    graph, table = table_of(conflict)
    matrices = MatrixForm(graph)
    for name, concept in INDIVIDUAL.items():
        expected = [plain.INDIVIDUAL[name](table, i) for i in graph.everyone]
        tally.compare(
            name, stable(graph, lambda i, s, c=concept: c.is_stable(graph, i, s)), expected, graph.size
        )
        rows = [matrices.individual(name, i) for i in graph.everyone]
        by_matrix = [{s for s, verdict in enumerate(row) if verdict} for row in rows]
        tally.compare(f"{name} (matrix form)", by_matrix, expected, graph.size)


def simultaneous(tally: Tally, conflict: Conflict) -> None:
    """Compare simultaneous stability, which needs options."""
    graph, table = table_of(conflict)
    expected = [plain.sim(table, i, graph.states) for i in graph.everyone]
    tally.compare("sim", stable(graph, lambda i, s: sim.is_stable(graph, i, s)), expected, graph.size)


def joint(tally: Tally, conflict: Conflict) -> None:
    """Compare the coalition concepts for every coalition."""
    graph, table = table_of(conflict)
    matrices = MatrixForm(graph)
    groups = coalitions(tuple(graph.everyone))
    for name, concept in JOINT.items():
        expected = [plain.coalition(table, group, name) for group in groups]
        found = [{s for s in range(graph.size) if concept.is_stable(graph, g, s)} for g in groups]
        tally.compare(name, found, expected, graph.size)
        rows = [matrices.coalition(name, group) for group in groups]
        by_matrix = [{s for s, verdict in enumerate(row) if verdict} for row in rows]
        tally.compare(f"{name} (matrix form)", by_matrix, expected, graph.size)
    found = [{s for s in range(graph.size) if cseq.is_stable(graph, g, s, individual=True)} for g in groups]
    expected = [plain.coalition(table, group, "cseq individual") for group in groups]
    tally.compare("cseq (individual answers)", found, expected, graph.size)


def foresight(tally: Tally, conflict: Conflict) -> None:
    """Compare limited-move and non-myopic stability for two decision makers."""
    graph, table = table_of(conflict)
    for horizon in (1, 2, 3):
        found = [set(members(states)) for states in limited_move(graph, horizon).stable]
        expected = [plain.limited_move(table, i, horizon) for i in (0, 1)]
        tally.compare(f"limited move, h = {horizon}", found, expected, graph.size)
    found = [set(members(states)) for states in non_myopic(graph).stable]
    tally.compare("non-myopic", found, [plain.non_myopic(table, i) for i in (0, 1)], graph.size)


def graded(tally: Tally, conflict: Conflict) -> None:
    """Compare strong stability."""
    graph, table = table_of(conflict)
    for concept in strength.CONCEPTS:
        expected = []
        for i in graph.everyone:
            ranking = conflict.preferences[i]
            assert isinstance(ranking, Ranking)
            group = [next(g for g, states in enumerate(ranking.groups) if s in states) for s in graph.states]

            def much_worse(t: int, s: int, group=group, ranking=ranking) -> bool:
                return any(ranking.degrees[g] > 1 for g in range(group[s], group[t]))

            expected.append(plain.strong(table, i, concept, much_worse))
        found = stable(graph, lambda i, s, c=concept: strength.degree(graph, c, i, s) in ("strong", "nash"))
        tally.compare(f"strong {concept}", found, expected, graph.size)


def unclear(tally: Tally, conflict: Conflict) -> None:
    """Compare the types a to d for unknown preference."""
    graph, table = table_of(conflict)
    relation = compare(graph)
    for concept, kind in product(unknown.CONCEPTS, unknown.KINDS):
        found = stable(graph, lambda i, s, c=concept, k=kind: unknown.is_stable(graph, c, k, i, s))
        expected = [plain.unknown(table.moves, relation, i, concept, kind) for i in graph.everyone]
        tally.compare(f"{concept} type {kind}", found, expected, graph.size)


def over_all_completions(tally: Tally, conflict: Conflict) -> None:
    """Compare necessary and possible stability with going through all completions."""
    graph = build(conflict)
    everyone = list(graph.everyone)
    completed = [
        build(conflict, rankings) for rankings in product(*[completions_of(graph, i) for i in everyone])
    ]
    for concept in unknown.CONCEPTS:
        judge = INDIVIDUAL[concept].is_stable
        rows = [
            [bit_set(s for s in range(graph.size) if judge(one, i, s)) for i in everyone] for one in completed
        ]
        necessary = [graph.every_state] * len(everyone)
        possible = [0] * len(everyone)
        always, sometimes = graph.every_state, 0
        for row in rows:
            for_all = graph.every_state
            for i, states in enumerate(row):
                necessary[i] &= states
                possible[i] |= states
                for_all &= states
            always &= for_all
            sometimes |= for_all
        found = over_completions(graph, concept)
        pairs = [
            (f"{concept} necessary", (*found.necessary, found.necessary_equilibria), (*necessary, always)),
            (f"{concept} possible", (*found.possible, found.possible_equilibria), (*possible, sometimes)),
        ]
        for name, ours, theirs in pairs:
            tally.compare(
                name, [set(members(s)) for s in ours], [set(members(s)) for s in theirs], graph.size
            )


def relational(tally: Tally, conflict: Conflict, pick: Callable[[int, int], int]) -> None:
    """Compare relational stability under random attitudes."""
    graph, table = table_of(conflict)
    towards = [[pick(-1, 1) for _ in graph.everyone] for _ in graph.everyone]
    for concept in attitudes.CONCEPTS:
        found = stable(graph, lambda i, s, c=concept: attitudes.is_stable(graph, towards, c, i, s))
        expected = [plain.relational(table, towards, i, concept) for i in graph.everyone]
        tally.compare(concept, found, expected, graph.size)


def run(tables: int, seed: int) -> Tally:
    """Compare all concepts on as many tables each."""
    tally = Tally()
    random = Random(seed)
    pick = random.randint
    for number in range(tables):
        conflict = random_conflict(pick)
        individual(tally, conflict)
        joint(tally, conflict)
        simultaneous(tally, with_preferences(option_form(pick), pick))
        relational(tally, conflict, pick)
        foresight(tally, random_conflict(pick, decision_makers=2))
        graded(tally, random_conflict(pick, "graded"))
        unclear(tally, random_conflict(pick, "partial"))
        small = with_preferences(graph_form(pick, 3, pick(2, 3)), pick, "partial")
        known = with_preferences(small, pick).preferences
        over_all_completions(tally, replace(small, preferences=(*small.preferences[:2], *known[2:])))
        if number % 500 == 499:
            sys.stderr.write(f"{number + 1} of {tables} tables, {tally.mismatches.total()} mismatches\n")
    return tally


def main() -> None:
    """Run the comparison and print one line a concept; exit status 1 where anything disagrees."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--tables", type=int, default=10_000, help="tables for each concept")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, help="write the counts as JSON")
    options = parser.parse_args()
    begin = time.process_time()
    tally = run(options.tables, options.seed)
    seconds = time.process_time() - begin
    print(f"{'concept':28} {'tables':>7} {'verdicts':>9} {'mismatches':>10}")
    for concept in tally.tables:
        counts = tally.tables[concept], tally.verdicts[concept], tally.mismatches[concept]
        print(f"{concept:28} {counts[0]:7} {counts[1]:9} {counts[2]:10}")
    total = tally.mismatches.total()
    print(
        f"{tally.verdicts.total()} verdicts, {total} mismatches, {seconds:.0f} s of one core, seed {options.seed}"
    )
    if options.output is not None:
        rows = {
            concept: {
                "tables": tally.tables[concept],
                "verdicts": tally.verdicts[concept],
                "mismatches": tally.mismatches[concept],
            }
            for concept in tally.tables
        }
        options.output.write_text(json.dumps({"seed": options.seed, "concepts": rows}, indent=1) + "\n")
    sys.exit(1 if total else 0)


if __name__ == "__main__":
    main()
