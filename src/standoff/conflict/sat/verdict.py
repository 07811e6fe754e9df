"""Is one state stable for a decision maker, and why: a departure that nothing deters from, or answers to all.

Departures are proposed one by one; an answer to one is carried over to every other departure that it deters
from as well, so a handful of answers usually covers all (counterexample-guided refinement: Clarke, Grumberg,
Jha, Lu and Veith 2003; for quantified formulas Janota, Klieber, Marques-Silva and Clarke 2016). The
definitions are those of `stability/`.
"""

from __future__ import annotations

from dataclasses import dataclass

from standoff.conflict.model import Conflict
from standoff.conflict.option_names import OptionNames
from standoff.conflict.problems import ModelProblem
from standoff.conflict.sat.answers import ROUNDS, Plan, open_answer, plan, step
from standoff.conflict.sat.states import States, refuse
from standoff.conflict.wording import counted, joined


@dataclass(frozen=True, slots=True)
class Answer:
    """What the others do about a departure: the states of the departure and of each step after it."""

    departure: int
    steps: tuple[tuple[tuple[int, ...], int], ...]

    @property
    def outcome(self) -> int:
        """Where the answer ends."""
        return self.steps[-1][1]


@dataclass(frozen=True, slots=True)
class StateVerdict:
    """Whether a state is stable for a decision maker.

    `answers` deter, together, from every departure (none where there is nothing to gain); `departure` is
    one that nothing deters from. `proven` is False where answers longer than the search went through might
    deter after all.
    """

    concept: str
    decision_maker: int
    state: int
    stable: bool
    proven: bool = True
    answers: tuple[Answer, ...] = ()
    departure: int | None = None

    def sentence(self, conflict: Conflict) -> str:
        """Say the verdict and its reason."""
        names = OptionNames(conflict.options, conflict.decision_makers)
        who = conflict.decision_makers[self.decision_maker]
        kind = f"{'' if self.stable else 'not '}stable ({self.concept.upper()}) for {who}"
        head = f"{conflict.signs(self.state)} is {kind}"
        if self.departure is not None:
            gain = f"{who} gains if it would {_switching(names, self.state, self.departure)}"
            if self.concept == "nash":
                return f"{head}: {gain}."
            sure = "" if self.proven else f" (no answer of up to {ROUNDS} rounds was found)"
            return f"{head}: {gain}, and nothing that the others would do deters it{sure}."
        if not self.answers:
            return f"{head}: it gains by no move from there."
        first = self.answers[0]
        moves, here = [], first.departure
        for movers, after in first.steps:
            if after != here:
                by = joined(conflict.decision_makers[j] for j in movers)
                moves.append(f"{by} can {_switching(names, here, after)}")
            here = after
        more = len(self.answers) - 1
        rest = (
            f" {counted(more, 'further answer')} deter{'s' if more == 1 else ''} from all else."
            if more
            else ""
        )
        return (
            f"{head}: were it to {_switching(names, self.state, first.departure)}, then {joined(moves)}, which "
            f"{who} finds no better.{rest}"
        )


def _switching(names: OptionNames, before: int, after: int) -> str:
    on = [names.spoken(k) for k in range(len(names)) if after >> k & 1 and not before >> k & 1]
    off = [names.spoken(k) for k in range(len(names)) if before >> k & 1 and not after >> k & 1]
    parts = ([f"take {joined(on)}"] if on else []) + ([f"drop {joined(off)}"] if off else [])
    return joined(parts)


def is_stable(
    conflict: Conflict, concept: str, decision_maker: int, state: int, rounds: int = ROUNDS
) -> StateVerdict:
    """Judge one state for one decision maker, with any number of options.

    Raises ModelProblem where the state is infeasible or the conflict cannot be put to a SAT solver.
    """
    refuse(conflict)
    if not conflict.is_feasible(state):
        raise ModelProblem(f"the state {conflict.signs(state)} is not feasible, so it has no verdict")
    return Judge(conflict, concept, rounds).verdict(decision_maker, state)


