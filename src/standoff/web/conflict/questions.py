"""What is asked of the engine in the background: the answer to a model, what would have to give, a draft.

A question is a value that crosses to a process of its own; its `work` tells results as they come.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

from standoff.conflict.answer.answer import Answer, answer, not_answerable
from standoff.conflict.answer.case import Case, Switches
from standoff.conflict.answer.sentences import Section, capitalised
from standoff.conflict.answer.switches import throw
from standoff.conflict.answer.telling.foresight import foresight_section
from standoff.conflict.answer.telling.outcomes import outcomes_section
from standoff.conflict.answer.telling.settled import settled_section
from standoff.conflict.answer.telling.switched import switched_section
from standoff.conflict.answer.telling.today import today_section
from standoff.conflict.graph import StateGraph, members
from standoff.conflict.inverse.change import By
from standoff.conflict.inverse.question import Inverse
from standoff.conflict.model import Conflict
from standoff.conflict.routes import Reachability
from standoff.conflict.solution import Solution
from standoff.conflict.solution_text import columns
from standoff.web.conflict.edits import case_in

Tell = Callable[[object], None]

SECONDS = 8.0
"""How long an inverse question may search; past it, bounds are given."""


class FirstAnswer(Answer):
    """What is known before variants of the conflict are judged; its sections say nothing that needs them."""

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The answer in words, so far."""
        found = (
            switched_section(self),
            today_section(self),
            settled_section(self),
            outcomes_section(self),
            foresight_section(self),
        )
        return tuple(capitalised(section) for section in found if section.sentences)


@dataclass(frozen=True, eq=False)
class Worked:
    """What is known of a model with switches thrown.

    `held` are the states that hold, by the title of a concept; all concepts that were judged are there. `answer` is None
    where the conflict has no answer in plain words; `reason` says why. `text` is all that there is of a conflict whose states
    are too many to list. `whole` is False while variants are still being judged.
    """

    case: Case
    held: dict[str, frozenset[int]]
    graph: StateGraph | None = None
    ways: Reachability | None = None
    answer: Answer | None = None
    reason: str = ""
    text: str = ""
    omitted: tuple[str, ...] = ()
    whole: bool = True

    @property
    def conflict(self) -> Conflict:
        """The conflict with the switches thrown."""
        return self.case.conflict


@dataclass(frozen=True, slots=True)
class Answering:
    """How does a model stand, under a concept and with switches thrown?"""

    text: str
    file: str
    concept: str
    switches: Switches

    def work(self, tell: Tell) -> None:
        """Tell what is known first, and the whole."""
        case = case_in(self.text, self.file)
        reason = not_answerable(case.conflict)
        if reason:
            tell(_solved(throw(case, self.switches).case, reason))
            return

        def first(found: Answer) -> None:
            values = {field.name: getattr(found, field.name) for field in fields(Answer)}
            tell(_answered(FirstAnswer(**values), whole=False))

        tell(_answered(answer(case, self.concept, self.switches, first), whole=True))


def _answered(found: Answer, whole: bool) -> Worked:
    from standoff.conflict.answer.phrases import CONCEPT_WORDS

    assert found.sections
    held = {CONCEPT_WORDS[name][0]: frozenset(found.board.outcomes(name)) for name in found.board.equilibria}
    held.update((CONCEPT_WORDS[name][0], states) for name, states in (found.joint or {}).items())
    return Worked(found.case, held, found.graph, found.ways, found, omitted=found.omitted, whole=whole)


def _solved(case: Case, reason: str) -> Worked:
    solution = case.conflict.solve()
    if not isinstance(solution, Solution):
        return Worked(case, {}, reason=reason, text=solution.to_text())
    held = {
        title: frozenset(solution.graph.states[s] for s in members(sure))
        for title, sure, _ in columns(solution)
    }
    return Worked(case, held, solution.graph, solution.ways, reason=reason, omitted=solution.omitted)


@dataclass(frozen=True, slots=True)
class Giving:
    """What would have to give for a state to hold (or, where not `wanted`, to hold no longer)?"""

    text: str
    file: str
    concept: str
    switches: Switches
    state: str
    by: By
    wanted: bool

    def work(self, tell: Tell) -> None:
        """Tell the smallest change that is found in time."""
        case = throw(case_in(self.text, self.file), self.switches).case
        tell(
            Inverse(case.conflict, self.concept).ask(
                self.state, wanted=self.wanted, by=self.by, seconds=SECONDS
            )
        )


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft: the text of the file, a sentence for everything that changed, and whether it holds a model."""

    text: str
    changes: tuple[str, ...]
    missing: tuple[str, ...]
    is_model: bool


@dataclass(frozen=True, slots=True)
class Drafting:
    """What model do the reports give? `text` is the file of an earlier draft, "" for none."""

    dossier: Path
    text: str
    file: str

    def work(self, tell: Tell) -> None:
        """Tell the draft."""
        from standoff.conflict.draft.again import Redraft, merge
        from standoff.conflict.draft.drafting import draft_conflict
        from standoff.conflict.draft.writing import written
        from standoff.dossier.dossier import Dossier

        with Dossier.open(self.dossier) as dossier:
            proposal = draft_conflict(dossier)
        result = merge(self.text, proposal, self.file) if self.text else Redraft(written(proposal), ())
        tell(Drafted(result.text, result.changes, tuple(proposal.missing), proposal.is_model))


Question = Answering | Giving | Drafting
