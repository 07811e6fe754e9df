"""The same party and the same option under the same id in every draft, though new reports tell otherwise of them.

An option of a new draft takes the id of an option in the file where one party owns both and they rest on the same passages; a
party takes the id of one with which it shares members, though another member leads it now.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from standoff.conflict.draft.priorities import Statement
from standoff.conflict.draft.proposal import DraftedOption, DraftedParty, Exclusion, Proposal


def under_known_ids(proposal: Proposal, document: Mapping[str, Any]) -> Proposal:
    """Return the proposal with the ids that its parties and options had in an earlier document."""
    ids = known_ids(proposal, document)
    proposal = renamed(proposal, ids) if ids else proposal
    parties = known_parties(proposal, document)
    return parties_renamed(proposal, parties) if parties else proposal


def known_parties(proposal: Proposal, document: Mapping[str, Any]) -> dict[str, str]:
    """Return which parties of a proposal go under another id in a document: that of most of their members."""
    new = {drafted.party.id for drafted in proposal.parties}
    base = document.get("draft", {}).get("base", {})
    free = {
        str(party["id"]): set(str(party.get("note", "")).split())
        for party in document.get("decision_maker", [])
        if isinstance(party, dict)
        and isinstance(party.get("id"), str)
        and party["id"] in base
        and party["id"] not in new
    }
    earlier = {party.get("id") for party in document.get("decision_maker", []) if isinstance(party, dict)}
    found: dict[str, str] = {}
    for drafted in proposal.parties:
        members = set(drafted.party.codes)
        fitting = [(len(codes & members), id) for id, codes in free.items() if codes & members]
        if drafted.party.id not in earlier and fitting:
            _, other = max(fitting)
            found[drafted.party.id] = other
            del free[other]
    return found


def parties_renamed(proposal: Proposal, ids: Mapping[str, str]) -> Proposal:
    """Return a proposal with other ids for some parties, and for their statements, which begin with them."""
    pattern = re.compile(
        r"(?<![\w.-])("
        + "|".join(map(re.escape, sorted(ids, key=len, reverse=True)))
        + r")(?=\.[a-z]+\.|\)|$)"
    )

    def words(text: str) -> str:
        return pattern.sub(lambda found: ids[found[1]], text)

    def party(one: DraftedParty) -> DraftedParty:
        own = replace(one.party, id=ids.get(one.party.id, one.party.id))
        return replace(
            one,
            party=own,
            priorities=tuple(replace(statement, id=words(statement.id)) for statement in one.priorities),
        )

    # An option keeps its id, which begins with the member that would act, not with the party.
    return replace(
        proposal,
        parties=tuple(map(party, proposal.parties)),
        questions=tuple(map(words, proposal.questions)),
    )


def known_ids(proposal: Proposal, document: Mapping[str, Any]) -> dict[str, str]:
    """Return which options of a proposal go under another id in a document."""
    new = {drafted.option.id: drafted for drafted in proposal.options}
    base = document.get("draft", {}).get("base", {})
    earlier = {
        str(option["id"]): {str(ref) for ref in option.get("evidence", [])}
        for option in document.get("option", [])
        if isinstance(option, dict) and isinstance(option.get("id"), str) and option["id"] in base
    }
    free = {id: refs for id, refs in earlier.items() if id not in new}
    found: dict[str, str] = {}
    for id, drafted in new.items():
        if id in earlier:
            continue
        own = {
            proposal.evidence[telling.claim.stored.key].ref
            for telling in drafted.option.told
            if telling.claim.stored.key in proposal.evidence
        }
        fitting = [
            (len(refs & own), other)
            for other, refs in free.items()
            if refs & own and _of_party(other, drafted)
        ]
        if fitting:
            _, other = max(fitting)
            found[id] = other
            del free[other]
    return found


def _of_party(id: str, drafted: DraftedOption) -> bool:
    """Whether an id begins with a member of the party whose option it is."""
    owner = drafted.option.owner
    begins = (owner.id, *(code.lower().replace("+", "-") for code in owner.codes))
    return id.startswith(tuple(f"{code}-" for code in begins))


def renamed(proposal: Proposal, ids: Mapping[str, str]) -> Proposal:
    """Return a proposal with other ids for some options, wherever they are named."""
    pattern = re.compile(
        r"(?<![\w-])(" + "|".join(map(re.escape, sorted(ids, key=len, reverse=True))) + r")(?![\w-])"
    )

    def words(text: str) -> str:
        return pattern.sub(lambda found: ids[found[1]], text)

    def statement(one: Statement) -> Statement:
        options = tuple(ids.get(option, option) for option in one.options)
        return replace(one, id=words(one.id), formula=words(one.formula), options=options)

    def party(one: DraftedParty) -> DraftedParty:
        return replace(one, priorities=tuple(map(statement, one.priorities)))

    def option(one: DraftedOption) -> DraftedOption:
        return replace(one, option=replace(one.option, id=ids.get(one.option.id, one.option.id)))

    def exclusion(one: Exclusion) -> Exclusion:
        return replace(one, options=tuple(ids.get(option, option) for option in one.options))

    return replace(
        proposal,
        parties=tuple(map(party, proposal.parties)),
        options=tuple(map(option, proposal.options)),
        exclusions=tuple(map(exclusion, proposal.exclusions)),
        questions=tuple(map(words, proposal.questions)),
    )
