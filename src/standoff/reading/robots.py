"""What a site lets programs fetch: robots.txt (RFC 9309)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

MAX_ROBOTS_BYTES = 512 * 1024
"""So much of the file counts (the RFC asks for 500 kibibytes at least)."""

MAX_DELAY = 30.0
"""Seconds between two requests that a site is given at the most."""

_RULES = 5_000


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of a site for one program: (allowed, pattern) pairs, and the seconds it asks to wait."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float = 0.0

    def allows(self, path: str) -> bool:
        """Return whether a path with its query may be fetched: the longest rule that fits decides, and of two alike the
        one that allows.
        """
        wanted = _plain(path)
        fitting = [(len(pattern), allowed) for allowed, pattern in self.rules if _fits(pattern, wanted)]
        return max(fitting)[1] if fitting else True


EVERYTHING = Robots()
NOTHING = Robots(((False, "/"),))


def robots_of(text: str, program: str) -> Robots:
    """Return the rules of a robots.txt for a program (its product token): those of the groups that name it, or else
    those for all ("*").
    """
    groups = list(_groups(text))
    chosen = [group for group in groups if program.lower() in group.programs] or [
        group for group in groups if "*" in group.programs
    ]
    rules = [rule for group in chosen for rule in group.rules]
    delay = max((group.delay for group in chosen), default=0.0)
    return Robots(tuple(rules[:_RULES]), min(delay, MAX_DELAY))


@dataclass(slots=True)
class _Group:
    """The programs (in small letters) that rules are for."""

    programs: set[str]
    rules: list[tuple[bool, str]] = field(default_factory=list)
    delay: float = 0.0


def _groups(text: str) -> Iterator[_Group]:
    group, complete = _Group(set()), True
    for line in text.splitlines():
        name, _, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if name == "user-agent":
            if complete:
                yield group
                group, complete = _Group(set()), False
            group.programs.add(value.partition("/")[0].strip().lower())
        elif name in ("allow", "disallow"):
            complete = True
            if value:
                group.rules.append((name == "allow", _plain(value)[:2_000]))
        elif name == "crawl-delay" and re.fullmatch(r"\d{1,6}(\.\d{1,3})?", value):
            complete = True
            group.delay = float(value)
    yield group


def _plain(path: str) -> str:
    """Return a path in one spelling of its percent signs."""
    return unquote_to_bytes(path.replace("%2F", "%252F").replace("%2f", "%252F")).decode("utf-8", "replace")


def _fits(pattern: str, path: str) -> bool:
    """Return whether a pattern ("*" any characters, "$" the end) fits the beginning of a path, in linear time."""
    whole = pattern.endswith("$")
    pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    if len(pieces) == 1:
        return not whole or at == len(path)
    for piece in pieces[1:-1]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    last = pieces[-1]
    return path.endswith(last) and len(path) - len(last) >= at if whole else path.find(last, at) >= 0
