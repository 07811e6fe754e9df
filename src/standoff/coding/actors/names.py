"""Where the names of the table stand in a report, and how firmly each stands for its actor."""

from __future__ import annotations

import bisect
import enum
import re
from typing import TYPE_CHECKING, NamedTuple

from standoff.coding.actors.matching import fold, words_of
from standoff.coding.actors.table import ActorTable, Row, family_name

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BEFORE = re.compile(r"(?i)(?:^|[^\w])(?:anti|non|post|ex-?anti)[-–]\Z")
_PRO = re.compile(r"(?i)(?:^|[^\w])(?:pro)[-–]\Z")
_AFTER = re.compile(
    r"(?i)[-–](?:backed|linked|allied|aligned|supported|funded|trained|sponsored|brokered|inspired|affiliated|"
    r"imposed|supplied|approved|style|made|built|designed|mediated|friendly)\b"
)
_WEAK_AFTER = re.compile(
    r"(?i)[-–](?:based|born|educated|occupied|controlled|held|owned|administered|bound)\b"
)
_TITLES = frozenset(
    ["mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "president", "premier", "chancellor", "minister", "secretary", "general", "gen", "admiral", "adm", "colonel", "col", "lt", "capt", "major", "maj", "sen", "senator", "rep", "representative", "congressman", "ambassador", "envoy", "king", "queen", "prince", "princess", "sheikh", "sheik", "emir", "sultan", "pope", "bishop", "archbishop", "imam", "ayatollah", "mullah", "pm", "leader", "chief", "spokesman", "spokeswoman", "spokesperson", "comrade", "judge", "justice", "professor", "prof", "chairman", "governor", "mayor", "candidate", "commander", "deputy", "marshal", "speaker", "señor"]
)
_RARE_AS_NAMES = frozenset(["may", "march", "will", "long", "young", "bank", "north", "south", "east", "west", "new", "great", "grand"])


class Hold(enum.IntEnum):
    """How firmly a name stands for its actor."""

    FIRM = 0
    WEAK = 1
    NONE = 2


def hold_of(text: str, start: int, end: int) -> Hold:
    """Tell how a name is held: "anti-American" names nobody, "London-based" only where nothing better does."""
    before = text[max(0, start - 6) : start]
    if _BEFORE.search(before) or _PRO.search(before) or _AFTER.match(text, end):
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
    family: bool = False


def find_names(doc: Doc, table: ActorTable, on: str | None) -> list[Name]:
    """Find full names and family names in text order."""
    text = doc.text
    starts = [token.idx for token in doc]
    found: list[Name] = []
    covered: set[int] = set()
    persons: set[str] = set()
    nations: set[str] = set()
    for match in table.trie.matches(text, words_of(text)):
        first = bisect.bisect_right(starts, match.start) - 1
        last = bisect.bisect_left(starts, match.end) - 1
        chosen = table.choose(match.rows, on)
        if chosen is None or last < first:
            continue
        row, guess = chosen
        if row.kind != "person" and _is_anothers_name(doc, first, last, row, covered):
            continue
        found.append(
            Name(match.start, match.end, first, last, row, guess, hold_of(text, match.start, match.end))
        )
        covered.update(range(first, last + 1))
        nations.update(row.codes)
        if row.kind == "person":
            persons.add(row.name)
    found.extend(_family_names(doc, table, on, covered, persons, nations))
    found.sort()
    return found


def _is_anothers_name(doc: Doc, first: int, last: int, row: Row, covered: set[int]) -> bool:
    """Tell a name that is part of a person's: "Michael Jordan", "Paris Hilton" are no states."""
    if row.kind not in ("state", "capital", "place", "demonym", "party") or first != last:
        return False
    before = doc[first - 1] if first else None
    return (
        before is not None
        and row.kind != "demonym"
        and before.text[:1].isupper()
        and before.tag_ == "NNP"
        and before.dep_ == "compound"
        and before.head.i == first
        and first - 1 not in covered
        and fold(before.text) in _GIVEN
    )


_GIVEN = frozenset(["michael", "robert", "john", "paul", "david", "james", "jack", "joe", "bob", "vernon", "jonathan", "martin", "george"])


def _family_names(
    doc: Doc, table: ActorTable, on: str | None, covered: set[int], persons: set[str], nations: set[str]
) -> list[Name]:
    found = []
    family = table.family
    for token in doc:
        word = token.text
        if not word[:1].isupper() or token.i in covered:
            continue
        key = fold(word)
        if key not in family or key in _RARE_AS_NAMES:
            continue
        if not _stands_alone(doc, token, covered):
            continue
        chosen = _choose_person(table, family[key], on, persons, nations, token)
        if chosen is None:
            continue
        row, guess = chosen
        found.append(Name(token.idx, token.idx + len(word), token.i, token.i, row, guess, Hold.FIRM, True))
    return found


def _stands_alone(doc: Doc, token: Token, covered: set[int]) -> bool:
    """Tell whether a capitalised word may be a family name by itself: nothing of another name beside it."""
    if token.pos_ not in ("PROPN", "NOUN", "ADJ", "VERB", "X"):
        return False
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if (
        after is not None
        and after.pos_ == "PROPN"
        and after.text[:1].isupper()
        and after.i not in covered
        and after.text != "'s"
    ):
        return False
    return not (after is not None and after.text == "-" and after.whitespace_ == "" and not token.whitespace_)


def _choose_person(
    table: ActorTable, numbers: list[int], on: str | None, persons: set[str], nations: set[str], token: Token
) -> tuple[Row, bool] | None:
    """Return the person whom a family name means here: one named in full before all others, then one in office."""
    before = token.nbor(-1) if token.i else None
    given = ""
    if (
        before is not None
        and before.pos_ == "PROPN"
        and before.text[:1].isupper()
        and fold(before.text) not in _TITLES
        and not before.is_sent_end
    ):
        given = fold(before.text)
    best: tuple[float, Row] | None = None
    rivals = set()
    for number in numbers:
        row = table.rows[number]
        words = [fold(w) for w in row.name.split()]
        if given and given not in words and given[:1] != words[0][:1] and given[:1] != words[-1][:1]:
            if row.codes and not any(given.startswith(w[:4]) for w in words):
                continue
        if given and family_name(row) != row.name.split()[0] and given[:1] != words[0][:1]:
            continue
        distance = row.distance(on)
        score = 20.0 * (row.name in persons) + (10.0 if distance == 0 else 8.0 - 2 * distance)
        score += 4.0 * any(code[:3] in {n[:3] for n in nations} for code in row.codes)
        score += 0.5 * (row.role in ("president", "prime minister", "chancellor", "king", "leader"))
        if score >= 8 or (given and score > 4):
            rivals.add(row.codes)
            if best is None or score > best[0]:
                best = score, row
    return (best[1], len(rivals) > 1) if best else None
