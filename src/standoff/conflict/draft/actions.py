"""What parties do to each other, told from the words that reports use for it: the table `actions.toml`.

Two phrases of one action mean the same kind of thing ("pull back", "withdrawal"); whether they mean the same thing, their
objects tell.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources

ASPECT = "suspend"
"""The action of words such as "stop" and "suspend", which say of another action that it is not to go on."""


@dataclass(frozen=True, slots=True)
class Action:
    """One action; the fields are those of the table."""

    name: str
    sort: str
    say: str
    verbs: frozenset[str]
    nouns: Mapping[str, str] = field(compare=False)
    """Noun to how it is said as a verb; see `keeps`."""
    keeps: frozenset[str] = frozenset()
    """The nouns that stay the object of their verb."""
    deed: str = ""
    light: bool = False
    thing: str = ""
    undone: str = ""
    undone_words: frozenset[str] = frozenset()
    opposite: frozenset[str] = frozenset()
    like: frozenset[str] = frozenset()

    @property
    def says_itself(self) -> bool:
        """Whether the way of saying ends in the noun: "impose sanctions", "hold talks"."""
        return " " in self.say and self.say.split()[-1] in self.nouns

    @property
    def words(self) -> frozenset[str]:
        """The single words that name the action."""
        found = {word for verb in self.verbs for word in verb.split()}
        return frozenset(found | set(self.nouns))


@lru_cache(maxsize=1)
def actions() -> dict[str, Action]:
    """Return the actions of the table by name."""
    with resources.files(__package__).joinpath("actions.toml").open("rb") as file:
        table = tomllib.load(file)
    found = {name: _action(name, row) for name, row in table.items()}
    return {name: _mutual(action, found) for name, action in found.items()}


def _action(name: str, row: Mapping[str, object]) -> Action:
    def words(key: str) -> frozenset[str]:
        given = row.get(key, [])
        assert isinstance(given, list)
        return frozenset(str(word) for word in given)

    say = str(row["say"])
    nouns = {}
    for noun in words("nouns"):
        word, _, verb = noun.replace(">", ":").partition(":")
        nouns[word] = verb or say
    return Action(
        name=name,
        sort=str(row["sort"]),
        say=say,
        verbs=words("verbs"),
        nouns=nouns,
        keeps=frozenset(noun.partition(":")[0] for noun in words("nouns") if ":" in noun),
        deed=str(row.get("deed", "")),
        light=bool(row.get("light", False)),
        thing=str(row.get("thing", "")),
        undone=str(row.get("undone", "")),
        undone_words=words("undone_words"),
        opposite=words("opposite"),
        like=words("like"),
    )


def _mutual(action: Action, every: Mapping[str, Action]) -> Action:
    """Make "like" and "opposite" hold both ways."""
    name = action.name
    like = action.like | {other.name for other in every.values() if name in other.like}
    opposite = action.opposite | {other.name for other in every.values() if name in other.opposite}
    return replace(action, like=like, opposite=opposite)


@lru_cache(maxsize=1)
def _by_verb() -> dict[str, Action]:
    found: dict[str, Action] = {}
    for action in actions().values():
        for verb in sorted(action.verbs):
            found.setdefault(verb, action)
    return found


@lru_cache(maxsize=1)
def _by_noun() -> dict[str, Action]:
    found: dict[str, Action] = {}
    for action in actions().values():
        for noun in sorted(action.nouns):
            found.setdefault(noun, action)
    return found


def action_of_verb(lemma: str, particle: str = "") -> Action | None:
    """Return the action that a verb means, with its particle ("pull", "back") or without."""
    table = _by_verb()
    return (table.get(f"{lemma} {particle}") if particle else None) or table.get(lemma)


def action_of_noun(lemma: str) -> Action | None:
    """Return the action that a noun means."""
    return _by_noun().get(lemma)


def akin(one: str, other: str) -> bool:
    """Return True where two actions are one, or reports use them for the same thing."""
    if not one or not other:
        return False
    return one == other or other in actions()[one].like


def opposed(one: str, other: str) -> bool:
    """Return True where an action takes another back, or both cannot go on at once."""
    return bool(one) and bool(other) and other in actions()[one].opposite
