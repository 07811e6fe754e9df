"""Read our codings of texts that belong to others: `python training/codings.py` checks them against the texts.

`training/codings/CORPUS.jsonl` holds offsets and codes alone, one report a line; the texts stay beside the project
(`../shared`). Each line names its text's SHA-256, so that a coding never meets another text than its own.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from standoff.records import ACT_TYPES, MODALITIES

CODINGS = Path(__file__).resolve().parent / "codings"
SHARED = Path(__file__).resolve().parents[2] / "shared"
TEXTS = {
    "crisis_releases": "benchmarks/crisis_releases.jsonl",
    "mpqa": "benchmarks/mpqa.jsonl",
    "timebank": "benchmarks/timebank_dates.jsonl",
}
"""Where the texts of a corpus are, beside the project."""
CLEAN = frozenset({"crisis_releases"})
"""Corpora whose texts may be used freely (CC BY 4.0)."""

Json = dict[str, Any]


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def codings(shared: Path = SHARED, corpora: frozenset[str] = frozenset(TEXTS)) -> list[Json]:
    """Return the coded reports of some corpora in the codebook's form, their texts among them.

    Raises:
        ValueError: a text is not the one that was coded.
    """
    found = []
    for corpus in sorted(corpora):
        lines = (CODINGS / f"{corpus}.jsonl").read_text("utf-8").splitlines()
        texts = {
            item["id"]: item
            for item in map(json.loads, (shared / TEXTS[corpus]).read_text("utf-8").splitlines())
        }
        for record in map(json.loads, lines):
            theirs = texts[record["id"]]
            if digest_of(theirs["text"]) != record["sha256"]:
                raise ValueError(f"{corpus} {record['id']}: the text is not the one that was coded")
            record |= {"text": theirs["text"], "corpus": corpus}
            found.append(record)
    return found


def problems_of(record: Json) -> list[str]:
    """Say which spans and names of a coded report cannot be."""
    size, wrong = len(record["text"]), []
    spans = [
        act[name]
        for act in record["acts"]
        for name in ("trigger", "evidence", "content", "condition")
        if act[name]
    ]
    for item in record["statements"]:
        spans += [item["cue"], *item["content"], *([item["source"]] if item["source"] else [])]
    wrong += [f"span {span} of {size}" for span in spans if not 0 <= span[0] < span[1] <= size]
    wrong += [f"type {act['type']}" for act in record["acts"] if act["type"] not in ACT_TYPES]
    wrong += [f"modality {act['modality']}" for act in record["acts"] if act["modality"] not in MODALITIES]
    return [f"{record['corpus']} {record['id']}: {what}" for what in wrong]


def main() -> int:
    """Check all codings; print what does not fit, then counts."""
    wrong: list[str] = []
    for corpus in sorted(TEXTS):
        records = codings(corpora=frozenset({corpus}))
        wrong += [line for record in records for line in problems_of(record)]
        acts = sum(len(record["acts"]) for record in records)
        said = sum(len(record["statements"]) for record in records)
        print(f"{corpus}: {len(records)} reports, {said} statements, {acts} acts")
    print("\n".join(wrong))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
