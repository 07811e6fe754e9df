"""The issue at stake: a short noun phrase from the report itself, the same for acts about the same thing.

First version, within one report: each act proposes the noun phrases of its content and evidence; phrases are scored by how
many acts of the report share their head word, and acts that share one carry the label of its fullest form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from standoff.records import Act, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST = 45
"""A label of more code points than this is cut down to its head noun."""
WEIGHT_CONTENT = 2.0
EMPTY = frozenset(
    "time year day week month part number people country government president minister official way thing man woman group side "
    "leader spokesman statement report percent hour place end member state nation united nations force action step order "
    "one today call move decision monday tuesday wednesday thursday friday saturday sunday result effort case".split()
)


def labels_of(acts: Sequence[Act], doc: Doc) -> list[str]:
    """Return one label for each act; empty where its text has no noun that could name an issue."""
    proposals = [_proposals(act, doc) for act in acts]
    shared: Counter[str] = Counter()
    for phrases in proposals:
        shared.update({head for head, _ in phrases})
    fullest: dict[str, str] = {}
    for phrases in proposals:
        for head, label in phrases:
            if len(label) > len(fullest.get(head, "")):
                fullest[head] = label
    found = []
    for phrases in proposals:
        heads = Counter(head for head, _ in phrases)
        best = max(heads, key=lambda head: (shared[head], heads[head], len(fullest[head])), default="")
        found.append(fullest.get(best, ""))
    return found


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
