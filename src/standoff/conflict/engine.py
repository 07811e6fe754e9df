"""Which engine judges individual stability: the hypercube where it is exact, else the state graph.

Both give the same verdicts. The hypercube needs option form, known preferences and at most 24 options; the
state graph takes graph form and unknown preferences, but only a few thousand states.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from standoff.conflict.concepts import INDIVIDUAL
from standoff.conflict.graph import StateGraph, bit_set
from standoff.conflict.hypercube import stability
from standoff.conflict.model import Conflict

CUBE_RATIO = 64
"""Go over the hypercube where it has at most this many combinations for each feasible state."""


def individual(conflict: Conflict, graph: StateGraph) -> dict[str, tuple[int, ...]]:
    """Judge Nash, GMR, SMR, SEQ and SSEQ for all states of a state graph.

    Gives for each concept one bit set of stable positions for each decision maker.
    """
    if stability.applies(conflict) and 1 << conflict.option_count <= CUBE_RATIO * max(graph.size, 64):
        states = np.array(graph.states, dtype=np.int64)
        return {
            verdicts.concept: tuple(as_bits(stable[states]) for stable in verdicts.stable)
            for verdicts in stability.judge(conflict)
        }
    return {
        name: tuple(
            bit_set(s for s in range(graph.size) if concept.is_stable(graph, i, s)) for i in graph.everyone
        )
        for name, concept in INDIVIDUAL.items()
    }


def as_bits(truth: Iterable[bool] | stability.Combinations) -> int:
    """Turn truth values by position into a bit set."""
    packed = np.packbits(np.asarray(truth, dtype=np.bool_), bitorder="little")
    return int.from_bytes(packed.tobytes(), "little")
