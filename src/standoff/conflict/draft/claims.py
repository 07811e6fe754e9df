"""Claims: who wants, refuses, threatens, offers, fears or does which action, one for each act, action and doer.

A claim is what an act says about an option: whose it would be (`doers`), whether it is to be taken (`on`), and for whom
(`holders`). Demands name the option of the one who is asked, threats and offers an option of the speaker.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from standoff.conflict.draft.actions import action_of_noun, action_of_verb, actions
from standoff.conflict.draft.meanings import Told
from standoff.conflict.draft.names import listed, spoken
from standoff.conflict.draft.passages import Passages
from standoff.conflict.draft.phrases import Phrase, phrases_of
from standoff.conflict.draft.rendering import lemma, noun_phrase, particle, words
from standoff.dossier.events.party_names import names_of
from standoff.dossier.events.words import term
from standoff.dossier.lookups.holding import agree_kind
from standoff.records import VERBAL_TYPES, Span, StoredAct

if TYPE_CHECKING:
    from spacy.tokens import Span as Words

ClaimKind = Literal[
    "demand", "refusal", "threat", "offer", "promise", "acceptance", "concession", "fear", "plan", "deed", "denial",
    "accusation", "support", "provocation",
]  # fmt: skip
WEIGHTS: Mapping[str, float] = {
    "demand": 1.0, "refusal": 1.0, "threat": 1.2, "fear": 0.9, "provocation": 0.8, "plan": 0.7, "offer": 0.7,
    "promise": 0.6, "acceptance": 0.5, "concession": 0.5, "deed": 0.25, "denial": 0.3, "accusation": 0.1, "support": 0.1,
}  # fmt: skip
"""How much one claim of a kind says for an option being at stake; demands and threats are what a conflict is made of."""

_COLLECTIVE = {"NATO": "alliance", "EU": "bloc", "UN": "council", "WEST": "alli"}
_HARM = re.compile(r"\b(sanction|consequence|cost|price|response|reprisal|retaliat|punish)\w*", re.IGNORECASE)
"""What is vowed in case of something, and is no gift."""
_POINTS_BACK = frozenset({
    "demand", "proposal", "offer", "request", "plea", "idea", "call", "invitation", "appeal", "condition", "point", "term",
    "ultimatum", "suggestion", "plan", "deadline", "resolution",
})  # fmt: skip


_BARGAINS = frozenset({"deal", "agreement", "bargain", "package"})
"""What an acceptance can point back at that a demand could name anew."""
_INSISTS = re.compile(r"\W*(to |will |would )?(continue|keep|go on|carry on|maintain)", re.IGNORECASE)
"""How a refusal begins that is told by what the refuser will go on doing."""
_POINTERS = frozenset({"such", "this", "that", "these", "those", "both"})


@dataclass(frozen=True, slots=True)
class Claim:
    """What an act says about an option.

    `guessed` is True where the report does not name who is to do it. `final` is True where it is called a red line.
    `condition` is the span of the condition on it.
    """

    kind: ClaimKind
    stored: StoredAct
    holders: tuple[str, ...]
    doers: tuple[str, ...]
    towards: tuple[str, ...]
    phrase: Phrase
    on: bool
    day: str
    voice: int
    guessed: bool = False
    final: bool = False
    alike: int = 1
    """How many parties it names alike: what all are asked says less of each."""

    @property
    def condition(self) -> Span | None:
        """Where the condition on it stands."""
        return self.stored.act.condition

    @property
    def weight(self) -> float:
        """How much the claim says for the option being at stake."""
        sure = (0.4 + 0.6 * self.stored.act.confidence) * (0.7 if self.guessed else 1.0)
        return WEIGHTS[self.kind] * sure / math.sqrt(self.alike)


@dataclass(frozen=True, slots=True)
class Unclear:
    """An act that points at something without saying what, or says too little to be an option."""

    stored: StoredAct
    reason: str


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of a dossier, and the acts in words that gave none."""

    found: tuple[Claim, ...]
    unclear: tuple[Unclear, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """When and where an act is told: its event's day or the report's, the report's voice, and whether it is called final."""

    day: str
    voice: int
    final: bool = False


def claims_of(acts: Sequence[StoredAct], passages: Passages, moments: Mapping[int, Moment]) -> Claims:
    """Return the claims of acts, in their order; `moments` are by the key of the act."""
    found: list[Claim] = []
    unclear: list[Unclear] = []
    pointing: list[tuple[StoredAct, ClaimKind, list[Claim]]] = []
    for stored in acts:
        kind = _kind(stored)
        if kind is None:
            continue
        moment = moments[stored.key]
        made = list(_claims(stored, kind, passages, moment))
        answers = stored.act.type in ("REJECT", "AGREE") and _points_back(stored, passages)
        if answers or (made and _keeps_word(stored, made, passages)):
            pointing.append((stored, kind, made))
        elif made:
            found.extend(made)
        elif (by_issue := _on_issue(stored, kind, moment)) is not None:
            found.append(by_issue)
        elif stored.act.type in VERBAL_TYPES and kind in ("demand", "refusal", "threat", "offer", "promise"):
            unclear.append(Unclear(stored, "the report does not say what exactly"))
    for stored, kind, made in pointing:
        moment = moments[stored.key]
        keeps = stored.act.type == "REQUEST"
        answered = list((_holds_to if keeps else _answers)(stored, found, moment)) or made
        by_issue = None if answered else _on_issue(stored, kind, moment)
        found.extend(answered if by_issue is None else [by_issue])
        if not answered and by_issue is None:
            unclear.append(Unclear(stored, "it answers something that no report tells"))
    return Claims(tuple(sorted(found, key=lambda claim: claim.stored.key)), tuple(unclear))


def _kind(stored: StoredAct) -> ClaimKind | None:
    """What an act says about an option of somebody; None for talks that were held, and the like."""
    act = stored.act
    if act.type in VERBAL_TYPES:
        if act.modality in ("denied", "possible", "demanded") and act.type != "REQUEST":
            return None
        match act.type:
            case "REQUEST":
                return "demand"
            case "REJECT":
                return "refusal"
            case "THREATEN":
                return "threat"
            case "CONCEDE":
                return "concession"
            case "ACCUSE":
                return "accusation"
            case "SUPPORT":
                return "support"
            case "AGREE":
                kind = agree_kind(stored)
                return kind if kind in ("offer", "acceptance") else "promise"
        return None
    return {
        "actual": "deed", "possible": "fear", "planned": "plan", "conditional": "plan", "demanded": "demand",
        "denied": "denial",
    }[act.modality]  # type: ignore[return-value]  # fmt: skip


def _claims(stored: StoredAct, kind: ClaimKind, passages: Passages, moment: Moment) -> Iterable[Claim]:
    act = stored.act
    if act.type in ("SUPPORT", "CONCEDE") and (phrase := given_way(stored, passages)) is not None:
        yield _deed(stored, "deed" if act.type == "SUPPORT" else kind, phrase, moment)
    elif act.type == "SUPPORT":
        return
    elif act.content is not None:
        yield from _in_words(stored, kind, act.content, passages, moment)
    elif act.type not in VERBAL_TYPES:
        phrase = deed_phrase(stored, passages)
        if phrase is not None:
            yield _deed(stored, kind, phrase, moment)


def _deed(stored: StoredAct, kind: ClaimKind, phrase: Phrase, moment: Moment) -> Claim:
    act = stored.act
    holders = act.attribution if kind in ("demand", "fear", "denial") else act.source
    return Claim(
        kind, stored, holders, act.source, act.target, phrase, kind != "denial", moment.day, moment.voice
    )


def _in_words(
    stored: StoredAct, kind: ClaimKind, content: Span, passages: Passages, moment: Moment
) -> Iterable[Claim]:
    act = stored.act
    harms = act.condition is not None and _HARM.search(passages.text(stored.key, content)) is not None
    if kind in ("offer", "promise") and harms:
        kind = "threat"
    doers = act.target if kind in ("demand", "accusation") else act.source
    other = act.source if kind == "demand" else act.target
    told = Told(kind, terms_of(doers), terms_of(other), listed([spoken(code) for code in other[:2]]))
    span = passages.words(stored.key, content)
    if span is None or (kind == "refusal" and _points_back(stored, passages)):
        return
    final = moment.final
    if kind != "demand" and len(doers) > 1:
        doers = _named_among(doers, span)
    for phrase in phrases_of(span, told):
        opposed = (
            kind == "refusal" and phrase.action and actions()[phrase.action].sort == "coerces" and act.target
        )
        if opposed and not phrase.refrain and not _is_own(phrase, stored, passages):
            yield Claim("demand", stored, act.source, act.target, act.target, phrase, False, moment.day, moment.voice,
                        final=final)  # fmt: skip
            if _strikes_another(phrase, (*act.source, *act.target)):
                own = replace(
                    phrase, text=f"go along with {words(noun_phrase(span.root))}", action="", said=""
                )
                yield Claim("refusal", stored, act.source, act.source, act.target, own, False, moment.day, moment.voice,
                            final=final)  # fmt: skip
            continue
        insists = kind == "refusal" and _INSISTS.match(passages.text(stored.key, content)) is not None
        against = kind in ("refusal", "accusation") and not insists
        on = phrase.refrain if against else not phrase.refrain
        whose = () if kind == "demand" and _is_about(phrase, doers) else doers
        yield Claim(kind, stored, act.source, whose, other if kind != "demand" else whose, phrase, on, moment.day,
                    moment.voice, guessed=not whose, final=final)  # fmt: skip


def _named_among(doers: Sequence[str], content: Words) -> tuple[str, ...]:
    """Who of several that speak together is to do it: "A and B promised that B's soldiers will leave"."""
    subject = next((token for token in content if token.dep_ in ("nsubj", "nsubjpass")), None)
    said = {term(token.lower_) for token in subject.subtree} if subject is not None else set()
    named = tuple(code for code in doers if said & terms_of([code]))
    return named or tuple(doers)


def _strikes_another(phrase: Phrase, codes: Sequence[str]) -> bool:
    """Whether a blow that somebody opposes would fall on another than those who speak: a third party that stands in the way."""
    names = {term(word.strip(",.'’")) for word in phrase.text.split() if word[:1].isupper()}
    return bool(names) and not names & terms_of(codes)


def _is_about(phrase: Phrase, doers: Sequence[str]) -> bool:
    """Whether a promise about somebody was taken for one by it: "a promise that Ukraine will never join"."""
    about = phrase.promise or phrase.action == "admit"
    named = {term(word.strip(",.")) for word in phrase.said.split()}
    return about and bool(named & terms_of(doers)) and len(doers) == 1


def _is_own(phrase: Phrase, stored: StoredAct, passages: Passages) -> bool:
    """Whether what is refused is the refuser's own conduct: "refuses to attack", "rules out force"."""
    assert stored.act.content is not None
    content = passages.words(stored.key, stored.act.content)
    trigger = passages.text(stored.key, stored.act.trigger).lower()
    if content is None:
        return False
    verbal = content[0].dep_ in ("aux", "mark") or content.root.pos_ == "VERB"
    return verbal or "rule" in trigger or "renounc" in trigger


def deed_phrase(stored: StoredAct, passages: Passages) -> Phrase | None:
    """Return a deed of which a report gives the word alone, as an action: "invasion" is "invade Ukraine"."""
    act = stored.act
    trigger = passages.words(stored.key, act.trigger)
    if trigger is None:
        return None
    target = listed([spoken(code) for code in act.target[:2]])
    for token in (trigger.root, *trigger):
        action = (
            action_of_verb(lemma(token), particle(token))
            if token.pos_ in ("VERB", "AUX")
            else action_of_noun(lemma(token))
        )
        if action is None or not action.deed or not _fits(act.type, action.name):
            continue
        if target or "{target}" not in action.deed:
            text = action.deed.format(target=target)
            own = {term(word) for word in action.words}
            return Phrase(
                text, action.name, False, frozenset(terms_of(act.target) & _stems(text)) - own, text
            )
    fallback = _BY_TYPE.get(act.type)
    if fallback is None or not target:
        return None
    action = actions()[fallback]
    text = action.deed.format(target=target)
    return Phrase(text, action.name, False, frozenset(terms_of(act.target) & _stems(text)), text)


def given_way(stored: StoredAct, passages: Passages) -> Phrase | None:
    """Return recognition and giving way with their object: "releasing" and "some prisoners" is "release some prisoners"."""
    trigger = passages.words(stored.key, stored.act.trigger)
    if trigger is None:
        return None
    found = (action_of_verb(lemma(token)) or action_of_noun(lemma(token)) for token in trigger)
    action = next((one for one in found if one is not None and _fits(stored.act.type, one.name)), None)
    if action is None:
        return None
    thing = listed([spoken(code) for code in stored.act.target[:2]])
    content = passages.words(stored.key, stored.act.content) if stored.act.content is not None else None
    if content is not None and content.root.pos_ in ("NOUN", "PROPN"):
        thing = words(noun_phrase(content.root))
    if not thing:
        return None
    own = {term(word) for word in action.words}
    return Phrase(f"{action.say} {thing}", action.name, False, _stems(thing) - own, f"{action.say} {thing}")


_BY_TYPE = {
    "ASSAULT": "attack",
    "SANCTION": "sanction",
    "AID": "aid",
    "MOBILIZE": "mass",
    "PROTEST": "protest",
}
_TYPES = {
    "invade": {"ASSAULT", "MOBILIZE", "COERCE"}, "attack": {"ASSAULT"}, "mass": {"MOBILIZE"},
    "drill": {"MOBILIZE", "COOPERATE"},
    "test": {"MOBILIZE"}, "sanction": {"SANCTION"}, "withdraw": {"RETREAT"}, "ceasefire": {"RETREAT", "AGREE"},
    "arm": {"AID", "COOPERATE"}, "aid": {"AID"}, "annex": {"COERCE"}, "occupy": {"COERCE", "MOBILIZE"},
    "blockade": {"COERCE", "SANCTION"}, "recognise": {"SUPPORT"}, "expel": {"SANCTION", "COERCE"},
    "release": {"CONCEDE", "RETREAT"},
    "execute": {"ASSAULT", "COERCE"}, "enrich": {"MOBILIZE"}, "lift": {"CONCEDE"}, "leave_talks": {"SANCTION"},
    "protest": {"PROTEST"},
}  # fmt: skip


def _fits(type_: str, action: str) -> bool:
    return type_ in _TYPES.get(action, ())


def _stems(text: str) -> frozenset[str]:
    return frozenset(term(word) for word in text.split())


def terms_of(codes: Iterable[str]) -> frozenset[str]:
    """Return the stems that name actors, with the words that stand for some ("the alliance" for NATO)."""
    codes = tuple(codes)
    extra = {_COLLECTIVE[code] for code in codes if code in _COLLECTIVE}
    if any(code.endswith("-REB") for code in codes):
        extra |= {term("rebels"), term("separatists")}
    return names_of(codes) | {term(word) for word in extra}


_ON_ISSUE: Mapping[str, frozenset[str]] = {
    "threat": frozenset({"coerces"}), "demand": frozenset({"talks"}), "refusal": frozenset({"talks"}),
    "promise": frozenset({"talks"}), "offer": frozenset({"talks"}), "acceptance": frozenset({"talks"}),
}  # fmt: skip
"""What an act of a kind can mean by its issue alone, by the sort of the issue's action."""


def _on_issue(stored: StoredAct, kind: ClaimKind, moment: Moment) -> Claim | None:
    """Return what an act means whose words only hint, by its issue: more "costs" on sanctions are sanctions."""
    act = stored.act
    head = stored.issue.partition(" ")[0].lower() if stored.issue else ""
    action = action_of_noun(head.removesuffix("s")) or action_of_noun(head)
    if action is None or action.light or kind not in _ON_ISSUE:
        return None
    if action.sort not in _ON_ISSUE[kind] and action.name != "ceasefire":
        return None
    text = f"{action.say.split()[0]} {stored.issue}" if action.says_itself else action.say
    if action.name == "ceasefire":
        text = f"observe a {stored.issue}"
    elif not action.says_itself:
        return None
    own = {term(word) for word in action.words}
    phrase = Phrase(text, action.name, False, _stems(text) - own, text)
    doers = act.target if kind == "demand" else act.source
    return Claim(kind, stored, act.source, doers, act.source if kind == "demand" else act.target, phrase,
                 kind != "refusal", moment.day, moment.voice, guessed=True)  # fmt: skip


_WORDS_GIVEN = frozenset({"promise", "pledge", "commitment", "word", "vow", "undertaking"})


def _keeps_word(stored: StoredAct, made: Sequence[Claim], passages: Passages) -> bool:
    """Whether it is only asked that a word be kept which was given before: "that promise must be kept"."""
    if (
        stored.act.type != "REQUEST"
        or stored.act.content is None
        or len({claim.phrase.text for claim in made}) > 1
    ):
        return False
    content = passages.words(stored.key, stored.act.content)
    claim = made[0]
    return (
        content is not None
        and claim.phrase.action in ("cooperate", "promise", "")
        and any(
            lemma(token) in _WORDS_GIVEN and token.i > 0 and token.nbor(-1).lower_ in _POINTERS
            for token in content
        )
    )


def _holds_to(stored: StoredAct, claims: Sequence[Claim], moment: Moment) -> Iterable[Claim]:
    """The promises that somebody is asked to keep: those on the same issue, else in the same report."""
    act = stored.act
    given = [
        claim
        for claim in claims
        if claim.kind in ("promise", "offer", "acceptance") and set(claim.doers) & set(act.target)
    ]
    near = [claim for claim in given if claim.stored.issue and claim.stored.issue == stored.issue]
    near = near or [claim for claim in given if claim.stored.report == stored.report]
    for claim in near[:2]:
        yield replace(claim, kind="demand", stored=stored, holders=act.source, towards=claim.doers, day=moment.day,
                      voice=moment.voice, final=moment.final, guessed=False)  # fmt: skip


def _points_back(stored: StoredAct, passages: Passages) -> bool:
    """Whether what is answered is only pointed at: "both demands", "it", "the first of them"."""
    if stored.act.content is None:
        return True
    content = passages.words(stored.key, stored.act.content)
    if content is None:
        return True
    root = content.root
    bare = sum(token.pos_ in ("NOUN", "VERB", "PROPN") for token in content) <= 2
    back = (
        _POINTS_BACK | _BARGAINS
        if stored.act.type == "AGREE" and content[0].lower_ == "the"
        else _POINTS_BACK
    )
    pointing = lemma(root) in back or any(
        token.lower_ in _POINTERS and token.head == root for token in content
    )
    return root.pos_ == "PRON" or (pointing and bare)


def _answers(stored: StoredAct, claims: Sequence[Claim], moment: Moment) -> Iterable[Claim]:
    """The demands or offers that a refusal or an acceptance answers: told in the same report, else of the same issue."""
    act = stored.act
    asked = [
        claim
        for claim in claims
        if claim.kind in ("demand", "offer", "plan")
        and set(claim.holders) & set(act.target)
        and (claim.guessed or claim.kind != "demand" or _overlap(claim.doers, act.source))
    ]
    near = [
        claim
        for claim in asked
        if claim.stored.report == stored.report and claim.stored.issue == stored.issue
    ]
    near = near or [claim for claim in asked if claim.stored.report == stored.report]
    near = near or [
        claim for claim in asked if claim.stored.issue == stored.issue and claim.day <= moment.day
    ]
    for claim in near[:3]:
        taken_up = _taken_up(claim) if claim.kind != "demand" else claim.phrase
        yield replace(
            claim,
            phrase=taken_up,
            kind="refusal" if act.type == "REJECT" else "acceptance",
            stored=stored,
            holders=act.source,
            doers=act.source,
            towards=act.target,
            on=(claim.on or claim.kind != "demand") == (act.type == "AGREE"),
            day=moment.day,
            voice=moment.voice,
            final=moment.final,
        )


def _taken_up(claim: Claim) -> Phrase:
    """To take up what another offers is the answerer's own option, and not the offerer's."""
    who = listed([spoken(code) for code in claim.holders[:2]])
    text = f"accept the offer of {who} to {claim.phrase.said}"
    return Phrase(text, "accept", False, claim.phrase.terms | terms_of(claim.holders), text)


def _overlap(one: Sequence[str], other: Sequence[str]) -> bool:
    return bool(set(one) & set(other)) or {"NATO", "WEST", "USA"} >= {*one[:1], *other[:1]}
