"""The solution of a conflict with too many states for a state graph: masks and counts, never lists.

Judged over the hypercube of the options (`hypercube.stability`): Nash, GMR, SMR, SEQ and SSEQ for every
state. What needs the graph of states, such as ways, witnesses and coalitions, is not worked out at this
size.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Any

import numpy as np

from standoff.conflict.concepts import INDIVIDUAL
from standoff.conflict.cover import Cover, cover
from standoff.conflict.dropped import Dropped, dropped_states
from standoff.conflict.hypercube.stability import CubeVerdicts, judge
from standoff.conflict.masks import state_signs
from standoff.conflict.model import Conflict
from standoff.conflict.option_names import OptionNames
from standoff.conflict.problems import ModelProblem

SHOWN = 12
"""The most masks that a text shows for one concept."""


@dataclass(frozen=True, eq=False)
class LargeSolution:
    """Which states are stable, for whom and in which sense, over all combinations of options.

    `verdicts[n].stable[i]` has one truth value for each combination (option k as bit k). `cover` and
    `stable_cover` say the same in masks, which speak of feasible states only.
    """

    conflict: Conflict
    states: int
    verdicts: tuple[CubeVerdicts, ...] = field(repr=False)
    dropped: tuple[Dropped, ...]
    omitted: tuple[str, ...]

    def equilibria(self, concept: str) -> Cover:
        """The states that are stable for all under a concept."""
        return cover(self._of(concept).equilibria, self._feasible())

    def stable(self, concept: str, decision_maker: str) -> Cover:
        """The states that are stable for one decision maker under a concept."""
        if decision_maker not in self.conflict.decision_makers:
            raise ModelProblem(f"there is no decision maker {decision_maker!r}")
        i = self.conflict.decision_makers.index(decision_maker)
        return cover(self._of(concept).stable[i], self._feasible())

    def is_equilibrium(self, concept: str, state: int) -> bool:
        """Say whether a state (option k as bit k) is stable for all under a concept."""
        return bool(self._of(concept).equilibria[state])

    def _of(self, concept: str) -> CubeVerdicts:
        for verdicts in self.verdicts:
            if verdicts.concept == concept.lower():
                return verdicts
        raise ModelProblem(f"the concept {concept!r} was not worked out here")

    def _feasible(self) -> np.ndarray[Any, np.dtype[np.bool_]] | None:
        size = 1 << self.conflict.option_count
        if self.states == size:
            return None
        found = np.zeros(size, dtype=np.bool_)
        found[self.conflict.feasible] = True
        return found

    def to_json(self) -> dict[str, Any]:
        """The solution as a JSON document: counts and masks in place of the lists of ids."""
        conflict = self.conflict
        stability: dict[str, dict[str, Any]] = {}
        for verdicts in self.verdicts:
            stability[verdicts.concept] = {
                name: self._cover_json(self.stable(verdicts.concept, name))
                for name in conflict.decision_makers
            } | {"equilibria": self._cover_json(self.equilibria(verdicts.concept))}
        document: dict[str, Any] = {
            "name": conflict.name,
            "decision_makers": list(conflict.decision_makers),
            "options": [
                {"name": o.name, "owners": [conflict.decision_makers[i] for i in o.owners], "moves": o.moves}
                for o in conflict.options
            ],
            "state_count": self.states,
            "stability": stability,
            "dropped": [{"rule": dropped.rule, "states": dropped.states} for dropped in self.dropped],
            "omitted": list(self.omitted),
        }
        if conflict.status_quo is not None:
            quo = conflict.status_quo
            document["status_quo"] = {
                "mask": state_signs(quo, conflict.option_count),
                "equilibrium": {v.concept: bool(v.equilibria[quo]) for v in self.verdicts},
            }
        return document

    def _cover_json(self, found: Cover) -> dict[str, Any]:
        return {
            "count": found.count,
            "masks": [mask.signs(self.conflict.option_count) for mask in found.masks],
            "complete": found.complete,
        }

    def to_text(self) -> str:
        """The solution as a text for a terminal."""
        conflict = self.conflict
        lines = [
            conflict.name,
            f"{len(conflict.decision_makers)} decision makers, {conflict.option_count} options, {self.states} "
            f"feasible states of {1 << conflict.option_count} combinations.",
            "",
            "Masks have one sign an option (Y taken, N not, - either) and speak of feasible states only:",
        ]
        names = OptionNames(conflict.options, conflict.decision_makers)
        lines += [f"  {k + 1:2} {names.spoken(k)}" for k in range(conflict.option_count)]
        for verdicts in self.verdicts:
            found = self.equilibria(verdicts.concept)
            title = INDIVIDUAL[verdicts.concept].title
            by = ", ".join(
                f"{name} {int(np.count_nonzero(rows))}"
                for name, rows in zip(conflict.decision_makers, verdicts.stable, strict=True)
            )
            lines += ["", f"{title}: {found.count} equilibria (stable for {by})"]
            lines += [f"  {mask.signs(conflict.option_count)}" for mask in found.masks[:SHOWN]]
            if not found.complete or len(found.masks) > SHOWN:
                lines.append("  ... and more")
        if conflict.status_quo is not None:
            held = [INDIVIDUAL[v.concept].title for v in self.verdicts if v.equilibria[conflict.status_quo]]
            lines += [
                "",
                f"The status quo is an equilibrium in the sense of: {', '.join(held) or 'none of these'}.",
            ]
        return "\n".join([*lines, "", *self.omitted]) + "\n"

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.to_text())}</pre>"


def solve_large(conflict: Conflict) -> LargeSolution:
    """Judge every state of a conflict in option form over the hypercube of its options."""
    states = len(conflict.feasible)
    return LargeSolution(
        conflict,
        states,
        judge(conflict, tuple(INDIVIDUAL)),
        dropped_states(conflict),
        (
            f"With {states} feasible states, coalitions, foresight, ways from the status quo and witnesses are "
            f"left out: they need the graph of states.",
        ),
    )
