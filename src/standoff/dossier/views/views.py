"""The views over a dossier, in pages and as a whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar, Unpack, cast

from standoff.dossier import loading
from standoff.dossier.events.numbers import Told
from standoff.dossier.loading import Label
from standoff.dossier.search import finding
from standoff.dossier.search.finding import Hit
from standoff.dossier.views import (
    changes,
    contradictions,
    details,
    network_pages,
    positions,
    profile,
    shelf,
    tension_pages,
    told_numbers,
)
from standoff.dossier.views.contradictions import Contradiction
from standoff.dossier.views.details import ReportRecords
from standoff.dossier.views.filters import Filters, Matter
from standoff.dossier.views.paging import USUAL, Page, pages
from standoff.dossier.views.positions import Held, Matrix, Utterance
from standoff.dossier.views.profile import Counted, FacetKind, Profile, Week
from standoff.dossier.views.told_numbers import NumberTold
from standoff.dossier.views.walking import Walked, walk
from standoff.records import (
    Change,
    Event,
    Position,
    StoredAct,
    StoredReport,
    StoredStatement,
    TensionPoint,
    Tie,
)

T = TypeVar("T")
_LARGE = 500


class Views:
    """What a dossier shows. Pages cost what they show, however large the dossier; the methods without `page_` read
    everything that the filters let through. Filters are those of `Filters` and mean the same everywhere.

    `after` is `Page.next` of the page before; UsageError where it is of no such view.
    """

    path: Path

    def use(self) -> AbstractContextManager[sqlite3.Connection]:
        """Give the connection to the dossier; SQLite's errors become an InputError."""
        raise NotImplementedError

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for reading: whatever is read until the end is of one state, whoever writes meanwhile."""
        with self.use() as connection:
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("COMMIT")

    def count(self) -> dict[str, int]:
        """Return how many reports, voices, statements, acts, events and issues there are."""
        with self.snapshot() as connection:
            row = connection.execute(
                "SELECT reports, statements, acts, events FROM facet WHERE kind = 'all'"
            ).fetchone()
            found = dict(zip(("report", "statement", "act", "event"), row or (0, 0, 0, 0), strict=True))
            for name, query in (
                ("issue", "SELECT count(*) FROM facet WHERE kind = 'issue' AND acts > 0"),
                ("voice", "SELECT count(DISTINCT voice) FROM label"),
            ):
                (found[name],) = connection.execute(query).fetchone()
            return found

    def page_events(
        self,
        limit: int = USUAL,
        after: str | None = None,
        *,
        newest: bool = False,
        **filters: Unpack[Filters],
    ) -> Page[Event]:
        """Return events by day, those without a day last."""
        with self.snapshot() as connection:
            walked = walk(connection, "events", filters, limit, after, newest=newest)
            return _page(walked, loading.events_by_key(connection, walked.keys))

    def page_acts(
        self,
        limit: int = USUAL,
        after: str | None = None,
        *,
        newest: bool = False,
        **filters: Unpack[Filters],
    ) -> Page[StoredAct]:
        """Return the acts as the reports tell them, by day of their event."""
        with self.snapshot() as connection:
            walked = walk(connection, "acts", filters, limit, after, newest=newest)
            acts = loading.acts_by_key(connection, walked.keys)
            return _page(walked, tuple(acts[key] for key in walked.keys))

    def page_statements(
        self,
        limit: int = USUAL,
        after: str | None = None,
        *,
        newest: bool = False,
        **filters: Unpack[Filters],
    ) -> Page[StoredStatement]:
        """Return statements by day of publication; type, modality, issue and dyad are of the acts told in them."""
        with self.snapshot() as connection:
            walked = shelf.leaf(connection, "statements", filters, limit, after, newest=newest)
            return _page(walked, loading.statements_by_key(connection, walked.keys))

    def page_reports(
        self,
        limit: int = USUAL,
        after: str | None = None,
        *,
        newest: bool = False,
        **filters: Unpack[Filters],
    ) -> Page[StoredReport]:
        """Return reports by day of publication; those with an act, or a statement, that each filter asks for."""
        with self.snapshot() as connection:
            walked = shelf.leaf(connection, "reports", filters, limit, after, newest=newest)
            return _page(walked, loading.reports_by_key(connection, walked.keys))

    def page_positions(
        self, limit: int = USUAL, after: str | None = None, **filters: Unpack[Filters]
    ) -> Page[Held]:
        """Return entries of the positions by actor, issue and day. The filter `actor` means whose."""
        with self.snapshot() as connection:
            return positions.page_of(connection, filters, limit, after)

    def page_changes(
        self, since: str, limit: int = USUAL, after: str | None = None, **filters: Unpack[Matter]
    ) -> Page[Change]:
        """Return what became different in the positions from the day `since` on, by day."""
        with self.snapshot() as connection:
            return changes.page_of(connection, since, cast(Filters, filters), limit, after)

    def page_tension(
        self, limit: int = USUAL, after: str | None = None, **filters: Unpack[Filters]
    ) -> Page[TensionPoint]:
        """Return conflict and cooperation by dyad and week; a point names its first events."""
        with self.snapshot() as connection:
            return tension_pages.page_of(connection, filters, limit, after)

    def page_ties(
        self, limit: int = USUAL, after: str | None = None, **filters: Unpack[Filters]
    ) -> Page[Tie]:
        """Return who acts on whom, strongest first; a tie names its first events."""
        with self.snapshot() as connection:
            return network_pages.page_of(connection, filters, limit, after)

    def page_contradictions(
        self, limit: int = USUAL, after: str | None = None, **filters: Unpack[Filters]
    ) -> Page[Contradiction]:
        """Return what sources tell differently, and deeds against words, by day."""
        with self.snapshot() as connection:
            return contradictions.page_of(connection, filters, limit, after)

    def page_numbers(
        self, limit: int = USUAL, after: str | None = None, **filters: Unpack[Filters]
    ) -> Page[NumberTold]:
        """Return the numbers that sources tell, by day, those of one event together."""
        with self.snapshot() as connection:
            return told_numbers.page_of(connection, filters, limit, after)

    def numbers_of(self, acts: Iterable[int]) -> dict[int, tuple[Told, ...]]:
        """Return the numbers that acts tell, by key of the act."""
        with self.snapshot() as connection:
            return told_numbers.numbers_of(connection, tuple(acts))

    def search(self, words: str, limit: int = USUAL, after: str | None = None) -> Page[Hit]:
        """Return the reports that hold words, with a passage around them."""
        with self.snapshot() as connection:
            return finding.page_of(connection, words, limit, after)

    def history(
        self, actor: str, issue: str, limit: int = USUAL, after: str | None = None
    ) -> Page[Utterance]:
        """Return everything told of what an actor holds on an issue ("" for none named), by day."""
        with self.snapshot() as connection:
            return positions.history(connection, actor, issue, limit, after)

    def matrix(self, actors: int = 12, issues: int = 20, **filters: Unpack[Filters]) -> Matrix:
        """Return how much the leading actors hold on the leading issues, by kind."""
        with self.snapshot() as connection:
            return positions.matrix(connection, actors, issues, filters)

    def profile(self, actor: str) -> Profile | None:
        """Return an actor at a glance; None where no record names it."""
        with self.snapshot() as connection:
            return profile.profile(connection, actor)

    def pulse(
        self,
        actor: str | None = None,
        dyad: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> tuple[Week, ...]:
        """Return conflict and cooperation by week: of all events, of an actor's or of a dyad's."""
        with self.snapshot() as connection:
            return profile.pulse(connection, actor, dyad, since, until)

    def facets(self, kind: FacetKind, limit: int = 50, starts: str = "") -> tuple[Counted, ...]:
        """Return the values to filter by that begin with `starts`, most events first."""
        with self.snapshot() as connection:
            return profile.facets(connection, kind, limit, starts)

    def event_by_key(self, key: int) -> Event | None:
        """Return one event."""
        with self.snapshot() as connection:
            return next(iter(loading.events_by_key(connection, [key])), None)

    def report_by_key(self, key: int) -> StoredReport | None:
        """Return one report."""
        with self.snapshot() as connection:
            return next(iter(loading.reports_by_key(connection, [key])), None)

    def report_by_id(self, name: str) -> StoredReport | None:
        """Return the latest report of an id."""
        with self.snapshot() as connection:
            (key,) = connection.execute("SELECT max(report) FROM label WHERE id = ?", (name,)).fetchone()
            return None if key is None else self.report_by_key(key)

    def records_of(self, report: int) -> ReportRecords:
        """Return all that the coder found in one report, by its key."""
        with self.snapshot() as connection:
            return details.records_of(connection, report)

    def statements_by_key(self, keys: Iterable[int]) -> dict[int, StoredStatement]:
        """Return the statements with these keys."""
        with self.snapshot() as connection:
            found = loading.statements_by_key(connection, sorted(set(keys)))
            return {stored.key: stored for stored in found}

    def acts_by_key(self, keys: Iterable[int]) -> dict[int, StoredAct]:
        """Return the acts with these keys."""
        with self.snapshot() as connection:
            return loading.acts_by_key(connection, sorted(set(keys)))

    def labels_of(self, reports: Iterable[int]) -> dict[int, Label]:
        """Return how some reports are named in a table, by key."""
        with self.snapshot() as connection:
            return loading.labels_of(connection, reports)

    def labels(self) -> dict[int, Label]:
        """Return how each report is named in a table, by key: much lighter than the reports themselves."""
        with self.snapshot() as connection:
            return loading.labels(connection)

    def reports(self, **filters: Unpack[Filters]) -> tuple[StoredReport, ...]:
        """Return the reports by day of publication."""
        return tuple(self._all(lambda after: self.page_reports(_LARGE, after, **filters)))

    def statements(self, **filters: Unpack[Filters]) -> tuple[StoredStatement, ...]:
        """Return the statements in the order in which their reports came in."""
        found = self._all(lambda after: self.page_statements(_LARGE, after, **filters))
        return tuple(sorted(found, key=lambda stored: stored.key))

    def acts(self, **filters: Unpack[Filters]) -> tuple[StoredAct, ...]:
        """Return the acts as the reports tell them, in the order in which the reports came in."""
        found = self._all(lambda after: self.page_acts(_LARGE, after, **filters))
        return tuple(sorted(found, key=lambda stored: stored.key))

    def events(self, **filters: Unpack[Filters]) -> tuple[Event, ...]:
        """Return the events by day; an undated one stands at the publication of its first report."""
        return tuple(self._all(lambda after: self.page_events(_LARGE, after, **filters)))

    def timeline(self, **filters: Unpack[Filters]) -> tuple[Event, ...]:
        """Return the events that have a day, told or of publication, by day."""
        return tuple(event for event in self.events(**filters) if event.date is not None)

    def positions(self, **filters: Unpack[Filters]) -> tuple[Position, ...]:
        """Return what each actor wants, refuses, offers, threatens on each issue, by actor and issue.

        The filter `actor` means whose positions; the dates, when they were told.
        """
        held = self._all(lambda after: self.page_positions(_LARGE, after, **filters))
        return tuple(positions.as_positions(held))

    def changed(self, since: str, **filters: Unpack[Matter]) -> tuple[Change, ...]:
        """Return what became different in the positions from the day `since` (ISO date) on."""
        return tuple(self._all(lambda after: self.page_changes(since, _LARGE, after, **filters)))

    def tension(self, **filters: Unpack[Filters]) -> tuple[TensionPoint, ...]:
        """Return conflict and cooperation by dyad and week, of events that happened and are dated."""
        return tuple(self._all(lambda after: self.page_tension(_LARGE, after, **filters)))

    def network(self, **filters: Unpack[Filters]) -> tuple[Tie, ...]:
        """Return who acts on whom, strongest ties first."""
        return tuple(self._all(lambda after: self.page_ties(_LARGE, after, **filters)))

    def _all(self, page: Callable[[str | None], Page[T]]) -> list[T]:
        """Return the items of all pages, of one state of the dossier."""
        with self.snapshot():
            return [item for found in pages(page) for item in found.items]


def _page(walked: Walked, items: tuple[T, ...]) -> Page[T]:
    return Page(items, walked.total, walked.exact, walked.next)
