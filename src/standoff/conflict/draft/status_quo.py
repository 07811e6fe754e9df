"""Where things stand: which options are taken, from what happened.

The last deed counts: troops that left after they came are gone. What nobody is told to have done is taken not to be done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from standoff.conflict.draft.actions import opposed
from standoff.conflict.draft.claims import Claim
from standoff.conflict.draft.options import Option
from standoff.dossier.days import days_of

_LASTS = frozenset({
    "mass", "occupy", "sanction", "blockade", "detain", "annex", "recognise", "enrich", "withdraw", "ceasefire", "arm",
    "lift", "suspend", "sign", "expel", "remove", "release", "restore", "access", "emergency",
})  # fmt: skip
"""Actions that go on, once done, until they are undone; of others only what is fresh is still going on."""
FRESH = 30
"""For how many days before the last report a deed that does not last counts as going on."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether an option is taken now, and the acts that say so; none where nothing is told of it."""

    taken: bool
    acts: tuple[int, ...]


def standing_of(option: Option, claims: Sequence[Claim], latest: str) -> Standing:
    """Return whether an option is taken at the end of the dossier; `latest` is the day of its last report."""
    done = [(telling.claim, telling.on) for telling in option.told if _happened(telling.claim)]
    undone = [
        (claim, False)
        for claim in claims
        if claim.kind in ("deed", "concession")
        and set(claim.doers) & set(option.owner.codes)
        and not option.refrains
        and opposed(claim.phrase.action, option.action)
    ]
    told = sorted((*done, *undone), key=lambda pair: (pair[0].day, pair[1]))
    if not told:
        return Standing(False, ())
    last = told[-1]
    taken = (
        last[1]
        and (_lasts(option) or _is_fresh(last[0], latest))
        and not _more_is_threatened(option, last[0])
    )
    agreeing = [claim.stored.key for claim, on in told if on == last[1]]
    return Standing(taken, tuple(dict.fromkeys(reversed(agreeing))))


def _more_is_threatened(option: Option, last: Claim) -> bool:
    """Whether what is threatened comes on top of what was done: sanctions of 2014, and others in case of an invasion."""
    threats = [telling.claim for telling in option.told if telling.claim.kind == "threat"]
    return any(threat.day >= last.day or threat.condition is not None for threat in threats)


def _lasts(option: Option) -> bool:
    return option.action in _LASTS


def _happened(claim: Claim) -> bool:
    if claim.kind in ("deed", "concession"):
        return True
    if claim.kind != "acceptance" or claim.phrase.action not in ("sign", "ceasefire"):
        return False
    return "sign" in claim.stored.quote.lower()


def _is_fresh(claim: Claim, latest: str) -> bool:
    own, last = days_of(claim.day), days_of(latest)
    return own is None or last is None or last.first - own.last <= FRESH
