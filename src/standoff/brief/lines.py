"""One line about one event: who, what, to whom, in which words, on whose word, and the way to its evidence.

Every section that shows an event shows it as the same line, so that a reader meets one thing in one form.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from standoff.brief.marks import Mark, is_deed, mark_of
from standoff.brief.material import Material
from standoff.brief.names import actor_name, actor_names
from standoff.brief.safety import plain
from standoff.brief.wording import (
    MODALITY_WORDS,
    date_words,
    iso_date,
    joined,
    phrases,
    shortened,
    verb,
)
from standoff.records import MODALITIES, VERBAL_TYPES, Event, Modality, StoredAct, Version

QUOTE_LIMIT = 220
TELLING_WORDS = 3
"""Content of fewer words ("it", "those demands") says nothing alone; the clause around it is quoted instead."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A link to one place in a source: `number` is what print shows, `words` what a screen reader says."""

    href: str
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One of the ways in which sources tell a contested event."""

    field: str
    value: str
    voices: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An event as every section shows it.

    `marks` are one mark, or two where sources contest the event, with `sides` the number of voices on each
    side. `quote` are words of the source. `on_word` says on whose word
    alone the event is told, empty where the outlet tells it.
    """

    anchor: str
    type: str
    label: str
    deed: bool
    marks: tuple[Mark, ...]
    sides: tuple[int, ...]
    doers: str
    verb: str
    targets: str
    quote: str
    condition: str
    state: str
    on_word: str
    date: str
    iso: str
    date_known: bool
    place: str
    issue: str
    voices: int
    evidence: tuple[Evidence, ...]
    tellings: tuple[Telling, ...]
    codes: tuple[str, ...]

    @property
    def struck(self) -> bool:
        """True where the event is denied and no source tells it otherwise, so that its sentence is struck out."""
        return len(self.marks) == 1 and self.marks[0].shape.endswith("struck")

    @property
    def sentence(self) -> str:
        """The line in plain words, without its quotation."""
        return " ".join(part for part in (self.doers, self.verb, self.targets) if part)


def event_anchor(key: int) -> str:
    """Return the id of an event's row in the table of acts."""
    return f"event-{key}"


def act_anchor(key: int) -> str:
    """Return the id of an act's place in the sources."""
    return f"a{key}"


def evidence_of(material: Material, act: StoredAct) -> Evidence:
    """Return the link to where a report tells this act."""
    report = material.report_by_key[act.report].report
    where = plain(report.outlet) or plain(report.title) or plain(report.id)
    href = f"{material.address_of(act.report)}#{act_anchor(act.key)}"
    return Evidence(href, str(act.key), f"Evidence {act.key}, {shortened(where, 60)}")


def line_of(material: Material, event: Event) -> Line:
    """Return the line of an event."""
    acts = [material.act_by_key[key] for key in event.acts if key in material.act_by_key]
    doers = joined(actor_names(event.source)) or "Somebody not named"
    words = phrases()[event.type]
    marks, sides = _marks(event)
    return Line(
        anchor=event_anchor(event.key),
        type=event.type,
        label=words.label,
        deed=is_deed(event.type),
        marks=marks,
        sides=sides,
        doers=doers,
        verb=verb(event.type, event.modality, doers=max(1, len(event.source)), targets=len(event.target)),
        targets=joined(actor_names(event.target)),
        quote=shortened(_words_of(material, event, acts), QUOTE_LIMIT),
        condition=shortened(_longest(material.text_of(act, act.act.condition) for act in acts), QUOTE_LIMIT),
        state="" if event.modality == "actual" else MODALITY_WORDS[event.modality],
        on_word=_on_word(material, event, acts),
        date=date_words(event.date),
        iso=iso_date(event.date),
        date_known=event.date_known and bool(event.date),
        place=shortened(event.place or "", 60),
        issue=shortened(event.issue, 80),
        voices=event.voices,
        evidence=tuple(evidence_of(material, act) for act in acts),
        tellings=tuple(_telling(material, version) for version in event.versions),
        codes=tuple(dict.fromkeys((*event.source, *event.target))),
    )


def _words_of(material: Material, event: Event, acts: list[StoredAct]) -> str:
    """Return the words to quote: what was said where the event is words, else the clause of the deed."""
    said = (
        _longest(material.text_of(act, act.act.content) for act in acts) if event.type in VERBAL_TYPES else ""
    )
    return telling_words(said, event.quote)


def telling_words(content: str, clause: str) -> str:
    """Return the content where it says something alone, else the clause that it stands in."""
    return content if len(content.split()) >= TELLING_WORDS or not clause else clause


def _longest(words: Iterable[str]) -> str:
    return max(words, key=len, default="")


def _on_word(material: Material, event: Event, acts: list[StoredAct]) -> str:
    """Return on whose word alone the event rests: nobody's where at least one outlet tells it itself."""
    if not acts or not all(act.act.attribution for act in acts):
        return ""
    codes = dict.fromkeys(code for act in acts for code in act.act.attribution)
    said = "denied by" if event.modality == "denied" else "on the word of"
    return f"{said} {joined(actor_names(tuple(codes)))}"


def _marks(event: Event) -> tuple[tuple[Mark, ...], tuple[int, ...]]:
    """Return the event's mark, or the marks of its two leading versions joined where it is contested."""
    own = mark_of(event.type, event.modality)
    if event.contested:
        fields = dict.fromkeys(version.field for version in event.versions)
        for name in sorted(fields, key=lambda name: name != "modality"):
            told = sorted((v for v in event.versions if v.field == name), key=lambda v: -v.voices)[:2]
            if len(told) > 1:
                marks = tuple(_mark_in(event, version) for version in told)
                return marks, tuple(version.voices for version in told)
    return (own,), ()


def _mark_in(event: Event, version: Version) -> Mark:
    """Return the mark of an event as one version tells it."""
    told = modality_of(version.value) if version.field == "modality" else None
    return mark_of(event.type, told or event.modality)


def modality_of(value: str) -> Modality | None:
    """Return the modality of this name, None for another word."""
    return next((modality for modality in MODALITIES if modality == value), None)


_FIELD_WORDS = {
    "date": "date",
    "number": "number",
    "source": "who did it",
    "target": "to whom",
    "place": "place",
    "modality": "whether it happened",
}


def _telling(material: Material, version: Version) -> Telling:
    value = plain(version.value)
    modality = modality_of(version.value) if version.field == "modality" else None
    if version.field == "date":
        value = date_words(value)
    elif modality:
        value = MODALITY_WORDS[modality]
    elif version.field in ("source", "target"):
        value = (
            joined([actor_name(code.strip()) for code in version.value.split(",") if code.strip()]) or value
        )
    acts = (material.act_by_key[key] for key in version.acts if key in material.act_by_key)
    return Telling(
        _FIELD_WORDS.get(version.field, version.field),
        shortened(value, 80),
        version.voices,
        tuple(evidence_of(material, act) for act in acts),
    )
