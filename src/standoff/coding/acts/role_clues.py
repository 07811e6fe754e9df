"""The candidates for the parties of one act, and what speaks for each of them.

Clues are short readable strings: the argument places around the trigger (see structure.py), the path through the parse from the
trigger to where a candidate is named, its place in what is demanded or alleged, how often and where the report names
it, and what kind of actor it is. (A second reading that also saw who acts on whom in the report's other acts did not
choose better: 0.508 against 0.514 of the parties of gold/train, held out.)
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from standoff.coding.acts.candidates import Candidate
from standoff.coding.acts.grammar import is_passive
from standoff.coding.acts.parties import Codes, Parties
from standoff.coding.acts.structure import Roles, readings_of, structure_of
from standoff.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

NEAR_SENTENCES = 2
"""Actors named so many sentences before the trigger's are candidates."""
SALIENT = 4
"""So many of the actors that the report names most often are candidates anywhere."""
LONGEST_PATH = 6
JOINT = frozenset({"CONSULT", "AGREE", "COOPERATE", "ASSAULT", "RETREAT", "REJECT"})
"""Types whose doers are often named apart from each other, and done together."""
WITHIN = frozenset({"PROTEST", "COERCE", "CONCEDE", "ASSAULT"})
"""Types by which a state and its people act on each other."""
WORDED = frozenset({"subject", "object", "behind the object", "behind the subject", "content", "on", "with", "of", "by", "to",
                    "against", "from", "speaker", "cue", "modifier", "owner"})  # fmt: skip
"""Argument places whose holder depends on the trigger's word."""


