"""Everything that a dossier shows, to compare before and after."""

from __future__ import annotations

from typing import Any

from standoff.dossier.dossier import Dossier
from standoff.dossier.tables.tables import VIEWS, table_of

_ROWS = {
    "act": "SELECT * FROM act ORDER BY key",
    "actors": "SELECT * FROM act_actor ORDER BY 1, 2, 3",
    "numbers": "SELECT * FROM act_number ORDER BY 1, 2, 5",
    "statement": "SELECT * FROM statement ORDER BY key",
    "speakers": "SELECT * FROM statement_actor ORDER BY 1, 2",
    "spans": "SELECT * FROM statement_span ORDER BY 1, 2, 3",
    "event": "SELECT * FROM event ORDER BY key",
    "parties": "SELECT * FROM event_actor ORDER BY 1, 2, 3",
    "issue": "SELECT key, label FROM issue WHERE key IN (SELECT issue FROM act) ORDER BY key",
    "renamed": "SELECT * FROM actor_name",
    "found": "SELECT rowid FROM evidence_search WHERE evidence_search MATCH 'tanker' ORDER BY rowid",
}


def everything(dossier: Dossier) -> dict[str, Any]:
    """Return every view and the rows beneath them, by name."""
    shown: dict[str, Any] = {view: table_of(dossier, view, {}) for view in VIEWS}
    shown["changed"] = table_of(dossier, "changed", {}, since="2031-03-05")
    shown["count"] = dossier.count()
    shown["positions of ARD"] = dossier.positions(actor="ARD")
    shown["on the tanker"] = dossier.events(issue="tanker")
    with dossier.use() as connection:
        for name, sql in _ROWS.items():
            shown[name] = connection.execute(sql).fetchall()
    return shown
