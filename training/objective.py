"""What the network is asked to get right: the losses of one batch of windows."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from corpus import ActLabel, Window
from network import MODALITIES, Network

MODALITY_WEIGHTS = torch.tensor([1.0, 2.5, 3.0, 3.0, 3.0, 3.0])
"""Deeds that did not happen are rare (1 in 10) and are what matters most."""


def pad(batch: list[Window]) -> tuple[Tensor, Tensor]:
    """Stack windows to ids and mask, both [B, T]."""
    longest = max(len(window.ids) for window in batch)
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    mask = torch.zeros(len(batch), longest, dtype=torch.long)
    for k, window in enumerate(batch):
        ids[k, : len(window.ids)] = torch.from_numpy(window.ids)
        mask[k, : len(window.ids)] = 1
    return ids, mask


def marks(size: int, groups: list[list[int]]) -> Tensor:
    """Return a 0/1 matrix [groups, size]."""
    grid = torch.zeros(len(groups), size)
    for k, group in enumerate(groups):
        grid[k, group] = 1.0
    return grid


def pooled(states: Tensor, groups: list[list[int]]) -> Tensor:
    """Return the mean state of each group of pieces, [groups, D]."""
    grid = marks(states.shape[0], groups)
    return (grid / grid.sum(1, keepdim=True)) @ states


def token_loss(window: Window, logits: Tensor) -> dict[str, Tensor]:
    """Cues, sources, contents and triggers, each piece by itself. `logits` is [T, 21]."""
    size, losses = len(window.ids), {}
    if window.statements is not None:
        cue = torch.zeros(size, dtype=torch.long)
        inside = torch.zeros(size, 2)
        for item in window.statements:
            for place in item.cue:
                cue[place] = 2 if place - 1 in item.cue else 1
            inside[item.source, 0] = 1.0
            inside[item.content, 1] = 1.0
        losses["cue"] = functional.cross_entropy(logits[:, :3], cue, weight=torch.tensor([1.0, 2.0, 2.0]))
        losses["inside"] = functional.binary_cross_entropy_with_logits(logits[:, 3:5], inside)
    if window.acts is not None:
        kinds = torch.zeros(size, logits.shape[1] - 5)
        for act in window.acts:
            kinds[act.trigger, act.type] = 1.0
        each = functional.binary_cross_entropy_with_logits(logits[:, 5:], kinds, reduction="none")
        losses["trigger"] = each.sum(1).mean()
    return losses


def code_bags(act: ActLabel, window: Window, scores: Tensor) -> Tensor | None:
    """Doers and addressees over actor codes: a code's score is the best of its mentions'. `scores` is [T, 2]."""
    by_code: dict[str, list[int]] = {}
    for head, codes in window.mentions:
        for code in codes:
            by_code.setdefault(code, []).append(head)
    if not by_code:
        return None
    terms = []
    for code, heads in by_code.items():
        best = torch.logsumexp(scores[heads] * 2.0, 0) / 2.0 - np.log(len(heads)) / 2.0
        truth = torch.tensor([float(code in act.source), float(code in act.target)])
        terms.append(functional.binary_cross_entropy_with_logits(best, truth, reduction="none"))
    return torch.stack(terms).sum(0).mean()


def batch_loss(network: Network, batch: list[Window]) -> dict[str, Tensor]:
    """Return the named losses of a batch, each a mean over the windows that carry that layer."""
    ids, mask = pad(batch)
    states, logits = network(ids, mask)
    sums: dict[str, list[Tensor]] = {}
    for k, window in enumerate(batch):
        size = len(window.ids)
        here = states[k, :size]
        for name, value in token_loss(window, logits[k, :size]).items():
            sums.setdefault(name, []).append(value)
        if window.statements:
            cues = [item.cue for item in window.statements]
            scores = network.statement(pooled(here, cues), torch.tensor([cue[0] for cue in cues]), here)
            truth = torch.stack(
                [
                    marks(size, [item.source for item in window.statements]),
                    marks(size, [item.content for item in window.statements]),
                ],
                -1,
            )
            each = functional.binary_cross_entropy_with_logits(scores, truth, reduction="none")
            weight = torch.tensor([2.0, 1.0])
            sums.setdefault("statement", []).append(
                (each * weight).mean((1, 2)).sum() * size / 200.0 / max(3, len(cues))
            )
        if window.acts:
            triggers = [act.trigger for act in window.acts]
            types = torch.tensor([act.type for act in window.acts])
            anchors = pooled(here, triggers) + network.kinds(types)
            scores = network.act(anchors, torch.tensor([trigger[0] for trigger in triggers]), here)
            truth = torch.stack(
                [
                    marks(size, [getattr(act, name) for act in window.acts])
                    for name in ("content", "condition", "evidence")
                ],
                -1,
            )
            each = functional.binary_cross_entropy_with_logits(scores[..., :3], truth, reduction="none")
            sums.setdefault("act", []).append(each.mean((1, 2)).sum() * size / 200.0 / max(3, len(triggers)))
            modality = torch.tensor([act.modality for act in window.acts])
            sums.setdefault("modality", []).append(
                functional.cross_entropy(
                    network.modality(network.dropout(anchors)), modality, weight=MODALITY_WEIGHTS
                )
            )
            bags = [
                bag
                for j, act in enumerate(window.acts)
                if (bag := code_bags(act, window, scores[j, :, 3:5])) is not None
            ]
            if bags:
                sums.setdefault("roles", []).append(torch.stack(bags).mean())
    assert len(MODALITY_WEIGHTS) == MODALITIES
    return {name: torch.stack(values).mean() for name, values in sums.items()}
