"""standoff timeline, positions, acts, statements, reports, numbers, changed, contradictions, tension, network: the
views over a dossier.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from standoff.cli.options import AS_TABLE, DOSSIER

TERMINAL = 500
"""How many lines a terminal gets unless told otherwise."""

FILTERS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--actor", multiple=True, metavar="CODE", help="Actor code (RUS, NATO); several: any of them."
    ),
    click.option("--dyad", metavar="A:B", help="Two actors: RUS:UKR either way, RUS>UKR who acts on whom."),
    click.option("--issue", multiple=True, metavar="LABEL", help="What is at stake, however it is spelled."),
    click.option("--type", "type_", multiple=True, metavar="TYPE", help="Type of act (REQUEST, SANCTION)."),
    click.option(
        "--modality", multiple=True, metavar="NAME", help="actual, planned, conditional, demanded ..."
    ),
    click.option("--since", metavar="DATE", help="From this day on (2022-01-21, 2022-01 or 2022)."),
    click.option("--until", metavar="DATE", help="Up to this day."),
    click.option("--outlet", multiple=True, metavar="NAME", help="Told by this outlet."),
    click.option("--contested", is_flag=True, help="Only what sources tell differently."),
    click.option("--search", metavar="WORDS", help="Only where the evidence holds these words."),
)
_LIMIT = click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"At most N lines; unless given, all, and {TERMINAL} on a terminal.",
)


def _view(name: str, help_text: str) -> click.Command:
    """Build the command of one view; they differ in name and help alone."""

    def run(dossier: Path, form: str, limit: int | None, type_: tuple[str, ...], **filters: Any) -> None:
        from standoff.cli.tables import show_pages
        from standoff.dossier.dossier import Dossier
        from standoff.dossier.tables.tables import stream

        given = {key: value for key, value in {**filters, "type": type_}.items() if value}
        since = given.pop("since", None) if name == "changed" else None
        if limit is None and form == "table" and sys.stdout.isatty():
            limit = TERMINAL
        with Dossier.open(dossier) as opened:
            show_pages(stream(opened, name, given, since, limit), form)  # type: ignore[arg-type]

    function: Callable[..., Any] = run
    options = FILTERS
    if name == "changed":
        required = click.option(
            "--since", required=True, metavar="DATE", help="What is new from this day on (2022-01-21)."
        )
        options = tuple(required if option is FILTERS[5] else option for option in FILTERS)
    for decorate in reversed((DOSSIER, *options, _LIMIT, AS_TABLE)):
        function = decorate(function)
    return click.command(name, help=help_text)(function)


timeline = _view("timeline", "Show the events of a dossier by day, each with its sources and its evidence.")
positions = _view("positions", "Show what each actor wants, refuses, offers and threatens on each issue.")
acts = _view("acts", "Show the acts as each report tells them.")
statements = _view("statements", "Show who says what in which report.")
reports = _view("reports", "Show the reports of a dossier, and which of them are copies.")
changed = _view("changed", "Show what changed in the positions since a day.")
contradictions = _view(
    "contradictions", "Show what sources tell differently, and where deeds go against words."
)
numbers = _view("numbers", "Show the numbers that sources tell (dead, troops, money), each with its source.")
tension = _view("tension", "Show conflict and cooperation by pair of actors and week.")
network = _view("network", "Show who acts on whom, in words and in deeds.")
