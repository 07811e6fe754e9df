"""Review: the records that wait for a person's word, the least certain first, one at a time; and deciding on them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from starlette.datastructures import QueryParams

from standoff.dossier.dossier import Dossier
from standoff.dossier.hand import log
from standoff.dossier.hand.decision import Decision, author_of
from standoff.dossier.hand.form import RecordKind
from standoff.dossier.hand.hand import Hand
from standoff.dossier.hand.hand_tables import queue_table
from standoff.dossier.hand.queue import Cursor, Waiting
from standoff.dossier.hand.wording import in_words
from standoff.dossier.views.filters import Filters
from standoff.errors import UsageError
from standoff.web.actions import Deed, Done, action
from standoff.web.address import Address, address_of, filters_of
from standoff.web.card import Card, card_of, place_of, short_line
from standoff.web.choices import choices
from standoff.web.correcting import changes_in
from standoff.web.filtering import bar_of
from standoff.web.people import Person
from standoff.web.view import Ask, NotFound, Record, Shown, View, routes

ROWS = 20
UPCOMING = 8
FIELDS = ("actor", "issue", "type", "modality", "outlet")


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A record further down the queue: its address and what it is in a line."""

    address: Address
    waiting: Waiting
    line: Any


def review(ask: Ask) -> Shown:
    """Show the least certain record on which the person has not given a word, and what follows it."""
    hand = _hand(ask.dossier, ask.person)
    if hand is None:
        return _unnamed(ask)
    found = hand.queue(
        kinds=_kinds(ask.address), limit=ROWS + 1, after=_cursor(ask.address), filters=_filters(ask.address)
    )
    page, more = found[:ROWS], found[ROWS:]
    card = card_of(ask.dossier, page[0], hand.author) if page else None
    following = ask.address.but(after=_after(page[-1].cursor)) if more else None
    return _shown(ask, hand, "Review", card, page[1 : UPCOMING + 1], page, following)


def record(ask: Ask) -> Shown:
    """Show one record for review, whoever has decided on it: /review/a45, /review/s7."""
    hand = _hand(ask.dossier, ask.person)
    if hand is None:
        return _unnamed(ask)
    waiting = _waiting(hand, ask.path["place"])
    card = card_of(ask.dossier, waiting, hand.author)
    return _shown(ask, hand, f"Review of {waiting.kind} {waiting.record}", card, (), [waiting], None)


def _shown(
    ask: Ask,
    hand: Hand,
    title: str,
    card: Card | None,
    upcoming: Sequence[Waiting],
    page: Sequence[Waiting],
    more: Address | None,
) -> Shown:
    queue = _queue_address(ask.address)
    latest = log.decisions_of(ask.dossier, author=hand.author, standing=True, limit=1)
    return Shown(
        title,
        "review.html",
        {
            "card": card,
            "choices": choices(),
            "progress": log.progress_by_kind(ask.dossier, hand.author),
            "bar": bar_of(queue, *FIELDS, keep=("records",)),
            "queue": queue,
            "single": bool(ask.path),
            "skip": queue.but(after=_after(card.waiting.cursor)) if card else None,
            "upcoming": [
                Upcoming(_at_record(queue, one), one, short_line(ask.dossier, one)) for one in upcoming
            ],
            "conflict": _conflict(ask, hand, card),
            "latest": (latest[0], in_words(latest[0])) if latest else None,
            "back": str(queue).partition("?")[2],
        },
        lambda: _records(ask, hand, page),
        more,
    )


def _records(ask: Ask, hand: Hand, page: Sequence[Waiting]) -> list[Record]:
    """What waits, as `standoff review --format json` writes it, with addresses."""
    own = next(one for one in log.progress(ask.dossier, hand.author) if one.author == hand.author)
    rows = queue_table(page, own).rows
    return [
        {**row.record, "address": f"/review/{place_of(one.kind, one.record)}"}
        for row, one in zip(rows, page, strict=True)
    ]


def _unnamed(ask: Ask) -> Shown:
    """Ask for the name under which decisions are kept."""
    return Shown(
        "Review", "review_name.html", {"to": str(ask.address), "name": ask.person.name}, list
    )  # fmt: skip


def _hand(dossier: Dossier, person: Person) -> Hand | None:
    """The person's hand, None where she has given no name that decisions could be kept under."""
    try:
        author_of(person.name)
    except UsageError:
        return None
    return Hand(dossier, person.name)


def _waiting(hand: Hand, place: str) -> Waiting:
    kind, number = _parted(place)
    try:
        return hand.waiting(kind, number)
    except UsageError:
        raise NotFound(f"There is no {kind} {number} in this dossier.") from None


def _parted(place: str) -> tuple[RecordKind, int]:
    found = re.fullmatch(r"([as])(\d{1,15})", place, re.ASCII)
    if not found:
        raise NotFound(f"{place[:40]!r} is no record: an act is a12, a statement s7.")
    return ("act" if found[1] == "a" else "statement"), int(found[2])


