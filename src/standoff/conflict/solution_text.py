"""The solution as a text for a terminal: what was judged, which outcomes hold in which sense, how to get
there."""

from __future__ import annotations

from collections.abc import Iterable

from standoff.conflict.concepts import INDIVIDUAL, JOINT
from standoff.conflict.graph import members
from standoff.conflict.routes import Route
from standoff.conflict.solution import Solution
from standoff.conflict.stability import sim
from standoff.conflict.stability.limited_move import expected_moves
from standoff.conflict.wording import Wording, counted, joined

ROWS = 60
"""The most states that a table shows."""


def to_text(solution: Solution) -> str:
    """Write the solution in sections, each line at most as long as its longest state."""
    wording = Wording(solution.conflict)
    sections = [
        _head(solution),
        _equilibria(solution, wording),
        _by_decision_maker(solution),
        _foresight(solution),
        _graded(solution),
        _unknown(solution),
        _hypergames(solution, wording),
        _ways(solution, wording),
        _regions(solution, wording),
        list(solution.omitted),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def explained(solution: Solution) -> list[tuple[str, list[str]]]:
    """The verdicts that have a witness: concepts, and for whom each was worked out."""
    names = solution.conflict.decision_makers
    concepts = [verdicts.concept for verdicts in solution.individual]
    concepts += [f"strong {graded.concept}" for graded in solution.graded]
    concepts += [verdicts.concept for verdicts in solution.relational]
    found = [(concept, [name]) for concept in concepts for name in names]
    for joint in solution.joint:
        found += [(joint.concept, [names[i] for i in group]) for group, _ in joint.stable if len(group) > 1]
    return found


def why_text(solution: Solution, state: str) -> str:
    """Explain every verdict on a state, one a line; of the coalitions those of two or more."""
    lines = [solution.why(concept, who, state) for concept, who in explained(solution)]
    wording, graph = Wording(solution.conflict), solution.graph
    position = graph.position(state)
    if solution.simultaneous is not None:
        lines += [wording.simultaneous(sim.witness(graph, i, position)) for i in graph.everyone]
    for foresight in solution.foresight:
        if foresight.horizon is not None:
            lines += [
                wording.expectation(
                    i, position, foresight.horizon, expected_moves(graph, i, position, foresight.horizon)
                )
                for i in graph.everyone
            ]
    return "\n".join(lines) + "\n"


def table(rows: list[list[str]]) -> list[str]:
    """Set rows in columns, the first row as the heading."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def columns(solution: Solution) -> list[tuple[str, int, int]]:
    """The equilibria by concept title, in the order in which they are shown: sure ones, and possible ones.

    The two differ only where preferences are partly unknown.
    """
    possible = {c.concept: c.possible_equilibria for c in solution.completions}
    found = [
        (INDIVIDUAL[v.concept].title, v.equilibria, possible.get(v.concept, v.equilibria))
        for v in solution.individual
    ]
    if solution.simultaneous is not None:
        found.append(("SIM", solution.simultaneous.equilibria, solution.simultaneous.equilibria))
    found += [(JOINT[v.concept].title, v.equilibria, v.equilibria) for v in solution.joint]
    return found


def holding(solution: Solution) -> int:
    """The states that are, or can be, an equilibrium in some sense."""
    found = 0
    for _, _, possible in columns(solution):
        found |= possible
    return found


def best_route(solution: Solution, position: int) -> Route | None:
    """The way to a state that asks least of the parties: improvements, else joint improvements, else any
    moves."""
    ways = solution.ways
    if ways is None:
        return None
    for found in (ways.improvements, ways.coalitions, ways.moves):
        if position in found:
            return found[position]
    return None


def _head(solution: Solution) -> list[str]:
    conflict = solution.conflict
    size = counted(solution.graph.size, "feasible state")
    if conflict.options:
        size += f" of {2**conflict.option_count} combinations of {counted(conflict.option_count, 'option')}"
    lines = [
        conflict.name,
        f"{counted(len(conflict.decision_makers), 'decision maker')} "
        f"({joined(conflict.decision_makers)}), {size}.",
    ]
    if solution.dropped:
        rules = ", ".join(f"{dropped.rule} ({dropped.states})" for dropped in solution.dropped)
        lines.append(f"Excluded, with the number of states each rule excludes: {rules}.")
    if solution.completions:
        lines.append(
            "Some comparisons are unknown: stable below means stable however they turn out (necessary)."
        )
    return lines


def _equilibria(solution: Solution, wording: Wording) -> list[str]:
    concepts = columns(solution)
    positions = list(members(holding(solution)))
    if not positions:
        return ["No state is an equilibrium in any of these senses."]
    rows = [["State", *(title for title, _, _ in concepts), "From the status quo"]]
    for s in positions[:ROWS]:
        marks = ["x" if sure >> s & 1 else "?" if may >> s & 1 else "." for _, sure, may in concepts]
        rows.append([wording.state(s), *marks, _reached(solution, s)])
    if solution.ways is None:
        rows = [row[:-1] for row in rows]
    lines = [f"Equilibria (stable for all), {len(positions)} of {solution.graph.size} states", *table(rows)]
    if solution.completions:
        lines.append("x: however the unknown comparisons turn out; ?: for some way they turn out.")
    if len(positions) > ROWS:
        lines.append(f"... and {len(positions) - ROWS} more: see --format json.")
    return lines


def _reached(solution: Solution, position: int) -> str:
    if solution.ways is not None and position == solution.ways.start:
        return "is the status quo"
    route = best_route(solution, position)
    if route is None:
        return "cannot be reached"
    steps = counted(len(route.moves), "step")
    if route.unclear:
        return f"perhaps by improvements, {steps}"
    if not route.improves:
        return f"only against somebody's preference, {steps}"
    return f"by joint improvements, {steps}" if route.joint else f"by improvements, {steps}"


def _by_decision_maker(solution: Solution) -> list[str]:
    rows = [["Stable for", *solution.conflict.decision_makers]]
    for verdicts in solution.individual:
        rows.append(
            [INDIVIDUAL[verdicts.concept].title, *(_list(solution.ids(states)) for states in verdicts.stable)]
        )
    return table(rows) if solution.individual else []


def _list(ids: Iterable[str]) -> str:
    found = list(ids)
    shown = " ".join(found[:16]) + (f" ... ({len(found)})" if len(found) > 16 else "")
    return shown or "-"


def _foresight(solution: Solution) -> list[str]:
    lines = []
    for foresight in solution.foresight:
        name = "Non-myopic" if foresight.horizon is None else f"{counted(foresight.horizon, 'move')} ahead"
        notes = []
        if foresight.experimental:
            notes.append("experimental for more than two decision makers")
        if any(foresight.depends_on_ties):
            notes.append("some verdicts depend on which of equally good moves is taken")
        note = f" ({'; '.join(notes)})" if notes else ""
        lines.append(f"{name}: {_list(solution.ids(foresight.equilibria))}{note}")
    return ["Equilibria with limited foresight", *lines] if lines else []


def _graded(solution: Solution) -> list[str]:
    if not solution.graded:
        return []
    rows = [["Strong equilibria", "States"]]
    rows += [[g.concept.upper(), _list(solution.ids(g.strong_equilibria))] for g in solution.graded]
    return table(rows)


def _unknown(solution: Solution) -> list[str]:
    if not solution.completions:
        return []
    rows = [["Equilibria", "however the unknown turns out", "for some way it turns out"]]
    rows += [
        [
            c.concept.upper(),
            _list(solution.ids(c.necessary_equilibria)),
            _list(solution.ids(c.possible_equilibria)),
        ]
        for c in solution.completions
    ]
    return table(rows)


def _hypergames(solution: Solution, wording: Wording) -> list[str]:
    if not solution.hypergames:
        return []
    lines = ["Equilibria where each plays the conflict as it sees it"]
    for game in solution.hypergames:
        held = _list(solution.graph.ids[solution.graph.place[state]] for state in game.equilibria)
        surprised = [
            name
            for name, states in zip(solution.conflict.decision_makers, game.surprised, strict=True)
            if states
        ]
        note = f"; {joined(surprised)} did not foresee all of them" if surprised else ""
        lines.append(f"{game.concept.upper()}: {held}{note}")
    return lines


def _ways(solution: Solution, wording: Wording) -> list[str]:
    if solution.ways is None:
        return []
    lines = [f"Ways from the status quo {wording.state(solution.ways.start)} to the equilibria"]
    for s in list(members(holding(solution)))[:ROWS]:
        route = best_route(solution, s)
        if route is not None:
            lines.append(f"  {wording.state(s)}: {wording.route(route)}.")
    return lines if len(lines) > 1 else []


def _regions(solution: Solution, wording: Wording) -> list[str]:
    lines = [f"  {wording.region(region)}" for region in solution.regions[:ROWS]]
    moves = wording.no_return(solution.no_return)
    if moves:
        more = f"; and {len(moves) - 6} more kinds of move" if len(moves) > 6 else ""
        lines.append(f"  Nothing leads back once {'; '.join(moves[:6])}{more}.")
    return ["No way back", *lines] if lines else []
