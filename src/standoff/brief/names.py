"""Names of actors on pages: one line that cannot break one, whatever the code holds."""

from __future__ import annotations

from standoff.brief.safety import plain
from standoff.coding.actors.called import called, part_of


def actor_name(code: str) -> str:
    """Return the name of an actor: "Russia", "Ukraine (rebels)"; the code itself where the table has none."""
    part = part_of(code)
    if part is not None:
        whole, words = part
        return f"{actor_name(whole)} ({words})"
    return called(code) or plain(code)


def actor_names(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of several actors."""
    return tuple(actor_name(code) for code in codes)
