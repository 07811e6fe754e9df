"""A small made-up conflict over a strait, as a file, and random ones, for the tests of the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from standoff.conflict.answer.case import Case, Part, Standing, load_case
from standoff.conflict.formula import Formula, If, Iff, Not, Or, Taken
from standoff.conflict.model import Conflict, Moves, Option
from standoff.conflict.preference import Priorities, Priority

STRAIT = """
name = "The strait"
status_quo = ["nrl-close-strait"]

[[decision_maker]]
id = "nrl"
name = "Norland"
note = "NRL"
priorities = [
  #> “The toll must go” — Harbour Post, 3 May 2031 [harbour:10-40]
  { id = "nrl.demand.sdm-lift-toll", statement = "sdm-lift-toll", standing = "stated", evidence = ["harbour:10-40"] },
  { id = "nrl.refusal.nrl-hand-over-island", statement = "not nrl-hand-over-island", standing = "stated" },
  { id = "nrl.fear.sdm-send-fleet", statement = "not sdm-send-fleet", standing = "inferred" },
  { id = "nrl.wish.nrl-close-strait", statement = "nrl-close-strait if not sdm-lift-toll", standing = "assumed" },
  { id = "nrl.cost.nrl-close-strait", statement = "not nrl-close-strait", standing = "assumed" },
]

[[decision_maker]]
id = "sdm"
name = "the Southern Domain"
note = "SDM ALL"
priorities = [
  { id = "sdm.demand.nrl-close-strait", statement = "not nrl-close-strait", standing = "stated", evidence = ["shore:0-20"] },
  { id = "sdm.refusal.sdm-lift-toll", statement = "not sdm-lift-toll", standing = "stated" },
  { id = "sdm.threat.sdm-send-fleet", statement = "sdm-send-fleet if nrl-close-strait", standing = "stated" },
  { id = "sdm.cost.sdm-send-fleet", statement = "not sdm-send-fleet", standing = "assumed" },
]

[[option]]
id = "nrl-close-strait"
name = "close the strait"
owner = "Norland"
standing = "stated"
evidence = ["harbour:50-80"]

[[option]]
id = "nrl-hand-over-island"
name = "hand over the island"
owner = "Norland"
moves = "on"

[[option]]
id = "sdm-lift-toll"
name = "lift the toll"
owner = "the Southern Domain"

[[option]]
id = "sdm-send-fleet"
name = "send its fleet"
owner = "the Southern Domain"

[[option]]
id = "all-send-envoys"
name = "send envoys"
owner = "the Southern Domain"

[draft]
program = "test"
"""


def written(folder: Path, text: str = STRAIT, name: str = "strait.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def case_from(folder: Path, text: str = STRAIT) -> Case:
    return load_case(written(folder, text))


Pick = Callable[[int, int], int]


def random_case(pick: Pick) -> Case:
    """Two or three parties, up to five options, statements of every form, some of them assumed or inferred."""
    parties, count = pick(1, 3), pick(2, 5)
    moves: tuple[Moves, ...] = ("both", "both", "on", "off")
    options = tuple(
        Option(f"do thing {k}", (pick(0, parties - 1),), moves[pick(0, 3)], f"o{k}") for k in range(count)
    )

    def literal() -> Formula:
        taken = Taken(pick(0, count - 1))
        return taken if pick(0, 1) else Not(taken)

    def formula() -> Formula:
        forms: tuple[Callable[[], Formula], ...] = (
            literal,
            literal,
            literal,
            lambda: If(literal(), literal()),
            lambda: Iff(literal(), literal()),
            lambda: Or((literal(), literal())),
        )
        return forms[pick(0, len(forms) - 1)]()

    standings: tuple[Standing, ...] = ("stated", "inferred", "assumed", "stated")
    parts: list[Part] = [Part(f"p{i}", "party", i) for i in range(parties)]
    parts += [Part(f"o{k}", "option", option.owners[0]) for k, option in enumerate(options)]
    preferences = []
    for i in range(parties):
        stated = [Priority(formula(), "", f"p{i}.s{n}") for n in range(pick(1, 4))]
        preferences.append(Priorities(tuple((priority,) for priority in stated)))
        parts += [Part(p.id, "statement", i, standings[pick(0, 3)]) for p in stated]
    conflict = Conflict("random", tuple(f"Party {i}" for i in range(parties)), options, tuple(preferences))
    quo = pick(-1, (1 << count) - 1)
    conflict = replace(conflict, status_quo=None if quo < 0 else quo)
    return Case(conflict, {part.id: part for part in parts})


@st.composite
def cases(draw: st.DrawFn) -> Case:
    return random_case(lambda low, high: draw(st.integers(low, high)))
