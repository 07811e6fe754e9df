"""From a dossier to a proposed conflict: who plays, what they could do, where things stand, what they want."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from standoff.conflict.draft.actions import opposed
from standoff.conflict.draft.claims import Claim, Claims, Moment, claims_of, terms_of
from standoff.conflict.draft.conditions import provocations
from standoff.conflict.draft.names import actor_name, listed, spoken
from standoff.conflict.draft.options import MOST, Option, options_of
from standoff.conflict.draft.parties import Parties, Party, parties_of
from standoff.conflict.draft.passages import Passages
from standoff.conflict.draft.priorities import Statement, confidence_of, priorities_of
from standoff.conflict.draft.proposal import (
    DraftedOption,
    DraftedParty,
    Evidence,
    Exclusion,
    LeftOut,
    Proposal,
)
from standoff.conflict.draft.questions import missing_in, questions_on
from standoff.conflict.draft.status_quo import Standing, standing_of
from standoff.dossier.dossier import Dossier
from standoff.records import StoredAct, StoredReport

_LEAST = 0.45
"""The weight below which an option is not worth a place in the model: less than one plain offer or promise."""
_SHARE = 0.12
"""The share of the strongest option's weight below which one is left out."""
_NEXT = 0.9
"""What each further option of one party counts for in comparison, so that none crowds out the others."""
_LISTED = 25
"""The most things left out that are listed one by one."""
_DONE_TO_LAND = frozenset(
    {"withdraw", "invade", "attack", "occupy", "annex", "blockade", "sanction", "recognise"}
)
"""Actions of which the name in the phrase is that of the land or party it is done to, not of the one who does it."""
_PASSAGES = 4000
"""The most acts that are read; of a larger dossier the latest."""


def draft_conflict(dossier: Dossier, *, most: int = MOST) -> Proposal:
    """Return the conflict that a dossier tells of, with at most `most` options.

    Never fails for want of matter: what is missing for a model is said in `missing`.
    """
    reports = {report.key: report for report in dossier.reports()}
    acts = _latest_acts(dossier.acts(), reports)
    moments = _moments(dossier, acts, reports)
    passages = Passages(acts, {key: stored.report.text for key, stored in reports.items()})
    claims = claims_of(acts, passages, moments)
    parties = parties_of(claims.found, acts)
    told = named(claims.found, parties)
    told = [*told, *provocations(told, parties, passages)]
    days = sorted(moment.day for moment in moments.values() if moment.day) or [""]
    latest = max((stored.report.published or "" for stored in reports.values()), default="") or days[-1]
    every = options_of(told, parties, latest, days[0])
    standings = {option.id: standing_of(option, told, latest) for option in every}
    every = [_still_open(option, standings[option.id]) for option in every]
    chosen, left = choose(every, standings, parties, most)
    taken = frozenset(option.id for option in chosen if standings[option.id].taken)
    priorities = {party.id: priorities_of(party, chosen, taken) for party in parties.found}
    playing = [
        party
        for party in parties.found
        if priorities[party.id] and any(option.owner == party for option in chosen)
    ]
    idle = [party for party in parties.found if party not in playing]
    evidence = _Evidence(acts, reports, passages)
    return _proposal(dossier, reports, playing, priorities, chosen, standings, evidence,
                     [*_left_parties(parties, idle), *left, *_unclear(claims)], claims, acts)  # fmt: skip


def _latest_acts(acts: Sequence[StoredAct], reports: dict[int, StoredReport]) -> list[StoredAct]:
    """The acts to read, by the day of their report."""
    ordered = sorted(acts, key=lambda stored: (reports[stored.report].report.published or "", stored.key))
    return ordered[-_PASSAGES:]


