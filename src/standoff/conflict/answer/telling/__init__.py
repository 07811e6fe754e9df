"""The sections of an answer in words, in their order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from standoff.conflict.answer.sentences import Section, Sentence
from standoff.conflict.answer.telling.changes import changes_section
from standoff.conflict.answer.telling.doubts import doubts_section
from standoff.conflict.answer.telling.foresight import foresight_section
from standoff.conflict.answer.telling.outcomes import outcomes_section
from standoff.conflict.answer.telling.settled import settled_section
from standoff.conflict.answer.telling.switched import switched_section
from standoff.conflict.answer.telling.threats import threats_section
from standoff.conflict.answer.telling.today import today_section

if TYPE_CHECKING:
    from standoff.conflict.answer.answer import Answer


def tell(answer: Answer) -> tuple[Section, ...]:
    """Say an answer, leaving out sections with nothing to say."""
    found = (
        switched_section(answer),
        today_section(answer),
        settled_section(answer),
        outcomes_section(answer),
        changes_section(answer),
        threats_section(answer),
        doubts_section(answer),
        foresight_section(answer),
    )
    return tuple(
        replace(section, sentences=tuple(_capital(sentence) for sentence in section.sentences))
        for section in found
        if section.sentences
    )


def _capital(sentence: Sentence) -> Sentence:
    """Begin a sentence with a capital, also where a party's name begins it with a small letter."""
    return replace(sentence, text=sentence.text[:1].upper() + sentence.text[1:])
