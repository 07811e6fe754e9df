"""The actors of one report: every mention with its codes, and the resolution of any phrase of the report."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from standoff.coding.actors.context import Candidate, ReportContext
from standoff.coding.actors.matching import fold
from standoff.coding.actors.names import Name, find_names
from standoff.coding.actors.phrases import PRONOUNS, Phrases, conjuncts, join, role_of
from standoff.coding.actors.table import NOBODY, ActorTable, Resolution
from standoff.language.analysis import Analysis
from standoff.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "X", "DET"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_PLACE_AFTER = frozenset(
    ["in", "at", "near", "to", "from", "into", "across", "around", "outside", "inside", "through", "via", "toward", "towards"]
)
_SAYING = frozenset(
    ["say", "tell", "add", "warn", "ask", "declare", "state", "announce", "insist", "note", "claim", "argue", "explain", "write", "reply", "stress", "respond", "reiterate", "comment", "remark", "tweet", "continue", "call", "urge", "demand", "accuse", "deny", "recall", "conclude", "emphasize", "emphasise", "describe"]
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the report that stands for actors. `root` is the number of its head token."""

    span: Span
    root: int
    codes: tuple[str, ...]
    guess: bool
    how: str
    kind: str


class ActorIndex:
    """The actors of one report, worked out once, from left to right."""

    def __init__(self, analysis: Analysis, table: ActorTable) -> None:
        self.analysis = analysis
        self.table = table
        self.doc = analysis.doc
        self._sentence_starts = [sentence.start for sentence in self.doc.sents] if len(self.doc) else []
        self.context = ReportContext(self)
        self.phrases = Phrases(
            self.doc, table, find_names(self.doc, table, analysis.report.published), self.context
        )
        self.mentions: tuple[Mention, ...] = tuple(self._read())

    def sentence_of(self, token: int) -> int:
        """Return the number of the sentence that holds a token."""
        return bisect.bisect_right(self._sentence_starts, token) - 1

    def _read(self) -> list[Mention]:
        found: list[Mention] = []
        late: list[tuple[int, Token]] = []
        roots = {self._root_of(name): name for name in self.phrases.names}
        for token in self.doc:
            kind = self._kind(token, roots)
            if kind is None:
                continue
            resolved = self.phrases.head(token)
            name = roots.get(token.i)
            span = Span(name.start, name.end) if name else Span(token.idx, token.idx + len(token))
            if kind == "person" and name is None:
                if not resolved.codes:
                    self.phrases.forget(token)
                    late.append((len(found), token))
                else:
                    self.context.persons.setdefault(fold(token.text), resolved.codes)
            found.append(Mention(span, token.i, resolved.codes, resolved.guess, resolved.how, kind))
            if resolved.codes:
                self._remember(token, kind, resolved, name)
        for at, token in late:
            resolved = self.phrases.head(token)
            if resolved.codes:
                found[at] = Mention(
                    found[at].span, token.i, resolved.codes, resolved.guess, resolved.how, "person"
                )
        return [mention for mention in found if mention.codes]

    def _root_of(self, name: Name) -> int:
        for i in range(name.last, name.first - 1, -1):
            if not name.first <= self.doc[i].head.i <= name.last or self.doc[i].head.i == i:
                return i
        return name.last

    def _kind(self, token: Token, roots: dict[int, Name]) -> str | None:
        name = roots.get(token.i)
        if name is not None:
            if name.row.kind == "person":
                return "person"
            if name.row.kind == "demonym":
                return "demonym"
            if name.row.kind in ("place", "capital", "state") and self._is_place(token):
                return "place"
            return "group" if name.row.kind in ("group", "party") else "name"
        if token.i in self.phrases.name_at:
            return None
        if token.pos_ in ("PRON", "DET") and token.lower_ in PRONOUNS:
            return None if token.pos_ == "DET" and token.head.pos_ == "NOUN" else "pronoun"
        if token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.dep_ != "compound"):
            role = role_of(token)
            if role is not None and token.dep_ != "compound":
                return "office" if role.kind in ("office", "gov") else "group"
            return "person" if token.pos_ == "PROPN" else None
        return None

    @staticmethod
    def _is_place(token: Token) -> bool:
        return token.dep_ == "pobj" and token.head.lower_ in _PLACE_AFTER

    def _remember(self, token: Token, kind: str, resolved: Resolution, name: Name | None) -> None:
        if kind in ("pronoun", "place"):
            return
        words = {token.lemma_.lower(), token.lower_}
        if name is not None and name.row.role:
            words.update(name.row.role.split())
        plural = token.tag_ in ("NNS", "NNPS")
        if kind == "demonym":
            if token.dep_ in ("amod", "compound", "nmod"):
                return
            kind = "name" if plural else "person"
        subject = token.dep_ in _SUBJECTS
        sentence = self.sentence_of(token.i)
        self.context.add(
            Candidate(token.i, sentence, resolved.codes, kind, subject, plural, frozenset(words))
        )
        if token.dep_ != "conj" and (others := conjuncts(token)):
            together = join([resolved, *(self.phrases.head(other) for other in others)])
            if len(together.codes) > 1:
                self.context.add(
                    Candidate(token.i, sentence, together.codes, kind, subject, True, frozenset())
                )

    def speaker_at(self, token: Token) -> Resolution:
        """Return who speaks in the quotation that holds a token: the subject of a verb of saying beside it."""
        quotation = self.analysis.quoted(token.idx)
        if quotation is None:
            return NOBODY
        inside = quotation.span
        here = self.sentence_of(token.i)
        for number in (here, here - 1, here + 1):
            if not 0 <= number < len(self._sentence_starts):
                continue
            start = self._sentence_starts[number]
            end = (
                self._sentence_starts[number + 1]
                if number + 1 < len(self._sentence_starts)
                else len(self.doc)
            )
            for word in self.doc[start:end]:
                if (
                    word.dep_ == "nsubj"
                    and word.head.lemma_ in _SAYING
                    and not inside.start <= word.idx < inside.end
                ):
                    return self.phrases.conjoined(word)
        return NOBODY

    def resolve(self, span: Span, *, speaker: tuple[str, ...] = ()) -> Resolution:
        """Resolve any noun phrase of the report; `speaker` holds the codes of who speaks, for "we" and "I"."""
        tokens = self.analysis.tokens_in(span)
        if not tokens:
            return NOBODY
        first, last = tokens[0].i, tokens[-1].i
        if speaker and len(tokens) == 1 and tokens[0].lower_ in ("i", "we", "us", "our", "my", "me"):
            return Resolution(speaker, False, f"{tokens[0].lower_}: who speaks")
        heads = [
            t for t in tokens if (t.head.i == t.i or not first <= t.head.i <= last) and t.pos_ in _NOMINAL
        ]
        for head in heads:
            found = self.phrases.conjoined(head, last)
            if found.codes:
                return found
        if heads:
            return self.phrases.head(heads[0])
        names = [self.phrases.name_at[t.i] for t in tokens if t.i in self.phrases.name_at]
        return (
            Resolution(names[0].row.codes, True, f"name {names[0].row.name} in the phrase")
            if names
            else NOBODY
        )

    def resolve_token(self, token: Token) -> Resolution:
        """Resolve the noun phrase that a token heads, with all that is conjoined with it."""
        return self.phrases.conjoined(token)
