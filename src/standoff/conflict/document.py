"""A parsed document with paths: typed access whose mistakes know where they stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from standoff.conflict.problems import ModelProblem, Path

_NUMBER = re.compile(r"[+-]?(\d+/\d+|(\d+\.?\d*|\.\d+)([eE][+-]?(?P<exponent>\d{1,4}))?)")
_NUMBER_LENGTH, _NUMBER_BITS, _EXPONENT = 80, 256, 60
"""Longer numbers, and greater powers of ten, are no weights but mistakes or mischief."""

ANNOTATIONS = ("id", "note", "evidence", "standing", "confidence")
"""Keys that say something about a part of a conflict without changing it; allowed wherever a part is a
table."""

_KINDS = {dict: "a table", list: "a list", str: "a text", bool: "true or false", int: "a whole number"}


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a document and the path to it."""

    value: Any
    path: Path = ()

    def problem(self, sentence: str, offset: int = 0) -> ModelProblem:
        """Make a problem that stands here."""
        return ModelProblem(sentence, self.path, offset=offset)

    def _expect(self, *kinds: type) -> Any:
        fits = isinstance(self.value, kinds) and (bool in kinds or not isinstance(self.value, bool))
        if not fits:
            wanted = " or ".join(_KINDS[kind] for kind in kinds)
            name = f"{self.path[-1]!r} " if self.path and isinstance(self.path[-1], str) else ""
            raise self.problem(f"{name}must be {wanted}, not {_spoken(self.value)}")
        return self.value

    def text(self) -> str:
        """The value as a text that is not empty."""
        found = self._expect(str)
        if not found.strip():
            raise self.problem("a text is empty here")
        assert isinstance(found, str)
        return found

    def flag(self) -> bool:
        """The value as true or false."""
        return bool(self._expect(bool))

    def label(self) -> str:
        """The value as a name that may be written as a whole number."""
        return str(self._expect(str, int))

    def number(self) -> Fraction:
        """The value as an exact number (whole, decimal, or a text such as "1/3")."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float | Decimal | str):
            raise self.problem(f"a number is expected here, not {_spoken(self.value)}")
        if isinstance(self.value, int) and self.value.bit_length() > _NUMBER_BITS:
            raise self.problem("the number is too long")
        text = str(self.value).strip()
        parts = _NUMBER.fullmatch(text)
        if parts is None or len(text) > _NUMBER_LENGTH or int(parts["exponent"] or 0) > _EXPONENT:
            raise self.problem(f"{text[:40]} is no number that a weight can be")
        try:
            return Fraction(text)
        except ZeroDivisionError:
            raise self.problem("a number is divided by nothing here") from None

    def whole(self) -> int:
        """The value as a whole number."""
        return int(self._expect(int))

    def __contains__(self, key: str) -> bool:
        """Say whether a table has a key."""
        return key in self._expect(dict)

    def __getitem__(self, key: str) -> Node:
        """The value of a key that must be there."""
        table = self._expect(dict)
        if key not in table:
            raise self.problem(f"the key {key!r} is missing here")
        return Node(table[key], (*self.path, key))

    def maybe(self, key: str) -> Node | None:
        """The value of a key, or None."""
        if key not in self._expect(dict):
            return None
        return self[key]

    def parts(self) -> list[Node]:
        """The parts of a list."""
        return [Node(part, (*self.path, n)) for n, part in enumerate(self._expect(list))]

    def each(self, key: str) -> list[Node]:
        """The parts of the list under a key; none where the key is missing."""
        found = self.maybe(key)
        return [] if found is None else found.parts()

    def items(self) -> Iterator[tuple[str, Node]]:
        """The keys and values of a table."""
        for key, value in self._expect(dict).items():
            yield key, Node(value, (*self.path, key))

    def only(self, known: Collection[str]) -> None:
        """Refuse keys that mean nothing here."""
        for key, node in self.items():
            if key not in known and key not in ANNOTATIONS:
                close = get_close_matches(key, known, n=1)
                hint = f"did you mean {close[0]!r}?" if close else f"known are {', '.join(sorted(known))}"
                raise node.problem(f"the key {key!r} means nothing here: {hint}")


def _spoken(value: object) -> str:
    for kind, name in ((bool, "true or false"), *_KINDS.items()):
        if isinstance(value, kind):
            return name
    return "nothing" if value is None else "a number" if isinstance(value, float | Decimal) else "a date"
