"""The solution as a text for a terminal: what was judged, which outcomes hold in which sense, how to get
there."""

from __future__ import annotations

from collections.abc import Iterable

from standoff.conflict.concepts import INDIVIDUAL, JOINT
from standoff.conflict.graph import members
from standoff.conflict.solution import Solution
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


def why_text(solution: Solution, state: str) -> str:
    """Explain every individual verdict on a state, and the verdicts of coalitions of two or more, one a
    line."""
    wording = Wording(solution.conflict)
    lines = [
        wording.verdict(solution.witness(concept, name, state))
        for concept in INDIVIDUAL
        for name in solution.conflict.decision_makers
    ]
    for joint in solution.joint:
        for group, _ in joint.stable:
            if len(group) > 1:
                names = [solution.conflict.decision_makers[i] for i in group]
                lines.append(wording.verdict(solution.witness(joint.concept, names, state)))
    return "\n".join(lines) + "\n"


def table(rows: list[list[str]]) -> list[str]:
    """Set rows in columns, the first row as the heading."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def columns(solution: Solution) -> list[tuple[str, int]]:
    """The equilibria by concept title, in the order in which they are shown."""
    found = [(INDIVIDUAL[v.concept].title, v.equilibria) for v in solution.individual]
    if solution.simultaneous is not None:
        found.append(("SIM", solution.simultaneous.equilibria))
    found += [(JOINT[v.concept].title, v.equilibria) for v in solution.joint]
    return found


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
    holding = 0
    for _, states in concepts:
        holding |= states
    if not holding:
        return ["No state is an equilibrium in any of these senses."]
    rows = [["State", *(title for title, _ in concepts), "From the status quo"]]
    positions = list(members(holding))
    for s in positions[:ROWS]:
        marks = ["x" if states >> s & 1 else "." for _, states in concepts]
        rows.append([wording.state(s), *marks, _reached(solution, s)])
    if solution.ways is None:
        rows = [row[:-1] for row in rows]
    lines = [f"Equilibria (stable for all), {len(positions)} of {solution.graph.size} states", *table(rows)]
    if len(positions) > ROWS:
        lines.append(f"... and {len(positions) - ROWS} more: see --format json.")
    return lines


def _reached(solution: Solution, position: int) -> str:
    ways = solution.ways
    if ways is None:
        return ""
    if position == ways.start:
        return "is the status quo"
    for kind, words in (("improvements", "by improvements"), ("coalitions", "by joint improvements")):
        found = ways.improvements if kind == "improvements" else ways.coalitions
        if position in found:
            return f"{words}, {counted(len(found[position].moves), 'step')}"
    if position in ways.moves:
        return f"only against somebody's preference, {counted(len(ways.moves[position].moves), 'step')}"
    return "cannot be reached"


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
    place = {state: s for s, state in enumerate(solution.graph.states)}
    for game in solution.hypergames:
        held = _list(solution.graph.ids[place[state]] for state in game.equilibria)
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
    holding = 0
    for _, states in columns(solution):
        holding |= states
    lines = [f"Ways from the status quo {wording.state(solution.ways.start)} to the equilibria"]
    for s in list(members(holding))[:ROWS]:
        route = next(
            (
                found[s]
                for found in (solution.ways.improvements, solution.ways.coalitions, solution.ways.moves)
                if s in found
            ),
            None,
        )
        if route is not None:
            lines.append(f"  {wording.state(s)}: {wording.route(route)}.")
    return lines if len(lines) > 1 else []


def _regions(solution: Solution, wording: Wording) -> list[str]:
    lines = [f"  {wording.region(region)}" for region in solution.regions[:ROWS]]
    return ["No way back", *lines] if lines else []
