"""The solution as a JSON document.

Other programs rely on `states` (id to mask), `stability` (concept to decision maker to stable ids, and
`equilibria`) and `coalitions` (concept to `equilibria`); the other keys say what else was worked out. Ids
that are whole numbers are written as numbers in lists, as in the JSON form of conflicts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from standoff.conflict.concepts import INDIVIDUAL, JOINT
from standoff.conflict.graph import StateGraph, bit_set
from standoff.conflict.hypergame import Hypergame
from standoff.conflict.json_form import plain_id
from standoff.conflict.preference import Partial, Preference, Priorities, Ranking, Weights
from standoff.conflict.routes import KINDS, Move
from standoff.conflict.solution import Solution, Verdicts
from standoff.conflict.solution_text import explained
from standoff.conflict.stability.limited_move import Foresight
from standoff.conflict.witness import Witness

Ids = list[int | str]


def to_json(solution: Solution) -> dict[str, Any]:
    """Lay out everything that was worked out; parts that do not apply are left out."""
    conflict, graph = solution.conflict, solution.graph
    write = _Writer(solution)
    document: dict[str, Any] = {
        "name": conflict.name,
        "decision_makers": list(conflict.decision_makers),
        "options": [
            {"name": o.name, "owners": [conflict.decision_makers[i] for i in o.owners], "moves": o.moves}
            for o in conflict.options
        ],
        "states": {
            id: conflict.signs(state) or id for id, state in zip(graph.ids, graph.states, strict=True)
        },
        "stability": {verdicts.concept: write.verdicts(verdicts) for verdicts in solution.individual},
        "coalitions": {
            joint.concept: {
                "equilibria": write.ids(joint.equilibria),
                "by_coalition": [
                    {"members": write.names(group), "stable": write.ids(states)}
                    for group, states in joint.stable
                ],
            }
            for joint in solution.joint
        },
        "definitions": _definitions(),
        "preferences": {
            name: _kind(preference)
            for name, preference in zip(conflict.decision_makers, conflict.preferences, strict=True)
        },
        "dropped": [{"rule": dropped.rule, "states": dropped.states} for dropped in solution.dropped],
        "omitted": list(solution.omitted),
    }
    if solution.simultaneous is not None:
        document["simultaneous"] = write.verdicts(solution.simultaneous)
    if solution.foresight:
        document["foresight"] = [write.foresight(foresight) for foresight in solution.foresight]
    if solution.graded:
        document["strength"] = {
            graded.concept: {
                "strong": write.by_name(graded.strong),
                "weak": write.by_name(graded.weak),
                "strong_equilibria": write.ids(graded.strong_equilibria),
            }
            for graded in solution.graded
        }
    if solution.completions:
        document["unknown"] = write.unknown()
    if solution.relational:
        document["attitudes"] = {v.concept: write.verdicts(v) for v in solution.relational}
    if solution.hypergames:
        document["hypergame"] = {game.concept: write.hypergame(game) for game in solution.hypergames}
    document["absorbing"] = [
        {"states": write.ids(region.states), "entries": [write.move(move) for move in region.entries]}
        for region in solution.regions
    ]
    document["no_return"] = [write.move(move) for move in solution.no_return]
    if solution.ways is not None:
        document["status_quo"] = plain_id(graph.ids[solution.ways.start])
        document["reachability"] = {
            kind: {
                graph.ids[target]: [write.move(move) for move in route.moves]
                for target, route in sorted(solution.ways.by(kind).items())
            }
            for kind in KINDS
        }
    return document


def _definitions() -> dict[str, dict[str, str]]:
    individual = {c.name: (c.title, c.meaning, c.source) for c in INDIVIDUAL.values()}
    joint = {c.name: (c.title, c.meaning, c.source) for c in JOINT.values()}
    return {
        name: {"title": title, "meaning": meaning, "source": source}
        for name, (title, meaning, source) in (individual | joint).items()
    }


def why_json(solution: Solution, states: Iterable[str]) -> list[dict[str, Any]]:
    """Lay out the witnesses of all verdicts on some states: each as data that can be replayed, and as a
    sentence."""
    found: list[dict[str, Any]] = []
    for state in states:
        for concept, actors in explained(solution):
            explanation = solution.explain(concept, actors, state)
            entry = witness_json(solution.graph, explanation.witness) | {"sentence": explanation.sentence}
            if explanation.completion is not None:
                entry["completion"] = {
                    name: [
                        [plain_id(solution.conflict.state_id(s)) for s in group] for group in ranking.groups
                    ]
                    for name, ranking in zip(
                        solution.conflict.decision_makers, explanation.completion, strict=True
                    )
                }
            found.append(entry)
    return found


def witness_json(graph: StateGraph, claim: Witness) -> dict[str, Any]:
    """Lay out one witness with ids and names."""
    document: dict[str, Any] = {
        "concept": claim.concept,
        "actors": [graph.decision_makers[i] for i in claim.actors],
        "state": plain_id(graph.ids[claim.state]),
        "stable": claim.stable,
    }
    if claim.escape is None:
        document["deterrents"] = [
            {
                "departure": plain_id(graph.ids[deterrent.departure]),
                "answer": [
                    {
                        "by": [graph.decision_makers[i] for i in claim.movers[step.mover]],
                        "from": plain_id(graph.ids[step.source]),
                        "to": plain_id(graph.ids[step.target]),
                    }
                    for step in deterrent.steps
                ],
            }
            for deterrent in claim.deterrents
        ]
    else:
        document["escape"] = {
            "departure": plain_id(graph.ids[claim.escape.departure]),
            "outcomes": [
                {
                    "outcome": plain_id(graph.ids[outcome]),
                    "countermove": None if counter is None else plain_id(graph.ids[counter]),
                }
                for outcome, counter in claim.escape.outcomes
            ],
        }
    return document


def _kind(preference: Preference) -> str:
    match preference:
        case Ranking():
            graded = ", graded" if max(preference.degrees, default=1) > 1 else ""
            return f"ranking of {len(preference.groups)} groups{graded}"
        case Weights():
            return "option weights"
        case Priorities():
            return f"{len(preference.levels)} levels of priorities"
        case Partial():
            return "partly unknown"


class _Writer:
    """Turns positions and numbers into ids and names."""

    def __init__(self, solution: Solution) -> None:
        self.solution = solution
        self.graph = solution.graph

    def ids(self, states: int) -> Ids:
        return [plain_id(id) for id in self.solution.ids(states)]

    def names(self, actors: Iterable[int]) -> list[str]:
        return [self.graph.decision_makers[i] for i in actors]

    def by_name(self, states: Iterable[int]) -> dict[str, Ids]:
        return {name: self.ids(found) for name, found in zip(self.graph.decision_makers, states, strict=True)}

    def verdicts(self, verdicts: Verdicts) -> dict[str, Ids]:
        return self.by_name(verdicts.stable) | {"equilibria": self.ids(verdicts.equilibria)}

    def foresight(self, foresight: Foresight) -> dict[str, Any]:
        document: dict[str, Any] = {
            "horizon": "non-myopic" if foresight.horizon is None else foresight.horizon,
            "stable": self.by_name(foresight.stable),
            "equilibria": self.ids(foresight.equilibria),
            "depends_on_ties": self.by_name(foresight.depends_on_ties),
            "experimental": foresight.experimental,
        }
        if foresight.horizon is None:
            document |= {"from_horizon": foresight.from_horizon, "period": foresight.period}
        return document

    def unknown(self) -> dict[str, Any]:
        types: dict[str, dict[str, Any]] = {}
        for kind, verdicts in self.solution.unknown_types:
            types.setdefault(kind, {})[verdicts.concept] = self.verdicts(verdicts)
        return {
            "necessary": {
                c.concept: self.by_name(c.necessary) | {"equilibria": self.ids(c.necessary_equilibria)}
                for c in self.solution.completions
            },
            "possible": {
                c.concept: self.by_name(c.possible) | {"equilibria": self.ids(c.possible_equilibria)}
                for c in self.solution.completions
            },
            "types": types,
        }

    def hypergame(self, game: Hypergame) -> dict[str, Any]:
        ids = self._ids_of
        return {
            "equilibria": ids(game.equilibria),
            "steady": ids(game.steady),
            "predicted": {
                name: ids(states)
                for name, states in zip(self.graph.decision_makers, game.predicted, strict=True)
            },
            "surprised": {
                name: ids(states)
                for name, states in zip(self.graph.decision_makers, game.surprised, strict=True)
            },
        }

    def _ids_of(self, states: Iterable[int]) -> Ids:
        wanted = set(states)
        return self.ids(bit_set(s for s, state in enumerate(self.graph.states) if state in wanted))

    def move(self, move: Move) -> dict[str, Any]:
        return {
            "by": self.names(move.movers),
            "from": plain_id(self.graph.ids[move.source]),
            "to": plain_id(self.graph.ids[move.target]),
            "improves": move.improves,
            **({"unclear": True} if move.unclear else {}),
        }
