"""Who holds an actor's offices, from the coder's table of actors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from standoff.coding.actors.table import ActorTable

MOST = 60


@dataclass(frozen=True, slots=True)
class Office:
    """A person in an office, with the dates between which she held it ("" where the table has none)."""

    name: str
    role: str
    since: str
    until: str


@cache
def _by_code() -> dict[str, tuple[Office, ...]]:
    found: dict[str, list[Office]] = {}
    for row in ActorTable.load().rows:
        if row.kind == "person":
            for code in row.codes:
                found.setdefault(code, []).append(
                    Office(row.name, row.role, row.since or "", row.until or "")
                )
    return {
        code: tuple(sorted(offices, key=lambda office: (office.until or "9999", office.since), reverse=True))
        for code, offices in found.items()
    }


def offices_of(code: str) -> tuple[Office, ...]:
    """Return the persons who speak for an actor, those in office now first."""
    return _by_code().get(code, ())[:MOST]
