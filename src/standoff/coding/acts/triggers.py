"""The rule detector: a readable table of words and the constructions in which they carry an act.

`triggers.csv` has a row for each word and type. `words` is a lemma, or a lemma with words that must follow it within its
phrase ("call on", "take hostage"); `needs` are constructions (see `constructions.py`); `to` the prepositions that mark
the target; `precision` the share of its findings that are acts of its type (smoothed; counted on coded reports with
`benchmarks/acts.py --table`), which becomes the confidence of the act.
"""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, cast

from standoff.coding.acts.candidates import FRAMES, Candidate, Frame
from standoff.coding.acts.constructions import holds, known
from standoff.coding.acts.grammar import VERBAL, ancestors
from standoff.coding.acts.sentences import sentence_of
from standoff.errors import InputError
from standoff.records import ACT_TYPES, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from standoff.coding.acts.parties import Parties
    from standoff.coding.component import Draft

REACH = 7
"""How many tokens after its first word the further words of a trigger may stand."""
UNKNOWN_PRECISION = 0.5


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the trigger table."""

    words: tuple[str, ...]
    pos: str
    type: str
    frame: Frame
    needs: str
    to: tuple[str, ...]
    precision: float

    @property
    def name(self) -> str:
        """The row as an explanation names it."""
        return f"{' '.join(self.words)}/{self.pos}→{self.type}"


@functools.cache
def rows() -> dict[tuple[str, str], tuple[Row, ...]]:
    """Return the table: (first lemma, part of speech) → its rows, longest first, then in the order of the file."""
    text = resources.files("standoff.coding.acts").joinpath("triggers.csv").read_text("utf-8")
    table: dict[tuple[str, str], list[Row]] = {}
    for number, line in enumerate(csv.DictReader(text.splitlines()), start=2):
        row = Row(
            tuple(line["words"].split()), line["pos"], line["type"], cast(Frame, line["frame"]), line["needs"],
            tuple(line["to"].split()), float(line["precision"] or UNKNOWN_PRECISION),
        )  # fmt: skip
        if row.type not in ACT_TYPES or row.frame not in FRAMES or not row.words or not known(row.needs):
            raise InputError(
                f"triggers.csv, line {number}: type, frame or a need is not one that is known; correct the line."
            )
        table.setdefault((row.words[0], row.pos), []).append(row)
    return {key: tuple(sorted(found, key=lambda row: -len(row.words))) for key, found in table.items()}


def frame_of(token: Token, kind: str) -> Row | None:
    """Return the row that a trigger's head has for a type, whatever its needs; for detectors that are not this one."""
    for row in rows().get((token.lemma_.lower(), token.pos_), ()):
        if row.type == kind and (len(row.words) == 1 or _extent(token, row) is not None):
            return row
    return None


class TableDetector:
    """Proposes a candidate for each word of the table that stands in one of its constructions."""

    def __init__(self, *, least: float = 0.0) -> None:
        """`least` is the least precision that a row must have to be used."""
        self.least = least

    def __call__(self, draft: Draft, parties: Parties) -> list[Candidate]:
        """Return the candidates of a report in text order; words in noise are passed over."""
        found: list[Candidate] = []
        taken = -1
        for sentence in draft.analysis.sentences():
            for token in sentence:
                if token.i <= taken or (token.lemma_.lower(), token.pos_) not in rows():
                    continue
                for row in rows()[token.lemma_.lower(), token.pos_]:
                    last = _extent(token, row)
                    if last is None or row.precision < self.least or not holds(row.needs, token, parties):
                        continue
                    found.append(_candidate(token, last, row))
                    taken = last
                    break
        return found


def _candidate(token: Token, last: int, row: Row) -> Candidate:
    end = token.doc[last]
    return Candidate(
        Span(token.idx, end.idx + len(end)), token.i, row.type, row.frame, row.precision, row.name, row.to,
        "target" in row.needs.split(),
        True,
    )  # fmt: skip


def _extent(token: Token, row: Row) -> int | None:
    """Return the index of the trigger's last token, or None where the further words of the row do not follow."""
    last = token.i
    contiguous = True
    for word in row.words[1:]:
        following = _next(token, last, word)
        if following is None:
            return None
        contiguous = contiguous and following == last + 1
        last = following
    return last if contiguous else token.i


def _next(token: Token, after: int, word: str) -> int | None:
    """Return the index of the next token with this lemma that hangs on the trigger, or None."""
    end = min(token.i + REACH, sentence_of(token).end)
    for k in range(after + 1, end):
        other = token.doc[k]
        if other.lower_ == word or other.lemma_.lower() == word:
            reach = 1 if other.pos_ in ("ADP", "PART") else 3
            return k if any(above.i == token.i for above in ancestors(other, reach)) else None
        if other.pos_ in VERBAL and other.dep_ not in ("aux", "auxpass"):
            return None
    return None
