"""standoff solve: a conflict model in, what is stable and why out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from standoff.conflict.model import Conflict


@click.command("solve")
@click.argument("conflict", type=click.Path(path_type=Path), metavar="CONFLICT")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for reading, JSON for other programs.",
)
@click.option(
    "--why",
    multiple=True,
    metavar="STATE",
    help="Explain every verdict on this state, by id or mask; may be given several times.",
)
@click.option(
    "--picture",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also draw the graph of states, with the ways to the equilibria, as an SVG file.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the answer here instead of to standard output.",
)
def command(
    conflict: Path, form: str, why: tuple[str, ...], picture: Path | None, output: Path | None
) -> None:
    """Say which outcomes of a conflict hold, in which sense, and how to get there.

    CONFLICT is a .toml, .json or .gmcr file. Exit status 1 and one sentence with line and column where it
    is not usable.
    """
    from standoff.conflict.model import Conflict
    from standoff.conflict.problems import ModelProblem

    model = Conflict.load(conflict)
    try:
        answer, drawn = _answer(model, form, why, picture is not None)
    except ModelProblem as problem:
        raise problem if problem.where else ModelProblem(problem.problem, where=str(conflict)) from None
    if picture is not None:
        _write(picture, drawn)
    if output is not None:
        _write(output, answer)
    else:
        click.echo(answer, nl=False)


def _answer(model: Conflict, form: str, why: tuple[str, ...], picture: bool) -> tuple[str, str]:
    """Solve a conflict; give the answer in the wanted form and, if asked for, the picture."""
    from standoff.conflict.problems import ModelProblem
    from standoff.conflict.solution import Solution
    from standoff.conflict.solution_json import why_json
    from standoff.conflict.solution_text import why_text

    solution = model.solve()
    document = solution.to_json() if form == "json" else {}
    answer = "" if form == "json" else solution.to_text()
    drawn = ""
    if isinstance(solution, Solution):
        states = [_state(model, name) for name in why]
        if states:
            document["why"] = why_json(solution, states)
        answer += "".join("\n" + why_text(solution, state) for state in states if form == "text")
        drawn = solution.picture() if picture else ""
    elif why or picture:
        raise ModelProblem(
            f"with {solution.states} feasible states there is neither a picture nor a witness: ask without them"
        )
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n" if form == "json" else answer), drawn


def _state(model: Conflict, name: str) -> str:
    """Turn an id or a mask into the id of one state."""
    from standoff.conflict.preference_text import state_reader
    from standoff.conflict.problems import ModelProblem

    found = state_reader(model)(name)
    if len(found) != 1:
        raise ModelProblem(f"{name!r} stands for {len(found)} states, and --why explains one: give its id")
    return model.state_id(found[0])


def _write(path: Path, text: str) -> None:
    from standoff.errors import InputError

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as mistake:
        reason = (mistake.strerror or "it cannot be written").lower()
        raise InputError(f"{path} cannot be written: {reason}.") from None
