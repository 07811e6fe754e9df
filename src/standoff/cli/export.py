"""standoff export: what people accepted, as gold data in the codebook's form."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

import click

from standoff.cli.options import DOSSIER


@click.command("export")
@DOSSIER
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FOLDER|FILE.jsonl",
    help="A folder for one file a report, as gold data is kept, or one .jsonl file; else to the terminal.",
)  # fmt: skip
@click.option("--by", metavar="NAME", help="Only this person's word, each record as they left it.")
@click.option("--complete", is_flag=True, help="Only reports in which every record was decided on.")
@click.option("--crisis", metavar="NAME", help="The name of the crisis, for the field crisis.")
@click.option("--licence", metavar="TEXT", help="The licence of the texts, for the field licence.")
def command(
    dossier: Path,
    output: Path | None,
    by: str | None,
    complete: bool,
    crisis: str | None,
    licence: str | None,
) -> None:
    """Export accepted and corrected records as gold data in the codebook's form, with who accepted.

    A report in which some records have nobody's word yet says so (`complete`: false); it is no measure of what a coder
    misses.
    """
    from standoff.cli.writing import whole_file
    from standoff.dossier.dossier import Dossier
    from standoff.dossier.hand.gold import gold_of
    from standoff.dossier.tables.tables import counted
    from standoff.errors import InputError

    reports = records = 0
    with Dossier.open(dossier) as opened:
        found = gold_of(opened, author=by, crisis=crisis, licence=licence, complete_only=complete)
        if output is None or output.suffix == ".jsonl":
            lines = []
            for gold in found:
                lines.append(json.dumps(gold, ensure_ascii=False) + "\n")
                reports, records = reports + 1, records + len(gold["acts"]) + len(gold["statements"])
            if output is None:
                sys.stdout.write("".join(lines))
            elif lines:
                with whole_file(output) as stream:
                    stream.writelines(lines)
        else:
            for gold in found:
                _write(
                    output, gold["id"], gold["text"], json.dumps(gold, ensure_ascii=False, indent=1) + "\n"
                )
                reports, records = reports + 1, records + len(gold["acts"]) + len(gold["statements"])
    if not reports:
        raise InputError(
            f"{dossier}: nobody has accepted a record yet{' in a whole report' if complete else ''}; `standoff review` "
            f"shows what waits for a word."
        )
    sys.stderr.write(f"Exported {counted(records, 'record')} of {counted(reports, 'report')}.\n")


def _write(folder: Path, name: str, text: str, content: str) -> None:
    """Write a report's gold under its id, made safe as the name of a file."""
    from standoff.cli.writing import write_whole
    from standoff.errors import InputError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise InputError(
            f"{folder} cannot be made ({cause.strerror or cause}): name a folder that you may write to."
        ) from cause
    safe = re.sub(r"[^\w.+-]+", "-", name).strip(".-")[:100]
    if safe != name:
        # Two ids may look the same once they are safe.
        digest = hashlib.sha256(f"{name}\0{text}".encode()).hexdigest()[:8]
        safe = f"{safe}-{digest}" if safe else digest
    write_whole(folder / f"{safe}.json", content)
