"""Which event an act belongs to: candidates by an indexed key, the best of them by `merging`, else a new
event.

Everything here is part of the caller's transaction. The cost of one act is bounded however large the
dossier: the keys (type, actor and day; type, actor and word) find at most `_MOST` events, each compared by
`_TELLINGS` acts.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from standoff.dossier.days import Days, days_of, iso
from standoff.dossier.events import merging, words
from standoff.dossier.events.merging import MOST_APART, Telling
from standoff.dossier.events.numbers import Told
from standoff.dossier.events.picture import Member, Picture, picture_of
from standoff.dossier.loading import acts_where
from standoff.dossier.lookups import summaries
from standoff.dossier.store import new_number
from standoff.dossier.versions import page_of
from standoff.records import RECIPROCAL_TYPES, VERBAL_TYPES, Act, Span

_KEPT_WORDS, _ASKED_WORDS = 8, 12
_MOST_HELD = 120
"""How many events one key may bring up; the latest are asked."""
_MOST = 32
_TELLINGS = 8
_ALWAYS = Days(1, 3652059)


def find_events(connection: sqlite3.Connection, telling: Telling) -> list[int]:
    """Return the events of the dossier that a telling belongs to, best first; none where it is a new one.

    Where it belongs to several, they may have been one event all along: see `unite`.
    """
    hits: Counter[int] = Counter()
    window = telling.window() or _ALWAYS
    for mark, first, last in _asked(telling, window):
        rows = connection.execute(
            """SELECT event FROM event_key WHERE hash = ? AND first <= ? AND last >= ?
               ORDER BY first DESC LIMIT ?""",
            (mark, last + MOST_APART, first - MOST_APART, _MOST_HELD),
        )
        hits.update(event for (event,) in rows)
    likeliest = sorted(hits.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
    scores = {event: merging.belongs(telling, tellings_of(connection, event)) for event, _ in likeliest}
    fitting = [event for event, score in scores.items() if score >= merging.threshold()]
    return sorted(fitting, key=lambda event: (-scores[event], event))


def unite(connection: sqlite3.Connection, events: Sequence[int]) -> int:
    """Return the event that a telling joins, of those it belongs to, once those that are one have become
    one.

    A telling can show that two events are the same ("on Sunday two ships" and "in the strait, warships"
    through "two warships in the strait on Sunday"). They become one, under the older key, if their other
    tellings agree.
    """
    best = events[0]
    for other in events[1:]:
        if parted(connection, best, other):
            continue
        if merging.are_one(tellings_of(connection, best), tellings_of(connection, other)):
            best, gone = min(best, other), max(best, other)
            move(connection, gone, best)
    return best


def parted(connection: sqlite3.Connection, one: int, other: int) -> bool:
    """Return True where a person has split these events from each other, and nobody took that back."""
    found = connection.execute(
        """SELECT 1 FROM placed AS here JOIN placed AS there ON there.decision = here.decision
           JOIN decision ON decision.key = here.decision
           WHERE here.event = ? AND there.event = ? AND verb = 'split' AND undone IS NULL LIMIT 1""",
        (one, other),
    )
    return found.fetchone() is not None


def move(connection: sqlite3.Connection, gone: int, kept: int) -> None:
    """Let all acts and keys of one event be another's; the first event is gone, the second to be drawn
    anew.
    """
    connection.execute("UPDATE act SET event = ? WHERE event = ?", (kept, gone))
    for table in ("judged", "placed"):
        connection.execute(f"UPDATE {table} SET event = ? WHERE event = ?", (kept, gone))
    connection.execute("UPDATE OR IGNORE event_key SET event = ? WHERE event = ?", (kept, gone))
    connection.execute("DELETE FROM event WHERE key = ?", (gone,))
    summaries.follow_event(connection, gone)


def tellings_of(connection: sqlite3.Connection, event: int) -> list[Telling]:
    """Return an event's tellings as merging sees them, its first and its latest ones."""
    rows = connection.execute(
        """SELECT act.key, type, modality, date, place, act.report, issue, start, "end", published, words, trigger,
                  (SELECT group_concat(role || ' ' || actor, char(10)) FROM act_actor WHERE act_actor.act = act.key)
           FROM act JOIN label ON label.report = act.report LEFT JOIN telling ON telling.act = act.key
           WHERE act.event = ? ORDER BY act.key""",
        (event,),
    ).fetchall()
    if len(rows) > _TELLINGS:
        rows = [rows[0], *rows[1 - _TELLINGS :]]
    return [_telling(connection, *row) for row in rows]


def _telling(
    connection: sqlite3.Connection,
    key: int,
    type_: str,
    modality: str,
    date: str | None,
    place: str | None,
    report: int,
    issue: int | None,
    start: int,
    end: int,
    published: str | None,
    stems: str | None,
    trigger: str | None,
    actors: str | None,
) -> Telling:
    """One act as merging sees it; its stems are kept beside it once they are known."""
    parties = [line.split(" ", 1) for line in (actors or "").split("\n") if line]
    if stems is None or trigger is None:
        ((_, act),) = acts_where(connection, "act.key = ?", [key])
        (text,) = connection.execute("SELECT text FROM report WHERE key = ?", (report,)).fetchone()
        stems, trigger = (" ".join(sorted(found)) for found in merging.stems_of(act, text))
        connection.execute("INSERT INTO telling VALUES (?, ?, ?)", (key, stems, trigger))
    source = [actor for role, actor in parties if role == "source"]
    target = [actor for role, actor in parties if role == "target"]
    return Telling.of_stems(
        type_, source, target, modality, date, published, place, frozenset(stems.split()),
        frozenset(trigger.split()), str(issue or ""), report, Span(start, end),
    )  # fmt: skip


