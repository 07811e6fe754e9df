"""Where the names of the table stand in a report, and how firmly each stands for its actor."""

from __future__ import annotations

import bisect
import enum
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from standoff.coding.actors.lexicon import words
from standoff.coding.actors.matching import Word, fold, words_of
from standoff.coding.actors.table import ActorTable, Row, family_name

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEFORE = re.compile(r"(?i)(?:\A|\W)(?:anti|non|pro|post)[-–]\Z")
_AFTER = re.compile(
    r"(?i)[-–](?:backed|linked|allied|aligned|supported|funded|trained|sponsored|brokered|inspired|affiliated|"
    r"imposed|supplied|approved|style|made|built|designed|mediated|friendly)\b"
)
_WEAK_AFTER = re.compile(
    r"(?i)[-–](?:based|born|educated|occupied|controlled|held|owned|administered|bound)\b"
)


class Hold(enum.IntEnum):
    """How firmly a name stands for its actor."""

    FIRM = 0
    WEAK = 1
    NONE = 2


def hold_of(text: str, start: int, end: int) -> Hold:
    """Tell how a name is held: "anti-American" names nobody, "London-based" only where nothing better does."""
    if _BEFORE.search(text, max(0, start - 6), start) or _AFTER.match(text, end):
        return Hold.NONE
    return Hold.WEAK if _WEAK_AFTER.match(text, end) else Hold.FIRM


class Name(NamedTuple):
    """A name of the table in the report: tokens `[first, last]`, the row that holds on the report's date."""

    start: int
    end: int
    first: int
    last: int
    row: Row
    guess: bool
    hold: Hold


class Finder:
    """Finds the names in one report. `tokens` are all its tokens, `on` its date."""

    def __init__(self, text: str, tokens: Sequence[Token], table: ActorTable, on: str | None) -> None:
        self.text = text
        self.tokens = tokens
        self.table = table
        self.on = on
        self.covered: set[int] = set()
        self.persons: set[str] = set()
        self.nations: set[str] = set()
        self._starts = [token.idx for token in tokens]

    def find(self) -> list[Name]:
        """Return full names and family names in text order."""
        split = words_of(self.text)
        found = self._full_names(split)
        found.extend(self._family_names(split))
        found.sort(key=lambda name: name.start)
        return found

    def _token_at(self, offset: int) -> int:
        return bisect.bisect_right(self._starts, offset) - 1

    def _full_names(self, split: list[Word]) -> list[Name]:
        found: list[Name] = []
        matches = self.table.trie.matches(self.text, split)
        wholes = {code for match in matches for row in match.rows for code in self.table.rows[row].codes[:1]
                  if self.table.rows[row].kind in ("state", "demonym", "capital")}  # fmt: skip
        for match in matches:
            first, last = self._token_at(match.start), self._token_at(match.end - 1)
            chosen = self.table.choose(match.rows, self.on)
            if chosen is None:
                continue
            row, guess = chosen
            if row.kind == "half" and (row.codes[0] not in wholes or not self._is_half(first)):
                continue
            if row.kind in ("state", "capital", "place") and first == last and self._is_family_name(first):
                continue
            hold = hold_of(self.text, match.start, match.end)
            found.append(Name(match.start, match.end, first, last, row, guess, hold))
            self.covered.update(range(first, last + 1))
            self.nations.update(code[:3] for code in row.codes)
            if row.kind == "person":
                self.persons.add(row.name)
        return found

    def _is_half(self, at: int) -> bool:
        """Tell "the North" as a party from the north of somewhere: nothing of a longer name beside it."""
        token = self.tokens[at]
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else token
        return (
            token.dep_ not in ("compound", "amod", "advmod")
            and after.pos_ != "PROPN"
            and after.lower_ != "of"
        )

    def _is_family_name(self, at: int) -> bool:
        """Tell a name that is part of a person's: "Michael Jordan" is no state."""
        return at > 0 and fold(self.tokens[at - 1].text) in words("given_before_places")

    def _family_names(self, split: list[Word]) -> list[Name]:
        found: list[Name] = []
        strangers: set[str] = set()
        family = self.table.family
        for word in split:
            if word.folded not in family or not self.text[word.start].isupper():
                continue
            at = self._token_at(word.start)
            if (
                at in self.covered
                or word.folded in words("rare_as_names")
                or not self._stands_alone(at, word)
            ):
                continue
            given = self._given_before(at)
            opens = bool(given) and bool(self.tokens[at - 1].is_sent_start)
            chosen = self._choose(family[word.folded], given, opens)
            if chosen is None:
                strangers.add(word.folded)
            elif given or word.folded not in strangers or chosen[0].name in self.persons:
                row, guess = chosen
                found.append(
                    Name(word.start, word.end, at, self._token_at(word.end - 1), row, guess, Hold.FIRM)
                )
        return found

    def _stands_alone(self, at: int, word: Word) -> bool:
        """Tell whether a capitalised word may be a family name by itself: no other part of a name after it."""
        token = self.tokens[at]
        if token.pos_ not in ("PROPN", "NOUN", "ADJ", "VERB", "X"):
            return False
        if self.text[word.end : word.end + 1] == "-" and self.text[word.end + 1 : word.end + 2].isalpha():
            return False
        if at + 1 == len(self.tokens):
            return True
        after = self.tokens[at + 1]
        part = after.pos_ == "PROPN" and after.text[:1].isupper() and after.i not in self.covered
        return not part or token.dep_ not in ("compound", "nmod", "amod")

    def _given_before(self, at: int) -> str:
        """Return the given name before a family name, folded, or nothing."""
        if at == 0:
            return ""
        before = self.tokens[at - 1]
        if (
            before.pos_ != "PROPN"
            or not before.text[:1].isupper()
            or before.is_sent_end
            or before.i in self.covered
        ):
            return ""
        given = fold(before.text)
        return "" if given in words("titles") or before.dep_ in ("nsubj", "pobj", "dobj", "poss") else given

    def _choose(self, numbers: list[int], given: str, opens: bool) -> tuple[Row, bool] | None:
        """Return whom a family name means: a person named in full before all others, then one in office.

        `opens` says that what looks like a given name opens a sentence, so that it may be any word.
        """
        best: tuple[float, Row] | None = None
        rivals: set[tuple[str, ...]] = set()
        for number in numbers:
            row = self.table.rows[number]
            parts = [fold(part) for part in row.name.split()]
            own = parts[0] if family_name(row) != row.name.split()[0] else parts[-1]
            if given and given[:3] != own[:3] and not (opens and row.name in self.persons):
                continue
            distance = row.distance(self.on)
            score = 20.0 * (row.name in self.persons) + (10.0 if distance == 0 else 8.0 - 2 * distance)
            score += 4.0 * any(code[:3] in self.nations for code in row.codes)
            score += 0.5 * (row.role in ("president", "prime minister", "chancellor", "leader"))
            if score >= 8:
                rivals.add(row.codes)
                if best is None or score > best[0]:
                    best = score, row
        return (best[1], len(rivals) > 1) if best else None