def _moments(
    dossier: Dossier, acts: Sequence[StoredAct], reports: dict[int, StoredReport]
) -> dict[int, Moment]:
    """When each act is told, how many voices tell it, and whether its position is called final."""
    final = {
        key
        for position in dossier.positions()
        for entry in position.entries
        if entry.firmness == "red line"
        for key in entry.acts
    }
    found = {}
    for stored in acts:
        told = reports[stored.report]
        day = stored.act.date or told.report.published or ""
        if told.report.published and day > told.report.published:
            day = told.report.published
        found[stored.key] = Moment(day, told.voice, stored.key in final)
    return found


def named(claims: Sequence[Claim], parties: Parties) -> list[Claim]:
    """Let demands that name nobody be demands on the side that their words or their issue point at."""
    asked: Counter[tuple[str, str, str]] = Counter()
    for claim in claims:
        if claim.kind == "demand" and not claim.guessed:
            for party in parties.among(claim.holders):
                for doer in parties.among(claim.doers):
                    if doer != party:
                        asked[party.id, doer.id, claim.stored.issue] += 2
                        asked[party.id, doer.id, ""] += 1
    for claim in claims:
        for party in parties.among(claim.doers):
            asked["", party.id, claim.phrase.action] += 1
    found = []
    for claim in claims:
        doers = _guess(claim, parties, asked) if claim.kind == "demand" and claim.guessed else claim.doers
        found.append(replace(claim, doers=doers, towards=doers) if doers != claim.doers else claim)
    return [claim for claim in found if not _to_itself(claim, parties)]


def _guess(claim: Claim, parties: Parties, asked: Counter[tuple[str, str, str]]) -> tuple[str, ...]:
    own = parties.among(claim.holders)
    others = [party for party in parties.found if party not in own]
    if not own or not others:
        return ()

    done_to = claim.phrase.action in _DONE_TO_LAND

    def likely(party: Party) -> tuple[int, int, int, float]:
        named_in = len(claim.phrase.terms & terms_of(party.codes))
        by_issue = asked[own[0].id, party.id, claim.stored.issue] if claim.stored.issue else 0
        does_it = asked["", party.id, claim.phrase.action] if done_to else 0
        fits = by_issue - named_in if done_to else by_issue + named_in
        return fits, does_it, asked[own[0].id, party.id, ""], party.weight

    return max(others, key=likely).codes


def _to_itself(claim: Claim, parties: Parties) -> bool:
    """Whether a party asks something of itself only."""
    holders, doers = parties.among(claim.holders), parties.among(claim.doers)
    return claim.kind == "demand" and bool(doers) and set(doers) <= set(holders)


def choose(
    every: Sequence[Option], standings: dict[str, Standing], parties: Parties, most: int
) -> tuple[list[Option], list[LeftOut]]:
    """Return the options of the model, by party and weight, and the others with the reason why they are left out.

    Each party whose strongest option is worth a place keeps it, the two strongest parties in any case; the rest goes by
    weight.
    """
    left: list[LeftOut] = []
    usable = []
    for option in every:
        reason = _unfit(option, standings[option.id])
        if reason:
            left.append(LeftOut(f"{option.owner.name}: {option.name}", reason))
        else:
            usable.append(option)
    strongest = usable[0].weight if usable else 0.0
    first = [next((option for option in usable if option.owner == party), None) for party in parties.found]
    kept: list[Option] = [
        option for n, option in enumerate(first) if option is not None and (n < 2 or option.weight >= _LEAST)
    ][:most]
    waiting = [option for option in usable if option not in kept]
    while waiting:
        held = Counter(option.owner.id for option in kept)
        option = max(waiting, key=lambda one: (one.weight * _NEXT ** held[one.owner.id], one.id))
        waiting.remove(option)
        if option.weight < max(_LEAST, _SHARE * strongest):
            left.append(LeftOut(f"{option.owner.name}: {option.name}", "told only in passing"))
        elif len(kept) >= most:
            left.append(
                LeftOut(
                    f"{option.owner.name}: {option.name}", f"{most} options weigh more (ask with --options)"
                )
            )
        else:
            kept.append(option)
    order = {party.id: number for number, party in enumerate(parties.found)}
    kept.sort(key=lambda option: (order[option.owner.id], -option.weight, option.id))
    return kept, left


