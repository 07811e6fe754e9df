"""Recoding a dossier: report by report, so that a call that was stopped goes on where it stopped."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.dossier import loading
from standoff.dossier.adding import Coder
from standoff.dossier.dossier import Dossier
from standoff.dossier.hand import recoding
from standoff.dossier.hand.recoding import Recoded
from standoff.records import Coding, StoredReport


def reports_to_recode(dossier: Dossier, coder: Coder) -> tuple[int, ...]:
    """Return the keys of the reports that another coder, or another configuration of it, has coded."""
    with dossier.use() as connection:
        return tuple(recoding.reports_to_recode(connection, coder))


def stored_reports(dossier: Dossier, keys: tuple[int, ...]) -> Iterator[StoredReport]:
    """Yield reports by key, one at a time."""
    for key in keys:
        with dossier.use() as connection:
            yield from loading.stored_reports(connection, "WHERE report.key = ?", [key])


def recode_report(dossier: Dossier, report: int, coding: Coding, coder: Coder) -> Recoded:
    """Let a report have the records of a newer coding; what people decided stays (see `recoding`).

    All of it is on the disk when this returns, or nothing of it has changed.
    """
    with dossier.use() as connection:
        return recoding.recode(connection, report, coding, coder)
