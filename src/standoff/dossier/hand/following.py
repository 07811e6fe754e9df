"""What follows from the records is drawn anew wherever a decision or a newer coder changed some of them.

This is the one place where changes by hand meet everything that is kept beside the records, so that no view needs to know
about decisions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from standoff.dossier import events


def follow(connection: sqlite3.Connection, *, changed: Iterable[int], reports: Iterable[int]) -> None:
    """Draw the changed events anew, and what is kept about the reports whose records changed.

    `changed` are keys of events that gained, lost or hold a changed act, whether they still have any or not;
    `reports` are keys of reports with a changed act or statement. Part of the caller's transaction.
    """
    for event in sorted(set(changed)):
        events.redraw(connection, event)
