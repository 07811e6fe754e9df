"""A drafted conflict as a value: what `drafting` makes of a dossier and `writing` turns into a TOML document."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.conflict.draft.options import Option
from standoff.conflict.draft.parties import Party
from standoff.conflict.draft.priorities import Statement


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of a report: where it stands, and what to show of it. `ref` is `REPORT:START-END`."""

    ref: str
    quote: str
    outlet: str
    day: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not in the model, and why."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class DraftedParty:
    """A decision maker with its priorities, the most important first; `bloc` are quotations that show that it acts as one."""

    party: Party
    priorities: tuple[Statement, ...]
    standing: str
    confidence: float
    evidence: tuple[Evidence, ...]
    bloc: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftedOption:
    """An option; `taken` is whether it is on in the status quo, `since` the evidence for that."""

    option: Option
    note: str
    standing: str
    confidence: float
    evidence: tuple[Evidence, ...]
    taken: bool
    since: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Options of one party that cannot be taken together, and why."""

    options: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A conflict drafted from a dossier.

    `missing` are sentences on what the dossier lacks for a model; where `is_model` is False nothing can be solved.
    `evidence` gives the passage of every act that a statement names.
    """

    name: str
    dossier: str
    reports: int
    voices: int
    first: str
    last: str
    parties: tuple[DraftedParty, ...]
    options: tuple[DraftedOption, ...]
    exclusions: tuple[Exclusion, ...]
    questions: tuple[str, ...]
    missing: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    evidence: dict[int, Evidence]

    @property
    def is_model(self) -> bool:
        """Whether there is something to solve: a party with an option."""
        return bool(self.parties and self.options)
