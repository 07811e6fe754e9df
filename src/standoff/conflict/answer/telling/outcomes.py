"""The outcomes that hold, each with why nobody leaves it and how it is reached from today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.conflict.answer.claims import Claim, Holds, Reached, Settles, Several, Stands, Stays
from standoff.conflict.answer.outcomes import Outcome, Reason, Way
from standoff.conflict.answer.phrases import CONCEPT_WORDS, Phrases
from standoff.conflict.answer.sentences import Section, Sentence
from standoff.conflict.concepts import INDIVIDUAL
from standoff.conflict.graph import StateGraph
from standoff.conflict.wording import counted, joined

if TYPE_CHECKING:
    from standoff.conflict.answer.answer import Answer

EXPLAINED = 3
"""How many outcomes are explained party by party."""


def outcomes_section(answer: Answer) -> Section:
    """Say the leading outcomes."""
    words = Phrases(answer.conflict)
    sentences: list[Sentence] = []
    for number, outcome in enumerate(answer.outcomes):
        sentences.append(_outcome(answer, words, outcome, number + 1))
        sentences.append(_way(answer, words, outcome))
        if number < EXPLAINED and outcome.reasons:
            sentences += [_reason(answer, words, outcome, reason) for reason in outcome.reasons]
    rest = answer.held - len(answer.outcomes)
    if rest > 0:
        sentences.append(
            Sentence(f"{counted(rest, 'more outcome')} {'holds' if rest == 1 else 'hold'} in some sense.")
        )
    return Section("outcomes", "What can hold, and why", tuple(sentences))


def _outcome(answer: Answer, words: Phrases, outcome: Outcome, number: int) -> Sentence:
    kind = "a settlement" if outcome.settles else "no settlement"
    if not answer.settlement.defined:
        kind = ""
    demands = answer.settlement.demands
    met = f"{len(outcome.met)} of {counted(len(demands), 'demand')} met" if demands else ""
    notes = "; ".join(note for note in (kind, met, _under(answer, outcome)) if note)
    taken = tuple(
        answer.case.option_id(k) for k in range(answer.conflict.option_count) if outcome.state >> k & 1
    )
    claims: list[Claim] = [Holds(outcome.state, name) for name in outcome.concepts]
    if answer.settlement.defined:
        claims.append(Settles(outcome.state, outcome.settles))
    return Sentence(
        f"Outcome {number}: {words.outcome(outcome.state)} ({notes}).", taken, Several(tuple(claims))
    )


def _under(answer: Answer, outcome: Outcome) -> str:
    """Under which kinds of foresight an outcome holds; what does not is named where that is shorter."""
    judged = [*answer.board.equilibria, *(answer.joint or {})]
    missing = [name for name in judged if name not in outcome.concepts]
    if not missing:
        return f"holds under all {len(judged)} kinds of foresight"
    if len(missing) < 4 and len(missing) < len(outcome.concepts):
        return f"holds under all kinds of foresight but {joined(CONCEPT_WORDS[name][0] for name in missing)}"
    return f"holds under {joined(CONCEPT_WORDS[name][0] for name in outcome.concepts)}"


def _way(answer: Answer, words: Phrases, outcome: Outcome) -> Sentence:
    quo = answer.conflict.status_quo
    if quo == outcome.state:
        return Sentence("That is how things stand today.", (), Stands(outcome.state), detail=True)
    if quo is None or answer.graph is None:
        why = "the file does not say where things stand" if quo is None else "the conflict is too large"
        return Sentence(f"Whether it is reached from today is not said: {why}.", detail=True)
    text = way_words(answer.graph, words, outcome.way)
    return Sentence(f"{text}.", (), way_claim(outcome.state, outcome.way), detail=True)


def way_claim(state: int, way: Way | None) -> Claim:
    """What a sentence about a way claims: the steps of its kind, and that no easier kind leads there."""
    if way is None:
        return Reached(state, "moves", None)
    claims: list[Claim] = []
    if way.kind != "improvements":
        claims.append(Reached(state, "improvements", None))
    if way.kind == "moves":
        claims.append(Reached(state, "coalitions", None))
    return Several((*claims, Reached(state, way.kind, len(way.route.moves))))


def way_words(graph: StateGraph, words: Phrases, way: Way | None) -> str:
    """How a state is reached, to stand after "it is" or alone."""
    if way is None:
        return "from today it cannot be reached by any moves"
    steps = []
    for move in way.route.moves:
        source, target = graph.states[move.source], graph.states[move.target]
        if len(move.movers) > 1:
            steps.append(f"{words.switches(source, target)}, all at once")
            continue
        (mover,) = move.movers
        against = "" if move.improves else f" (against {words.its(mover)} own wishes)"
        steps.append(f"{words.party(mover)} would {words.switch(source, target)}{against}")
    path = ", then ".join(steps)
    match way.kind:
        case "improvements":
            return f"from today it is reached by steps that each mover wants: {path}"
        case "coalitions":
            return f"from today it is reached only by acting together: {path}"
        case _:
            return f"from today it is reached only against somebody's wishes: {path}"


def _reason(answer: Answer, words: Phrases, outcome: Outcome, reason: Reason) -> Sentence:
    told = answer.concept if answer.concept in outcome.concepts else ""
    told = told or next(name for name in outcome.concepts if name in INDIVIDUAL)
    claim = Stays(reason.party, outcome.state, told)
    said = {s.id: words.statement(reason.party, s) for s in answer.case.statements(reason.party)}
    ids = [*reason.decisive[:2], *((reason.cost,) if reason.cost else ()), *reason.answering]
    rests = tuple(dict.fromkeys(ids))
    if reason.deterrent is None:
        if not answer.conflict.owned(reason.party):
            text = f"{words.does(reason.party, 'has')} no choice of {words.its(reason.party)} own here"
        elif reason.decisive:
            wishes = " and ".join(said[id] for id in reason.decisive[:2])
            text = f"{words.does(reason.party, 'has')} no reason to leave it: {words.it(reason.party, 'wants')} {wishes}"
        else:
            text = f"{words.does(reason.party, 'gains')} nothing by any other choice of {words.its(reason.party)} own"
        return Sentence(f"{text}.", rests, claim, detail=True)
    return Sentence(_deterred(answer, words, outcome, reason, said), rests, claim, detail=True)


def _deterred(answer: Answer, words: Phrases, outcome: Outcome, reason: Reason, said: dict[str, str]) -> str:
    graph, deterrent = answer.graph, reason.deterrent
    assert graph is not None
    assert deterrent is not None
    who = words.party(reason.party)
    others = [j for j in graph.everyone if j != reason.party]
    answers = []
    for step in deterrent.steps:
        deed = words.switch(graph.states[step.source], graph.states[step.target])
        answers.append(f"{words.party(others[step.mover])} would {deed}")
    they, them = ("they", "them") if words.its(reason.party) == "their" else ("it", "it")
    gain = words.switch(outcome.state, graph.states[deterrent.departure])
    cost = (
        f", which costs {them} what {words.it(reason.party, 'wants')} more: {said[reason.cost]}"
        if reason.cost
        else f", and {they} would be no better off"
    )
    more = reason.departures - 1
    further = f" ({counted(more, 'further gain')} would be answered too)" if more else ""
    return f"{who} would gain if {they} were to {gain}, but then {', then '.join(answers)}{cost}{further}."
