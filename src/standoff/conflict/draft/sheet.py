"""A conflict file as a sheet of blocks and entries, so that what the program wrote can be told from what a person wrote.

The text of a sheet is the text of its parts one after the other: nothing is lost in reading, and what is not touched stays as
it is, to the blank. An entry is one key with its value, or one statement of a list of priorities, with the comments above it.
Comments that begin with `#>` are the program's (quotations, questions); all others are a person's.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from standoff.conflict.toml_places import string_end

PROGRAM = "#>"
"""How a comment of the program begins."""
_HEADER = re.compile(r"\s*\[\[?[^\]]*\]\]?\s*(#.*)?$")


@dataclass(slots=True)
class Entry:
    """One key, one statement, or the program's comments above one.

    `before` are a person's comments and blank lines above it, `text` is what stands there up to the line's end. `label` names
    it across drafts. `end` is where the value ends in `text` (for the comma of a list).
    """

    label: str
    text: str
    before: str = ""
    end: int = 0
    listed: bool = False

    @property
    def value(self) -> str:
        """What counts as the entry's content: without indentation, comma and comment behind it."""
        return self.text[: self.end].strip() if self.end else self.text.strip()


@dataclass(slots=True)
class Block:
    """A table of the file. `head` is its header line with what stands above it; `kind` is the table's name.

    `opening` and `closing` are the entries' positions around a list of priorities.
    """

    kind: str
    head: str
    entries: list[Entry] = field(default_factory=list)
    id: str = ""

    def find(self, label: str) -> Entry | None:
        """Return the entry with a label."""
        return next((entry for entry in self.entries if entry.label == label), None)


@dataclass(slots=True)
class Sheet:
    """The whole file; `tail` is what stands after the last entry."""

    blocks: list[Block]
    tail: str = ""

    def text(self) -> str:
        """Return the file's text."""
        parts: list[str] = []
        for block in self.blocks:
            parts.append(block.head)
            listed = [entry for entry in block.entries if entry.listed and not entry.label.endswith("#")]
            for entry in block.entries:
                parts.append(entry.before)
                last = bool(listed) and entry is listed[-1]
                parts.append(_with_comma(entry) if entry in listed and not last else entry.text)
        return "".join(parts) + self.tail

    def block(self, id: str) -> Block | None:
        """Return the table with an id."""
        return next((block for block in self.blocks if block.id == id), None)

    def of(self, kind: str) -> list[Block]:
        """Return the tables of a kind."""
        return [block for block in self.blocks if block.kind == kind]


def _with_comma(entry: Entry) -> str:
    behind = entry.text[entry.end :]
    if behind.lstrip().startswith(","):
        return entry.text
    return f"{entry.text[: entry.end]},{behind}"


def read_sheet(text: str) -> Sheet:
    """Take a valid conflict file apart. `Sheet.text()` gives it back unchanged."""
    reader = _Reader(text)
    sheet = reader.sheet()
    for block in sheet.blocks:
        _name(block)
    return sheet


