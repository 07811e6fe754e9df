"""Fit the weights by which the encoder's and the parse's opinions make the confidence and the parties of an act.

usage: python training/act_weights.py

They are fitted on the reports of `training/reports` that the network has not seen (written.held_out). Confidence: a
trigger counts as right where an act of its type has an overlapping one. Parties: given gold's triggers, the weights make
gold's source, and gold's target given that source, likeliest among the candidates. Prints them for
src/standoff/coding/acts/weights.toml.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy.optimize import minimize

from standoff.coding.actors import Actors
from standoff.coding.acts.candidates import head_of
from standoff.coding.acts.content import content_of
from standoff.coding.acts.frames import complete
from standoff.coding.acts.network import NetworkDetector, views_of
from standoff.coding.acts.parties import Parties
from standoff.coding.acts.role_clues import RoleClues
from standoff.coding.acts.roles import support_of
from standoff.coding.acts.roles import weights as role_weights
from standoff.coding.acts.views import View
from standoff.coding.acts.weighing import opinion
from standoff.coding.component import Draft
from standoff.coding.encoding import Encoding
from standoff.coding.statements import Statements
from standoff.coding.statements.tagger import Tagger
from standoff.coding.statements.tagger import weights as statement_weights
from standoff.coding.times import Times
from standoff.language.encoder import Network
from standoff.language.parser import analyse
from standoff.language.segments import log_odds
from standoff.reading import make_report
from standoff.records import ACT_TYPES, Span
from statement_weights import fit
from written import held_out, written

NAMES = ("both", "alone", "encoder", "parse", "contained")
PENALTY = 0.05
Choice = tuple[np.ndarray, np.ndarray]
"""The candidates for one party: what parse and encoder say for each [N, 2], and which are gold's [N]."""


def choices_of(
    record: dict[str, Any], draft: Draft, parties: Parties, network: Network, role: str
) -> Iterator[Choice]:
    """Yield the choice of one party for each gold act whose trigger the encoder has seen and whose party can be chosen."""
    doc = draft.analysis.doc
    for act in record["acts"]:
        trigger = Span(*act["trigger"])
        view = _view(network, draft, trigger, ACT_TYPES.index(act["type"]))
        if view is None or head_of(doc, trigger) is None:
            continue
        candidate = complete(doc, trigger, act["type"])
        head = doc[candidate.head]
        clues = RoleClues(candidate, head, parties, content_of(candidate, head, parties, draft.statements))
        doer = () if role == "source" else tuple(act["source"])
        pool = clues.sources() if role == "source" else clues.targets(doer)
        gold = np.array([set(codes) == set(act[role]) for codes in pool])
        if gold.any():
            heard = view.source if role == "source" else view.target
            told = [[support_of(clues, role, one, doer, role_weights()), opinion(heard, one)] for one in pool]
            yield np.array(told), gold


def _view(network: Network, draft: Draft, trigger: Span, kind: int) -> View | None:
    for window in draft.analysis.encoded or ():
        at = window.offsets
        inside = np.flatnonzero((at[:, 1] > at[:, 0]) & (at[:, 0] < trigger.end) & (at[:, 1] > trigger.start))
        if len(inside):
            return views_of(network, draft, window, [(int(inside[0]), int(inside[-1]) + 1, kind)])[0]
    return None


def weigh(choices: list[Choice]) -> tuple[float, float]:
    """Return the weight of the encoder's log-odds beside the parse's, and the share of choices that are right with it."""

    def loss(b: np.ndarray) -> float:
        total = PENALTY * float(b @ b)
        for told, gold in choices:
            scores = told @ b
            scores = np.exp(scores - scores.max())
            total -= float(np.log(scores[gold].sum() / scores.sum()))
        return total

    parse, encoder = minimize(loss, np.array([1.0, 0.5])).x
    right = sum(bool(gold[np.argmax(told @ (parse, encoder))]) for told, gold in choices)
    return float(encoder / parse), right / len(choices)


def main() -> None:
    """Fit and print."""
    encoding, layers = Encoding(), (Times(), Actors())
    statements = Statements(Tagger(encoding.network, statement_weights()))
    detector = NetworkDetector(encoding.network)
    gold = [record for record in written() if held_out(record["id"])]
    reports = (make_report(r["text"], id=r["id"], published=r["published"]) for r in gold)
    rows, truth = [], []
    choices: dict[str, list[Choice]] = {"source": [], "target": []}
    for record, analysis in zip(gold, analyse(reports), strict=True):
        draft = Draft(analysis)
        for layer in (*layers, encoding, statements):
            layer(draft)
        parties = Parties(draft)
        for role, found in choices.items():
            found += choices_of(record, draft, parties, encoding.network, role)
        for window, heard in detector.hear(draft, parties):
            for one in heard:
                here = one.proposed
                start, end = int(window.offsets[here.a, 0]), int(window.offsets[here.b - 1, 1])
                kind = ACT_TYPES[here.kind]
                acts = [act["trigger"] for act in record["acts"] if act["type"] == kind]
                truth.append(float(any(a < end and start < b for a, b in acts)))
                parse = 0.0 if here.parsed is None else log_odds(here.parsed.confidence)
                alone = float(here.parsed is None)
                rows.append([1.0 - alone, alone, log_odds(here.encoder), parse, one.contained])
    fitted = fit(np.array(rows), np.array(truth), np.ones(len(truth)))
    print(f"# {len(truth)} triggers proposed, {sum(truth):.0f} of them right")
    print("\n".join(f"{name} = {value:.3f}" for name, value in zip(NAMES, fitted, strict=True)))
    for role, found in choices.items():
        weight, right = weigh(found)
        print(f"# {role}: {right:.3f} of {len(found)} right, triggers and types given\n{role} = {weight:.2f}")


if __name__ == "__main__":
    main()
