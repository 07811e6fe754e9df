"""The picture of the timeline: lanes with single events where there are few, with heaps where there are many.

Days are proleptic ordinals. The browser draws it (static/timeline.js); the table below the picture says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from standoff.brief.lines import modality_of
from standoff.brief.marks import is_deed, mark_of, tone_of
from standoff.brief.names import actor_name, actor_names
from standoff.brief.wording import MODALITY_WORDS, date_words, joined, phrases, shortened, verb
from standoff.dossier.days import days_of, iso
from standoff.dossier.dossier import Dossier
from standoff.dossier.lookups.density import Asked, Heap, Of, heaps
from standoff.dossier.views.filters import Filters, parse_dyad
from standoff.records import MODALITIES, Event
from standoff.web.address import Address, filters_of, report_path, types_of
from standoff.web.naming import code_of

FEW = 400
"""How many events are drawn as single marks."""
LANES = 7
STRETCHES = 120
"""Into how many stretches the time is cut where events are heaped."""
MARGIN = 3


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the picture: what it is called and which events are in it."""

    label: str
    of: Of
    value: str

    def holds(self, event: Event) -> bool:
        """Return True where an event is in this lane."""
        if self.of == "actor":
            return self.value in event.source
        if self.of == "issue":
            return event.issue == self.value
        if self.of == "dyad":
            one, _, other = self.value.partition(">")
            return one in event.source and (other in event.target or other in event.source)
        return True


def window(dossier: Dossier, address: Address) -> tuple[int, int]:
    """Return the first and last day that the picture shows: those asked for, else those of the reports."""
    since, until = days_of(address.get("since")), days_of(address.get("until"))
    found = []
    for newest in (False, True):
        for stored in dossier.page_reports(limit=1, newest=newest).items:
            days = days_of(stored.report.published)
            if days:
                found.append(days)
    first = since.first if since else found[0].first - MARGIN if found else 1
    last = until.last if until else found[-1].last + MARGIN if found else first + 30
    return first, max(last, first)


def lanes_of(dossier: Dossier, address: Address) -> list[Lane]:
    """Return the lanes: those of the actors, pair or issues that are filtered by, else the leading ones."""
    actors = [code_of(value).upper() for value in address.all("actor")]
    issues = list(address.all("issue"))
    by_issue = address.get("lanes") == "issue"
    if address.get("dyad"):
        one, other, directed = parse_dyad(address.get("dyad"))
        pairs = [(one, other)] if directed else [(one, other), (other, one)]
        return [Lane(f"{actor_name(a)} → {actor_name(b)}", "dyad", f"{a}>{b}") for a, b in pairs]
    if by_issue:
        found = issues or [row.value for row in dossier.facets("issue", LANES)]
        return [Lane(label, "issue", label) for label in found]
    if not actors:
        actors = [row.value for row in dossier.facets("actor", LANES)]
    return [Lane(actor_name(code), "actor", code) for code in actors]


def picture_of(dossier: Dossier, address: Address) -> dict[str, Any]:
    """Return what the browser draws: days, lanes, and either `events` or, where there are more than `FEW`, `heaps`."""
    first, last = window(dossier, address)
    lanes = lanes_of(dossier, address)
    shown = cast(Filters, {**filters_of(address), "since": iso(first), "until": iso(last)})
    known = dossier.page_events(limit=1, **shown)
    picture: dict[str, Any] = {
        "first": first,
        "last": last,
        "lanes": [{"label": shortened(lane.label, 60), "value": lane.value} for lane in lanes],
        "total": known.total,
        "exact": known.exact,
    }
    if known.total > FEW and _is_plain(address):
        return picture | _heaped(dossier, address, lanes, first, last)
    page = dossier.page_events(limit=FEW, **shown)
    if any(not any(lane.holds(event) for lane in lanes) for event in page.items):
        picture["lanes"].append({"label": "others" if lanes else "all", "value": ""})
    picture["events"] = [_event(event, lanes) for event in page.items if days_of(event.date)]
    return picture | {"cut": FEW} if page.next else picture


def _heaped(
    dossier: Dossier, address: Address, lanes: Sequence[Lane], first: int, last: int
) -> dict[str, Any]:
    """Return the heaps of every lane, and how many days each stands for."""
    days = max(1, (last - first + 1) // STRETCHES)
    named = {value.lower() for value in address.all("modality")}
    asked = Asked(
        types_of(address) or (), [m for m in MODALITIES if m in named], bool(address.get("contested"))
    )
    found = [_heaps(heaps(dossier, lane.of, lane.value, first, last, days, asked)) for lane in lanes]
    return {"days": days, "heaps": found}


def _is_plain(address: Address) -> bool:
    """Return True where lanes can be counted without looking at every event."""
    if address.get("outlet") or address.get("search"):
        return False
    return sum(bool(address.get(name)) for name in ("actor", "dyad", "issue")) <= 1 and not (
        (address.get("issue") and address.get("lanes") != "issue")
        or (address.get("actor") and address.get("lanes") == "issue")
    )


def _heaps(found: Sequence[Heap]) -> list[list[int]]:
    """Return [day, deeds of conflict, words of conflict, deeds of cooperation, words of cooperation] by stretch."""
    rows: dict[int, list[int]] = {}
    for heap in found:
        row = rows.setdefault(heap.day, [0, 0, 0, 0])
        row[2 * (tone_of(heap.type) == "cool") + (not is_deed(heap.type))] += heap.events
    return [[day, *row] for day, row in sorted(rows.items())]


def _event(event: Event, lanes: Sequence[Lane]) -> dict[str, Any]:
    days = days_of(event.date)
    assert days is not None
    sentence = " ".join(
        part
        for part in (
            joined(actor_names(event.source)) or "Somebody not named",
            verb(event.type, event.modality, doers=max(1, len(event.source)), targets=len(event.target)),
            joined(actor_names(event.target)),
        )
        if part
    )
    state = "" if event.modality == "actual" else f", {MODALITY_WORDS[event.modality]}"
    held = [place for place, lane in enumerate(lanes) if lane.holds(event)]
    return {
        "day": days.first,
        "last": days.last,
        "lanes": held or [len(lanes)],
        "tone": tone_of(event.type),
        "shapes": _shapes(event),
        "sides": _sides(event),
        "deed": is_deed(event.type),
        "words": f"{date_words(event.date)}: {phrases()[event.type].label}{state}. {sentence}",
        "href": f"{report_path(event.reports[0])}#a{event.acts[0]}" if event.acts and event.reports else "",
    }


def _leading(event: Event) -> list[Any]:
    """Return the two versions with most voices of the first thing on which sources differ."""
    if not event.contested or not event.versions:
        return []
    fields = sorted(
        dict.fromkeys(version.field for version in event.versions), key=lambda name: name != "modality"
    )
    for name in fields:
        told = sorted((v for v in event.versions if v.field == name), key=lambda v: -v.voices)[:2]
        if len(told) > 1:
            return told
    return []


def _shapes(event: Event) -> list[str]:
    """Return the shape of an event's mark, or of its two marks where it is contested."""
    own = mark_of(event.type, event.modality).shape
    told = _leading(event)
    if not told:
        return [own]
    return [
        mark_of(event.type, (modality_of(v.value) if v.field == "modality" else None) or event.modality).shape
        for v in told
    ]


def _sides(event: Event) -> str:
    return ":".join(str(version.voices) for version in _leading(event))
