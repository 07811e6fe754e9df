"""standoff review and standoff decisions: what waits for a person's word, and what was decided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from standoff.cli.options import AS_TABLE, DOSSIER


@click.command("review")
@DOSSIER
@click.option("--by", envvar="STANDOFF_BY", metavar="NAME", help="Whose queue (or STANDOFF_BY).")
@click.option("--kind", type=click.Choice(["act", "statement"]), help="Only acts, or only statements.")
@click.option("--actor", multiple=True, metavar="CODE", help="Only with this actor.")
@click.option("--type", "type_", multiple=True, metavar="TYPE", help="Only acts of this type.")
@click.option("--modality", multiple=True, metavar="NAME", help="Only acts of this modality.")
@click.option("--outlet", multiple=True, metavar="NAME", help="Only told by this outlet.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, metavar="N", help="How many."
)
@click.option("--progress", is_flag=True, help="How far everybody has come, instead.")
@click.option("--disagreements", is_flag=True, help="On which records people differ, instead.")
@AS_TABLE
def review(
    dossier: Path, by: str | None, kind: str | None, type_: tuple[str, ...], limit: int, progress: bool,
    disagreements: bool, form: str, **filters: Any,
) -> None:  # fmt: skip
    """Show the records that wait for NAME's word, the least certain first.

    What others decided takes nothing from this queue. `standoff decide` decides.
    """
    from standoff.cli.tables import show
    from standoff.dossier.dossier import Dossier
    from standoff.dossier.hand import hand_tables, log
    from standoff.dossier.hand.hand import Hand
    from standoff.errors import UsageError

    with Dossier.open(dossier) as opened:
        if progress:
            show(hand_tables.progress_table(log.progress(opened, *([by] if by else []))), form)
        elif disagreements:
            show(hand_tables.disagreements_table(opened), form)
        elif not by:
            raise UsageError("Say whose queue: --by NAME.")
        else:
            hand = Hand(opened, by)
            given: Any = {name: value for name, value in {**filters, "type": type_}.items() if value}
            kinds: Any = (
                (kind,) if kind else ("act",) if type_ or filters["modality"] else ("act", "statement")
            )
            waiting = hand.queue(kinds=kinds, limit=limit, filters=given)
            own = next(one for one in log.progress(opened, by) if one.author == hand.author)
            show(hand_tables.queue_table(waiting, own), form)


@click.command("decisions")
@DOSSIER
@click.option("--by", metavar="NAME", help="Only of this person.")
@click.option("--standing", is_flag=True, help="Only what was not undone.")
@click.option("--without-record", is_flag=True, help="Only on records that the present coder does not find.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N, the latest.")
@AS_TABLE
def decisions(
    dossier: Path, by: str | None, standing: bool, without_record: bool, limit: int | None, form: str
) -> None:
    """Show what people decided, the latest first: number, time, name, and whether it stands."""
    from standoff.cli.tables import show
    from standoff.dossier.dossier import Dossier
    from standoff.dossier.hand import hand_tables, log

    with Dossier.open(dossier) as opened:
        if without_record:
            found = tuple(one for one in log.without_record(opened) if by is None or one.author == by)[:limit]
        else:
            found = log.decisions_of(opened, author=by, standing=standing, limit=limit)
        show(hand_tables.decisions_table(found, opened), form)
