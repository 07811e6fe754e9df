"""The solution as HTML for a notebook: the table of equilibria, the ways to them, the picture."""

from __future__ import annotations

from html import escape

from standoff.conflict.graph import members
from standoff.conflict.picture import PICTURE_LIMIT, state_graph_svg
from standoff.conflict.solution import Solution
from standoff.conflict.solution_text import ROWS, best_route, columns, holding
from standoff.conflict.wording import Wording, counted, joined

_TABLE = "border-collapse:collapse;font-family:system-ui,sans-serif;font-variant-numeric:tabular-nums"
_CELL = "padding:0.15em 0.6em;border-bottom:1px solid #ccc;text-align:left"


def solution_html(solution: Solution) -> str:
    """Write a fragment without scripts; every name from the model is escaped."""
    conflict = solution.conflict
    wording = Wording(conflict)
    concepts = columns(solution)
    positions = list(members(holding(solution)))
    head = "".join(_heading("col", title) for title, _, _ in concepts)
    rows = []
    for s in positions[:ROWS]:
        marks = "".join(
            f'<td style="{_CELL}">{"●" if sure >> s & 1 else "○" if may >> s & 1 else ""}</td>'
            for _, sure, may in concepts
        )
        rows.append(f"<tr>{_heading('row', wording.state(s))}{marks}</tr>")
    summary = (
        f"{counted(solution.graph.size, 'feasible state')}, of which {len(positions)} can hold in some sense"
    )
    picture = state_graph_svg(solution) if solution.graph.size <= PICTURE_LIMIT else ""
    return (
        f"<div><p><strong>{escape(conflict.name)}</strong>: {escape(joined(conflict.decision_makers))}; "
        f'{summary}.</p><table style="{_TABLE}"><thead><tr>{_heading("col", "Stable for all")}{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>{_ways(solution, wording, positions)}{picture}</div>"
    )


def _heading(scope: str, text: str) -> str:
    return f'<th scope="{scope}" style="{_CELL}">{escape(text)}</th>'


def _ways(solution: Solution, wording: Wording, positions: list[int]) -> str:
    if solution.ways is None:
        return ""
    items = []
    for s in positions[:ROWS]:
        route = best_route(solution, s)
        if route is not None:
            items.append(f"<li>{escape(wording.state(s))}: {escape(wording.route(route))}.</li>")
    start = escape(wording.state(solution.ways.start))
    return f"<p>From the status quo {start}:</p><ul>{''.join(items)}</ul>" if items else ""
