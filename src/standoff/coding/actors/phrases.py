"""Resolves a noun phrase by its own words: its names, the nation of its modifiers, the part its noun plays.

Where the phrase itself does not tell, `Context` is asked (see context.py).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from standoff.coding.actors.lexicon import words
from standoff.coding.actors.names import Hold, Name
from standoff.coding.actors.roles import SUFFIX, Role, roles, with_role
from standoff.coding.actors.table import NOBODY, ActorTable, Resolution

if TYPE_CHECKING:
    from spacy.tokens import Token

_SPECIFIC = frozenset({"organisation", "group", "party", "person"})
_PARTIES = frozenset({"organisation", "group", "party", "agency"})
_NAMED_AFTER = frozenset({"group", "bus", "reb", "media", "supporter"})
_WHOLE = frozenset({"supporter", "gov", "office", "", "group", "state", "paper", "source", "sides"})
_LONGEST = 40
_LINKS = frozenset({"and", ",", "-", "–", "/", "or", "the", "&", ", and"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "X", "NUM"})


class Context(Protocol):
    """What the report around a phrase tells."""

    def pronoun(self, token: Token) -> Resolution:
        """Resolve a pronoun."""

    def generic(self, token: Token, kind: str) -> Resolution:
        """Resolve a noun phrase that names no nation ("the minister", "the rebels")."""

    def counted(self, token: Token, number: str) -> Resolution:
        """Resolve "the four", "the quartet"."""

    def person(self, token: Token) -> Resolution:
        """Resolve a person's name that is not in the table."""


def is_pronoun(token: Token) -> bool:
    """Tell a pronoun that may stand for an actor."""
    return token.pos_ in ("PRON", "DET") and token.lower_ in _pronouns()


def _pronouns() -> frozenset[str]:
    return _PRONOUNS


_PRONOUNS = frozenset().union(
    *(words(name) for name in ("first_person", "singular", "thing", "plural", "relative")), {"both", "all"}
)


