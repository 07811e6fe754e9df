"""At a glance: the figures with their base, who acts on whom, and the leading lines of each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from standoff.brief.answers import Answer, answers
from standoff.brief.lines import Line
from standoff.brief.marks import is_deed, tone_of
from standoff.brief.material import Material
from standoff.brief.names import actor_name, actor_names
from standoff.brief.wording import counted
from standoff.records import RECIPROCAL_TYPES, Event

PANEL_LINES = 6
PAIRS = 10
MARKS_A_CELL = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its base and what it counts; `href` leads to the lines behind it."""

    number: int
    base: int | None
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class PanelLine:
    """A line in a panel, with what became of it where it is a demand."""

    line: Line
    fate: str = ""
    replies: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """The leading lines of one kind; `total` of them are behind `href`, `empty` says what would fill the
    panel.
    """

    title: str
    lines: tuple[PanelLine, ...]
    total: int
    href: str
    empty: str


@dataclass(frozen=True, slots=True)
class PairCell:
    """The events of one pair and one class: the first as marks with their links, and how many there are."""

    lines: tuple[Line, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Pair:
    """How one actor acts on another; `mutual` where the parties act on each other."""

    source: str
    target: str
    mutual: bool
    conflict_deeds: PairCell
    conflict_words: PairCell
    cooperation_deeds: PairCell
    cooperation_words: PairCell


@dataclass(frozen=True, slots=True)
class Glance:
    """The first section of a brief."""

    figures: tuple[Figure, ...]
    pairs: tuple[Pair, ...]
    pairs_total: int
    untargeted: int
    words: tuple[Panel, ...]
    deeds: tuple[Panel, ...]
    contested: Panel


def glance_of(material: Material, lines: Mapping[int, Line]) -> Glance:
    """Return the first section; `lines` are the lines of all events by key."""
    events = material.events
    replies = answers(events)
    pairs = _pairs(material, lines)
    return Glance(
        figures=_figures(material, replies),
        pairs=pairs[:PAIRS],
        pairs_total=len(pairs),
        untargeted=sum(1 for event in events if not _directions(event)),
        words=(
            _demands(replies, lines),
            _panel(
                events,
                lines,
                "Refused",
                "acts-REJECT",
                "None. A report that tells of a refusal or veto would fill this.",
                _words_of_type("REJECT"),
            ),
            _panel(
                events,
                lines,
                "Threatened",
                "acts-THREATEN",
                "None. A report that tells of a threat or ultimatum would fill this.",
                _words_of_type("THREATEN"),
            ),
            _panel(
                events,
                lines,
                "Promised, agreed or conceded",
                "acts-AGREE",
                "None. A report that tells of a promise, an agreement, an offer or a concession would fill this.",
                _words_of_type("AGREE", "CONCEDE"),
            ),
        ),
        deeds=(
            _panel(
                events,
                lines,
                "Done",
                "deeds-actual",
                "None. A report that tells of a deed that is told as having happened would fill this.",
                _deeds("actual"),
            ),
            _panel(
                events,
                lines,
                "Planned, conditional or demanded",
                "deeds-planned",
                "None. A report that tells of a deed that is announced, tied to a condition, or asked for would fill this.",
                _deeds("planned", "conditional", "demanded"),
            ),
            _panel(
                events,
                lines,
                "Only feared or suspected",
                "deeds-possible",
                "None. A report that tells of a deed that others fear, expect or suspect would fill this.",
                _deeds("possible"),
            ),
            _panel(
                events,
                lines,
                "Denied",
                "deeds-denied",
                "None. A report that tells of a deed that is said not to have happened would fill this.",
                _deeds("denied"),
            ),
        ),
        contested=_panel(
            events,
            lines,
            "Contested between sources",
            "acts",
            "None. Two reports that tell one event with different dates, numbers or doers would fill this.",
            lambda event: event.contested,
        ),
    )


def _figures(material: Material, replies: Sequence[Answer]) -> tuple[Figure, ...]:
    events = material.events
    deeds = [event for event in events if is_deed(event.type)]
    states = Counter(event.modality for event in deeds)
    refused = sum(1 for reply in replies if reply.refusals)
    conditional = [event for event in events if event.type == "THREATEN" and event.modality == "actual"]
    with_condition = sum(
        1
        for event in conditional
        if any(material.act_by_key[key].act.condition for key in event.acts if key in material.act_by_key)
    )
    unreal = states["possible"] + states["denied"]
    figures = [
        Figure(refused, len(replies), "demands refused", "#acts-REQUEST"),
        Figure(with_condition, len(conditional), "threats tied to a condition", "#acts-THREATEN"),
        Figure(len(deeds), len(events), "acts are deeds; the others are words", "#deeds"),
        Figure(unreal, len(deeds), "deeds only feared, or denied", "#deeds-possible"),
    ]
    if len(material.reports) > 1:
        contested = sum(1 for event in events if event.contested)
        figures.append(
            Figure(contested, len(events), "acts told differently by different sources", "#contested")
        )
    return tuple(figures)


def _words_of_type(*types: str) -> Callable[[Event], bool]:
    return lambda event: event.type in types and event.modality == "actual"


def _deeds(*modalities: str) -> Callable[[Event], bool]:
    return lambda event: is_deed(event.type) and event.modality in modalities


def _leading(events: Iterable[Event]) -> list[Event]:
    """Return events with most sources first, then those that name both parties, then the latest."""
    return sorted(
        events,
        key=lambda event: (
            -event.voices,
            not (event.source and event.target),
            _backwards(event.date),
            event.key,
        ),
    )


def _backwards(date: str | None) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in date) if date else (0,)


