"""The issue at stake: a short noun phrase from the report itself, the same for acts about the same thing.

Two acts are about the same thing the likelier, the more words and parties they share and the nearer they are told (a logistic
model over pairs, learned by training/act_issues.py). Acts are put together in text order; a group is named after
the noun that most of its acts share.
"""

from __future__ import annotations

import bisect
import functools
import math
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from standoff.coding.acts.duplicates import lemmas
from standoff.coding.acts.sentences import borders
from standoff.records import Act, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST = 45
"""A label of more code points than this is cut down to its head noun."""
RECENT = 12
"""An act is held against so many of a group's last acts, so that long reports cost no more than they should."""
EMPTY = frozenset(
    "time year day week month part number people country government president minister official way thing man woman group side "
    "leader spokesman statement report percent hour place end member state nation united nations force action step order "
    "one today call move decision monday tuesday wednesday thursday friday saturday sunday result effort case".split()
)


@dataclass(frozen=True, slots=True)
class Sides:
    """What the likeness of two acts is read from."""

    evidence: frozenset[str]
    content: frozenset[str]
    parties: frozenset[str]
    sentence: int


@functools.cache
def weights() -> dict[str, float]:
    """Read the weights of the likeness of two acts, in log-odds, and the least mean likeness within an issue."""
    text = resources.files("standoff.coding.acts").joinpath("issue_weights.toml").read_text("utf-8")
    return {name: float(value) for name, value in tomllib.loads(text).items()}


def labels_of(acts: Sequence[Act], doc: Doc) -> list[str]:
    """Return one label for each act; empty where its text has no noun that could name an issue."""
    proposals = [_proposals(act, doc) for act in acts]
    found = [""] * len(acts)
    used: set[str] = set()
    for group in groups_of(acts, doc):
        label = _name([proposals[k] for k in group], used)
        used.add(label)
        for k in group:
            found[k] = label
    return found


def groups_of(acts: Sequence[Act], doc: Doc) -> list[list[int]]:
    """Put acts about the same thing together, in text order: each joins the group that it is most like on average."""
    sides = [sides_of(act, doc) for act in acts]
    rarity = rarity_of(sides)
    groups: list[list[int]] = []
    for k, act in enumerate(acts):
        best, where = weights()["least"], None
        for group in groups:
            members = group[-RECENT:]
            mean = sum(
                1 / (1 + math.exp(-likeness(clues_of(acts[m], sides[m], act, sides[k], rarity))))
                for m in members
            ) / len(members)
            if mean >= best:
                best, where = mean, group
        if where is None:
            groups.append([k])
        else:
            where.append(k)
    return groups


def likeness(clues: Mapping[str, float]) -> float:
    """Return the log-odds that two acts are about the same thing."""
    table = weights()
    return table["bias"] + sum(table[name] * value for name, value in clues.items())


def clues_of(
    one: Act, its: Sides, other: Act, others: Sides, rarity: Mapping[str, float]
) -> dict[str, float]:
    """Return what speaks for two acts being about the same thing, each from 0 to 1 but for the distance."""
    away = abs(its.sentence - others.sentence)
    return {
        "evidence": _cosine(its.evidence, others.evidence, rarity),
        "content": _cosine(its.content, others.content, rarity),
        "word": float(bool(its.content & others.content)),
        "type": float(one.type == other.type),
        "source": float(set(one.source) == set(other.source)),
        "target": float(bool(one.target) and set(one.target) == set(other.target)),
        "parties": len(its.parties & others.parties) / max(1, len(its.parties | others.parties)),
        "sentence": float(away == 0),
        "next": float(away == 1),
        "distance": math.log1p(away),
    }


def sides_of(act: Act, doc: Doc) -> Sides:
    """Lay out what the likeness of an act with others is read from."""
    evidence = lemmas(act.evidence, doc)
    trigger = doc.char_span(*act.trigger, alignment_mode="expand")
    sentence = bisect.bisect_right(borders(doc), trigger.start) if trigger is not None else 0
    return Sides(
        evidence, lemmas(act.content, doc) if act.content else evidence,
        frozenset({*act.source, *act.target}), sentence,
    )  # fmt: skip


def rarity_of(sides: Sequence[Sides]) -> dict[str, float]:
    """Return the squared weight of each word: the fewer acts of the report share it, the more it tells."""
    counts = Counter(word for one in sides for word in one.evidence)
    return {word: 1 / count for word, count in counts.items()}


def _cosine(one: frozenset[str], other: frozenset[str], rarity: Mapping[str, float]) -> float:
    size = [sum(rarity.get(word, 1.0) for word in words) for words in (one & other, one, other)]
    return size[0] / math.sqrt(size[1] * size[2]) if size[1] and size[2] else 0.0


def _name(proposals: Sequence[list[tuple[str, str]]], used: set[str]) -> str:
    """Return the fullest phrase of the noun that most acts of a group share, one that no other group has if possible."""
    shared: Counter[str] = Counter()
    fullest: dict[str, str] = {}
    for phrases in proposals:
        shared.update({head for head, _ in phrases})
        for head, label in phrases:
            if len(label) > len(fullest.get(head, "")):
                fullest[head] = label
    free = [head for head in shared if fullest[head] not in used] or list(shared)
    best = max(free, key=lambda head: (shared[head], len(fullest[head])), default="")
    return fullest.get(best, "")


def _proposals(act: Act, doc: Doc) -> list[tuple[str, str]]:
    """Return the (head lemma, phrase) pairs of an act's content, or of its evidence where it has none."""
    spans = [act.content] if act.content is not None else [act.evidence]
    found = [pair for span in spans for pair in _phrases(span, doc)]
    return found or (_phrases(act.evidence, doc) if act.content is not None else [])


def _phrases(span: Span, doc: Doc) -> list[tuple[str, str]]:
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    if tokens is None:
        return []
    found = []
    for token in tokens:
        if (
            token.pos_ != "NOUN"
            or token.dep_ == "compound"
            or token.lemma_.lower() in EMPTY
            or len(token) < 3
        ):
            continue
        found.append((token.lemma_.lower(), _label(token)))
    return found


def _label(noun: Token) -> str:
    """Return the noun with the words before it that narrow it down."""
    first = noun.i
    for child in noun.lefts:
        if child.dep_ in ("compound", "amod", "nmod") and child.i < first and noun.i - child.i <= 3:
            first = child.i
    words = noun.doc[first : noun.i + 1].text
    label = " ".join(words.split())
    return label if len(label) <= LONGEST else str(noun.text)
