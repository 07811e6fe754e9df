"""The stability concepts by name: what they are called, what they mean in one line, and how they are
judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from standoff.conflict.coalition import cgmr, cr, cseq, csmr
from standoff.conflict.coalition.coalitions import Coalition
from standoff.conflict.graph import StateGraph
from standoff.conflict.stability import gmr, nash, seq, smr, sseq
from standoff.conflict.witness import Terms


@dataclass(frozen=True, slots=True)
class Individual:
    """A concept for single decision makers."""

    name: str
    title: str
    meaning: str
    source: str
    terms: Callable[[StateGraph, int, int], Terms]
    is_stable: Callable[[StateGraph, int, int], bool]


@dataclass(frozen=True, slots=True)
class Joint:
    """A concept for coalitions."""

    name: str
    title: str
    meaning: str
    source: str
    terms: Callable[[StateGraph, Coalition, int], Terms]
    is_stable: Callable[[StateGraph, Coalition, int], bool]


INDIVIDUAL: dict[str, Individual] = {
    concept.name: concept
    for concept in (
        Individual(
            nash.NAME, "Nash", "no better state by an own move", "Nash 1951", nash.terms, nash.is_stable
        ),
        Individual(
            gmr.NAME,
            "GMR",
            "every improvement can be answered, whatever that costs the others",
            "Howard 1971",
            gmr.terms,
            gmr.is_stable,
        ),
        Individual(
            smr.NAME,
            "SMR",
            "every improvement can be answered, with no way out",
            "Howard 1971",
            smr.terms,
            smr.is_stable,
        ),
        Individual(
            seq.NAME,
            "SEQ",
            "every improvement can be answered by moves that the others want to make",
            "Fraser and Hipel 1979",
            seq.terms,
            seq.is_stable,
        ),
        Individual(
            sseq.NAME,
            "SSEQ",
            "every improvement can be answered by moves that the others want to make, with no way out",
            "Rego and Vieira 2017",
            sseq.terms,
            sseq.is_stable,
        ),
    )
}
"""The individual concepts in the order in which they are shown."""

JOINT: dict[str, Joint] = {
    concept.name: concept
    for concept in (
        Joint(
            cr.NAME,
            "CR",
            "no state that a coalition reaches and all its members prefer",
            "Kilgour, Hipel, Fang and Peng 2001",
            cr.terms,
            cr.is_stable,
        ),
        Joint(
            cgmr.NAME,
            "CGMR",
            "every improvement of a coalition can be answered to a member's cost",
            "Kilgour, Hipel, Fang and Peng 2001",
            cgmr.terms,
            cgmr.is_stable,
        ),
        Joint(
            csmr.NAME,
            "CSMR",
            "every improvement of a coalition can be answered to a member's cost, with no way out",
            "Kilgour, Hipel, Fang and Peng 2001",
            csmr.terms,
            csmr.is_stable,
        ),
        Joint(
            cseq.NAME,
            "CSEQ",
            "every improvement of a coalition can be answered by improvements of other coalitions",
            "Inohara and Hipel 2008",
            cseq.terms,
            cseq.is_stable,
        ),
    )
}
"""The coalition concepts in the order in which they are shown."""
