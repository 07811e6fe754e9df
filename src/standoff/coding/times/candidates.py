"""What may be the date of an act: the times of its sentence, the date the story has reached, the publication date."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from standoff.coding.times import values
from standoff.records import Span, Time

if TYPE_CHECKING:
    from spacy.tokens import Span as DocSpan
    from spacy.tokens import Token

    from standoff.language.analysis import Analysis

Kind = Literal["time", "story", "earlier", "mention", "later", "published", "month", "none"]
_WEEK = re.compile(r"-W\d\d\Z")
_STEM = 5
"""Letters by which two words are taken for the same ("protested", "protesters")."""
_BACK = 3
"""How many dates told before the last one stay candidates."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible date of an act.

    `kind` tells where it comes from: a `time` in the act's sentence, the last date told before it (`story`), one told
    before that (`earlier`), one in an earlier or later sentence that speaks of the act by the same word (`mention`,
    `later`), the day (`published`) or the month (`month`) of publication, or `none`. `date` is written as an act's
    date; None for `none`. `away` counts the sentences between.
    """

    kind: Kind
    date: str | None
    time: Time | None = None
    away: int = 0


def calendar_date(time: Time) -> str | None:
    """Return a time as an act's date: a season or a range is the month or the year that holds it.

    A week over the turn of a month is told by the month in which it begins.
    """
    if time.start is None or time.end is None:
        return None
    period = values.period_of(time.value)
    if period is not None and len(period.value) in (4, 7, 10) and period.value.replace("-", "").isdigit():
        return period.value
    if time.start[:7] == time.end[:7]:
        return time.start[:7]
    if _WEEK.search(time.value):
        return time.start[:7]
    return time.start[:4] if time.start[:4] == time.end[:4] else None


@dataclass(slots=True)
class DatedText:
    """The times of one report by sentence, made once for all its acts."""

    analysis: Analysis
    times: Sequence[Time]
    sentences: list[DocSpan]
    starts: list[int]
    stems: list[frozenset[str]]
    dates: list[tuple[Time, str, int]]
    """The times that are dates, each as an act's date and with the number of its sentence."""

    @classmethod
    def of(cls, analysis: Analysis, times: Sequence[Time]) -> DatedText:
        """Lay out the times of a report; `times` are in the order of the text."""
        sentences = list(analysis.doc.sents)
        stems = [frozenset(_stem(token) for token in sentence if _speaks(token)) for sentence in sentences]
        starts = [sentence.start_char for sentence in sentences]
        dates = [
            (time, date, max(0, bisect.bisect_right(starts, time.span.start) - 1))
            for time in times
            if (date := calendar_date(time)) is not None
        ]
        return cls(analysis, times, sentences, starts, stems, dates)

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that holds a code point."""
        return max(0, bisect.bisect_right(self.starts, offset) - 1)

    def candidates(self, trigger: Span, evidence: Span) -> list[Candidate]:
        """Return the possible dates of an act, `none` first."""
        if not self.sentences:
            return [Candidate("none", None)]
        here = self.sentence_at(trigger.start)
        sentence = self.sentences[here]
        low, high = min(sentence.start_char, evidence.start), max(sentence.end_char, evidence.end)
        stems = self._stems(trigger)
        found = [Candidate("none", None)]
        before: list[Candidate] = []
        later: list[Candidate] = []
        for time, date, there in self.dates:
            if low <= time.span.start < high:
                found.append(Candidate("time", date, time))
                continue
            speaks = bool(stems & self.stems[there])
            if time.span.end <= low:
                before.append(Candidate("mention" if speaks else "earlier", date, time, here - there))
            elif speaks:
                later.append(Candidate("later", date, time, there - here))
        found.extend(_last_told(before))
        found.extend(later[:1])
        published = values.period_of((self.analysis.report.published or "")[:10])
        if published is not None:
            found.append(Candidate("published", published.value))
            if published.is_day:
                found.append(Candidate("month", published.value[:7]))
        return found

    def speaks(self, candidate: Candidate, trigger: Span) -> bool:
        """Tell whether a candidate's sentence speaks of the act by the word of its trigger."""
        if candidate.time is None:
            return False
        return bool(self._stems(trigger) & self.stems[self.sentence_at(candidate.time.span.start)])

    def _stems(self, trigger: Span) -> frozenset[str]:
        return frozenset(_stem(token) for token in self.analysis.tokens_in(trigger) if _speaks(token))


def _last_told(before: list[Candidate]) -> list[Candidate]:
    """Pick from the dates told before the act: the last one, the ones before it, and the last mentions of the act."""
    picked: list[Candidate] = []
    dates: set[str | None] = set()
    mentions = 0
    for candidate in reversed(before):
        if candidate.date in dates:
            continue
        if not picked:
            candidate = Candidate("story", candidate.date, candidate.time, candidate.away)
            # A last date in a sentence that names the act is a mention as well: the clues tell.
        elif candidate.kind == "mention":
            if mentions == 2:
                continue
            mentions += 1
        elif len(picked) - mentions > _BACK:
            continue
        picked.append(candidate)
        dates.add(candidate.date)
    return picked


def _speaks(token: Token) -> bool:
    return token.pos_ in ("VERB", "NOUN", "ADJ") and len(token.text) > 3


def _stem(token: Token) -> str:
    return str(token.lemma_.lower()[:_STEM])
