"""The words of a passage, cut to their stems and weighed, so that two tellings of one thing can be
compared.

Similarity is the cosine of inverse-document-frequency weights over sets of stems (Salton and Buckley
1988, "Term-weighting approaches in automatic text retrieval"). The weights stand in a table of the room
and not in the dossier, so that a merge never depends on which other reports happen to be there.
"""

from __future__ import annotations

import csv
import math
import re
from functools import lru_cache
from importlib import resources

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_PREFIXED = re.compile(r"\b(cease|pull|non|re|co|anti)-(?=\w)", re.IGNORECASE)
_SUFFIXES = (
    "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ers", "ies",
    "ied", "ed", "es", "er", "s",
)  # fmt: skip
_LONGEST = 7


def words_of(text: str) -> list[str]:
    """Return the words of a passage; a hyphen inside "cease-fire" or "pull-out" is no border."""
    return _WORD.findall(_PREFIXED.sub(r"\1", text))


def stem(word: str) -> str:
    """Return a word without its commonest English endings, cut to seven letters: "seizing", "seized" →
    "seiz".
    """
    word = word.lower().split("'")[0].split("’")[0]
    if word.isdigit():
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            word = word[: -len(suffix)]
            break
    return word.rstrip("e")[:_LONGEST] or word


@lru_cache(maxsize=1)
def _classes() -> dict[str, str]:
    with resources.files(__package__).joinpath("synonyms.csv").open(encoding="utf-8") as file:
        return {stem(row["word"]): row["class"] for row in csv.DictReader(file)}


@lru_cache(maxsize=65536)
def term(word: str) -> str:
    """Return what a word is compared by: its class among the words of conflict ("truce" → "ceasefire"),
    or stem.
    """
    own = stem(word)
    return _classes().get(own, own)


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Return the weight of every common stem, 0 (says nothing) to 1; one that is not in the table weighs
    1.
    """
    with resources.files(__package__).joinpath("word_weights.csv").open(encoding="utf-8") as file:
        return {row["stem"]: float(row["weight"]) for row in csv.DictReader(file)}


@lru_cache(maxsize=65536)
def stems(text: str) -> frozenset[str]:
    """Return the stems of a passage that weigh anything."""
    weigh = weights()
    return frozenset(s for s in map(term, words_of(text)) if weigh.get(s, 1.0) > 0.0)


def weight(found: frozenset[str]) -> float:
    """Return the summed weight of stems."""
    weigh = weights()
    return sum(weigh.get(s, 1.0) for s in found)


def cosine(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how alike two sets of stems are, 0 to 1."""
    norm = weight(one) * weight(other)
    return weight(one & other) / math.sqrt(norm) if norm else 0.0


def containment(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much of the lighter set the heavier holds, 0 to 1."""
    least = min(weight(one), weight(other))
    return weight(one & other) / least if least else 0.0


def heaviest(found: frozenset[str], most: int) -> list[str]:
    """Return the `most` stems that say most, heaviest first (then longest, then by letter)."""
    weigh = weights()
    return sorted(found, key=lambda s: (-weigh.get(s, 1.0), -len(s), s))[:most]
