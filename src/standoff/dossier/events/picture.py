"""What an event looks like once all its tellings lie side by side: what most voices say, and where they
differ.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from standoff.dossier.days import apart, days_of
from standoff.dossier.events import words
from standoff.dossier.events.merging import likeness
from standoff.dossier.events.numbers import Told, differ, in_words
from standoff.records import MODALITIES, RECIPROCAL_TYPES, Act, Modality, Version

T = TypeVar("T", bound=Hashable)
_LONGEST_QUOTE = 240


@dataclass(frozen=True, slots=True)
class Member:
    """One act of an event: its key, its report's voice and publication, its evidence and the numbers it
    tells.
    """

    key: int
    act: Act
    voice: int
    published: str | None
    quote: str
    issue: int | None
    numbers: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """The fields of an event that follow from its acts; see `records.Event`. `issue` is a key."""

    type: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    modality: Modality
    date: str | None
    date_known: bool
    place: str | None
    issue: int | None
    voices: int
    quote: str
    versions: tuple[Version, ...]
    contested: bool


def picture_of(members: Sequence[Member]) -> Picture:
    """Return what an event's acts, in the order of telling and at least one, say together."""
    dates = _date_votes(members)
    date = _leading(dates)
    published = sorted(member.published for member in members if member.published)
    contests = (
        *_listed("date", dates),
        *_doer_versions(members),
        *_existence_versions(members),
        *_number_versions(members),
    )
    return Picture(
        type=members[0].act.type,
        source=_leading(_votes(members, lambda m: m.act.source or None)) or (),
        target=_leading(_votes(members, lambda m: m.act.target or None)) or (),
        modality=_modality(members),
        date=date or (published[0] if published else None),
        date_known=date is not None,
        place=_leading(_votes(members, lambda m: m.act.place)),
        issue=_leading(_votes(members, lambda m: m.issue)),
        voices=len({member.voice for member in members}),
        quote=_quote(members),
        versions=(*contests, *_place_versions(members)),
        contested=bool(contests),
    )


def _votes(members: Sequence[Member], value: Callable[[Member], T | None]) -> dict[T, list[Member]]:
    """Each value that somebody tells with those who tell it, in the order of first telling."""
    found: dict[T, list[Member]] = {}
    for member in members:
        told = value(member)
        if told is not None:
            found.setdefault(told, []).append(member)
    return found


def _voices(members: Sequence[Member]) -> int:
    return len({member.voice for member in members})


def _leading(votes: dict[T, list[Member]]) -> T | None:
    """The value with most voices; of several the one told first."""
    return max(votes, key=lambda value: _voices(votes[value])) if votes else None


def _listed(field: str, votes: dict[T, list[Member]], show: Callable[[T], str] = str) -> tuple[Version, ...]:
    """The versions of a field, or nothing where all tell the same."""
    if len(votes) < 2:
        return ()
    return tuple(
        Version(field, show(value), tuple(member.key for member in tellers), _voices(tellers))
        for value, tellers in votes.items()
    )


def _date_votes(members: Sequence[Member]) -> dict[str, list[Member]]:
    """The dates told of what happened (else of what is said to come); "in March" goes with any day in
    March.
    """
    dated = [member for member in members if days_of(member.act.date)]
    happened = [member for member in dated if member.act.modality == "actual"] or dated
    votes = _votes(happened, lambda member: member.act.date)
    for coarse in sorted(votes, key=len):
        inside = [fine for fine in votes if len(fine) > len(coarse) and _meet(fine, coarse)]
        if inside:
            best = max(inside, key=lambda fine: _voices(votes[fine]))
            votes[best] = votes[best] + votes.pop(coarse)
    return votes


def _meet(one: str, other: str) -> bool:
    first, second = days_of(one), days_of(other)
    return first is not None and second is not None and apart(first, second) == 0


def _doer_versions(members: Sequence[Member]) -> tuple[Version, ...]:
    """Who did it, where two tellings name doers that have nothing to do with each other."""
    votes = _votes(members, lambda member: member.act.source or None)
    if members[0].act.type in RECIPROCAL_TYPES or len(votes) < 2:
        return ()
    sets = [frozenset(actors) for actors in votes]
    if all(likeness(one, other) > 0 for one in sets for other in sets):
        return ()
    return _listed("source", votes, ", ".join)


def _existence_versions(members: Sequence[Member]) -> tuple[Version, ...]:
    """Whether it happened: some tell it as done, others deny it. A plan or a fear that came true is no contest.

    Within one report it is a contest where the report names who denies.
    """
    votes = _votes(members, lambda member: member.act.modality)
    if not {"actual", "denied"} <= votes.keys():
        return ()
    named = any(member.act.attribution for member in votes["denied"])
    return _listed("modality", votes) if named or _voices(members) > 1 else ()


def _place_versions(members: Sequence[Member]) -> tuple[Version, ...]:
    votes = _votes(members, lambda member: member.act.place)
    stems = [words.stems(place) for place in votes]
    if all(one & other for one in stems for other in stems):
        return ()
    return _listed("place", votes)


def _number_versions(members: Sequence[Member]) -> tuple[Version, ...]:
    """The numbers of each unit on which two voices cannot both be right."""
    found: list[Version] = []
    told: dict[str, list[tuple[Told, Member]]] = {}
    for member in members:
        for number in member.numbers:
            told.setdefault(number.unit, []).append((number, member))
    for tellings in told.values():
        if any(differ(one, other) and a.voice != b.voice for one, a in tellings for other, b in tellings):
            votes: dict[str, list[Member]] = {}
            for number, member in tellings:
                votes.setdefault(in_words(number), []).append(member)
            found.extend(_listed("number", votes))
    return tuple(found)


def _modality(members: Sequence[Member]) -> Modality:
    """What happened has happened, however it was announced; else what most voices say, else the firmest."""
    votes: dict[Modality, list[Member]] = _votes(members, lambda member: member.act.modality)
    if "actual" in votes and "denied" not in votes:
        return "actual"
    return max(votes, key=lambda value: (_voices(votes[value]), -MODALITIES.index(value)))


def _quote(members: Sequence[Member]) -> str:
    """The fullest evidence that still reads as one line, of an act told as it finally stands."""
    modality = _modality(members)
    best = max(
        (member for member in members if member.act.modality == modality),
        key=lambda member: (len(member.quote) <= _LONGEST_QUOTE, min(len(member.quote), _LONGEST_QUOTE)),
    )
    return best.quote
