"""Find an equilibrium that matches a mask, with any number of options.

A solver proposes a feasible state together with answers to the departures met so far; the judge of
`verdict` looks for a departure that is not answered; its pattern over the decision maker's options is then
asked to be legal and gainful no more, or answered, in every further proposal (counterexample-guided
refinement as in `verdict`, one quantifier further out). What is found is an equilibrium; that there is none
is proven where the plans of all answers are exact, or where even a relaxed search finds none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from standoff.conflict.masks import Mask
from standoff.conflict.model import Conflict
from standoff.conflict.sat.answers import ROUNDS, open_answer
from standoff.conflict.sat.states import State, States, refuse
from standoff.conflict.sat.verdict import Judge

ANY = Mask(0, 0)
"""The mask that all states match."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search: a state, or None.

    `proven` is False where no state was found, but longer answers than were searched might make one
    stable. `proposals` counts the states that were tried.
    """

    concept: str
    state: int | None
    proven: bool
    proposals: int


def find(
    conflict: Conflict,
    concept: str,
    mask: Mask = ANY,
    *,
    decision_makers: Iterable[int] | None = None,
    excluding: Iterable[int] = (),
    rounds: int = ROUNDS,
) -> Found:
    """Find a state that matches a mask and is stable for all (or some) decision makers under nash, gmr,
    smr, seq or sseq.

    States in `excluding` do not count. Raises ModelProblem for a conflict that cannot be put to a SAT
    solver.
    """
    refuse(conflict)
    who = tuple(range(len(conflict.decision_makers)) if decision_makers is None else decision_makers)
    left_out = tuple(excluding)
    tried = 0
    for length in sorted({1, rounds}):
        # Short answers are mostly enough, and whatever they make stable is.
        search = _Search(Judge(conflict, concept, length), mask, who, left_out)
        state = search.run()
        tried += search.proposals
        exact = concept == "nash" or all(search.judge.plans[i].exact for i in who)
        if state is not None or exact:
            return Found(concept, state, True, tried)
    relaxed = _Search(Judge(conflict, concept, relaxed=True), mask, who, left_out)
    return Found(concept, None, relaxed.run() is None, tried + relaxed.proposals)


class _Search:
    """The proposals, and what they must keep to."""

    def __init__(self, judge: Judge, mask: Mask, who: tuple[int, ...], excluding: tuple[int, ...]) -> None:
        self.judge = judge
        self.who = who
        self.proposals = 0
        self.circuit = States(judge.conflict)
        count = judge.conflict.option_count
        every = (1 << count) - 1
        fixed = self.circuit.fixed(mask.value)
        self.state = self.circuit.open(fixed, every & ~mask.care)
        self.circuit.add(self.circuit.feasible(self.state))
        for value in excluding:
            self.circuit.add(-self.circuit.is_state(self.state, value))
        self.outcomes: list[tuple[int, int, State]] = []

    def run(self) -> int | None:
        """Propose until nothing speaks against a proposal."""
        try:
            while self.circuit.solve():
                self.proposals += 1
                state = self.circuit.read(self.state)
                if not self._ask_for_countermoves(state) and not self._ask_for_departures(state):
                    return state
            return None
        finally:
            self.circuit.close()

    def _ask_for_countermoves(self, state: int) -> bool:
        """Forbid countermoves that undo the answers of the proposal; say whether there were any."""
        circuit, any_found = self.circuit, False
        met = [
            (i, outcome, circuit.read(outcome))
            for i, gains, outcome in self.outcomes
            if circuit.is_true(gains)
        ]
        for i, outcome, value in met:
            counter = self.judge.countermove(i, state, value)
            if counter is None:
                continue
            any_found = True
            gains = next(g for j, g, o in self.outcomes if (j, o) == (i, outcome))
            rescued = circuit.placed(outcome, self.judge.conflict.owned(i), counter)
            circuit.add(-gains, -circuit.move(i, outcome, rescued), -circuit.better(i, rescued, self.state))
        return any_found

    def _ask_for_departures(self, state: int) -> bool:
        """Ask for an answer to a departure that the proposal leaves open; say whether there was one."""
        any_found = False
        for i in self.who:
            departure = self.judge.verdict(i, state).departure
            if departure is not None:
                any_found = True
                self._expand(i, departure)
        return any_found

    def _expand(self, i: int, departure: int) -> None:
        circuit, planned = self.circuit, self.judge.plans[i]
        target = circuit.placed(self.state, self.judge.conflict.owned(i), departure)
        gains = circuit.all_of((circuit.move(i, self.state, target), circuit.better(i, target, self.state)))
        if self.judge.concept == "nash" or not planned.steps:
            circuit.add(-gains)
            return
        states, legal = open_answer(circuit, planned, target)
        circuit.add(-gains, legal)
        circuit.add(-gains, -circuit.better(i, states[-1], self.state))
        if planned.symmetric:
            self.outcomes.append((i, gains, states[-1]))
