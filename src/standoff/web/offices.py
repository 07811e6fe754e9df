"""Who holds an actor's offices, from the coder's table of actors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from standoff.coding.actors.table import own_rows

MOST = 16
_RANKS = {
    name: rank
    for rank, name in enumerate(
        ("king", "emir", "president", "head of state", "prime minister", "chancellor", "secretary-general",
         "secretary general", "leader", "foreign minister", "foreign policy chief", "defence minister")
    )
}  # fmt: skip
_OFFICIAL = 99


@dataclass(frozen=True, slots=True)
class Office:
    """A person in an office, with the dates between which she held it ("" where the table has none)."""

    name: str
    role: str
    since: str
    until: str


@cache
def _by_code() -> dict[str, tuple[Office, ...]]:
    """Return the offices by actor; of several spellings of one name in one office, the first in the table."""
    found: dict[str, dict[tuple[str, ...], Office]] = {}
    for row in own_rows():
        if row.kind == "person":
            names = row.name.casefold().split()
            alike = (row.role, row.since, row.until, names[0][:1], names[-1][:3])
            for code in row.codes:
                found.setdefault(code, {}).setdefault(alike, Office(row.name, row.role, row.since, row.until))
    return {code: tuple(offices.values()) for code, offices in found.items()}


def _rank(role: str) -> int:
    return _RANKS.get(role, _OFFICIAL if role == "official" else len(_RANKS))


def offices_of(code: str, day: str) -> tuple[Office, ...]:
    """Return the persons who spoke for an actor on a day (ISO; "" for any), those with a named office first."""
    held = [
        office
        for office in _by_code().get(code, ())
        if not day or (office.since[: len(day)] <= day and (not office.until or day <= office.until))
    ]
    return tuple(sorted(held, key=lambda office: (_rank(office.role), office.since or "9999"))[:MOST])
