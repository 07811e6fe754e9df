"""One outcome told: how things come there from today, why each party stays or would leave, and what would have to give."""

from __future__ import annotations

from dataclasses import dataclass, replace

from standoff.brief.lines import Evidence
from standoff.brief.material import Material
from standoff.brief.settlement import Places
from standoff.conflict.answer.case import Case
from standoff.conflict.answer.outcomes import Outcome, deciding, reason_of, way_to
from standoff.conflict.answer.phrases import CONCEPT_WORDS, Phrases
from standoff.conflict.answer.telling.outcomes import outcomes_section
from standoff.conflict.concepts import INDIVIDUAL
from standoff.conflict.explanation import explain
from standoff.conflict.graph import StateGraph
from standoff.conflict.inverse.change import Change
from standoff.conflict.problems import ModelProblem
from standoff.conflict.routes import Move
from standoff.conflict.wording import counted, joined
from standoff.web.conflict.picture import States
from standoff.web.conflict.questions import Worked

REASONS = 6
"""The most pieces of evidence that one step opens."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way: who does what, why, and where things stand then. `against` says that a mover loses by it."""

    who: str
    deed: str
    together: bool
    against: bool
    why: str
    then: str
    state: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the engine says of one party: whether it stays, why in plain words ("" where there are none), and the
    certificate in the engine's own sentence."""

    party: str
    stays: bool
    plain: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Story:
    """An outcome, told. `number` is its place among the leading outcomes, 0 for none; `way` says in a sentence how it is
    reached, and `steps` tell it. `verdicts` are under the concept that is asked about; `also` are names of other
    concepts, with their titles, under which it holds."""

    id: str
    number: int
    words: str
    today: bool
    settles: bool | None
    held: tuple[str, ...]
    missing: tuple[str, ...]
    way: str
    steps: tuple[Step, ...]
    verdicts: tuple[Verdict, ...]
    concept: str
    meaning: str
    also: tuple[tuple[str, str], ...]


def position_of(worked: Worked, id: str) -> int | None:
    """Return the position of a state that an address names, by its id or its mask; None where there is none."""
    graph = worked.graph
    if graph is None:
        return None
    if id in graph.ids:
        return graph.ids.index(id)
    if worked.conflict.options and id:
        signs = [worked.conflict.signs(state) for state in graph.states]
        return signs.index(id) if id in signs else None
    return None


def story_of(worked: Worked, material: Material, position: int, concept: str) -> Story:
    """Tell one state under a concept."""
    assert worked.graph is not None
    graph, states = worked.graph, States(worked, worked.graph)
    way = way_to(worked.ways, position)
    teller = _Teller(worked.case, graph, states, Places(material))
    held = states.held(position)
    return Story(
        graph.ids[position],
        states.numbers.get(graph.states[position], 0),
        states.words(position),
        position == states.today,
        states.settles(position),
        held,
        tuple(title for title in worked.held if title not in held),
        _way_words(states, position, way.kind if way is not None else ""),
        tuple(teller.step(move) for move in way.route.moves) if way is not None else (),
        _verdicts(worked, graph, states, concept, position),
        CONCEPT_WORDS[concept][0],
        CONCEPT_WORDS[concept][1],
        tuple(
            (name, CONCEPT_WORDS[name][0])
            for name in INDIVIDUAL
            if name != concept and CONCEPT_WORDS[name][0] in held
        ),
    )


def _way_words(states: States, position: int, kind: str) -> str:
    if states.today is None:
        return "The file does not say where things stand today, so that no way can be told."
    if position == states.today:
        return "That is how things stand today."
    return {
        "improvements": "Each step on this way is wanted by whoever makes it.",
        "coalitions": "It is reached only by acting together: those who move together all gain.",
        "moves": "It is reached only if somebody acts against its own wishes.",
        "": "From today no moves lead there.",
    }[kind]


