"""Do two acts tell the same event? One number from who, what, when, where and in which words.

The features follow event coreference across documents as practised before learned encoders (Bejan and
Harabagiu 2010; Cybulska and Vossen 2015, "Bag of Events"): agreement of participants, time and place
decides as much as the words do. The weights stand in `merging.toml` and come from
`benchmarks/merging/fit.py`.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from standoff.dossier.days import Days, apart, days_of
from standoff.dossier.events import words
from standoff.dossier.events.party_names import names_of
from standoff.records import RECIPROCAL_TYPES, VERBAL_TYPES, Act, Span

REACH_BACK = 120
"""How many days before its publication an undated act in words was said; an undated deed may be of any
time before.
"""
MOST_APART = 4
"""How many days two told dates may differ and still be versions of one date."""

LEAST_IN_COMMON = 0.1
"""The share of the lighter telling's words, by weight, below which two tellings have nothing in common."""

_BLOCS: dict[str, frozenset[str]] = {
    "WEST": frozenset({"USA", "EU", "EUROPE", "NATO", "GBR", "FRA", "DEU", "G7"}),
    "EUROPE": frozenset({"EU", "GBR", "FRA", "DEU", "E3"}),
}


@dataclass(frozen=True, slots=True)
class Telling:
    """What merging looks at in one act of one report. `published` is the day of the report, if known."""

    type: str
    source: frozenset[str]
    target: frozenset[str]
    modality: str
    date: Days | None
    published: int | None
    place: frozenset[str]
    trigger: frozenset[str]
    words: frozenset[str]
    issue: str
    report: int
    evidence: Span

    @classmethod
    def of(cls, act: Act, text: str, published: str | None, issue: str, report: int) -> Telling:
        """Return the telling of an act in a report's text."""
        stems, trigger = stems_of(act, text)
        return cls.of_stems(
            act.type, act.source, act.target, act.modality, act.date, published, act.place, stems, trigger,
            issue, report, act.evidence,
        )  # fmt: skip

    @classmethod
    def of_stems(
        cls, type_: str, source: Iterable[str], target: Iterable[str], modality: str, date: str | None,
        published: str | None, place: str | None, stems: frozenset[str], trigger: frozenset[str], issue: str,
        report: int, evidence: Span,
    ) -> Telling:  # fmt: skip
        """Return the telling of an act whose words are stems already; the names of its parties are left out."""
        day = days_of(published)
        doers, others = frozenset(source), frozenset(target)
        names = names_of(doers | others)
        return cls(
            type=type_,
            source=doers,
            target=others,
            modality=modality,
            date=days_of(date),
            published=day.last if day else None,
            place=words.stems(place) if place else frozenset(),
            trigger=trigger - names,
            words=stems - names,
            issue=issue,
            report=report,
            evidence=evidence,
        )

    @property
    def parties(self) -> frozenset[str]:
        """All actors, whatever their role."""
        return self.source | self.target

    def window(self) -> Days | None:
        """Return the days on which it may have happened, as far as date and publication tell."""
        if self.date is not None:
            return self.date
        if self.published is not None:
            said = self.type in VERBAL_TYPES
            return Days(self.published - REACH_BACK if said else 1, self.published + 2)
        return None


