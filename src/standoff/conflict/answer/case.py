"""A conflict as its file tells it: the model, and beside it what the file says about each of its parts.

The engine reads options and preferences; the answer also reads on what each of them rests (`evidence`),
how it is known (`standing`: stated, inferred, assumed), what would count as a settlement, and which
switches are thrown. `docs/answer.md` describes those keys.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from standoff.conflict.document import Node
from standoff.conflict.model import Conflict
from standoff.conflict.option_names import OptionNames
from standoff.conflict.preference import Preference, Priorities, Priority
from standoff.conflict.problems import ModelProblem

Standing = Literal["stated", "inferred", "assumed", ""]
STANDINGS: tuple[Standing, ...] = ("stated", "inferred", "assumed", "")

KINDS = frozenset("redline stake demand refusal threat fear offer plan wish cost".split())
"""What the middle of a statement's id can say (`west.threat.sanctions`), as drafted files write it."""

_LABEL = re.compile(r"^[\w.-]+: (?=“)")
_COMMENT = re.compile(r"^\s*#>?\s*(.*?)\s*\[([^\[\]]+:\d+-\d+)\]\s*$")


@dataclass(frozen=True, slots=True)
class Part:
    """What a file says about a party, an option or a statement.

    `owner` is the number of the party whose statement it is, or that owns the option; None for a common
    option. `evidence` names places as `REPORT:START-END` (code points). `confidence` is between 0 and 1.
    """

    id: str
    what: Literal["party", "option", "statement"]
    owner: int | None
    standing: Standing = ""
    evidence: tuple[str, ...] = ()
    note: str = ""
    confidence: float | None = None

    @property
    def kind(self) -> str:
        """What kind of statement the id says that this is; empty where it says none."""
        pieces = self.id.split(".")
        return pieces[1] if len(pieces) > 2 and pieces[1] in KINDS else ""


@dataclass(frozen=True, slots=True)
class SettlementRule:
    """How the file wants a settlement understood: `holds` are formulas that replace the usual definition,
    `demands` says whether one demand of each party must be met, or all of them."""

    holds: tuple[str, ...] = ()
    demands: Literal["one", "all"] = "one"


@dataclass(frozen=True, slots=True)
class Switches:
    """What is changed for the sake of argument, by ids: see `switches.thrown`."""

    drop: tuple[str, ...] = ()
    disbelieve: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    irreversible: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether any switch is thrown."""
        return bool(self.drop or self.disbelieve or self.split or self.irreversible)

    def __add__(self, other: Switches) -> Switches:
        """Both sets of switches, each id once."""
        return Switches(
            *(
                tuple(dict.fromkeys((*getattr(self, name), *getattr(other, name))))
                for name in ("drop", "disbelieve", "split", "irreversible")
            )
        )


@dataclass(frozen=True)
class Case:
    """A conflict with what its file says about it. Every statement of `conflict` has an id here."""

    conflict: Conflict
    parts: Mapping[str, Part]
    settlement: SettlementRule = SettlementRule()
    switches: Switches = Switches()
    quotes: Mapping[str, str] = field(default_factory=dict)
    """From a place in the evidence to the comment that quotes it in the file."""

    def evidence(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """The places that some parts rest on, each once."""
        found = (place for id in ids if id in self.parts for place in self.parts[id].evidence)
        return tuple(dict.fromkeys(found))

    def statements(self, party: int) -> tuple[Priority, ...]:
        """The statements of a party, the most important first; none where it ranks or weighs, or wants nothing."""
        preference = self.conflict.preferences[party]
        if not isinstance(preference, Priorities):
            return ()
        return tuple(priority for level in preference.levels for priority in level if priority.id)

    def option_id(self, option: int) -> str:
        """The id of an option, or its name where it has none."""
        return OptionNames(self.conflict.options, self.conflict.decision_makers).spoken(option)

    def party_ids(self) -> tuple[str, ...]:
        """The ids of the parties, or their names, in order."""
        named = {part.owner: part.id for part in self.parts.values() if part.what == "party"}
        return tuple(named.get(i, name) for i, name in enumerate(self.conflict.decision_makers))


def load_case(path: Path) -> Case:
    """Read a conflict with what its file says about it; only the TOML form says anything.

    Raises ModelProblem with the place of a mistake.
    """
    conflict = Conflict.load(path)
    if path.suffix.lower() != ".toml":
        return case_of(conflict)
    return read_case(conflict, path.read_text(encoding="utf-8-sig"), str(path))


def case_of(conflict: Conflict) -> Case:
    """Make the case of a conflict that no file describes further."""
    named = _with_ids(conflict)
    parts = {part.id: part for part in _bare_parts(named)}
    return Case(named, parts)


def read_case(conflict: Conflict, text: str, file: str) -> Case:
    """Add to a conflict what the TOML text it was read from says about it."""
    root = Node(tomllib.loads(text))
    named = _with_ids(conflict)
    try:
        parts = {part.id: part for part in _parts(named, root)}
        settlement = _settlement(root.maybe("settlement"))
        switches = _switches(root.maybe("counterfactual"))
    except ModelProblem as problem:
        from standoff.conflict.toml_places import toml_places

        raise toml_places(text.replace("\r\n", "\n")).locate(problem, file) from None
    return Case(named, parts, settlement, switches, _quotes(text))


def _with_ids(conflict: Conflict) -> Conflict:
    """Give every statement an id: its own, else the party's name and its place."""
    preferences: list[Preference] = []
    for name, preference in zip(conflict.decision_makers, conflict.preferences, strict=True):
        if isinstance(preference, Priorities):
            place = 0
            levels = []
            for level in preference.levels:
                named = []
                for priority in level:
                    place += 1
                    named.append(priority if priority.id else replace(priority, id=f"{name} {place}"))
                levels.append(tuple(named))
            preference = Priorities(tuple(levels))
        preferences.append(preference)
    return replace(conflict, preferences=tuple(preferences))


