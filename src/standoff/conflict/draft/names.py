"""Names of actors inside the sentences of a draft."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.coding.actors.called import called, part_of

_WITH_ARTICLE = frozenset({"USA", "WEST", "EU", "UN", "GBR", "ARE", "NLD", "PHL"})


def actor_name(code: str) -> str:
    """Return the name of an actor: "Russia", "Ukraine's rebels"; the code itself where the table has none."""
    part = part_of(code)
    if part is not None:
        whole, words = part
        return f"{actor_name(whole)}'s {words}"
    return called(code) or code


def spoken(code: str) -> str:
    """Return the name as it stands inside a sentence: "the United States"."""
    name = actor_name(code)
    return f"the {name}" if code in _WITH_ARTICLE and not name.lower().startswith("the ") else name


def listed(words: Sequence[str], most: int = 0) -> str:
    """Return words as "a, b and c"; with `most`, the rest as a number."""
    if most and len(words) > most:
        words = [*words[:most], f"{len(words) - most} more"]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
