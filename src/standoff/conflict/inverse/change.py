"""The answer to an inverse question: what changes for whom, as data and as a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from standoff.conflict.formula_text import write_formula
from standoff.conflict.inverse.statements import Edit
from standoff.conflict.json_form import plain_id
from standoff.conflict.model import Conflict
from standoff.conflict.option_names import OptionNames
from standoff.conflict.preference import Preference, Priorities, Ranking
from standoff.conflict.wording import counted, joined

By = Literal["ranking", "statements"]

RANKED = 256
"""The most states whose new ranking is written out in JSON."""


@dataclass(frozen=True, slots=True)
class PartyChange:
    """What changes for one decision maker: its new preference, and either the pairs of states that compare
    differently or the edits of its statements."""

    decision_maker: int
    preference: Preference
    comparisons: int
    risen: tuple[str, ...] = ()
    fallen: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest change that answers a question, or the smallest that was found in the time given.

    `possible` is False where no change of the preferences in question does; `cost` is the number of pairs
    or of edits, 0 where nothing has to change. `proven` says that this is so: without it the time was up, a
    change that was found may not be the smallest, and none may have been missed. No change that costs less
    than `at_least` is an answer.
    """

    concept: str
    state: str
    wanted: bool
    by: By
    possible: bool
    cost: int = 0
    parties: tuple[PartyChange, ...] = ()
    proven: bool = True
    at_least: int = 0

    def sentence(self, conflict: Conflict) -> str:
        """Say what has to change."""
        goal = f"{'an' if self.wanted else 'no'} equilibrium ({self.concept.upper()})"
        noun = "comparison" if self.by == "ranking" else "statement"
        if not self.possible and self.proven:
            return f"No change of these preferences makes state {self.state} {goal}."
        if not self.possible:
            least = counted(self.at_least, noun)
            return (
                f"No change that makes state {self.state} {goal} was found in the time given; that there is none is not "
                f"proven, and one would change at least {least}."
            )
        if not self.cost:
            return f"State {self.state} is {goal} already."
        parts = [_party_sentence(conflict, party) for party in self.parties]
        fewest = "and with no fewer" if self.proven else self._bounds()
        return (
            f"State {self.state} becomes {goal} with {counted(self.cost, noun)} changed, {fewest}: "
            f"{'; '.join(parts)}."
        )

    def _bounds(self) -> str:
        if self.at_least <= 1:
            return "though fewer may do (not proven: the time was up)"
        return f"though as few as {self.at_least} may do (not proven: the time was up)"

    def to_json(self, conflict: Conflict) -> dict[str, Any]:
        """The answer as a JSON document, its sentence among the rest."""
        return {
            "question": "settle" if self.wanted else "break",
            "state": plain_id(self.state),
            "concept": self.concept,
            "by": self.by,
            "possible": self.possible,
            "cost": self.cost if self.possible else None,
            "at_least": self.cost if self.possible and self.proven else self.at_least,
            "proven": self.proven,
            "changes": [_party_json(conflict, party) for party in self.parties],
            "sentence": self.sentence(conflict),
        }


def _party_json(conflict: Conflict, party: PartyChange) -> dict[str, Any]:
    document: dict[str, Any] = {
        "decision_maker": conflict.decision_makers[party.decision_maker],
        "comparisons": party.comparisons,
        "higher": [plain_id(id) for id in party.risen],
        "lower": [plain_id(id) for id in party.fallen],
    }
    names = OptionNames(conflict.options, conflict.decision_makers)
    match party.preference:
        case Ranking() if sum(map(len, party.preference.groups)) <= RANKED:
            document["ranking"] = [
                [plain_id(conflict.state_id(s)) for s in group] for group in party.preference.groups
            ]
        case Priorities():
            document["priorities"] = [
                p.text or write_formula(p.formula, names) for level in party.preference.levels for p in level
            ]
            document["edits"] = [
                {
                    "kind": edit.kind,
                    "statement": edit.statement.text or write_formula(edit.statement.formula, names),
                    "before": edit.before or None,
                    "place": edit.place or None,
                }
                for edit in party.edits
            ]
    return document


def _party_sentence(conflict: Conflict, party: PartyChange) -> str:
    name = conflict.decision_makers[party.decision_maker]
    if party.edits:
        return f"{name} has {joined(_edit_text(conflict, edit) for edit in party.edits)}"
    moves = [f"{_ids(ids)} {verb}" for ids, verb in ((party.risen, "higher"), (party.fallen, "lower")) if ids]
    return f"{name} ranks {joined(moves)} ({counted(party.comparisons, 'comparison')})"


def _ids(ids: Sequence[str]) -> str:
    shown = [f"state {id}" for id in ids[:6]]
    return joined(shown) if len(ids) <= 6 else f"{', '.join(shown)} and {len(ids) - 6} more"


def _edit_text(conflict: Conflict, edit: Edit) -> str:
    names = OptionNames(conflict.options, conflict.decision_makers)
    text = edit.statement.text or write_formula(edit.statement.formula, names)
    if edit.kind == "dropped":
        return f"statement {edit.before} ({text}) dropped"
    if edit.kind == "moved":
        return f"statement {edit.before} ({text}) moved to place {edit.place}"
    return f"{text!r} added as statement {edit.place}"