class Judge:
    """Judges states under one concept."""

    def __init__(
        self, conflict: Conflict, concept: str, rounds: int = ROUNDS, *, relaxed: bool = False
    ) -> None:
        """Plan the answers to each decision maker."""
        self.conflict = conflict
        self.concept = concept
        everyone = range(len(conflict.decision_makers))
        self.plans: tuple[Plan, ...] = tuple(
            plan(conflict, i, concept, rounds, relaxed=relaxed) for i in everyone
        )

    def verdict(self, i: int, state: int) -> StateVerdict:
        """Judge a feasible state."""
        circuit = States(self.conflict)
        try:
            return self._verdict(circuit, i, state)
        finally:
            circuit.close()

    def _verdict(self, circuit: States, i: int, state: int) -> StateVerdict:
        here = circuit.fixed(state)
        target = circuit.open(here, self.conflict.owned(i))
        circuit.add(circuit.move(i, here, target))
        circuit.add(circuit.better(i, target, here))
        answers: list[Answer] = []
        while circuit.solve():
            departure = circuit.read(target)
            answer = None if self.concept == "nash" else self.answer(i, state, departure)
            if answer is None:
                proven = self.concept == "nash" or self._surely_unanswered(i, state, departure)
                return StateVerdict(self.concept, i, state, False, proven, departure=departure)
            answers.append(answer)
            self._spare_deterred(circuit, i, state, target, answer)
        return StateVerdict(self.concept, i, state, True, answers=tuple(answers))

    def _spare_deterred(
        self, circuit: States, i: int, state: int, target: tuple[int, ...], answer: Answer
    ) -> None:
        """Leave out the departures that an answer deters from: where its steps stay legal and its outcome
        no better.

        With a further move, an outcome deters too where the decision maker is bound at least as much by
        its irreversible options as in the outcome that was found: it can then reach nothing more.
        """
        planned, parts, before = self.plans[i], [], target
        for movers, value in answer.steps:
            after = circuit.placed(target, answer.departure ^ value, value)
            parts.append(step(circuit, movers, before, after, planned.credible))
            before = after
        if planned.symmetric:
            for k, option in enumerate(self.conflict.options):
                taken = bool(answer.outcome >> k & 1)
                if i in option.owners and option.moves == ("on" if taken else "off"):
                    parts.append(before[k] if taken else -before[k])
        else:
            parts.append(-circuit.better(i, before, circuit.fixed(state)))
        circuit.add(-circuit.all_of(parts))

    def answer(self, i: int, state: int, departure: int) -> Answer | None:
        """Find an answer that deters from a departure, within the plan."""
        planned = self.plans[i]
        if not planned.steps:
            return None
        circuit = States(self.conflict)
        try:
            here = circuit.fixed(state)
            states, legal = open_answer(circuit, planned, circuit.fixed(departure))
            outcome = states[-1]
            circuit.add(legal)
            circuit.add(-circuit.better(i, outcome, here))
            while circuit.solve():
                values = [circuit.read(after) for after in states]
                counter = self.countermove(i, state, values[-1]) if planned.symmetric else None
                if counter is None:
                    return Answer(departure, tuple(zip(planned.steps, values, strict=True)))
                rescued = circuit.placed(outcome, self.conflict.owned(i), counter)
                circuit.add(-circuit.move(i, outcome, rescued), -circuit.better(i, rescued, here))
            return None
        finally:
            circuit.close()

    def countermove(self, i: int, state: int, outcome: int) -> int | None:
        """Find a move out of an outcome to something better than the state."""
        circuit = States(self.conflict)
        try:
            here = circuit.fixed(outcome)
            target = circuit.open(here, self.conflict.owned(i))
            circuit.add(circuit.move(i, here, target))
            circuit.add(circuit.better(i, target, circuit.fixed(state)))
            return circuit.read(target) if circuit.solve() else None
        finally:
            circuit.close()

    def _surely_unanswered(self, i: int, state: int, departure: int) -> bool:
        """Whether a departure without an answer in the plan has none at all."""
        if self.plans[i].exact:
            return True
        relaxed = Judge(self.conflict, self.concept, relaxed=True)
        return relaxed.answer(i, state, departure) is None
