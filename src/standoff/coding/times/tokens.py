"""The words of a text as the grammar of times sees them: one letter a word.

The grammar is a set of regular expressions over that string of letters, so that its rules read like a grammar and its
offsets come from the words. Letters of words that mean nothing to it are `x`.

    M month    W weekday     w abbreviated weekday   D number 1–31    O ordinal      Y year       Z decade
    I numeric date           C cardinal              K vague quantity U unit         B today ...  S season
    X named day              L last    T this    N next    G ago      E earlier      P early      H half
    J period   m morning     a a       h the     f of      i in       t that         e same       v every
    g about    r and, to     s 's      - , . stand for themselves
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from standoff.coding.times.lexicon import lexicon

_TOKEN = re.compile(
    r"""(?P<I>\d{4}-\d\d-\d\d(?!\d) | \d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?!\d) | \d{1,2}\.\d{1,2}\.\d{4}(?!\d))
      | (?P<Z>(?:\d{4}|['’‘]\d0)['’]?s\b)
      | (?P<y>['’‘]\d\d\b)
      | (?P<spoken>(?:[Ee]ighteen|[Nn]ineteen)[ ](?:hundred|(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty
            (?:-(?:one|two|three|four|five|six|seven|eight|nine))?)|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)\b)
      | (?P<O>\d{1,2}(?:st|nd|rd|th)\b)
      | (?P<n>\d+(?:[.,:]\d+)*[^\W\d_]*)
      | (?P<s>['’]s?\b|['’](?=\s))
      | (?P<A>(?:[Aa]\.[Dd]|[ap]\.m|[A-Z]\.[A-Z](?:\.[A-Z])*)\.?)
      | (?P<word>[^\W\d_]+)
      | (?P<other>[^\w\s] | _)
    """,
    re.VERBOSE,
)
_CAPITALISED_ONLY = frozenset("MWw")
_PUNCTUATION = {",": ",", "-": "-", "–": "-", "—": "x", ".": "."}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text. `letters[k]` is the class of the word at `starts[k]:ends[k]`; `lower[k]` is the word."""

    text: str
    letters: str
    starts: list[int]
    ends: list[int]
    lower: list[str]

    def word(self, k: int) -> str:
        """Return a word as it stands in the text; empty outside the text."""
        return self.text[self.starts[k] : self.ends[k]] if 0 <= k < len(self.starts) else ""

    def begins_sentence(self, k: int) -> bool:
        """Tell whether a word stands at the start of the text, a line, a sentence or a quotation."""
        if k == 0 or "\n" in self.text[self.ends[k - 1] : self.starts[k]]:
            return True
        return self.text[self.ends[k - 1] - 1] in '.?!:“"‘'


def _number_letter(text: str) -> str:
    if not text.isascii() or not text.isdigit():
        return "n"
    if len(text) == 4:
        return "Y" if "1000" <= text <= "2999" else "n"
    if len(text) <= 2:
        return "D" if 1 <= int(text) <= 31 else "c"
    return "c" if len(text) < 4 else "n"


def _spoken_year(words: str) -> str:
    """Turn "nineteen ninety-six" into figures."""
    numbers = lexicon().numbers | {"hundred": 0, "one": 1}
    century, _, rest = words.partition(" ")
    return str(100 * numbers[century] + sum(numbers[part] for part in rest.split("-")))


def words_of(text: str) -> Words:
    """Split a text and class its words, in time linear in its length."""
    table = lexicon().letters
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    lower: list[str] = []
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or "other"
        word = found.group()
        small = word.lower()
        if kind == "word":
            letter = table.get(small, "x")
            if letter in _CAPITALISED_ONLY and not word[0].isupper():
                letter = "x"
        elif kind == "n":
            letter = _number_letter(word)
        elif kind == "other":
            letter = _PUNCTUATION.get(word, "x")
        elif kind == "A":
            letter = "x"
        elif kind == "spoken":
            letter, small = "Y", _spoken_year(small)
        else:
            letter = kind
        letters.append(letter)
        starts.append(found.start())
        ends.append(found.end())
        lower.append(small)
    return Words(text, "".join(letters), starts, ends, lower)
