"""What each party wants, in order: option prioritisation (Fang, Hipel, Kilgour and Peng 2003).

Red lines, then what is vital, demands, refusals, own threats, others' threats, offers, wishes, and last what things cost. A
statement is *stated* where the party itself says it, *inferred* where it follows from what happens to it or what it does,
*assumed* where nothing is told and something had to be taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from standoff.conflict.draft.actions import actions
from standoff.conflict.draft.claims import Claim
from standoff.conflict.draft.conditions import Condition, condition_of
from standoff.conflict.draft.options import Option, Telling
from standoff.conflict.draft.parties import Party

KINDS = ("redline", "stake", "demand", "refusal", "threat", "fear", "offer", "plan", "wish", "cost")
"""The kinds of statement, in the order of their levels."""
_VIOLENT = frozenset({"invade", "attack", "annex", "occupy", "execute"})
ASSUMED = 0.3
"""The confidence of what is assumed."""
_INFERRED = 0.6


@dataclass(frozen=True, slots=True)
class Statement:
    """One priority of a party.

    `formula` is over option ids; `standing` is stated, inferred or assumed; `acts` are the evidence, most telling first;
    `reason` says in a few words why it stands where it is not stated.
    """

    id: str
    kind: str
    formula: str
    options: tuple[str, ...]
    standing: str
    confidence: float
    acts: tuple[int, ...]
    reason: str
    weight: float


def priorities_of(party: Party, options: Sequence[Option], taken: frozenset[str]) -> list[Statement]:
    """Return a party's statements over the options of the model, the most important first.

    `taken` are the ids of the options that are on in the status quo.
    """
    found: list[Statement] = []
    for option in options:
        found.extend(_own(party, option, options, taken) if option.owner == party else _others(party, option))
    found.sort(key=lambda one: (KINDS.index(one.kind), -one.weight, one.id))
    return list({one.formula: one for one in reversed(found)}.values())[::-1]


def _own(
    party: Party, option: Option, options: Sequence[Option], taken: frozenset[str]
) -> Iterable[Statement]:
    """What a party wants of an option of its own."""
    said = [telling for telling in option.told if set(telling.claim.holders) & set(party.codes)]
    stance = _latest(
        [telling for telling in said if telling.claim.kind in ("refusal", "offer", "promise", "acceptance")]
    )
    threats = [telling for telling in said if telling.claim.kind == "threat"]
    if threats and stance and stance[0].claim.kind != "refusal" and _harms(stance[0].claim):
        threats, stance = [*threats, *stance], []
    if threats:
        yield from _with_condition(party, option, threats, "threat", options)
    if stance and stance[0].claim.kind == "refusal":
        kind = "redline" if any(telling.claim.final for telling in stance) else "refusal"
        yield _statement(party, kind, option, stance[0].on, stance, "stated")
    elif stance:
        yield from _with_condition(party, option, stance, "offer", options)
    if stance or threats:
        return
    plans = [telling for telling in said if telling.claim.kind == "plan"]
    denials = [telling for telling in said if telling.claim.kind == "denial"]
    deeds = [telling for telling in said if telling.claim.kind in ("deed", "concession")]
    if plans:
        yield _statement(party, "plan", option, plans[0].on, plans, "stated")
    elif deeds and option.id in taken:
        yield _statement(party, "wish", option, True, deeds, "inferred", "it does it")
    elif denials:
        yield _statement(party, "cost", option, denials[0].on, denials, "inferred", "it denies the intention")
    else:
        yield _assumed(party, option)


def _assumed(party: Party, option: Option) -> Statement:
    asked = [telling for telling in option.told if telling.claim.kind in ("demand", "fear", "provocation")]
    on = (
        any(telling.claim.kind == "demand" and not telling.on for telling in asked)
        and option.action not in _VIOLENT
    )
    if on:
        reason = "others ask it to leave this, and no report tells its answer"
    elif any(telling.claim.kind == "demand" for telling in asked):
        reason = "others ask this of it, and no report tells its answer"
    else:
        reason = "others expect this of it, and no report tells what it says of that"
    return _statement(party, "cost", option, on, asked, "assumed", reason)


def _with_condition(
    party: Party, option: Option, told: Sequence[Telling], kind: str, options: Sequence[Option]
) -> Iterable[Statement]:
    """A threat or an offer: carried out if its condition holds, and by itself not worth its cost."""
    told = sorted(told, key=lambda telling: (telling.claim.condition is None, -telling.claim.weight))
    condition = next(
        (
            found
            for telling in told
            if (found := condition_of(telling.claim, party, options)) is not None and found.told
        ),
        None,
    ) or condition_of(told[0].claim, party, options)
    on = told[0].on
    if kind == "offer" and (condition is None or not condition.told):
        yield _statement(party, kind, option, on, told, "stated")
        return
    if condition is None or condition.option == option:
        yield _statement(
            party, "plan" if kind == "threat" else kind, option, on, told, "stated", "no condition is told"
        )
        return
    standing = "stated" if condition.told else "inferred"
    reason = (
        "" if condition.told else "the condition is not told; its demand on the other side is taken for it"
    )
    yield _statement(party, kind, option, on, told, standing, reason, condition)
    why = "a threat costs its maker too" if kind == "threat" else "it is offered in exchange only"
    yield _statement(party, "cost", option, not on, told, "assumed", why)


def _others(party: Party, option: Option) -> Iterable[Statement]:
    """What a party wants of another's option: at most one statement, the strongest."""
    codes = set(party.codes)
    said = [telling for telling in option.told if set(telling.claim.holders) & codes]
    demands = _latest([telling for telling in said if telling.claim.kind == "demand"])
    if demands:
        kind = "redline" if any(telling.claim.final for telling in demands) else "demand"
        yield _statement(party, kind, option, demands[0].on, demands, "stated")
        return
    provoked = [telling for telling in said if telling.claim.kind == "provocation"]
    threat = [telling for telling in provoked if telling.claim.stored.act.type == "THREATEN"]
    if threat:
        yield _statement(
            party, _harm(option), option, not threat[0].on, threat, "inferred", "it threatens in case of it"
        )
        return
    feared = [
        telling
        for telling in option.told
        if (telling.claim.kind in ("fear", "threat", "plan", "deed") and codes & set(telling.claim.towards))
        or (telling.claim.kind == "fear" and codes & set(telling.claim.holders))
    ]
    harm = [telling for telling in feared if _harms(telling.claim)]
    if harm:
        own = any(telling.claim.kind == "fear" and codes & set(telling.claim.holders) for telling in harm)
        reason = "" if own else "it is what this would be done to"
        yield _statement(
            party, _harm(option), option, not harm[0].on, harm, "stated" if own else "inferred", reason
        )
        return
    if provoked:
        yield _statement(
            party, "wish", option, provoked[0].on, provoked, "inferred", "it offers something in exchange"
        )
        return
    blamed = [telling for telling in said if telling.claim.kind == "accusation"]
    if blamed:
        yield _statement(party, "wish", option, blamed[0].on, blamed, "inferred", "it condemns it")
        return
    given = [telling for telling in option.told
             if telling.claim.kind in ("offer", "promise", "acceptance", "deed", "concession")
             and codes & set(telling.claim.towards)]  # fmt: skip
    if given:
        yield _statement(party, "wish", option, given[0].on, given, "inferred", "it is held out to it")


