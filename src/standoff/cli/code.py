"""standoff code: reports in, one JSON object a report a line out."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import click


@click.command("code")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--published", metavar="DATE", help="Day of publication of reports whose file gives none (YYYY-MM-DD)."
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write here, not to the terminal."
)
@click.option("--precise", is_flag=True, help="Fewer records, and surer ones.")
@click.option(
    "--fast", is_flag=True, help="By the parse and the tables alone: three times as fast, finds less."
)
def command(
    paths: tuple[str, ...], published: str | None, output: Path | None, precise: bool, fast: bool
) -> None:
    """Code reports: times, statements and acts, one JSON object a report a line.

    PATH is a text, HTML, .json or .jsonl file, a folder of such files, or - for standard input.
    """
    import json

    from standoff.cli.problems import Problems
    from standoff.cli.progress import progress
    from standoff.cli.writing import whole_file
    from standoff.coding.coder import code_reports, default_chain
    from standoff.coding.interchange import record_of
    from standoff.errors import InputError, UsageError
    from standoff.reading import read_reports

    if precise and fast:
        raise UsageError(
            "--precise and --fast do not go together: the surer records need the encoder. Give one of them."
        )
    problems = Problems()
    chain = default_chain(precise=precise, fast=fast)
    reports = read_reports(paths, published=published, on_problem=problems.report)
    done = 0
    with whole_file(output) if output is not None else nullcontext(sys.stdout) as stream:
        for coding in progress(code_reports(reports, chain=chain, on_trouble=problems.trouble), "Coding"):
            stream.write(json.dumps(record_of(coding), ensure_ascii=False) + "\n")
            done += 1
        if done == 0:
            raise InputError(
                "No report could be coded: see the reasons above, or name a file with an English news text."
            )
