"""standoff recode: let the present coder code all reports of a dossier again; what people decided stays."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from standoff.cli.operating import MakeChain, with_operating_point
from standoff.cli.options import DOSSIER

if TYPE_CHECKING:
    from standoff.cli.problems import Problems
    from standoff.coding.coder import Chain
    from standoff.dossier.adding import Coder
    from standoff.dossier.dossier import Dossier
    from standoff.dossier.hand.recoding import Recoded
    from standoff.records import Report


@click.command("recode")
@DOSSIER
@with_operating_point
def command(dossier: Path, make_chain: MakeChain) -> None:
    """Code the reports of a dossier again with this program's coder.

    Reports that this very coder has coded are passed over, so that a call that was stopped goes on where it stopped.
    Accepted and corrected records stay as people left them, rejected ones stay away; `standoff decisions
    --without-record` lists the decisions whose record the coder does not find any more.
    """
    from standoff.cli.problems import Problems
    from standoff.cli.stopping import stoppable
    from standoff.dossier.coders import coder_of
    from standoff.dossier.dossier import Dossier
    from standoff.dossier.hand.recode import reports_to_recode
    from standoff.dossier.hand.recoding import Recoded
    from standoff.errors import StandoffError

    problems = Problems()
    done, stopped = Recoded(), False
    with Dossier.open(dossier, write=True) as opened, stoppable():
        chain = make_chain()
        coder = coder_of(chain, make_chain.point)
        keys = reports_to_recode(opened, coder)
        try:
            for one in _recoded(opened, keys, chain, coder, problems):
                done += one
        except KeyboardInterrupt:
            stopped = True
        left = opened.count()["report"] - len(keys)
    sys.stderr.write(_summary(dossier, done, left))
    if stopped:
        raise StandoffError("Stopped; what was recoded stays, and the same command goes on from here.")


def _recoded(
    dossier: Dossier, keys: tuple[int, ...], chain: Chain, coder: Coder, problems: Problems
) -> Iterator[Recoded]:
    """Code and write one report after the other."""
    from standoff.cli.progress import progress
    from standoff.coding.coder import code_reports
    from standoff.dossier.hand.recode import recode_report, stored_reports
    from standoff.errors import ReportError

    order: list[int] = []

    def reports() -> Iterator[Report]:
        for stored in stored_reports(dossier, keys):
            order.append(stored.key)
            yield stored.report

    codings = code_reports(reports(), chain=chain, on_trouble=problems.trouble)
    for number, coding in enumerate(progress(codings, "Recoding", lambda: len(keys))):
        try:
            yield recode_report(dossier, order[number], coding, coder)
        except ReportError as problem:
            problems.report(problem)


def _summary(dossier: Path, done: Recoded, left: int) -> str:
    from standoff.dossier.tables.tables import counted

    parts = [f"Recoded {counted(done.reports, 'report')} of {dossier}"]
    if left:
        parts.append(f"{left:,} {'was' if left == 1 else 'were'} coded so already")
    if done.reports:
        parts.append(
            f"{counted(done.unchanged, 'record')} unchanged, {done.changed:,} changed, {done.new:,} new, {done.gone:,} gone"
        )
    if done.held or done.without:
        parts.append(
            f"{done.held:,} held as people left them, {done.without:,} of the decided ones not found by this coder"
        )
    return "; ".join(parts) + ".\n"
