"""Resolves a noun phrase by its own words: its names, the nation of its modifiers, the part its head noun plays.

Where the phrase itself does not tell, `Context` is asked (see context.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from standoff.coding.actors.names import Hold, Name
from standoff.coding.actors.roles import Role, roles, with_role
from standoff.coding.actors.table import NOBODY, ActorTable, Resolution

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SPECIFIC = frozenset({"organisation", "group", "party", "person"})
_SOME = frozenset(
    ["many", "some", "most", "several", "ordinary", "few", "thousands", "hundreds", "tens", "dozens", "millions", "scores", "all"]
)
_FORMER = frozenset(["former", "ex", "ex-president", "deposed", "ousted", "onetime", "erstwhile"])
_OF = frozenset(["of", "for", "from", "by", "with", "within", "inside", "under"])
_AT = frozenset(["in", "at", "inside", "across", "throughout"])
_NOBODYS = frozenset(["international", "world", "global", "foreign", "other", "independent", "local"])
_LOYAL = frozenset({"supporter"})


class Context(Protocol):
    """What the report around a phrase tells."""

    def pronoun(self, token: Token) -> Resolution:
        """Resolve a pronoun."""

    def generic(self, token: Token, role: Role) -> Resolution:
        """Resolve a noun phrase that names no nation ("the minister", "the rebels")."""

    def person(self, token: Token) -> Resolution:
        """Resolve a person's name that is not in the table."""


PRONOUNS = frozenset(
    ["he", "she", "it", "they", "him", "her", "them", "his", "hers", "its", "their", "theirs", "himself", "herself", "itself", "themselves", "we", "us", "our", "ours", "i", "me", "my", "mine", "you", "your", "who", "whom", "whose", "which", "that", "this", "these", "those", "both", "one"]
)


