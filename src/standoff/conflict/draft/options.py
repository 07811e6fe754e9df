"""Options: what each party could do or leave, from the claims of all reports, the same things merged.

Two claims on one party are of one option where they name the same action (or actions that reports use for the same thing)
on the same object, or where their words are alike. Refraining from a thing and doing it are one option with opposite signs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from standoff.conflict.draft.actions import actions, akin
from standoff.conflict.draft.claims import WEIGHTS, Claim
from standoff.conflict.draft.parties import Parties, Party
from standoff.dossier.days import days_of
from standoff.dossier.events.words import cosine, term

MOST = 10
"""The most options of a model that a person can think about."""
_ALIKE = 0.5
"""The cosine of words from which two phrases without a known action say the same."""
_SAME_OBJECT = 0.2
"""The cosine from which objects of one action are the same."""
_SINGLE = frozenset({
    "withdraw", "invade", "admit", "reply", "sanction", "retaliate", "attack", "ceasefire", "enrich", "talk", "mass", "refer",
    "leave_talks", "annex", "recognise", "drill", "lift", "resign",
})  # fmt: skip
"""Actions of which a party has one in a crisis, unless two places are named; of others the object tells them apart."""
_PLACED = frozenset({"withdraw", "invade", "attack", "mass", "annex", "recognise"})
_ARMED = re.compile(r"\b(milit|force|arm|nuclear|blow|fire)", re.IGNORECASE)
_ODD = frozenset({
    "what", "whatever", "this", "these", "never", "which", "whom", "who", "whenever", "hint", "own", "kind", "those",
    "that", "there", "make", "let", "anything",
})  # fmt: skip
"""Words that a name does better without."""
_UNKNOWN = 0.7
"""What an option weighs of which no report names an action that the table knows: its words may be cut wrongly."""
_BUSY = 4
"""An issue on which more different actions are told says little about two of them being the same."""
_MAKES = frozenset(
    {
        "demand",
        "refusal",
        "threat",
        "offer",
        "promise",
        "acceptance",
        "fear",
        "plan",
        "provocation",
        "deed",
        "concession",
    }
)
_STAKES = frozenset(
    {
        "demand",
        "refusal",
        "threat",
        "fear",
        "plan",
        "provocation",
        "offer",
        "promise",
        "acceptance",
        "concession",
    }
)


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim of an option; `on` is whether it speaks of the option as taken.

    (`claim.on` is about the deed itself, which an option named by refraining turns round.)
    """

    claim: Claim
    on: bool


@dataclass(slots=True)
class Cluster:
    """An option in the making."""

    owner: Party
    told: list[Claim] = field(default_factory=list)

    def takes(self, claim: Claim, busy: frozenset[tuple[str, str]]) -> float:
        """Return how well a claim fits, 0 where it does not."""
        return max((likeness(own, claim, busy) for own in self.told[:12]), default=0.0)


@dataclass(frozen=True, slots=True)
class Option:
    """One option of the draft.

    `told` are the claims that speak of it, most telling first; `weight` is what they say together for its being at stake.
    `undone` says why it cannot be taken back, or is empty.
    """

    id: str
    name: str
    owner: Party
    action: str
    told: tuple[Telling, ...]
    weight: float
    undone: str = ""
    refrains: bool = False
    """Whether to take the option is not to do something: "stop enriching uranium"."""

    def claims(self, *kinds: str) -> list[Telling]:
        """Return the tellings of some kinds."""
        return [telling for telling in self.told if telling.claim.kind in kinds]


def likeness(one: Claim, other: Claim, busy: frozenset[tuple[str, str]]) -> float:
    """Return how much two claims on one party speak of one option, 0 to 1."""
    first, second = one.phrase, other.phrase
    words = cosine(first.terms, second.terms)
    same_issue = bool(one.stored.issue) and one.stored.issue == other.stored.issue
    narrow = same_issue and (one.stored.issue, "") not in busy
    if (
        first.action == second.action
        and first.action in _SINGLE
        and not (first.action in _PLACED and _elsewhere(first.text, second.text))
    ):
        return 0.7 + 0.3 * words
    if {first.action, second.action} == {"retaliate", "sanction"} and one.kind == other.kind == "threat":
        return 0.65 if not _ARMED.search(f"{first.text} {second.text}") else 0.0
    if akin(first.action, second.action):
        whole = not first.terms or not second.terms
        same = first.action == second.action
        if words >= _SAME_OBJECT or (same_issue and same) or (whole and (same or same_issue)) or narrow:
            return 0.6 + 0.4 * words + (0.1 if same else 0.0)
        return 0.0
    if first.action and second.action:
        return 0.0
    if words >= _ALIKE or (narrow and words >= 0.3):
        return words
    return 0.0


