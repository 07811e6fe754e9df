"""Actors on a circle, and a curve for each direction in which one acts on another.

Lengths are in units of the picture's own box. Neighbours on the circle are those that act on each other most.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from standoff.brief.marks import Tone
from standoff.brief.names import actor_name
from standoff.records import Tie

ACTORS = 16
TIES = 60
WIDTH, HEIGHT = 760, 520
RADIUS = 190


@dataclass(frozen=True, slots=True)
class Point:
    """An actor: where it stands, its size, and where its name begins."""

    code: str
    name: str
    x: float
    y: float
    radius: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A tie: its path from doer to target with the tip of its arrow, its width, its tone, and what it says."""

    path: str
    tip: str
    width: float
    tone: Tone
    dashed: bool
    dyad: str
    words: str


@dataclass(frozen=True, slots=True)
class Circle:
    """The picture: actors, and curves, the thickest last so that they lie on top."""

    width: int
    height: int
    points: tuple[Point, ...]
    curves: tuple[Curve, ...]
    left_out: int


def circle_of(ties: Sequence[Tie]) -> Circle | None:
    """Return the picture of the strongest ties; None where there are fewer than two."""
    weight: Counter[str] = Counter()
    for tie in ties:
        if tie.source != tie.target:
            weight[tie.source] += number_of(tie)
            weight[tie.target] += number_of(tie)
    leading = {code for code, _ in weight.most_common(ACTORS)}
    drawn = [t for t in ties if t.source in leading and t.target in leading and t.source != t.target][:TIES]
    if len(drawn) < 2:
        return None
    points = _points(_around(drawn), weight)
    most = max(number_of(tie) for tie in drawn)
    curves = [_curve(points[tie.source], points[tie.target], tie, most) for tie in reversed(drawn)]
    return Circle(WIDTH, HEIGHT, tuple(points.values()), tuple(curves), len(ties) - len(drawn))


def number_of(tie: Tie) -> int:
    """Return how many events a tie stands for."""
    return tie.conflict_words + tie.conflict_deeds + tie.cooperation_words + tie.cooperation_deeds


def _around(ties: Sequence[Tie]) -> list[str]:
    """Return the actors in the order of the circle: each beside the one of those left that it is tied to most."""
    between: Counter[frozenset[str]] = Counter()
    total: Counter[str] = Counter()
    for tie in ties:
        between[frozenset((tie.source, tie.target))] += number_of(tie)
        total[tie.source] += number_of(tie)
        total[tie.target] += number_of(tie)
    order = [min(total, key=lambda code: (-total[code], code))]
    left = set(total) - set(order)
    while left:
        last = order[-1]
        order.append(min(left, key=lambda code: (-between[frozenset((last, code))], -total[code], code)))
        left.discard(order[-1])
    return order


def _points(codes: Sequence[str], weight: Counter[str]) -> dict[str, Point]:
    most = max(weight[code] for code in codes)
    points = {}
    for place, code in enumerate(codes):
        angle = 2 * math.pi * place / len(codes) - math.pi / 2
        cosine, sine = math.cos(angle), math.sin(angle)
        radius = 4 + 9 * math.sqrt(weight[code] / most)
        reach = RADIUS + radius + 7
        points[code] = Point(
            code,
            actor_name(code),
            round(WIDTH / 2 + RADIUS * cosine, 1),
            round(HEIGHT / 2 + RADIUS * sine, 1),
            round(radius, 1),
            round(WIDTH / 2 + reach * cosine, 1),
            round(HEIGHT / 2 + reach * sine + 4 + 4 * sine, 1),
            "middle" if abs(cosine) < 0.2 else "start" if cosine > 0 else "end",
        )
    return points


def _curve(source: Point, target: Point, tie: Tie, most: int) -> Curve:
    conflict = tie.conflict_words + tie.conflict_deeds
    cooperation = tie.cooperation_words + tie.cooperation_deeds
    width = round(1 + 7 * math.sqrt(number_of(tie) / most), 1)
    dx, dy = target.x - source.x, target.y - source.y
    length = math.hypot(dx, dy) or 1.0
    # The way there and the way back bend to different sides, both towards the middle of the circle.
    bend_x = (source.x + target.x) / 2 + dy / length * 22 + (WIDTH / 2 - (source.x + target.x) / 2) * 0.35
    bend_y = (source.y + target.y) / 2 - dx / length * 22 + (HEIGHT / 2 - (source.y + target.y) / 2) * 0.35
    ends = math.hypot(target.x - bend_x, target.y - bend_y) or 1.0
    unit_x, unit_y = (target.x - bend_x) / ends, (target.y - bend_y) / ends
    head = 5 + width
    tip_x, tip_y = target.x - unit_x * (target.radius + 1), target.y - unit_y * (target.radius + 1)
    base_x, base_y = tip_x - unit_x * head, tip_y - unit_y * head
    half = 2.5 + width * 0.6
    tip = (
        f"M{tip_x:.1f} {tip_y:.1f}L{base_x - unit_y * half:.1f} {base_y + unit_x * half:.1f}"
        f"L{base_x + unit_y * half:.1f} {base_y - unit_x * half:.1f}Z"
    )
    return Curve(
        f"M{source.x} {source.y}Q{bend_x:.1f} {bend_y:.1f} {base_x:.1f} {base_y:.1f}",
        tip,
        width,
        "warm" if conflict >= cooperation else "cool",
        not (tie.conflict_deeds or tie.cooperation_deeds),
        f"{tie.source}>{tie.target}",
        f"{source.name} on {target.name}: conflict, {tie.conflict_deeds} deeds, {tie.conflict_words} words; "
        f"cooperation, {tie.cooperation_deeds} deeds, {tie.cooperation_words} words",
    )
