"""standoff solve: a conflict model in, what is stable and why out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from standoff.cli.options import ANSWER_FILE, AS_TEXT

if TYPE_CHECKING:
    from standoff.cli.answering import Said
    from standoff.conflict.model import Conflict


@click.command("solve")
@click.argument("conflict", type=click.Path(path_type=Path), metavar="CONFLICT")
@AS_TEXT
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
    "--settle",
    metavar="STATE",
    help="Say the smallest change of preferences that makes a state an equilibrium.",
)
@click.option(
    "--break",
    "unsettle",
    metavar="STATE",
    help="Say the smallest change of preferences after which a state is no equilibrium.",
)
@click.option(
    "--find", "pattern", metavar="MASK", help="Search for one equilibrium that matches a mask, with any size."
)
@click.option(
    "--robustness",
    "robust",
    is_flag=True,
    help="Say how small a change of preferences flips each verdict.",
)
@click.option(
    "--concept",
    type=click.Choice(["nash", "gmr", "smr", "seq", "sseq"]),
    default="seq",
    show_default=True,
    help="What --settle, --break, --find and --robustness mean by an equilibrium.",
)
@click.option(
    "--by",
    type=click.Choice(["ranking", "statements"]),
    default="ranking",
    show_default=True,
    help="Whether --settle and --break change rankings, or drop, move and add priority statements.",
)
@click.option(
    "--party",
    "parties",
    multiple=True,
    metavar="NAME",
    help="Let --settle and --break change only this party's preferences; may be given several times.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=8.0,
    show_default=True,
    help="How long --settle, --break and --robustness may search; then they give bounds.",
)
@click.option(
    "--answer/--tables",
    "plain",
    default=None,
    help="Say it in plain words, or show the tables; the words first for a drafted file.",
)
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    metavar="OLDER",
    help="Also say what changed since an older file of the same conflict, and because of what.",
)
@click.option(
    "--drop", multiple=True, metavar="ID", help="Answer as if a statement or option were not there."
)
@click.option("--disbelieve", multiple=True, metavar="ID", help="Answer as if nobody believed a threat.")
@click.option(
    "--split", multiple=True, metavar="PARTY", help="Answer as if the members of a bloc acted apart."
)
@click.option(
    "--irreversible", multiple=True, metavar="OPTION", help="Answer as if an option could not be taken back."
)
@ANSWER_FILE
def command(
    conflict: Path,
    form: str,
    why: tuple[str, ...],
    picture: Path | None,
    settle: str | None,
    unsettle: str | None,
    pattern: str | None,
    robust: bool,
    concept: str,
    by: str,
    parties: tuple[str, ...],
    seconds: float,
    plain: bool | None,
    since: Path | None,
    drop: tuple[str, ...],
    disbelieve: tuple[str, ...],
    split: tuple[str, ...],
    irreversible: tuple[str, ...],
    output: Path | None,
) -> None:
    """Say which outcomes of a conflict hold, in which sense, and how to get there.

    With --settle, --break, --find or --robustness, answer that question alone. With --answer (the default
    for a drafted file, with --since and with a switch) say in plain words where things stand, whether they
    could be settled, what would have to give, which threats count, and what hangs on assumptions.

    CONFLICT is a .toml, .json or .gmcr file. Exit status 1 and one sentence with line and column where it
    is not usable.
    """
    from standoff.cli.answering import answered, is_drafted
    from standoff.cli.asking import Asked, ask
    from standoff.conflict.answer.case import Switches, load_case
    from standoff.conflict.answer.switches import throw
    from standoff.conflict.files import placed
    from standoff.conflict.problems import ModelProblem

    asked = Asked(settle, unsettle, pattern, robust, concept, by, parties, seconds)
    if asked.number > 1 or (asked.number and (why or picture is not None)):
        raise click.UsageError(
            "--settle, --break, --find and --robustness each stand alone, without --why and --picture."
        )
    if (by != "ranking" or parties) and settle is None and unsettle is None:
        raise click.UsageError("--by and --party go with --settle or --break.")
    case, switches = load_case(conflict), Switches(drop, disbelieve, split, irreversible)
    wanted = plain if plain is not None else bool(since or switches or is_drafted(conflict))
    try:
        model = throw(case, switches).case.conflict
        if asked.number:
            answer, drawn = ask(model, asked, form), ""
        else:
            said = answered(case, concept, switches, since) if wanted else None
            answer, drawn = _answer(model, form, why, picture is not None, said)
    except ModelProblem as problem:
        raise placed(problem, conflict) from None
    if picture is not None:
        _write(picture, drawn)
    if output is not None:
        _write(output, answer)
    else:
        click.echo(answer, nl=False)


def _answer(
    model: Conflict, form: str, why: tuple[str, ...], picture: bool, said: Said | None
) -> tuple[str, str]:
    """Solve a conflict; give the answer in the wanted form and, if asked for, the picture.

    What is `said` in plain words takes the place of the tables, and stands beside them in JSON.
    """
    from standoff.cli.answering import as_json, as_text
    from standoff.cli.asking import one_state
    from standoff.conflict.problems import ModelProblem
    from standoff.conflict.solution import Solution
    from standoff.conflict.solution_json import why_json
    from standoff.conflict.solution_text import why_text

    if said is not None and form == "text" and not why and not picture:
        return as_text(said), ""
    solution = model.solve()
    document = solution.to_json() if form == "json" else {}
    answer = "" if form == "json" else solution.to_text() if said is None else as_text(said)
    if said is not None and form == "json":
        document["answer"] = as_json(said)
    drawn = ""
    if isinstance(solution, Solution):
        states = [one_state(model, name) for name in why]
        if states:
            document["why"] = why_json(solution, states)
        answer += "".join("\n" + why_text(solution, state) for state in states if form == "text")
        drawn = solution.picture() if picture else ""
    elif why or picture:
        raise ModelProblem(
            f"with {solution.states} feasible states there is neither a picture nor a witness: ask without them"
        )
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n" if form == "json" else answer), drawn


def _write(path: Path, text: str) -> None:
    from standoff.errors import InputError

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as mistake:
        reason = (mistake.strerror or "it cannot be written").lower()
        raise InputError(f"{path} cannot be written: {reason}.") from None
