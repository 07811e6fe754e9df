"""What a page of the conflict is asked: under which foresight, and with which switches thrown. Both stand in the address,
so that a counterfactual can be bookmarked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from standoff.errors import UsageError
from standoff.web.address import Address

if TYPE_CHECKING:
    from standoff.conflict.answer.case import Case, Switches

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
KINDS = ("drop", "disbelieve", "split", "irreversible")
MOST = 40
KEPT = ("concept", *KINDS)
"""The parameters that every page of the conflict hands on."""


@dataclass(frozen=True, slots=True)
class Switch:
    """A switch: what it says, where its page is with it thrown (or thrown back), and whether it is thrown."""

    words: str
    address: Address
    thrown: bool


def concept_of(address: Address) -> str:
    """Return the kind of foresight that is asked about; UsageError for one that is not known."""
    concept = address.get("concept", "seq")
    if concept not in CONCEPTS:
        raise UsageError(f"{concept[:20]!r} is no kind of foresight: choose {', '.join(CONCEPTS)}.")
    return concept


def switches_of(address: Address) -> Switches:
    """Return the switches that an address throws."""
    from standoff.conflict.answer.case import Switches

    if sum(len(address.all(kind)) for kind in KINDS) > MOST:
        raise UsageError(f"At most {MOST} switches can be thrown at once.")
    return Switches(*(tuple(dict.fromkeys(address.all(kind))) for kind in KINDS))


def at(address: Address, path: str, **more: str) -> Address:
    """Return another page of the conflict with the same foresight and switches."""
    kept = tuple(pair for pair in address.parameters if pair[0] in KEPT)
    return Address(path, (*kept, *((name, value) for name, value in more.items() if value)))


def switch(address: Address, kind: str, id: str, words: str) -> Switch:
    """Return one switch of a page."""
    thrown = id in address.all(kind)
    base = Address(address.path, address.parameters)
    if thrown:
        return Switch(words, base.without(kind, id), True)
    return Switch(words, Address(base.path, (*base.parameters, (kind, id))), False)


def thrown(address: Address, case: Case | None) -> list[Switch]:
    """Return the switches that are thrown, in words."""
    found = []
    for kind in KINDS:
        for id in dict.fromkeys(address.all(kind)):
            found.append(Switch(_words(kind, id, case), address.without(kind, id), True))
    return found


def _words(kind: str, id: str, case: Case | None) -> str:
    from standoff.conflict.answer.phrases import Phrases
    from standoff.conflict.answer.text import part_words

    part = case.parts.get(id) if case is not None else None
    if case is None or part is None:
        named = id
    elif part.what == "party":
        named = case.conflict.decision_makers[part.owner or 0]
    elif part.what == "option":
        number = next(k for k in range(case.conflict.option_count) if case.option_id(k) == id)
        phrases = Phrases(case.conflict)
        named = f"{phrases.owner(number)} – {phrases.deed(number)}"
    else:
        named = part_words(case, part)
    return {
        "drop": f"Left out: {named}",
        "disbelieve": f"Not believed: {named}",
        "split": f"Acting apart: {named}",
        "irreversible": f"Not to be taken back: {named}",
    }[kind]