class Phrases:
    """The noun phrases of one report. Resolutions are kept, so that each head is worked out once."""

    def __init__(
        self, tokens: Sequence[Token], table: ActorTable, names: list[Name], context: Context
    ) -> None:
        self.tokens = tokens
        self.table = table
        self.names = names
        self.context = context
        self.name_at: dict[int, Name] = {i: name for name in names for i in range(name.first, name.last + 1)}
        self._order = {name.start: k for k, name in enumerate(names)}
        self._retired: set[str] = set()
        self._kept: dict[int, Resolution] = {}
        self._open: set[int] = set()

    def head(self, token: Token) -> Resolution:
        """Resolve the phrase that a token heads, without what is conjoined with it."""
        kept = self._kept.get(token.i)
        if kept is not None:
            return kept
        if token.i in self._open or len(self._open) > 40:
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
        for other in (*self._list_apposed(token), *conjuncts(token)):
            if last is None or other.i <= last:
                found = self.head(other)
                if not (found.guess and any(child.lower_ == "other" for child in other.lefts)):
                    parts.append(found)
        listed = self._listed(token, last)
        if listed:
            parts.append(Resolution(unique(c for n in listed for c in n.row.codes), False, "a list of names"))
        return join(parts)

    def _list_apposed(self, token: Token) -> list[Token]:
        """Return what a parser took for appositions in a list ("Mr. Blinken, the envoy of the EU, and the Canadian")."""
        found: list[Token] = []
        for child in token.rights:
            if child.dep_ == "appos" and (more := conjuncts(child)):
                own, other = set(self.head(token).codes), set(self.head(child).codes)
                if own and other and not own & other:
                    found.extend((child, *more))
        return found

    def _listed(self, token: Token, last: int | None) -> list[Name]:
        """Return the names in a list that begins at a token: parsers lose the thread of long ones."""
        name = self.name_at.get(token.i)
        if name is None or name.row.kind in ("person", "demonym"):
            return []
        chain = [name]
        closed = False
        at = self._order[name.start] + 1
        for other in self.names[at : at + _LONGEST]:
            if last is not None and other.last > last:
                break
            between = [t.lower_ for t in self.tokens[chain[-1].last + 1 : other.first]]
            if not between or len(between) > 3 or not set(between) <= _LINKS:
                break
            chain.append(other)
            closed = closed or "and" in between
        return chain if closed and len(chain) > 2 else []

    def _head(self, token: Token) -> Resolution:
        name = self.name_at.get(token.i)
        if name is not None and name.hold is not Hold.NONE:
            return self._named(token, name)
        if is_pronoun(token):
            return self.context.pronoun(token)
        role = role_of(token)
        kind = self._kind(token, role)
        own = self._by_modifiers(token, kind)
        if own.codes:
            return own
        if token.lower_ in words("numbers"):
            return self.context.counted(token, token.lower_)
        if role is not None or (kind in SUFFIX and token.pos_ == "NOUN"):
            return self._unsaid(token, kind)
        if token.pos_ == "PROPN":
            return self._stranger(token)
        return self._part(token)

    def _unsaid(self, token: Token, kind: str) -> Resolution:
        """Resolve a phrase whose words name no nation."""
        left = self._left_words(token)
        if (kind == "media" and self._is_state_run(token)) or (
            kind == "source" and left & words("governmental")
        ):
            kind = "gov"
        if kind == "paper" and left & words("published"):
            return Resolution((), False, f"unnamed {token.lower_}")
        if kind == "paper" and left & words("governmental"):
            kind = "gov"
        bare = begin_of(token) == token.i
        if kind in ("unnamed", "source", "media") or self._is_nobodys(token):
            return Resolution((), False, f"unnamed {token.lower_}")
        if bare and token.lower_ in words("reporters"):
            return Resolution((), False, f"unnamed {token.lower_}")
        if (
            bare
            and token.lower_ in words("anonymous")
            and (token.text.islower() or token.lower_ != "officials")
        ):
            return Resolution((), False, f"unnamed {token.lower_}")
        return self.context.generic(token, kind)

    def _stranger(self, token: Token) -> Resolution:
        """Resolve a person whom the table does not know: by the report, else by a title before the name."""
        found = self.context.person(token)
        if found.codes or token.dep_ == "appos":
            return found
        for word in self.tokens[begin_of(token) : token.i]:
            role = role_of(word)
            if role is not None and role.kind in ("office", "gov") and word.head.i == token.i:
                return self.context.generic(word, self._kind(token, None))
        return found

    def _part(self, token: Token) -> Resolution:
        """Resolve "some of them", "one of the rebels" by what they are part of."""
        if token.lower_ in words("quantifiers"):
            found = self._prepositions(token, "civ")
            if found.codes:
                return found
        for child in token.rights:
            if child.lower_ == "of":
                for noun in child.rights:
                    if noun.dep_ == "pobj":
                        return self.conjoined(noun)
        return NOBODY

    def _named(self, token: Token, name: Name) -> Resolution:
        row = name.row
        how = f"{row.kind} {row.name}"
        if row.kind == "office":
            other = self._by_modifiers(token, "office", name.first)
            if other.codes:
                return other
        if row.kind == "demonym" and token.tag_ in ("NNPS", "NNS") and self._are_people(token):
            return Resolution(self._apply(row.codes, "civ"), False, f"{how}, some of its people")
        if row.kind == "person" and self._left_words(token, name.first) & words("former"):
            self._retired.add(row.name)
        if row.name in self._retired:
            return Resolution(self._apply(row.codes, "civ"), False, f"{how}, out of office")
        return Resolution(row.codes, name.guess, how)

    def _are_people(self, token: Token) -> bool:
        """Tell "Nepalis" and "many Iranians", people, from "the Russians", their government."""
        if token.text[-1] != "s" or any(child.lower_ in words("quantifiers") for child in token.lefts):
            return token.text[-1] == "s"
        return begin_of(token) == token.i

    def _left_words(self, token: Token, end: int | None = None) -> set[str]:
        return {t.lower_ for t in self.tokens[begin_of(token) : token.i if end is None else end]}

    def _is_nobodys(self, token: Token) -> bool:
        return token.lower_ == "community" or bool(self._left_words(token) & words("nobodys"))

    def rebels_of(self, state: str) -> str:
        """Return the one armed group of a state that the report names, or nothing; of any state for no state."""
        groups = {
            n.row.codes[0]
            for n in self.names
            if n.row.kind == "group" and n.row.role and state in ("", n.row.role)
        }
        return groups.pop() if len(groups) == 1 else ""

    def _apply(self, codes: Iterable[str], kind: str) -> tuple[str, ...]:
        return unique(with_role(code, kind, self.table.states) for code in codes)

    def _by_modifiers(self, token: Token, kind: str, end: int | None = None) -> Resolution:
        """Find the nation in the phrase: possessor, then left modifiers, apposition, prepositions."""
        if kind == "media" and not self._is_state_run(token):
            return NOBODY
        after = self.name_at.get(token.i + 1)
        if (
            after is not None
            and after.first == token.i + 1
            and kind in _NAMED_AFTER
            and after.row.kind in _PARTIES
        ):
            return Resolution(
                after.row.codes, after.guess, f"{after.row.kind} {after.row.name} after {token.lower_}"
            )
        called = self._called(token) if kind in _NAMED_AFTER else NOBODY
        if called.codes:
            return called
        left = self._left(token, kind, end)
        placed = self._prepositions(token, kind)
        if kind == "office" and left.codes and placed.codes and not placed.guess:
            own = not any(child.dep_ == "poss" for child in token.lefts)
            if own and not set(placed.codes) & self.table.states:
                return placed
        options = [found for found in (left, placed, self._apposed(token)) if found.codes]
        firm = [found for found in options if not found.guess]
        return (firm or options or [NOBODY])[0]

    def _called(self, token: Token) -> Resolution:
        """Resolve "a group called X", "a movement known as X"."""
        for child in token.rights:
            if child.dep_ in ("acl", "relcl") and child.lemma_ in ("call", "know", "name", "style"):
                for name in self._names_between(child.i, min(child.i + 4, len(self.tokens))):
                    if name.row.kind in _PARTIES:
                        return Resolution(
                            name.row.codes, name.guess, f"{token.lower_} {child.lower_} {name.row.name}"
                        )
        return NOBODY

    def _is_state_run(self, token: Token) -> bool:
        return bool(self._left_words(token) & {"state", "official", "government", "run"})

    def _kind(self, token: Token, role: Role | None) -> str:
        """Return the class of the phrase: its noun's, unless a modifier sets it apart ("opposition leader")."""
        table = roles()
        best = role.kind if role else ""
        if best in ("unnamed", "source", "opponent", "supporter", "family"):
            return best
        for word in self.tokens[begin_of(token) : token.i]:
            other = table.get(word.lower_)
            if other is None or word.dep_ == "poss" or word.head.dep_ == "poss":
                continue
            if other.modifies or (not role and not best and word.head.i == token.i):
                best = other.kind
            elif other.kind == "media" and best in ("gov", "group"):
                best = "media"
        return best

    def _left(self, token: Token, kind: str, end: int | None) -> Resolution:
        owner = self._owner(token, kind)
        if owner.codes and not (kind == "supporter" and self._modifying_names(token)):
            if kind == "supporter":
                return owner._replace(how=f"{owner.how}, its people")
            kind = "opp" if kind == "opponent" else kind
            return Resolution(self._apply(owner.codes, kind), owner.guess, f"{token.lower_} of {owner.how}")
        until = token.i if end is None else end
        names = [n for n in self._names_between(self._left_border(token), until) if n.row.codes]
        names = [n for n in names if n.hold is not Hold.NONE]
        if not names:
            return NOBODY
        firm = [n for n in names if n.hold is Hold.FIRM] or names
        specific = [n for n in firm if n.row.kind in _SPECIFIC]
        together = self._coordinated(firm)
        picked = specific[-1:] if specific and len(together) == 1 else together
        kind = {"supporter": "", "opponent": "opp"}.get(kind, kind)
        named = unique(code for n in picked for code in n.row.codes)
        if kind == "reb" and len(named) == 1 and (group := self.rebels_of(named[0])):
            return Resolution((group,), True, f"{group}, the rebels that the report names")
        codes = self._apply(named, kind)
        guess = any(n.guess or n.hold is Hold.WEAK for n in picked)
        return Resolution(codes, guess, f"{picked[-1].row.kind} {picked[-1].row.name} before {token.lower_}")

    def _left_border(self, token: Token) -> int:
        """Return where the phrase's modifiers begin: after a comma or a colon that is not part of a list of names."""
        begin = begin_of(token)
        for i in range(token.i - 1, begin, -1):
            text = self.tokens[i].text
            listed = text == "," and i - 1 in self.name_at and i + 1 in self.name_at
            if text in (":", ";", "(", ")", "—") or (text == "," and not listed):
                return i + 1
        return begin

    def _modifying_names(self, token: Token) -> bool:
        """Tell whether a name modifies the noun itself ("its Western allies")."""
        return any(
            child.dep_ in ("amod", "compound", "nmod") and child.i in self.name_at for child in token.lefts
        )

    def _owner(self, token: Token, kind: str) -> Resolution:
        """Return the possessor; a victim's captors and a minister's counterpart are not theirs."""
        if token.lower_ in ("counterpart", "counterparts"):
            return NOBODY
        for child in token.lefts:
            if child.dep_ == "poss" and not (kind == "reb" and is_pronoun(child)):
                return self.conjoined(child, token.i)
        return NOBODY

    def _coordinated(self, names: list[Name]) -> list[Name]:
        """Return all names where they are coordinated ("British and U.S. officials"), else the first nation."""
        if len({code for n in names for code in n.row.codes}) < 2:
            return names[:1]
        between = {t.lower_ for n, m in itertools.pairwise(names) for t in self.tokens[n.last + 1 : m.first]}
        if between == {"-"} and names[-1].row.name == "American":
            return names[-1:]
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
        if kind == "source" and not self._left_words(token) & words("informed"):
            return NOBODY
        for child in token.rights:
            if child.dep_ not in ("prep", "agent"):
                continue
            word = child.lower_
            if (
                word not in words("prepositions_of")
                and word not in words("prepositions_at")
                and word != "with"
            ):
                continue
            for noun in child.rights:
                if noun.dep_ != "pobj":
                    continue
                found = self._by_preposition(token, word, noun, kind)
                if found.codes:
                    return found
        return NOBODY

    def _by_preposition(self, token: Token, word: str, noun: Token, kind: str) -> Resolution:
        if word in words("prepositions_of") or (word == "with" and kind in ("office", "civ", "unnamed")):
            found = self.conjoined(noun)
            if token.lower_ in ("critic", "critics"):
                return NOBODY
            kind = {"opponent": "opp"}.get(kind, kind)
            if kind not in _WHOLE and word != "for":
                return Resolution(
                    self._apply(found.codes, kind), found.guess, f"{token.lower_} {word} {found.how}"
                )
            return Resolution(found.codes, found.guess, f"{token.lower_} {word} {found.how}")
        name = self.name_at.get(noun.i)
        if (
            word == "with"
            or name is None
            or name.row.kind not in ("capital", "state", "place", "seat", "agency")
        ):
            return NOBODY
        if (
            kind == "office"
            and name.row.kind != "capital"
            and token.lower_ in ("ambassador", "envoy", "mission")
        ):
            return NOBODY
        return Resolution(self._apply(name.row.codes, kind), True, f"{token.lower_} in {name.row.name}")


def begin_of(token: Token) -> int:
    """Return where the phrase of a head begins, at most forty tokens before it: no real phrase is longer."""
    return max(int(token.left_edge.i), int(token.i) - _LONGEST)


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
            if child.dep_ == "conj" and child.pos_ in _NOMINAL:
                found.append(child)
                queue.append(child)
    return sorted(found, key=lambda t: t.i)


def unique(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes without repetition, in order."""
    return tuple(dict.fromkeys(codes))


def join(parts: list[Resolution]) -> Resolution:
    """Put the resolutions of conjoined phrases together."""
    found = [part for part in parts if part.codes]
    if len(found) < 2:
        return found[0] if found else parts[0]
    return Resolution(
        unique(code for part in found for code in part.codes),
        any(part.guess for part in found),
        " and ".join(dict.fromkeys(part.how for part in found)),
    )
