"""Export a trained network for the package: `python training/export.py CHECKPOINT --base FOLDER --out FOLDER`.

Writes encoder.onnx (int8 weights, one a channel; activations quantised at run time), heads.npz (the pair heads, float32)
and tokenizer.json. The ONNX graph maps `ids` and `mask` [B, T] to `logits` [B, T, 21], `states` [B, T, D] and the pieces'
side of the pair heads, `statement` and `act` [B, T, 160].
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from network import Network


class Exported(nn.Module):
    """What runs on every window."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return logits, states and both heads' view of the pieces."""
        states = self.network.encoder(ids, mask)
        return (
            self.network.tokens(states),
            states,
            self.network.statement.piece(states),
            self.network.act.piece(states),
        )


def main() -> None:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    network = Network(options.base)
    network.load_state_dict(torch.load(options.checkpoint, weights_only=True))
    network.eval()
    options.out.mkdir(parents=True, exist_ok=True)
    example = (torch.ones(2, 16, dtype=torch.long), torch.ones(2, 16, dtype=torch.long))
    axes = {0: "windows", 1: "pieces"}
    names = ["logits", "states", "statement", "act"]
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            Exported(network),
            example,
            str(plain),
            input_names=["ids", "mask"],
            output_names=names,
            dynamic_axes=dict.fromkeys(["ids", "mask", *names], axes),
            opset_version=17,
            dynamo=False,
        )
        # Seven bits: without VNNI, eight-bit products saturate in the AVX2 kernels.
        quantize_dynamic(
            plain,
            options.out / "encoder.onnx",
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
        )
    heads = {}
    for name in ("statement", "act"):
        head = getattr(network, name)
        heads[f"{name}.anchor.weight"], heads[f"{name}.anchor.bias"] = head.anchor.weight, head.anchor.bias
        heads[f"{name}.distance"] = head.distance.weight
        heads[f"{name}.label.weight"], heads[f"{name}.label.bias"] = head.label.weight, head.label.bias
        heads |= {f"{name}.look.{part}": value for part, value in head.look.state_dict().items()}
    heads["kinds"] = network.kinds.weight
    for k, part in ((0, "inner"), (2, "outer")):
        heads[f"modality.{part}.weight"], heads[f"modality.{part}.bias"] = (
            network.modality[k].weight,
            network.modality[k].bias,
        )
    np.savez(options.out / "heads.npz", **{name: value.detach().numpy() for name, value in heads.items()})
    shutil.copy(options.base / "tokenizer.json", options.out / "tokenizer.json")


if __name__ == "__main__":
    main()
