"""Measure what the analyst's hand costs on a large dossier: the queue, each kind of decision, undo, search.

usage: hand.py DOSSIER [--rounds N] [--seed TEXT]

DOSSIER is copied first (`dossier_size/fill.py` makes a large one). Prints a line for each kind of call: how many, and
milliseconds at the median and the 95th percentile, on the clock and of the processor.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from standoff.dossier.dossier import Dossier
from standoff.dossier.hand import log
from standoff.dossier.hand.hand import Hand
from standoff.dossier.search.searching import search
from standoff.errors import UsageError

WORDS = ("sanctions", "ceasefire talks", "minister -talks", '"prime minister"', "army", "withdr*")


class Clock:
    """Times calls by name."""

    def __init__(self) -> None:
        self.taken: dict[str, list[tuple[float, float]]] = {}

    def __call__(self, name: str, call: Callable[[], Any]) -> Any:
        """Call, note how long it took, and return what it returned; None where it was refused."""
        wall, own = time.perf_counter(), time.process_time()
        try:
            found = call()
        except UsageError:
            return None
        self.taken.setdefault(name, []).append((time.perf_counter() - wall, time.process_time() - own))
        return found

    def show(self) -> None:
        """Print a line for each name."""
        for name, taken in self.taken.items():
            line = f"{name:22s} n {len(taken):4d}"
            for kind, times in (("clock", [w for w, _ in taken]), ("processor", [p for _, p in taken])):
                ordered = sorted(times)
                median, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
                line += f"   {kind} p50 {median * 1000:8.1f}  p95 {late * 1000:8.1f}"
            print(line + "  ms")


def keys(connection: sqlite3.Connection, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    return connection.execute(sql).fetchall()


def main() -> None:
    """Measure on a copy."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("dossier", type=Path)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--seed", default="standoff")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.dossier.parent) as folder:
        copy = Path(shutil.copy(options.dossier, folder))
        with Dossier.create(copy) as dossier:
            print(dossier.count())
            clock = Clock()
            decide(dossier, clock, options.rounds, random.Random(options.seed))
            rename(dossier, clock)
            for words in WORDS:
                clock("search reports", lambda words=words: search(dossier, words, limit=20))  # type: ignore[misc]
                clock("search evidence", lambda words=words: search(dossier, words, "evidence", 20))  # type: ignore[misc]
            clock.show()


def decide(dossier: Dossier, clock: Clock, rounds: int, chance: random.Random) -> None:
    """Let one person work through the queue and decide here and there."""
    hand = Hand(dossier, "Anna")
    with dossier.use() as connection:
        ((acts, statements),) = keys(
            connection, "SELECT (SELECT max(key) FROM act), (SELECT max(key) FROM statement)"
        )
        pairs = keys(
            connection,
            """SELECT one.key, min(other.key) FROM event AS one JOIN event AS other ON other.type = one.type
               AND other.key > one.key AND other.key < one.key + 200
               WHERE one.key % 97 = 0 GROUP BY one.key LIMIT 40""",
        )
        told = keys(connection, "SELECT event, min(key) FROM act GROUP BY event HAVING count(*) > 2 LIMIT 40")
    for number in range(rounds):
        act, other = chance.randint(1, acts), chance.randint(1, acts)
        waiting = clock("queue", lambda: hand.queue(limit=20))[0]
        clock("queue of one actor", lambda: hand.queue(limit=20, filters={"actor": "RUS"}))
        clock("accept", lambda w=waiting: hand.accept(w.kind, w.record, seen=w.seen))  # type: ignore[misc]
        clock("reject act", lambda act=act: hand.reject("act", act))  # type: ignore[misc]
        clock("undo", hand.undo)
        clock("correct place", lambda a=other, n=number: hand.correct("act", a, {"place": f"Port {n}"}))  # type: ignore[misc]
        clock("correct target", lambda a=act: hand.correct("act", a, {"target": ["NATO"]}))  # type: ignore[misc]
        clock("correct type", lambda a=other: hand.correct("act", a, {"type": "ACCUSE"}))  # type: ignore[misc]
        said = chance.randint(1, statements)
        clock("reject statement", lambda said=said: hand.reject("statement", said))  # type: ignore[misc]
        if number < len(pairs):
            clock("merge events", lambda n=number: hand.merge_events(pairs[n]))  # type: ignore[misc]
        if number < len(told):
            clock("split event", lambda n=number: hand.split_event(told[n][0], [told[n][1]]))  # type: ignore[misc]
        clock("progress", lambda: log.progress(dossier))
        clock("decisions", lambda: log.decisions_of(dossier, limit=50))


def rename(dossier: Dossier, clock: Clock) -> None:
    """Rename and merge actors and issues of a middling size, and take it back."""
    hand = Hand(dossier, "Anna")
    with dossier.use() as connection:
        actors = keys(
            connection,
            "SELECT actor, count(*) FROM act_actor GROUP BY actor HAVING count(*) > 40 ORDER BY 2 LIMIT 3",
        )
        issues = keys(
            connection, "SELECT issue FROM act WHERE issue > 0 GROUP BY issue ORDER BY count(*) DESC LIMIT 2"
        )
    for number, (actor, count) in enumerate(actors):
        print(f"actor {actor}: {count} acts")
        clock("rename actor", lambda a=actor, n=number: hand.rename_actor(a, f"RENAMED{n}"))  # type: ignore[misc]
        clock("undo rename", hand.undo)
    clock("rename issue", lambda: hand.rename_issue(issues[0][0], "A new name for it"))
    clock("merge issues", lambda: hand.merge_issues(issues[0][0], [issues[1][0]]))
    clock("undo merge of issues", hand.undo)


if __name__ == "__main__":
    main()
