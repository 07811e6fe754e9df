"""Any number of different reports out of a few coded ones, the same for the same seed.

Words, names, dates, outlets, actor codes and issues are exchanged by chance; spans move along. Two chances decide:
that of the story (what it tells) and that of the report (in whose words), so that some events have several tellings,
and some reports are agency copy of another.
"""

from __future__ import annotations

import hashlib
import random
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate

from standoff.records import Act, Coding, Region, Report, Span, Statement, Time

_WORD = re.compile(r"[^\W\d_]+")
FIRST_DAY, DAYS = date(2019, 1, 7), 6 * 365
TOLD_AGAIN, COPIED, LATE = 0.25, 0.05, 0.1
"""The shares of reports that tell an earlier report's story, copy one, and come in out of the order of days."""
_STORY, _REPORT = 0.35, 0.15
"""The shares of a text's distinct words that are exchanged for a story, and for one report of it."""
OUTLETS = tuple(f"{name} {kind}" for kind in ("Courier", "Herald", "Times", "Gazette")
                for name in ("Arden", "Velmark", "Coast", "Harbour", "Northern", "Capital", "Evening", "River",
                             "Border", "Island", "Union", "Morning"))  # fmt: skip
ACTORS = (
    "RUS UKR USA NATO EU DEU FRA GBR CHN TUR BLR POL UNO IRN ISR SYR PRK KOR JPN IND PAK AFG SRB XKX GEO ARM AZE MDA "
    "KAZ LTU LVA EST FIN SWE NOR ITA ESP ROU HUN OSCE IAEA VEN CUB EGY SAU YEM IRQ LBY SDN ETH MLI NGA"
).split()


def _cumulated(number: int) -> list[float]:
    """Weights of a Zipf distribution, added up: the first is met twice as often as the second."""
    return list(accumulate(1 / (rank + 1) for rank in range(number)))


_ACTOR_WEIGHTS = _cumulated(len(ACTORS))
_OUTLET_WEIGHTS = _cumulated(len(OUTLETS))


