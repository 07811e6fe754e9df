"""Codings of some real press releases, made once and kept beside the measured dossiers.

The releases are other people's texts: they are read from the shared folder and never stored in the project.
"""

from __future__ import annotations

import hashlib
import json
import pickle
from pathlib import Path

from standoff.records import Coding, Region, Report, Span

RELEASES = Path(__file__).resolve().parents[3] / "shared" / "benchmarks" / "crisis_releases.jsonl"
NUMBER = 260
LEAST_ACTS = 6
"""Releases with fewer acts are left out, so that there are about ten a report."""
SHORTEST, LONGEST = 1500, 7000
"""Characters of a release that is taken: what most papers print."""


def templates(folder: Path) -> list[Coding]:
    """Return the coded releases, from the folder where they were coded before."""
    kept = folder / "dossier_size_templates.pickle"
    if kept.exists():
        return list(pickle.loads(kept.read_bytes()))
    made = _code(_reports())
    kept.write_bytes(pickle.dumps(made))
    return made


def _reports() -> list[Report]:
    records = [json.loads(line) for line in RELEASES.read_text(encoding="utf-8").splitlines()]
    fitting = [record for record in records if SHORTEST <= len(record["text"]) <= LONGEST]
    chosen = fitting[:: max(1, len(fitting) // NUMBER)][:NUMBER]
    return [
        Report(
            id=record["id"],
            text=record["text"],
            sha256=hashlib.sha256(record["text"].encode("utf-8")).hexdigest(),
            title=record["title"],
            published=record["date"][:10],
            published_how="given",
            outlet=record["source"],
            url=record["url"],
            regions=(Region(Span(0, len(record["text"])), "body"),),
        )
        for record in chosen
    ]


def _code(reports: list[Report]) -> list[Coding]:
    from standoff.coding.coder import code_reports, default_chain

    codings = code_reports(reports, chain=default_chain(fast=True))
    return [coding for coding in codings if len(coding.acts) >= LEAST_ACTS]
