"""What a brief is made from: everything that a dossier holds, with the look-ups that every section needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from standoff.records import (
    Event,
    Position,
    Span,
    StoredAct,
    StoredReport,
    StoredStatement,
    Time,
)


@dataclass(frozen=True, slots=True)
class Material:
    """The records of one dossier, as the sections read them.

    `times`, `passed_over` and `notes` are by report key.
    """

    reports: tuple[StoredReport, ...]
    statements: tuple[StoredStatement, ...] = ()
    acts: tuple[StoredAct, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    times: Mapping[int, tuple[Time, ...]] = field(default_factory=dict)
    passed_over: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    notes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
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
