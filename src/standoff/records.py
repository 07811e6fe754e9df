"""The records that travel between rooms: frozen, evidence-bearing, free of behaviour.

All spans are half-open `[start, end)` intervals of Unicode code points into the report's unchanged `text`, so that
`text[start:end]` is the evidence. Field names and meanings follow the codebook; types are those of PLOVER (Halterman,
Bagozzi, Beger, Schrodt and Scarborough 2023, "PLOVER and POLECAT").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Form = Literal["direct", "indirect", "mixed"]
Modality = Literal["actual", "planned", "conditional", "demanded", "possible", "denied"]
RegionKind = Literal["headline", "byline", "dateline", "caption", "body", "noise"]

ACT_TYPES: tuple[str, ...] = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
"""PLOVER's sixteen types, from verbal cooperation to material conflict."""

VERBAL_TYPES: frozenset[str] = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
)
"""The types that are acts in words; the other eight are deeds."""

RECIPROCAL_TYPES: frozenset[str] = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Types in which the parties act on each other, so that direction carries no meaning."""

MODALITIES: tuple[Modality, ...] = ("actual", "planned", "conditional", "demanded", "possible", "denied")


class Span(NamedTuple):
    """A half-open interval `[start, end)` in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the text that is one kind of thing on the page (one paragraph, usually)."""

    span: Span
    kind: RegionKind


@dataclass(frozen=True, slots=True)
class Report:
    """One frozen text with its metadata.

    `sha256` is the identity of the text (hex digest of its UTF-8 bytes). `published` is an ISO date (`YYYY-MM-DD`,
    or `YYYY-MM` / `YYYY` where no more is known) or None; `published_how` says where it comes from ("given", "file",
    "dateline", "newest linked story", "not found"). `regions` cover the text's non-blank paragraphs in order, and do
    not overlap.
    """

    id: str
    text: str
    sha256: str
    title: str | None = None
    published: str | None = None
    published_how: str = "not found"
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    format: str = "text"
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class Time:
    """An expression that names a calendar date or period.

    `value` is `YYYY-MM-DD`, `YYYY-Www`, `YYYY-MM`, `YYYY`, or `PAST_REF`, `PRESENT_REF`, `FUTURE_REF`. `start` and
    `end` are the first and last day of the interval it covers (ISO dates), None for the references.
    """

    span: Span
    value: str
    start: str | None = None
    end: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody says something: source, cue, content (codebook section 1).

    `guess` is True where the actor codes rest on a guess (a pronoun with several candidates, a bare title).
    """

    source: Span | None
    actor: tuple[str, ...]
    cue: Span
    content: tuple[Span, ...]
    form: Form
    confidence: float = 1.0
    rule: str = ""
    guess: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """One actor does something to another, in words or deeds (codebook section 2)."""

    type: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    modality: Modality
    trigger: Span
    evidence: Span
    content: Span | None = None
    condition: Span | None = None
    attribution: tuple[str, ...] = ()
    date: str | None = None
    place: str | None = None
    issue: str = ""
    confidence: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """All records of one report. `passed_over` are the sentences that hold no record."""

    report: Report
    times: tuple[Time, ...] = ()
    statements: tuple[Statement, ...] = ()
    acts: tuple[Act, ...] = ()
    passed_over: tuple[Span, ...] = ()
    notes: tuple[str, ...] = field(default=())