class Varying:
    """Makes report after report out of templates."""

    def __init__(self, templates: Sequence[Coding], seed: str = "standoff") -> None:
        """Take the templates' words for those that are exchanged."""
        self._templates = templates
        self._seed = seed
        words = {word for coding in templates for word in _WORD.findall(coding.report.text)}
        self._lower = sorted(word for word in words if word.islower() and len(word) > 4)
        self._upper = sorted(word for word in words if word.istitle() and len(word) > 3)
        labels = sorted({act.issue for coding in templates for act in coding.acts if act.issue})
        self._issues = [f"{label} {word}" for label in labels[:200] for word in self._lower[:2000:100]]
        self._issue_weights = _cumulated(len(self._issues))

    def reports(self, number: int) -> Iterator[Coding]:
        """Yield codings, in the order in which they come in."""
        for place in range(number):
            yield self.report(place, number)

    def report(self, place: int, number: int) -> Coding:
        """Return the coding at a place among `number`."""
        chance = random.Random(f"{self._seed}:{place}")
        kind = chance.random()
        story = max(0, place - chance.randint(1, 40)) if kind < TOLD_AGAIN + COPIED else place
        day = self._day(story, number)
        own = random.Random(f"{self._seed}:story:{story}")
        template = self._templates[own.randrange(len(self._templates))]
        words = self._exchanged(template, own, _STORY)
        if kind >= COPIED:
            words = self._exchanged(template, chance, _REPORT) | words
        outlet = chance.choices(OUTLETS, cum_weights=_OUTLET_WEIGHTS)[0]
        return _Moved(template, words).coding(
            f"r{place:06d}", outlet, day, self._codes(own), self._labels(template, own)
        )

    def _day(self, story: int, number: int) -> date:
        chance = random.Random(f"{self._seed}:day:{story}")
        if chance.random() < LATE:
            return FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        return FIRST_DAY + timedelta(days=story * DAYS // number)

    def _exchanged(self, template: Coding, chance: random.Random, share: float) -> dict[str, str]:
        found = {}
        for word in sorted(set(_WORD.findall(template.report.text))):
            if chance.random() < share:
                if word.islower() and len(word) > 4:
                    found[word] = chance.choice(self._lower)
                elif word.istitle() and len(word) > 3:
                    found[word] = chance.choice(self._upper)
        return found

    def _codes(self, chance: random.Random) -> dict[str, str]:
        return {code: chance.choices(ACTORS, cum_weights=_ACTOR_WEIGHTS)[0] for code in ACTORS}

    def _labels(self, template: Coding, chance: random.Random) -> dict[str, str]:
        return {
            act.issue: chance.choices(self._issues, cum_weights=self._issue_weights)[0]
            for act in template.acts
            if act.issue and chance.random() < 0.7
        }


class _Moved:
    """A template with other words, and its spans at their new places."""

    def __init__(self, template: Coding, words: dict[str, str]) -> None:
        self._template = template
        pieces: list[str] = []
        self._old, self._new = [0], [0]
        at = made = 0
        for match in _WORD.finditer(template.report.text):
            word = words.get(match.group())
            if word is None:
                continue
            before = template.report.text[at : match.start()]
            pieces += [before, word]
            made += len(before)
            self._old += [match.start(), match.end()]
            self._new += [made, made + len(word)]
            made += len(word)
            at = match.end()
        pieces.append(template.report.text[at:])
        self.text = "".join(pieces)

    def _place(self, old: int) -> int:
        at = bisect_right(self._old, old) - 1
        new = self._new[at] + old - self._old[at]
        return min(new, self._new[at + 1]) if at + 1 < len(self._new) else new

    def _span(self, span: Span) -> Span:
        start = self._place(span.start)
        return Span(start, max(start + 1, self._place(span.end)))

    def _maybe(self, span: Span | None) -> Span | None:
        return None if span is None else self._span(span)

    def coding(
        self, name: str, outlet: str, day: date, codes: dict[str, str], labels: dict[str, str]
    ) -> Coding:
        """Return the coding under another name, outlet and day, with other actor codes and issues."""
        before = self._template.report.published
        later = day - date.fromisoformat(before) if before else timedelta()
        text = self.text
        return Coding(
            Report(
                id=name,
                text=text,
                sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
                title=text.split("\n", 1)[0][:90],
                published=day.isoformat(),
                published_how="given",
                outlet=outlet,
                url=f"https://news.example/{name}",
                regions=(Region(Span(0, len(text)), "body"),),
            ),
            times=tuple(self._time(time, later) for time in self._template.times),
            statements=tuple(self._statement(statement, codes) for statement in self._template.statements),
            acts=tuple(self._act(act, later, codes, labels) for act in self._template.acts),
            passed_over=tuple(self._span(span) for span in self._template.passed_over),
        )

    def _time(self, time: Time, later: timedelta) -> Time:
        return replace(
            time, span=self._span(time.span), start=_later(time.start, later), end=_later(time.end, later)
        )

    def _statement(self, statement: Statement, codes: dict[str, str]) -> Statement:
        return replace(
            statement,
            source=self._maybe(statement.source),
            cue=self._span(statement.cue),
            content=tuple(self._span(span) for span in statement.content),
            actor=_recoded(statement.actor, codes),
        )

    def _act(self, act: Act, later: timedelta, codes: dict[str, str], labels: dict[str, str]) -> Act:
        return replace(
            act,
            trigger=self._span(act.trigger),
            evidence=self._span(act.evidence),
            content=self._maybe(act.content),
            condition=self._maybe(act.condition),
            source=_recoded(act.source, codes),
            target=_recoded(act.target, codes),
            attribution=_recoded(act.attribution, codes),
            date=_later(act.date, later),
            issue=labels.get(act.issue, act.issue),
        )


def _recoded(actors: Sequence[str], codes: dict[str, str]) -> tuple[str, ...]:
    changed = (
        "-".join([codes.get(base, base), *rest]) for base, *rest in (actor.split("-") for actor in actors)
    )
    return tuple(dict.fromkeys(changed))


def _later(value: str | None, by: timedelta) -> str | None:
    """Return an ISO date, month or year as much later; other values stay."""
    if value is None or not re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return value
    full = value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value
    return (date.fromisoformat(full) + by).isoformat()[: len(value)]
