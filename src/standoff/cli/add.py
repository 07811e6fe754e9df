"""standoff add: reports into a dossier. What is there already is not coded again, so that a call can be
resumed.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from standoff.cli.inputs import Inputs, with_inputs
from standoff.cli.operating import MakeChain, with_operating_point
from standoff.cli.options import DOSSIER

if TYPE_CHECKING:
    from standoff.cli.problems import Problems
    from standoff.dossier.dossier import Dossier
    from standoff.records import Report


@click.command("add")
@DOSSIER
@with_inputs(required=False)
@with_operating_point
def command(dossier: Path, inputs: Inputs, make_chain: MakeChain) -> None:
    """Add reports to a dossier, which is made where there is none yet.

    PATH is a file in any form that `standoff code` reads, a folder, a pattern, an archive, or - for standard input.
    A report that is there already is passed over; another text under a web address that is there is kept as its new
    version. Stopped at any moment, the same command goes on from there. Without PATH, the dossier is made, or brought
    to this program's version.
    """
    from standoff.cli.problems import Problems
    from standoff.cli.stopping import stoppable
    from standoff.dossier.dossier import Dossier
    from standoff.errors import InputError, StandoffError

    problems = Problems()
    known: list[str] = []
    stopped = False
    with Dossier.create(dossier) as opened, stoppable():
        before = opened.count()
        try:
            if inputs.given:
                _add(opened, inputs, known, problems, make_chain)
        except KeyboardInterrupt:
            stopped = True
        after = opened.count()
    sys.stderr.write(_summary(dossier, before, after, len(known), len(problems.reports)))
    if stopped:
        raise StandoffError("Stopped; what was added stays, and the same command goes on from here.")
    if inputs.given and after["report"] == before["report"] and not known:
        raise InputError(
            "No report could be added: see the reasons above, or name a file with an English news text."
        )


def _add(
    dossier: Dossier, inputs: Inputs, known: list[str], problems: Problems, make_chain: MakeChain
) -> None:
    """Code and add what is new; `known` gets the ids of what was there already."""
    from standoff.cli.progress import progress
    from standoff.coding.coder import code_reports
    from standoff.dossier.coders import coder_of
    from standoff.errors import ReportError

    @cache
    def expected() -> int | None:
        return inputs.expected()

    def still_to_add() -> int | None:
        total = expected()
        return None if total is None else max(0, total - len(known) - len(problems.reports))

    reports = _new(dossier, inputs.reports(problems.report), known)
    first = next(reports, None)
    if first is None:
        return  # nothing to code, so that the coder need not be loaded
    chain = make_chain()
    coder = coder_of(chain, make_chain.point)
    codings = code_reports(itertools.chain([first], reports), chain=chain, on_trouble=problems.trouble)
    for coding in progress(codings, "Adding", still_to_add):
        try:
            dossier.add(coding, coder)
        except ReportError as problem:
            problems.report(problem)


def _new(dossier: Dossier, reports: Iterator[Report], known: list[str]) -> Iterator[Report]:
    """Pass on the reports that are not there yet, and note the ids of the others."""
    for report in reports:
        if dossier.has(report):
            known.append(report.id)
        else:
            yield report


def _summary(dossier: Path, before: dict[str, int], after: dict[str, int], known: int, skipped: int) -> str:
    from standoff.dossier.tables.tables import counted

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
