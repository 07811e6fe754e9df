"""What follows from the records is drawn anew wherever a decision or a newer coder changed some of them.

This is the one place where changes by hand meet everything that is kept beside the records, so that no view needs to know
about decisions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from standoff.dossier.events import events
from standoff.dossier.lookups import summaries


def follow(connection: sqlite3.Connection, changed: Iterable[int]) -> None:
    """Draw the changed events anew, and bring what is kept beside the changed records up to them.

    `changed` are keys of events that gained, lost or hold a changed act, whether they still have any or not. Part of
    the caller's transaction.
    """
    for event in sorted(set(changed)):
        events.redraw(connection, event)
    summaries.freshen(connection)
