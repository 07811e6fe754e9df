"""The solution as HTML for a notebook: the table of equilibria, the ways to them, the picture."""

from __future__ import annotations

from html import escape

from standoff.conflict.graph import members
from standoff.conflict.picture import PICTURE_LIMIT, state_graph_svg
from standoff.conflict.solution import Solution
from standoff.conflict.solution_text import ROWS, columns
from standoff.conflict.wording import Wording, counted, joined

_TABLE = "border-collapse:collapse;font-family:system-ui,sans-serif;font-variant-numeric:tabular-nums"
_CELL = "padding:0.15em 0.6em;border-bottom:1px solid #ccc;text-align:left"


def solution_html(solution: Solution) -> str:
    """Write a fragment without scripts; every name from the model is escaped."""
    conflict = solution.conflict
    wording = Wording(conflict)
    concepts = columns(solution)
    holding = 0
    for _, states in concepts:
        holding |= states
    head = "".join(f'<th scope="col" style="{_CELL}">{escape(title)}</th>' for title, _ in concepts)
    rows = []
    for s in list(members(holding))[:ROWS]:
        marks = "".join(
            f'<td style="{_CELL}">{"●" if states >> s & 1 else ""}</td>' for _, states in concepts
        )
        rows.append(
            f'<tr><th scope="row" style="{_CELL};font-weight:normal">{escape(wording.state(s))}</th>{marks}</tr>'
        )
    ways = _ways(solution, wording, holding)
    picture = state_graph_svg(solution) if solution.graph.size <= PICTURE_LIMIT else ""
    return (
        f"<div><p><strong>{escape(conflict.name)}</strong>: {escape(joined(conflict.decision_makers))}; "
        f"{counted(solution.graph.size, 'feasible state')}, {counted(len(list(members(holding))), 'equilibrium')}"
        f".</p>".replace("equilibriums", "equilibria")
        + f'<table style="{_TABLE}"><thead><tr><th scope="col" style="{_CELL}">Stable for all</th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>{ways}{picture}</div>"
    )


def _ways(solution: Solution, wording: Wording, holding: int) -> str:
    if solution.ways is None:
        return ""
    items = []
    for s in list(members(holding))[:ROWS]:
        for found in (solution.ways.improvements, solution.ways.coalitions, solution.ways.moves):
            if s in found:
                items.append(f"<li>{escape(wording.state(s))}: {escape(wording.route(found[s]))}.</li>")
                break
    start = escape(wording.state(solution.ways.start))
    return f"<p>From the status quo {start}:</p><ul>{''.join(items)}</ul>" if items else ""
