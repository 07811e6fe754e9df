"""standoff check: prove that every record of a dossier still quotes its text."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from standoff.cli.options import DOSSIER


@click.command("check")
@DOSSIER
def command(dossier: Path) -> None:
    """Prove that a dossier is sound: every span quotes its text, every hash is right, nothing dangles."""
    from standoff.dossier.dossier import Dossier
    from standoff.dossier.tables.tables import counted
    from standoff.errors import InputError

    with Dossier.open(dossier) as opened:
        problems = opened.check()
        counts = opened.count()
    for sentence in problems:
        sys.stdout.write(sentence + "\n")
    if problems:
        raise InputError(
            f"{dossier}: {counted(len(problems), 'problem')} found; restore the file from a copy."
        )
    sys.stdout.write(
        f"{dossier}: sound. {counted(counts['report'], 'report')}, {counted(counts['statement'], 'statement')} "
        f"and {counted(counts['act'], 'act')}: every span quotes its text.\n"
    )
