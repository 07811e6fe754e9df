"""What a layer of the coder is: a component that declares what it needs and what it gives.

A `Draft` is the workspace of one report: its analysis and the layers that components have filled so far. `check_chain`
proves before any text is read that every component finds what it needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from standoff.errors import UsageError
from standoff.language.analysis import Analysis
from standoff.records import Act, Span, Statement, Time

if TYPE_CHECKING:
    from standoff.coding.actors import ActorIndex


@dataclass(slots=True)
class Draft:
    """The workspace of one report while it is coded. Layers not yet made are empty."""

    analysis: Analysis
    times: list[Time] = field(default_factory=list)
    actors: ActorIndex | None = None
    statements: list[Statement] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    passed_over: list[Span] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Component(Protocol):
    """One layer. `requires` and `assigns` name layers: analysis, times, actors, statements, acts, ..."""

    name: str
    requires: frozenset[str]
    assigns: frozenset[str]

    def __call__(self, draft: Draft) -> None:
        """Fill the layers that the component assigns."""


def check_chain(components: Sequence[Component]) -> None:
    """Raise UsageError where a component needs a layer that none before it gives."""
    given = {"analysis"}
    for component in components:
        missing = component.requires - given
        if missing:
            raise UsageError(
                f"The coder's component {component.name} needs {', '.join(sorted(missing))}, "
                f"which no component before it gives: put one that does in front of it."
            )
        given |= component.assigns
