"""A candidate act: a trigger and a type that a detector proposes; all later steps work from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from standoff.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from standoff.coding.acts.parties import Parties
    from standoff.coding.acts.views import View
    from standoff.coding.component import Draft

Frame = Literal["act", "judged", "noun", "state", "shared"]
"""How a trigger holds its parties.

act     a verb: its subject acts on its object ("Russia seized Crimea", "Moscow accused Kyiv")
judged  the speaker acts on the subject ("Tehran must comply", "the vote was rigged", "a non-starter")
noun    a noun that names the act ("Russia's seizure of Crimea", "US sanctions on Iran")
state   a predicate of readiness or attitude ("Kyiv is ready to talk"): the subject acts
shared  the parties act on each other ("the two sides met", "clashes between")
"""

FRAMES: tuple[Frame, ...] = ("act", "judged", "noun", "state", "shared")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed act. `head` is the index of the trigger's syntactic head in the document.

    `to` are the prepositions that mark the target, over and above those usual for the type. `needs_target` asks that
    the role step drop the candidate where no target can be told,
    `needs_source` where the parse does not say who acts. `view` is what a learned detector thinks of the
    fields.
    """

    trigger: Span
    head: int
    type: str
    frame: Frame
    confidence: float = 1.0
    rule: str = ""
    to: tuple[str, ...] = ()
    needs_target: bool = False
    needs_source: bool = False
    view: View | None = None


class Detector(Protocol):
    """Proposes candidates for one report, in text order."""

    def __call__(self, draft: Draft, parties: Parties) -> list[Candidate]:
        """Return the candidates of the draft's report."""


def head_of(doc: Doc, trigger: Span) -> Token | None:
    """Return the syntactic head of the words that a span covers, or None where it covers none."""
    found = (
        doc.char_span(trigger.start, trigger.end, alignment_mode="expand")
        if trigger.end > trigger.start
        else None
    )
    return found.root if found is not None and len(found) else None