def _still_open(option: Option, standing: Standing) -> Option:
    """An attack that has begun can be stopped, though it cannot be made not to have happened."""
    return (
        replace(option, undone="")
        if option.undone and standing.taken and option.action == "attack"
        else option
    )


def _unfit(option: Option, standing: Standing) -> str:
    kinds = {telling.claim.kind for telling in option.told}
    against = any(not telling.on and telling.claim.kind == "demand" for telling in option.told)
    if option.undone and standing.taken and not against:
        return "it has happened and cannot be taken back, so that nobody can choose it any more"
    if kinds <= {"deed", "concession", "accusation", "denial"}:
        return "it is told as done, and nobody demands, refuses, threatens or fears it"
    if kinds <= {"promise", "acceptance", "deed", "concession"} and not option.action:
        return "it is only promised, in words that name no action"
    return ""


def _left_parties(parties: Parties, idle: Iterable[Party]) -> list[LeftOut]:
    found = [
        LeftOut(party.name, "nothing that it could do is told often enough to be an option") for party in idle
    ]
    return [*found, *(LeftOut(actor_name(one.code), one.reason) for one in parties.left_out)]


def _unclear(claims: Claims) -> list[LeftOut]:
    found = Counter(unclear.reason for unclear in claims.unclear)
    return [
        LeftOut(f"{number} statement{'s' if number > 1 else ''}", reason) for reason, number in found.items()
    ]


class _Evidence:
    """Passages of acts, with what a person wants to see of their report."""

    def __init__(
        self, acts: Sequence[StoredAct], reports: dict[int, StoredReport], passages: Passages
    ) -> None:
        self._acts = {stored.key: stored for stored in acts}
        self._reports = reports
        self._passages = passages

    def of(self, key: int) -> Evidence:
        """Return the passage of an act."""
        stored = self._acts[key]
        report = self._reports[stored.report].report
        whole = self._passages.sentence(key)
        span = whole if whole.end - whole.start <= _LONGEST else stored.act.evidence
        return Evidence(
            ref=f"{report.id}:{span.start}-{span.end}",
            quote=" ".join(report.text[span.start : span.end].split()),
            outlet=report.outlet or report.title or report.id,
            day=report.published or "",
        )

    def several(self, keys: Iterable[int], most: int) -> tuple[Evidence, ...]:
        """Return the first passages of acts, each place once."""
        found: dict[str, Evidence] = {}
        for key in keys:
            passage = self.of(key)
            found.setdefault(passage.ref, passage)
            if len(found) == most:
                break
        return tuple(found.values())


_SHOWN = 3
_LONGEST = 400
"""The longest sentence that is shown whole; of a longer one the clause that tells the act."""


def _proposal(
    dossier: Dossier,
    reports: dict[int, StoredReport],
    playing: Sequence[Party],
    priorities: dict[str, list[Statement]],
    chosen: Sequence[Option],
    standings: dict[str, Standing],
    evidence: _Evidence,
    left: Sequence[LeftOut],
    claims: Claims,
    acts: Sequence[StoredAct],
) -> Proposal:
    own = [option for option in chosen if option.owner in playing]
    kept = {option.id for option in own}
    drafted = tuple(_party(party, priorities[party.id], kept, evidence) for party in playing)
    options = tuple(_option(option, standings[option.id], evidence) for option in own)
    exclusions = tuple(_exclusions(own))
    keys = {key for party in drafted for statement in party.priorities for key in statement.acts}
    keys |= {telling.claim.stored.key for option in own for telling in option.told}
    days = sorted(stored.report.published for stored in reports.values() if stored.report.published)
    more = len(left) - _LISTED
    shown = [*left[:_LISTED], *([LeftOut(f"{more} more", "they weigh less still")] if more > 0 else [])]
    return Proposal(
        name=_name([party.party for party in drafted]),
        dossier=dossier.path.name,
        reports=len(reports),
        voices=len({stored.voice for stored in reports.values()}),
        first=days[0] if days else "",
        last=days[-1] if days else "",
        parties=drafted,
        options=options,
        exclusions=exclusions,
        questions=questions_on(drafted, options),
        missing=missing_in(drafted, options, claims, acts),
        left_out=tuple(shown),
        evidence={key: evidence.of(key) for key in sorted(keys)},
    )


