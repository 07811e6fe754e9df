"""What became of each demand, as far as the reports tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from standoff.records import Event

Fate = Literal["refused", "granted", "refused and granted", "unanswered"]

_GRANTING = frozenset({"AGREE", "CONCEDE"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A demand with the refusals and grants (promises, agreements, concessions) that answer it."""

    demand: Event
    refusals: tuple[Event, ...]
    grants: tuple[Event, ...]

    @property
    def fate(self) -> Fate:
        """What the reports say of the demand's fate."""
        if self.refusals:
            return "refused and granted" if self.grants else "refused"
        return "granted" if self.grants else "unanswered"


def answers(events: Sequence[Event]) -> list[Answer]:
    """Return each demand that was made, with what answers it, in the order of the events.

    A refusal (or promise, agreement, concession) answers a demand where it is about the same issue, comes
    from one who was asked (from anybody where the demand names nobody), is addressed to one who demanded (or
    to nobody named), and is not dated before the demand.
    """
    by_issue: dict[str, list[Event]] = {}
    for event in events:
        if event.modality == "actual" and (event.type == "REJECT" or event.type in _GRANTING):
            by_issue.setdefault(event.issue, []).append(event)
    found = []
    for demand in events:
        if demand.type != "REQUEST" or demand.modality != "actual":
            continue
        replies = [
            reply for reply in by_issue.get(demand.issue, ()) if demand.issue and _answers(reply, demand)
        ]
        found.append(
            Answer(
                demand,
                tuple(reply for reply in replies if reply.type == "REJECT"),
                tuple(reply for reply in replies if reply.type in _GRANTING),
            )
        )
    return found


def _answers(reply: Event, demand: Event) -> bool:
    asked = set(demand.target)
    if asked and not asked & set(reply.source):
        return False
    if not asked and set(reply.source) & set(demand.source):
        return False
    if reply.target and not set(reply.target) & set(demand.source):
        return False
    dated = reply.date_known and demand.date_known and reply.date and demand.date
    return not (dated and _last_day(reply.date or "") < (demand.date or ""))


def _last_day(iso: str) -> str:
    """Return a string that sorts as the last day an ISO date may mean."""
    return {4: f"{iso}-12-31", 7: f"{iso}-31"}.get(len(iso), iso)
