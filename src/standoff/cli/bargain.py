"""standoff bargain: is there anything that all prefer to no agreement, and what would have to give."""

from __future__ import annotations

import json
from pathlib import Path

import click

from standoff.cli.options import ANSWER_FILE, AS_TEXT


@click.command("bargain")
@click.argument("case", type=click.Path(path_type=Path), metavar="CASE")
@AS_TEXT
@ANSWER_FILE
def command(case: Path, form: str, output: Path | None) -> None:
    """Say what all prefer to no agreement, which settlements stand out, and what must give where there is none.

    CASE is a TOML file with parties, reservations and issues, or with the odds and costs of a war. This
    stands beside standoff solve and feeds none of its verdicts.
    """
    from standoff.conflict.bargaining.case import load_case
    from standoff.conflict.bargaining.solution import bargain
    from standoff.conflict.problems import ModelProblem
    from standoff.errors import InputError

    read = load_case(case)
    try:
        found = bargain(read)
    except ModelProblem as problem:
        raise problem if problem.where else ModelProblem(problem.problem, where=str(case)) from None
    document = json.dumps(found.to_json(), ensure_ascii=False, indent=1) + "\n"
    text = found.to_text() if form == "text" else document
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as mistake:
        reason = (mistake.strerror or "it cannot be written").lower()
        raise InputError(f"{output} cannot be written: {reason}.") from None
