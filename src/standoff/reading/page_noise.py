"""Page noise: share buttons, links, advertisements, credits and notices that a saved page carries around its
report.

The patterns are in `page_noise.toml`, with what they must and must not fit.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class _Furniture:
    kind: str
    longest: int
    at_end: bool
    whole: re.Pattern[str] | None
    start: re.Pattern[str] | None

    def fits(self, paragraph: str) -> bool:
        """Return whether a paragraph is furniture of this kind."""
        if len(paragraph) > self.longest:
            return False
        if self.whole is not None and self.whole.fullmatch(paragraph):
            return True
        return self.start is not None and self.start.match(paragraph) is not None


def noise_kind(paragraph: str, *, at_end: bool = False) -> str | None:
    """Return what kind of furniture a paragraph is, or None for a paragraph of the report.

    `at_end` admits the kinds that are told from prose by their place alone (authors' biographies).
    """
    flat = " ".join(paragraph.split()) if len(paragraph) < 1000 else paragraph
    for furniture in _table():
        if (at_end or not furniture.at_end) and furniture.fits(flat):
            return furniture.kind
    return None


def is_link_heading(paragraph: str) -> bool:
    """Return whether a paragraph is a heading over links to other stories ("Related", "Most read")."""
    return len(paragraph) <= 60 and any(
        furniture.kind == "links" and furniture.whole is not None and furniture.whole.fullmatch(paragraph)
        for furniture in _table()
    )


@cache
def _table() -> tuple[_Furniture, ...]:
    """Read the patterns once."""
    raw = tomllib.loads(resources.files(__package__).joinpath("page_noise.toml").read_text("utf-8"))
    return tuple(
        _Furniture(
            kind=kind,
            longest=table["longest"],
            at_end=table.get("at_end", False),
            whole=_any_of(table.get("whole", ()), cased=table.get("cased", False)),
            start=_any_of(table.get("start", ()), cased=table.get("cased", False)),
        )
        for kind, table in raw.items()
    )


def _any_of(patterns: list[str] | tuple[str, ...], *, cased: bool) -> re.Pattern[str] | None:
    if not patterns:
        return None
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), 0 if cased else re.IGNORECASE)
