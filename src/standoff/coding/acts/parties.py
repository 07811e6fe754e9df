"""Who stands behind a phrase, and who speaks where: the actor index and the statements as the act coder asks them."""

from __future__ import annotations

import bisect
from collections import Counter
from typing import TYPE_CHECKING

from standoff.coding.actors.phrases import role_of
from standoff.coding.acts.grammar import VERBAL, ancestors, antecedent, conjuncts, own_subjects
from standoff.coding.acts.sentences import sentence_of
from standoff.records import Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

    from standoff.coding.actors import Mention
    from standoff.coding.component import Draft

Codes = tuple[str, ...]
SAYING = frozenset(
    "say tell state declare announce warn insist add note argue claim assert maintain explain stress report believe think "
    "acknowledge confirm repeat deny charge allege complain vow promise pledge suggest reiterate emphasize underscore write "
    "describe call comment contend hold".split()
)
PERFORMATIVE = frozenset(
    "urge call condemn welcome support commend applaud reiterate reaffirm stand congratulate encourage express thank announce "
    "recognize recognise remain appreciate underscore honor honour mourn ask demand take continue".split()
)
PLURAL_FIRST = frozenset({"we", "our", "us"})
LEAST_WE = 1
LEAD = 40
"""A report's lead ends with the sentence that holds this token."""
FIRST_PERSON = frozenset({"we", "our", "us", "ours", "i", "my", "me"})


