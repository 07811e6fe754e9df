"""standoff versions: which pages changed since they were added, and what changed in one."""

from __future__ import annotations

from pathlib import Path

import click

from standoff.cli.options import AS_TABLE, DOSSIER


@click.command("versions")
@DOSSIER
@click.argument("url", required=False, metavar="[URL]")
@AS_TABLE
def command(dossier: Path, url: str | None, form: str) -> None:
    """Show the pages that were added in several versions, or what changed in the one at URL.

    A changed text under the same web address is a new version. Paragraphs are marked as added (+), removed (−) or
    reworded (±).
    """
    from standoff.cli.tables import show
    from standoff.dossier.dossier import Dossier
    from standoff.dossier.tables.version_tables import changed_pages, page_history

    with Dossier.open(dossier) as opened:
        show(page_history(opened, url) if url else changed_pages(opened), form)
