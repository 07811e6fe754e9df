"""What the fields of a record may be, as review offers it: each choice with its key, its sign and what it means."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from standoff.brief.marks import Shape, Tone, is_deed, shape_of, tone_of
from standoff.brief.wording import MODALITY_WORDS, phrases
from standoff.records import MODALITIES


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a field: the key that chooses it, its name for people, what it means.

    `tone` and `shape` are those of its sign, "" where it has none of its own.
    """

    value: str
    key: str
    label: str
    meaning: str
    tone: Tone | str = ""
    shape: Shape | str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """All values of one field, in groups with a heading each ("" for the only one)."""

    field: str
    title: str
    groups: tuple[tuple[str, tuple[Choice, ...]], ...]

    @property
    def all(self) -> tuple[Choice, ...]:
        """Every choice, in the order in which they are shown."""
        return tuple(choice for _, choices in self.groups for choice in choices)

    def label(self, value: str) -> str:
        """Return what a value is called, itself where it is none of these."""
        return next((choice.label for choice in self.all if choice.value == value), value)


@cache
def choices() -> dict[str, Choices]:
    """Return the choices of the fields `type`, `modality` and `form`."""
    table = tomllib.loads(files("standoff.web").joinpath("choices.toml").read_text(encoding="utf-8"))
    types = [
        Choice(
            name, row["key"], phrases()[name].label, row["meaning"], tone_of(name), shape_of(name, "actual")
        )
        for name, row in table["type"].items()
    ]
    modalities = [
        Choice(
            name,
            table["modality"][name]["key"],
            MODALITY_WORDS[name],
            table["modality"][name]["meaning"],
            "ink",
            shape_of("MOBILIZE", name),
        )
        for name in MODALITIES
    ]
    forms = [Choice(name, row["key"], name, row["meaning"]) for name, row in table["form"].items()]
    return {
        "type": Choices("type", "Type of the act", _classes(types)),
        "modality": Choices("modality", "Modality: whether it happened", (("", tuple(modalities)),)),
        "form": Choices("form", "Form of the statement", (("", tuple(forms)),)),
    }


def _classes(types: list[Choice]) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """The types in the four classes of PLOVER."""
    found: dict[str, list[Choice]] = {
        "Words, conflict": [], "Words, cooperation": [], "Deeds, conflict": [], "Deeds, cooperation": [],
    }  # fmt: skip
    for choice in types:
        kind = "Deeds" if is_deed(choice.value) else "Words"
        found[f"{kind}, {'cooperation' if choice.tone == 'cool' else 'conflict'}"].append(choice)
    return tuple((heading, tuple(group)) for heading, group in found.items())