class Parties:
    """Answers who a phrase stands for in one report, and on whose lips a passage lies. Remembers its answers."""

    def __init__(self, draft: Draft) -> None:
        """Keep the draft's actor index and statements."""
        self._index = draft.actors
        self._statements = draft.statements
        self._doc = draft.analysis.doc
        self._analysis = draft.analysis
        self._known: dict[int, Codes] = {}
        mentions = draft.actors.mentions if draft.actors is not None else ()
        self._mentions = sorted(mentions, key=lambda mention: mention.root)
        self._heads = [mention.root for mention in self._mentions]
        self._roots = {mention.root for mention in self._mentions if not self._is_paper(mention)}
        self._ranks: dict[str, int] | None = None
        self._companies: dict[str, set[int]] | None = None
        self._spans: list[tuple[int, int, Statement]] = sorted(
            (
                (span.start, span.end, statement)
                for statement in draft.statements
                for span in statement.content
            ),
            key=lambda item: item[:2],
        )
        self._starts = [start for start, _, _ in self._spans]
        self._longest = max((end - start for start, end, _ in self._spans), default=0)
        self._voice: Codes | None = None
        self._lead: frozenset[str] | None = None

    def _is_paper(self, mention: Mention) -> bool:
        """Tell whether a mention is a text or plan of somebody's ("the statement of Kyiv"): a thing, though it speaks."""
        role = role_of(self._doc[mention.root]) if mention.kind == "group" else None
        return role is not None and role.kind == "paper"

    def of(self, token: Token) -> Codes:
        """Return the actor codes of the noun phrase that a token heads, with what is coordinated with it.

        Empty where the phrase is a thing or an event, even one that somebody owns.
        """
        token = antecedent(token)
        if token.i not in self._known:
            self._known[token.i] = ()  # a guard against circles
            self._known[token.i] = self._resolved(token)
        return self._known[token.i]

    def _resolved(self, token: Token) -> Codes:
        if self._index is None:
            return ()
        if token.lower_ in FIRST_PERSON and token.pos_ == "PRON":
            spoken = next((s.actor for s in self.statements_at(token.idx) if s.actor), ())
            if spoken:
                return spoken
            if token.i in self._roots and self._analysis.quoted(token.idx) is not None:
                return tuple(self._index.resolve_token(token).codes)
            return self.voice()
        if not any(part.i in self._roots for part in conjuncts(token)):
            return ()
        return tuple(self._index.resolve_token(token).codes)

    def is_actor(self, token: Token) -> bool:
        """Tell whether a noun phrase stands for an actor."""
        return bool(self.of(token))

    def is_official(self, token: Token) -> bool:
        """Tell whether a noun phrase stands for a state, an organisation or an armed group, and not for civilians."""
        return any(not code.endswith(("-CIV", "-BUS")) for code in self.of(token))

    def in_sentence(self, token: Token) -> list[tuple[int, Codes]]:
        """Return the actors named in a token's sentence: (index of the mention's head, codes), in text order."""
        sentence = sentence_of(token)
        first = bisect.bisect_left(self._heads, sentence.start)
        last = bisect.bisect_left(self._heads, sentence.end)
        return [(mention.root, mention.codes) for mention in self._mentions[first:last]]

    def named_in(self, span: Span) -> list[tuple[Token, Codes]]:
        """Return the actors named in a stretch of text: (the mention's head, codes), in text order."""
        found = self._doc.char_span(span.start, span.end, alignment_mode="expand")
        if found is None:
            return []
        first = bisect.bisect_left(self._heads, found.start)
        last = bisect.bisect_left(self._heads, found.end)
        return [(self._doc[mention.root], mention.codes) for mention in self._mentions[first:last]]

    def lead(self) -> frozenset[str]:
        """Return the actor codes named where the report begins, in its headline or first sentences."""
        if self._lead is None:
            end = next((t.i for t in self._doc if t.i >= LEAD and t.is_sent_start), len(self._doc))
            last = bisect.bisect_left(self._heads, end)
            self._lead = frozenset(code for mention in self._mentions[:last] for code in mention.codes)
        return self._lead

    def around(self, token: Token, sentences: int) -> list[tuple[int, Codes]]:
        """Return the actors named in a token's sentence (0) and in so many before it (1, 2, ...), nearest first."""
        found = [(0, codes) for _, codes in self.in_sentence(token)]
        start = sentence_of(token).start
        for away in range(1, sentences + 1):
            if start == 0:
                break
            before = self._doc[start - 1]
            found += [(away, codes) for _, codes in self.in_sentence(before)]
            start = sentence_of(before).start
        return found

    def together(self, one: Codes, other: Codes) -> int:
        """Return in how many sentences of the report actors of both sides are named."""
        if self._companies is None:
            self._companies = {}
            for mention in self._mentions:
                sentence = sentence_of(self._doc[mention.root]).start
                for code in mention.codes:
                    self._companies.setdefault(code, set()).add(sentence)
        mine, theirs = (
            set().union(*(self._companies.get(code, ()) for code in side)) for side in (one, other)
        )
        return len(mine & theirs)

    def spoke_before(self, token: Token, source: Codes) -> Codes:
        """Return the actor, other than the source, of the statement nearest before a token: whom an answer answers."""
        best: Codes = ()
        nearest = -1
        for statement in self._statements:
            if (
                nearest < statement.cue.start < token.idx
                and statement.actor
                and not set(statement.actor) & set(source)
            ):
                nearest, best = statement.cue.start, statement.actor
        return best

    def salience(self) -> dict[str, int]:
        """Return the rank of each actor code of the report by how often it is named, from 0."""
        if self._ranks is None:
            counts = Counter(code for mention in self._mentions for code in mention.codes)
            self._ranks = {code: rank for rank, (code, _) in enumerate(counts.most_common())}
        return self._ranks

    def statements_at(self, offset: int) -> list[Statement]:
        """Return the statements whose content covers a code point, the innermost first."""
        found = []
        k = bisect.bisect_right(self._starts, offset)
        for start, end, statement in reversed(self._spans[:k]):
            if offset - start > self._longest:
                break
            if offset < end:
                found.append((end - start, start, statement))
        return [statement for _, _, statement in sorted(found, key=lambda item: (item[0], item[1]))]

    def speaker_of(self, offset: int) -> Codes:
        """Return the actor of the innermost statement whose content covers a code point, else nothing."""
        return next((statement.actor for statement in self.statements_at(offset)), ())

    def speaker(self, token: Token) -> Codes:
        """Return who says the passage that a token stands in: the innermost statement's actor, else the governing verb's."""
        inside = self.statements_at(token.idx)
        for statement in inside:
            if statement.actor:
                return statement.actor
        if inside:
            return ()
        below = token
        for above in ancestors(token, 25):
            if (
                above.pos_ in VERBAL
                and above.lemma_ in SAYING
                and below.dep_ in ("ccomp", "parataxis", "xcomp", "advcl")
            ):
                for subject in own_subjects(above):
                    if self.of(subject):
                        return self.of(subject)
            below = above
        if self._analysis.quoted(token.idx) is None:
            return self.voice()
        return ()

    def voice(self) -> Codes:
        """Return whose text the report itself is, where it says "we" outside quotation marks; empty for a journalist's.

        The writer is whoever is the subject of most of its performatives ("The United States urges", "we condemn").
        """
        if self._voice is None:
            self._voice = ()  # a guard against circles
            self._voice = self._writer()
        return self._voice

    def _writer(self) -> Codes:
        counts: dict[Codes, int] = {}
        persons = 0
        for token in self._doc:
            if token.lower_ in PLURAL_FIRST and self._analysis.quoted(token.idx) is None:
                persons += 1
            elif (
                token.lemma_ in PERFORMATIVE
                and token.tag_ in ("VBP", "VBZ")
                and self._analysis.quoted(token.idx) is None
            ):
                for subject in own_subjects(token):
                    codes = () if subject.lower_ in FIRST_PERSON else self.of(subject)
                    if codes:
                        counts[codes] = counts.get(codes, 0) + 1
        if persons < LEAST_WE or not counts:
            return ()
        return max(counts, key=lambda codes: counts[codes])

    def told_by(self, cue: Span) -> Codes | None:
        """Return the actor of the statement whose cue overlaps a span, or None where there is no such statement."""
        for statement in self._statements:
            if statement.cue.start < cue.end and cue.start < statement.cue.end:
                return statement.actor
        return None

    def last_speaker(self, token: Token) -> Codes:
        """Return the actor of the statement nearest before a token in the same or the sentence before, else nothing."""
        sentence = sentence_of(token)
        begin = sentence_of(self._doc[sentence.start - 1]).start if sentence.start else 0
        floor = self._doc[begin].idx
        region = self._analysis.region_at(token.idx)
        if region is not None:
            floor = max(floor, region.span.start)
        best: tuple[int, Codes] | None = None
        for statement in self._statements:
            if statement.actor and floor <= statement.cue.start <= sentence[-1].idx:
                distance = abs(token.idx - statement.cue.start)
                if best is None or distance < best[0]:
                    best = (distance, statement.actor)
        return best[1] if best else ()

    def voice_of_others(self, token: Token, source: Codes) -> Codes:
        """Return the report's own voice where it tells a deed of somebody else (case law 37), else nothing."""
        if self._analysis.quoted(token.idx) is not None:
            return ()
        voice = self.voice()
        return voice if voice and not set(voice) & set(source) else ()
