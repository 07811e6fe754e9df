"""The sections of an answer in words, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.conflict.answer.sentences import Section, capitalised
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
    return tuple(capitalised(section) for section in found if section.sentences)
