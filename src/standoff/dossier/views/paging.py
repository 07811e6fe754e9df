"""Pages: a piece of a view, how much there is in all, and where the next piece begins.

A page goes on after the last row of the one before it (keyset pagination), so that the millionth row costs what the
first does, and a row that is added meanwhile moves nothing.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from standoff.errors import UsageError

T = TypeVar("T")
USUAL = 100
"""How many rows a page has unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`items` of a view of `total` in all (an estimate unless `exact`); `next` is None on the last page."""

    items: tuple[T, ...]
    total: int
    exact: bool
    next: str | None


def mark_of(place: tuple[Any, ...]) -> str:
    """Return the place of a row in the order of its view as text that may stand in an address."""
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def place_of(mark: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """Return the place that `mark_of` wrote down, None for None; UsageError where it is of no such view."""
    if not mark:
        return None
    try:
        found = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        found = None
    if (
        not isinstance(found, list)
        or len(found) != len(kinds)
        or not all(type(value) is kind for value, kind in zip(found, kinds, strict=True))
    ):
        raise UsageError(f"{mark!r} is not where a page of this view begins; start from the first page.")
    return tuple(found)


def pages(page: Callable[[str | None], Page[T]]) -> Iterator[Page[T]]:
    """Yield page after page until the last."""
    after: str | None = None
    while True:
        found = page(after)
        yield found
        after = found.next
        if after is None:
            return
