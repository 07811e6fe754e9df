"""Decisions: what people decided, who and when, with the way to take one's own back; and where people differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from standoff.brief.safety import plain
from standoff.brief.wording import shortened
from standoff.dossier.dossier import Dossier
from standoff.dossier.hand import log
from standoff.dossier.hand.decision import Decision, author_of
from standoff.dossier.hand.hand_tables import decisions_table, disagreements_table
from standoff.dossier.hand.verdicts import Disagreement
from standoff.dossier.hand.wording import in_words
from standoff.errors import UsageError
from standoff.records import StoredReport
from standoff.web import lookups
from standoff.web.address import Address, actor_path, event_path, report_path
from standoff.web.card import Said, place_of, said_of
from standoff.web.view import Ask, Record, Shown, View, routes

ROWS = 50
SHOWN = ("", "standing", "differ", "lost")


@dataclass(frozen=True, slots=True)
class Row:
    """A decision with its words, the address of what it is about ("" where it has none), whether one can undo it."""

    decision: Decision
    words: str
    href: str
    own: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A record on which people differ: its place, its report's name, in what, and everybody's last word."""

    place: str
    name: str
    report: str
    fields: str
    said: tuple[Said, ...]


def decisions(ask: Ask) -> Shown:
    """Show decisions, the latest first: all, those that stand, or those on records that no coder finds; or where
    people differ.
    """
    show = ask.address.get("show")
    if show not in SHOWN:
        raise UsageError(f"{show[:40]!r} is no choice of decisions: standing, differ, lost, or none for all.")
    if show == "differ":
        return _differ(ask)
    by, before = ask.address.get("by"), _before(ask.address)
    if show == "lost":
        everything = [
            one for one in log.without_record(ask.dossier)
            if (not by or one.author == author_of(by)) and (before is None or one.key < before)
        ]  # fmt: skip
        found = tuple(everything[: ROWS + 1])
    else:
        found = log.decisions_of(
            ask.dossier, author=by or None, standing=show == "standing", before=before, limit=ROWS + 1
        )
    page = found[:ROWS]
    more = ask.address.but(before=str(page[-1].key)) if len(found) > ROWS else None
    return _shown(
        ask,
        {"rows": [_row(ask, one) for one in page], "differences": None},
        lambda: _records(ask.dossier, page),
        more,
    )


def _shown(
    ask: Ask, values: dict[str, object], records: Callable[[], list[Record]], more: Address | None
) -> Shown:
    people = log.progress(ask.dossier)
    return Shown(
        "Decisions",
        "decisions.html",
        {"people": people, "show": ask.address.get("show"), "by": ask.address.get("by"), **values},
        records,
        more,
    )


def _before(address: Address) -> int | None:
    told = address.get("before")
    if not told:
        return None
    if not (told.isascii() and told.isdigit() and len(told) < 16):
        raise UsageError(f"{told[:40]!r} is no number of a decision.")
    return int(told)


def _records(dossier: Dossier, found: Sequence[Decision]) -> list[Record]:
    """Decisions as `standoff decisions --format json` writes them; the evidence is the span that one is about."""
    records: list[Record] = []
    for row in decisions_table(found, dossier).rows:
        told = dict(row.record)
        span = {"sha256": told["sha256"], "start": told["start"], "end": told["end"]}
        records.append({**told, "evidence": [span] if told["sha256"] else []})
    return records


def _row(ask: Ask, decision: Decision) -> Row:
    own = decision.author == ask.person.name and decision.stands and not _brings_back(ask, decision)
    return Row(decision, shortened(plain(in_words(decision)), 300), _href(decision), own)


def _brings_back(ask: Ask, decision: Decision) -> bool:
    """Whether a decision undid an undoing, which is taken back by undoing what it brought back."""
    if decision.verb != "undo" or decision.target is None:
        return False
    (undone,) = log.decisions_of(ask.dossier, before=decision.target + 1, limit=1)
    return undone.verb == "undo"


def _href(decision: Decision) -> str:
    target = decision.target
    if decision.kind == "actor" and decision.code:
        return actor_path(decision.code)
    if target is None:
        return ""
    return {
        "act": f"/review/{place_of('act', target)}",
        "statement": f"/review/{place_of('statement', target)}",
        "event": event_path(target),
        "report": report_path(target),
        "issue": f"/join?issue=%23{target}",
        "decision": f"/decisions?before={target + 1}",
    }.get(decision.kind, "")


def _differ(ask: Ask) -> Shown:
    page = ask.address.get("page", "1")
    if not (page.isascii() and page.isdigit() and 0 < len(page) < 8):
        raise UsageError(f"{page[:40]!r} is no number of a page.")
    first = max(0, int(page) - 1) * ROWS
    everything = log.disagreements(ask.dossier)
    found = everything[first : first + ROWS]
    reports = lookups.reports_by_key(ask.dossier, {one.report for one in found})
    more = ask.address.but(page=str(int(page) + 1)) if len(everything) > first + ROWS else None
    return _shown(
        ask,
        {"rows": [], "differences": [_difference(ask.dossier, one, reports[one.report]) for one in found]},
        lambda: [
            {**row.record, "evidence": []}
            for row in disagreements_table(ask.dossier).rows[first : first + ROWS]
        ],
        more,
    )


def _difference(dossier: Dossier, found: Disagreement, stored: StoredReport) -> Difference:
    return Difference(
        place_of(found.kind, found.record),
        f"{found.kind} {found.record}",
        plain(stored.report.outlet) or plain(stored.report.id),
        "whether there is one" if found.fields == ("record",) else ", ".join(found.fields),
        said_of(dossier, found.kind, found.record, found.words),
    )


ROUTES = routes(View("/decisions", decisions))
