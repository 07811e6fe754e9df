"""The places of the app, in the groups in which its navigation shows them."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A view in the navigation: its name (`View.name`), its label and its address."""

    name: str
    label: str
    path: str


class Group(NamedTuple):
    """Places under one heading."""

    label: str
    places: tuple[Place, ...]


NAVIGATION: tuple[Group, ...] = (
    Group(
        "Read",
        (
            Place("overview", "Overview", "/"),
            Place("timeline", "Timeline", "/timeline"),
            Place("positions", "Positions", "/positions"),
            Place("changes", "Changes", "/changes"),
            Place("contradictions", "Contradictions", "/contradictions"),
            Place("network", "Network", "/network"),
        ),
    ),
    Group(
        "Look up",
        (
            Place("events", "Events", "/events"),
            Place("acts", "Acts", "/acts"),
            Place("statements", "Statements", "/statements"),
            Place("actors", "Actors", "/actors"),
            Place("issues", "Issues", "/issues"),
            Place("sources", "Sources", "/sources"),
        ),
    ),
    Group(
        "Work",
        (
            Place("review", "Review", "/review"),
            Place("join", "Merge and rename", "/join"),
            Place("decisions", "Decisions", "/decisions"),
            Place("conflict", "Conflict", "/conflict"),
            Place("add", "Add reports", "/add"),
        ),
    ),
)
