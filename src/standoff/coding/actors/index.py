"""The actors of one report: every mention with its codes, and the resolution of any phrase of the report."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from standoff.coding.actors.authors import author_of
from standoff.coding.actors.context import Candidate, ReportContext
from standoff.coding.actors.lexicon import words
from standoff.coding.actors.matching import fold
from standoff.coding.actors.names import Finder, Hold, Name
from standoff.coding.actors.phrases import Phrases, begin_of, conjuncts, is_pronoun, join, role_of
from standoff.coding.actors.table import NOBODY, ActorTable, Resolution
from standoff.language.analysis import Analysis
from standoff.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "X", "DET"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_PAPERS = frozenset({"paper", "source", "media"})
_ORGANISATIONS = frozenset({"organisation", "group", "party", "bloc", "agency"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the report that stands for actors.

    `root` is the number of its head token. `kind` is one of name, demonym, office, person, pronoun, group, place.
    """

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
        self.tokens: list[Token] = list(analysis.doc)
        self._sentence_starts = [t.i for t in self.tokens if t.is_sent_start or t.i == 0]
        self._sentence_offsets = [self.tokens[i].idx for i in self._sentence_starts]
        self._quotation_starts = [q.span.start for q in analysis.quotations]
        self._speakers: dict[int, Resolution] = {}
        self._author: Resolution | None = None
        self.context = ReportContext(self)
        names = Finder(self.doc.text, self.tokens, table, analysis.report.published).find()
        self.phrases = Phrases(self.tokens, table, names, self.context)
        self.mentions: tuple[Mention, ...] = tuple(self._read())

    def sentence_of(self, token: int) -> int:
        """Return the number of the sentence that holds a token."""
        return bisect.bisect_right(self._sentence_starts, token) - 1

    def sentence(self, number: int) -> list[Token]:
        """Return the tokens of a sentence by its number; none where there is no such sentence."""
        if not 0 <= number < len(self._sentence_starts):
            return []
        starts = self._sentence_starts
        return self.tokens[
            starts[number] : starts[number + 1] if number + 1 < len(starts) else len(self.tokens)
        ]

    def is_quoted(self, token: Token) -> bool:
        """Tell whether a token stands in a quotation."""
        return self._quotation_at(token) is not None

    def _quotation_at(self, token: Token) -> Span | None:
        k = bisect.bisect_right(self._quotation_starts, token.idx) - 1
        if k < 0:
            return None
        span = self.analysis.quotations[k].span
        return span if token.idx < span.end else None

    def _read(self) -> list[Mention]:
        found: list[Mention] = []
        late: list[tuple[int, Token]] = []
        roots = {self._root_of(name): name for name in self.phrases.names if name.hold is not Hold.NONE}
        for token in self.tokens:
            kind = self._kind(token, roots)
            if kind is None:
                continue
            resolved = self.phrases.head(token)
            name = roots.get(token.i)
            span = Span(name.start, name.end) if name else Span(token.idx, token.idx + len(token))
            if kind == "person" and name is None:
                if resolved.codes:
                    self.context.persons.setdefault(fold(token.text), resolved.codes)
                else:
                    self.phrases.forget(token)
                    late.append((len(found), token))
            found.append(Mention(span, token.i, resolved.codes, resolved.guess, resolved.how, kind))
            if resolved.codes or kind == "media":
                self._remember(token, kind, resolved, name)
        for at, token in late:
            resolved = self.phrases.head(token)
            if resolved.codes:
                found[at] = Mention(
                    found[at].span, token.i, resolved.codes, resolved.guess, resolved.how, "person"
                )
        return sorted((m for m in found if m.codes and m.kind != "paper"), key=lambda mention: mention.span)

    def _root_of(self, name: Name) -> int:
        for i in range(name.last, name.first - 1, -1):
            head = self.tokens[i].head.i
            if head == i or not name.first <= head <= name.last:
                return i
        return name.last

    def _kind(self, token: Token, roots: dict[int, Name]) -> str | None:
        name = roots.get(token.i)
        if name is not None:
            return self._kind_of_name(token, name)
        if token.i in self.phrases.name_at:
            return None
        pos = token.pos_
        if pos in ("PRON", "DET"):
            return (
                "pronoun" if is_pronoun(token) and not (pos == "DET" and token.head.pos_ == "NOUN") else None
            )
        if pos == "NOUN" or pos == "PROPN":
            if token.dep_ == "compound":
                return None
            role = role_of(token)
            if role is not None:
                return {"office": "office", "gov": "office"}.get(
                    role.kind, "paper" if role.kind in _PAPERS else "group"
                )
            return "person" if pos == "PROPN" else None
        return None

    @staticmethod
    def _kind_of_name(token: Token, name: Name) -> str:
        kind = name.row.kind
        if kind in ("person", "demonym", "office", "media"):
            return kind
        if kind in ("place", "capital", "state"):
            placed = token.dep_ == "pobj" and token.head.lower_ in words("places_after")
            return "place" if placed or kind == "place" else "name"
        return "group" if kind in ("group", "party") else "name"

    def _remember(self, token: Token, kind: str, resolved: Resolution, name: Name | None) -> None:
        """Make a phrase a candidate for what comes later, unless it is a place or a mere modifier."""
        if kind == "place" or (kind == "demonym" and token.dep_ in ("amod", "compound", "nmod")):
            return
        plural = token.tag_ in ("NNS", "NNPS") or token.lower_ in words("plural")
        left = {t.lower_ for t in self.tokens[begin_of(token) : token.i]}
        said = {token.lemma_.lower(), token.lower_}
        if kind == "person" or kind == "office":
            said |= left
            said.update(t.lemma_.lower() for t in token.rights if t.dep_ == "appos")
        if name is not None:
            said.update(name.row.role.replace("-", " ").split())
            if name.row.kind in _ORGANISATIONS:
                said |= (
                    self.table.nouns.get(name.row.codes[0], frozenset()) if name.row.codes else frozenset()
                )
        kind = self._referent(token, kind, plural, name)
        female = self._female(token, left, said, name) if kind == "person" else None
        sentence, rank, quoted = self.sentence_of(token.i), self._rank(token), self.is_quoted(token)
        self.context.add(
            Candidate(token.i, sentence, resolved.codes, kind, rank, plural, quoted, female, frozenset(said))
        )
        if token.dep_ != "conj" and (others := conjuncts(token)):
            together = join([resolved, *(self.phrases.head(other) for other in others)])
            if len(together.codes) > 1:
                self.context.add(
                    Candidate(token.i, sentence, together.codes, kind, rank, True, quoted, None, frozenset())
                )

    @staticmethod
    def _referent(token: Token, kind: str, plural: bool, name: Name | None) -> str:
        """Return what later words may call the phrase: person, org, group, name."""
        lower = token.lower_
        if kind == "pronoun":
            return "person" if lower in words("singular") | words("first_person") | {"who"} else "name"
        if kind == "demonym":
            return "name" if plural else "person"
        if kind == "office":
            role = role_of(token)
            return (
                "person"
                if name is not None or (role is not None and role.kind == "office" and not plural)
                else "name"
            )
        if name is not None and name.row.kind in _ORGANISATIONS:
            return "band" if name.row.kind == "group" else "org"
        return kind

    @staticmethod
    def _female(token: Token, left: set[str], said: set[str], name: Name | None) -> bool | None:
        if token.lower_ in words("singular"):
            return token.lower_ in words("female")
        if said & words("female_roles") or left & words("female_roles"):
            return True
        given = (
            name.row.name.split()[0].lower() if name else next(iter(sorted(left & words("female_names"))), "")
        )
        if given in words("female_names"):
            return True
        return (
            False
            if (name is not None and name.row.kind == "person") or left & {"mr", "mr.", "sir", "king"}
            else None
        )

    @staticmethod
    def _rank(token: Token) -> int:
        if token.dep_ not in _SUBJECTS:
            return (
                3
                if token.dep_ == "pobj"
                and token.head.lower_ == "to"
                and token.head.head.lower_ == "according"
                else 0
            )
        verb = token.head
        if verb.lemma_ in words("saying") and token.dep_ == "nsubj":
            return 3
        return 2 if verb.dep_ in ("ROOT", "conj") else 1

    def speaker_at(self, token: Token) -> Resolution:
        """Return who speaks where a first person stands: beside the quotation, or the author of the report."""
        inside = self._quotation_at(token)
        if inside is None:
            if self._author is None:
                self._author = author_of(self)
            return self._author
        kept = self._speakers.get(inside.start)
        if kept is None:
            self._speakers[inside.start] = NOBODY
            kept = self._speakers[inside.start] = self._speaker_of(inside)
        return kept

    def _speaker_of(self, inside: Span) -> Resolution:
        begin = bisect.bisect_right(self._sentence_offsets, inside.start) - 1
        close = bisect.bisect_left(self._sentence_offsets, inside.end) - 1
        for number in dict.fromkeys((begin, close, begin - 1, close + 1)):
            for word in self.sentence(number):
                if word.dep_ != "nsubj" or inside.start <= word.idx < inside.end:
                    continue
                if word.head.lemma_ in words("saying") and word.lower_ not in words("first_person"):
                    found = self.phrases.conjoined(word)
                    if found.codes:
                        return found
        return NOBODY

    def resolve(self, span: Span, *, speaker: tuple[str, ...] = ()) -> Resolution:
        """Resolve any noun phrase of the report; `speaker` holds the codes of who speaks, for "we" and "I"."""
        tokens = self.analysis.tokens_in(span)
        if not tokens:
            return NOBODY
        first, last = tokens[0].i, tokens[-1].i
        if speaker and tokens[0].lower_ in words("first_person") and len(tokens) == 1:
            return Resolution(speaker, False, f"{tokens[0].lower_}: who speaks")
        heads = [
            t for t in tokens if (t.head.i == t.i or not first <= t.head.i <= last) and t.pos_ in _NOMINAL
        ]
        nothing = NOBODY
        for head in heads:
            found = self.phrases.conjoined(head, last)
            if found.codes:
                return self._with_other_half(found, tokens)
            nothing = found
        if heads and nothing.how != NOBODY.how:
            return nothing
        names = [
            n for n in self.phrases.names if n.start < span.end and n.end > span.start and n.hold is Hold.FIRM
        ]
        names = [n for n in names if n.row.codes]
        return (
            Resolution(names[0].row.codes, True, f"name {names[0].row.name} in the phrase")
            if names
            else NOBODY
        )

    def _with_other_half(self, found: Resolution, tokens: list[Token]) -> Resolution:
        """Add what a parser lost of "A and B", where both halves name somebody."""
        for k, token in reversed(list(enumerate(tokens[:-1]))):
            if token.lower_ != "and" or k == 0 or token.dep_ != "cc":
                continue
            halves = [self._half(tokens[:k]), self._half(tokens[k + 1 :])]
            if all(half.codes and not half.guess for half in halves):
                whole = join(halves)
                if set(found.codes) < set(whole.codes):
                    return whole
        return found

    def _half(self, tokens: list[Token]) -> Resolution:
        name = self.phrases.name_at.get(tokens[-1].i)
        if name is not None and name.hold is Hold.FIRM and not any(t.dep_ == "prep" for t in tokens):
            return self.phrases.head(tokens[-1])
        first, last = tokens[0].i, tokens[-1].i
        for token in tokens:
            if not first <= token.head.i <= last and token.pos_ in ("NOUN", "PROPN"):
                return self.phrases.head(token)
        return NOBODY

    def resolve_token(self, token: Token) -> Resolution:
        """Resolve the noun phrase that a token heads, with all that is conjoined with it."""
        return self.phrases.conjoined(token)
