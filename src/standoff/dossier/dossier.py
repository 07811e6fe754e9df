"""A dossier: many coded reports in one file, and every view over them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from standoff.dossier import adding, checking, loading, versions
from standoff.dossier.adding import Coder
from standoff.dossier.lookups import summaries
from standoff.dossier.store import in_one_sentence, open_file, transaction
from standoff.dossier.views.details import Details, details_by_report
from standoff.dossier.views.views import Views
from standoff.reading.addresses import canonical
from standoff.records import Coding, Report, StoredReport


class Dossier(Views):
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

    def rebuild(self) -> None:
        """Make anew all that the views look records up by; the dossier shows the same as before."""
        with self.use() as connection, transaction(connection):
            summaries.rebuild(connection)

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

    def check(self) -> tuple[str, ...]:
        """Return a sentence for everything that is wrong with the file; nothing where all is well."""
        with self.use() as connection:
            return checking.problems_of(connection)