def _verdicts(
    worked: Worked, graph: StateGraph, states: States, concept: str, position: int
) -> tuple[Verdict, ...]:
    """What each party does in a state."""
    found = []
    for party in graph.everyone:
        name = graph.decision_makers[party]
        try:
            certificate = explain(worked.conflict, graph, concept, [party], position)
        except ModelProblem as problem:
            found.append(Verdict(name, False, "", f"This is not worked out: {problem.problem}."))
            continue
        stays = certificate.witness.stable
        plain = ""
        if stays:
            plain = _reason(worked, concept, party, position)
        elif certificate.witness.escape is not None and worked.conflict.options:
            deed = states.switch(position, certificate.witness.escape.departure)
            plain = f"{name} would {deed}, and nothing that would follow deters it from that."
        found.append(Verdict(name, stays, plain, certificate.sentence))
    return tuple(found)


def _reason(worked: Worked, concept: str, party: int, position: int) -> str:
    """Why a party stays, in the words of the answer."""
    answer = worked.answer
    if answer is None or answer.graph is None:
        return ""
    state = answer.graph.states[position]
    reason = reason_of(answer.case, answer.graph, concept, party, position)
    outcome = Outcome(state, (concept,), False, (), None, True, (reason,))
    section = outcomes_section(replace(answer, outcomes=(outcome,), held=1))
    told = section.sentences[-1].text
    return told[:1].upper() + told[1:]


@dataclass(frozen=True, slots=True)
class _Teller:
    case: Case
    graph: StateGraph
    states: States
    places: Places

    def step(self, move: Move) -> Step:
        """Tell one step, with the statement for which each mover makes it, or against which."""
        ids, why = [], []
        words = Phrases(self.case.conflict)
        here, there = self.graph.states[move.source], self.graph.states[move.target]
        for party in move.movers:
            better, worse = (there, here) if move.improves else (here, there)
            id = deciding(self.case, party, better, worse)
            if not id:
                continue
            ids.append(id)
            wish = words.statement(party, next(s for s in self.case.statements(party) if s.id == id))
            name = words.party(party)
            why.append(
                f"{name} wants {wish}" if move.improves else f"it goes against what {name} wants: {wish}"
            )
        found = dict.fromkeys(link for id in ids for link in self.places.of(self.case.parts[id].evidence))
        return Step(
            joined(self.graph.decision_makers[i] for i in move.movers),
            self.states.switch(move.source, move.target),
            len(move.movers) > 1,
            not move.improves,
            "; ".join(why),
            self.states.words(move.target),
            self.graph.ids[move.target],
            tuple(found)[:REASONS],
        )


def change_sentences(worked: Worked, change: Change) -> list[str]:
    """Say the answer to an inverse question in plain words: a head, and a sentence for each party."""
    words = Phrases(worked.conflict)
    goal = "hold" if change.wanted else "hold no longer"
    unit = "comparison" if change.by == "ranking" else "statement"
    if not change.possible:
        least = f" One would change at least {counted(change.at_least, unit)}." if not change.proven else ""
        sure = "" if change.proven else " was found in the time given; that there is none is not proven"
        return [f"No change of these wishes lets it {goal}{sure}.{least}"]
    if not change.cost:
        return [f"Nothing: it does {goal} already." if change.wanted else "Nothing: it does not hold."]
    fewest = "and with no fewer" if change.proven else f"though {change.at_least} might do: the time was up"
    found = [f"It would {goal} with {counted(change.cost, unit)} changed, {fewest}."]
    for party in change.parties:
        name = words.party(party.decision_maker)
        said = []
        for edit in party.edits:
            wish = words.wish(party.decision_maker, edit.statement.formula)
            said.append(
                {
                    "dropped": f"to take off its list that it wants {wish}",
                    "moved": f"to put “{wish}” in place {edit.place} of its list",
                    "added": f"also to want {wish}, in place {edit.place} of its list",
                }[edit.kind]
            )
        for ids, verb in ((party.risen, "better"), (party.fallen, "worse")):
            for id in ids[:3]:
                said.append(f"to think {verb} of this: {_outcome(worked, id)}")
            if len(ids) > 3:
                said.append(f"to think {verb} of {counted(len(ids) - 3, 'more outcome')}")
        found.append(f"{name} would have {joined(said)}.")
    return found


def _outcome(worked: Worked, id: str) -> str:
    assert worked.graph is not None
    words = States(worked, worked.graph).words(worked.graph.ids.index(id))
    return words[:1].lower() + words[1:] if words.startswith("Nobody") else words
