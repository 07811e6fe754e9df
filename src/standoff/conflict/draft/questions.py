"""What the analyst has to decide: what had to be assumed, and what the dossier lacks for a model."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.conflict.draft.claims import Claims
from standoff.conflict.draft.names import actor_name, listed
from standoff.conflict.draft.priorities import KINDS
from standoff.conflict.draft.proposal import DraftedOption, DraftedParty
from standoff.records import VERBAL_TYPES, StoredAct


def questions_on(parties: Sequence[DraftedParty], options: Sequence[DraftedOption]) -> tuple[str, ...]:
    """Return what had to be assumed, as questions, the weightiest first."""
    names = {drafted.option.id: drafted.option.name for drafted in options}
    found: list[str] = []
    for drafted in parties:
        if len(drafted.party.codes) > 1:
            codes = listed([actor_name(code) for code in drafted.party.codes], 8)
            how = (
                "their reports tell of joint acts"
                if drafted.bloc
                else "they are members of one bloc; no report tells of a joint act"
            )
            found.append(f"Do {codes} act as one ({drafted.party.id})? Taken as one party, since {how}.")
    for drafted in parties:
        for statement in drafted.priorities:
            if statement.standing == "assumed":
                found.append(_assumed(drafted, statement.formula, statement.reason, statement.id, names))
            elif statement.kind == "threat" and statement.standing == "inferred":
                found.append(
                    f"What would make {drafted.party.name} {names[statement.options[0]]}? {_sentence(statement.reason)} "
                    f"({statement.id})"
                )
    for drafted in parties:
        found.extend(_order(drafted, names))
    for option in options:
        if option.option.undone:
            found.append(
                f'Can "{option.option.name}" really not be taken back ({option.option.id})? Taken so: {option.option.undone}.'
            )
    return tuple(dict.fromkeys(found))


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:] + "."


def _assumed(drafted: DraftedParty, formula: str, reason: str, id: str, names: dict[str, str]) -> str:
    negative = formula.startswith("not ")
    name = names[formula.removeprefix("not ")]
    would = "rather not" if negative else "rather"
    return f"Would {drafted.party.name} {would} {name}? Assumed: {reason} ({id})."


def _order(drafted: DraftedParty, names: dict[str, str]) -> list[str]:
    """Where two leading priorities are of one kind, only how often they are told decides their order."""
    first = [statement for statement in drafted.priorities if statement.kind in KINDS[:4]][:2]
    if len(first) < 2 or first[0].kind != first[1].kind:
        return []
    one, other = (names[statement.options[0]] for statement in first)
    return [
        f'Does {drafted.party.name} care more about "{one}" than about "{other}"? No report says; the order is '
        f"by how much is told of each ({drafted.party.id})."
    ]


def missing_in(
    parties: Sequence[DraftedParty],
    options: Sequence[DraftedOption],
    claims: Claims,
    acts: Sequence[StoredAct],
) -> tuple[str, ...]:
    """Return what the dossier lacks for a model, a sentence each."""
    found = []
    if not acts:
        return (
            "The dossier holds no acts: add reports in which somebody demands, refuses, threatens or does something.",
        )
    codes = {code for stored in acts for code in (*stored.act.source, *stored.act.target)}
    words = [stored for stored in acts if stored.act.type in VERBAL_TYPES and stored.act.type != "CONSULT"]
    if len(codes) < 2:
        found.append(
            f"Only one actor is named ({listed([actor_name(code) for code in sorted(codes)]) or 'none'}): a conflict needs "
            f"a second one; add reports that tell the other side."
        )
    if not any(claim.kind == "demand" for claim in claims.found):
        found.append("Nobody demands anything: what the parties want of each other is not told.")
    if not words:
        found.append("There are only deeds, no words: what the parties want has to be told by you.")
    if len(codes) >= 2 and len(parties) == 1:
        found.append(f"Only {parties[0].party.name} has options: what the other side could do is not told.")
    if not options and len(codes) >= 2:
        found.append(
            "No option can be drafted: nothing is demanded, refused, threatened, offered or feared in words that say what."
        )
    return tuple(found)
