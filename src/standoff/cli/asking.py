"""The single questions that standoff solve takes: what makes or breaks an equilibrium, where one is, how firm."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from standoff.conflict.inverse.question import Inverse
from standoff.conflict.masks import Mask
from standoff.conflict.model import Conflict
from standoff.conflict.preference_text import state_reader
from standoff.conflict.problems import ModelProblem
from standoff.conflict.robustness import robustness
from standoff.conflict.sat.find import find


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked on the command line: a state to settle or to break, a mask, or robustness; and how."""

    settle: str | None
    unsettle: str | None
    mask: str | None
    robust: bool
    concept: str
    by: str
    parties: tuple[str, ...]
    seconds: float

    @property
    def number(self) -> int:
        """How many questions these are."""
        return sum(q is not None for q in (self.settle, self.unsettle, self.mask)) + self.robust


def ask(model: Conflict, asked: Asked, form: str) -> str:
    """Answer one question, as a text or as a JSON document."""
    if asked.mask is not None:
        document, text = _found(model, asked.mask, asked.concept)
    elif asked.robust:
        found = robustness(model, asked.concept, seconds=asked.seconds)
        document, text = found.to_json(), found.to_text()
    else:
        document, text = _changed(model, asked)
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n" if form == "json" else text


def _changed(model: Conflict, asked: Asked) -> tuple[dict[str, Any], str]:
    """Answer what would have to change for a state to become an equilibrium, or to be none."""
    name = asked.settle if asked.settle is not None else asked.unsettle
    assert name is not None
    change = Inverse(model, asked.concept).ask(
        one_state(model, name),
        wanted=asked.settle is not None,
        parties=asked.parties or None,
        by="statements" if asked.by == "statements" else "ranking",
        seconds=asked.seconds,
    )
    return change.to_json(model), change.sentence(model) + "\n"


def _found(model: Conflict, pattern: str, concept: str) -> tuple[dict[str, Any], str]:
    """Search for an equilibrium that matches a mask."""
    found = find(model, concept, Mask.parse(pattern, model.option_count))
    mask = None if found.state is None else model.signs(found.state)
    if mask is not None:
        text = f"{mask} is an equilibrium ({concept.upper()})."
    else:
        sure = "" if found.proven else ", though longer answers than were searched might make one hold"
        text = f"No equilibrium ({concept.upper()}) that matches {pattern} was found{sure}."
    document = {
        "question": "find",
        "mask": pattern,
        "concept": concept,
        "found": mask,
        "proven": found.proven,
        "sentence": text,
    }
    return document, text + "\n"


def one_state(model: Conflict, name: str) -> str:
    """Turn an id or a mask into the id of one state."""
    found = state_reader(model)(name)
    if len(found) != 1:
        raise ModelProblem(f"{name!r} stands for {len(found)} states, and one is asked about: give its id")
    return model.state_id(found[0])
