"""The network: a MiniLM encoder with heads for attribution and acts.

One pass over a window gives a state a word piece. Token heads read cues, sources, contents and triggers off the states.
Pair heads score every piece from the point of view of one cue or one trigger (is it in this cue's source, in this
trigger's content, a doer of this act?): g(c, j) = ReLU(A r_c + B h_j + D[distance(c, j)]). The pieces near the anchor then
look at each other once more, as that anchor sees them (one narrow transformer layer), so that "the doer" can depend on
which other piece is the doer; a linear layer reads the labels off. The form follows the additive scorers of dependency
parsing (Kiperwasser and Goldberg 2016) and the two-stage labelling of semantic roles (Strubell et al. 2018), the second
pass conditioned on the predicate (He et al. 2017); the encoder is MiniLM-L6 (Wang et al. 2020).
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

TYPES, MODALITIES, PAIR, BUCKETS = 16, 6, 160, 33
NEAR, LOOKS = 64, 4
"""Pieces on either side of an anchor that look at each other, and attention heads with which they do."""
STATEMENT_LABELS = ("source", "content")
ACT_LABELS = ("content", "condition", "evidence", "source", "target")


def bucket(distance: Tensor) -> Tensor:
    """Map signed distances in word pieces to 33 buckets, logarithmic beyond 4."""
    size = distance.abs()
    log = 4 + torch.log2(size.clamp(min=4).float() / 4).mul(2).floor().long()
    level = torch.where(size <= 4, size, log.clamp(max=16))
    return 16 + torch.sign(distance) * level


class Layer(nn.Module):
    """One transformer layer with post-normalisation, as in BERT."""

    def __init__(self, size: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.norm1 = nn.LayerNorm(size, eps=1e-12)
        self.up = nn.Linear(size, inner)
        self.down = nn.Linear(inner, size)
        self.norm2 = nn.LayerNorm(size, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Map states [B, T, D] under an additive attention bias [B, 1, 1, T]."""
        b, t, d = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(b, t, d))))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """BERT's encoder without the pooler; weights from a sentence-transformers folder."""

    def __init__(self, folder: Path, dropout: float = 0.1) -> None:
        super().__init__()
        config = json.loads((folder / "config.json").read_text())
        size = config["hidden_size"]
        self.words = nn.Embedding(config["vocab_size"], size)
        self.places = nn.Embedding(config["max_position_embeddings"], size)
        self.kind = nn.Parameter(torch.zeros(size))
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(
            Layer(size, config["num_attention_heads"], config["intermediate_size"], dropout)
            for _ in range(config["num_hidden_layers"])
        )
        self._take(load_file(folder / "model.safetensors"))

    def _take(self, weights: dict[str, Tensor]) -> None:
        weights = {name.removeprefix("bert."): value for name, value in weights.items()}
        state = {
            "words.weight": weights["embeddings.word_embeddings.weight"],
            "places.weight": weights["embeddings.position_embeddings.weight"],
            "kind": weights["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        for k in range(len(self.layers)):
            old, new = f"encoder.layer.{k}.", f"layers.{k}."
            for part in ("weight", "bias"):
                state[new + "qkv." + part] = torch.cat(
                    [weights[f"{old}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                )
                for mine, theirs in (
                    ("out", "attention.output.dense"),
                    ("norm1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ):
                    state[f"{new}{mine}.{part}"] = weights[f"{old}{theirs}.{part}"]
        self.load_state_dict(state)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Map word pieces [B, T] with mask [B, T] (1 = real) to states [B, T, D]."""
        positions = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.words(ids) + self.places(positions) + self.kind))
        bias = (1.0 - mask.float())[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Look(nn.Module):
    """One narrow transformer layer with pre-normalisation over the pieces near an anchor; it begins as the identity."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(size)
        self.qkv = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.norm2 = nn.LayerNorm(size)
        self.up = nn.Linear(size, 2 * size)
        self.down = nn.Linear(2 * size, size)
        for last in (self.out, self.down):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Map views [N, W, P] with mask [N, W] (True = a piece of the window) to what is added to them, [N, W, P]."""
        n, w, p = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(n, w, 3, LOOKS, p // LOOKS).permute(2, 0, 3, 1, 4)
        bias = torch.where(mask, 0.0, -1e4)[:, None, None, :]
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        seen = x + self.out(mixed.transpose(1, 2).reshape(n, w, p))
        return seen + self.down(torch.relu(self.up(self.norm2(seen)))) - x


class PairHead(nn.Module):
    """Scores every word piece from the point of view of anchors (cues or triggers)."""

    def __init__(self, size: int, labels: int) -> None:
        super().__init__()
        self.anchor = nn.Linear(size, PAIR)
        self.piece = nn.Linear(size, PAIR, bias=False)
        self.distance = nn.Embedding(BUCKETS, PAIR)
        self.look = Look(PAIR)
        self.label = nn.Linear(PAIR, labels)
        nn.init.zeros_(self.distance.weight)

    def forward(self, anchors: Tensor, places: Tensor, states: Tensor) -> Tensor:
        """Map anchors [N, D] at places [N] and states [T, D] to logits [N, T, labels]."""
        gaps = torch.arange(states.shape[0])[None, :] - places[:, None]
        mixed = self.anchor(anchors)[:, None] + self.piece(states)[None] + self.distance(bucket(gaps))
        views = torch.relu(mixed)
        at = places[:, None] + torch.arange(-NEAR, NEAR)[None, :]
        inside = (at >= 0) & (at < states.shape[0])
        at = at.clamp(0, states.shape[0] - 1)
        rows = torch.arange(len(places))[:, None].expand_as(at)
        added = self.look(views[rows, at], inside) * inside[..., None]
        return self.label(views.index_put((rows, at), added, accumulate=True))


class Network(nn.Module):
    """Encoder and all heads."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = Encoder(folder)
        size = self.encoder.words.embedding_dim
        self.tokens = nn.Linear(size, 5 + TYPES)
        self.statement = PairHead(size, len(STATEMENT_LABELS))
        self.act = PairHead(size, len(ACT_LABELS))
        self.kinds = nn.Embedding(TYPES, size)
        self.modality = nn.Sequential(nn.Linear(size, PAIR), nn.ReLU(), nn.Linear(PAIR, MODALITIES))
        self.dropout = nn.Dropout(0.1)
        nn.init.normal_(self.kinds.weight, std=0.02)
        with torch.no_grad():
            self.tokens.bias[3:].fill_(-3.0)
            self.statement.label.bias.fill_(-2.0)
            self.act.label.bias.fill_(-2.0)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return states [B, T, D] and token logits [B, T, 5 + 16]: cue O/B/I, source, content, then types."""
        states = self.encoder(ids, mask)
        return states, self.tokens(self.dropout(states))
