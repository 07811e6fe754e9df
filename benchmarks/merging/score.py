"""Score the merging of acts into events on the pairs, through a real dossier.

usage: score.py [--errors] [--json FILE]

All reports go into one dossier in the order of their publication; a pair counts as merged where both
acts ended in the same event. Prints precision, recall and F1 of "same event" for the tuning half and the
checking half.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from pairs import Pair, read_codings, read_own, read_pairs

from standoff.dossier.dossier import Dossier


def events_of(folder: Path) -> dict[tuple[str, int], tuple[int, str]]:
    """Return event and evidence of every gold act, by (report id, place)."""
    found = {}
    with Dossier.create(folder / "gold.dossier") as dossier:
        for coding in read_codings().values():
            dossier.add(coding)
        names = {stored.key: stored.report.id for stored in dossier.reports()}
        places: dict[int, int] = {}
        for stored in dossier.acts():
            place = places.get(stored.report, 0)
            places[stored.report] = place + 1
            found[names[stored.report], place] = stored.event, stored.quote
        counts = dossier.count()
        print(f"{counts['report']} reports, {counts['act']} acts, {counts['event']} events")
    return found


def score(pairs: list[Pair], events: dict[tuple[str, int], tuple[int, str]]) -> dict[str, float]:
    """Return precision, recall and F1 over pairs."""
    said = [pair for pair in pairs if events[pair.one][0] == events[pair.other][0]]
    hit = sum(pair.same for pair in said)
    gold = sum(pair.same for pair in pairs)
    precision, recall = hit / max(1, len(said)), hit / max(1, gold)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    figures = {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "positive": gold,
        "negative": len(pairs) - gold,
    }
    return {name: round(value, 3) for name, value in figures.items()}


def main(*flags: str) -> None:
    """Print the scores; with --errors the tuning half's mistakes, with --json write the figures to a
    file.
    """
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        events = events_of(Path(folder))
    print(f"added in {time.perf_counter() - start:.1f} s")
    halves = {half: [pair for pair in read_pairs() if pair.half == half] for half in ("tune", "check")}
    own = read_own()
    parts = {
        "check, gold reports": [pair for pair in halves["check"] if pair.one[0] not in own],
        "check, own reports": [pair for pair in halves["check"] if pair.one[0] in own],
    }
    figures = {part: score(pairs, events) for part, pairs in {**halves, **parts}.items()}
    for half, row in figures.items():
        print(
            f"{half:20s} P {row['precision']:.3f}  R {row['recall']:.3f}  F1 {row['f1']:.3f}"
            f"  ({row['positive']} same, {row['negative']} not)"
        )
    if "--errors" in flags:
        for pair in halves["tune"]:
            if pair.same != (events[pair.one][0] == events[pair.other][0]):
                print("missed" if pair.same else "false ", pair.one, "|", pair.other)
                print("   ", events[pair.one][1][:160], "\n   ", events[pair.other][1][:160])
    if "--json" in flags:
        Path(flags[flags.index("--json") + 1]).write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