def _name(parties: Sequence[Party]) -> str:
    names = [
        party.name[:1].upper() + party.name[1:] if not n else party.name for n, party in enumerate(parties)
    ]
    return listed(names) if names else "No conflict yet"


def _party(
    party: Party, statements: Sequence[Statement], kept: set[str], evidence: _Evidence
) -> DraftedParty:
    known = tuple(statement for statement in statements if set(statement.options) <= kept)
    stated = [statement.confidence for statement in known if statement.standing == "stated"]
    joined = evidence.several(party.joined, _SHOWN)
    if len(party.codes) > 1:
        standing, confidence = "inferred", 0.7 if joined else 0.5
    else:
        standing, confidence = "stated", max(stated, default=0.6)
    return DraftedParty(party, known, standing, confidence, evidence.several(party.evidence, _SHOWN), joined)


def _option(option: Option, standing: Standing, evidence: _Evidence) -> DraftedOption:
    told = [telling.claim for telling in option.told]
    words = {"demand", "refusal", "threat", "offer", "promise", "acceptance", "plan", "concession"}
    stated = any(claim.kind in words and not claim.guessed for claim in told)
    standing_word = "stated" if stated else "inferred"
    return DraftedOption(
        option=option,
        note=_note(option),
        standing=standing_word,
        confidence=confidence_of(told, standing_word),
        evidence=evidence.several(_varied(told), _SHOWN),
        taken=standing.taken,
        since=evidence.several(standing.acts, 2),
    )


def _varied(told: Sequence[Claim]) -> list[int]:
    """The acts that show an option, so that different kinds of claims by different sides come first."""
    first: dict[tuple[str, tuple[str, ...]], int] = {}
    for claim in told:
        first.setdefault((claim.kind, claim.holders), claim.stored.key)
    return [*first.values(), *(claim.stored.key for claim in told)]


_SAID = {
    "demand": "demanded by", "refusal": "refused by", "threat": "threatened by", "offer": "offered by",
    "promise": "promised by", "acceptance": "accepted by", "plan": "announced by", "fear": "feared",
    "provocation": "named as a condition by", "deed": "done by", "concession": "done by", "denial": "denied by",
    "accusation": "condemned by",
}  # fmt: skip


def _note(option: Option) -> str:
    """Who says what of an option, in a line: "demanded by Russia, refused by the United States"."""
    found: dict[str, dict[str, None]] = {}
    for telling in option.told:
        claim = telling.claim
        by = found.setdefault(_SAID[claim.kind], {})
        by.update(dict.fromkeys(claim.holders))
    parts = []
    for words, codes in found.items():
        if words == "feared":
            parts.append(f"feared by {listed([spoken(code) for code in codes], 3)}" if codes else "feared")
        elif codes:
            parts.append(f"{words} {listed([spoken(code) for code in codes], 3)}")
    return ", ".join(parts)


def _exclusions(options: Sequence[Option]) -> Iterable[Exclusion]:
    """Pairs of one party's options of which one takes the other back, on the same thing."""
    for number, one in enumerate(options):
        for other in options[number + 1 :]:
            told_together = {
                telling.claim.stored.issue for telling in one.told if telling.claim.stored.issue
            } & {telling.claim.stored.issue for telling in other.told}
            about = any(
                first.claim.phrase.terms & second.claim.phrase.terms
                for first in one.told
                for second in other.told
            )
            both_deeds = not one.refrains and not other.refrains
            if (
                one.owner == other.owner
                and both_deeds
                and opposed(one.action, other.action)
                and (about or told_together)
            ):
                yield Exclusion((one.id, other.id), "the one takes the other back")