def _elsewhere(one: str, other: str) -> bool:
    """Whether two phrases name different places or parties."""
    first, second = _proper(one), _proper(other)
    return bool(first) and bool(second) and not first & second


def _proper(text: str) -> frozenset[str]:
    return frozenset(term(word.strip(",.'’")) for word in text.split()[1:] if word[:1].isupper())


def options_of(claims: Sequence[Claim], parties: Parties, latest: str, earliest: str) -> list[Option]:
    """Return every option that claims name, strongest first; days are those of the first and last telling."""
    clusters: list[Cluster] = []
    busy = _busy(claims)
    making = [claim for claim in claims if claim.kind in _MAKES]
    making.sort(key=lambda claim: (-WEIGHTS[claim.kind], claim.day, claim.stored.key))
    for claim in making:
        owners = parties.among(claim.doers)
        for owner in owners:
            _put(clusters, replace(claim, alike=len(owners)), owner, busy)
    for claim in (claim for claim in claims if claim.kind in ("denial", "accusation")):
        for owner in parties.among(claim.doers):
            _put(clusters, claim, owner, busy, found=False)
    clusters = _united(clusters)
    options = [_option(cluster, latest, earliest) for cluster in clusters]
    options.sort(key=lambda option: (-option.weight, option.id))
    return _distinct(options)


