"""Small crises for the tests, coded by hand: texts written for them, acts placed by their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from standoff.coding.interchange import coding_from
from standoff.dossier.dossier import Dossier

STANDOFF = (
    "Ruritania has massed 50,000 soldiers near the border of Arcadia. "
    "Borduria demands that Ruritania withdraw its soldiers from the border. "
    "Ruritania demanded a promise that Arcadia will never join the League. "
    "Borduria refused to give such a promise. "
    "Many fear a Ruritanian invasion of Arcadia. "
    "Borduria threatened harsh sanctions on Ruritania if Ruritania invades Arcadia. "
    "Borduria offered to discuss the missiles in the region."
)
ACTS: tuple[Mapping[str, Any], ...] = (
    {"type": "MOBILIZE", "source": ["RUS"], "target": ["UKR"], "trigger": "massed", "sentence": 0, "issue": "border"},
    {"type": "REQUEST", "source": ["USA"], "target": ["RUS"], "trigger": "demands", "sentence": 1, "issue": "border",
     "content": "Ruritania withdraw its soldiers from the border"},
    {"type": "REQUEST", "source": ["RUS"], "target": ["USA"], "trigger": "demanded", "sentence": 2, "issue": "League",
     "content": "a promise that Arcadia will never join the League"},
    {"type": "REJECT", "source": ["USA"], "target": ["RUS"], "trigger": "refused", "sentence": 3, "issue": "League",
     "content": "such a promise"},
    {"type": "ASSAULT", "source": ["RUS"], "target": ["UKR"], "trigger": "invasion", "sentence": 4, "issue": "war",
     "modality": "possible"},
    {"type": "THREATEN", "source": ["USA"], "target": ["RUS"], "trigger": "threatened", "sentence": 5, "issue": "war",
     "content": "harsh sanctions on Ruritania", "condition": "if Ruritania invades Arcadia"},
    {"type": "AGREE", "source": ["USA"], "target": ["RUS"], "trigger": "offered", "sentence": 6, "issue": "missiles",
     "content": "to discuss the missiles in the region"},
)  # fmt: skip


def record(
    id: str,
    text: str,
    acts: Iterable[Mapping[str, Any]],
    published: str = "2022-01-20",
    outlet: str = "The Gazette",
) -> dict[str, Any]:
    """Return a coded report; acts name their words, which are looked up in their sentence."""
    found = []
    for act in acts:
        start, end = sentence(text, act["sentence"])

        def span(words: str | None, start: int = start, end: int = end) -> list[int] | None:
            if words is None:
                return None
            at = text.index(words, start, end)
            return [at, at + len(words)]

        found.append(
            {
                "type": act["type"], "source": act["source"], "target": act["target"],
                "modality": act.get("modality", "actual"), "trigger": span(act["trigger"]), "evidence": [start, end],
                "content": span(act.get("content")), "condition": span(act.get("condition")), "attribution": [],
                "date": act.get("date"), "place": None, "issue": act.get("issue", ""),
            }
        )  # fmt: skip
    return {"id": id, "text": text, "published": published, "outlet": outlet, "acts": found}


def sentence(text: str, number: int) -> tuple[int, int]:
    """Return where the numbered sentence of a text stands."""
    start = 0
    for _ in range(number):
        start = text.index(". ", start) + 2
    end = text.find(". ", start)
    return start, len(text) if end < 0 else end + 1


def dossier(path: Path, *records: Mapping[str, Any]) -> Path:
    """Make a dossier of coded reports."""
    with Dossier.create(path) as made:
        for one in records:
            made.add(coding_from(one, str(one["id"])))
    return path