def _panel(
    events: Sequence[Event],
    lines: Mapping[int, Line],
    title: str,
    anchor: str,
    empty: str,
    belongs: Callable[[Event], bool],
) -> Panel:
    found = _leading(event for event in events if belongs(event))
    return Panel(
        title,
        tuple(PanelLine(lines[event.key]) for event in found[:PANEL_LINES]),
        len(found),
        f"#{anchor}",
        empty,
    )


_FATE_WORDS = {
    "refused": "refused by",
    "granted": "met with a promise or concession by",
    "refused and granted": "refused, and met with a promise or concession, by",
    "unanswered": "no answer in these reports",
}


def _demands(replies: Sequence[Answer], lines: Mapping[int, Line]) -> Panel:
    by_key = {reply.demand.key: reply for reply in replies}
    shown = []
    for demand in _leading(reply.demand for reply in replies)[:PANEL_LINES]:
        reply = by_key[demand.key]
        answering = tuple(lines[event.key] for event in (*reply.refusals, *reply.grants))
        shown.append(PanelLine(lines[demand.key], _FATE_WORDS[reply.fate], answering))
    return Panel(
        "Demanded",
        tuple(shown),
        len(replies),
        "#acts-REQUEST",
        "None. A report in which one party asks or demands something of another would fill this.",
    )


def _directions(event: Event) -> list[tuple[str, str, bool]]:
    """Return who acts on whom, as (source, target, mutual); nothing where only one side is named."""
    if event.target:
        mutual = event.type in RECIPROCAL_TYPES
        found = [(doer, target, mutual) for doer in event.source for target in event.target if doer != target]
    elif event.type in RECIPROCAL_TYPES:
        codes = event.source
        found = [(one, other, True) for k, one in enumerate(codes) for other in codes[k + 1 :]]
    else:
        found = []
    return [(min(a, b), max(a, b), True) if both else (a, b, False) for a, b, both in found]


def _pairs(material: Material, lines: Mapping[int, Line]) -> tuple[Pair, ...]:
    """Return directed pairs, the two directions of a pair together, the pairs with most events first."""
    rows: dict[tuple[str, str, bool], list[Event]] = {}
    weight: Counter[frozenset[str]] = Counter()
    for event in material.events:
        for row in dict.fromkeys(_directions(event)):
            rows.setdefault(row, []).append(event)
            weight[frozenset(row[:2])] += 1
    ordered = sorted(
        rows,
        key=lambda row: (
            -weight[frozenset(row[:2])],
            min(row[:2]),
            max(row[:2]),
            row[2],
            -len(rows[row]),
            row[0],
        ),
    )
    return tuple(_pair(material, lines, row, rows[row]) for row in ordered)


def _pair(
    material: Material, lines: Mapping[int, Line], row: tuple[str, str, bool], events: Sequence[Event]
) -> Pair:
    def cell(tone: str, deed: bool) -> PairCell:
        chosen = [lines[e.key] for e in events if tone_of(e.type) == tone and is_deed(e.type) is deed]
        return PairCell(tuple(chosen[:MARKS_A_CELL]), len(chosen))

    return Pair(
        actor_name(row[0]),
        actor_name(row[1]),
        row[2],
        conflict_deeds=cell("warm", True),
        conflict_words=cell("warm", False),
        cooperation_deeds=cell("cool", True),
        cooperation_words=cell("cool", False),
    )


def headline_actors(material: Material, limit: int = 4) -> tuple[str, ...]:
    """Return the names of the actors with most acts, done or suffered, most first."""
    counts: Counter[str] = Counter()
    for event in material.events:
        counts.update(dict.fromkeys((*event.source, *event.target), 1))
    for statement in material.statements if not counts else ():
        counts.update(statement.statement.actor)
    ranked = sorted(counts, key=lambda code: (-counts[code], code))
    return actor_names(tuple(ranked[:limit]))


def summary_words(material: Material) -> str:
    """Return what the brief rests on: "25 acts and 33 statements from 3 reports (2 independent sources)"."""
    voices = len({stored.voice for stored in material.reports})
    copies = f" ({counted(voices, 'independent source')})" if voices < len(material.reports) else ""
    return (
        f"{counted(len(material.events), 'act')} and {counted(len(material.statements), 'statement')} "
        f"from {counted(len(material.reports), 'report')}{copies}"
    )
