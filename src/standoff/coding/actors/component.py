"""The coder's component that finds the actors of a report."""

from __future__ import annotations

from pathlib import Path

from standoff.coding.actors.index import ActorIndex
from standoff.coding.actors.table import ActorTable
from standoff.coding.component import Draft


class Actors:
    """Sets `draft.actors`. `extra` is a user's file of additions and corrections to the table."""

    name = "actors"
    requires = frozenset({"analysis"})
    assigns = frozenset({"actors"})

    def __init__(self, extra: Path | None = None) -> None:
        self.table = ActorTable.load(extra)

    def __call__(self, draft: Draft) -> None:
        """Fill the layer."""
        draft.actors = ActorIndex(draft.analysis, self.table)
