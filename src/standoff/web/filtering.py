"""The bar of filters above a view, and the filters that are set, each with the address that takes it off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standoff.brief.names import actor_name
from standoff.brief.wording import MODALITY_WORDS, date_words, phrases
from standoff.records import ACT_TYPES, MODALITIES
from standoff.web.address import Address, given
from standoff.web.naming import dyad_words

FIELD_WORDS: Mapping[str, str] = {
    "actor": "Actor",
    "dyad": "Between",
    "issue": "Issue",
    "type": "Type",
    "kind": "Deeds or words",
    "tone": "Conflict or not",
    "modality": "Modality",
    "since": "From",
    "until": "To",
    "outlet": "Outlet",
    "contested": "Contested",
    "search": "Words",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a menu."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the bar: a menu where it has choices, else a line to type into; `values` are set already."""

    name: str
    label: str
    kind: str
    values: tuple[str, ...]
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, in words; `off` is the address without it."""

    field: str
    value: str
    off: Address


@dataclass(frozen=True, slots=True)
class Bar:
    """The fields of a view's bar, what is set, and what the view keeps besides (`kept`: name, value)."""

    fields: tuple[Field, ...]
    chips: tuple[Chip, ...]
    kept: tuple[tuple[str, str], ...]
    clear: Address


def bar_of(address: Address, *names: str, keep: tuple[str, ...] = ()) -> Bar:
    """Return the bar with the filters `names`; parameters in `keep` are the view's own and stay when it is sent.

    Of a filter that is set to several values, the last can be changed in the bar; the others stay as chips.
    """
    shown = given(address)
    several = tuple(
        (name, value)
        for name in ("actor", "issue", "type", "modality", "outlet")
        if name in names
        for value in address.all(name)[:-1]
    )
    unseen = tuple(pair for pair in shown if pair[0] not in names)
    own = tuple((name, address.get(name)) for name in keep if address.get(name))
    return Bar(
        tuple(_field(address, name) for name in names),
        tuple(
            Chip(FIELD_WORDS[name], value_words(name, value), address.without(name, value))
            for name, value in shown
        ),
        (*several, *unseen, *own),
        Address(address.path, own),
    )


def value_words(name: str, value: str) -> str:
    """Return the value of a filter as people read it."""
    if name == "actor":
        return actor_name(value.upper())
    if name == "dyad":
        return dyad_words(value)
    if name == "type":
        return phrases()[value.upper()].label if value.upper() in ACT_TYPES else value
    if name == "modality":
        return next((words for state, words in MODALITY_WORDS.items() if state == value.lower()), value)
    if name in ("since", "until"):
        return date_words(value)
    return "only" if name == "contested" else value


def _field(address: Address, name: str) -> Field:
    values = address.all(name)
    chosen = {value.casefold() for value in values}
    options: list[tuple[str, str]] = []
    kind = "text"
    if name == "type":
        options = [(code, phrases()[code].label) for code in ACT_TYPES]
    elif name == "modality":
        options = [(state, MODALITY_WORDS[state]) for state in MODALITIES]
    elif name == "kind":
        options = [("deeds", "deeds"), ("words", "words")]
    elif name == "tone":
        options = [("conflict", "conflict"), ("cooperation", "cooperation")]
    elif name == "contested":
        kind = "check"
    elif name in ("since", "until"):
        kind = "date"
    if options:
        kind = "menu"
        options.sort(key=lambda pair: pair[1])
    return Field(
        name,
        FIELD_WORDS[name],
        kind,
        values,
        tuple(Choice(value, label, value.casefold() in chosen) for value, label in options),
    )