class RoleClues:
    """The candidates for the parties of one act, and what speaks for each."""

    def __init__(
        self, candidate: Candidate, head: Token, parties: Parties, content: Span | None = None
    ) -> None:
        """Read the argument places around the trigger; `content` is what is demanded, alleged or promised."""
        self.candidate = candidate
        self.head = head
        self.parties = parties
        self.structure: Roles = structure_of(candidate, head, parties)
        self.readings = readings_of(candidate, head, parties)
        self._lemma = head.lemma_.lower()
        self._passive = "passive" if is_passive(head) else "active"
        self._around = parties.around(head, NEAR_SENTENCES)
        self._here = parties.in_sentence(head)
        self._rank = parties.salience()
        self._lead = parties.lead()
        self._before: dict[Codes, Codes] = {}
        self._chain = _chain(head)
        self._content = self._named_in(content)

    def _named_in(self, content: Span | None) -> list[tuple[Token, Codes]]:
        if content is None:
            return []
        return [(token, codes) for token, codes in self.parties.named_in(content) if codes]

    def _pool(self) -> list[Codes]:
        kind = self.candidate.type
        found = [self.structure.source, self.structure.target, *self.readings.values()]
        found += [codes for _, codes in self._around]
        found += [codes for _, codes in self._content]
        found += [(code,) for code, rank in self._rank.items() if rank < SALIENT]
        found += self._unions()
        for codes in list(found):
            if kind in JOINT and codes:
                for other in (self.readings.get("with", ()), self.readings.get("object", ())):
                    if other and not set(other) & set(codes):
                        found.append((*codes, *other))
            if kind in WITHIN:
                found += [(code.split("-")[0],) for code in codes if "-" in code]
        if kind in WITHIN:
            states = [code for code in self._rank if len(code) == 3 and code.isupper()]
            found += [(f"{states[0]}-{part}",) for part in ("CIV", "OPP") if states]
            found += [
                (f"{code}-CIV",)
                for _, codes in self._here
                for code in codes
                if len(code) == 3 and kind in ("PROTEST", "ASSAULT", "COERCE")
            ]
        return _distinct(found)

    def _unions(self) -> list[Codes]:
        """Return the neighbours in the sentence taken together, and the two actors that the report names most."""
        found: list[Codes] = []
        named = [codes for _, codes in self._here]
        for one, other in itertools.pairwise(named):
            if not set(one) & set(other):
                found.append((*one, *other))
        top = [code for code, rank in self._rank.items() if rank < 2]
        if len(top) == 2:
            found.append(tuple(top))
        inside = tuple(dict.fromkeys(code for _, codes in self._content for code in codes))
        if 1 < len(inside) < 5:
            found.append(inside)
        return found

    def sources(self) -> list[Codes]:
        """Return the candidates for the source."""
        return [codes for codes in self._pool() if codes]

    def targets(self, source: Codes) -> list[Codes]:
        """Return the candidates for the target, nobody among them."""
        pool = [tuple(code for code in codes if code not in source) for codes in self._pool()]
        return [(), *[codes for codes in _distinct(pool) if codes]]

    def reason(self, source: Codes) -> str:
        """Say in a few words which argument place holds the source."""
        names = [name for name, codes in self.readings.items() if set(codes) == set(source)]
        return f"source: {names[0]}" if names else "source: from the story"

    def of(self, role: str, codes: Codes, source: Codes) -> list[str]:
        """Return the clues for one candidate in one role."""
        kind, frame = self.candidate.type, self.candidate.frame
        found = []
        for clue in self._plain(codes, source, role):
            if clue.endswith(WORD):
                found.append(f"{role} | {clue[: -len(WORD)]} | {self._lemma}")
            else:
                found += [f"{role} | {clue}", f"{role} | {clue} | {kind}", f"{role} | {clue} | {frame}"]
        return found

    def _plain(self, codes: Codes, source: Codes, role: str) -> Iterator[str]:
        if not codes:
            yield from self._nobody(source)
            return
        mine = set(codes)
        expected = self.structure.source if role == "source" else self.structure.target
        if mine == set(expected):
            yield "as parsed"
            yield f"as parsed{WORD}"
        opposite = self.structure.target if role == "source" else self.structure.source
        if mine & set(opposite):
            yield "as the other party parsed"
        yield from self._places(mine, source)
        yield from self._path(mine)
        yield from self._in_content(mine)
        yield self._distance(mine)
        rank = min(self._rank.get(code, 9) for code in codes)
        if source:
            yield self._counterpart(codes, source)
            yield f"together {min(self.parties.together(source, codes), 4)}"
            if mine & set(self._answered(source)):
                yield "spoke before"
            if {code.partition("-")[0] for code in codes} & {code.partition("-")[0] for code in source}:
                yield "of the same state"
        else:
            yield f"rank {min(rank, 9)}"
        yield f"codes {min(len(codes), 3)}"
        yield f"kind {_kind(codes[0])}"
        if not all(code in self._rank for code in codes):
            yield "named nowhere"
        yield f"in the lead {sum(code in self._lead for code in codes) == len(codes)}"

    def _nobody(self, source: Codes) -> Iterator[str]:
        expected = set(self.structure.target) - set(source)
        yield "nobody"
        yield f"nobody{WORD}"
        yield f"nobody, parse {'somebody' if expected else 'too'}"
        yield f"nobody, {self._passive}"
        here = {code for _, codes in self._here for code in codes} - set(source)
        yield f"nobody, others in the sentence {min(len(here), 3)}"
        inside = {code for _, codes in self._content for code in codes} - set(source)
        yield f"nobody, others in the content {min(len(inside), 2)}"
        for name in ("object", "with", "on", "to", "against", "content", "behind the object"):
            if set(self.readings.get(name, ())) - set(source):
                yield f"nobody, though {name}"

    def _places(self, mine: set[str], source: Codes) -> Iterator[str]:
        held = False
        for name, others in self.readings.items():
            rest = set(others) - set(source)
            if mine == rest:
                yield f"= {name}"
                yield f"= {name}, {self._passive}"
                if name in WORDED:
                    yield f"= {name}{WORD}"
                held = True
            elif mine < rest:
                yield f"< {name}"
            elif mine & rest:
                yield f"~ {name}"
        if not held:
            yield "in no place"

    def _path(self, mine: set[str]) -> Iterator[str]:
        """Yield the way through the parse from the trigger to the nearest place in its sentence that names a candidate."""
        exact = [at for at, codes in self._here if set(codes) == mine]
        some = exact or [at for at, codes in self._here if set(codes) & mine]
        if not some:
            return
        nearest = min(some, key=lambda at: abs(at - self.head.i))
        path = _path_to(self.head.doc[nearest], self._chain)
        how = "" if exact else "part of "
        yield f"{how}path {path}"
        if exact:
            yield f"path {path}{WORD}"

    def _in_content(self, mine: set[str]) -> Iterator[str]:
        for rank, (token, codes) in enumerate(self._content):
            if set(codes) & mine:
                label = token.dep_ if token.dep_ != "pobj" else f"pobj of {token.head.lower_}"
                yield f"content {min(rank, 3)}"
                yield f"content {label}"
                return
        if self._content:
            yield "not in the content"

    def _answered(self, source: Codes) -> Codes:
        if source not in self._before:
            self._before[source] = self.parties.spoke_before(self.head, source)
        return self._before[source]

    def _counterpart(self, codes: Codes, source: Codes) -> str:
        others = [code for code in self._rank if code not in source]
        place = others.index(codes[0]) if codes[0] in others else 9
        return f"counterpart {min(place, 4)}"

    def _distance(self, mine: set[str]) -> str:
        """Say where the candidate is named: side and rank in the sentence, else how many sentences before."""
        nearest = 9
        for place, codes in self._around:
            if set(codes) & mine:
                if place == 0:
                    return f"sentence {self._side(mine)}"
                nearest = min(nearest, place)
        return f"{nearest} sentences before" if nearest < 9 else "elsewhere"

    def _side(self, mine: set[str]) -> str:
        before = [codes for at, codes in self._here if at < self.head.i]
        after = [codes for at, codes in self._here if at > self.head.i]
        for rank, codes in enumerate(reversed(before)):
            if set(codes) & mine:
                left = f"before {min(rank, 2)}"
                break
        else:
            left = ""
        right = next((f"after {min(k, 2)}" for k, codes in enumerate(after) if set(codes) & mine), "")
        return f"{left} {right}".strip() or "at the trigger"


