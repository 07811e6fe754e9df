"""Changes in the text of a conflict file at single places, so that everything else (order, blanks, the analyst's
comments) stays as it is to the letter.

Paths are those of the parsed document: `("option", 2, "name")`, `("feasibility", "exclusive", 0, 1)`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from standoff.conflict.draft.sheet import Block, Entry, Sheet, read_sheet
from standoff.conflict.places import Places
from standoff.conflict.problems import Path
from standoff.conflict.toml_places import string_end, toml_places
from standoff.conflict.toml_text import quoted
from standoff.errors import UsageError

_ELSEWHERE = "edit the file itself, and reload this page"


class Document:
    """A valid TOML text with the places of its values (offsets in code points; line ends are `\\n`)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: dict[str, Any] = tomllib.loads(text)
        self._lines = [0, *(n + 1 for n, sign in enumerate(text) if sign == "\n")]

    @cached_property
    def _places(self) -> Places:
        return toml_places(self.text)

    def value(self, path: Path) -> Any:
        """Return a value; KeyError or IndexError where there is none."""
        found: Any = self.root
        for part in path:
            found = found[part]
        return found

    def start(self, path: Path) -> int:
        """Return where a value begins."""
        place = self._places.value_place(path)
        return self._lines[place.line - 1] + place.column - 1

    def key_start(self, path: Path) -> int:
        """Return where a key begins."""
        place = self._places.key_place(path)
        return self._lines[place.line - 1] + place.column - 1

    def end(self, path: Path) -> int:
        """Return where a value ends."""
        return value_end(self.text, self.start(path))

    def source(self, path: Path) -> str:
        """Return a value as it is written."""
        return self.text[self.start(path) : self.end(path)]

    def replaced(self, changes: Mapping[Path, str]) -> str:
        """Return the text with some values written anew."""
        spans = {(self.start(path), self.end(path)): written for path, written in changes.items()}
        return spliced(self.text, spans)

    def with_element(self, path: Path, written: str) -> str:
        """Return the text with one element more at the end of a list."""
        start, end = self.start(path), self.end(path)
        elements = self.value(path)
        if not elements:
            return f"{self.text[: start + 1]}{written}{self.text[start + 1 :]}"
        last = self.end((*path, len(elements) - 1))
        assert start < last < end
        return f"{self.text[:last]}, {written}{self.text[last:]}"

    def without_elements(self, path: Path, numbers: Iterable[int]) -> str:
        """Return the text with some elements of a list taken out; comments between them stay."""
        spans = {}
        for number in numbers:
            start, end = self.start((*path, number)), self.end((*path, number))
            after = end
            while self.text[after] in " \t":
                after += 1
            if self.text[after] == ",":
                end = after + 1
                while self.text[end] in " \t":
                    end += 1
            spans[start, end] = ""
        return spliced(self.text, spans)


def spliced(text: str, spans: Mapping[tuple[int, int], str]) -> str:
    """Return a text with some spans replaced."""
    for (start, end), written in sorted(spans.items(), reverse=True):
        text = text[:start] + written + text[end:]
    return text


def value_end(text: str, start: int) -> int:
    """Return where the TOML value that begins at `start` ends."""
    opening = text[start]
    if opening in "\"'":
        return string_end(text, start)
    at, depth = start, 0
    while at < len(text):
        sign = text[at]
        if sign in "\"'":
            at = string_end(text, at)
            continue
        if sign == "#" and depth:
            at = text.find("\n", at)
            continue
        if not depth and opening not in "[{" and sign in ",]}#\n":
            break
        depth += (sign in "[{") - (sign in "]}")
        at += 1
        if not depth and opening in "[{":
            return at
    return start + len(text[start:at].rstrip())


# Tables and their keys ------------------------------------------------------------------------------


def sheet_with(text: str, root: Mapping[str, Any]) -> Sheet:
    """Return the text as a sheet; UsageError where its tables are written in a way that a sheet does not know."""
    sheet = read_sheet(text if text.endswith("\n") else text + "\n")
    for kind, spoken in (("decision_maker", "decision makers"), ("option", "options")):
        if len(sheet.of(kind)) != len(root.get(kind, ())):
            raise UsageError(f"The {spoken} are not written as tables [[{kind}]]: {_ELSEWHERE}.")
    return sheet


