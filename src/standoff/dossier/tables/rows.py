"""The lines of a view: cells for people, records with evidence for programs, and what to say of an empty one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from standoff.dossier.views.filters import Filters
from standoff.dossier.views.paging import Page
from standoff.dossier.views.views import Views
from standoff.records import VERBAL_TYPES

T = TypeVar("T")
_SIGNS = {"planned": "◐", "conditional": "◐", "demanded": "◐", "possible": "◌", "denied": "⊘"}
EVIDENCE = 50
"""How much evidence a line carries at most; an event that a thousand reports tell has its own page."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `cells` for people, `record` for programs.

    A record's `evidence` is a list of objects that name report, start, end and quote.
    """

    cells: tuple[str, ...]
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A page of a view: the headers of its cells, its rows, the base of its numbers, what is said where it is empty.

    `total` is how many rows or records there are in all (an estimate unless `exact`), `next` where the next page
    begins, None on the last.
    """

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    base: str
    empty: str
    total: int = 0
    exact: bool = True
    next: str | None = None


def sign_of(type_: str, modality: str) -> str:
    """Return the mark of an act: filled for a deed, hollow for words, and how far it is from having
    happened.
    """
    if modality != "actual":
        return _SIGNS[modality]
    return "○" if type_ in VERBAL_TYPES else "●"


def plain(text: str) -> str:
    """Return a text as one line that a terminal cannot be led astray by: no control or direction
    characters.
    """
    if not text.isprintable():
        text = "".join(" " if c.isspace() else c for c in text if c.isprintable() or c.isspace())
    return " ".join(text.split())


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun: "1 report", "3 reports"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def codes(actors: Sequence[str]) -> str:
    """Return actor codes as one cell."""
    return ", ".join(actors)


def empty(dossier: Views, what: str, filters: Filters, page: Page[T]) -> str:
    """Say what would fill an empty page; "" for one that is not."""
    if page.items:
        return ""
    counts = dossier.count()
    if not counts["report"]:
        return (
            f"No {what}: the dossier holds no report yet; `standoff add {dossier.path} REPORT...` adds some."
        )
    given = [name for name, value in filters.items() if value]
    if given:
        return (
            f"No {what} of {counted(counts['report'], 'report')} meets the filter"
            f"{'' if len(given) == 1 else 's'} {', '.join(given)}; leave one out to see more."
        )
    return (
        f"No {what} in {counted(counts['report'], 'report')}; reports that tell who does or says what to whom "
        f"would fill this table."
    )


def base_of(page: Page[T], noun: str, plural: str | None = None, more: str = "") -> str:
    """Return what the numbers of a page are of: "3 events told in 1 report", "100 of about 12,000 events"."""
    if len(page.items) == page.total:
        return counted(page.total, noun, plural) + more
    about = "" if page.exact else "about "
    return f"{len(page.items):,} of {about}{counted(page.total, noun, plural)}"