def _bare_parts(conflict: Conflict) -> Iterator[Part]:
    names = OptionNames(conflict.options, conflict.decision_makers)
    for i, name in enumerate(conflict.decision_makers):
        yield Part(name, "party", i)
    for k, option in enumerate(conflict.options):
        yield Part(names.spoken(k), "option", option.owners[0] if len(option.owners) == 1 else None)
    for i, preference in enumerate(conflict.preferences):
        if isinstance(preference, Priorities):
            for level in preference.levels:
                for priority in level:
                    yield Part(priority.id, "statement", i)


def _parts(conflict: Conflict, root: Node) -> Iterator[Part]:
    names = OptionNames(conflict.options, conflict.decision_makers)
    for i, node in enumerate(root.each("decision_maker")):
        id = node.maybe("id")
        yield _part(node, id.text() if id else conflict.decision_makers[i], "party", i)
    for k, node in enumerate(root.each("option")):
        owners = conflict.options[k].owners
        yield _part(node, names.spoken(k), "option", owners[0] if len(owners) == 1 else None)
    for i, node in enumerate(root.each("decision_maker")):
        preference = conflict.preferences[i]
        if isinstance(preference, Priorities):
            written = [
                part
                for level in node.each("priorities")
                for part in (level.parts() if isinstance(level.value, list) else [level])
            ]
            stated = [priority for level in preference.levels for priority in level]
            for part, priority in zip(written, stated, strict=True):
                yield _part(part, priority.id, "statement", i)


def _part(node: Node, id: str, what: Literal["party", "option", "statement"], owner: int | None) -> Part:
    if not isinstance(node.value, dict):
        return Part(id, what, owner)
    standing = node.maybe("standing")
    known: Standing = next((s for s in STANDINGS if standing is not None and s == standing.value), "")
    if standing is not None and not known:
        raise standing.problem(f"{standing.value!r} is no standing: write stated, inferred or assumed")
    confidence = node.maybe("confidence")
    note = node.maybe("note")
    return Part(
        id,
        what,
        owner,
        known,
        tuple(place.text() for place in node.each("evidence")),
        note.text() if note is not None else "",
        float(confidence.number()) if confidence is not None else None,
    )


def _settlement(node: Node | None) -> SettlementRule:
    if node is None:
        return SettlementRule()
    node.only(("holds", "demands"))
    demands = node.maybe("demands")
    wanted: Literal["one", "all"] = "one"
    if demands is not None:
        if demands.value not in ("one", "all"):
            raise demands.problem(
                f"{demands.value!r} says not how many demands a settlement meets: write one or all"
            )
        wanted = "all" if demands.value == "all" else "one"
    return SettlementRule(tuple(part.text() for part in node.each("holds")), wanted)


def _switches(node: Node | None) -> Switches:
    if node is None:
        return Switches()
    node.only(("drop", "disbelieve", "split", "irreversible"))
    return Switches(
        *(
            tuple(part.text() for part in node.each(key))
            for key in ("drop", "disbelieve", "split", "irreversible")
        )
    )


def _quotes(text: str) -> dict[str, str]:
    """Find the comments that quote a place of the evidence: words, outlet, date, then the place in brackets."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        match = _COMMENT.match(line)
        if match is not None:
            found.setdefault(match[2], _LABEL.sub("", match[1]))
    return found
