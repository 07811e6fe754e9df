"""How a verdict falls over everything that is not known: all completions of the assumed statements.

A statement that is marked `assumed` may be wrong in two ways: the party may not want that at all, or may put
it elsewhere on its list. A completion drops some of them and puts the others at any places; what is
stated or inferred keeps its order. All completions are judged where they are few, else a sample of them, each
equally likely, from a fixed seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from math import comb, prod

from standoff.conflict.answer.alterations import Alteration, Dropped, Moved, altered
from standoff.conflict.answer.board import Board, board_of
from standoff.conflict.answer.case import Case
from standoff.conflict.answer.changes import WORK
from standoff.conflict.answer.settlement import Settlement
from standoff.conflict.model import Conflict
from standoff.conflict.preference import Priorities

EXACT, SAMPLE, SEED = 512, 256, 1
"""Up to how many completions all are judged, how many are drawn else, and the seed of the draw."""

Completion = tuple[Alteration, ...]


@dataclass(frozen=True, slots=True)
class Leaning:
    """A verdict that changes where one assumed or inferred statement is taken away."""

    id: str
    gained: tuple[int, ...]
    lost: tuple[int, ...]
    settled: bool
    """Whether a settlement holds without the statement."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How verdicts fall over completions.

    `total` completions there are; those of `completions` were judged, all of them where `exact`. `settled`
    counts those in which a settlement holds, `today` those in which the state of today does, `outcomes` for
    each state that was asked about those in which it does.
    """

    total: int
    exact: bool
    completions: tuple[Completion, ...]
    settled: int
    today: int
    outcomes: tuple[tuple[int, int], ...]


def assumed(case: Case) -> tuple[str, ...]:
    """The ids of the assumed statements, in the order of the file."""
    return tuple(
        part.id for part in case.parts.values() if part.what == "statement" and part.standing == "assumed"
    )


def leanings(case: Case, settlement: Settlement, board: Board, concept: str) -> tuple[Leaning, ...]:
    """Which assumed or inferred statements, taken away alone, change what holds."""
    now = set(board.outcomes(concept))
    found = []
    for part in case.parts.values():
        if part.what == "statement" and part.standing in ("assumed", "inferred"):
            other = board_of(altered(case.conflict, [Dropped(part.id)]), settlement, (concept,))
            then = set(other.outcomes(concept))
            if then != now:
                found.append(
                    Leaning(
                        part.id,
                        tuple(sorted(then - now)),
                        tuple(sorted(now - then)),
                        bool(other.settlements(concept)),
                    )
                )
    return tuple(found)


def spread(
    case: Case, settlement: Settlement, concept: str, states: Sequence[int], work: int = WORK
) -> Spread | None:
    """Judge the completions; None where nothing is assumed."""
    open_ids = set(assumed(case))
    if not open_ids:
        return None
    conflict = case.conflict
    most = max(16, min(EXACT, work >> conflict.option_count))
    total = prod(_count(conflict, i, open_ids) for i in range(len(conflict.decision_makers)))
    exact = total <= most
    completions = tuple(_all(conflict, open_ids) if exact else _drawn(conflict, open_ids, min(SAMPLE, most)))
    settled = today = 0
    counts = dict.fromkeys(states, 0)
    for completion in completions:
        board = board_of(altered(conflict, completion), settlement, (concept,))
        settled += bool(board.settlements(concept))
        today += conflict.status_quo is not None and board.holds(conflict.status_quo, concept)
        for state in counts:
            counts[state] += board.holds(state, concept)
    return Spread(total, exact, completions, settled, today, tuple(counts.items()))


# Completions --------------------------------------------------------------------------------------


def _ids(conflict: Conflict, party: int) -> list[str]:
    """A party's statements by level; a level of several that count alike goes by its first."""
    preference = conflict.preferences[party]
    return [level[0].id for level in preference.levels] if isinstance(preference, Priorities) else []


def _count(conflict: Conflict, party: int, open_ids: set[str]) -> int:
    ids = _ids(conflict, party)
    free = sum(id in open_ids for id in ids)
    fixed = len(ids) - free
    return sum(comb(free, k) * prod(range(fixed + 1, fixed + k + 1)) for k in range(free + 1))


def _all(conflict: Conflict, open_ids: set[str]) -> Iterator[Completion]:
    parties = range(len(conflict.decision_makers))
    for lists in product(*(_lists(_ids(conflict, i), open_ids) for i in parties)):
        yield tuple(a for i in parties for a in _towards(_ids(conflict, i), lists[i]))


def _lists(ids: list[str], open_ids: set[str]) -> list[tuple[str, ...]]:
    """Every list in which the fixed statements keep their order and some of the free ones stand anywhere."""
    fixed = [id for id in ids if id not in open_ids]
    free = [id for id in ids if id in open_ids]
    found: dict[tuple[str, ...], None] = {tuple(fixed): None}
    for kept in range(1, len(free) + 1):
        for chosen in permutations(free, kept):
            grown: list[tuple[str, ...]] = [tuple(fixed)]
            for id in chosen:
                grown = [(*one[:at], id, *one[at:]) for one in grown for at in range(len(one) + 1)]
            found.update(dict.fromkeys(grown))
    return list(found)


def _drawn(conflict: Conflict, open_ids: set[str], number: int) -> Iterator[Completion]:
    draw = random.Random(SEED)
    for _ in range(number):
        completion: list[Alteration] = []
        for i in range(len(conflict.decision_makers)):
            ids = _ids(conflict, i)
            completion += _towards(ids, _draw(draw, ids, open_ids))
        yield tuple(completion)


def _draw(draw: random.Random, ids: list[str], open_ids: set[str]) -> tuple[str, ...]:
    """Draw one list, all equally likely."""
    fixed = [id for id in ids if id not in open_ids]
    free = [id for id in ids if id in open_ids]
    shares = [
        comb(len(free), k) * prod(range(len(fixed) + 1, len(fixed) + k + 1)) for k in range(len(free) + 1)
    ]
    kept = draw.choices(range(len(free) + 1), shares)[0]
    found = list(fixed)
    for id in draw.sample(free, kept):
        found.insert(draw.randint(0, len(found)), id)
    return tuple(found)


def _towards(ids: list[str], wanted: Sequence[str]) -> list[Alteration]:
    """The changes that turn one list of statements into another that holds some of them."""
    found: list[Alteration] = [Dropped(id) for id in ids if id not in wanted]
    here = [id for id in ids if id in wanted]
    for place, id in enumerate(wanted):
        at = here.index(id)
        if at != place:
            here.insert(place, here.pop(at))
            found.append(Moved(id, place))
    return found
