"""Several records by their keys: only what one page shows, however large the dossier."""

from __future__ import annotations

from collections.abc import Iterable

from standoff.dossier import loading
from standoff.dossier.dossier import Dossier
from standoff.records import Event, StoredReport


def reports_by_key(dossier: Dossier, keys: Iterable[int]) -> dict[int, StoredReport]:
    """Return the reports with these keys, by key."""
    with dossier.use() as connection:
        found = loading.reports_by_key(connection, sorted(set(keys)))
    return {stored.key: stored for stored in found}


def events_by_key(dossier: Dossier, keys: Iterable[int]) -> dict[int, Event]:
    """Return the events with these keys, by key, in the order of the keys."""
    with dossier.use() as connection:
        found = loading.events_by_key(connection, list(dict.fromkeys(keys)))
    return {event.key: event for event in found}
