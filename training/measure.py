"""Quick scores of a network on labelled windows, without the rest of the program: a compass while training.

The figures that count are made by the project's benchmarks on whole reports.
"""

from __future__ import annotations

import torch

from corpus import Window
from network import Network
from objective import pad, pooled


def f1(hit: int, gold: int, found: int) -> float:
    """Return F1 in percent."""
    return round(200 * hit / (gold + found), 1) if gold + found else 0.0


def runs(flags: list[bool]) -> list[tuple[int, int]]:
    """Return the maximal runs of True as half-open intervals."""
    found, begun = [], None
    for k, flag in enumerate([*flags, False]):
        if flag and begun is None:
            begun = k
        elif not flag and begun is not None:
            found.append((begun, k))
            begun = None
    return found


@torch.no_grad()
def measure(network: Network, dev: list[Window], press: list[Window]) -> dict[str, float]:
    """Score cues, links, triggers, modality and roles; links and roles start from gold cues and triggers."""
    network.eval()
    n: dict[str, int] = {}

    def count(name: str, hit: int, gold: int, found: int) -> None:
        for part, value in (("hit", hit), ("gold", gold), ("found", found)):
            n[f"{name}.{part}"] = n.get(f"{name}.{part}", 0) + value

    for origin, windows in (("dev", dev), ("polnear", press)):
        for window in windows:
            ids, mask = pad([window])
            states, logits = network(ids, mask)
            here, tokens = states[0], logits[0]
            if window.statements is not None:
                cue = tokens[:, :3].argmax(1).tolist()
                found = runs([c > 0 for c in cue])
                golds = [item.cue for item in window.statements]
                count(
                    f"{origin} cue",
                    sum(any(set(g) & set(range(*r)) for r in found) for g in golds),
                    len(golds),
                    len(found),
                )
                if golds:
                    scores = network.statement(pooled(here, golds), torch.tensor([g[0] for g in golds]), here)
                    for k, name in enumerate(("source", "content")):
                        for row, item in zip(scores[..., k], window.statements, strict=True):
                            got, want = set((row > 0).nonzero()[:, 0].tolist()), set(getattr(item, name))
                            count(f"{origin} {name}", len(got & want), len(want), len(got))
            if window.acts is not None:
                kinds = tokens[:, 5:] > -0.5
                found_acts = [
                    (kind, *run) for kind in range(kinds.shape[1]) for run in runs(kinds[:, kind].tolist())
                ]
                hit = sum(
                    any(kind == act.type and set(range(a, b)) & set(act.trigger) for kind, a, b in found_acts)
                    for act in window.acts
                )
                count(f"{origin} trigger", hit, len(window.acts), len(found_acts))
                if window.acts:
                    anchors = pooled(here, [act.trigger for act in window.acts]) + network.kinds(
                        torch.tensor([act.type for act in window.acts])
                    )
                    scores = network.act(anchors, torch.tensor([act.trigger[0] for act in window.acts]), here)
                    guess = network.modality(anchors).argmax(1).tolist()
                    for k, act in enumerate(window.acts):
                        right = guess[k] == act.modality
                        count(f"{origin} modality", right, 1, 1)
                        if act.modality:
                            count(f"{origin} modality not actual", right, 1, 1)
                        for j, name in enumerate(("content", "condition", "evidence")):
                            got, want = (
                                set((scores[k, :, j] > 0).nonzero()[:, 0].tolist()),
                                set(getattr(act, name)),
                            )
                            count(f"{origin} {name} of act", len(got & want), len(want), len(got))
                        for j, name in ((3, "source"), (4, "target")):
                            got_codes = {
                                code
                                for head, codes in window.mentions
                                for code in codes
                                if scores[k, head, j] > 0
                            }
                            want_codes = getattr(act, name)
                            count(
                                f"{origin} {name} codes",
                                len(got_codes & want_codes),
                                len(want_codes),
                                len(got_codes),
                            )
                        both = all(
                            {c for head, codes in window.mentions for c in codes if scores[k, head, j] > 0}
                            == getattr(act, name)
                            for j, name in ((3, "source"), (4, "target"))
                        )
                        count(f"{origin} who exact", both, 1, 1)
    network.train()
    names = sorted({key.rpartition(".")[0] for key in n})
    return {name: f1(n[f"{name}.hit"], n[f"{name}.gold"], n[f"{name}.found"]) for name in names}
