"""Formulas as a person writes them: `not Invade and (Withdraw or Talks)`, `Sanctions if Invade`, `Treaty
iff Withdraw`.

Operators, from the tightest: `not` (`!`), `and` (`&`), `or` (`|`), then `if`, `only if`, `->` and `iff`
(`<->`), which do not mix without brackets. `A if B` and `B -> A` are false only where B is true and A is
not; so is `B only if A`. An option is named by its id, its name (several words need no quotes unless one is
an operator), its owner and name (`IJC: Full`), or its number from 1, where `-3` stands for `not 3` (the
notation of GMCR II). A union of masks such as `YN-, -Y-` is a formula too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from standoff.conflict.formula import And, Formula, If, Iff, Not, Or, Taken, as_masks, from_mask
from standoff.conflict.masks import Mask, is_mask_text
from standoff.conflict.option_names import OptionNames
from standoff.conflict.problems import ModelProblem

_TOKEN = re.compile(
    r"""(?P<blank>\s+)
      | (?P<sign><->|->|[()&|!])
      | (?P<quoted>"[^"]*"|'[^']*'(?![^\W\d_]))
      | (?P<word>(?:(?!<->|->)[^\s()&|!"])+)""",
    re.VERBOSE,
)
_WORD_SIGNS = {"and": "&", "or": "|", "not": "!", "iff": "<->", "if": "if"}
_DEEPEST = 100
"""The most brackets and `not`s within each other."""


class _Token(NamedTuple):
    kind: str
    """The sign itself for an operator, `name` for an option, `end` at the end."""
    text: str
    offset: int


def parse_formula(text: str, names: OptionNames) -> Formula:
    """Read a formula; raise ModelProblem, with the offset of the mistake in the text, where it is none."""
    if is_mask_text(text, len(names)):
        masks = [Mask.parse(part.strip(), len(names)) for part in text.split(",")]
        return from_mask(masks[0]) if len(masks) == 1 else Or(tuple(from_mask(mask) for mask in masks))
    reader = _Reader(_tokens(text), names)
    found = reader.conditional(0)
    rest = reader.here
    if rest.kind != "end":
        mixed = rest.kind in ("if", "only if", "->", "<->")
        problem = (
            "needs brackets to say what belongs together" if mixed else "does not continue the statement"
        )
        raise ModelProblem(f"{_shown(rest)} {problem}", offset=rest.offset)
    return found


def _tokens(text: str) -> list[_Token]:
    raw: list[_Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ModelProblem("a quotation mark is opened here and never closed", offset=at)
        kind, found = match.lastgroup, match.group()
        if kind == "sign":
            raw.append(_Token(found, found, at))
        elif kind == "quoted":
            raw.append(_Token("quoted", found[1:-1], at))
        elif kind == "word":
            lower = found.lower()
            raw.append(_Token(_WORD_SIGNS.get(lower, "word"), found, at))
        at = match.end()
    return [*_join_words(raw), _Token("end", "", len(text))]


def _join_words(raw: list[_Token]) -> list[_Token]:
    joined: list[_Token] = []
    for token in raw:
        previous = joined[-1] if joined else None
        if token.kind == "word" and previous is not None and previous.kind == "name":
            joined[-1] = previous._replace(text=f"{previous.text} {token.text}")
        elif token.kind == "word":
            joined.append(token._replace(kind="name"))
        elif token.kind == "if" and previous is not None and _ends_in_only(joined):
            head = previous.text[:-4].rstrip()
            joined[-1:] = [previous._replace(text=head)] if head else []
            joined.append(_Token("only if", "only if", previous.offset + len(head)))
        else:
            joined.append(token)
    return joined


def _ends_in_only(tokens: list[_Token]) -> bool:
    """Say whether the last token is a name followed by "only", or "only" after a quoted name or a bracket."""
    words = tokens[-1].text.lower().split() if tokens[-1].kind == "name" else []
    if words[-1:] != ["only"]:
        return False
    return len(words) > 1 or (len(tokens) > 1 and tokens[-2].kind in ("quoted", ")"))


@dataclass(slots=True)
class _Reader:
    """Recursive descent over the tokens."""

    tokens: list[_Token]
    names: OptionNames
    at: int = 0

    @property
    def here(self) -> _Token:
        return self.tokens[self.at]

    def conditional(self, depth: int) -> Formula:
        left = self.either(depth)
        token = self.here
        if token.kind not in ("if", "only if", "->", "<->"):
            return left
        self.at += 1
        right = self.either(depth)
        if token.kind == "<->":
            return Iff(left, right)
        return If(left, right) if token.kind == "if" else If(right, left)

    def either(self, depth: int) -> Formula:
        parts = [self.both(depth)]
        while self.here.kind == "|":
            self.at += 1
            parts.append(self.both(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def both(self, depth: int) -> Formula:
        parts = [self.single(depth)]
        while self.here.kind == "&":
            self.at += 1
            parts.append(self.single(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def single(self, depth: int) -> Formula:
        token = self.here
        if depth > _DEEPEST:
            raise ModelProblem(
                f"brackets lie more than {_DEEPEST} deep: write it more simply", offset=token.offset
            )
        if token.kind == "!":
            self.at += 1
            return Not(self.single(depth + 1))
        if token.kind == "(":
            self.at += 1
            inner = self.conditional(depth + 1)
            if self.here.kind != ")":
                raise ModelProblem("a bracket is opened here and never closed", offset=token.offset)
            self.at += 1
            return inner
        if token.kind not in ("name", "quoted"):
            raise ModelProblem(f"{_shown(token)} stands where an option is expected", offset=token.offset)
        self.at += 1
        return self.option(token)

    def option(self, token: _Token) -> Formula:
        try:
            return Taken(self.names.find(token.text))
        except ModelProblem as problem:
            number = re.fullmatch(r"(-?)(\d+)", token.text) if token.kind == "name" else None
            if number is None:
                raise ModelProblem(problem.problem, offset=token.offset) from None
            if not 1 <= int(number[2]) <= len(self.names):
                raise ModelProblem(
                    f"there is no option number {number[2]}: the options are numbered 1 to {len(self.names)}",
                    offset=token.offset,
                ) from None
            taken = Taken(int(number[2]) - 1)
            return Not(taken) if number[1] else taken


def _shown(token: _Token) -> str:
    return "the end of the statement" if token.kind == "end" else repr(token.text)


_BINDING = {If: 0, Iff: 0, Or: 1, And: 2, Not: 3, Taken: 4}


def write_formula(formula: Formula, names: OptionNames) -> str:
    """Write a formula so that `parse_formula` reads the same formula back."""
    match formula:
        case Taken(option):
            return names.written(option)
        case Not(part):
            return f"not {_inside(part, 3, names)}"
        case And(parts) | Or(parts) if len(parts) < 2:
            return _degenerate(formula, names)
        case And(parts):
            return " and ".join(_inside(part, 3, names) for part in parts)
        case Or(parts):
            return " or ".join(_inside(part, 2, names) for part in parts)
        case If(then, condition):
            return f"{_inside(then, 1, names)} if {_inside(condition, 1, names)}"
        case Iff(left, right):
            return f"{_inside(left, 1, names)} iff {_inside(right, 1, names)}"


def _inside(formula: Formula, binding: int, names: OptionNames) -> str:
    text = write_formula(formula, names)
    return text if _BINDING[type(formula)] >= binding else f"({text})"


def _degenerate(formula: And | Or, names: OptionNames) -> str:
    """Write a conjunction or union of one part or none, which has no sign of its own."""
    if formula.parts:
        return write_formula(formula.parts[0], names)
    first = names.written(0)
    return f"{first} or not {first}" if isinstance(formula, And) else f"{first} and not {first}"


def write_masks(formula: Formula, count: int) -> str | None:
    """Write a formula as a union of masks, where it is one."""
    masks = as_masks(formula)
    return None if masks is None else ", ".join(mask.signs(count) for mask in masks)
