"""Where things stand, and whether they can stay so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.conflict.answer.claims import Holds, Nothing, Several, Stands, Stays
from standoff.conflict.answer.outcomes import certificate_of, deciding
from standoff.conflict.answer.phrases import CONCEPT_WORDS, Phrases
from standoff.conflict.answer.sentences import Section, Sentence
from standoff.conflict.hypercube.stability import CONCEPTS
from standoff.conflict.wording import joined

if TYPE_CHECKING:
    from standoff.conflict.answer.answer import Answer


def today_section(answer: Answer) -> Section:
    """Say what is done and what is open, who would move on, and under which foresight nobody would."""
    quo = answer.conflict.status_quo
    if quo is None:
        missing = (
            "The file does not say where things stand (status_quo): so nothing is said about today, nor about ways "
            "from it."
        )
        return Section("today", "Where things stand", (Sentence(missing, (), Nothing()),))
    words = Phrases(answer.conflict)
    done, left = words.today(quo)
    ids = [answer.case.option_id(k) for k in range(answer.conflict.option_count)]
    taken = tuple(id for k, id in enumerate(ids) if quo >> k & 1)
    open_ = tuple(id for k, id in enumerate(ids) if not quo >> k & 1)
    sentences = [
        Sentence(
            f"Done today: {_listed(done)}." if done else "None of the options below is taken today.",
            taken,
            Stands(quo),
        )
    ]
    if left:
        sentences.append(Sentence(f"Open: {_listed(left)}.", open_, Stands(quo)))
    sentences += _can_last(answer, quo, words)
    return Section("today", "Where things stand", tuple(sentences))


def _listed(parts: list[tuple[str, list[str]]]) -> str:
    return "; ".join(f"{who} – {joined(deeds)}" for who, deeds in parts)


def _can_last(answer: Answer, quo: int, words: Phrases) -> list[Sentence]:
    held = [name for name in CONCEPTS if answer.board.holds(quo, name)]
    claims = Several(tuple(Holds(quo, name, name in held) for name in CONCEPTS))
    if not held:
        text = "Things cannot stay as they are: in no sense is it in everybody's interest to wait."
    elif len(held) == len(CONCEPTS):
        text = "Things can stay as they are: nobody gains by a move of its own, however far it looks ahead."
    else:
        names = joined(CONCEPT_WORDS[name][0] for name in held)
        text = f"Things can stay as they are only in some senses ({names}: {CONCEPT_WORDS[held[0]][1]})."
    found = [Sentence(text, (), claims)]
    if answer.graph is None:
        return found
    position = answer.graph.place[quo]
    for i in answer.graph.everyone:
        certificate = certificate_of(answer.graph, answer.concept, i, position)
        if certificate.escape is not None:
            target = answer.graph.states[certificate.escape.departure]
            id = deciding(answer.case, i, target, quo)
            wish = _because(answer, words, i, id)
            found.append(
                Sentence(
                    f"{words.does(i, 'has')} reason to {words.switch(quo, target)}{wish}.",
                    tuple(part for part in (id,) if part),
                    Stays(i, quo, answer.concept, False),
                    detail=True,
                )
            )
    return found


def _because(answer: Answer, words: Phrases, party: int, id: str) -> str:
    statement = next((s for s in answer.case.statements(party) if s.id == id), None)
    return (
        f": {words.it(party, 'wants')} {words.statement(party, statement)}" if statement is not None else ""
    )
