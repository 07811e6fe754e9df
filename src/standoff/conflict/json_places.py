"""Where the parts of a JSON document stand in its text, and which names are written twice in one object.

The standard library reads the document; this walks once more through the text that it has found valid, for
the places.
"""

from __future__ import annotations

import json
import re

from standoff.conflict.places import Places
from standoff.conflict.problems import ModelProblem, Path

_BLANK = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_SCALAR = re.compile(r"[^,\]}\s]+")


def json_places(text: str) -> Places:
    """Find the places of all parts of a valid JSON text; raise ModelProblem for a name that occurs twice."""
    walker = _Walker(text)
    walker.value((), None)
    return walker.places


class _Walker:
    """Goes once over the text; `at` is the offset of the next character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places = Places(text)

    def value(self, path: Path, key: int | None) -> None:
        self._skip(_BLANK)
        start = self.at
        opening = self.text[start]
        plain = False
        if opening == '"':
            plain = "\\" not in self._skip(_STRING)
        self.places.enter(path, start if key is None else key, start, inside=1 if plain else None)
        if opening == "{":
            self._object(path)
        elif opening == "[":
            self._array(path)
        elif opening != '"':
            self._skip(_SCALAR)
        self._skip(_BLANK)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        assert match is not None
        self.at = match.end()
        return match.group()

    def _object(self, path: Path) -> None:
        names: set[str] = set()
        self.at += 1
        self._skip(_BLANK)
        while self.text[self.at] != "}":
            start = self.at
            name = json.loads(self._skip(_STRING))
            if name in names:
                place = self.places.at(start)
                raise ModelProblem(
                    f"line {place.line}, column {place.column}: the name {name!r} is given twice"
                )
            names.add(name)
            self._skip(_BLANK)
            self.at += 1
            self.value((*path, name), start)
            self._separator()
        self.at += 1

    def _array(self, path: Path) -> None:
        number = 0
        self.at += 1
        self._skip(_BLANK)
        while self.text[self.at] != "]":
            self.value((*path, number), None)
            number += 1
            self._separator()
        self.at += 1

    def _separator(self) -> None:
        if self.text[self.at] == ",":
            self.at += 1
            self._skip(_BLANK)
