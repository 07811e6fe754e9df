"""Addresses: what part of the dossier a view shows, read from the address and written into links, so that
every view can be bookmarked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import quote, urlencode

from starlette.datastructures import ImmutableMultiDict

from standoff.brief.marks import COOPERATION_TYPES
from standoff.dossier.views.filters import Filters
from standoff.errors import UsageError
from standoff.records import ACT_TYPES, VERBAL_TYPES
from standoff.web.naming import code_of

SEVERAL = ("actor", "issue", "type", "modality", "outlet")
"""The filters that may be given several times: any of their values."""
SINGLE = ("dyad", "since", "until", "search")
FILTERS = (*SEVERAL, *SINGLE, "contested", "kind", "tone")
"""Every filter that an address may name. `kind` is deeds or words, `tone` conflict or cooperation."""

LONGEST = 400
"""The longest value of a filter, in characters."""


@dataclass(frozen=True, slots=True)
class Address:
    """A path of ours with its parameters, in order."""

    path: str
    parameters: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        query = urlencode(self.parameters)
        return f"{quote(self.path)}?{query}" if query else quote(self.path)

    def get(self, name: str, default: str = "") -> str:
        """Return the last value of a parameter."""
        return next((value for key, value in reversed(self.parameters) if key == name), default)

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a parameter."""
        return tuple(value for key, value in self.parameters if key == name)

    def but(self, **changes: str | None) -> Address:
        """Return the address with these parameters set, or left out where None; paging starts anew."""
        kept = [(key, value) for key, value in self.parameters if key not in changes and key not in PAGING]
        kept += [(key, value) for key, value in changes.items() if value]
        return Address(self.path, tuple(kept))

    def without(self, name: str, value: str) -> Address:
        """Return the address without one value of a parameter; paging starts anew."""
        kept = [pair for pair in self.parameters if pair != (name, value) and pair[0] not in PAGING]
        return Address(self.path, tuple(kept))

    def twin(self, form: str) -> Address:
        """Return the address of the same view as "json" or "csv"."""
        return Address(f"{'/overview' if self.path == '/' else self.path}.{form}", self.parameters)

    def at(self, path: str) -> Address:
        """Return another view with the same filters."""
        return Address(path, tuple(pair for pair in self.parameters if pair[0] in FILTERS))


PAGING = ("after", "before", "page")


def address_of(path: str, query: ImmutableMultiDict[str, str]) -> Address:
    """Return the address of a request; empty parameters are left out and values are cut at `LONGEST`."""
    pairs = [(key[:40], value.strip()[:LONGEST]) for key, value in query.multi_items()]
    return Address(path, tuple(pair for pair in pairs if pair[1]))


def filters_of(address: Address, **fixed: Any) -> Filters:
    """Return the dossier's filters that an address names; `fixed` are those that the view itself sets.

    Values that cannot be meant are refused by the dossier, in one sentence (UsageError).
    """
    found: dict[str, Any] = {}
    for name in SEVERAL:
        values = address.all(name)
        if values:
            found[name] = tuple(map(code_of, values)) if name == "actor" else values
    for name in SINGLE:
        if address.get(name):
            found[name] = address.get(name)
    if address.get("contested"):
        found["contested"] = True
    types = types_of(address)
    if types is not None:
        found["type"] = types
    return cast(Filters, {**found, **{name: value for name, value in fixed.items() if value}})


def types_of(address: Address) -> Sequence[str] | None:
    """Return the types that `type`, `kind` and `tone` leave together, or None where none of them is given."""
    named, kind, tone = address.all("type"), address.get("kind"), address.get("tone")
    if not named and not kind and not tone:
        return None
    left = [name.upper() for name in named] or list(ACT_TYPES)
    if kind:
        left = [name for name in left if (name in VERBAL_TYPES) == (kind == "words")]
    if tone:
        left = [name for name in left if (name in COOPERATION_TYPES) == (tone == "cooperation")]
    if not left:
        asked = ", ".join([*named, kind, tone]).rstrip(", ")
        raise UsageError(f"No type of act is all of these at once: {asked}; leave one out.")
    return left


def given(address: Address) -> tuple[tuple[str, str], ...]:
    """Return the filters of an address as pairs of name and value."""
    return tuple(pair for pair in address.parameters if pair[0] in FILTERS)


def report_path(key: int) -> str:
    """Return the address of a report in the reader."""
    return f"/report/{key}"


def event_path(key: int) -> str:
    """Return the address of an event."""
    return f"/events/{key}"


def actor_path(code: str) -> str:
    """Return the address of an actor's profile."""
    return f"/actors/{quote(code, safe='')}"


def query_of(values: Mapping[str, str]) -> str:
    """Return parameters as the query of an address."""
    return urlencode([(name, value) for name, value in values.items() if value])
