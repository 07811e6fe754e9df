"""Taking an act out of a cell of positions, or putting it back, gives the strands that placing all acts anew gives."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from dossier_texts import told
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.dossier.dossier import Dossier
from standoff.dossier.hand.hand import Hand
from standoff.errors import UsageError
from standoff.records import Coding

WORDS = ("tanker", "ransom", "harbour", "convoy", "pilots", "embargo", "crews")
contents = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
tellings = st.tuples(
    contents, st.sampled_from(("VEL", "NOR")), st.sampled_from(("tanker", "ransom")), st.booleans()
)


def coding(number: int, acts: list[tuple[str, str, str, bool]]) -> Coding:
    """A report in which Arden demands each thing of somebody; the last field gives an act a day of its own."""
    lines = [f"Arden wants {content} of line {number} {at}." for at, (content, *_) in enumerate(acts)]
    made = [
        (
            "REQUEST",
            f"ARD>{target}",
            line[:-1],
            {
                "trigger": "wants",
                "content": line[len("Arden wants ") : -1].partition(" of line")[0],
                "issue": issue,
                "date": f"2031-03-{1 + (number + at) % 28:02d}" if dated else None,
            },
        )
        for at, ((_, target, issue, dated), line) in enumerate(zip(acts, lines, strict=True))
    ]
    return told(f"r{number}", "\n".join(lines), *made, published="2031-03-20")


def strands(dossier: Dossier) -> list[tuple[Any, ...]]:
    """Every strand in its order: its cell, its words, its acts, and the first act of its entry."""
    with dossier.use() as connection:
        found = connection.execute(
            """SELECT key, entry, actor, issue, kind, target, first_words, last_words FROM strand
               ORDER BY actor, issue, kind, key"""
        ).fetchall()
        acts = {
            key: connection.execute(
                "SELECT act, day, event, voice, red, conditional, size FROM strand_act WHERE strand = ? ORDER BY act",
                (key,),
            ).fetchall()
            for key, *_ in found
        }
        kept = {
            key: connection.execute(
                "SELECT stem FROM strand_word WHERE strand = ? ORDER BY stem", (key,)
            ).fetchall()
            for key, *_ in found
        }
        assert connection.execute("SELECT count(*) FROM strand_act").fetchone()[0] == sum(
            map(len, acts.values())
        )
        assert connection.execute("SELECT count(*) FROM strand_word").fetchone()[0] == sum(
            map(len, kept.values())
        )
    return [(acts[entry][0][0], *rest, acts[key], kept[key]) for key, entry, *rest in found]


def as_anew(dossier: Dossier) -> None:
    before = strands(dossier)
    dossier.rebuild()
    assert strands(dossier) == before


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(tellings, min_size=3, max_size=12), min_size=2, max_size=4), st.data())
def test_strands_are_those_of_placing_all_anew(made: list[Any], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder, Dossier.create(Path(folder) / "d.standoff") as dossier:
        for number, acts in enumerate(made):
            dossier.add(coding(number, acts))
        as_anew(dossier)
        hand = Hand(dossier, "Anna")
        for _ in range(5):
            keys = [stored.key for stored in dossier.acts()]
            way = data.draw(
                st.sampled_from(("reject", "reject", "undo", "content", "target", "issue", "merge"))
            )
            if not keys:
                break
            act = data.draw(st.sampled_from(keys))
            try:
                if way == "reject":
                    hand.reject("act", act)
                elif way == "undo":
                    hand.undo()
                elif way == "content":
                    hand.correct("act", act, {"content": None})
                elif way == "target":
                    hand.correct("act", act, {"target": ["NOR", "VEL"]})
                elif way == "issue":
                    hand.correct("act", act, {"issue": "tanker"})
                else:
                    hand.merge_issues("tanker", ["ransom"])
            except UsageError:
                continue  # what cannot be decided is refused, and changes nothing
            as_anew(dossier)


def test_taking_back_a_rejection_in_a_long_cell_costs_no_more_than_it_changes(tmp_path: Path) -> None:
    """Only what differs is written: the strands that the act has nothing to do with keep their numbers."""
    acts = [(f"{word} {other}", "VEL", "tanker", False) for word in WORDS for other in WORDS if word != other]
    with Dossier.create(tmp_path / "d.standoff") as dossier:
        dossier.add(coding(0, acts))
        before = numbers(dossier)
        hand = Hand(dossier, "Anna")
        hand.reject("act", len(acts))
        left = numbers(dossier)
        assert {act: key for act, key in before.items() if act < len(acts)} == left
        hand.undo()
        assert {act: key for act, key in numbers(dossier).items() if act < len(acts)} == left
        as_anew(dossier)


def numbers(dossier: Dossier) -> dict[int, int]:
    """The number of the strand of each act."""
    with dossier.use() as connection:
        return dict(connection.execute("SELECT act, strand FROM strand_act").fetchall())
