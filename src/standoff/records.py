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
    "dateline", "web address", "file name", "newest linked story", "not found"). `regions` cover the text's
    non-blank paragraphs in order, and do not overlap.
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
    notes: tuple[str, ...] = ()
    """What a reader of the report should know about how it was read, one sentence each."""


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


# The dossier: records that are stored under a key, and what is derived from many reports.

PositionKind = Literal[
    "demand", "refusal", "offer", "acceptance", "promise", "threat", "concession", "support", "accusation"
]
Firmness = Literal["once", "repeated", "conditional", "red line"]
ChangeKind = Literal["new", "repeated", "hardened", "softened", "dropped", "contradicted"]


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report in a dossier.

    `key` is its number there and `added` when it came in (ISO date and time, UTC). Reports with the same
    `voice` (the key of the first of them) tell the same text, as agency copy does, and count as one
    source.
    """

    key: int
    report: Report
    added: str
    voice: int


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """A statement in a dossier; `report` is the key of its report, `quote` the text from its first to last
    span.
    """

    key: int
    report: int
    statement: Statement
    quote: str


@dataclass(frozen=True, slots=True)
class StoredAct:
    """An act in a dossier.

    `report` and `event` are keys; `issue` is the dossier's canonical label (`act.issue` keeps the coder's
    own) and `quote` is the text of the evidence.
    """

    key: int
    report: int
    event: int
    act: Act
    issue: str
    quote: str


@dataclass(frozen=True, slots=True)
class Version:
    """One of several ways in which sources tell an event.

    `field` is "date", "number", "source", "target", "place" or "modality"; `value` is what these acts say
    of it, and `voices` the number of independent sources that say so.
    """

    field: str
    value: str
    acts: tuple[int, ...]
    voices: int


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened or was said, as all reports of the dossier tell it.

    `acts` and `reports` are keys, in the order of telling; `voices` counts independent sources (agency
    copy once). `source`, `target`, `date`, `place`, `issue`, `modality` are what most voices say;
    `date_known` is False where no report dates it and `date` is the publication date of the first.
    `versions` lists every version of each field on which sources differ and is empty where they agree;
    `contested` is True where they differ in date, number, doer or in whether it happened.
    """

    key: int
    type: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    date: str | None
    place: str | None
    issue: str
    modality: Modality
    acts: tuple[int, ...]
    reports: tuple[int, ...]
    voices: int
    quote: str = ""
    date_known: bool = True
    versions: tuple[Version, ...] = ()
    contested: bool = False


@dataclass(frozen=True, slots=True)
class PositionEntry:
    """One thing that an actor wants, refuses, offers, threatens (codebook, layer 3).

    `acts` are keys, `target` says to whom, `first` and `last` are the ISO dates of its first and last
    telling, `condition` its words in the text, `content` what is demanded (…) in the words of the fullest
    telling, `also` the other actors with an entry of the same kind about the same content, `voices` the
    number of independent sources.
    """

    kind: PositionKind
    acts: tuple[int, ...]
    target: tuple[str, ...]
    first: str | None
    last: str | None
    condition: str | None
    firmness: Firmness
    content: str
    voices: int = 1
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """What one actor has said for and against on one issue, oldest first."""

    actor: str
    issue: str
    entries: tuple[PositionEntry, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What became different in a position after a date.

    `acts` are the keys of the acts after the date that make the change, `before` of those until it that
    they change. `note` says it in one sentence.
    """

    kind: ChangeKind
    actor: str
    issue: str
    entry: PositionEntry
    date: str | None
    acts: tuple[int, ...]
    before: tuple[int, ...]
    note: str


@dataclass(frozen=True, slots=True)
class TensionPoint:
    """Conflict and cooperation between two actors in one ISO week.

    `conflict` and `cooperation` count events of either class that happened; `score` is the mean of their
    Goldstein-like weights, −10 (assault) to +10; `events` are keys.
    """

    dyad: tuple[str, str]
    week: str
    conflict: int
    cooperation: int
    score: float
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """How one actor acts on another: counts of events by class, deeds apart from words; `events` are keys."""

    source: str
    target: str
    conflict_words: int
    conflict_deeds: int
    cooperation_words: int
    cooperation_deeds: int
    events: tuple[int, ...]
