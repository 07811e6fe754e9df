"""Records by their keys: only what one page shows, however large the dossier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from standoff.dossier import loading
from standoff.dossier.dossier import Dossier
from standoff.records import Event, StoredAct, StoredReport, StoredStatement


def _in(keys: Iterable[int]) -> tuple[str, list[int]]:
    found = sorted(set(keys))
    return f"({', '.join('?' * len(found))})", found


def reports_by_key(dossier: Dossier, keys: Iterable[int]) -> dict[int, StoredReport]:
    """Return the reports with these keys."""
    marks, values = _in(keys)
    with dossier.use() as connection:
        found = loading.stored_reports(connection, f"WHERE report.key IN {marks}", values)
    return {stored.key: stored for stored in found}


def events_by_key(dossier: Dossier, keys: Iterable[int]) -> dict[int, Event]:
    """Return the events with these keys."""
    marks, values = _in(keys)
    with dossier.use() as connection:
        found = loading.events_where(connection, f"WHERE event.key IN {marks}", values)
    return {event.key: event for event in found}


def statements_by_key(dossier: Dossier, keys: Iterable[int]) -> dict[int, StoredStatement]:
    """Return the statements with these keys."""
    marks, values = _in(keys)
    with dossier.use() as connection:
        found = loading.stored_statements(connection, f"WHERE statement.key IN {marks}", values)
    return {stored.key: stored for stored in found}


def acts_of_report(dossier: Dossier, key: int) -> Sequence[StoredAct]:
    """Return the acts that a report tells, in its order."""
    with dossier.use() as connection:
        return loading.stored_acts(connection, "WHERE act.report = ?", [key])


def statements_of_report(dossier: Dossier, key: int) -> Sequence[StoredStatement]:
    """Return the statements in a report, in its order."""
    with dossier.use() as connection:
        return loading.stored_statements(connection, "WHERE statement.report = ?", [key])
