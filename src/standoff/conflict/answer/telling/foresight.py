"""What the kinds of foresight mean that the other sections name, each in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.conflict.answer.phrases import CONCEPT_WORDS
from standoff.conflict.answer.sentences import Section, Sentence

if TYPE_CHECKING:
    from standoff.conflict.answer.answer import Answer


def foresight_section(answer: Answer) -> Section:
    """Explain each kind of foresight that was judged."""
    names = [*answer.board.equilibria, *(answer.joint or {})]
    sentences = tuple(Sentence(f"{CONCEPT_WORDS[name][0]}: {CONCEPT_WORDS[name][1]}.") for name in names)
    return Section("foresight", "How far they look ahead", sentences)
