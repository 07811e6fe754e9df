"""Which threats carry weight: what would hold if a threat were not believed, or nobody reckoned with a blow.

An option that nobody reckons with stays as it is today: the outcomes with it fall away, and nobody is held
back by it any more. A threat carries weight where other outcomes then hold, or some no longer do.
"""

from __future__ import annotations

from dataclasses import dataclass

from standoff.conflict.answer.alterations import Held, altered
from standoff.conflict.answer.board import Board, board_of
from standoff.conflict.answer.settlement import Settlement, Threat


@dataclass(frozen=True, slots=True)
class Weight:
    """What one threat does under a concept.

    `gained` are the outcomes that would hold without it and do not hold now, `lost` those without the threatened
    deed that hold now and would not; `struck` how many outcomes hold now in which it is carried out.
    """

    threat: Threat
    concept: str
    gained: tuple[int, ...]
    lost: tuple[int, ...]
    struck: int

    @property
    def counts(self) -> bool:
        """Whether it changes what holds."""
        return bool(self.gained or self.lost)


def weights(board: Board, settlement: Settlement, concept: str) -> tuple[Weight, ...]:
    """Weigh every threat, in the order of the options."""
    now = set(board.outcomes(concept))
    found = []
    for threat in settlement.threats:
        without = altered(board.conflict, [Held(threat.option, False)])
        then = set(board_of(without, settlement, (concept,)).outcomes(concept))
        spared = {state for state in now if not state >> threat.option & 1}
        found.append(
            Weight(
                threat,
                concept,
                tuple(sorted(then - now)),
                tuple(sorted(spared - then)),
                len(now) - len(spared),
            )
        )
    return tuple(found)
