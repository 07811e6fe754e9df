"""standoff code: reports in, one JSON object a report a line out."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import click

from standoff.cli.inputs import Inputs, with_inputs
from standoff.cli.operating import MakeChain, with_operating_point


@click.command("code")
@with_inputs(required=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write here, not to the terminal."
)
@with_operating_point
def command(inputs: Inputs, output: Path | None, make_chain: MakeChain) -> None:
    """Code reports: times, statements and acts, one JSON object a report a line.

    PATH is a text, a page (.html, .mhtml), a mail (.eml), a Word or PDF file, a table or list of reports (.jsonl, .json,
    .csv, .parquet), a feed, an archive (.warc, .zip), any of them with .gz, a folder of such files, a pattern, or - for
    standard input.
    """
    import json

    from standoff.cli.problems import Problems
    from standoff.cli.progress import progress
    from standoff.cli.writing import whole_file
    from standoff.coding.coder import code_reports
    from standoff.coding.interchange import record_of
    from standoff.errors import InputError

    problems = Problems()
    chain = make_chain()
    done = 0
    with whole_file(output) if output is not None else nullcontext(sys.stdout) as stream:
        for coding in progress(
            code_reports(inputs.reports(problems.report), chain=chain, on_trouble=problems.trouble),
            "Coding",
            inputs.expected,
        ):
            stream.write(json.dumps(record_of(coding), ensure_ascii=False) + "\n")
            done += 1
        if done == 0:
            raise InputError(
                "No report could be coded: see the reasons above, or name a file with an English news text."
            )
