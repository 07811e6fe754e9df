"""The answer as a JSON document, for other programs."""

from __future__ import annotations

from typing import Any

from standoff.conflict.answer.answer import Answer
from standoff.conflict.answer.sentences import Section, weakest
from standoff.conflict.json_form import plain_id


def answer_json(answer: Answer, more: tuple[Section, ...] = ()) -> dict[str, Any]:
    """Lay out the sentences with what they rest on, and the data that they say."""
    conflict, board = answer.conflict, answer.board

    def state(number: int) -> int | str:
        return plain_id(conflict.state_id(number))

    return {
        "concept": answer.concept,
        "switches": [{"kind": kind, "id": id} for kind, id in answer.thrown],
        "settlement": {
            "defined": answer.settlement.defined,
            "from_file": answer.settlement.from_file,
            "demands": [
                {
                    "party": conflict.decision_makers[demand.party],
                    "option": answer.case.option_id(demand.option),
                    "taken": demand.taken,
                    "statements": list(demand.ids),
                }
                for demand in answer.settlement.demands
            ],
            "threats": [
                {"option": answer.case.option_id(threat.option), "statements": list(threat.ids)}
                for threat in answer.settlement.threats
            ],
        },
        "tally": {
            name: {"outcomes": len(board.outcomes(name)), "settlements": len(board.settlements(name))}
            for name in board.equilibria
        },
        "outcomes": [
            {
                "state": state(outcome.state),
                "mask": conflict.signs(outcome.state),
                "concepts": list(outcome.concepts),
                "settlement": outcome.settles,
                "demands_met": len(outcome.met),
                "way": outcome.way.kind if outcome.way else None,
                "steps": len(outcome.way.route.moves) if outcome.way else None,
            }
            for outcome in answer.outcomes
        ],
        "changes": [
            {
                "party": conflict.decision_makers[proposal.party],
                "settlements": [state(number) for number in proposal.states],
            }
            for proposal in answer.changes.proposals
        ],
        "threats": [
            {
                "option": answer.case.option_id(weight.threat.option),
                "gained": [state(number) for number in weight.gained],
                "lost": [state(number) for number in weight.lost],
            }
            for weight in answer.threats
        ],
        "completions": None
        if answer.spread is None
        else {
            "total": answer.spread.total,
            "judged": len(answer.spread.completions),
            "exact": answer.spread.exact,
            "settled": answer.spread.settled,
            "today": answer.spread.today,
        },
        "sections": [_section(answer, section) for section in (*more, *answer.sections)],
        "omitted": list(answer.omitted),
    }


def _section(answer: Answer, section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": section.title,
        "sentences": [
            {
                "text": sentence.text,
                "detail": sentence.detail,
                "rests_on": list(sentence.rests_on),
                "evidence": list(answer.case.evidence(sentence.rests_on)),
                "standing": weakest(answer.case, sentence.rests_on),
            }
            for sentence in section.sentences
        ],
    }
