"""Positions: what each actor wants, refuses, offers, threatens on each issue, drawn from the acts
(codebook, layer 3).

Acts of one actor on one issue that are of one kind and say the same thing (one event, or words alike
towards the same side) are one entry; said on several occasions, it is repeated.
"""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources
from typing import Any, cast

from standoff.dossier import words
from standoff.dossier.filters import Filters, clause, several
from standoff.dossier.loading import chunks, stored_acts
from standoff.dossier.merging import likeness
from standoff.dossier.tension import weights
from standoff.records import VERBAL_TYPES, Firmness, Position, PositionEntry, PositionKind, StoredAct

ALIKE = 0.4
"""The cosine of words from which two contents are one and the same."""
_KINDS: dict[str, PositionKind] = {
    "REQUEST": "demand",
    "REJECT": "refusal",
    "THREATEN": "threat",
    "CONCEDE": "concession",
    "SUPPORT": "support",
    "ACCUSE": "accusation",
}


@dataclass(slots=True)
class Utterance:
    """One act as a position: who holds it, of what kind, in which words, on which day."""

    stored: StoredAct
    actor: str
    kind: PositionKind
    content: str
    stems: frozenset[str]
    condition: str | None
    day: str | None
    voice: int


@dataclass(slots=True)
class Draft:
    """An entry in the making: its utterances in the order of days."""

    said: list[Utterance] = field(default_factory=list)
    stems: frozenset[str] = frozenset()

    def takes(self, other: Utterance) -> bool:
        """Return True where an utterance says the same thing as this entry."""
        if any(own.stored.event == other.stored.event for own in self.said):
            return True
        first = self.said[0]
        to = likeness(frozenset(first.stored.act.target), frozenset(other.stored.act.target))
        return to >= 0.5 and any(words.cosine(own.stems, other.stems) >= ALIKE for own in self.said[-6:])

    def add(self, other: Utterance) -> None:
        """Let an utterance join."""
        self.said.append(other)
        self.stems = self.stems | other.stems


def positions_of(connection: sqlite3.Connection, filters: Filters) -> tuple[Position, ...]:
    """Return the positions that the filters let through, by actor and issue; entries by day and kind."""
    return tuple(
        Position(actor, issue, tuple(entry for _, entry in held))
        for (actor, issue), held in sorted(drafts_of(connection, filters).items())
    )


def drafts_of(
    connection: sqlite3.Connection, filters: Filters
) -> dict[tuple[str, str], list[tuple[Draft, PositionEntry]]]:
    """Return the entries with the utterances they rest on, by actor and issue."""
    groups: dict[tuple[str, str, str], list[Draft]] = {}
    for said in utterances(connection, filters):
        drafts = groups.setdefault((said.actor, said.stored.issue, said.kind), [])
        for draft in drafts:
            if draft.takes(said):
                draft.add(said)
                break
        else:
            drafts.append(Draft([said], said.stems))
    found: dict[tuple[str, str], list[tuple[Draft, PositionEntry]]] = {}
    shared = _who_else(groups)
    for (actor, issue, _), drafts in groups.items():
        for draft in drafts:
            entry = replace(entry_of(draft.said), also=shared.get(id(draft), ()))
            found.setdefault((actor, issue), []).append((draft, entry))
    for held in found.values():
        held.sort(key=lambda pair: (pair[1].first or "9999", pair[1].kind, pair[1].acts))
    return found


def utterances(connection: sqlite3.Connection, filters: Filters) -> Iterator[Utterance]:
    """Yield the acts that express a position, once for each actor who holds it, by day."""
    wanted = {actor.upper() for actor in several(filters.get("actor"))}
    rest = cast(Filters, {name: value for name, value in filters.items() if name != "actor"})
    sql, values = clause("act", rest)
    if wanted:
        marks = ", ".join("?" * len(wanted))
        holds = f"SELECT act FROM act_actor WHERE actor IN ({marks}) AND role IN ('source', 'attribution')"
        sql = f"{sql} {'AND' if sql else 'WHERE'} act.key IN ({holds})"
        values = [*values, *sorted(wanted)]
    acts = stored_acts(connection, sql, values, "event.first_day IS NULL, event.first_day, act.key")
    texts = _texts(connection, [stored.key for stored in acts])
    for stored in acts:
        content, condition, day, voice = texts[stored.key]
        for actor, kind in held_by(stored):
            if not wanted or actor in wanted:
                told = content or stored.quote
                yield Utterance(stored, actor, kind, told, words.stems(told), condition, day, voice)


