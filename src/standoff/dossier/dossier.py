"""A dossier: many coded reports in one file, and every view over them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Unpack, cast

from standoff.dossier import adding, changes, checking, loading, positions, tension, versions
from standoff.dossier.adding import Coder
from standoff.dossier.details import Details, details_by_report
from standoff.dossier.filters import Filters, Matter, clause
from standoff.dossier.store import in_one_sentence, open_file
from standoff.reading.addresses import canonical
from standoff.records import (
    Change,
    Coding,
    Event,
    Position,
    Report,
    StoredAct,
    StoredReport,
    StoredStatement,
    TensionPoint,
    Tie,
)


class Dossier:
    """One SQLite file with reports, their records, and what they say together.

    Open it with `create` or `open` and use it as a context manager. One process writes at a time; any
    number read meanwhile, each a consistent state. Every method raises InputError, in one sentence, where
    the file cannot be used, and UsageError for a filter that cannot be meant; filters are those of
    `Filters`.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Take an open connection; use `create` or `open` instead."""
        self.path = path
        self._connection = connection

    @classmethod
    def create(cls, path: Path | str) -> Dossier:
        """Open a dossier for writing, and make it where there is no file yet."""
        return cls(Path(path), open_file(Path(path), write=True, create=True))

    @classmethod
    def open(cls, path: Path | str, *, write: bool = False) -> Dossier:
        """Open an existing dossier, for reading unless told otherwise."""
        return cls(Path(path), open_file(Path(path), write=write))

    def close(self) -> None:
        """Close the file; the dossier cannot be used after."""
        self._connection.close()

    def __enter__(self) -> Dossier:
        """Return the dossier itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    @contextmanager
    def use(self) -> Iterator[sqlite3.Connection]:
        """Give the connection to the rest of this room; SQLite's errors become an InputError."""
        with in_one_sentence(self.path):
            yield self._connection

    def add(self, coding: Coding, coder: Coder | None = None) -> bool:
        """Add a report with its records; return False where its text is there already under the same id.

        All of it is on the disk when this returns, or nothing of it is in the dossier.
        """
        with self.use() as connection:
            return adding.add_coding(connection, coding, coder or Coder())

    def has(self, report: Report) -> bool:
        """Return True where a report's text is there already under its id or web address, so that it need not
        be coded again.
        """
        with self.use() as connection:
            return adding.known(connection, report)

    def count(self) -> dict[str, int]:
        """Return how many reports, voices, statements, acts, events and issues there are."""
        with self.use() as connection:
            tables = ("report", "statement", "act", "event")
            found = {
                name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables
            }
            used = "EXISTS (SELECT 1 FROM act WHERE act.issue = issue.key)"
            found["issue"] = connection.execute(f"SELECT count(*) FROM issue WHERE {used}").fetchone()[0]
            found["voice"] = connection.execute("SELECT count(DISTINCT voice) FROM report").fetchone()[0]
            return found

    def reports(self, **filters: Unpack[Filters]) -> tuple[StoredReport, ...]:
        """Return the reports by day of publication."""
        with self.use() as connection:
            return tuple(loading.stored_reports(connection, *clause("report", filters)))

    def versions_of(self, url: str) -> tuple[StoredReport, ...]:
        """Return the versions of the page at a web address, oldest first; `versions.difference` compares
        two."""
        with self.use() as connection:
            keys = versions.version_keys(connection, canonical(url) or url)
            marks = ", ".join("?" * len(keys))
            found = loading.stored_reports(connection, f"WHERE report.key IN ({marks})", keys)
            return tuple(sorted(found, key=lambda stored: stored.key))

    def pages_with_versions(self) -> tuple[versions.PageVersions, ...]:
        """Return the pages of which there is more than one version, the latest changed first."""
        with self.use() as connection:
            return versions.pages_with_versions(connection)

    def details(self) -> dict[int, Details]:
        """Return the times, passed-over sentences and notes of every report, by its key."""
        with self.use() as connection:
            return details_by_report(connection)

    def labels(self) -> dict[int, loading.Label]:
        """Return how each report is named in a table, by key: much lighter than the reports themselves."""
        with self.use() as connection:
            return loading.labels(connection)

    def statements(self, **filters: Unpack[Filters]) -> tuple[StoredStatement, ...]:
        """Return the statements in the order in which their reports came in."""
        with self.use() as connection:
            return tuple(loading.stored_statements(connection, *clause("statement", filters)))

    def acts(self, **filters: Unpack[Filters]) -> tuple[StoredAct, ...]:
        """Return the acts as the reports tell them, in the order in which the reports came in."""
        with self.use() as connection:
            return tuple(loading.stored_acts(connection, *clause("act", filters)))

    def acts_by_key(self, keys: Iterable[int]) -> dict[int, StoredAct]:
        """Return the acts with these keys."""
        with self.use() as connection:
            return loading.acts_by_key(connection, sorted(set(keys)))

    def events(self, **filters: Unpack[Filters]) -> tuple[Event, ...]:
        """Return the events by day; an undated one stands at the publication of its first report."""
        with self.use() as connection:
            return tuple(loading.events_where(connection, *clause("event", filters)))

    def timeline(self, **filters: Unpack[Filters]) -> tuple[Event, ...]:
        """Return the events that have a day, told or of publication, by day."""
        return tuple(event for event in self.events(**filters) if event.date is not None)

    def positions(self, **filters: Unpack[Filters]) -> tuple[Position, ...]:
        """Return what each actor wants, refuses, offers, threatens on each issue, by actor and issue.

        The filter `actor` means whose positions; the dates, when they were told.
        """
        with self.use() as connection:
            return positions.positions_of(connection, filters)

    def changed(self, since: str, **filters: Unpack[Matter]) -> tuple[Change, ...]:
        """Return what became different in the positions from the day `since` (ISO date) on."""
        with self.use() as connection:
            return changes.changes_since(connection, since, cast(Filters, filters))

    def tension(self, **filters: Unpack[Filters]) -> tuple[TensionPoint, ...]:
        """Return conflict and cooperation by dyad and week, of events that happened and are dated."""
        return tension.tension_of(self.timeline(**filters))

    def network(self, **filters: Unpack[Filters]) -> tuple[Tie, ...]:
        """Return who acts on whom, strongest ties first."""
        return tension.network_of(self.events(**filters))

    def check(self) -> tuple[str, ...]:
        """Return a sentence for everything that is wrong with the file; nothing where all is well."""
        with self.use() as connection:
            return checking.problems_of(connection)
