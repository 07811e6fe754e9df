"""What every conflict must keep to, whatever file or program it comes from.

`check` raises a ModelProblem for the first breach. Its path speaks of the parts of the model:
`("decision_maker", i)`, `("option", k)`, `("states", id)`, `("status_quo",)`, `("decision_maker", i,
"ranking")`; a file form whose keys are called differently translates them.
"""

from __future__ import annotations

from collections.abc import Sequence

from standoff.conflict.model import Conflict
from standoff.conflict.preference import Partial, Preference, Ranking, Weights
from standoff.conflict.problems import ModelProblem
from standoff.conflict.relations import relate

LISTING_LIMIT = 20
"""The most options whose combinations a check goes through; past it, only what it can see without is
checked."""


def check(conflict: Conflict) -> None:
    """Raise ModelProblem where the conflict breaks a rule."""
    check_names(conflict.decision_makers)
    check_options(conflict)
    _check_owners(conflict)
    _check_states(conflict)
    _check_moves(conflict)
    _check_status_quo(conflict)
    for i, preference in enumerate(conflict.preferences):
        _check_preference(conflict, i, preference)


def check_names(names: tuple[str, ...]) -> None:
    """Raise ModelProblem where decision makers are missing, doubled or called like a word of the results."""
    if not names:
        raise ModelProblem("the conflict has no decision maker: name at least one", ("decision_maker",))
    twice = _repeated([" ".join(name.split()).casefold() for name in names])
    if twice is not None:
        raise ModelProblem(
            f"the decision maker {names[twice]!r} is there twice: rename or take out one",
            ("decision_maker", twice, "name"),
        )
    for i, name in enumerate(names):
        if name.casefold() == "equilibria":
            raise ModelProblem(
                "a decision maker cannot be called 'equilibria', because results use that word: rename it",
                ("decision_maker", i, "name"),
            )


def check_options(conflict: Conflict) -> None:
    """Raise ModelProblem where an option has no owner, or two have the same name or id."""
    for k, option in enumerate(conflict.options):
        if not option.owners:
            raise ModelProblem(
                f"nobody owns the option {option.name!r}: name a decision maker as its owner", ("option", k)
            )
    spoken = [(option.name.casefold(), owner) for option in conflict.options for owner in option.owners]
    where = [k for k, option in enumerate(conflict.options) for _ in option.owners]
    twice = _repeated(spoken)
    if twice is not None:
        name = conflict.options[where[twice]].name
        owner = conflict.decision_makers[spoken[twice][1]]
        raise ModelProblem(
            f"{owner} has two options called {name!r}: rename one", ("option", where[twice], "name")
        )
    ids = [option.id.casefold() for option in conflict.options]
    twice = _repeated([id or k for k, id in enumerate(ids)])
    if twice is not None:
        raise ModelProblem(f"the id {conflict.options[twice].id!r} is there twice", ("option", twice, "id"))


def _check_owners(conflict: Conflict) -> None:
    if conflict.arcs is not None:
        return
    if not conflict.options:
        raise ModelProblem("the conflict has neither options nor moves: give one of them", ("option",))
    for i, name in enumerate(conflict.decision_makers):
        if not conflict.owned(i) and i not in conflict.observers:
            raise ModelProblem(
                f"the decision maker {name!r} has no option: give it one, take it out, or mark it as an "
                f"observer",
                ("decision_maker", i),
            )


def _check_states(conflict: Conflict) -> None:
    ids = [id for id, _ in conflict.states]
    states = [state for _, state in conflict.states]
    twice = _repeated(ids)
    if twice is not None:
        raise ModelProblem(f"the state id {ids[twice]!r} is there twice", ("states", ids[twice]))
    twice = _repeated(states)
    if twice is not None:
        first = ids[states.index(states[twice])]
        raise ModelProblem(
            f"the states {first} and {ids[twice]} have the same mask {conflict.signs(states[twice])}: "
            f"take one out",
            ("states", ids[twice]),
        )
    if conflict.options:
        for id, state in conflict.states:
            if any(mask.matches(state) for mask in conflict.infeasible):
                mask = next(mask for mask in conflict.infeasible if mask.matches(state))
                raise ModelProblem(
                    f"the state {id} is listed, but the mask {mask.signs(conflict.option_count)} excludes "
                    f"it: take out one of them",
                    ("states", id),
                )
    if (conflict.states or conflict.option_count <= LISTING_LIMIT) and not len(conflict.feasible):
        raise ModelProblem(
            "no state is feasible: the masks and rules exclude every combination of options, so loosen one",
            ("feasibility",),
        )


def _check_moves(conflict: Conflict) -> None:
    if conflict.arcs is None:
        return
    if len(conflict.arcs) != len(conflict.decision_makers):
        raise ModelProblem("the moves must be given for each decision maker, if only as none", ("move",))
    for arcs in conflict.arcs:
        for source, target in arcs:
            if source == target:
                raise ModelProblem(
                    f"a move leads from state {conflict.state_id(source)} to itself: take it out", ("move",)
                )
            if not (conflict.is_feasible(source) and conflict.is_feasible(target)):
                raise ModelProblem("a move begins or ends in a state that is not feasible", ("move",))


def _check_status_quo(conflict: Conflict) -> None:
    if conflict.status_quo is not None and not conflict.is_feasible(conflict.status_quo):
        shown = conflict.signs(conflict.status_quo) or str(conflict.status_quo)
        raise ModelProblem(
            f"the status quo {shown} is not feasible: choose a feasible state, or drop the rule that "
            f"excludes it",
            ("status_quo",),
        )


def _check_preference(conflict: Conflict, i: int, preference: Preference) -> None:
    name = conflict.decision_makers[i]
    if isinstance(preference, Weights) and len(preference.weights) != conflict.option_count:
        raise ModelProblem(
            f"the weights of {name!r} do not fit the options: one number an option is needed",
            ("decision_maker", i, "weights"),
        )
    if isinstance(preference, Ranking):
        _check_complete(conflict, i, preference)
    if isinstance(preference, Partial):
        try:
            relate(preference, [int(state) for state in conflict.feasible])
        except ModelProblem as problem:
            raise ModelProblem(problem.problem, ("decision_maker", i, "chains")) from None


def _check_complete(conflict: Conflict, i: int, preference: Ranking) -> None:
    name = conflict.decision_makers[i]
    ranked = preference.positions()
    missing = [int(state) for state in conflict.feasible if int(state) not in ranked]
    if missing:
        shown = ", ".join(_shown(conflict, state) for state in missing[:5]) + (
            ", ..." if len(missing) > 5 else ""
        )
        raise ModelProblem(
            f"the ranking of {name!r} leaves out {len(missing)} of {len(conflict.feasible)} states "
            f"({shown}): rank them, or give chains for what is unknown",
            ("decision_maker", i, "ranking"),
        )
    foreign = set(ranked) - {int(state) for state in conflict.feasible}
    if foreign:
        raise ModelProblem(
            f"the ranking of {name!r} has the state {min(foreign)}, which is not feasible",
            ("decision_maker", i, "ranking"),
        )
    twice = _repeated([state for group in preference.groups for state in group])
    if twice is not None:
        raise ModelProblem(f"the ranking of {name!r} has a state twice", ("decision_maker", i, "ranking"))


def _shown(conflict: Conflict, state: int) -> str:
    return conflict.state_id(state) if conflict.states else conflict.signs(state)


def _repeated(things: Sequence[object]) -> int | None:
    seen = set()
    for position, thing in enumerate(things):
        if thing in seen:
            return position
        seen.add(thing)
    return None
