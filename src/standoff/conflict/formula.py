"""Statements about the options: formulas with and, or, not, if, only if, iff.

The meaning follows option prioritisation (Hipel, Kilgour, Fang and Peng 1997; GMCR II): "A if B" is true
where B is false, "A iff B" where both have the same truth. `And(())` is true, `Or(())` is false. How a
person writes a formula is in `formula_text`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.conflict.masks import Mask


@dataclass(frozen=True, slots=True)
class Taken:
    """True where option number `option` (from 0) is taken."""

    option: int


@dataclass(frozen=True, slots=True)
class Not:
    """True where its part is false."""

    part: Formula


@dataclass(frozen=True, slots=True)
class And:
    """True where all parts are."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """True where one part is."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class If:
    """`then` if `condition`: false only where the condition is true and `then` is false."""

    then: Formula
    condition: Formula


@dataclass(frozen=True, slots=True)
class Iff:
    """True where both sides have the same truth."""

    left: Formula
    right: Formula


Formula = Taken | Not | And | Or | If | Iff


def holds(formula: Formula, state: int) -> bool:
    """Say whether a formula is true in a state (int, option k as bit k, any number of options)."""
    match formula:
        case Taken(option):
            return bool(state >> option & 1)
        case Not(part):
            return not holds(part, state)
        case And(parts):
            return all(holds(part, state) for part in parts)
        case Or(parts):
            return any(holds(part, state) for part in parts)
        case If(then, condition):
            return holds(then, state) or not holds(condition, state)
        case Iff(left, right):
            return holds(left, state) == holds(right, state)


def truth(formula: Formula, states: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say for each of an array of states (int64, so up to 62 options) whether a formula is true in it."""
    match formula:
        case Taken(option):
            taken: NDArray[np.bool_] = (states >> np.int64(option) & 1).astype(np.bool_)
            return taken
        case Not(part):
            return ~truth(part, states)
        case And(parts):
            all_true = np.ones(states.shape, dtype=np.bool_)
            for part in parts:
                all_true &= truth(part, states)
            return all_true
        case Or(parts):
            one_true = np.zeros(states.shape, dtype=np.bool_)
            for part in parts:
                one_true |= truth(part, states)
            return one_true
        case If(then, condition):
            return truth(then, states) | ~truth(condition, states)
        case Iff(left, right):
            same: NDArray[np.bool_] = truth(left, states) == truth(right, states)
            return same


def options_in(formula: Formula) -> Iterator[int]:
    """Give the numbers of the options that a formula speaks of, in the order of the text, repeated as they
    repeat."""
    match formula:
        case Taken(option):
            yield option
        case Not(part):
            yield from options_in(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from options_in(part)
        case If(left, right) | Iff(left, right):
            yield from options_in(left)
            yield from options_in(right)


def from_mask(mask: Mask) -> Formula:
    """Turn a mask into the formula that is true in the states that match it."""
    literals: list[Formula] = []
    for k in range(mask.care.bit_length()):
        if mask.care >> k & 1:
            literals.append(Taken(k) if mask.value >> k & 1 else Not(Taken(k)))
    return literals[0] if len(literals) == 1 else And(tuple(literals))


def as_masks(formula: Formula) -> tuple[Mask, ...] | None:
    """Turn a literal, a conjunction of literals or a union of those into masks; None for any other
    formula."""
    parts = formula.parts if isinstance(formula, Or) else (formula,)
    masks = [_as_mask(part) for part in parts]
    found = tuple(mask for mask in masks if mask is not None)
    return found if len(found) == len(masks) else None


def _as_mask(formula: Formula) -> Mask | None:
    literals = formula.parts if isinstance(formula, And) else (formula,)
    care = value = 0
    for literal in literals:
        match literal:
            case Taken(option):
                bit, wanted = 1 << option, 1 << option
            case Not(Taken(option)):
                bit, wanted = 1 << option, 0
            case _:
                return None
        if care & bit and value & bit != wanted:
            return None
        care |= bit
        value |= wanted
    return Mask(care, value)
