"""What the report around a phrase tells: who "he", "it", "they", "the minister" or "the two sides" are.

Candidates are the phrases read so far, scored by how near they are and what they do in their clause (a subject before
an object), after Lappin and Leass 1994 ("An algorithm for pronominal anaphora resolution"), reduced to what news needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from standoff.coding.actors.matching import fold
from standoff.coding.actors.roles import Role, with_role
from standoff.coding.actors.table import NOBODY, Resolution

if TYPE_CHECKING:
    from spacy.tokens import Token

    from standoff.coding.actors.index import ActorIndex

_SINGULAR = frozenset(["he", "she", "him", "her", "his", "hers", "himself", "herself"])
_THING = frozenset(["it", "its", "itself"])
_PLURAL = frozenset(["they", "them", "their", "theirs", "themselves", "those", "these", "both"])
_FIRST = frozenset(["i", "me", "my", "mine", "we", "us", "our", "ours"])
_RELATIVE = frozenset(["who", "whom", "whose", "which", "that"])
_REACH = 6


class Candidate(NamedTuple):
    """A phrase that later words may point back to."""

    token: int
    sentence: int
    codes: tuple[str, ...]
    kind: str
    subject: bool
    plural: bool
    words: frozenset[str]


class ReportContext:
    """The context of one report, filled from left to right."""

    def __init__(self, index: ActorIndex) -> None:
        self.index = index
        self.candidates: list[Candidate] = []
        self.persons: dict[str, tuple[str, ...]] = {}
        self.counts: Counter[tuple[str, ...]] = Counter()

    def add(self, candidate: Candidate) -> None:
        """Take in a phrase that has been read."""
        self.candidates.append(candidate)
        self.counts[candidate.codes] += 1

    def person(self, token: Token) -> Resolution:
        """Resolve a person's name by what the report said of that family name elsewhere."""
        codes = self.persons.get(fold(token.text))
        return Resolution(codes, False, f"{token.text}, told elsewhere in the report") if codes else NOBODY

    def pronoun(self, token: Token) -> Resolution:
        """Resolve a pronoun by its kind."""
        word = token.lower_
        if word in _RELATIVE:
            return self._relative(token)
        if word in _FIRST:
            return self._first_person(token)
        if word in _SINGULAR:
            return self._best(token, lambda c: c.kind in ("person", "office") and not c.plural, word)
        if word in _THING:
            return self._best(
                token, lambda c: c.kind in ("name", "group") and not c.plural and len(c.codes) == 1, word
            )
        if word == "both":
            return self.pair(token, 2)
        if word in _PLURAL:
            found = self._best(token, lambda c: c.plural or len(c.codes) > 1, word)
            return found if found.codes else self._best(token, lambda c: c.kind in ("name", "group"), word)
        return NOBODY

    def _relative(self, token: Token) -> Resolution:
        clause = token.head
        for _ in range(4):
            if clause.dep_ in ("relcl", "acl"):
                return self.index.phrases.head(clause.head)._replace(how=f"{token.lower_}: antecedent")
            if clause.head.i == clause.i:
                break
            clause = clause.head
        return NOBODY

    def _first_person(self, token: Token) -> Resolution:
        speaker = self.index.speaker_at(token)
        return speaker._replace(guess=True, how=f"{token.lower_}: who speaks") if speaker.codes else NOBODY

    def _best(self, token: Token, fits: Callable[[Candidate], bool], word: str) -> Resolution:
        sentence = self.index.sentence_of(token.i)
        best: tuple[float, Candidate] | None = None
        rivals = 0
        for candidate in reversed(self.candidates):
            away = sentence - candidate.sentence
            if away > _REACH:
                break
            if candidate.token >= token.i or not fits(candidate):
                continue
            score = self._salience(candidate, away, token)
            rivals += 1
            if best is None or score > best[0]:
                best = score, candidate
        if best is None:
            return NOBODY
        return Resolution(best[1].codes, rivals > 1, f"{word}: antecedent at token {best[1].token}")

    def _salience(self, candidate: Candidate, away: int, token: Token) -> float:
        score = -2.5 * away + (2.5 if candidate.subject else 0.0)
        score += 0.3 * min(self.counts[candidate.codes], 5)
        if away == 0 and not candidate.subject:
            score -= 0.5
        return score + 0.002 * candidate.token - 0.002 * token.i

    def pair(self, token: Token, size: int) -> Resolution:
        """Resolve "the two sides": the last coordination of that size, else the actors most spoken of just before."""
        sentence = self.index.sentence_of(token.i)
        for candidate in reversed(self.candidates):
            if sentence - candidate.sentence > 3:
                break
            if candidate.token < token.i and len(candidate.codes) == size:
                return Resolution(candidate.codes, True, f"the {size}: coordinated before")
        weights: Counter[str] = Counter()
        order: dict[str, int] = {}
        for candidate in reversed(self.candidates):
            away = sentence - candidate.sentence
            if candidate.token >= token.i or len(candidate.codes) != 1:
                continue
            weights[candidate.codes[0]] += 1000 if away <= 1 else 300 if away <= 3 else 30
            order[candidate.codes[0]] = candidate.token
        top = [code for code, _ in weights.most_common(size)]
        if len(top) < size:
            return NOBODY
        return Resolution(
            tuple(sorted(top, key=lambda code: order[code])), True, f"the {size} most spoken of"
        )

    def focus(self, token: Token) -> tuple[str, ...]:
        """Return the state most spoken of up to here (with what is near counting more), or nothing."""
        states = self.index.table.states
        weights: Counter[str] = Counter()
        sentence = self.index.sentence_of(token.i)
        for candidate in self.candidates:
            for code in candidate.codes:
                state = code.partition("-")[0]
                if state in states and candidate.token < token.i:
                    weights[state] += 2 if sentence - candidate.sentence < 3 else 1
        return (weights.most_common(1)[0][0],) if weights else ()

    def generic(self, token: Token, role: Role) -> Resolution:
        """Resolve a phrase without a nation by an earlier phrase of its kind, else by the state most spoken of."""
        number = _number(token)
        if number and role.kind in ("sides", "gov", "office", "state"):
            return self.pair(token, number)
        if role.kind in ("paper", "family"):
            return NOBODY if role.kind == "family" else self._paper(token)
        earlier = self._same_noun(token)
        if earlier.codes:
            return earlier
        if role.kind == "group":
            return self._best(
                token, lambda c: c.kind in ("group", "name") and len(c.codes) == 1, token.lower_
            )
        if role.kind == "state":
            return self._best(token, lambda c: c.kind == "name" and len(c.codes) == 1, token.lower_)
        if role.kind == "office":
            found = self._best(token, lambda c: c.kind == "person" and token.lower_ in c.words, token.lower_)
            if found.codes:
                return found
        if role.kind in ("reb", "opp", "opponent", "bus", "leg", "civ"):
            suffix = "-" + with_role("USA", role.kind, frozenset({"USA"})).partition("-")[2]
            found = self._best(
                token,
                lambda c: (
                    len(c.codes) == 1
                    and (c.codes[0].endswith(suffix) or (role.kind == "reb" and c.kind == "group"))
                ),
                token.lower_,
            )
            if found.codes:
                return found
        focus = self.focus(token)
        codes = tuple(with_role(code, role.kind, self.index.table.states) for code in focus)
        return Resolution(codes, True, f"{token.lower_}: state most spoken of") if codes else NOBODY

    def _same_noun(self, token: Token) -> Resolution:
        lemma = token.lemma_.lower()
        for candidate in reversed(self.candidates):
            if (
                candidate.token < token.i
                and candidate.kind in ("office", "group")
                and lemma in candidate.words
            ):
                return Resolution(candidate.codes, True, f"{token.lower_}: named so before")
        return NOBODY

    def _paper(self, token: Token) -> Resolution:
        return self._best(token, lambda c: c.kind != "place" and len(c.codes) == 1, token.lower_)


_NUMBERS = {"two": 2, "both": 2, "either": 2, "each": 2, "three": 3, "four": 4}


def _number(token: Token) -> int:
    return next((_NUMBERS[child.lower_] for child in token.lefts if child.lower_ in _NUMBERS), 0)