class Phrases:
    """The noun phrases of one report. Resolutions are kept, so that each head is worked out once."""

    def __init__(self, doc: Doc, table: ActorTable, names: list[Name], context: Context) -> None:
        self.doc = doc
        self.table = table
        self.names = names
        self.context = context
        self.name_at: dict[int, Name] = {i: name for name in names for i in range(name.first, name.last + 1)}
        self._kept: dict[int, Resolution] = {}
        self._open: set[int] = set()

    def head(self, token: Token) -> Resolution:
        """Resolve the phrase that a token heads, without what is conjoined with it."""
        if token.i in self._kept:
            return self._kept[token.i]
        if token.i in self._open:
            return NOBODY
        self._open.add(token.i)
        try:
            found = self._head(token)
        finally:
            self._open.discard(token.i)
        self._kept[token.i] = found
        return found

    def forget(self, token: Token) -> None:
        """Drop what was kept for a token, so that it is worked out again."""
        self._kept.pop(token.i, None)

    def conjoined(self, token: Token, last: int | None = None) -> Resolution:
        """Resolve a phrase and all that is conjoined with it, up to token number `last`."""
        parts = [self.head(token)]
        for other in conjuncts(token):
            if last is None or other.i <= last:
                parts.append(self.head(other))
        return join(parts)

    def _head(self, token: Token) -> Resolution:
        name = self.name_at.get(token.i)
        if name is not None and name.hold is not Hold.NONE:
            return self._named(token, name)
        lower = token.lower_
        if token.pos_ in ("PRON", "DET") and lower in PRONOUNS:
            return self.context.pronoun(token)
        role = role_of(token)
        own = self._by_modifiers(token, role)
        if own.codes:
            return own
        if role is not None:
            if role.kind in ("unnamed", "media") or self._is_nobodys(token):
                return Resolution((), False, f"unnamed {lower}")
            return self.context.generic(token, role)
        if token.pos_ == "PROPN":
            return self.context.person(token)
        return NOBODY

    def _named(self, token: Token, name: Name) -> Resolution:
        row = name.row
        how = f"{row.kind} {row.name}"
        if (
            row.kind == "demonym"
            and (token.tag_ == "NNPS" or token.text.endswith("s"))
            and self._is_quantified(token)
        ):
            return Resolution(self._apply(row.codes, "civ"), False, f"{how}, some of its people")
        if row.kind == "person" and self._left_words(token) & _FORMER:
            return Resolution(self._apply(row.codes, "civ"), False, f"{how}, out of office")
        return Resolution(row.codes, name.guess, how)

    def _is_quantified(self, token: Token) -> bool:
        if any(child.lower_ in _SOME for child in token.lefts):
            return True
        return token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lower_ in _SOME

    def _left_words(self, token: Token) -> set[str]:
        return {self.doc[i].lower_ for i in range(token.left_edge.i, token.i)}

    def _is_nobodys(self, token: Token) -> bool:
        return any(child.lower_ in _NOBODYS and child.lower_ != "foreign" for child in token.lefts) or (
            token.lower_ == "community"
        )

    def _apply(self, codes: Iterable[str], kind: str) -> tuple[str, ...]:
        return unique(with_role(code, kind, self.table.states) for code in codes)

    def _by_modifiers(self, token: Token, role: Role | None) -> Resolution:
        """Find the nation in the phrase: possessor, then left modifiers, apposition, prepositions."""
        kind = self._kind(token, role)
        if role is not None and role.kind == "media" and not self._state_run(token):
            return NOBODY
        for found in (self._left(token, kind), self._apposed(token), self._prepositions(token, kind)):
            if found.codes:
                return found
        return NOBODY

    def _state_run(self, token: Token) -> bool:
        words = self._left_words(token)
        return bool(words & {"state", "official", "government", "run"})

    def _kind(self, token: Token, role: Role | None) -> str:
        """Return the class of the phrase: its head's, unless a modifier sets it apart ("opposition leader")."""
        table = roles()
        best = role.kind if role else ""
        for i in range(token.left_edge.i, token.i):
            word = self.doc[i]
            other = table.get(word.lower_)
            if (other is not None and other.modifies and word.dep_ != "poss" and word.head.dep_ != "poss") or (other is not None and not role and not best and word.head == token):
                best = other.kind
        return best

    def _left(self, token: Token, kind: str) -> Resolution:
        poss = next((child for child in token.lefts if child.dep_ == "poss"), None)
        if poss is not None:
            owner = self.conjoined(poss, token.i)
            if owner.codes and kind in ("opponent",):
                return Resolution(self._apply(owner.codes, "opp"), owner.guess, "opponents of " + owner.how)
            if owner.codes and kind == "supporter":
                return Resolution(owner.codes, owner.guess, owner.how + ", its people")
            if owner.codes:
                return Resolution(
                    self._apply(owner.codes, kind), owner.guess, f"{token.lower_} of {owner.how}"
                )
        begin = token.left_edge.i
        names = [n for n in self._names_between(begin, token.i) if n.hold is not Hold.NONE]
        if not names:
            return NOBODY
        firm = [n for n in names if n.hold is Hold.FIRM] or names
        specific = [n for n in firm if n.row.kind in _SPECIFIC]
        picked = specific[-1:] if specific else self._coordinated(firm)
        codes = unique(code for n in picked for code in n.row.codes)
        if kind == "supporter" or kind == "opponent":
            kind = "opp" if kind == "opponent" else ""
        guess = any(n.guess for n in picked) or all(n.hold is Hold.WEAK for n in picked)
        return Resolution(
            self._apply(codes, kind),
            guess,
            f"{picked[-1].row.kind} {picked[-1].row.name} before {token.lower_}",
        )

    def _coordinated(self, names: list[Name]) -> list[Name]:
        """Return all names where they are coordinated ("British and U.S. officials"), else the first nation."""
        codes = {code for n in names for code in n.row.codes}
        if len(codes) < 2:
            return names
        between = {
            t.lower_ for n, m in zip(names, names[1:], strict=False) for t in self.doc[n.last + 1 : m.first]
        }
        return names if between & {"and", ",", "-", "–", "/", "or"} else names[:1]

    def _names_between(self, begin: int, end: int) -> list[Name]:
        found: list[Name] = []
        for i in range(begin, end):
            name = self.name_at.get(i)
            if name is not None and (not found or found[-1] is not name):
                found.append(name)
        return found

    def _apposed(self, token: Token) -> Resolution:
        for child in token.rights:
            if child.dep_ == "appos":
                found = self.head(child)
                if found.codes:
                    return found._replace(how=f"apposition: {found.how}")
        if token.dep_ == "appos" and token.head.i < token.i:
            found = self.head(token.head)
            if found.codes:
                return found._replace(how=f"apposed to {found.how}")
        return NOBODY

    def _prepositions(self, token: Token, kind: str) -> Resolution:
        for child in token.rights:
            if child.dep_ not in ("prep", "agent"):
                continue
            word = child.lower_
            for noun in child.rights:
                if noun.dep_ not in ("pobj", "pcomp"):
                    continue
                if word in _OF:
                    found = self.conjoined(noun)
                    if not found.codes:
                        continue
                    if kind == "opponent":
                        return Resolution(
                            self._apply(found.codes, "opp"), found.guess, "opponents of " + found.how
                        )
                    if (
                        kind in ("supporter", "gov", "office", "", "group", "state", "paper", "sides")
                        or word == "for"
                    ):
                        return Resolution(found.codes, found.guess, f"{token.lower_} {word} {found.how}")
                    return Resolution(
                        self._apply(found.codes, kind), found.guess, f"{token.lower_} {word} {found.how}"
                    )
                if word in _AT:
                    name = self.name_at.get(noun.i)
                    if name is not None and name.row.kind in ("capital", "state", "place", "seat", "agency"):
                        return Resolution(
                            self._apply(name.row.codes, kind), True, f"{token.lower_} in {name.row.name}"
                        )
        return NOBODY


def role_of(token: Token) -> Role | None:
    """Return what the noun of a token says, by its form or its lemma."""
    table = roles()
    return table.get(token.lower_) or table.get(token.lemma_.lower())


def conjuncts(token: Token) -> list[Token]:
    """Return what is conjoined to the right of a token, in text order."""
    found: list[Token] = []
    queue = [token]
    while queue:
        for child in queue.pop().rights:
            if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "X", "NUM"):
                found.append(child)
                queue.append(child)
    return sorted(found, key=lambda t: t.i)


def unique(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes without repetition, in order."""
    return tuple(dict.fromkeys(codes))


def join(parts: list[Resolution]) -> Resolution:
    """Put the resolutions of conjoined phrases together."""
    if len(parts) == 1:
        return parts[0]
    found = [part for part in parts if part.codes]
    if not found:
        return parts[0]
    return Resolution(
        unique(code for part in found for code in part.codes),
        any(part.guess for part in found),
        " and ".join(dict.fromkeys(part.how for part in found)),
    )
