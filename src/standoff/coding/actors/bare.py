"""Resolves a phrase that stands alone, without a report around it or a parse of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.coding.actors.lexicon import words as vocabulary
from standoff.coding.actors.matching import words_of
from standoff.coding.actors.names import Hold, hold_of
from standoff.coding.actors.roles import roles, with_role

if TYPE_CHECKING:
    from standoff.coding.actors.table import ActorTable, Resolution

_FORMER = frozenset({"former", "ex", "ousted", "deposed"})


def resolve_bare(table: ActorTable, phrase: str, on: str | None) -> Resolution:
    """Resolve a bare phrase: its names decide, its nouns say which part of a state is meant."""
    from standoff.coding.actors.table import NOBODY, Resolution

    words = words_of(phrase)
    matches = [
        m for m in table.trie.matches(phrase, words) if hold_of(phrase, m.start, m.end) is not Hold.NONE
    ]
    lower = [w.folded for w in words]
    if not matches:
        numbers = [
            n for word in words if phrase[word.start].isupper() for n in table.family.get(word.folded, [])
        ]
        chosen = table.choose(numbers, on)
        if chosen is None:
            return NOBODY
        return Resolution(chosen[0].codes, True, f"family name of {chosen[0].name}")
    rows = [choice for m in matches if (choice := table.choose(m.rows, on))]
    specific = [c for c in rows if c[0].kind in ("organisation", "group", "party", "person", "agency")]
    picked = specific[-1:] or rows[:1]
    row, guess = picked[0]
    classes = [roles()[w].kind for w in lower if w in roles() and roles()[w].modifies]
    head = next((roles()[w].kind for w in reversed(lower) if w in roles()), "")
    kind = classes[0] if classes else head
    if vocabulary("former") & set(lower) and row.kind == "person":
        kind = "civ"
    codes = tuple(with_role(code, kind, table.states) for code in row.codes)
    return Resolution(codes, guess, f"{row.kind} {row.name}")
