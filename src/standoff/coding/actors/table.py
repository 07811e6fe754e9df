"""The actor table: which names stand for which actor, and when.

`actors.csv` is the readable truth; a user's own file adds rows to it or corrects them (docs/actors.md).
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from standoff.coding.actors.lexicon import words
from standoff.coding.actors.matching import WORD, Trie, fold
from standoff.errors import InputError

KINDS = words("kinds")
COLUMNS = ("name", "kind", "code", "role", "from", "to", "source")

_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_ORGANISATION_NOUNS = words("organisation_nouns")
_FAMILY_NAME_FIRST = frozenset({"CHN", "PRK", "KOR", "TWN"})


class Resolution(NamedTuple):
    """Which actors a phrase stands for.

    `codes` are in text order and empty where nobody can be told. `guess` is True where they rest on context that could
    mean another. `how` names the rule in a few words.
    """

    codes: tuple[str, ...]
    guess: bool = False
    how: str = "nothing found"


NOBODY = Resolution(())


class Row(NamedTuple):
    """A line of the table. `since` and `until` are ISO dates, both inclusive; empty where it holds for all times."""

    name: str
    kind: str
    codes: tuple[str, ...]
    role: str = ""
    since: str = ""
    until: str = ""
    source: str = ""

    def holds(self, on: str | None) -> bool:
        """Tell whether the row holds on a date (ISO, also `YYYY-MM` or `YYYY`); rows hold where no date is known."""
        if on is None:
            return True
        return (not self.since or self.since[: len(on)] <= on) and (
            not self.until or on <= self.until[: len(on)]
        )

    def distance(self, on: str | None) -> int:
        """Return how many years lie between the row's time and a date, 0 where it holds."""
        if on is None or self.holds(on):
            return 0
        year = int(on[:4])
        return max(int(self.since[:4] or 0) - year, year - int(self.until[:4] or 9999), 0) + 1


@functools.cache
def own_rows() -> tuple[Row, ...]:
    """Return the rows of our own table, for those who look up codes: to find names in texts takes an `ActorTable`."""
    with resources.files("standoff.coding.actors").joinpath("actors.csv").open(encoding="utf-8") as lines:
        return tuple(_read(lines, "actors.csv"))


def _read(lines: Iterable[str], where: str) -> Iterator[Row]:
    """Read rows from the lines of a CSV file. Raises InputError that names the line and the remedy."""
    reader = csv.reader(lines)
    header = next(reader, [])
    if tuple(header) != COLUMNS:
        raise InputError(f"{where}: the first line must be {','.join(COLUMNS)}.")
    try:
        for number, cells in enumerate(reader, 2):
            if cells and not cells[0].startswith("#"):
                yield _row(cells, f"{where}:{number}")
    except csv.Error as cause:
        raise InputError(f"{where}: this is no CSV file ({cause}); save it as CSV in UTF-8.") from cause


def _row(cells: list[str], place: str) -> Row:
    if len(cells) != len(COLUMNS):
        raise InputError(
            f"{place}: {len(cells)} cells instead of {len(COLUMNS)}; quote names that hold a comma."
        )
    name, kind, code, role, since, until, source = cells
    if kind not in KINDS or not WORD.search(name):
        raise InputError(f"{place}: a row needs a name with letters and a kind: {', '.join(sorted(KINDS))}.")
    for date in (since, until):
        if date and not _DATE.fullmatch(date):
            raise InputError(f"{place}: {date!r} is no date; write it as 2022-02-24, 2022-02 or 2022.")
    return Row(name, kind, tuple(code.split()), role, since, until, source)


def family_name(row: Row) -> str:
    """Return the part of a person's name that stands alone in later mentions.

    The last word with its particles, or the first word in Chinese and Korean names.
    """
    words = row.name.split()
    if len(words) < 2:
        return row.name
    if row.codes and row.codes[0][:3] in _FAMILY_NAME_FIRST:
        return words[0]
    return words[-1]


class ActorTable:
    """All rows, ready to be found in texts."""

    def __init__(self, rows: Iterable[Row], extra: Iterable[Row] = ()) -> None:
        own = list(extra)
        replaced = {fold(row.name) for row in own}
        self.rows: tuple[Row, ...] = (*(row for row in rows if fold(row.name) not in replaced), *own)
        self.states = frozenset(code for row in self.rows if row.kind == "state" for code in row.codes)
        self.nouns = self._nouns_of_organisations()
        self.trie = Trie()
        self.family: dict[str, list[int]] = {}
        for number, row in enumerate(self.rows):
            self.trie.add(row.name, number)
            if row.kind == "person":
                self._add_family_name(row, number)

    def _nouns_of_organisations(self) -> dict[str, frozenset[str]]:
        """Return what an organisation is called for short: the last nouns of its names ("agency", "council")."""
        found: dict[str, set[str]] = {}
        for row in self.rows:
            if (
                row.kind in ("organisation", "group", "agency", "party")
                and " " in row.name
                and len(row.codes) == 1
            ):
                found.setdefault(row.codes[0], set()).update(
                    part for part in row.name.lower().split() if part in _ORGANISATION_NOUNS
                )
        return {code: frozenset(nouns) for code, nouns in found.items()}

    def _add_family_name(self, row: Row, number: int) -> None:
        name = family_name(row)
        if name != row.name:
            self.family.setdefault(fold(WORD.findall(name)[-1]), []).append(number)
            if name == row.name.split()[0] and "-" in row.name.split()[-1]:
                self.trie.add(row.name.split()[-1], number)

    @staticmethod
    @functools.cache
    def load(extra: Path | None = None) -> ActorTable:
        """Load the table, with a user's file of additions and corrections on top.

        A name in `extra` replaces all rows of that name. Raises InputError for a file that cannot be used.
        """
        rows = own_rows()
        if extra is None:
            return ActorTable(rows)
        try:
            with extra.open(encoding="utf-8-sig", newline="") as lines:
                return ActorTable(rows, _read(lines, str(extra)))
        except (OSError, UnicodeDecodeError) as cause:
            raise InputError(
                f"{extra}: the actor file cannot be read; it must be a CSV file in UTF-8."
            ) from cause

    def choose(self, numbers: Iterable[int], on: str | None) -> tuple[Row, bool] | None:
        """Return the row that holds on a date and whether that is a guess, or None for no rows at all.

        Where none holds, the one nearest in time is taken as a guess. A person in office goes before one out of it.
        """
        rows = [self.rows[number] for number in numbers]
        if not rows:
            return None
        holding = [row for row in rows if row.holds(on)]
        if holding:
            best = holding[-1] if on is None else max(holding, key=lambda row: bool(row.since or row.until))
            return best, len({row.codes for row in holding}) > 1
        return min(rows, key=lambda row: row.distance(on)), True

    def lookup(self, phrase: str, on: str | None = None) -> Resolution:
        """Resolve a bare phrase without a report around it, on a date or at no known time."""
        from standoff.coding.actors.bare import resolve_bare

        return resolve_bare(self, phrase, on)