def set_key(block: Block, key: str, written: str, behind: Sequence[str] = ("name",)) -> None:
    """Write a key of a table anew, or put it behind the last of some keys."""
    entry = block.find(key)
    if entry is not None:
        head = entry.text[: _value_offset(entry)]
        tail = entry.text[entry.end :]
        entry.text, entry.end = f"{head}{written}{tail}", len(head) + len(written)
        return
    places = [n + 1 for n, other in enumerate(block.entries) if other.label in behind]
    text = f"{key} = {written}\n"
    block.entries.insert(places[-1] if places else 0, Entry(key, text, end=len(text) - 1))


def drop_key(block: Block, key: str) -> None:
    """Take a key out of a table; comments above it stay."""
    at = next((n for n, entry in enumerate(block.entries) if entry.label == key), None)
    if at is None:
        return
    entry = block.entries.pop(at)
    _keep_comments(block, at, comments_of(entry))


def comments_of(entry: Entry) -> str:
    """Return the analyst's comments above an entry and behind it, each on a line of its own; empty where there is none."""
    behind = entry.text[entry.end :].strip().lstrip(",").strip()
    if entry.label.endswith("#") or not behind.startswith("#"):
        behind = ""
    before = entry.before if entry.before.strip() else ""
    indent = entry.text[: len(entry.text) - len(entry.text.lstrip(" \t"))]
    return before + (f"{indent}{behind}\n" if behind else "")


def _keep_comments(block: Block, at: int, comments: str) -> None:
    """Put what stood above something that is gone above what follows it."""
    if not comments.strip():
        return
    if at < len(block.entries):
        block.entries[at].before = comments + block.entries[at].before
    else:
        block.entries.append(Entry("kept#", "", comments))


def drop_block(sheet: Sheet, block: Block) -> None:
    """Take a table out; comments of the analyst above it and in it stay, above what follows."""
    at = next(n for n, other in enumerate(sheet.blocks) if other is block)
    head = block.head.rpartition("[[")[0] if "[[" in block.head else ""
    kept = head + "".join(comments_of(entry) for entry in block.entries)
    del sheet.blocks[at]
    kept = kept if kept.strip() else ""
    if at < len(sheet.blocks):
        sheet.blocks[at].head = kept + sheet.blocks[at].head
    else:
        sheet.tail = kept + sheet.tail


def table_of(kind: str, keys: Mapping[str, str]) -> Block:
    """Return a new table, from keys to texts."""
    (_, block) = read_sheet(
        f"\n[[{kind}]]\n" + "".join(f"{key} = {quoted(value)}\n" for key, value in keys.items())
    ).blocks
    return block


def _value_offset(entry: Entry) -> int:
    at = 0
    while entry.text[at] != "=":
        at = string_end(entry.text, at) if entry.text[at] in "\"'" else at + 1
    at += 1
    while entry.text[at] in " \t":
        at += 1
    return at


# Lists of priorities --------------------------------------------------------------------------------


def levels_of(block: Block) -> list[list[Entry]]:
    """Return the levels of a list of priorities, each with the program's comments above it."""
    found: list[list[Entry]] = []
    waiting: list[Entry] = []
    for entry in block.entries:
        if entry.listed:
            waiting.append(entry)
            if not entry.label.endswith("#"):
                found.append(waiting)
                waiting = []
    return found


def set_levels(block: Block, levels: Sequence[Sequence[Entry]]) -> None:
    """Put levels in the place of those of a table; what its analyst wrote above one that is gone stays."""
    before = levels_of(block)
    kept = {id(entry) for level in levels for entry in level}
    lost = "".join(comments_of(entry) for level in before for entry in level if id(entry) not in kept)
    entries = [entry for entry in block.entries if not entry.listed]
    at = next(n for n, entry in enumerate(entries) if entry.label == "]")
    entries[at].before = lost + entries[at].before
    entries[at:at] = [entry for level in levels for entry in level]
    block.entries = entries


def level_entry(written: str, like: Block) -> Entry:
    """Return a new level, indented as the others of its list."""
    opening = like.find("priorities")
    indent = "  " if opening is not None and opening.text.endswith("\n") else " "
    end = "\n" if opening is not None and opening.text.endswith("\n") else ""
    return Entry(
        "=", f"{indent}{written}{',' if end else ''}{end}", end=len(indent) + len(written), listed=True
    )
