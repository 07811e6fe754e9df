"""How formulas and files call an option: by its id, its name, or its owner and name ("IJC: Full")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from standoff.conflict.model import Option
from standoff.conflict.problems import ModelProblem

KEYWORDS = frozenset({"and", "or", "not", "if", "iff", "only"})
"""Words that a formula reads as operators, so that a name with one of them needs quotes."""


class OptionNames:
    """The names of a conflict's options, in both directions."""

    def __init__(self, options: Sequence[Option], decision_makers: Sequence[str]) -> None:
        """Collect the names; letter case and repeated blanks do not matter."""
        self._by_name: dict[str, set[int]] = {}
        self._ids: dict[str, int] = {}
        self._spoken: list[str] = []
        for number, option in enumerate(options):
            if option.id:
                self._ids[_fold(option.id)] = number
            self._by_name.setdefault(_fold(option.name), set()).add(number)
            for owner in option.owners:
                self._by_name.setdefault(_fold(f"{decision_makers[owner]}: {option.name}"), set()).add(number)
        for option in options:
            plain = len(self._by_name[_fold(option.name)]) == 1 and _fold(option.name) not in self._ids
            first = decision_makers[option.owners[0]] if option.owners else ""
            self._spoken.append(option.id or (option.name if plain else f"{first}: {option.name}"))

    def __len__(self) -> int:
        """The number of options."""
        return len(self._spoken)

    def find(self, text: str) -> int:
        """Give the number of the option that a text names; raise ModelProblem for an unknown or ambiguous
        one."""
        wanted = _fold(text)
        if wanted in self._ids:
            return self._ids[wanted]
        found = self._by_name.get(wanted, set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            spoken = " or ".join(repr(self._spoken[k]) for k in sorted(found))
            raise ModelProblem(f"the name {text!r} stands for {len(found)} options: write {spoken}")
        known = sorted({*self._ids, *self._by_name})
        close = get_close_matches(wanted, known, n=1, cutoff=0.6)
        hint = (
            f"did you mean {self._spoken[self._any(close[0])]!r}?"
            if close
            else f"the options are {self._all()}"
        )
        raise ModelProblem(f"there is no option {text!r}: {hint}")

    def spoken(self, option: int) -> str:
        """Give the shortest text that `find` takes back to the option."""
        return self._spoken[option]

    def written(self, option: int) -> str:
        """Give the option as a formula needs it: in quotes, or by number, where the name alone would be
        misread."""
        name = self._spoken[option]
        words = name.split()
        if (
            re.search(r"[()&|!'\"<>]", name)
            or not KEYWORDS.isdisjoint(word.lower() for word in words)
            or re.fullmatch(r"-?\d+", name)
        ):
            return f'"{name}"' if '"' not in name else str(option + 1)
        return name

    def _any(self, folded: str) -> int:
        return self._ids[folded] if folded in self._ids else min(self._by_name[folded])

    def _all(self) -> str:
        return ", ".join(repr(name) for name in self._spoken[:12]) + (
            " ..." if len(self._spoken) > 12 else ""
        )


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
