"""Why a state is stable or not for somebody: a certificate that can be replayed move by move.

A state is stable where every departure that the decision maker could want is answered by a deterrent: a
sequence of the others' steps to an outcome that deters it (and, for the concepts with symmetric response,
out of which no countermove helps). It is unstable where one departure is answered by none: then every
outcome that the others could bring about is listed, with the countermove that rescues the decision maker
where the outcome alone would have deterred it.

`replay` checks a certificate against the definition's own terms without searching: legal steps, nobody
twice in succession, every set complete.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from standoff.conflict.graph import Table, bit_set, members
from standoff.conflict.sequences import Step, reached, shortest


@dataclass(frozen=True, slots=True)
class Terms:
    """What a concept means for one decision maker or coalition in one state, as sets.

    `departures` are the states it would want to move to; `deterring` the outcomes that it finds no better
    than the state (or what the concept asks for); `answers` one table of steps for each mover among the
    others, `movers` their names as numbers of decision makers; `countermoves` its own moves out of an
    outcome, None where the concept does not let it move again.
    """

    concept: str
    departures: int
    deterring: int
    movers: tuple[tuple[int, ...], ...]
    answers: tuple[Table, ...]
    countermoves: Table | None = None
    finding: str = "no better than"

    def deters(self, outcome: int) -> bool:
        """Say whether an outcome deters: it is a deterring one, and no countermove leads out of them."""
        if not self.deterring >> outcome & 1:
            return False
        return self.countermoves is None or not self.countermoves[outcome] & ~self.deterring

    def deterrents(self, outcomes: int) -> int:
        """Give those of a set of outcomes that deter."""
        return bit_set(outcome for outcome in members(outcomes & self.deterring) if self.deters(outcome))


@dataclass(frozen=True, slots=True)
class Deterrent:
    """A departure and what deters from it: the others' steps, which end in the outcome."""

    departure: int
    steps: tuple[Step, ...]

    @property
    def outcome(self) -> int:
        """The state in which the others' steps end."""
        return self.steps[-1].target


@dataclass(frozen=True, slots=True)
class Escape:
    """A departure that nothing deters from: each outcome the others can bring about, with the rescuing
    countermove.

    A countermove is None where the outcome itself is better than the state, so that none is needed.
    """

    departure: int
    outcomes: tuple[tuple[int, int | None], ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """The certificate of one verdict; positions of states as in the state graph.

    `actors` are the decision makers whose departure is judged: one, or the members of a coalition. Where
    `stable`, there is one deterrent for each departure (none where there is nothing to depart to); else
    `escape` is set.
    """

    concept: str
    actors: tuple[int, ...]
    state: int
    stable: bool
    deterrents: tuple[Deterrent, ...] = ()
    escape: Escape | None = None
    movers: tuple[tuple[int, ...], ...] = ()
    symmetric: bool = False
    finding: str = "no better than"


def judge(terms: Terms) -> bool:
    """Say whether every departure is deterred."""
    for departure in members(terms.departures):
        if not terms.answers or not terms.deterrents(reached(terms.answers, departure)):
            return False
    return True


def witness(terms: Terms, actors: tuple[int, ...], state: int) -> Witness:
    """Find the certificate: shortest deterrents, or the first departure that nothing deters from."""
    found: list[Deterrent] = []
    escape: Escape | None = None
    for departure in members(terms.departures):
        outcomes = reached(terms.answers, departure) if terms.answers else 0
        deterrents = terms.deterrents(outcomes)
        steps = shortest(terms.answers, departure, deterrents) if deterrents else None
        if steps is None:
            escape = Escape(departure, tuple((o, _rescue(terms, o)) for o in members(outcomes)))
            break
        found.append(Deterrent(departure, steps))
    return Witness(
        concept=terms.concept,
        actors=actors,
        state=state,
        stable=escape is None,
        deterrents=() if escape is not None else tuple(found),
        escape=escape,
        movers=terms.movers,
        symmetric=terms.countermoves is not None,
        finding=terms.finding,
    )


def _rescue(terms: Terms, outcome: int) -> int | None:
    if not terms.deterring >> outcome & 1 or terms.countermoves is None:
        return None
    out = terms.countermoves[outcome] & ~terms.deterring
    return next(members(out))


def replay(terms: Terms, claim: Witness) -> bool:
    """Check a certificate step by step against the terms of its concept."""
    if claim.escape is None:
        return claim.stable and _replay_deterrents(terms, claim.deterrents)
    return not claim.stable and _replay_escape(terms, claim.escape)


def _replay_deterrents(terms: Terms, deterrents: Sequence[Deterrent]) -> bool:
    if bit_set(d.departure for d in deterrents) != terms.departures:
        return False
    return all(
        _legal(terms, deterrent.departure, deterrent.steps) and terms.deters(deterrent.outcome)
        for deterrent in deterrents
    )


def _legal(terms: Terms, start: int, steps: Sequence[Step]) -> bool:
    here, last = start, -1
    for mover, source, target in steps:
        if source != here or mover == last or not terms.answers[mover][source] >> target & 1:
            return False
        here, last = target, mover
    return bool(steps)


def _replay_escape(terms: Terms, escape: Escape) -> bool:
    if not terms.departures >> escape.departure & 1:
        return False
    listed = bit_set(outcome for outcome, _ in escape.outcomes)
    if terms.answers and reached(terms.answers, escape.departure) & ~listed:
        return False
    for outcome, countermove in escape.outcomes:
        if countermove is None:
            if terms.deterring >> outcome & 1:
                return False
        elif (
            terms.countermoves is None
            or not terms.countermoves[outcome] >> countermove & 1
            or terms.deterring >> countermove & 1
        ):
            return False
    return True
