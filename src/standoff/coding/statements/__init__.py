"""Statements: who says what, by the parse and a table of cues.

`lexicon` is the table, `candidates` with `verbs`, `nouns`, `modifiers` and `layouts` finds cue, source and content,
`quoting` and `assemble` complete quotations and make records. Another finder of candidates can take the first step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from standoff.coding.component import Draft
from standoff.coding.statements.assemble import FLOOR, assemble_statements
from standoff.coding.statements.candidates import Candidate, find_candidates
from standoff.language.analysis import Analysis

__all__ = ["Candidate", "Statements"]


class Statements:
    """The component that fills `draft.statements`; `finder` is the step that finds raw candidates."""

    name = "statements"
    requires = frozenset({"analysis", "actors"})
    assigns = frozenset({"statements"})

    def __init__(
        self, finder: Callable[[Analysis], Iterable[Candidate]] = find_candidates, *, floor: float = FLOOR
    ) -> None:
        """Take a finder, and the least confidence of a statement; `floor` is the operating point."""
        self._finder = finder
        self._floor = floor

    def __call__(self, draft: Draft) -> None:
        """Fill the statements in text order."""
        draft.statements = assemble_statements(
            draft.analysis, self._finder(draft.analysis), draft.actors, floor=self._floor
        )
