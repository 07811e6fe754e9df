"""What was changed for the sake of argument, and what difference that makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.conflict.answer.claims import Tally
from standoff.conflict.answer.phrases import CONCEPT_WORDS, Phrases
from standoff.conflict.answer.sentences import Section, Sentence
from standoff.conflict.wording import counted, joined

if TYPE_CHECKING:
    from standoff.conflict.answer.answer import Answer


def switched_section(answer: Answer) -> Section:
    """Say which switches are thrown, and what holds with and without them."""
    if not answer.thrown or answer.plain is None:
        return Section("switched", "For the sake of argument", ())
    words = Phrases(answer.plain_case.conflict)
    said = [_said(answer, words, kind, id) for kind, id in answer.thrown]
    title = CONCEPT_WORDS[answer.concept][0]
    sentences = [
        Sentence(
            f"This answers not the file as it stands, but what would be if {joined(said)}.",
            tuple(id for _, id in answer.thrown),
        )
    ]
    for board, head, before in ((answer.plain, "Without that", True), (answer.board, "With it", False)):
        held, settled = len(board.outcomes(answer.concept)), len(board.settlements(answer.concept))
        sentences.append(
            Sentence(
                f"{head}, {counted(held, 'outcome')} of {len(board.conflict.feasible)} can hold ({title}), {settled} of them "
                f"{'a settlement' if settled == 1 else 'settlements'}.",
                (),
                Tally(answer.concept, held, settled),
                before=before,
                detail=True,
            )
        )
    return Section("switched", "For the sake of argument", tuple(sentences))


def _said(answer: Answer, words: Phrases, kind: str, id: str) -> str:
    case = answer.plain_case
    part = case.parts.get(id)
    if kind == "split":
        return f"the members of {id} acted apart"
    if part is not None and part.what == "option":
        option = next(k for k in range(case.conflict.option_count) if case.option_id(k) == id)
        deed = f"{words.owner(option)} would {words.deed(option)}"
        match kind:
            case "drop":
                return f"nobody reckoned with a change in whether {deed}"
            case "disbelieve":
                return f"nobody believed that {deed}"
            case _:
                return f"it could not be taken back once {deed}"
    if part is not None and part.owner is not None:
        statement = next(s for s in case.statements(part.owner) if s.id == id)
        return f"{words.party(part.owner)} did not want {words.statement(part.owner, statement)}"
    return f"{id} were dropped"
