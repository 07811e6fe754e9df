"""The cue table: which word, in which construction, attributes content to a source.

`cues.csv` has one row for each word in each construction. Columns: `lemma` (for fixed phrases the verb and the word
that must follow it, "make clear"), `pos` (verb, noun, adj, adv), `construction`, `weight` and `remarks`. The weight is
the share of such places in training text that annotators code as a statement; it is the candidate's confidence.

| construction | example (content in brackets) |
|---|---|
| clause | said that [it would go]; [it would go], he said |
| quote | a quotation beside the cue: "[…]," said Smith |
| infinitive | agreed [to go]; a demand [to go] |
| order | urged him [to go]; called on him [to go] |
| gerund | considered [going] |
| object | demanded [a promise] |
| as, name | described [it as useful]; called [it a mistake] |
| of, for, about, … | warned of [war]; fears of [war] |
| object-of, object-for, … | accused him of [fraud] |
| passive-clause, passive-infinitive, passive-of | [he] is expected [to go] |
| adverb | [he] reportedly [went] |
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import resources


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of the table; `weight` lies in (0, 1]."""

    lemma: str
    pos: str
    construction: str
    weight: float


@dataclass(slots=True)
class Lexicon:
    """The rows by part of speech and lemma; `threshold` is the least weight that makes a candidate."""

    rows: dict[tuple[str, str], dict[str, Cue]] = field(default_factory=dict)
    companions: dict[str, frozenset[str]] = field(default_factory=dict)

    def constructions(self, pos: str, lemma: str) -> dict[str, Cue]:
        """Return the constructions in which a word is a cue; empty where it is none."""
        return self.rows.get((pos, lemma), {})

    def companion(self, verb: str) -> frozenset[str]:
        """Return the second words of the fixed phrases that begin with this verb ("make": clear, known, plain)."""
        return self.companions.get(verb, frozenset())


def build(cues: Iterable[Cue]) -> Lexicon:
    """Index rows for look-up."""
    rows: dict[tuple[str, str], dict[str, Cue]] = {}
    companions: dict[str, set[str]] = {}
    for cue in cues:
        rows.setdefault((cue.pos, cue.lemma), {})[cue.construction] = cue
        verb, _, second = cue.lemma.partition(" ")
        if second:
            companions.setdefault(verb, set()).add(second)
    return Lexicon(rows, {verb: frozenset(words) for verb, words in companions.items()})


@functools.cache
def load(threshold: float = 0.35) -> Lexicon:
    """Read the packaged table, leaving out rows below the threshold."""
    table = resources.files(__package__).joinpath("cues.csv").read_text(encoding="utf-8")
    records = csv.DictReader(table.splitlines())
    cues = [Cue(r["lemma"], r["pos"], r["construction"], float(r["weight"])) for r in records]
    return build(cue for cue in cues if cue.weight >= threshold)