def _texts(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """Content, condition, day and voice of acts."""
    found: dict[int, tuple[Any, ...]] = {}
    for chunk in chunks(keys):
        rows = connection.execute(
            f"""SELECT act.key, substr(report.text, content_start + 1, content_end - content_start),
                       substr(report.text, condition_start + 1, condition_end - condition_start),
                       event.date, report.voice
                FROM act JOIN report ON report.key = act.report JOIN event ON event.key = act.event
                WHERE act.key IN ({", ".join("?" * len(chunk))})""",
            chunk,
        )
        found.update((row[0], tuple(row[1:])) for row in rows)
    return found


def held_by(stored: StoredAct) -> Iterator[tuple[str, PositionKind]]:
    """Yield who holds which kind of position by an act; nobody where it is a mere deed, a fear or a
    denial.

    A deed that somebody demands is the demand of those who tell it; one that its doer would do under a
    condition is a threat or an offer.
    """
    act = stored.act
    kind: PositionKind
    if act.type in VERBAL_TYPES:
        if act.type == "CONSULT" or act.modality in ("denied", "possible", "demanded"):
            return
        kind = _KINDS.get(act.type) or agree_kind(stored)
        for actor in act.source:
            yield actor, kind
    elif act.modality == "demanded":
        for actor in act.attribution:
            yield actor, "demand"
    elif act.modality == "conditional":
        for actor in act.source:
            yield actor, "threat" if weights()[act.type] < 0 else "offer"


@lru_cache(maxsize=1)
def _agree_kinds() -> dict[str, PositionKind]:
    with resources.files(__package__).joinpath("agree_kinds.csv").open(encoding="utf-8") as file:
        return {row["word"]: cast(PositionKind, row["kind"]) for row in csv.DictReader(file)}


def agree_kind(stored: StoredAct) -> PositionKind:
    """Return whether an AGREE is an offer, an acceptance or a promise: its trigger tells, else its
    sentence.
    """
    start = stored.act.trigger.start - stored.act.evidence.start
    end = stored.act.trigger.end - stored.act.evidence.start
    trigger = stored.quote[max(0, start) : end] if end > 0 else ""
    for passage in (trigger, stored.quote):
        for word in re.findall(r"[a-z]+", passage.lower()):
            if word in _agree_kinds():
                return _agree_kinds()[word]
    return "promise"


@lru_cache(maxsize=1)
def _red_line() -> re.Pattern[str]:
    with resources.files(__package__).joinpath("red_lines.csv").open(encoding="utf-8") as file:
        phrases = [re.escape(row["phrase"]) for row in csv.DictReader(file)]
    return re.compile(r"\b(?:" + "|".join(sorted(phrases, key=len, reverse=True)) + r")\b", re.IGNORECASE)


def entry_of(said: Sequence[Utterance]) -> PositionEntry:
    """Return the entry that utterances of one thing, in the order of days, make."""
    conditions = [one.condition for one in said if one.condition]
    targets = dict.fromkeys(actor for one in said for actor in one.stored.act.target)
    days = sorted(one.day for one in said if one.day)
    return PositionEntry(
        kind=said[0].kind,
        acts=tuple(one.stored.key for one in said),
        target=tuple(targets),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        condition=conditions[-1] if conditions else None,
        firmness=firmness_of(said),
        content=max((one.content for one in said), key=len),
        voices=len({one.voice for one in said}),
    )


def firmness_of(said: Sequence[Utterance]) -> Firmness:
    """Return how firm it is: called a red line, else conditional when last said, else repeated, else once.

    What several sources tell of one occasion is said once.
    """
    if any(_red_line().search(one.stored.quote) for one in said):
        return "red line"
    if said[-1].condition:
        return "conditional"
    return "repeated" if len({one.stored.event for one in said}) > 1 else "once"


def _who_else(groups: dict[tuple[str, str, str], list[Draft]]) -> dict[int, tuple[str, ...]]:
    """The other actors with an entry of the same kind and like content on the same issue, by entry."""
    by_matter: dict[tuple[str, str], list[tuple[str, Draft]]] = {}
    for (actor, issue, kind), drafts in groups.items():
        by_matter.setdefault((issue, kind), []).extend((actor, draft) for draft in drafts)
    found: dict[int, set[str]] = {}
    for held in by_matter.values():
        for (actor, draft), (other, second) in _sharing(held):
            if actor != other and words.cosine(draft.said[0].stems, second.said[0].stems) >= ALIKE:
                found.setdefault(id(draft), set()).add(other)
                found.setdefault(id(second), set()).add(actor)
    return {key: tuple(sorted(actors)) for key, actors in found.items()}


def _sharing(
    held: Iterable[tuple[str, Draft]],
) -> Iterator[tuple[tuple[str, Draft], tuple[str, Draft]]]:
    """Pairs of entries that share one of their three heaviest words, each once: a cheap first sieve."""
    by_stem: dict[str, list[int]] = {}
    entries = list(held)
    for number, (_, draft) in enumerate(entries):
        mates = {
            mate for stem in words.heaviest(draft.said[0].stems, 3) for mate in by_stem.setdefault(stem, [])
        }
        for mate in sorted(mates):
            yield entries[mate], entries[number]
        for stem in words.heaviest(draft.said[0].stems, 3):
            by_stem[stem].append(number)
