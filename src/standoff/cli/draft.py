"""standoff draft: a dossier in, a conflict model with its evidence out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from standoff.cli.options import DOSSIER


@click.command("draft")
@DOSSIER
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("conflict.toml"),
    show_default=True,
    metavar="FILE",
    help="Write the conflict here; - for standard output. What you changed in an earlier draft stays.",
)
@click.option(
    "--options",
    "most",
    type=click.IntRange(1, 24),
    default=10,
    show_default=True,
    metavar="N",
    help="Draft at most N options.",
)
def command(dossier: Path, output: Path, most: int) -> None:
    """Draft a conflict model from a dossier: who could do what, and what each prefers.

    Every option and priority shows the sentences it comes from, what had to be assumed stands at the top as questions. Drafting
    again over an edited file keeps the edits and says what new evidence would change.
    """
    from standoff.cli.writing import write_whole
    from standoff.conflict.draft.again import Redraft, redraft
    from standoff.conflict.draft.drafting import draft_conflict
    from standoff.conflict.draft.writing import written
    from standoff.dossier.dossier import Dossier

    with Dossier.open(dossier) as opened:
        proposal = draft_conflict(opened, most=most)
    if output == Path("-"):
        click.echo(written(proposal), nl=False)
        return
    result = redraft(output, proposal) if output.exists() else Redraft(written(proposal), ())
    write_whole(output, result.text)
    for sentence in result.changes:
        sys.stderr.write(f"{sentence}\n")
    sys.stderr.write(f"{_summary(output, proposal)}\n")


def _summary(output: Path, proposal: object) -> str:
    from standoff.conflict.draft.proposal import Proposal

    assert isinstance(proposal, Proposal)
    if not proposal.is_model:
        return f"Wrote {output}: no model yet. {' '.join(proposal.missing)}"
    parts = (
        (len(proposal.parties), "decision maker"),
        (len(proposal.options), "option"),
        (len(proposal.questions), "question"),
    )
    counted = [f"{number} {word}{'s' if number != 1 else ''}" for number, word in parts]
    warning = f" {' '.join(proposal.missing)}" if proposal.missing else ""
    return f"Wrote {output}: {', '.join(counted[:2])}, {counted[2]} for you at the top.{warning}"
