"""Whether a settlement is among what holds, and what a settlement is taken to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.conflict.answer.claims import Nothing, Several, Tally
from standoff.conflict.answer.phrases import CONCEPT_WORDS, Phrases
from standoff.conflict.answer.sentences import Section, Sentence
from standoff.conflict.formula_text import write_formula
from standoff.conflict.hypercube.stability import CONCEPTS
from standoff.conflict.option_names import OptionNames
from standoff.conflict.preference import Priorities
from standoff.conflict.wording import counted, joined

if TYPE_CHECKING:
    from standoff.conflict.answer.answer import Answer


def settled_section(answer: Answer) -> Section:
    """Say whether a settlement holds, what is taken for one, and how that is under other kinds of foresight."""
    verdict, others = _verdict(answer)
    sentences = [verdict, _definition(answer), others]
    if len(answer.conflict.decision_makers) == 1:
        alone = (
            f"{answer.conflict.decision_makers[0]} is the only party: nobody else has a say in what holds, and there is "
            f"nothing to settle with anybody."
        )
        sentences.insert(0, Sentence(alone))
    return Section("settled", "Could it be settled?", tuple(sentences))


def _definition(answer: Answer) -> Sentence:
    settlement, words = answer.settlement, Phrases(answer.conflict)
    demanded = [id for demand in settlement.demands for id in demand.ids]
    threatened = [id for threat in settlement.threats for id in threat.ids]
    ids = tuple(dict.fromkeys((*demanded, *threatened)))
    if settlement.from_file:
        names = OptionNames(answer.conflict.options, answer.conflict.decision_makers)
        rules = joined(f"“{write_formula(rule, names)}”" for rule in settlement.rules)
        return Sentence(f"A settlement here means what the file says: {rules} hold.", (), Nothing())
    if not settlement.defined:
        if answer.conflict.status_quo is None:
            why = "the file does not say where things stand, so that nobody can be said to lack something"
        elif not any(isinstance(preference, Priorities) for preference in answer.conflict.preferences):
            why = "preferences are given as rankings or weights, in which no demand can be read"
        else:
            why = "nobody asks anything of anybody else that is not so today"
        return Sentence(
            f"What would settle it is not defined: {why}. Say it in the file, under [settlement], with holds = [...]."
        )
    parties = list(dict.fromkeys(demand.party for demand in settlement.demands))
    share = "every demand" if settlement.every else "at least one demand"
    met = f"{share} of {joined(words.party(i) for i in parties)} is met"
    deeds = [f"{words.owner(t.option)} – {words.deed(t.option)}" for t in settlement.threats]
    threats = f", and nothing that is threatened or feared is done ({'; '.join(deeds)})" if deeds else ""
    return Sentence(f"A settlement here means: {met}{threats}.", ids, Nothing())


def _verdict(answer: Answer) -> tuple[Sentence, Sentence]:
    board, concept = answer.board, answer.concept
    gloss = f"({CONCEPT_WORDS[concept][0]}: {CONCEPT_WORDS[concept][1]})"
    among = len(answer.conflict.feasible)
    held, settled = board.outcomes(concept), board.settlements(concept)
    claim = Tally(concept, len(held), len(settled))
    if not answer.settlement.defined:
        text = f"{counted(len(held), 'outcome').capitalize()} of {among} can hold {gloss}."
        return Sentence(text, (), claim), _others(answer)
    if not held:
        text = f"No outcome holds: from each of the {among} somebody has reason to move on {gloss}."
    elif settled:
        verb = "is a settlement" if len(settled) == 1 else "are settlements"
        text = f"Yes: {len(settled)} of the {counted(len(held), 'outcome')} that can hold {verb} {gloss}."
    elif not board.possible_settlements:
        text = (
            "No: no combination of the options would be a settlement at all. What is demanded and what is ruled out "
            "exclude each other."
        )
    else:
        verb = "it is no settlement" if len(held) == 1 else "none of them is a settlement"
        text = f"No: {counted(len(held), 'outcome')} of {among} can hold {gloss}, and {verb}."
    return Sentence(text, (), claim), _others(answer)


def _others(answer: Answer) -> Sentence:
    """The same under the other kinds of foresight, in one sentence."""
    board = answer.board
    claims, said = [], []
    for name in CONCEPTS:
        if name != answer.concept:
            held, settled = len(board.outcomes(name)), len(board.settlements(name))
            claims.append(Tally(name, held, settled))
            said.append(_counted(answer, name, held, settled))
    for name, states in (answer.joint or {}).items():
        settled = sum(answer.settlement.has(state) for state in states)
        claims.append(Tally(name, len(states), settled))
        said.append(_counted(answer, name, len(states), settled))
    what = "Settlements among what" if answer.settlement.defined else "What"
    text = f"{what} can hold with more, less or joint foresight: {', '.join(said)}."
    return Sentence(text, (), Several(tuple(claims)), detail=True)


def _counted(answer: Answer, concept: str, held: int, settled: int) -> str:
    title = CONCEPT_WORDS[concept][0]
    return f"{settled} of {held} ({title})" if answer.settlement.defined else f"{held} ({title})"
