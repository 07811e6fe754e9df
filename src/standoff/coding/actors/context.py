"""What the report around a phrase tells: who "he", "it", "they", "the minister" or "the two sides" are.

Candidates are the phrases read so far, scored by how near they are and by what they do in their clause (who speaks before
other subjects, subjects before objects), after Lappin and Leass 1994 ("An algorithm for pronominal anaphora
resolution"), reduced to what news needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from standoff.coding.actors.lexicon import words
from standoff.coding.actors.matching import fold
from standoff.coding.actors.phrases import begin_of
from standoff.coding.actors.roles import SUFFIX, with_role
from standoff.coding.actors.table import NOBODY, Resolution

if TYPE_CHECKING:
    from spacy.tokens import Token

    from standoff.coding.actors.index import ActorIndex

_THINGS = frozenset({"name", "org", "band", "group", "media"})
_REACH = 6
_NEAREST = 60
_PRESENCE = (1000, 1000, 500, 300, 100, 30)
"""What it counts for "the two sides" to be named in the same sentence, one before, two before, ..."""
_NUMBERS = {"two": 2, "both": 2, "either": 2, "each": 2, "pair": 2, "three": 3, "trio": 3, "four": 4, "quartet": 4,
            }  # fmt: skip


class Candidate(NamedTuple):
    """A phrase that later words may point back to. `rank` is 3 for who speaks, 2 a main subject, 1 another subject."""

    token: int
    sentence: int
    codes: tuple[str, ...]
    kind: str
    rank: int
    plural: bool
    quoted: bool
    female: bool | None
    words: frozenset[str]


class ReportContext:
    """The context of one report, filled from left to right."""

    def __init__(self, index: ActorIndex) -> None:
        self.index = index
        self.candidates: list[Candidate] = []
        self.persons: dict[str, tuple[str, ...]] = {}
        self.counts: Counter[tuple[str, ...]] = Counter()
        self._spoken: Counter[str] | None = None

    def add(self, candidate: Candidate) -> None:
        """Take in a phrase that has been read."""
        self.candidates.append(candidate)
        self.counts[candidate.codes] += 1

    def before(self, token: Token, reach: int = _REACH) -> Iterator[tuple[int, Candidate]]:
        """Yield the candidates before a token, nearest first, with how many sentences they are away."""
        sentence = self.index.sentence_of(token.i)
        for candidate in reversed(self.candidates[-400:]):
            away = sentence - candidate.sentence
            if away > reach:
                return
            if candidate.token < token.i:
                yield away, candidate

    def person(self, token: Token) -> Resolution:
        """Resolve a person's name by what the report said of that family name elsewhere."""
        codes = self.persons.get(fold(token.text))
        return Resolution(codes, False, f"{token.text}, told elsewhere in the report") if codes else NOBODY

    def pronoun(self, token: Token) -> Resolution:
        """Resolve a pronoun by its kind."""
        word = token.lower_
        if word in words("relative"):
            return self._relative(token)
        if word in words("first_person"):
            return self._first_person(token)
        if word in words("singular"):
            female = word in words("female")
            return self._best(
                token,
                lambda c: (
                    c.kind == "person" and not c.plural and c.female in (None, female) and len(c.codes) == 1
                ),
            )
        if word in words("thing"):
            return self._best(
                token,
                lambda c: c.kind in _THINGS and not c.plural and len(c.codes) < 2,
            )
        if word == "both":
            return self.pair(token, 2)
        if word in words("plural"):
            found = self._best(token, lambda c: c.plural or len(c.codes) > 1)
            return (
                found
                if found.codes
                else self._best(token, lambda c: c.kind in ("name", "org", "band", "group"))
            )
        return NOBODY

    def _relative(self, token: Token) -> Resolution:
        clause = token.head
        for _ in range(4):
            if clause.dep_ in ("relcl", "acl"):
                found = self.index.phrases.head(clause.head)
                return found._replace(how=f"{token.lower_}: antecedent")
            if clause.head.i == clause.i:
                break
            clause = clause.head
        return NOBODY

    def _first_person(self, token: Token) -> Resolution:
        speaker = self.index.speaker_at(token)
        return speaker._replace(guess=True, how=f"{token.lower_}: who speaks") if speaker.codes else NOBODY

    def _best(self, token: Token, fits: Callable[[Candidate], bool]) -> Resolution:
        best: tuple[float, Candidate] | None = None
        rivals: set[tuple[str, ...]] = set()
        quoted = self.index.is_quoted(token)
        for away, candidate in self.before(token):
            if not fits(candidate):
                continue
            score = self._salience(candidate, away, token, quoted)
            rivals.add(candidate.codes)
            if best is None or score > best[0]:
                best = score, candidate
        if best is None:
            return NOBODY
        return Resolution(
            best[1].codes, len(rivals) > 1, f"{token.lower_}: antecedent at token {best[1].token}"
        )

    def _salience(self, candidate: Candidate, away: int, token: Token, quoted: bool) -> float:
        score = (0.0, 1.0, 2.0, 3.0)[candidate.rank] - (0.0, 1.2, 2.6, 3.8, 5.0, 6.0, 7.0)[away]
        score += 0.2 * min(self.counts[candidate.codes], 5)
        if candidate.quoted and not quoted:
            score -= 2.5
        if quoted and not candidate.quoted and candidate.rank == 3 and away == 0:
            score -= 2.0
        return score - 0.004 * min(token.i - candidate.token, 200)

    def pair(self, token: Token, size: int) -> Resolution:
        """Resolve "the two sides": the last coordination of that size, else the actors most spoken of before."""
        for _, candidate in self.before(token, 3):
            if len(candidate.codes) == size:
                return Resolution(candidate.codes, True, f"the {size}: coordinated before")
        weights: Counter[str] = Counter()
        order: dict[str, int] = {}
        named: set[tuple[int, str]] = set()
        for away, candidate in self.before(token, _NEAREST):
            if len(candidate.codes) == 1:
                code = candidate.codes[0]
                order[code] = candidate.token
                if (away, code) not in named:  # a sentence counts once, however often it names somebody
                    named.add((away, code))
                    weights[code] += _PRESENCE[min(away, len(_PRESENCE) - 1)]
        top = [code for code, _ in weights.most_common(size)]
        if len(top) < size:
            return NOBODY
        return Resolution(
            tuple(sorted(top, key=lambda code: order[code])), True, f"the {size} most spoken of"
        )

    def focus(self, token: Token) -> str:
        """Return the state most spoken of in the report, what stands just before counting more, or nothing.

        A nation that the phrase is said to be for or against ("pro-Russian gunmen") is not its own.
        """
        if self._spoken is None:
            self._spoken = Counter(
                state for name in self.index.phrases.names for state in self._states_of(name.row.codes)
            )
        weights = Counter(self._spoken)
        for away, candidate in self.before(token, 4):
            for state in self._states_of(candidate.codes):
                weights[state] += 3 if away < 2 else 1
        for i in range(begin_of(token), token.i):
            name = self.index.phrases.name_at.get(i)
            for state in self._states_of(name.row.codes if name else ()):
                weights.pop(state, None)
        return weights.most_common(1)[0][0] if weights else ""

    def _states_of(self, codes: tuple[str, ...]) -> list[str]:
        states = self.index.table.states
        return [state for code in codes if (state := code.partition("-")[0]) in states]

    def counted(self, token: Token, number: str) -> Resolution:
        """Resolve "the four", "the quartet"."""
        return self.pair(token, _NUMBERS[number]) if number in _NUMBERS else NOBODY

    def generic(self, token: Token, kind: str) -> Resolution:
        """Resolve a phrase without a nation by an earlier phrase of its kind, else by the state most spoken of."""
        number = next((_NUMBERS[child.lower_] for child in token.lefts if child.lower_ in _NUMBERS), 0)
        plural = token.tag_ in ("NNS", "NNPS")
        if (
            number
            and plural
            and (kind in ("sides", "gov", "office", "state", "group") or token.lemma_ == "man")
        ):
            return self.pair(token, number)
        if kind == "minority":
            return NOBODY
        if plural and token.lower_ in words("heads") and any(child.lower_ == "the" for child in token.lefts):
            return self.pair(token, 2)
        if token.lower_ == "administration" and any(
            "USA" in name.row.codes for name in self.index.phrases.names
        ):
            return Resolution(("USA",), True, "administration, as Washington's is called")
        if kind == "office" and any(child.lower_ in words("former") for child in token.lefts):
            found = self._best(token, lambda c: c.kind == "person" and c.codes[0].endswith("-OPP"))
            if found.codes:
                return found
        if kind == "reb":
            found = self._best(token, lambda c: c.kind == "band" and len(c.codes) == 1)
            if found.codes:
                return found
            if group := self.index.phrases.rebels_of(""):
                return Resolution((group,), True, f"{token.lower_}: the group that the report names")
        earlier = self._same_noun(token, kind)
        if earlier.codes:
            return earlier
        found = self._by_kind(token, kind)
        if found.codes:
            return found
        if kind in ("group", "paper", "state"):
            return NOBODY
        focus = self.focus(token)
        if not focus:
            return NOBODY
        code = with_role(focus, kind, self.index.table.states)
        return Resolution((code,), True, f"{token.lower_}: state most spoken of")

    def _by_kind(self, token: Token, kind: str) -> Resolution:
        if kind == "paper":
            return self._best(token, lambda c: c.kind != "place" and len(c.codes) == 1)
        if kind == "group":
            return self._best(token, lambda c: c.kind in ("group", "org", "band") and len(c.codes) == 1)
        if kind == "state":
            return self._best(token, lambda c: c.kind in ("name", "org") and len(c.codes) == 1)
        suffix = SUFFIX.get(kind)
        if suffix is None:
            return NOBODY
        return self._best(token, lambda c: len(c.codes) == 1 and c.codes[0].endswith(suffix))

    def _same_noun(self, token: Token, kind: str) -> Resolution:
        """Return the last phrase with the same noun, or the last person who holds the office."""
        lemma = token.lemma_.lower()
        suffix = SUFFIX.get(kind)
        states = self.index.table.states
        for _, candidate in self.before(token, _NEAREST):
            if (
                not candidate.codes
                or lemma not in candidate.words
                or (kind != "office" and candidate.kind == "person")
            ):
                continue
            if suffix is None or any(code.endswith(suffix) or code not in states for code in candidate.codes):
                return Resolution(
                    candidate.codes, True, f"{token.lower_}: named so at token {candidate.token}"
                )
        return NOBODY
