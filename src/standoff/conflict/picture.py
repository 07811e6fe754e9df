"""The state graph as an SVG picture: states, improvements, other moves, and the ways from the status quo to
equilibria.

States stand in columns by their distance from the status quo (or in one circle where there is none). Whose
move an arrow is shows in its dashes and in its colour, so that colour is never the only sign; the legend
says both in words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape

from standoff.conflict.closure import union
from standoff.conflict.graph import members
from standoff.conflict.routes import Move, Route
from standoff.conflict.solution import Solution
from standoff.conflict.solution_text import best_route, columns, holding
from standoff.conflict.wording import Wording

PICTURE_LIMIT = 64
"""The most states that are all drawn; of more, only equilibria and the states on the ways to them."""

KEY_LIMIT = 24
"""The most states whose options the legend spells out."""

_WIDE = "wide: on a shortest way to an equilibrium"
_COLOURS = ("#1f4e79", "#9c4a1a", "#3f6b35", "#6b3f75", "#7a6a1a", "#356b6b", "#7a2f45", "#555555")
_DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 4", "12 4", "1 4", "6 2 1 2 1 2")
_RADIUS = 17
_GAP_X, _GAP_Y, _MARGIN = 150, 62, 56


@dataclass(frozen=True, slots=True)
class _Point:
    x: float
    y: float


def state_graph_svg(solution: Solution, *, routes: bool = True) -> str:
    """Draw the state graph as one SVG element; with `routes`, the ways to the equilibria stand out."""
    shown = _shown(solution)
    points = _layout(solution, shown)
    legend_top = max(point.y for point in points.values()) + _MARGIN
    legend, height, legend_width = _legend(solution, legend_top, shown)
    width = max(max(point.x for point in points.values()) + _MARGIN + 60, legend_width)
    ways = _ways(solution, shown) if routes else []
    on_way = {(move.movers, move.source, move.target) for route in ways for move in route.moves}
    arrows = [
        _arrow(points, Move((i,), s, t, better), on_way)
        for i in solution.graph.everyone
        for s in shown
        for t in members(solution.graph.moves[i][s])
        if t in points
        for better in [bool(solution.graph.better[i][s] >> t & 1)]
        if better or ((i,), s, t) in on_way
    ]
    joint = {move for route in ways for move in route.moves if len(move.movers) > 1}
    arrows += [_arrow(points, move, on_way) for move in sorted(joint, key=lambda m: (m.source, m.target))]
    wording = Wording(solution.conflict)
    nodes = [_node(solution, wording, s, point) for s, point in points.items()]
    title = f"State graph of {solution.conflict.name}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" font-family="system-ui, sans-serif" font-size="12">'
        f"<title>{escape(title)}</title><desc>{escape(_description(solution, wording, shown))}</desc>"
        f"{_markers()}{''.join(arrows)}{''.join(nodes)}{legend}</svg>"
    )


def _shown(solution: Solution) -> list[int]:
    if solution.graph.size <= PICTURE_LIMIT:
        return list(range(solution.graph.size))
    wanted = set(list(members(holding(solution)))[:PICTURE_LIMIT])
    if solution.ways is not None:
        wanted.add(solution.ways.start)
        for route in _ways(solution, sorted(wanted)):
            wanted |= {move.target for move in route.moves}
    return sorted(wanted) or list(range(PICTURE_LIMIT))


def _ways(solution: Solution, shown: list[int]) -> list[Route]:
    routes = (best_route(solution, s) for s in members(holding(solution)) if s in shown)
    return [route for route in routes if route is not None]


def _layout(solution: Solution, shown: list[int]) -> dict[int, _Point]:
    if solution.ways is None:
        radius = max(90.0, len(shown) * 58 / (2 * math.pi))
        centre = radius + _MARGIN
        return {
            s: _Point(
                centre + radius * math.sin(2 * math.pi * n / len(shown)),
                centre - radius * math.cos(2 * math.pi * n / len(shown)),
            )
            for n, s in enumerate(shown)
        }
    layers = _distances(solution, shown)
    tallest = max(len(layer) for layer in layers)
    points: dict[int, _Point] = {}
    for column, layer in enumerate(layers):
        offset = (tallest - len(layer)) * _GAP_Y / 2
        for row, s in enumerate(layer):
            shift = (row % 2) * 24 if len(layer) > 2 else 0
            points[s] = _Point(_MARGIN + column * _GAP_X + shift, _MARGIN + offset + row * _GAP_Y)
    return points


def _distances(solution: Solution, shown: list[int]) -> list[list[int]]:
    """Sort the shown states into columns by their distance from the status quo; what it never leads to
    comes last."""
    assert solution.ways is not None
    table = union(solution.graph.moves, solution.graph.size)
    seen = 1 << solution.ways.start
    layers = [[solution.ways.start]]
    fresh = seen
    while fresh:
        reached = 0
        for s in members(fresh):
            reached |= table[s]
        fresh = reached & ~seen
        seen |= fresh
        layer = [s for s in members(fresh) if s in shown]
        if layer:
            layers.append(layer)
    rest = [s for s in shown if not seen >> s & 1]
    return [*layers, rest] if rest else layers


def _arrow(points: dict[int, _Point], move: Move, on_way: set[tuple[tuple[int, ...], int, int]]) -> str:
    start, end = points[move.source], points[move.target]
    dx, dy = end.x - start.x, end.y - start.y
    bend = 0.10 + 0.05 * (move.movers[0] % 3)
    cx, cy = (start.x + end.x) / 2 - dy * bend, (start.y + end.y) / 2 + dx * bend
    x1, y1 = _edge(start, cx, cy, _RADIUS)
    x2, y2 = _edge(end, cx, cy, _RADIUS + 5)
    key = (move.movers, move.source, move.target)
    wide = 2.6 if key in on_way else 1.0
    number = move.movers[0] % len(_COLOURS)
    joint = len(move.movers) > 1
    colour = "#222222" if joint else _COLOURS[number]
    dash = "" if joint else _DASHES[number]
    pattern = f' stroke-dasharray="{dash}"' if dash else ""
    head = "joint" if joint else f"by{number}"
    marker = head if move.improves else f"{head}-open"
    return (
        f'<path d="M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {x2:.1f} {y2:.1f}" fill="none" stroke="{colour}" '
        f'stroke-width="{wide}"{pattern} marker-end="url(#{marker})"/>'
    )


def _edge(centre: _Point, towards_x: float, towards_y: float, radius: float) -> tuple[float, float]:
    dx, dy = towards_x - centre.x, towards_y - centre.y
    length = math.hypot(dx, dy) or 1.0
    return centre.x + dx / length * radius, centre.y + dy / length * radius


def _node(solution: Solution, wording: Wording, s: int, point: _Point) -> str:
    holds = [title for title, _, states in columns(solution) if states >> s & 1]
    is_start = solution.ways is not None and solution.ways.start == s
    ring = 3.2 if holds else 1.0
    shape = (
        f'<rect x="{point.x - _RADIUS:.1f}" y="{point.y - _RADIUS:.1f}" width="{2 * _RADIUS}" '
        f'height="{2 * _RADIUS}" fill="#fff" stroke="#222" stroke-width="{ring}"/>'
        if is_start
        else f'<circle cx="{point.x:.1f}" cy="{point.y:.1f}" r="{_RADIUS}" fill="#fff" stroke="#222" '
        f'stroke-width="{ring}"/>'
    )
    says = wording.state(s) + (f": equilibrium ({', '.join(holds)})" if holds else "")
    return (
        f"<g><title>{escape(says)}</title>{shape}"
        f'<text x="{point.x:.1f}" y="{point.y + 4:.1f}" text-anchor="middle">{escape(solution.graph.ids[s])}</text></g>'
    )


def _markers() -> str:
    heads = [(f"by{number}", colour) for number, colour in enumerate(_COLOURS)] + [("joint", "#222222")]
    return (
        "<defs>"
        + "".join(
            f'<marker id="{name}{kind}" viewBox="-1 -1 10 10" refX="7" refY="4" markerWidth="10" markerHeight="10" '
            f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="{fill or colour}" '
            f'stroke="{colour}"/></marker>'
            for name, colour in heads
            for kind, fill in (("", ""), ("-open", "#fff"))
        )
        + "</defs>"
    )


def _legend(solution: Solution, top: float, shown: list[int]) -> tuple[str, float, float]:
    """Draw what the signs mean and, beside it, which options the shown states take; give its height and
    width too."""
    line = '<line x1="0" y1="0" x2="36" y2="0" stroke="{}" stroke-width="{}"{}/>'
    lines: list[tuple[str, str]] = []
    for i, name in enumerate(solution.conflict.decision_makers):
        number = i % len(_COLOURS)
        pattern = f' stroke-dasharray="{_DASHES[number]}"' if _DASHES[number] else ""
        lines.append((line.format(_COLOURS[number], 1.6, pattern), f"{name} moves"))
    if solution.ways is not None:
        lines.append((line.format("#222222", 2.6, ""), "several move together"))
        lines.append(('<rect x="10" y="-8" width="16" height="16" fill="#fff" stroke="#222"/>', "status quo"))
        lines.append(('<line x1="0" y1="0" x2="36" y2="0" stroke="#777" stroke-width="3.4"/>', _WIDE))
        lines.append(
            ('<path d="M12 -5L24 0L12 5z" fill="#fff" stroke="#222"/>', "open head: against own preference")
        )
    ring = '<circle cx="18" cy="0" r="8" fill="#fff" stroke="#222" stroke-width="3.2"/>'
    lines.append((ring, "equilibrium in some sense"))
    drawn = [
        f'<g transform="translate({_MARGIN - 20} {top + n * 22:.0f})">{sign}'
        f'<text x="46" y="4">{escape(words)}</text></g>'
        for n, (sign, words) in enumerate(lines)
    ]
    key = _key(solution, shown)
    drawn += [
        f'<text x="{_MARGIN + 280}" y="{top + 4 + n * 18:.0f}">{escape(words)}</text>'
        for n, words in enumerate(key)
    ]
    width = _MARGIN + 280 + max((len(words) for words in key), default=0) * 7
    return "".join(drawn), top + max(len(lines) * 22, len(key) * 18) + 8, float(width)


def _key(solution: Solution, shown: list[int]) -> list[str]:
    if not solution.conflict.options:
        return []
    wording = Wording(solution.conflict)
    return [wording.state(s) for s in shown[:KEY_LIMIT]] + (["..."] if len(shown) > KEY_LIMIT else [])


def _description(solution: Solution, wording: Wording, shown: list[int]) -> str:
    parts = [f"{len(shown)} of {solution.graph.size} states."]
    for title, states, _ in columns(solution):
        held = ", ".join(solution.ids(states)) or "none"
        parts.append(f"{title} equilibria: {held}.")
    parts += [f"Way to {wording.state(r.target)}: {wording.route(r)}." for r in _ways(solution, shown)]
    return " ".join(parts)