def _kinds(address: Address) -> tuple[RecordKind, ...]:
    """The kinds of record that an address asks for; only acts have a type and a modality."""
    asked = address.get("records")
    if asked not in ("", "acts", "statements"):
        raise UsageError(f"{asked[:40]!r} are no records: acts or statements.")
    of_acts = bool(address.get("type") or address.get("modality"))
    if asked == "statements" and of_acts:
        raise UsageError("Statements have no type and no modality: take one of these filters off.")
    if asked == "statements":
        return ("statement",)
    return ("act",) if asked == "acts" or of_acts else ("act", "statement")


def _filters(address: Address) -> Filters:
    return cast(Filters, {name: value for name, value in filters_of(address).items() if name in FIELDS})


def _after(cursor: Cursor) -> str:
    return f"{cursor[0]!r}{cursor[1][0]}{cursor[2]}"


def _cursor(address: Address) -> Cursor | None:
    """The place in the queue after which an address goes on: "0.25a45"."""
    told = address.get("after")
    if not told:
        return None
    found = re.fullmatch(r"([0-9.e-]{1,30})([as]\d{1,15})", told, re.ASCII)
    try:
        assert found is not None
        return (float(found[1]), *_parted(found[2]))
    except (AssertionError, ValueError):
        raise UsageError(f"{told[:40]!r} is no place in the queue: begin again at /review.") from None


def _queue_address(address: Address) -> Address:
    """The queue, with the filters and the place in it that an address has."""
    kept = [pair for pair in address.parameters if pair[0] in (*FIELDS, "records", "after")]
    return Address("/review", tuple(kept))


def _at_record(queue: Address, waiting: Waiting) -> Address:
    return Address(f"/review/{place_of(waiting.kind, waiting.record)}", queue.parameters)


def _conflict(ask: Ask, hand: Hand, card: Card | None) -> str:
    """Say in one sentence that somebody changed the record since the person saw it, who and how."""
    seen = ask.address.get("seen")
    if card is None or not seen or seen == card.waiting.seen:
        return ""
    last = max(card.others, key=lambda said: said.made, default=None)
    what = f"{last.author} {last.words}" if last else "It was changed"
    return f"{what} while you had it open: this is how it stands now, and nothing of yours was kept yet."


def decide(deed: Deed) -> Done:
    """Accept (as the form says it), reject, or note; what somebody changed meanwhile is shown first."""
    place, verb, seen = deed.text("record"), deed.text("verb"), deed.text("seen")
    note = deed.text("note").strip()
    queue = _queue_of(deed)
    with deed.desk.writing() as dossier:
        hand = Hand(dossier, deed.person.name)
        waiting = _waiting(hand, place)
        at_record = _at_record(queue, waiting)
        if verb == "note":
            made = hand.annotate(waiting.kind, waiting.record, note)
            return Done(str(at_record), _told(made))
        if waiting.seen != seen:
            shown = Address(at_record.path, (*at_record.parameters, ("seen", seen)))
            return Done(str(shown), {"conflict": True})
        if verb == "reject":
            made = hand.reject(waiting.kind, waiting.record, note=note, seen=seen)
        elif verb == "accept":
            form = {name: value for name, value in deed.form.items() if isinstance(value, str)}
            changes = changes_in(dossier, waiting, form)
            if changes:
                made = hand.correct(waiting.kind, waiting.record, changes, note=note, seen=seen)
            else:
                made = hand.accept(waiting.kind, waiting.record, note=note, seen=seen)
        else:
            raise UsageError(f"{verb[:40]!r} decides nothing: accept, reject or note.")
    return Done(str(queue), _told(made))


def undo(deed: Deed) -> Done:
    """Take back the person's latest decision, or the one of a number, and show what it was about."""
    number = deed.text("decision")
    if number and not (number.isascii() and number.isdigit() and len(number) < 16):
        raise UsageError(f"{number[:40]!r} is no number of a decision.")
    with deed.desk.writing() as dossier:
        made = Hand(dossier, deed.person.name).undo(int(number) if number else None)
        about = _decision(dossier, made.target)
        if about.verb == "undo":
            about = _decision(dossier, about.target)
    told = {
        "decision": made.key,
        "said": f"You took back decision {made.target}: {about.author} {in_words(about)}.",
    }
    if made.target != about.key:
        told["said"] = f"You brought back decision {about.key}: {about.author} {in_words(about)}."
    if deed.text("to") == "decisions" or about.kind not in ("act", "statement") or about.target is None:
        return Done("/decisions", told)
    queue = _queue_of(deed)
    return Done(str(Address(f"/review/{place_of(about.kind, about.target)}", queue.parameters)), told)


def _decision(dossier: Dossier, key: int | None) -> Decision:
    assert key is not None
    (found,) = log.decisions_of(dossier, before=key + 1, limit=1)
    return found


def _queue_of(deed: Deed) -> Address:
    """The address of the queue from which a form was sent."""
    return _queue_address(address_of("/review", QueryParams(deed.text("back")[:4000])))


def _told(decision: Decision) -> dict[str, Any]:
    words = in_words(decision)
    return {"decision": decision.key, "said": f"You {words}."}


ROUTES = [
    *routes(View("/review", review), View("/review/{place}", record)),
    action("/review/decide", decide),
    action("/review/undo", undo),
]
