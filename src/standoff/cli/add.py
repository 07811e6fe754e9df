"""standoff add: reports into a dossier. What is there already is not coded again, so that a call can be
resumed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from standoff.dossier.adding import Coder
    from standoff.dossier.dossier import Dossier
    from standoff.records import Report


@click.command("add")
@click.argument("dossier", type=click.Path(path_type=Path), metavar="DOSSIER")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option(
    "--published", metavar="DATE", help="Day of publication of reports whose file gives none (YYYY-MM-DD)."
)
def command(dossier: Path, paths: tuple[str, ...], published: str | None) -> None:
    """Add reports to a dossier, which is made where there is none yet.

    PATH is a text, HTML, .json or .jsonl file, a folder of such files, or - for standard input. A report
    that is there already is passed over. Without PATH, the dossier is made, or brought to this program's
    version.
    """
    from standoff.cli.problems import Problems
    from standoff.cli.progress import progress
    from standoff.dossier.dossier import Dossier
    from standoff.errors import InputError, ReportError

    problems = Problems()
    with Dossier.create(dossier) as opened:
        before = opened.count()
        known: list[str] = []
        if paths:
            from standoff.coding.coder import code_reports
            from standoff.reading import read_reports

            reports = read_reports(paths, published=published, on_problem=problems.report)
            codings = code_reports(_new(opened, reports, known), on_trouble=problems.trouble)
            coder = _coder()
            try:
                for coding in progress(codings, "Adding", _expected(paths)):
                    try:
                        opened.add(coding, coder)
                    except ReportError as problem:
                        problems.report(problem)
            except KeyboardInterrupt:
                sys.stderr.write("Stopped; what was added stays. The same command goes on from here.\n")
        sys.stderr.write(_summary(dossier, before, opened.count(), len(known), len(problems.reports)))
        nothing = opened.count()["report"] == before["report"] and not known
    if paths and nothing:
        raise InputError(
            "No report could be added: see the reasons above, or name a file with an English news text."
        )


def _new(dossier: Dossier, reports: Iterator[Report], known: list[str]) -> Iterator[Report]:
    """Pass on the reports that are not there yet, and note the ids of the others."""
    for report in reports:
        if dossier.has(report):
            known.append(report.id)
        else:
            yield report


def _expected(paths: Sequence[str]) -> int | None:
    """How many reports to expect, for the estimate on a terminal; None where that cannot be told
    beforehand.
    """
    if not sys.stderr.isatty():
        return None
    from standoff.reading.sources import STANDARD_INPUT, sources

    total = 0
    for source in sources(paths, lambda problem: None):
        if source.where == STANDARD_INPUT:
            return None
        if source.format != "jsonl":
            total += 1
            continue
        with source.open() as stream:
            total += sum(1 for line in stream if line.strip())
    return total


def _coder() -> Coder:
    """Say who codes: the program with its version, and what its coder is made of."""
    from importlib.metadata import version

    from standoff.coding.coder import default_chain
    from standoff.dossier.adding import Coder
    from standoff.language.parser import DEFAULT

    config = {"pipeline": DEFAULT, "components": [component.name for component in default_chain()]}
    return Coder(f"standoff {version('standoff')}", json.dumps(config, sort_keys=True))


def _summary(dossier: Path, before: dict[str, int], after: dict[str, int], known: int, skipped: int) -> str:
    from standoff.dossier.tables import counted

    added = after["report"] - before["report"]
    parts = [f"Added {counted(added, 'report')} to {dossier}"]
    if known:
        parts.append(f"{known:,} {'was' if known == 1 else 'were'} there already")
    if skipped:
        parts.append(f"{skipped:,} could not be read, for the reasons above")
    return (
        f"{'; '.join(parts)}. It now holds {counted(after['report'], 'report')} "
        f"({counted(after['voice'], 'independent source')}), {counted(after['statement'], 'statement')}, "
        f"{counted(after['act'], 'act')} in {counted(after['event'], 'event')}.\n"
    )