def remember_keys(connection: sqlite3.Connection, event: int, telling: Telling) -> None:
    """Let later acts find an event by this telling."""
    window = telling.window() or _ALWAYS
    connection.executemany(
        "INSERT OR IGNORE INTO event_key (hash, first, event, last) VALUES (?, ?, ?, ?)",
        [
            (mark, first, event, last)
            for mark, first, last in (
                *_by_day(telling),
                *_by_word(telling, _KEPT_WORDS, window),
            )
        ],
    )


def _asked(telling: Telling, window: Days) -> Iterator[tuple[int, int, int]]:
    yield from _by_day(telling)
    yield from _by_word(telling, _ASKED_WORDS, window)


def _by_day(telling: Telling) -> Iterator[tuple[int, int, int]]:
    if telling.date is None or telling.date.first != telling.date.last:
        return
    day = telling.date.first
    for actor in _names(telling):
        yield _hash("day", telling.type, actor), day, day
    if telling.type not in VERBAL_TYPES:
        for actor in sorted(telling.target)[:4]:
            yield _hash("victim", telling.type, actor), day, day
        for stem in words.heaviest(telling.place, 2):
            yield _hash("place", telling.type, stem), day, day


def _by_word(telling: Telling, most: int, window: Days) -> Iterator[tuple[int, int, int]]:
    for actor in _names(telling):
        for stem in words.heaviest(telling.words, most):
            yield _hash("word", telling.type, actor, stem), window.first, window.last


def _names(telling: Telling) -> list[str]:
    """The actors that a telling is looked up by; a state for its parties, and a bloc's chief members for
    it.
    """
    actors = telling.parties if telling.type in RECIPROCAL_TYPES else telling.source
    found = {actor.split("-")[0] for actor in actors}
    if "WEST" in found:
        found.add("USA")
    if "EUROPE" in found:
        found.add("EU")
    return sorted(found)[:6] or [""]


def _hash(*parts: str) -> int:
    joined = "\x1f".join(parts).encode()
    return int.from_bytes(hashlib.blake2b(joined, digest_size=8).digest(), "big", signed=True)


def redraw(connection: sqlite3.Connection, event: int) -> None:
    """Write an event's row and its actors anew from its acts; an event without acts is removed."""
    members = list(_members(connection, event))
    if members:
        _write(connection, event, picture_of(members))
    else:
        connection.execute("DELETE FROM event WHERE key = ?", (event,))
    summaries.follow_event(connection, event)


def new_event(connection: sqlite3.Connection, act: Act) -> int:
    """Return the key of a new event, to be drawn once its act is there."""
    key = new_number(connection, "event")
    insert_event(connection, key, act)
    return key


def insert_event(connection: sqlite3.Connection, key: int, act: Act) -> None:
    """Write an event's row under a number, to be drawn once its act is there."""
    connection.execute(
        """INSERT INTO event (key, type, modality, date_known, voices, contested, versions, quote)
           VALUES (?, ?, ?, 0, 0, 0, '[]', '')""",
        (key, act.type, act.modality),
    )


def _members(connection: sqlite3.Connection, event: int) -> Iterator[Member]:
    acts = dict(acts_where(connection, "act.event = ?", [event]))
    numbers: dict[int, list[Told]] = {}
    for act, unit, low, high, start, end in connection.execute(
        """SELECT act_number.act, unit, low, high, act_number.start, act_number."end" FROM act_number
           JOIN act ON act.key = act_number.act WHERE act.event = ?""",
        (event,),
    ):
        numbers.setdefault(act, []).append(Told(unit, low, high, Span(start, end)))
    rows = connection.execute(
        """SELECT act.key, act.quote, act.issue, report.voice, report.published, report.key, report.url FROM act
           JOIN report ON report.key = act.report WHERE act.event = ?
           ORDER BY report.published IS NULL, report.published, act.key""",
        (event,),
    ).fetchall()
    newest: dict[str | None, int] = {}
    for *_, report, url in rows:
        newest[page_of(url)] = max(report, newest.get(page_of(url), report))
    for key, quote, issue, voice, published, report, url in rows:
        page = page_of(url)
        if page is not None and report != newest[page]:
            continue  # the page now tells it in other words, which count
        yield Member(key, acts[key], voice, published, quote, issue, tuple(numbers.get(key, ())))


def _write(connection: sqlite3.Connection, event: int, picture: Picture) -> None:
    days = days_of(picture.date)
    versions = [[v.field, v.value, list(v.acts), v.voices] for v in picture.versions]
    connection.execute(
        """UPDATE event SET type = ?, modality = ?, date = ?, date_known = ?, first_day = ?, last_day = ?,
           place = ?, issue = ?, voices = ?, contested = ?, versions = ?, quote = ? WHERE key = ?""",
        (
            picture.type,
            picture.modality,
            picture.date,
            picture.date_known,
            iso(days.first) if days else None,
            iso(days.last) if days else None,
            picture.place,
            picture.issue,
            picture.voices,
            picture.contested,
            json.dumps(versions, ensure_ascii=False),
            picture.quote,
            event,
        ),
    )
    connection.execute("DELETE FROM event_actor WHERE event = ?", (event,))
    connection.executemany(
        "INSERT INTO event_actor (event, role, ordinal, actor) VALUES (?, ?, ?, ?)",
        [
            *_roles(event, "source", picture.source),
            *_roles(event, "target", picture.target),
        ],
    )


def _roles(event: int, role: str, actors: Iterable[str]) -> Iterator[tuple[int, str, int, str]]:
    for ordinal, actor in enumerate(dict.fromkeys(actors)):
        yield event, role, ordinal, actor
