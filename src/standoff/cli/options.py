"""Arguments and options that several commands take, each with one wording."""

from __future__ import annotations

from pathlib import Path

import click

DOSSIER = click.argument("dossier", type=click.Path(path_type=Path), metavar="DOSSIER")
AS_TABLE = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="A table for people (tab-separated in a pipe), JSON or CSV with evidence for programs.",
)
AS_TEXT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for reading, JSON for other programs.",
)
ANSWER_FILE = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the answer here instead of to standard output.",
)
