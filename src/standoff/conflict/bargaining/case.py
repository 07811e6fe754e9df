"""A bargaining case as a file: parties with what they can do without an agreement, issues with ways to settle
them, and, where a war is the alternative, its odds and costs.

    name = "The island"

    [[party]]
    name = "Left"
    reservation = 2        # what no agreement is worth to it
    power = 1              # bargaining power, optional

    [[issue]]
    name = "Harbour"
    divisible = true       # mixtures of the ways count too
    ways = [
      { name = "to Left", Left = 6, Right = 0 },
      { name = "to Right", Left = 0, Right = 5 },
    ]

    [war]
    a = "Left"
    b = "Right"
    odds = [0.5, 0.6]      # that a wins; a number, or a range where it is known roughly
    cost_a = 0.1
    cost_b = [0.05, 0.2]

The whole form is described in `docs/conflict_bargaining.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from standoff.conflict.bargaining.war import Range
from standoff.conflict.document import Node
from standoff.conflict.problems import ModelProblem
from standoff.conflict.text_files import read_text
from standoff.conflict.toml_form import read_toml_as


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who bargains: what no agreement is worth to it, and its bargaining power."""

    name: str
    reservation: Fraction
    power: int = 1


@dataclass(frozen=True, slots=True)
class Way:
    """One way to settle an issue, and its worth to each party."""

    name: str
    worth: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """Something to be settled; divisible where mixtures of its ways count too."""

    name: str
    ways: tuple[Way, ...]
    divisible: bool = False


@dataclass(frozen=True, slots=True)
class War:
    """The alternative of fighting over a prize of 1: odds that a wins, costs, and what the answer may rest on.

    `believed` are the odds that a wins as a and as b see them. `later` are the odds that a will have, and
    `future` how much b values each further period of peace. `shares` are the shares of a that can be had
    where the prize cannot be divided freely.
    """

    a: str
    b: str
    odds: Range
    cost_a: Range
    cost_b: Range
    believed: tuple[Fraction, Fraction] | None = None
    later: Range | None = None
    future: Fraction = Fraction(0)
    shares: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """Parties and issues, or a war, or both."""

    name: str
    parties: tuple[Party, ...]
    issues: tuple[Issue, ...]
    war: War | None


def load_case(path: Path) -> Case:
    """Read a bargaining case; raise ModelProblem with file, line and column for a mistake."""
    return read_toml_as(case_of, read_text(path), str(path))


def case_of(root: Node) -> Case:
    """Make and check the case that a parsed document describes."""
    root.only(("name", "source", "party", "issue", "war"))
    parties = tuple(_party(node) for node in root.each("party"))
    names = [party.name for party in parties]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise ModelProblem(
                f"the party {name!r} is there twice: rename or take out one", ("party", number)
            )
    issues = tuple(_issue(node, names) for node in root.each("issue"))
    war = root.maybe("war")
    if war is None and not issues:
        raise root.problem("there is nothing to bargain about: give [[party]] and [[issue]], or [war]")
    if issues and len(parties) < 2:
        raise root.problem("bargaining takes two parties or more: give each with [[party]]")
    if parties and not issues:
        raise root.problem("the parties have no issue to settle: give at least one with [[issue]]")
    title = root.maybe("name")
    return Case(
        "Bargaining" if title is None else title.text(), parties, issues, None if war is None else _war(war)
    )


def _party(node: Node) -> Party:
    node.only(("name", "reservation", "power"))
    power = node.maybe("power")
    strength = 1 if power is None else power.whole()
    if not 1 <= strength <= 100:
        assert power is not None
        raise power.problem("a bargaining power is a whole number from 1 to 100")
    return Party(node["name"].text(), node["reservation"].number(), strength)


def _issue(node: Node, names: list[str]) -> Issue:
    node.only(("name", "divisible", "ways"))
    mixes = node.maybe("divisible")
    ways = []
    for part in node.each("ways"):
        part.only(("name", *names))
        missing = [name for name in names if name not in part]
        if missing:
            raise part.problem(
                f"what this way is worth to {missing[0]!r} is missing: give it 0 or another number"
            )
        ways.append(Way(part["name"].text(), tuple(part[name].number() for name in names)))
    if not ways:
        raise node.problem("the issue has no way to settle it: give at least one under ways")
    return Issue(node["name"].text(), tuple(ways), mixes is not None and mixes.flag())


def _war(node: Node) -> War:
    node.only(("a", "b", "odds", "cost_a", "cost_b", "believed", "later", "future", "shares"))
    believed, later, future = node.maybe("believed"), node.maybe("later"), node.maybe("future")
    views: tuple[Fraction, Fraction] | None = None
    if believed is not None:
        seen = believed.parts()
        if len(seen) != 2:
            raise believed.problem(
                "the odds as each side sees them are two numbers: those of a, then those of b"
            )
        views = (_share(seen[0]), _share(seen[1]))
    if (later is None) != (future is None):
        raise node.problem(
            "later and future go together: the odds that come, and how much each period counts"
        )
    weight = Fraction(0) if future is None else future.number()
    if future is not None and not 0 <= weight < 1:
        raise future.problem(f"the weight of the future is {weight}: give a number from 0 to below 1")
    return War(
        node["a"].text(),
        node["b"].text(),
        _range(node["odds"], most=1),
        _range(node["cost_a"]),
        _range(node["cost_b"]),
        views,
        None if later is None else _range(later, most=1),
        weight,
        tuple(_share(part) for part in node.each("shares")),
    )


def _share(node: Node) -> Fraction:
    number = node.number()
    if not 0 <= number <= 1:
        raise node.problem(f"{node.value} lies outside what it can be: give a number from 0 to 1")
    return number


def _range(node: Node, most: int | None = None) -> Range:
    """Read a number, or a list of the least and the greatest, from 0 to a limit."""
    parts = node.parts() if isinstance(node.value, list) else [node, node]
    if len(parts) != 2:
        raise node.problem("a range is two numbers, the smaller first")
    for part in parts:
        if part.number() < 0 or (most is not None and part.number() > most):
            limit = "of 0 or more" if most is None else f"from 0 to {most}"
            raise part.problem(f"{part.value} lies outside what it can be: give a number {limit}")
    if parts[0].number() > parts[1].number():
        raise node.problem(
            f"the range runs from {parts[0].value} to {parts[1].value}: put the smaller number first"
        )
    return Range(parts[0].number(), parts[1].number())
