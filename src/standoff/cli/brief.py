"""standoff brief: reports (or a dossier) in, one self-contained page out."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from standoff.conflict.answer.answer import Answer
    from standoff.dossier.dossier import Dossier

_SQLITE = b"SQLite format 3\x00"


@click.command("brief")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("brief.html"),
    show_default=True,
    metavar="FILE",
    help="Write the page here; - for standard output.",
)
@click.option(
    "--published", metavar="DATE", help="Day of publication of reports whose file gives none (YYYY-MM-DD)."
)
@click.option("--title", metavar="TEXT", help="Title of the page; the leading actors if not given.")
@click.option(
    "--conflict",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Also answer this conflict: could it be settled, and what would have to give?",
)
@click.option("--draft", is_flag=True, help="Also answer the conflict that the reports themselves tell of.")
def command(
    paths: tuple[str, ...],
    output: Path,
    published: str | None,
    title: str | None,
    conflict: Path | None,
    draft: bool,
) -> None:
    """Write one self-contained page about the reports.

    PATH is a text, HTML, .json or .jsonl file, a folder of such files, - for standard input, or one dossier.
    The page needs nothing else: it opens from the disk, offline, on a phone and on paper.
    """
    from standoff.errors import UsageError

    if conflict is not None and draft:
        raise UsageError("--conflict names a conflict and --draft makes one: give one of the two.")
    inputs = [*(Path(path) for path in paths if path != "-"), *([conflict] if conflict else [])]
    if output != Path("-") and any(_same(path, output) for path in inputs):
        raise UsageError(
            f"{output} is one of the inputs and would be overwritten: name another file with -o."
        )
    dossiers = [path for path in paths if _is_dossier(Path(path))]
    if dossiers and len(paths) > 1:
        raise UsageError(
            f"{dossiers[0]} is a dossier and must be the only PATH: add the other reports to it first, "
            f"with standoff add {dossiers[0]} PATH..."
        )
    wanted = _Wanted(output, title, _answered(conflict) if conflict else None, draft)
    if dossiers:
        _from_dossier(Path(dossiers[0]), wanted)
    else:
        _from_reports(paths, published, wanted)


@dataclass(frozen=True)
class _Wanted:
    """What is to be written where. `answer` is that of a conflict file, `draft` asks for one to be drafted."""

    output: Path
    title: str | None
    answer: Answer | None
    draft: bool


def _answered(conflict: Path) -> Answer:
    """Answer a conflict file; done before reports are coded, so that a mistake in it is told at once."""
    from standoff.conflict.answer.answer import answer
    from standoff.conflict.answer.case import load_case
    from standoff.conflict.problems import ModelProblem

    case = load_case(conflict)
    try:
        return answer(case)
    except ModelProblem as problem:
        raise problem if problem.where else ModelProblem(problem.problem, where=str(conflict)) from None


def _drafted(dossier: Dossier) -> Answer | None:
    """Draft the conflict of a dossier and answer it; None, and a sentence on standard error, where there is none."""
    from standoff.conflict.draft.drafting import draft_conflict
    from standoff.conflict.draft.writing import written

    proposal = draft_conflict(dossier)
    if not proposal.is_model:
        sys.stderr.write(f"No conflict could be drafted: {' '.join(proposal.missing)}\n")
        return None
    with tempfile.TemporaryDirectory(prefix="standoff-") as folder:
        path = Path(folder) / "conflict.toml"
        path.write_text(written(proposal), encoding="utf-8")
        return _answered(path)


def _from_dossier(path: Path, wanted: _Wanted) -> None:
    from standoff.dossier.dossier import Dossier

    with Dossier.open(path) as dossier:
        _write(dossier, wanted, skipped=0)


def _from_reports(paths: tuple[str, ...], published: str | None, wanted: _Wanted) -> None:
    """Code the reports into a dossier that lives as long as the call, and write its page."""
    from standoff.cli.problems import Problems
    from standoff.cli.progress import progress
    from standoff.coding.coder import code_reports
    from standoff.dossier.dossier import Dossier
    from standoff.errors import InputError
    from standoff.reading import read_reports

    problems = Problems()
    reports = read_reports(paths, published=published, on_problem=problems.report)
    with (
        tempfile.TemporaryDirectory(prefix="standoff-") as folder,
        Dossier.create(Path(folder) / "brief.standoff") as dossier,
    ):
        done = 0
        for coding in progress(code_reports(reports, on_trouble=problems.trouble), "Coding"):
            dossier.add(coding)
            done += 1
        if not done:
            raise InputError(
                "No report could be coded: see the reasons above, or name a file with an English news text."
            )
        _write(dossier, wanted, skipped=len(problems.reports))


def _write(dossier: Dossier, wanted: _Wanted, *, skipped: int) -> None:
    from standoff.brief import material_of, render_material
    from standoff.brief.glance import summary_words
    from standoff.brief.wording import counted
    from standoff.cli.writing import write_whole

    material, output = material_of(dossier), wanted.output
    answer = _drafted(dossier) if wanted.draft else wanted.answer
    page = render_material(material, title=wanted.title, answer=answer)
    if output == Path("-"):
        click.echo(page.encode("utf-8"), nl=False)
        return
    size = write_whole(output, page)
    missing = f"; {counted(skipped, 'report')} could not be coded, for the reasons above" if skipped else ""
    sys.stderr.write(
        f"Wrote {output} ({max(1, round(size / 1000)):,} kB): {summary_words(material)}{missing}.\n"
    )


def _is_dossier(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
