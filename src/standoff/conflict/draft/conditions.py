"""What a threat or an offer depends on: "if Russian forces move across the border" is the option of another party.

A condition that names an action makes a claim of its own, so that the option it names is in the model. One that only points
("if it does not", "unless the answer satisfies it") stands for what the speaker demands not being done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from standoff.conflict.draft.actions import actions
from standoff.conflict.draft.claims import Claim, terms_of
from standoff.conflict.draft.meanings import Told
from standoff.conflict.draft.options import Option
from standoff.conflict.draft.parties import Parties, Party
from standoff.conflict.draft.passages import Passages
from standoff.conflict.draft.phrases import phrases_of
from standoff.conflict.draft.rendering import lemma
from standoff.dossier.events.words import term
from standoff.records import Span

_ON_CONDITION = frozenset({"threat", "offer", "promise", "plan", "acceptance", "refusal"})
_IN_RETURN = re.compile(r"\W*(in (return|exchange) for|as the price of|against)\s+", re.IGNORECASE)
_UNLESS = frozenset({"unless", "until", "lest"})


@dataclass(frozen=True, slots=True)
class Condition:
    """An option that must be taken (`on`) or left for a threat or an offer to be carried out; `told` in the report or not."""

    option: Option
    on: bool
    told: bool


def provocations(claims: Iterable[Claim], parties: Parties, passages: Passages) -> list[Claim]:
    """Return a claim for every condition on a threat or an offer that names an action of a party."""
    found = []
    for claim in claims:
        if claim.kind not in _ON_CONDITION or claim.condition is None:
            continue
        made = _provocation(claim, parties, passages)
        if made is not None:
            found.append(made)
    return found


def _provocation(claim: Claim, parties: Parties, passages: Passages) -> Claim | None:
    assert claim.condition is not None
    exchanged = _IN_RETURN.match(passages.text(claim.stored.key, claim.condition))
    span = claim.condition
    words = passages.words(
        claim.stored.key, Span(span.start + exchanged.end(), span.end) if exchanged else span
    )
    if words is None:
        return None
    subject = next((token for token in words if token.dep_ in ("nsubj", "nsubjpass")), None)
    doer = _party_of([token.lower_ for token in subject.subtree] if subject is not None else [], parties)
    doer = doer or _party_of([token.lower_ for token in words], parties)
    own = parties.among(claim.holders)
    if doer is None or doer in own:
        doer = next((party for party in parties.among(claim.towards) if party not in own), None)
    if doer is None:
        return None
    nobody_else = (
        subject is not None and _party_of([token.lower_ for token in subject.subtree], parties) is None
    )
    own_names = (
        {term(token.lower_) for token in subject.subtree if token.pos_ == "PROPN"}
        if subject is not None and nobody_else
        else set()
    )
    told = Told("offer" if exchanged else "fear", terms_of(doer.codes) | own_names, frozenset(), "")
    phrases = [
        phrase
        for phrase in phrases_of(words, told)
        if phrase.action and actions()[phrase.action].sort not in ("stance", "talks")
    ]
    if not phrases:
        return None
    phrase = phrases[0]
    unless = any(lemma(token) in _UNLESS for token in words)
    obeyed = claim.kind == "threat" and not phrase.refrain and actions()[phrase.action].sort == "yields"
    unless = unless or obeyed
    return Claim(
        "provocation", claim.stored, claim.holders, doer.codes, claim.holders, phrase, phrase.refrain == unless,
        claim.day, claim.voice,
    )  # fmt: skip


def _party_of(words: Sequence[str], parties: Parties) -> Party | None:
    """The party that words name."""
    terms = {term(word) for word in words}
    return next((party for party in parties.found if terms & terms_of(party.codes)), None)


def condition_of(claim: Claim, party: Party, options: Sequence[Option]) -> Condition | None:
    """Return what a threat or an offer of a party depends on: what its report says, else what the party demands of the other.

    None where nothing of the kind is told.
    """
    for option in options:
        for telling in option.told:
            if telling.claim.kind == "provocation" and telling.claim.stored.key == claim.stored.key:
                return Condition(option, telling.on, True)
    wanted = [
        (option, telling)
        for option in options
        if option.owner != party
        for telling in option.told
        if telling.claim.kind in ("demand", "fear") and _cares(telling.claim, party)
        and (set(option.owner.codes) & set(claim.towards) or not claim.towards)
    ]  # fmt: skip
    if not wanted:
        return None
    issue = claim.stored.issue

    def near(pair: tuple[Option, object]) -> tuple[bool, bool, float]:
        option, _ = pair
        same = any(telling.claim.stored.issue == issue for telling in option.told)
        feared = (
            claim.condition is None
            and bool(claim.towards)
            and any(telling.claim.kind == "fear" for telling in option.told)
        )
        return bool(issue) and same, feared, option.weight

    option, telling = max(wanted, key=near)
    on = telling.on if telling.claim.kind == "fear" else not telling.on
    return Condition(option, on, False)


def _cares(claim: Claim, party: Party) -> bool:
    if claim.kind == "fear":
        return bool({*claim.holders, *claim.towards} & set(party.codes)) or not claim.holders
    return bool(set(claim.holders) & set(party.codes))
