"""What hangs on assumptions, and how the verdict falls over everything that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.conflict.answer.alterations import Dropped, find_statement
from standoff.conflict.answer.claims import Claim, Differs, Holds, Nothing, Settled, Several, Share, Would
from standoff.conflict.answer.phrases import Phrases
from standoff.conflict.answer.sentences import Section, Sentence
from standoff.conflict.answer.unknowns import SEED, Leaning, Spread, assumed
from standoff.conflict.wording import counted, joined

if TYPE_CHECKING:
    from standoff.conflict.answer.answer import Answer


def doubts_section(answer: Answer) -> Section:
    """Say what rests on assumptions; in a file that marks none, say that."""
    words = Phrases(answer.conflict)
    ids = assumed(answer.case)
    statements = [part for part in answer.case.parts.values() if part.what == "statement"]
    sentences: list[Sentence] = []
    if statements and not any(part.standing for part in statements):
        text = (
            "The file does not say how its statements are known (standing = stated, inferred or assumed): all count "
            "as given."
        )
        return Section("doubts", "What hangs on assumptions", (Sentence(text),))
    sentences += _all_assumed(answer, words)
    sentences += [_leaning(answer, words, leaning) for leaning in answer.leanings]
    sentences += _quiet(answer, ids)
    if answer.spread is not None:
        sentences += _spread(answer, words, answer.spread, ids)
    elif statements and not ids:
        sentences.append(Sentence("No statement is marked as assumed, so that there is nothing to complete."))
    return Section("doubts", "What hangs on assumptions", tuple(sentences))


def _quiet(answer: Answer, ids: tuple[str, ...]) -> list[Sentence]:
    """Say which assumed statements make no difference when they are taken away alone."""
    loud = {leaning.id for leaning in answer.leanings}
    quiet = tuple(id for id in ids if id not in loud)
    if not quiet or not answer.variants:
        return []
    if len(quiet) < len(ids):
        text = (
            f"{len(quiet)} of {len(ids)} assumed statements, taken away one at a time, "
            f"change{'s' if len(quiet) == 1 else ''} nothing of what holds."
        )
    elif len(ids) == 1:
        text = "The one assumed statement changes nothing of what holds when it is taken away."
    else:
        text = f"None of the {len(ids)} assumed statements changes what holds when it is taken away alone."
    claim = Several(tuple(Differs((Dropped(id),), answer.concept, (), ()) for id in quiet))
    return [Sentence(text, quiet, claim)]


def _all_assumed(answer: Answer, words: Phrases) -> list[Sentence]:
    found = []
    for i in range(len(answer.conflict.decision_makers)):
        own = [answer.case.parts[s.id] for s in answer.case.statements(i)]
        if own and all(part.standing == "assumed" for part in own):
            found.append(
                Sentence(
                    f"Nothing that {words.does(i, 'wants')} is known from a source: "
                    f"{'its one statement is' if len(own) == 1 else f'all {len(own)} statements are'} assumed.",
                    tuple(part.id for part in own),
                    Nothing(),
                )
            )
    return found


def _leaning(answer: Answer, words: Phrases, leaning: Leaning) -> Sentence:
    party, _ = find_statement(answer.conflict, leaning.id)
    statement = next(s for s in answer.case.statements(party) if s.id == leaning.id)
    standing = answer.case.parts[leaning.id].standing
    claims: list[Claim] = [Differs((Dropped(leaning.id),), answer.concept, leaning.gained, leaning.lost)]
    settled = bool(answer.board.settlements(answer.concept))
    effects = []
    if answer.settlement.defined and leaning.settled != settled:
        claims.append(Would((Dropped(leaning.id),), Settled(answer.concept, leaning.settled)))
        effects.append("a settlement would hold" if leaning.settled else "no settlement would hold any more")
    quo = answer.conflict.status_quo
    if quo is not None and quo in leaning.gained:
        effects.append("things could stay as they are")
    if quo is not None and quo in leaning.lost:
        effects.append("things could not stay as they are")
    if not effects:
        gained, lost = len(leaning.gained), len(leaning.lost)
        parts = [f"{counted(gained, 'outcome')} more would hold"] if gained else []
        parts += [f"{counted(lost, 'outcome')} would no longer hold"] if lost else []
        effects.append(" and ".join(parts))
    wish = words.statement(party, statement)
    return Sentence(
        f"That {words.does(party, 'wants')} {wish} is only {standing}: without it, {joined(effects)}.",
        (leaning.id,),
        Several(tuple(claims)),
    )


def _spread(answer: Answer, words: Phrases, spread: Spread, ids: tuple[str, ...]) -> list[Sentence]:
    judged = len(spread.completions)
    what = counted(len(ids), "assumed statement")
    if spread.exact:
        base = f"Of all {judged} ways in which {what} could turn out (left out, or anywhere on the list)"
    else:
        base = (
            f"Of {judged} ways drawn from the {spread.total:,} in which {what} could turn out (seed {SEED})"
        )
    claims: list[Claim] = []
    parts = []
    quo = answer.conflict.status_quo
    if answer.settlement.defined:
        claims.append(Share(spread.completions, Settled(answer.concept), spread.settled))
        parts.append(f"a settlement holds in {spread.settled}")
    if quo is not None:
        claims.append(Share(spread.completions, Holds(quo, answer.concept), spread.today))
        parts.append(f"things can stay as they are in {spread.today}")
    for number, outcome in enumerate(answer.outcomes, start=1):
        true = dict(spread.outcomes).get(outcome.state)
        if true is not None and outcome.state != quo:
            claims.append(Share(spread.completions, Holds(outcome.state, answer.concept), true))
            parts.append(f"outcome {number} holds in {true}")
    if not parts:
        return []
    return [Sentence(f"{base}, {joined(parts)}.", ids, Several(tuple(claims)))]
