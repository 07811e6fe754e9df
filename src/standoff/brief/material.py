"""What a brief is made from: everything that a dossier holds, with the look-ups that every section needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from standoff.dossier.dossier import Dossier
from standoff.dossier.views.details import Details
from standoff.records import (
    Event,
    Position,
    Span,
    StoredAct,
    StoredReport,
    StoredStatement,
)


@dataclass(frozen=True, slots=True)
class Material:
    """The records of one dossier, as the sections read them.

    `details` (times, passed-over sentences, notes) are by report key. `address_of` gives the address of the
    page on which a report (by key) is shown: "" where that is the page itself.
    """

    reports: tuple[StoredReport, ...]
    statements: tuple[StoredStatement, ...] = ()
    acts: tuple[StoredAct, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    details: Mapping[int, Details] = field(default_factory=dict)
    address_of: Callable[[int], str] = field(default=lambda report: "", repr=False, compare=False)
    act_by_key: Mapping[int, StoredAct] = field(init=False, repr=False, compare=False)
    event_by_key: Mapping[int, Event] = field(init=False, repr=False, compare=False)
    report_by_key: Mapping[int, StoredReport] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build the look-ups."""
        object.__setattr__(self, "act_by_key", {act.key: act for act in self.acts})
        object.__setattr__(self, "event_by_key", {event.key: event for event in self.events})
        object.__setattr__(self, "report_by_key", {report.key: report for report in self.reports})

    def text_of(self, act: StoredAct, span: Span | None) -> str:
        """Return the words at a span of an act's report, "" for None."""
        return self.report_by_key[act.report].report.text[span.start : span.end] if span else ""


def material_of(dossier: Dossier) -> Material:
    """Read everything that a brief shows out of a dossier."""
    return Material(
        reports=dossier.reports(),
        statements=dossier.statements(),
        acts=dossier.acts(),
        events=dossier.events(),
        positions=dossier.positions(),
        details=dossier.details(),
    )
