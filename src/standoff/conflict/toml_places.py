"""Where the parts of a TOML document stand in its text.

The standard library's parser checks and reads a document but forgets places. This walks through a text that
it has found valid, and so only has to tell keys from values, strings from brackets: no value is read twice.
"""

from __future__ import annotations

import re
import tomllib

from standoff.conflict.places import Places
from standoff.conflict.problems import Path

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}\n#]*")
QUOTES = ('"""', "'''", '"', "'")


def toml_places(text: str) -> Places:
    """Find the places of all keys and values of a valid TOML text (line ends as `\\n` or `\\r\\n`)."""
    walker = _Walker(text)
    walker.document()
    return walker.places


class _Walker:
    """Goes once over the text; `at` is the offset of the next character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places = Places(text)
        self.counts: dict[Path, int] = {}
        """How many tables each array of tables has so far."""

    def document(self) -> None:
        table: Path = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._assignment(table)
            self._skip(_BLANK)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        assert match is not None
        self.at = match.end()
        return match.group()

    def _header(self) -> Path:
        start = self.at
        array = self.text.startswith("[[", start)
        self.at += 2 if array else 1
        path = self._resolve(self._key()[:-1], self._last_key)
        self.at += 2 if array else 1
        if array:
            number = self.counts.get(path, 0)
            self.counts[path] = number + 1
            self.places.enter(path, start, start)
            path = (*path, number)
        self.places.enter(path, start, start)
        return path

    def _key(self) -> list[str]:
        """Read a dotted key; the offset of its first part stays in `key_start`."""
        parts: list[str] = []
        while True:
            self._skip(_SPACE)
            if not parts:
                self.key_start = self.at
            if self.text[self.at] in "\"'":
                raw = self._string()
                parts.append(next(iter(tomllib.loads(f"{raw} = 0"))))
            else:
                parts.append(self._skip(_BARE))
            self._skip(_SPACE)
            if self.text[self.at] != ".":
                self._last_key = parts[-1]
                return parts
            self.at += 1

    def _resolve(self, before: list[str], last: str) -> Path:
        """Turn a header's key into a path: a part that is an array of tables means its latest table."""
        path: Path = ()
        for part in before:
            path = (*path, part)
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        return (*path, last)

    def _assignment(self, table: Path) -> None:
        parts = self._key()
        start = self.key_start
        path: Path = (*table, *parts)
        self.at += 1
        self._skip(_SPACE)
        for length in range(1, len(parts)):
            self.places.enter((*table, *parts[:length]), start, start)
        self._value(path, start)

    def _value(self, path: Path, key_start: int | None = None) -> None:
        start = self.at
        opening = self.text[start]
        if opening in "\"'":
            raw = self._string()
            quote = next(q for q in QUOTES if raw.startswith(q))
            plain = len(quote) == 1 and not (quote == '"' and "\\" in raw)
            self.places.enter(
                path, start if key_start is None else key_start, start, inside=1 if plain else None
            )
            return
        self.places.enter(path, start if key_start is None else key_start, start)
        if opening == "[":
            self._array(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            self._skip(_SCALAR)

    def _array(self, path: Path) -> None:
        self.at += 1
        number = 0
        self._skip(_BLANK)
        while self.text[self.at] != "]":
            self._value((*path, number))
            number += 1
            self._skip(_BLANK)
            if self.text[self.at] == ",":
                self.at += 1
                self._skip(_BLANK)
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        self._skip(_BLANK)
        while self.text[self.at] != "}":
            self._assignment(path)
            self._skip(_BLANK)
            if self.text[self.at] == ",":
                self.at += 1
                self._skip(_BLANK)
        self.at += 1

    def _string(self) -> str:
        start = self.at
        self.at = string_end(self.text, start)
        return self.text[start : self.at]


def string_end(text: str, start: int) -> int:
    """Return where the TOML string that begins at `start` ends, its marks included."""
    quote = next(q for q in QUOTES if text.startswith(q, start))
    at = start + len(quote)
    while not text.startswith(quote, at):
        at += 2 if text[at] == "\\" and quote[0] == '"' else 1
    at += len(quote)
    if len(quote) == 3:
        while text[at : at + 1] == quote[0]:
            at += 1
    return at
