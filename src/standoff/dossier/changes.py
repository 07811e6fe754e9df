"""What changed in the positions since a day: new, repeated, hardened, softened, dropped, contradicted by
deeds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from standoff.dossier import words
from standoff.dossier.days import days_of, for_people, iso
from standoff.dossier.filters import Filters, clause
from standoff.dossier.loading import events_where
from standoff.dossier.merging import likeness
from standoff.dossier.positions import Draft, Utterance, drafts_of, entry_of
from standoff.dossier.tension import weights
from standoff.errors import UsageError
from standoff.records import VERBAL_TYPES, Change, ChangeKind, Event, PositionEntry

_FIRM = {"conditional": 0, "once": 1, "repeated": 1, "red line": 2}
_GIVING_WAY = frozenset({"acceptance", "concession"})
_HARD = frozenset({"demand", "refusal", "threat"})
_WORD_GIVEN = frozenset({"promise", "acceptance", "offer", "concession"})
_SAME_MATTER = 0.3
"""The cosine from which giving way is about the earlier demand or refusal."""
_VERBS = {
    "demand": "demands",
    "refusal": "refuses",
    "offer": "offers",
    "acceptance": "accepts",
    "promise": "promises",
    "threat": "threatens",
    "concession": "concedes",
    "support": "supports",
    "accusation": "accuses",
}
_LONGEST = 160

Held = list[tuple[Draft, PositionEntry]]


def changes_since(connection: sqlite3.Connection, since: str, filters: Filters) -> tuple[Change, ...]:
    """Return what became different from the day `since` on, by day, actor and issue.

    An utterance counts as of after where its event is of that day or later. Raises UsageError where
    `since` is no ISO date.
    """
    days = days_of(since)
    if days is None:
        raise UsageError(f"{since!r} is no date: write 2022-01-21, 2022-01 or 2022.")
    start = iso(days.first)
    found: list[Change] = []
    positions = drafts_of(connection, filters)
    for (actor, issue), held in positions.items():
        for draft, entry in held:
            change = _in_entry(actor, issue, draft, entry, start)
            if change is not None:
                found.append(change)
        found.extend(_given_way(actor, issue, held, start))
    found.extend(_against_deeds(connection, positions, start))
    found.sort(key=lambda change: (change.date or "", change.actor, change.issue, change.kind, change.acts))
    return tuple(found)


def _split(draft: Draft, start: str) -> tuple[list[Utterance], list[Utterance]]:
    before = [said for said in draft.said if (said.day or "") < start]
    return before, [said for said in draft.said if (said.day or "") >= start]


def _keys(said: Sequence[Utterance]) -> tuple[int, ...]:
    return tuple(one.stored.key for one in said)


def _in_entry(actor: str, issue: str, draft: Draft, entry: PositionEntry, start: str) -> Change | None:
    """What became of one entry: nothing, or said for the first time, again, more firmly or less so."""
    before, after = _split(draft, start)
    if not after:
        return None
    day = after[0].day
    if not before:
        note = f"New: {_says(actor, entry)}."
        return Change("new", actor, issue, entry, day, _keys(after), (), note)
    if {one.stored.event for one in after} <= {one.stored.event for one in before}:
        return None
    was, now = entry_of(before), entry_of(after)
    step = _FIRM[now.firmness] - _FIRM[was.firmness]
    kind: ChangeKind = "hardened" if step > 0 else "softened" if step < 0 else "repeated"
    how = {
        "hardened": f"firmer than before ({was.firmness}, now {now.firmness})",
        "softened": f"less firm than before ({was.firmness}, now {now.firmness})",
        "repeated": "as before",
    }[kind]
    note = f"{kind.capitalize()}: {_says(actor, now)}, {how}, first told {for_people(was.first)}."
    return Change(kind, actor, issue, entry, day, _keys(after), _keys(before), note)


def _given_way(actor: str, issue: str, held: Held, start: str) -> Iterator[Change]:
    """An acceptance or concession after the day that takes back what the actor demanded, refused or
    threatened.
    """
    yielding = [(draft, entry) for draft, entry in held if entry.kind in _GIVING_WAY]
    for draft, entry in held:
        before, after = _split(draft, start)
        if entry.kind not in _HARD or not before or after:
            continue
        for other, given in yielding:
            _, since = _split(other, start)
            if since and _same_matter(entry, draft, given, since):
                kind: ChangeKind = "dropped" if entry.kind == "refusal" else "softened"
                note = (
                    f"{kind.capitalize()}: {actor} {_VERBS[entry.kind]} no longer as on "
                    f"{for_people(entry.last)}: it {_VERBS[given.kind]} {_short(given.content)}."
                )
                yield Change(kind, actor, issue, entry, since[0].day, _keys(since), _keys(before), note)
                break


def _same_matter(
    entry: PositionEntry, draft: Draft, given: PositionEntry, since: Sequence[Utterance]
) -> bool:
    to = likeness(frozenset(entry.target), frozenset(given.target)) >= 0.5
    return to and any(words.cosine(draft.stems, said.stems) >= _SAME_MATTER for said in since)


def _against_deeds(
    connection: sqlite3.Connection, positions: dict[tuple[str, str], Held], start: str
) -> Iterator[Change]:
    """Deeds of conflict after the day, by an actor who had given its word to the same side on the same
    issue.
    """
    sql, values = clause("event", {"since": start, "modality": "actual"})
    deeds = [
        event
        for event in events_where(connection, sql, values)
        if event.type not in VERBAL_TYPES and weights()[event.type] < 0
    ]
    for event in deeds:
        for actor in event.source:
            for draft, entry in positions.get((actor, event.issue), ()):
                if entry.kind in _WORD_GIVEN and _word_broken(entry, draft, event):
                    note = (
                        f"Contradicted by a deed: {actor} {_VERBS[entry.kind]} {_short(entry.content)} "
                        f"({for_people(entry.first)}), and on {for_people(event.date)} there is "
                        f"{event.type}: {_short(event.quote)}."
                    )
                    yield Change(
                        "contradicted", actor, event.issue, entry, event.date, event.acts, entry.acts, note
                    )


def _word_broken(entry: PositionEntry, draft: Draft, event: Event) -> bool:
    """The deed came after the word, towards those to whom it was given."""
    if not entry.first or not event.date or not event.date_known or event.date <= entry.first:
        return False
    if event.key in {said.stored.event for said in draft.said}:
        return False
    return bool(set(entry.target) & set(event.target))


def _says(actor: str, entry: PositionEntry) -> str:
    to = f" of {', '.join(entry.target)}" if entry.target and entry.kind == "demand" else ""
    if entry.target and entry.kind != "demand":
        to = f" ({', '.join(entry.target)})"
    condition = f" ({_short(entry.condition)})" if entry.condition else ""
    return f"{actor} {_VERBS[entry.kind]}{to}: {_short(entry.content)}{condition}"


def _short(text: str) -> str:
    plain = " ".join(text.split()).rstrip(".")
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"
