"""What would have to give for a settlement to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.conflict.answer.alterations import (
    Added,
    Alteration,
    Dropped,
    Moved,
    Replaced,
    altered,
    find_statement,
)
from standoff.conflict.answer.changes import Proposal
from standoff.conflict.answer.claims import Claim, Holds, Settles, Several, Would
from standoff.conflict.answer.outcomes import Way, way_to
from standoff.conflict.answer.phrases import CONCEPT_WORDS, Phrases
from standoff.conflict.answer.sentences import Section, Sentence
from standoff.conflict.answer.telling.outcomes import way_claim, way_words
from standoff.conflict.graph import StateGraph, build
from standoff.conflict.inverse.change import Change
from standoff.conflict.model import Conflict
from standoff.conflict.routes import reachability
from standoff.conflict.wording import counted, joined

if TYPE_CHECKING:
    from standoff.conflict.answer.answer import Answer

SHOWN = 5
"""How many proposals are told."""

_KINDS = {"improvements": 0, "coalitions": 1, "moves": 2}


def changes_section(answer: Answer) -> Section:
    """Say the smallest changes; nothing where a settlement holds already or none is defined."""
    title = "What would have to give"
    board, concept = answer.board, answer.concept
    if not answer.settlement.defined or board.settlements(concept):
        return Section("changes", title, ())
    if not board.possible_settlements:
        text = (
            "No change of anybody's wishes helps: the options leave no settlement. Add an option that meets a demand "
            "without breaking another."
        )
        return Section("changes", title, (Sentence(text),))
    changes, words = answer.changes, Phrases(answer.conflict)
    if changes.proposals:
        return Section("changes", title, tuple(_proposals(answer, words)))
    sentences = []
    if changes.single and changes.complete:
        sentences.append(
            Sentence(
                f"No change of a single statement of a single party is enough: all {changes.single} were tried."
            )
        )
    elif changes.single:
        sentences.append(
            Sentence(
                f"No change of a single statement was found that is enough; {changes.tried} of {changes.single} were tried."
            )
        )
    sentences += _by_engine(answer, words, changes.engine)
    return Section("changes", title, tuple(sentences))


def _proposals(answer: Answer, words: Phrases) -> list[Sentence]:
    proposals = answer.changes.proposals
    title = CONCEPT_WORDS[answer.concept][0]
    tried = (
        "" if answer.changes.complete else f" ({answer.changes.tried} of {answer.changes.single} were tried)"
    )
    count = counted(len(proposals), "single change")
    head = (
        f"{count} of what one party wants would be enough for a settlement to hold ({title}){tried}. "
        f"The gentlest first:"
    )
    found = [Sentence(head)]
    for proposal in proposals[:SHOWN]:
        found += _proposal(answer, words, proposal)
    rest = len(proposals) - SHOWN
    if rest > 0:
        found.append(Sentence(f"{counted(rest, 'more change')} would do it too."))
    return found


def _proposal(answer: Answer, words: Phrases, proposal: Proposal) -> list[Sentence]:
    conflict = altered(answer.conflict, proposal.alterations)
    state, way, graph = _best(answer, proposal, conflict)
    claims: list[Claim] = [Holds(state, answer.concept), Settles(state)]
    (edit,) = proposal.alterations
    more = len(proposal.states) - 1
    others = f" (and {counted(more, 'more settlement')})" if more else ""
    text = f"If {edit_words(answer, words, edit)}, this would hold: {words.outcome(state)}{others}."
    found = [
        Sentence(
            text,
            edit_ids(answer, edit),
            Would(proposal.alterations, Several(tuple(claims))),
        )
    ]
    if graph is not None and answer.conflict.status_quo is not None:
        if state == answer.conflict.status_quo:
            found.append(Sentence("That is how things stand today.", detail=True))
        else:
            reach = way_words(graph, words, way)
            found.append(
                Sentence(
                    f"{reach}.",
                    (),
                    Would(proposal.alterations, way_claim(state, way)),
                    detail=True,
                )
            )
    return found


def _best(
    answer: Answer, proposal: Proposal, conflict: Conflict
) -> tuple[int, Way | None, StateGraph | None]:
    """The settlement that is reached most easily once the change is made."""
    if answer.graph is None or conflict.status_quo is None:
        return proposal.states[0], None, None
    graph = build(conflict)
    ways = reachability(graph, graph.place[conflict.status_quo])

    def order(state: int) -> tuple[int, int, int, int]:
        if state == conflict.status_quo:
            return (0, 0, 0, state)
        way = way_to(ways, graph.place[state])
        meets = -len(answer.settlement.met(state))
        if way is None:
            return (4, 0, meets, state)
        return (1 + _KINDS[way.kind], meets, len(way.route.moves), state)

    state = min(proposal.states, key=order)
    return state, way_to(ways, graph.place[state]), graph


def edit_ids(answer: Answer, edit: Alteration) -> tuple[str, ...]:
    """The statement that a change touches, and the one beside which it comes to stand."""
    if isinstance(edit, Dropped):
        return (edit.id,)
    if isinstance(edit, Moved):
        beside = _beside(answer, edit)
        return (edit.id, *((beside,) if beside else ()))
    if isinstance(edit, Added):
        statements = answer.case.statements(edit.party)
        return (statements[edit.place].id,) if edit.place < len(statements) else ()
    return ()


def _beside(answer: Answer, edit: Moved) -> str:
    """The statement that a moved one overtakes, or falls behind."""
    party, place = find_statement(answer.conflict, edit.id)
    statements = answer.case.statements(party)
    return statements[edit.place].id if place != edit.place else ""


def edit_words(answer: Answer, words: Phrases, edit: Alteration) -> str:
    """A change as a clause, to stand after "if"."""
    match edit:
        case Dropped(id):
            party, _ = find_statement(answer.conflict, id)
            return f"{words.party(party)} took “{_said(answer, words, id)}” off {words.its(party)} list"
        case Moved(id, to):
            party, place = find_statement(answer.conflict, id)
            side = "above" if to < place else "below"
            beside = _said(answer, words, _beside(answer, edit))
            return f"{words.party(party)} put “{_said(answer, words, id)}” {side} “{beside}”"
        case Added(party, formula, place, _):
            statements = answer.case.statements(party)
            wish = words.wish(party, formula)
            if place >= len(statements):
                return f"{words.party(party)} also wanted, after everything else, {wish}"
            return f"{words.party(party)} also wanted {wish}, above “{words.statement(party, statements[place])}”"
    raise AssertionError(edit)


def _said(answer: Answer, words: Phrases, id: str) -> str:
    party, _ = find_statement(answer.conflict, id)
    return next(words.statement(party, s) for s in answer.case.statements(party) if s.id == id)


def _by_engine(answer: Answer, words: Phrases, change: Change | None) -> list[Sentence]:
    """What the inverse question found where no single change is enough."""
    asked = answer.changes.asked
    possible = len(answer.board.possible_settlements)
    if not asked:
        return []
    if change is None or not change.parties:
        return [
            Sentence(
                f"Nor was a larger change found for the {asked} of {possible} settlements that come nearest."
            )
        ]
    state = answer.conflict.state_of(change.state)
    assert state is not None
    unit = "statement" if change.by == "statements" else "comparison"
    parts = []
    for party in change.parties:
        who, its = words.party(party.decision_maker), words.its(party.decision_maker)
        if party.edits:
            said = []
            for edit in party.edits:
                wish = words.wish(party.decision_maker, edit.statement.formula)
                match edit.kind:
                    case "dropped":
                        said.append(f"took “{wish}” off {its} list")
                    case "moved":
                        said.append(f"put “{wish}” in place {edit.place} of {its} list")
                    case "added":
                        said.append(f"also wanted {wish}, in place {edit.place} of {its} list")
            parts.append(f"{who} {joined(said)}")
        else:
            parts.append(f"{who} compared {counted(party.comparisons, 'pair')} of outcomes otherwise")
    ids = tuple(
        edit.statement.id
        for party in change.parties
        for edit in party.edits
        if edit.statement.id in answer.case.parts
    )
    replaced = tuple(Replaced(party.decision_maker, party.preference) for party in change.parties)
    sure = (
        f"the smallest for the {asked} of {possible} settlements that come nearest"
        if change.proven
        else "not proven to be the smallest"
    )
    return [
        Sentence(
            f"With {counted(change.cost, unit)} changed ({sure}) one would: if {'; and if '.join(parts)}, this would hold: "
            f"{words.outcome(state)}.",
            ids,
            Would(replaced, Several((Holds(state, answer.concept), Settles(state)))),
        )
    ]
