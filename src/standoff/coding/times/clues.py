"""Clues to the date of an act: what the wording around its trigger says for and against each candidate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from standoff.coding.times.candidates import Candidate, DatedText
from standoff.records import VERBAL_TYPES, Modality, Span, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_VAGUE = re.compile(
    r"\b(?:recent(?:ly)?|earlier|previous(?:ly)?|former(?:ly)?|repeated(?:ly)?|often|always|long|years|months|weeks|"
    r"decades?|frequent(?:ly)?|regular(?:ly)?|past|ongoing|continu\w+|has been|have been|since|never|still|ever|"
    r"sometimes|routinely|usually)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = frozenset({"we", "i", "our", "my", "us"})
_FUTURE_MODALS = frozenset(
    {"will", "'ll", "’ll", "shall", "would", "wo", "may", "might", "could", "can", "should", "must"}
)


def verb_over(token: Token) -> Token | None:
    """Return the nearest verb at or above a token in the parse."""
    for _ in range(40):
        if token.pos_ in ("VERB", "AUX"):
            return token
        if token.head == token:
            return None
        token = token.head
    return None


def tense_of(verb: Token | None) -> str:
    """Name the tense of a verb with its auxiliaries: past, perfect, pluperfect, present, modal, infinitive, ..."""
    if verb is None:
        return "verbless"
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    words = {child.lower_ for child in helpers}
    if words & _FUTURE_MODALS:
        return "modal"
    if "had" in words:
        return "pluperfect"
    if words & {"has", "have", "'ve", "’ve"}:
        return "perfect"
    if any(child.tag_ == "TO" for child in helpers):
        return "infinitive"
    tags = {child.tag_ for child in helpers}
    if verb.tag_ == "VBD" or "VBD" in tags:
        return "past"
    if verb.tag_ in ("VBZ", "VBP") or tags & {"VBZ", "VBP"}:
        return "present"
    return {"VBG": "gerund", "VBN": "participle", "VB": "base"}.get(verb.tag_, "other")


class Clues:
    """The clues of one act; `of` names those that speak of one candidate."""

    def __init__(
        self,
        text: DatedText,
        trigger: Span,
        evidence: Span,
        act_type: str,
        modality: Modality,
        content: Span | None = None,
    ) -> None:
        self._text = text
        self._trigger = trigger
        self._evidence = evidence
        self._content = content
        self._modality = modality
        analysis = text.analysis
        tokens = [token for token in analysis.tokens_in(trigger) if not token.is_space]
        self._head = next(
            (token for token in tokens if token.head not in tokens), tokens[0] if tokens else None
        )
        self._verb = verb_over(self._head) if self._head is not None else None
        self._verbs = self._verbs_above()
        self._form = "verb" if self._head is not None and self._head.pos_ in ("VERB", "AUX") else "noun"
        self._subject = self._subject_kind()
        self._act = tuple(self._describe_act(act_type))

    def _verbs_above(self) -> list[Token]:
        chain: list[Token] = []
        verb = self._verb
        while verb is not None and len(chain) < 4:
            chain.append(verb)
            verb = verb_over(verb.head) if verb.head != verb else None
        return chain

    def _subject_kind(self) -> str:
        for verb in self._verbs[:2]:
            subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
            if any(child.lower_ in _FIRST_PERSON for child in subjects):
                return "first person"
            if any(child.pos_ == "PRON" for child in subjects):
                return "pronoun"
            if subjects:
                return "named"
        return "none"

    def _describe_act(self, act_type: str) -> Iterator[str]:
        """Name what is known of the act itself, whatever the candidate."""
        analysis, trigger = self._text.analysis, self._trigger
        kind = "words" if act_type in VERBAL_TYPES else "deed"
        verb = self._verb
        tense = tense_of(verb)
        yield kind
        yield f"type={act_type}"
        yield f"modality={self._modality}"
        yield f"{kind} {self._form} {tense}"
        yield f"{kind} {self._modality}"
        if verb is not None:
            yield (
                f"verb place={verb.dep_}"
                if verb.dep_ in ("ROOT", "ccomp", "relcl", "advcl", "acl", "xcomp", "conj")
                else "verb place=other"
            )
            yield f"subject={self._subject}"
            yield f"{kind} {tense} {self._subject}"
        if len(self._verbs) > 1:
            yield f"above={tense_of(self._verbs[1])}"
        yield f"top={tense_of(self._verbs[-1]) if self._verbs else 'none'}"
        if analysis.quoted(trigger.start) is not None:
            yield "quoted"
        number = self._text.sentence_at(trigger.start)
        yield f"sentence={min(number, 3)}"
        evidence = analysis.report.text[self._evidence.start : self._evidence.end]
        if _VAGUE.search(evidence):
            yield "vague word"
        published = analysis.report.published or ""
        yield f"published={len(published[:10])}"
        yield f"sentence={min(number, 3)} {kind} {tense}"
        yield f"sentence={min(number, 3)} {self._form}"
        days = [time for time in self._text.times if time.start is not None and time.start == time.end]
        yield f"days told={min(len(days), 3)}"
        if any(time.start == published[:10] for time in days):
            yield "publication day told"
        place = "early" if number < 3 else "middle" if number < 0.6 * len(self._text.sentences) else "late"
        yield f"{place} {kind} {tense}"
        sentence = self._text.sentences[number] if self._text.sentences else None
        if sentence is not None:
            timed = any(
                sentence.start_char <= time.span.start < sentence.end_char for time in self._text.times
            )
            yield "sentence timed" if timed else "sentence untimed"

    def of(self, candidate: Candidate) -> list[str]:
        """Name the clues for a candidate; each begins with the candidate's kind."""
        kind = candidate.kind
        names = [kind, *(f"{kind} | {clue}" for clue in self._act)]
        if candidate.time is not None:
            names.extend(f"{kind} | {clue}" for clue in self._of_told(candidate))
        if kind == "time":
            names.extend(f"time | {clue}" for clue in self._of_time(candidate))
        return names

    def _of_told(self, candidate: Candidate) -> Iterator[str]:
        published = (self._text.analysis.report.published or "")[:10]
        date, time = candidate.date or "", candidate.time
        assert time is not None
        size = {10: "day", 7: "month", 4: "year"}[len(date)]
        yield size
        side = "at" if date == published else "before" if date < published else "after"
        yield f"{side} publication"
        yield f"{side} {self._modality}"
        yield f"{size} {side}"
        if date[:4] != published[:4]:
            yield "another year"
        if candidate.kind != "time":
            away = candidate.away
            yield f"rule={time.rule}"
            yield f"away={away if away < 3 else '3-5' if away < 6 else 'far'}"
            region = self._text.analysis.region_at(time.span.start)
            same = region is not None and region is self._text.analysis.region_at(self._trigger.start)
            yield f"{'same' if same else 'other'} paragraph {size} {side}"
            yield f"{tense_of(self._verb)} {side} {size}"
            yield f"{self._act[0]} away={min(away, 3)} {size} {side}"
            yield f"{self._subject} away={min(away, 2)} {side}"
            if self._text.speaks(candidate, self._trigger):
                yield "same word"
                yield f"same word {self._form}"
            yield f"{self._form} {size} {side}"

    def _of_time(self, candidate: Candidate) -> Iterator[str]:
        time, trigger = candidate.time, self._trigger
        assert time is not None
        inside = self._evidence.start <= time.span.start < self._evidence.end
        yield "in evidence" if inside else "outside evidence"
        yield f"rule={time.rule}"
        after = time.span.start >= trigger.end
        gap = time.span.start - trigger.end if after else trigger.start - time.span.end
        near = "near" if gap < 15 else "mid" if gap < 60 else "far"
        yield f"{'after' if after else 'before'} {near}"
        rivals = sum(1 for other in self._rivals(time.span) if other < gap)
        yield f"nearer rivals={min(rivals, 2)}"
        analysis = self._text.analysis
        if self._content is not None and self._content.start <= time.span.start < self._content.end:
            # "demanded that it respect the ruling of 2016": the year is the ruling's.
            yield "in the content"
            yield f"in the content {self._act[0]} {len(candidate.date or '')}"
        if (analysis.quoted(time.span.start) is None) != (analysis.quoted(trigger.start) is None):
            yield "other side of quotation"
        if self._head is not None:
            yield from self._of_parse(self._head, time, inside)

    def _rivals(self, span: Span) -> Iterator[int]:
        low, high = self._evidence
        for other in self._text.times:
            if other.span != span and other.start is not None and low <= other.span.start < high:
                yield max(self._trigger.start - other.span.end, other.span.start - self._trigger.end)

    def _of_parse(self, head: Token, time: Time, inside: bool) -> Iterator[str]:
        """Name how the parse joins a time to the trigger."""
        host, preposition = _host(self._text.analysis.tokens_in(time.span))
        if host is None:
            return
        if self._names_a_thing(time, host):
            yield "names a thing"
        yield f"preposition={preposition}" if preposition in _PREPOSITIONS else "preposition=other"
        if host.pos_ in ("NOUN", "PROPN") and host != head:
            yield "host=another noun"
        joined = self._joined(head, host)
        yield f"joined={joined}"
        yield f"joined={joined} {'inside' if inside else 'outside'}"
        yield f"joined={joined} {self._modality}"
        if joined not in _CLOSE and self._closer(head, time):
            yield "another time is joined more closely"

    def _names_a_thing(self, time: Time, host: Token) -> bool:
        """Tell whether a time stands before the noun that it tells apart from others ("the 1951 treaty")."""
        return host.pos_ in ("NOUN", "PROPN") and time.span.end <= host.idx and host != self._head

    def _closer(self, head: Token, time: Time) -> bool:
        low, high = self._evidence
        for other in self._text.times:
            if other.start is not None and other.span != time.span and low <= other.span.start < high:
                host, _ = _host(self._text.analysis.tokens_in(other.span))
                if host is not None and self._joined(head, host) in _CLOSE:
                    return True
        return False

    def _joined(self, head: Token, host: Token) -> str:
        verb = verb_over(host)
        if host == head:
            return "trigger"
        if head in host.ancestors and host.pos_ not in ("VERB", "AUX"):
            return "under trigger"
        if verb is not None and verb == self._verb:
            return "same verb"
        if (
            verb is not None
            and self._verb is not None
            and self._verb.dep_ == "conj"
            and self._verb.head == verb
        ):
            return "sibling verb"
        if verb is not None and verb in self._verbs:
            return "verb above"
        if verb is not None and self._verb is not None and self._verb in verb.ancestors:
            return "verb below"
        return "elsewhere"


def _host(tokens: list[Token]) -> tuple[Token | None, str]:
    """Return the word that a time hangs on, and the preposition between; itself where it hangs on nothing."""
    if not tokens:
        return None, ""
    top = next((token for token in tokens if token.head not in tokens), tokens[0])
    host = top.head
    if host.pos_ in ("ADP", "SCONJ"):
        return host.head, host.lower_
    return host, ""


_CLOSE = frozenset({"trigger", "under trigger", "same verb"})
_PREPOSITIONS = frozenset(
    {"", "on", "in", "since", "until", "by", "before", "after", "for", "from", "of", "during", "to"}
)
