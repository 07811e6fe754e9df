"""What changed since an older file, in words."""

from __future__ import annotations

from standoff.conflict.answer.alterations import altered
from standoff.conflict.answer.board import board_of
from standoff.conflict.answer.claims import Claim, Holds, Several, Tally, Would
from standoff.conflict.answer.difference import Change, Difference, Turn
from standoff.conflict.answer.phrases import CONCEPT_WORDS, Phrases, is_plural
from standoff.conflict.answer.sentences import Section, Sentence, capitalised
from standoff.conflict.answer.settlement import settlement_of
from standoff.conflict.wording import counted, joined

TURNS, PARTS = 6, 12
"""How many outcomes, and how many parts, are told one by one."""


def since_section(found: Difference) -> Section:
    """Say which options and statements changed, which outcomes turned, and because of what."""
    title = "What changed"
    if not found.changes and not found.turns:
        return Section(
            "since", title, (Sentence("Nothing changed: options, statements and outcomes are the same."),)
        )
    sentences = [_tally(found, older=True), _tally(found, older=False)]
    sentences += [_turn(found, turn) for turn in found.turns[:TURNS]]
    rest = len(found.turns) - TURNS
    if rest > 0:
        sentences.append(Sentence(f"{counted(rest, 'more outcome')} turned."))
    if not found.turns:
        sentences.append(Sentence("What can hold is the same on the options that both files have."))
    told = [
        change for change in found.changes if change.part.what != "party" or change.kind in ("new", "gone")
    ]
    sentences += [_change(found, change) for change in told[:PARTS]]
    if len(told) > PARTS:
        sentences.append(Sentence(f"{counted(len(told) - PARTS, 'more part')} changed."))
    return capitalised(Section("since", title, tuple(sentences)))


def _tally(found: Difference, *, older: bool) -> Sentence:
    board = found.before if older else found.after
    held, settled = len(board.outcomes(found.concept)), len(board.settlements(found.concept))
    quo = board.conflict.status_quo
    stay = ""
    claims: list[Claim] = [Tally(found.concept, held, settled)]
    if quo is not None:
        holds = board.holds(quo, found.concept)
        stay = f"; things as they stood {'could' if holds else 'could not'} stay so"
        claims.append(Holds(quo, found.concept, holds))
    head = "In the older file" if older else "In the newer file"
    text = (
        f"{head} {counted(held, 'outcome')} of {len(board.conflict.feasible)} can hold "
        f"({CONCEPT_WORDS[found.concept][0]}), {settled} of them {'a settlement' if settled == 1 else 'settlements'}{stay}."
    )
    return Sentence(text, (), Several(tuple(claims)), before=older)


def _turn(found: Difference, turn: Turn) -> Sentence:
    words = Phrases(found.new.conflict)
    state = _telling(found, turn)
    outcome = words.outcome(state)
    claims: list[Claim] = []
    concept = found.concept
    if turn.gained:
        held = [s for s in turn.states if found.after.holds(s, concept)]
        claims.append(Holds(held[0], concept))
        for cause in turn.causes:
            claims += [Would(cause.back, Holds(s, concept, False)) for s in turn.states]
    else:
        claims += [Holds(s, concept, False) for s in turn.states]
        for cause in turn.causes:
            board = board_of(altered(found.new.conflict, cause.back), settlement_of(found.new), (concept,))
            again = next(s for s in turn.states if board.holds(s, concept))
            claims.append(Would(cause.back, Holds(again, concept)))
    ids = tuple(dict.fromkeys(cause.part.id for cause in turn.causes))
    verb = "can hold now and could not before" if turn.gained else "can no longer hold"
    because = joined(change_clause(found, cause) for cause in turn.causes[:3])
    why = f"It turned because {because}" if because else "No single change explains it: several act together"
    return Sentence(f"This {verb}: {outcome}. {why}.", ids, Several(tuple(claims)))


def _telling(found: Difference, turn: Turn) -> int:
    held = [s for s in turn.states if found.after.holds(s, found.concept)]
    return min(held or turn.states, default=0)


def change_clause(found: Difference, change: Change) -> str:
    """A change as a clause, to stand alone or after "because"."""
    case = found.old if change.kind == "gone" else found.new
    part, words = change.part, Phrases(case.conflict)
    if part.what == "statement" and part.owner is not None:
        statement = next(s for s in case.statements(part.owner) if s.id == part.id)
        return _statement_clause(change, words, part.owner, words.statement(part.owner, statement))
    if part.what == "option":
        option = next(k for k in range(case.conflict.option_count) if case.option_id(k) == part.id)
        return _option_clause(change, words.owner(option), words.deed(option))
    name = words.party(part.owner) if part.owner is not None else part.id
    match change.kind:
        case "new":
            return f"{name} {words.verb(part.owner, 'is') if part.owner is not None else 'is'} a party now"
        case "gone":
            return (
                f"{name} {words.verb(part.owner, 'is') if part.owner is not None else 'is'} no longer a party"
            )
        case _:
            return f"there is new evidence of {name}"


def _statement_clause(change: Change, words: Phrases, party: int, wish: str) -> str:
    who = words.party(party)
    match change.kind:
        case "new":
            return f"{who} now {words.verb(party, 'wants')} {wish}"
        case "gone":
            return f"{who} no longer {words.verb(party, 'wants')} {wish}"
        case "moved":
            return f"{words.does(party, 'puts')} “{wish}” elsewhere on {words.its(party)} list"
        case "reworded":
            return f"{who} now {words.verb(party, 'wants')} {wish}, where {words.it(party, 'wanted')} something else"
        case "standing":
            now, was = change.part.standing or "given", change.was or "given"
            return f"it is now {now}, and was {was}, that {words.does(party, 'wants')} {wish}"
        case _:
            return f"there is new evidence that {words.does(party, 'wants')} {wish}"


def _option_clause(change: Change, who: str, deed: str) -> str:
    match change.kind:
        case "new":
            return f"it is now in question whether {who} will {deed}"
        case "gone":
            return f"it is no longer in question whether {who} will {deed}"
        case "done":
            return f"{_has(who)} begun to {deed}"
        case "undone":
            return f"{_has(who)} ceased to {deed}"
        case _:
            return f"there is new evidence that {who} could {deed}"


def _has(who: str) -> str:
    return f"{who} {'have' if is_plural(who) else 'has'}"


def _change(found: Difference, change: Change) -> Sentence:
    told = change.part.evidence[:1] if change.kind == "gone" else ()
    before = f" (it was told in {told[0]})" if told else ""
    return Sentence(f"{change_clause(found, change)}{before}.", (change.part.id,), detail=True)