def _united(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Bring together options that turned out to be one: same party, same action of which it has one, no two places."""
    found: list[Cluster] = []
    for cluster in clusters:
        action = _main_action(cluster.told)
        text = _face(cluster.told).phrase.text
        for other in found:
            same = other.owner == cluster.owner and action in _SINGLE and _main_action(other.told) == action
            if same and not (action in _PLACED and _elsewhere(_face(other.told).phrase.text, text)):
                other.told.extend(cluster.told)
                break
        else:
            found.append(cluster)
    return found


def _busy(claims: Sequence[Claim]) -> frozenset[tuple[str, str]]:
    """The issues on which many different actions are told."""
    told: dict[str, set[str]] = {}
    for claim in claims:
        if claim.kind in _STAKES:
            told.setdefault(claim.stored.issue, set()).add(claim.phrase.action)
    return frozenset((issue, "") for issue, found in told.items() if len(found) > _BUSY or not issue)


def _put(
    clusters: list[Cluster],
    claim: Claim,
    owner: Party,
    busy: frozenset[tuple[str, str]],
    *,
    found: bool = True,
) -> None:
    fitting = [
        (cluster.takes(claim, busy), number)
        for number, cluster in enumerate(clusters)
        if cluster.owner == owner
    ]
    best, number = max(fitting, default=(0.0, -1), key=lambda pair: (pair[0], -pair[1]))
    if best > 0:
        clusters[number].told.append(claim)
    elif found:
        clusters.append(Cluster(owner, [claim]))


def _option(cluster: Cluster, latest: str, earliest: str) -> Option:
    told = sorted(cluster.told, key=lambda claim: (-claim.weight, claim.day, claim.stored.key))
    face = _face(told)
    refrains = _is_refraining(told)
    name = face.phrase.said if refrains else face.phrase.text
    telling = tuple(Telling(claim, claim.on != refrains) for claim in told)
    main = _main_action(told)
    return Option(
        id=f"{_member(cluster)}-{slug(name)}",
        name=name,
        owner=cluster.owner,
        action=main,
        told=telling,
        weight=_weight(told, latest, earliest),
        refrains=refrains,
        undone="" if refrains else _undone(main, face),
    )


def _member(cluster: Cluster) -> str:
    """The member of a bloc that would do it, as its id begins: by that a bloc can be split (`answer.switches`)."""
    weights: Counter[str] = Counter()
    for claim in cluster.told:
        for code in claim.doers:
            if code in cluster.owner.codes:
                weights[code] += round(100 * claim.weight)
    codes = cluster.owner.codes
    found = max(codes, key=lambda code: (weights[code], -codes.index(code)))
    return cluster.owner.id if found == codes[0] else found.lower().replace("+", "-")


def _main_action(told: Sequence[Claim]) -> str:
    weights: Counter[str] = Counter()
    for claim in told:
        if claim.phrase.action and claim.kind in _MAKES:
            weights[claim.phrase.action] += round(100 * claim.weight)
    return max(weights, key=lambda action: (weights[action], action)) if weights else ""


def _is_refraining(told: Sequence[Claim]) -> bool:
    """Whether the option is better named by not doing: nobody threatens, fears or plans the deed itself."""
    refraining = [claim for claim in told if claim.phrase.refrain and claim.kind != "deed"]
    if not refraining:
        return False
    if any(
        not claim.phrase.refrain and claim.kind in ("threat", "fear", "plan", "provocation") for claim in told
    ):
        return False
    telling = [
        claim for claim in refraining if claim.phrase.promise or not claim.phrase.said.startswith("not ")
    ]
    return 2 * len(telling) >= len([claim for claim in told if claim.kind in _STAKES])


def _face(told: Sequence[Claim]) -> Claim:
    """The claim whose words name the option best: a demand or threat, telling much in few words."""
    refrains = _is_refraining(told)
    main = _main_action(told)

    def quality(claim: Claim) -> tuple[float, ...]:
        text = claim.phrase.said if refrains else claim.phrase.text
        size = len(text.split())
        fits = 3 <= size <= 11
        plain_words = not _ODD & set(text.lower().split())
        common = sum(other.phrase.text.lower() == claim.phrase.text.lower() for other in told)
        typical = sum(cosine(claim.phrase.terms, other.phrase.terms) for other in told) / len(told)
        named = claim.kind in ("demand", "threat", "fear", "refusal", "offer")
        plain = not re.search(r"[^\w\s'’\-,.]", text)
        return (
            not refrains or bool(claim.phrase.promise or not text.startswith("not ")),
            claim.phrase.action == main,
            plain_words or claim.phrase.promise,
            fits,
            round(typical, 1),
            common,
            named,
            plain,
            min(len(claim.phrase.terms), 4),
            -size,
        )

    usable = [claim for claim in told if claim.phrase.refrain] if refrains else list(told)
    usable = [claim for claim in usable if claim.kind in _STAKES] or usable
    return max(usable, key=quality)


def _weight(told: Sequence[Claim], latest: str, earliest: str) -> float:
    """What claims say together: each voice once a kind, the later the more, contested matters more than others."""
    best: dict[tuple[str, int, tuple[str, ...]], float] = {}
    for claim in told:
        key = (claim.kind, claim.voice, claim.holders)
        best[key] = max(best.get(key, 0.0), claim.weight * _recency(claim.day, latest, earliest))
    total = 0.0
    for number, weight in enumerate(sorted(best.values(), reverse=True)):
        total += weight / (1 + 0.25 * number)
    kinds = {claim.kind for claim in told}
    if kinds & {"refusal", "threat"} and kinds & {"demand", "fear", "offer"}:
        total += 0.6
    if any(claim.final for claim in told):
        total += 0.4
    if not kinds & _STAKES:
        total *= 0.4
    if not any(claim.phrase.action for claim in told):
        total *= _UNKNOWN
    return total


def _recency(day: str, latest: str, earliest: str) -> float:
    """From 0.6 for the first day told to 1 for the last."""
    first, last, own = days_of(earliest), days_of(latest), days_of(day)
    if first is None or last is None or own is None or last.last <= first.first:
        return 1.0
    share = (own.first - first.first) / (last.last - first.first)
    return 0.6 + 0.4 * min(1.0, max(0.0, share))


def _undone(action: str, face: Claim) -> str:
    if not action or not actions()[action].undone or face.phrase.text.startswith("continue "):
        return ""
    row = actions()[action]
    if row.undone_words and not any(word in face.phrase.text.lower().split() for word in row.undone_words):
        return ""
    return row.undone


_SMALL = frozenset({
    "a", "an", "the", "of", "to", "in", "on", "for", "with", "and", "or", "from", "by", "at", "that", "its", "their", "be",
    "will", "would", "as", "into", "his", "her", "any", "it", "such", "than", "all", "not", "if", "only", "iff",
    "which", "who", "whom", "has", "have", "near", "up", "out", "back", "against",
})  # fmt: skip


def slug(text: str, most: int = 4) -> str:
    """Return a short id from a phrase: its first words that say something, joined by hyphens."""
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’s", "").replace("'s", ""))
    kept = [word for word in words if word not in _SMALL] or words
    return "-".join(kept[:most]) or "act"


def _distinct(options: Iterable[Option]) -> list[Option]:
    """Give options whose ids are the same longer ones."""
    seen: set[str] = set()
    found = []
    for option in options:
        id = option.id
        size = 5
        while id in seen and size < 12:
            id = f"{option.id.removesuffix(slug(option.name))}{slug(option.name, size)}"
            size += 1
        number = 2
        plain = id
        while id in seen:
            id = f"{plain}-{number}"
            number += 1
        seen.add(id)
        found.append(replace(option, id=id) if id != option.id else option)
    return found
