"""Verdicts, witnesses, routes and regions as sentences for a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from standoff.conflict.graph import members
from standoff.conflict.model import Conflict
from standoff.conflict.option_names import OptionNames
from standoff.conflict.preference import Ranking
from standoff.conflict.regions import Region
from standoff.conflict.routes import Move, Route
from standoff.conflict.sequences import Step
from standoff.conflict.stability.sim import SimWitness
from standoff.conflict.witness import Deterrent, Escape, Witness

SHOWN = 3
"""How many moves, states or names a sentence goes through before it only counts the rest."""

NO_ANSWERS = frozenset({"nash", "nash (a)", "nash (b)", "nash (c)", "nash (d)", "cr", "rnash"})
"""Concepts that do not look at answers."""


class Wording:
    """Speaks of one conflict: names decision makers and states by their position in the state graph."""

    def __init__(self, conflict: Conflict) -> None:
        """Collect the names."""
        self.conflict = conflict
        self.states = [int(state) for state in conflict.feasible]
        self._options = OptionNames(conflict.options, conflict.decision_makers)

    def state(self, position: int) -> str:
        """A state as its id and the options taken in it, such as "5 (Withdraw)"."""
        state = self.states[position]
        id = self.conflict.state_id(state)
        return f"{id} ({self.taken(state)})" if self.conflict.options else id

    def taken(self, state: int) -> str:
        """The options taken in a state, or "nothing"."""
        names = [self._options.spoken(k) for k in range(self.conflict.option_count) if state >> k & 1]
        return ", ".join(names) if names else "nothing"

    def who(self, actors: Sequence[int]) -> str:
        """Decision makers as a list of names."""
        return joined(self.conflict.decision_makers[i] for i in actors)

    # Verdicts -------------------------------------------------------------------------------------

    def verdict(self, witness: Witness) -> str:
        """Say why a state is stable or not."""
        who, state = self.who(witness.actors), self.state(witness.state)
        kind = f"{'' if witness.stable else 'not '}stable ({witness.concept.upper()}) for {who}"
        return f"{state} is {kind}: {self.reason(witness)}"

    def reason(self, witness: Witness) -> str:
        """The reason alone, in one or more sentences."""
        who, state = self.who(witness.actors), self.state(witness.state)
        alone = len(witness.actors) == 1
        if witness.escape is not None:
            return self._escape(witness, witness.escape, who, state)
        if not witness.deterrents:
            if alone:
                return f"{who} has no move from there to a state that it prefers."
            return f"{who} together reach no state that all of them prefer."
        reasons = [self._deterrent(witness, d, who, state) for d in witness.deterrents[:SHOWN]]
        rest = len(witness.deterrents) - len(reasons)
        if rest:
            reasons.append(
                f"{counted(rest, 'further departure')} of {who} {'is' if rest == 1 else 'are'} answered too."
            )
        return " ".join(reasons)

    def _deterrent(self, witness: Witness, deterrent: Deterrent, who: str, state: str) -> str:
        answer = [
            f"{self.who(witness.movers[step.mover])} {self._moves(witness.movers[step.mover])} to "
            f"{self.state(step.target)}"
            for step in deterrent.steps
        ]
        alone = len(witness.actors) == 1
        finding = f"which {who} finds {witness.finding} {state}"
        if not alone:
            finding = f"which at least one of {who} finds {witness.finding} {state}"
        trapped = f", and {who} cannot get out" if witness.symmetric else ""
        departure = self.state(deterrent.departure)
        return f"{who} would move from {state} to {departure}; then {joined(answer)}, {finding}{trapped}."

    def _moves(self, movers: Sequence[int]) -> str:
        return "moves" if len(movers) == 1 else "move"

    def _escape(self, witness: Witness, escape: Escape, who: str, state: str) -> str:
        alone = len(witness.actors) == 1
        start = f"{who} can move from {state} to {self.state(escape.departure)}"
        if witness.concept in NO_ANSWERS:
            return f"{start}, which {'it prefers' if alone else 'all of them prefer'}."
        if not witness.movers:
            return f"{start}, and nobody is left to answer."
        if not escape.outcomes:
            credible = "seq" in witness.concept
            return f"{start}, and nobody {'gains by answering' if credible else 'can answer'}."
        rescues = [(o, c) for o, c in escape.outcomes if c is not None]
        no_use = f"no answer leads to a state that {who} finds {witness.finding} {state}"
        if not alone:
            no_use = f"no answer leads to a state that one of {who} finds {witness.finding} {state}"
        if not rescues:
            return f"{start}, and {no_use} ({counted(len(escape.outcomes), 'possible outcome')})."
        ways = joined(f"from {self.state(o)} to {self.state(c)}" for o, c in rescues[:SHOWN])
        more = f" and {counted(len(rescues) - SHOWN, 'more way')}" if len(rescues) > SHOWN else ""
        return (
            f"{start}, and no answer holds {'it' if alone else 'them'} there: after an answer that would deter, "
            f"{who} {self._moves(witness.actors)} on {ways}{more}."
        )

    def simultaneous(self, witness: SimWitness) -> str:
        """Say why a state is simultaneously stable or not."""
        i, state = witness.decision_maker, self.state(witness.state)
        who = self.who([i])
        head = f"{state} is {'' if witness.stable else 'not '}stable (SIM) for {who}: "
        if witness.escape is not None:
            escape = self.state(witness.escape)
            return f"{head}{who} can move to {escape}, and nothing that the others would do at the same time spoils it."
        if not witness.collisions:
            return f"{head}{who} has no move from there to a state that it prefers."
        others = [j for j in range(len(self.conflict.decision_makers)) if j != i]
        reasons = []
        for collision in witness.collisions[:SHOWN]:
            moves = joined(
                f"{self.who([j])} moves to {self.state(target)}"
                for j, target in zip(others, collision.choice, strict=True)
                if target != witness.state
            )
            reasons.append(
                f"{who} would move to {self.state(collision.improvement)}; if at the same time {moves}, all end in "
                f"{self.state(collision.outcome)}, which {who} finds no better than {state}."
            )
        return head + " ".join(reasons)

    def expectation(self, decision_maker: int, state: int, horizon: int, moves: Sequence[Step]) -> str:
        """Say what a decision maker expects, looking some moves ahead."""
        who, ahead = self.who([decision_maker]), counted(horizon, "move")
        if not moves:
            return (
                f"Looking {ahead} ahead, {who} stays in {self.state(state)}: no move leads it, as it expects the others "
                f"to answer, to anything better."
            )
        first, *answers = moves
        expected = joined(
            f"{self.who([step.mover])} to move to {self.state(step.target)}" for step in answers
        )
        expects = f", expects {expected}," if answers else ""
        return (
            f"Looking {ahead} ahead, {who} would move from {self.state(state)} to {self.state(first.target)}"
            f"{expects} and prefers where that ends."
        )

    def rankings(self, rankings: Sequence[tuple[int, Ranking]]) -> str:
        """Say how decision makers rank the states, by ids."""
        said = []
        for i, ranking in rankings:
            groups = (" = ".join(self.conflict.state_id(s) for s in group) for group in ranking.groups)
            said.append(f"{self.who([i])} ranks {' > '.join(groups)}")
        return joined(said)

    # Ways and regions -----------------------------------------------------------------------------

    def route(self, route: Route) -> str:
        """Say who moves where on a way."""
        parts = []
        for move in route.moves:
            note = "" if move.improves else " (against own preference)"
            if move.unclear:
                note = " (unknown whether that is better)"
            parts.append(f"{self.who(move.movers)} to {self.state(move.target)}{note}")
        return ", then ".join(parts)

    def no_return(self, moves: Sequence[Move]) -> list[str]:
        """Say which moves cannot be undone by anybody: by the options that they switch, else one by one."""
        found: dict[tuple[int, str], int] = {}
        for move in moves:
            switched = self.states[move.source] ^ self.states[move.target]
            names = [self._options.spoken(k) for k in range(self.conflict.option_count) if switched >> k & 1]
            what = joined(names) or f"{self.state(move.source)} to {self.state(move.target)}"
            found[move.movers[0], what] = found.get((move.movers[0], what), 0) + 1
        verb = "switches" if self.conflict.options else "moves from"
        return [
            f"{self.who([mover])} {verb} {what}{f' ({number} moves)' if number > 1 else ''}"
            for (mover, what), number in found.items()
        ]

    def region(self, region: Region) -> str:
        """Say which states nobody can leave, and who can bring them about."""
        states = [self.state(s) for s in members(region.states)]
        shown = (
            joined(states[:SHOWN])
            if len(states) <= SHOWN
            else f"{counted(len(states), 'state')} around {states[0]}"
        )
        movers = sorted({i for move in region.entries for i in move.movers})
        entered = f"; {self.who(movers)} can bring it about" if movers else ""
        within = "nobody can leave it" if len(states) == 1 else "nobody can leave these states"
        return f"{shown}: {within}{entered}."


def joined(parts: Iterable[str]) -> str:
    """Join texts as "a, b and c"."""
    texts = list(parts)
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def counted(number: int, noun: str) -> str:
    """Put a number before a noun, in the plural where it needs one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