def stems_of(act: Act, text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems of an act's evidence and content, and those of its trigger, names among them."""
    passages = [text[act.evidence.start : act.evidence.end]]
    if act.content is not None and not _inside(act.content, act.evidence):
        passages.append(text[act.content.start : act.content.end])
    told = frozenset().union(*(words.stems(passage) for passage in passages))
    return told, words.stems(text[act.trigger.start : act.trigger.end])


def _inside(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how alike two sets of actor codes are, 0 to 1.

    A bloc stands for its members at part of their weight, and so does a state for a party inside it (USA,
    USA-CIV). A side that names nobody agrees with everybody, at 0.5.
    """
    if not one or not other:
        return 1.0 if one == other else 0.5
    best = [max(_kin(a, b) for b in other) for a in one] + [max(_kin(a, b) for a in one) for b in other]
    return sum(best) / len(best)


def _kin(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if other in _BLOCS.get(one, ()) or one in _BLOCS.get(other, ()):
        return 0.6
    return 0.4 if one.split("-")[0] == other.split("-")[0] else 0.0


def can_be_same(one: Telling, other: Telling) -> bool:
    """Return False where two tellings cannot be of one event, whatever their words: type, parties, time."""
    if one.type != other.type or _told_apart(one, other):
        return False
    if one.type in RECIPROCAL_TYPES:
        alike = likeness(one.parties, other.parties)
        if alike < 0.5 or _another_partner(one, other, alike) or _each_its_own(one, other):
            return False
    elif likeness(one.source, other.source) < 0.35 and not _doer_may_differ(one, other):
        return False
    windows = one.window(), other.window()
    if windows[0] is None or windows[1] is None:
        return True
    return apart(windows[0], windows[1]) <= (MOST_APART if one.date and other.date else 0)


def _told_apart(one: Telling, other: Telling) -> bool:
    """One report that codes two acts from overlapping evidence means two things."""
    if one.report != other.report:
        return False
    return one.evidence.start < other.evidence.end and other.evidence.start < one.evidence.end


def nothing_in_common(one: Telling, other: Telling) -> bool:
    """Return True where two tellings share no word that says anything, nor the same place on the same day."""
    if words.containment(one.words, other.words) >= LEAST_IN_COMMON or one.trigger & other.trigger:
        return False
    same_place = bool(one.place & other.place)
    return not (same_place and one.date is not None and one.date == other.date)


def _each_its_own(one: Telling, other: Telling) -> bool:
    """A signs towards B, and B towards A: two agreements, where both tellings part the sides."""
    parted = one.type == "AGREE" and bool(one.target and other.target)
    return parted and not (one.source & other.source or one.target & other.target)


def _another_partner(one: Telling, other: Telling, alike: float) -> bool:
    """A telephones B, and A telephones C in the same words: two talks, where each telling names two or more."""
    return alike <= 0.5 and len(one.parties) > 1 and len(other.parties) > 1


def _doer_may_differ(one: Telling, other: Telling) -> bool:
    """Each side lays the same deed to the other: same victim or place on the same day."""
    if one.type in VERBAL_TYPES or one.date is None or other.date is None or one.date != other.date:
        return False
    return bool(one.place and one.place == other.place) or bool(one.target & other.target)


def features(one: Telling, other: Telling) -> dict[str, float]:
    """Return what speaks for and against two tellings being of one event, each about 0 to 1."""
    cosine = words.cosine(one.words, other.words)
    verbal = one.type in VERBAL_TYPES
    denial = (one.modality == "denied") != (other.modality == "denied")
    found = {
        "bias": 1.0,
        "verbal": float(verbal),
        "cosine": cosine,
        "cosine_verbal": cosine if verbal else 0.0,
        "containment": words.containment(one.words, other.words),
        "trigger": words.containment(one.trigger, other.trigger),
        "issue": float(bool(one.issue) and one.issue == other.issue),
        # A denial speaks of the very deed that the same report, or another, tells.
        "same_report": float(one.report == other.report and not denial),
        "modality": float(one.modality == other.modality or denial),
    }
    if one.type in RECIPROCAL_TYPES:
        found["parties"] = likeness(one.parties, other.parties)
    else:
        found["source"] = likeness(one.source, other.source)
        found["target"] = likeness(one.target, other.target)
    found.update(_when(one, other, verbal))
    if one.place and other.place:
        found["place_same" if one.place & other.place else "place_differs"] = 1.0
    return found


def _when(one: Telling, other: Telling, verbal: bool) -> dict[str, float]:
    if one.date is None and other.date is None:
        if one.published is None or other.published is None:
            return {"undated": 1.0}
        gap = abs(one.published - other.published)
        return {"undated": 1.0, "undated_gap": min(1.0, math.log1p(gap) / math.log1p(REACH_BACK))}
    if one.date is None or other.date is None:
        return {"half_dated": 1.0}
    gap = apart(one.date, other.date)
    days = one.date.first == one.date.last, other.date.first == other.date.last
    if all(days):
        exact = "same_day_verbal" if verbal else "same_day"
        return {exact: 1.0} if gap == 0 else {"days_apart": gap / MOST_APART}
    same = one.date == other.date
    return {"same_period" if same else "within_period": 1.0} if gap == 0 else {"days_apart": 1.0}


@lru_cache(maxsize=1)
def _settings() -> tuple[dict[str, float], float]:
    table = tomllib.loads(resources.files(__package__).joinpath("merging.toml").read_text("utf-8"))
    return {name: float(value) for name, value in table["weights"].items()}, float(table["threshold"])


def same_event(one: Telling, other: Telling) -> float:
    """Return the probability that two tellings are of one event, 0 where they cannot be.

    Tellings with nothing in common get next to nothing, which speaks against an event but does not rule it out.
    """
    if not can_be_same(one, other):
        return 0.0
    if nothing_in_common(one, other):
        return 0.01
    weights = _settings()[0]
    total = sum(weights.get(name, 0.0) * value for name, value in features(one, other).items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def belongs(telling: Telling, event: Iterable[Telling]) -> float:
    """Return how well a telling fits an event, as one number to compare with `threshold()`.

    The best-fitting telling counts half, the mean over all of them half: one odd telling must not chain two
    events together. A telling of the event that cannot be the same makes it 0.
    """
    scores = [same_event(telling, other) for other in event]
    if not scores or min(scores) == 0.0:
        return 0.0
    return (max(scores) + sum(scores) / len(scores)) / 2


def are_one(event: Sequence[Telling], other: Sequence[Telling]) -> bool:
    """Return True where two events are one: each telling of either fits the other on average, and none is
    against.
    """
    fits = [belongs(telling, other) for telling in event] + [belongs(telling, event) for telling in other]
    return min(fits) > 0.0 and sum(fits) / len(fits) >= threshold()


def threshold() -> float:
    """Return the least value of `belongs` at which an act joins an event."""
    return _settings()[1]