WORD = " ~word"
"""Marks a clue that is counted with the trigger's lemma, and not with its type and frame."""


def _kind(code: str) -> str:
    state, _, part = code.partition("-")
    if part:
        return part
    return (
        "state"
        if len(state) == 3 and state.isalpha() and state not in ("SDF", "YPG", "PKK", "RSF")
        else "body"
    )


def _chain(head: Token) -> dict[int, tuple[int, str]]:
    """Return the tokens above the trigger with their distance and the labels on the way."""
    found: dict[int, tuple[int, str]] = {head.i: (0, "")}
    node, labels = head, ""
    for step in range(1, LONGEST_PATH + 1):
        if node.head.i == node.i:
            break
        labels += f"^{node.dep_}"
        node = node.head
        found[node.i] = (step, labels)
    return found


def _path_to(token: Token, chain: dict[int, tuple[int, str]]) -> str:
    """Return the labels from the trigger up to the common ancestor and down to a token; "far" beyond the longest."""
    down: list[str] = []
    node = token
    for _ in range(LONGEST_PATH):
        if node.i in chain:
            steps, up = chain[node.i]
            return f"{up}>{'>'.join(reversed(down))}" if steps + len(down) <= LONGEST_PATH else "far"
        label = node.dep_
        if label in ("prep", "agent"):
            label = node.lower_
        down.append(label)
        if node.head.i == node.i:
            break
        node = node.head
    return "far"


def _distinct(found: list[Codes]) -> list[Codes]:
    seen: dict[frozenset[str], Codes] = {}
    for codes in found:
        seen.setdefault(frozenset(codes), codes)
    return list(seen.values())