class _Reader:
    """Goes once over a text that is known to be valid TOML."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def sheet(self) -> Sheet:
        blocks = [Block("", "")]
        before = ""
        while self.at < len(self.text):
            line = self._peek()
            stripped = line.strip()
            if not stripped or (stripped.startswith("#") and not stripped.startswith(PROGRAM)):
                before += self._line()
            elif stripped.startswith(PROGRAM):
                blocks[-1].entries.append(Entry("#", self._program(), before))
                before = ""
            elif stripped.startswith("["):
                blocks.append(
                    Block(stripped.split("#")[0].strip().strip("[]").strip(), before + self._line())
                )
                before = ""
            else:
                before = self._key(blocks[-1], before)
        return Sheet(blocks, before)

    def _peek(self) -> str:
        end = self.text.find("\n", self.at)
        return self.text[self.at :] if end < 0 else self.text[self.at : end + 1]

    def _line(self) -> str:
        line = self._peek()
        self.at += len(line)
        return line

    def _program(self) -> str:
        found = self._line()
        while self.at < len(self.text) and self._peek().strip().startswith(PROGRAM):
            found += self._line()
        return found

    def _key(self, block: Block, before: str) -> str:
        start = self.at
        self._to_value()
        name = self.text[start : self.at].split("=")[0].strip().strip("\"'")
        if name == "priorities" and self.text[self.at] == "[":
            return self._list(block, before, start)
        self._value()
        end = self.at
        self._line()
        block.entries.append(Entry(name, self.text[start : self.at], before, end - start))
        return ""

    def _to_value(self) -> None:
        """Go past a key and its sign of equality."""
        while self.text[self.at] != "=":
            if self.text[self.at] in "\"'":
                self.at = string_end(self.text, self.at)
            else:
                self.at += 1
        self.at += 1
        while self.text[self.at] in " \t":
            self.at += 1

    def _list(self, block: Block, before: str, start: int) -> str:
        """A list of priorities: an entry for its opening, one for each statement, one for its closing."""
        self.at += 1
        if self._rest_is_blank():
            self._line()
        block.entries.append(Entry("priorities", self.text[start : self.at], before, self.at - start))
        before = ""
        while True:
            line = self._peek()
            stripped = line.strip()
            if not stripped or (stripped.startswith("#") and not stripped.startswith(PROGRAM)):
                before += self._line()
            elif stripped.startswith(PROGRAM):
                block.entries.append(Entry("#", self._program(), before, listed=True))
                before = ""
            elif stripped.startswith("]"):
                begin = self.at
                self.at += line.index("]") + 1
                end = self.at
                self._line()
                block.entries.append(Entry("]", self.text[begin : self.at], before, end - begin))
                return ""
            else:
                before = self._element(block, before)

    def _element(self, block: Block, before: str) -> str:
        start = self.at
        while self.text[self.at] in " \t":
            self.at += 1
        self._value()
        end = self.at
        while self.text[self.at] in " \t":
            self.at += 1
        if self.text[self.at] == ",":
            self.at += 1
        if self._rest_is_blank():
            self._line()
        block.entries.append(Entry("=", self.text[start : self.at], before, end - start, listed=True))
        return ""

    def _rest_is_blank(self) -> bool:
        rest = self._peek().strip()
        return not rest or rest.startswith("#")

    def _value(self) -> None:
        """Go past one value."""
        opening = self.text[self.at]
        if opening in "\"'":
            self.at = string_end(self.text, self.at)
        elif opening in "[{":
            self._nested()
        else:
            while self.at < len(self.text) and self.text[self.at] not in ",]}#\n":
                self.at += 1
            while self.text[self.at - 1] in " \t\r":
                self.at -= 1

    def _nested(self) -> None:
        depth = 0
        while True:
            sign = self.text[self.at]
            if sign in "\"'":
                self.at = string_end(self.text, self.at)
                continue
            if sign == "#":
                self._line()
                continue
            depth += (sign in "[{") - (sign in "]}")
            self.at += 1
            if depth == 0:
                return


def _name(block: Block) -> None:
    """Give a table its id and its entries the labels that name them across drafts."""
    for entry in block.entries:
        if entry.label == "id":
            block.id = str(_parsed(entry.text)["id"])
        elif entry.label == "=":
            entry.label = _statement_id(entry.value)
    following = ""
    for entry in reversed(block.entries):
        if entry.label == "#":
            entry.label = f"{following}#"
        else:
            following = entry.label


def _statement_id(value: str) -> str:
    found = _parsed(f"value = {value}")["value"]
    if isinstance(found, dict) and isinstance(found.get("id"), str):
        return str(found["id"])
    return "="


def _parsed(text: str) -> dict[str, object]:
    return tomllib.loads(text)


def statements(block: Block) -> list[Entry]:
    """Return the statements of a decision maker's table."""
    return [entry for entry in block.entries if entry.listed and not entry.label.endswith("#")]


def plain_entries(block: Block) -> Iterator[Entry]:
    """Yield the keys of a table, without statements and comments."""
    for entry in block.entries:
        if not entry.listed and not entry.label.endswith("#") and entry.label not in ("priorities", "]"):
            yield entry


def with_labels(blocks: Iterable[Block]) -> list[Block]:
    """Return blocks once their entries have their labels."""
    found = list(blocks)
    for block in found:
        _name(block)
    return found
