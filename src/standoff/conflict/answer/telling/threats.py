"""Which threats carry weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.conflict.answer.alterations import Held
from standoff.conflict.answer.claims import Differs
from standoff.conflict.answer.phrases import Phrases
from standoff.conflict.answer.sentences import Section, Sentence
from standoff.conflict.answer.threats import Weight
from standoff.conflict.wording import counted

if TYPE_CHECKING:
    from standoff.conflict.answer.answer import Answer


def threats_section(answer: Answer) -> Section:
    """Say of each threat what would hold if nobody believed it."""
    words = Phrases(answer.conflict)
    sentences = [_weight(answer, words, weight) for weight in answer.threats]
    return Section("threats", "Which threats carry weight", tuple(sentences))


def _weight(answer: Answer, words: Phrases, weight: Weight) -> Sentence:
    option = weight.threat.option
    ids = (answer.case.option_id(option), *weight.threat.ids)
    claim = Differs((Held(option, False),), weight.concept, weight.gained, weight.lost)
    deed = f"{words.owner(option)} would {words.deed(option)}"
    if not weight.counts:
        text = f"It makes no difference to the other outcomes whether anybody believes that {deed}"
        struck = (
            f"; {counted(weight.struck, 'outcome')} in which it happens {'holds' if weight.struck == 1 else 'hold'} now"
            if weight.struck
            else ""
        )
        return Sentence(f"{text}{struck}.", ids, claim)
    parts = []
    if weight.gained:
        verb = "would hold that does not now" if len(weight.gained) == 1 else "would hold that do not now"
        parts.append(
            f"{counted(len(weight.gained), 'outcome')} {verb}{_settling(answer, weight.gained)}, such as: "
            f"{words.outcome(_telling(answer, weight.gained))}"
        )
    if weight.lost:
        parts.append(
            f"{counted(len(weight.lost), 'outcome')} would no longer hold{_settling(answer, weight.lost)}, such as: "
            f"{words.outcome(_telling(answer, weight.lost))}"
        )
    return Sentence(f"If nobody believed that {deed}, {'; and '.join(parts)}.", ids, claim)


def _settling(answer: Answer, states: tuple[int, ...]) -> str:
    number = sum(answer.settlement.has(state) for state in states)
    if not number:
        return ""
    return f" ({number} of them {'a settlement' if number == 1 else 'settlements'})"


def _telling(answer: Answer, states: tuple[int, ...]) -> int:
    """The outcome that says most: one with a blow in it, else a settlement, else the nearest to today."""
    blows = [threat.option for threat in answer.settlement.threats]
    quo = answer.conflict.status_quo or 0
    return min(
        states,
        key=lambda s: (
            not any(s >> k & 1 for k in blows),
            not answer.settlement.has(s),
            (s ^ quo).bit_count(),
            s,
        ),
    )