def _harm(option: Option) -> str:
    return "stake" if option.action in _VIOLENT else "fear"


def _harms(claim: Claim) -> bool:
    """Whether what is feared, threatened or done is harm to those it is done to."""
    if claim.kind in ("fear", "threat"):
        return True
    return bool(claim.phrase.action) and actions()[claim.phrase.action].sort == "coerces"


def _latest(told: Sequence[Telling]) -> list[Telling]:
    """The tellings that agree with the last one, which comes first; a refusal of the same day goes before an offer."""
    if not told:
        return []
    last = max(
        told, key=lambda telling: (telling.claim.day, telling.claim.kind == "refusal", telling.claim.weight)
    )
    agreeing = [
        telling
        for telling in told
        if telling.on == last.on and (telling.claim.kind == "refusal") == (last.claim.kind == "refusal")
    ]
    return [last, *(telling for telling in agreeing if telling is not last)]


def _statement(
    party: Party,
    kind: str,
    option: Option,
    on: bool,
    told: Sequence[Telling],
    standing: str,
    reason: str = "",
    condition: Condition | None = None,
) -> Statement:
    formula = option.id if on else f"not {option.id}"
    options = [option.id]
    id = f"{party.id}.{kind}.{option.id}"
    if condition is not None:
        formula += f" if {'' if condition.on else 'not '}{condition.option.id}"
        options.append(condition.option.id)
    claims = sorted(
        (telling.claim for telling in told), key=lambda claim: (-claim.weight, claim.day, claim.stored.key)
    )
    return Statement(
        id=id,
        kind=kind,
        formula=formula,
        options=tuple(options),
        standing=standing,
        confidence=confidence_of(claims, standing),
        acts=tuple(dict.fromkeys(claim.stored.key for claim in claims)),
        reason=reason,
        weight=sum(claim.weight for claim in claims) + option.weight / 10,
    )


def confidence_of(claims: Sequence[Claim], standing: str) -> float:
    """Return how far a statement can be trusted, 0 to 1: the surest act's confidence, raised by independent voices."""
    if standing == "assumed" or not claims:
        return ASSUMED
    surest = max(claim.stored.act.confidence * (0.8 if claim.guessed else 1.0) for claim in claims)
    voices = len({claim.voice for claim in claims})
    trusted = surest * (0.8, 0.9, 0.95)[min(voices, 3) - 1]
    return round(trusted * (_INFERRED if standing == "inferred" else 1.0), 2)
