"""standoff code: reports in, one JSON object a report a line out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click


@contextmanager
def _output(path: Path | None) -> Iterator[TextIO]:
    """Open the output; a file appears under its name only when it is whole."""
    if path is None:
        yield sys.stdout
        return
    from standoff.errors import InputError

    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8") as stream:
            yield stream
        os.replace(partial, path)
    except OSError as cause:
        raise InputError(
            f"{path} cannot be written ({cause.strerror or cause}): name a file in a folder you may write to."
        ) from cause
    finally:
        partial.unlink(missing_ok=True)


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
    with _output(output) as stream:
        for coding in progress(code_reports(reports, chain=chain, on_trouble=problems.trouble), "Coding"):
            stream.write(json.dumps(record_of(coding), ensure_ascii=False) + "\n")
            done += 1
        if done == 0:
            raise InputError(
                "No report could be coded: see the reasons above, or name a file with an English news text."
            )
