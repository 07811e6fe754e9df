"""Training texts as windows of word pieces with their labels.

Windows are those that the encoder meets at work (standoff.language.windows). Labels are
indices of word pieces: what a window cannot see is left out of its labels.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from standoff.language.windows import windows
from standoff.records import ACT_TYPES, MODALITIES

PARAGRAPH = re.compile(r"[^\n]+")

Json = dict[str, Any]


@dataclass
class StatementLabel:
    """Word pieces of one attribution. `source` is empty where nobody is named."""

    cue: list[int]
    source: list[int]
    content: list[int]


@dataclass
class ActLabel:
    """Word pieces and codes of one act."""

    type: int
    modality: int
    trigger: list[int]
    evidence: list[int]
    content: list[int]
    condition: list[int]
    source: frozenset[str]
    target: frozenset[str]


@dataclass
class Window:
    """One input of the encoder with what is known about it; `None` layers are not labelled in this text."""

    text_id: str
    ids: np.ndarray
    offsets: list[tuple[int, int]]
    statements: list[StatementLabel] | None = None
    acts: list[ActLabel] | None = None
    mentions: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of a text."""
    for match in PARAGRAPH.finditer(text):
        if match.group().strip():
            yield match.span()


def covered(offsets: list[tuple[int, int]], spans: list[list[int]]) -> list[int]:
    """Return the indices of word pieces that overlap any of the spans."""
    return [k for k, (a, b) in enumerate(offsets) if b > a and any(a < e and b > s for s, e in spans)]


def as_spans(value: Any) -> list[list[int]]:
    """Return a codebook span field (null, a span, or a list of spans) as a list of spans."""
    if not value:
        return []
    return [value] if isinstance(value[0], int) else list(value)


def label(
    text_id: str, text: str, record: Json, tokenizer: Tokenizer, mentions: list[Json] | None = None
) -> list[Window]:
    """Turn one labelled text into windows. `record` may hold `statements` (or `attributions`) and `acts`."""
    found = []
    statements = record.get("statements", record.get("attributions"))
    for ids, offsets in windows(text, pieces(text), tokenizer):
        window = Window(text_id, np.array(ids, np.int64), offsets)
        if statements is not None:
            window.statements = []
            for item in statements:
                cue = covered(offsets, as_spans(item["cue"]))
                content = covered(offsets, as_spans(item["content"]))
                if cue and content:
                    window.statements.append(
                        StatementLabel(cue, covered(offsets, as_spans(item["source"])), content)
                    )
        if "acts" in record:
            window.acts = []
            for act in record["acts"]:
                trigger = covered(offsets, as_spans(act["trigger"]))
                if trigger:
                    window.acts.append(
                        ActLabel(
                            ACT_TYPES.index(act["type"]),
                            MODALITIES.index(act["modality"]),
                            trigger,
                            covered(offsets, as_spans(act["evidence"])),
                            covered(offsets, as_spans(act["content"])),
                            covered(offsets, as_spans(act["condition"])),
                            frozenset(act["source"]),
                            frozenset(act["target"]),
                        )
                    )
        for mention in mentions or []:
            head = covered(offsets, [mention["head"]])
            if head:
                window.mentions.append((head[-1], tuple(mention["codes"])))
        found.append(window)
    return found


def gold(folder: Path) -> list[Json]:
    """Read the codebook's records, in the order of their names."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def lines(path: Path) -> list[Json]:
    """Read a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, or of all files of a folder in order."""
    total = hashlib.sha256()
    parts = sorted([*path.glob("*.json*"), *path.glob("*.txt")]) if path.is_dir() else [path]
    for part in parts:
        total.update(part.read_bytes())
    return total.hexdigest()
