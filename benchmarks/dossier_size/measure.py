"""Time every view of a dossier with many different filters.

usage: measure.py DOSSIER [--seed S] [--rounds R] [--slow MS]

For every view: the first page without a filter, with one filter of every kind (values that are frequent, of middling
frequency and rare, drawn by chance), and with two and three of them together; and the page after each of these. Each
call is made on a connection of its own, as a web server would. Prints median, 95th percentile and the longest, in
milliseconds of the processor and on the clock, and names what took the processor longer than MS. Where other programs
share the core, or the file is not in memory yet, the clock tells of them as well.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from standoff.dossier.days import iso
from standoff.dossier.dossier import Dossier
from standoff.dossier.tables.tables import VIEWS, table_of
from standoff.records import ACT_TYPES, MODALITIES

Filters = dict[str, Any]
Call = Callable[[Dossier], Any]


class Values:
    """Values to filter by, as they stand in a dossier."""

    def __init__(self, dossier: Dossier, chance: random.Random) -> None:
        """Read what there is."""
        self._chance = chance
        self.held = {
            kind: [row.value for row in dossier.facets(kind, limit=400)]  # type: ignore[arg-type]
            for kind in ("actor", "dyad", "issue", "outlet")
        }
        with dossier.use() as connection:
            days = connection.execute(
                "SELECT first FROM listed_event WHERE first < 3652060 AND event % 37 = 1"
            )
            self.days = sorted(day for (day,) in days)
        self.words = ("sanctions", "troops", "border", "negotiations", "president", "ceasefire", "gas", "ministers",
                      "humanitarian corridors", "nuclear", "agreement", "weapons")  # fmt: skip

    def of(self, name: str) -> Filters:
        """Return a filter of a kind with a value drawn by chance: half of the draws take a frequent one."""
        chance = self._chance
        if name in ("actor", "issue", "outlet", "dyad"):
            held = self.held[name]
            value = held[min(len(held) - 1, int(chance.random() ** 3 * len(held)))]
            if name == "dyad" and chance.random() < 0.5:
                value = value.replace(":", ">")
            return {name: value}
        if name == "type":
            return {name: chance.choice(ACT_TYPES)}
        if name == "modality":
            return {name: chance.choice(MODALITIES)}
        if name == "contested":
            return {name: True}
        if name == "search":
            return {name: chance.choice(self.words)}
        day = chance.choice(self.days)
        if name == "dates":
            return {"since": iso(day), "until": iso(day + chance.choice((6, 30, 180)))}
        return {name: iso(day)}


KINDS = (
    "actor",
    "dyad",
    "issue",
    "type",
    "modality",
    "outlet",
    "contested",
    "search",
    "since",
    "until",
    "dates",
)


def filters(values: Values, chance: random.Random, rounds: int) -> Iterator[Filters]:
    """Yield no filter, then filters of one, two and three kinds."""
    yield {}
    for _ in range(rounds):
        for kind in KINDS:
            yield values.of(kind)
        for size in (2, 2, 2, 3):
            found: Filters = {}
            for kind in chance.sample(KINDS, size):
                found |= values.of(kind)
            yield found


def calls(values: Values, chance: random.Random, rounds: int) -> Iterator[tuple[str, str, Call, bool]]:
    """Yield (view, what is asked, call, whether a next page may follow)."""
    for view in (*VIEWS, "changed"):
        for asked in filters(values, chance, rounds):
            since = None
            if view == "changed":
                since = asked.pop("since", None) or values.of("since")["since"]
            yield (
                view,
                json.dumps({**asked, **({"since": since} if since else {})}),
                _table(view, asked, since),
                True,
            )
    for _ in range(6 * rounds):
        words = chance.choice(values.words)
        yield "search", words, lambda dossier, words=words: dossier.search(words, limit=50), False
        actor = values.of("actor")["actor"]
        yield "profile", actor, lambda dossier, actor=actor: dossier.profile(actor), False
        issue = values.of("issue")["issue"]
        yield "history", f"{actor} {issue}", _history(actor, issue), False
        dyad = values.of("dyad")["dyad"]
        yield "pulse", dyad, lambda dossier, dyad=dyad: dossier.pulse(dyad=dyad), False
        asked = chance.choice(({}, values.of("dates"), values.of("actor")))
        yield "matrix", json.dumps(asked), lambda dossier, asked=asked: dossier.matrix(**asked), False
        yield "report", "", _report(chance.random()), False
        kind = chance.choice(("actor", "issue", "outlet"))
        yield "facets", kind, lambda dossier, kind=kind: dossier.facets(kind, starts="r"), False
    yield "count", "", lambda dossier: dossier.count(), False
    yield "pulse", "all", lambda dossier: dossier.pulse(), False


def _table(view: str, asked: Filters, since: str | None) -> Call:
    def call(dossier: Dossier, after: str | None = None) -> Any:
        return table_of(dossier, view, asked, since, 100, after)  # type: ignore[arg-type]

    return call


def _history(actor: str, issue: str) -> Call:
    return lambda dossier: dossier.history(actor, issue)


def _report(share: float) -> Call:
    def call(dossier: Dossier) -> Any:
        number = dossier.count()["report"]
        stored = dossier.report_by_key(1 + int(share * (number - 1)))
        return stored and dossier.records_of(stored.key)

    return call


def percentile(sorted_: list[float], share: float) -> float:
    """Return the value below which a share of sorted values lies."""
    return sorted_[min(len(sorted_) - 1, int(share * len(sorted_)))]


def main() -> None:
    """Measure, and print a line for each view."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("dossier", type=Path)
    parser.add_argument("--seed", default="standoff")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--slow", type=float, default=200.0)
    parser.add_argument("--view", help="measure this view alone")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with Dossier.open(options.dossier) as dossier:
        values = Values(dossier, chance)
        print(json.dumps(dossier.count()))
    spent: dict[str, list[tuple[float, float]]] = {}
    for view, asked, call, paged in calls(values, chance, options.rounds):
        if options.view and view != options.view:
            continue
        after: str | None = None
        for page in ("first", "next"):
            begun, used = time.perf_counter(), time.process_time()
            with Dossier.open(options.dossier) as dossier:
                found = call(dossier, after) if after else call(dossier)  # type: ignore[call-arg]
            own = (time.process_time() - used) * 1000
            spent.setdefault(view, []).append((own, (time.perf_counter() - begun) * 1000))
            if own > options.slow:
                print(f"slow: {view} {asked} ({page} page): {own:.0f} ms", flush=True)
            after = found.next if paged else None
            if after is None:
                break
    every = [took for times in spent.values() for took in times]
    print(f"{'view':16s}{'calls':>7s}{'processor':>12s}{'95 %':>9s}{'longest':>9s}{'clock':>12s}{'95 %':>9s}")
    for view, times in [*spent.items(), ("all", every)]:
        own, wall = sorted(one for one, _ in times), sorted(other for _, other in times)
        print(
            f"{view:16s}{len(times):7d}{percentile(own, 0.5):12.1f}{percentile(own, 0.95):9.1f}{own[-1]:9.1f}"
            f"{percentile(wall, 0.5):12.1f}{percentile(wall, 0.95):9.1f}"
        )


if __name__ == "__main__":
    main()
