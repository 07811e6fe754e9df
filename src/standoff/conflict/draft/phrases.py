"""What is demanded, threatened or feared, as a short action: "withdraw its troops from the border".

A content as a report words it ("that the alliance take its troops out", "a promise that Ukraine will never join", "the
withdrawal of Russian forces") becomes a verb in the infinitive with its object. Refraining is told apart from doing: "not
expand", "stop enriching" and "refrain from testing" are the actions "expand", "enrich" and "test" with the opposite sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from standoff.conflict.draft.actions import ASPECT, Action, action_of_verb, actions
from standoff.conflict.draft.meanings import Told, child_of, noun_action, verb_action, work_of
from standoff.conflict.draft.rendering import (
    VAGUE,
    lemma,
    negated,
    noun_phrase,
    particle,
    tidy,
    verb_phrase,
    words,
)
from standoff.dossier.events.words import stems, term

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_MATRIX = frozenset({
    "have", "need", "ought", "want", "wish", "seek", "insist", "demand", "require", "expect", "prepare", "intend",
    "plan", "agree", "continue", "begin", "start", "decide", "try", "consider", "get", "help", "be", "commit", "urge",
    "call", "ask", "offer", "promise", "vow", "threaten", "refuse", "pledge", "swear", "undertake", "propose", "go",
    "keep", "advise", "press",
})  # fmt: skip
_ENSURE = frozenset(
    {"ensure", "make", "see", "guarantee", "assure", "confirm", "declare", "promise", "certify"}
)
_PROVE = frozenset({"prove", "show", "demonstrate"})
_READY = frozenset({
    "ready", "willing", "prepared", "open", "mandatory", "necessary", "essential", "vital", "able", "determined",
    "committed", "bound", "obliged", "important",
})  # fmt: skip
_REFRAIN = frozenset({
    "stop", "halt", "cease", "end", "suspend", "refrain", "abstain", "avoid", "freeze", "abandon", "renounce", "drop",
    "discontinue", "forgo", "forego", "desist", "rule", "prevent", "withhold", "oppose", "reject", "deny",
})  # fmt: skip
_SUFFERS = frozenset(
    {"face", "pay", "feel", "suffer", "see", "expect", "anticipate", "meet", "await", "bear"}
)
_FORCES = frozenset({
    "force", "forces", "soldier", "troop", "troops", "army", "unit", "fighter", "serviceman", "armor", "armour", "tank",
    "military", "man", "weapon", "armament", "militia", "guard", "personnel",
})  # fmt: skip
_NOUN_VERBS = {
    "demand": "agree to", "refusal": "accept", "offer": "give", "promise": "give", "acceptance": "accept",
    "threat": "bring about", "fear": "bring about", "deed": "bring about",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """One action in words: the infinitive `text`, without "to".

    `action` is its name in the table, or empty. Where `refrain` is true, what is said is not to do it, and `said` says
    that in the report's words ("stop enriching uranium"); otherwise `said` is the text. `terms` are the stems of what it
    is done to, without the action's own words.
    """

    text: str
    action: str
    refrain: bool
    terms: frozenset[str]
    said: str
    promise: bool = False
    """Whether it is the promise of it that is asked for, and not only the conduct."""


def phrases_of(span: Span, told: Told) -> list[Phrase]:
    """Return the actions that a content names, at most three; none where it says too little."""
    found = _phrases(span, told)
    colon = max((token.i for token in span if token.text == ":"), default=-1)
    if not found and span.start < colon < span.end - 1:
        found = _phrases(span.doc[colon + 1 : span.end], told)
    return [_truce(phrase) for phrase in found]


def _phrases(span: Span, told: Told) -> list[Phrase]:
    root = _root(span)
    if root is None:
        return []
    found: list[Phrase] = []
    for head in _conjuncts(root, span):
        found.extend(_of(head, told, refrain=False, depth=0, span=span))
    seen: dict[str, Phrase] = {}
    for phrase in found:
        if _telling(phrase):
            seen.setdefault(phrase.text.lower(), phrase)
    full = {phrase.action for phrase in seen.values() if " " in phrase.text}
    return [one for one in seen.values() if " " in one.text or one.action not in full][:3]


def _truce(phrase: Phrase) -> Phrase:
    """To halt the fighting is to observe a truce: one option, whichever way a report puts it."""
    halts = phrase.refrain and phrase.action == "attack" and phrase.text.startswith("continue ")
    if not halts or phrase.said.startswith("not "):
        return phrase
    own = {term(word) for word in actions()["attack"].words}
    return replace(phrase, text=phrase.said, action="ceasefire", refrain=False, terms=phrase.terms - own)


def _telling(phrase: Phrase) -> bool:
    """Whether a phrase says what is done: more than a verb with a pronoun."""
    parts = [part for part in phrase.text.lower().split() if part not in VAGUE]
    if not parts or phrase.text.lower().split()[-1] in VAGUE:
        return False
    action = actions().get(phrase.action)
    known = action is not None and (phrase.terms or action.thing or action.sort in ("coerces", "talks"))
    return bool(known or (len(parts) > 1 and phrase.terms))


def _root(span: Span) -> Token | None:
    """The word on which the others of the span depend; a verb goes before a noun."""
    inside = [token for token in span if not token.is_punct and not token.is_space]
    members = set(inside)
    heads = [token for token in inside if token.head not in members or token.head == token]
    verbs = [
        token for token in heads if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass")
    ]
    nouns = [token for token in heads if token.pos_ in ("NOUN", "PROPN", "PRON")]
    return next(iter(verbs or nouns or [token for token in heads if token.pos_ == "ADJ"]), None)


def _conjuncts(root: Token, span: Span) -> list[Token]:
    """The root and what is joined to it by "and": verbs always, nouns where each names an action."""
    joined = [
        root,
        *(token for token in root.conjuncts if token.i > root.i and span.start <= token.i < span.end),
    ]
    if len(joined) == 1:
        return joined
    if root.pos_ in ("VERB", "AUX"):
        return [token for token in joined if token.pos_ in ("VERB", "AUX")]
    telling = [token for token in joined if noun_action(token, None) is not None]
    return telling or [root]


def _of(
    head: Token, told: Told, *, refrain: bool, depth: int, span: Span, subject: Token | None = None
) -> Iterator[Phrase]:
    if depth > 5:
        return
    if head.pos_ in ("VERB", "AUX") or _is_infinitive(head, span):
        yield from _of_verb(head, told, refrain=refrain, depth=depth, span=span, subject=subject)
    elif head.pos_ in ("NOUN", "PROPN"):
        yield from _of_noun(head, told, refrain=refrain, depth=depth, span=span)


_PARTITIVE = frozenset(
    {"series", "round", "package", "number", "set", "kind", "sort", "range", "most", "part", "slice", "form"}
)
_PURPOSE = frozenset(
    {"step", "opportunity", "action", "measure", "effort", "chance", "promise", "pledge", "commitment", "vow"}
)
_GOES_ON = frozenset({"resume", "restart", "continue", "begin", "start", "pursue"})
_DONE_TO = frozenset({"attack", "invade", "blockade", "annex"})
"""Actions of which "its" names the side that asks not to suffer them."""
_LIGHT = frozenset(
    {
        "hold",
        "take",
        "make",
        "give",
        "have",
        "impose",
        "bring",
        "put",
        "keep",
        "carry",
        "use",
        "meet",
        "set",
        "enter",
    }
)
_GET = frozenset({"have", "get", "receive", "obtain", "see", "hear"})
_GROUPS = frozenset(
    {"rebel", "army", "government", "navy", "regime", "fighter", "country", "side", "party", "alliance"}
)


def _is_infinitive(head: Token, span: Span) -> bool:
    """Whether a noun is a verb that the parser mistook: the "march" of "to march in"."""
    return head.pos_ != "PRON" and span[0].lower_ == "to" and head.i == span.start + 1


def _of_verb(
    verb: Token, told: Told, *, refrain: bool, depth: int, span: Span, subject: Token | None
) -> Iterator[Phrase]:
    away = negated(verb) and not (depth == 0 and told.kind == "refusal")
    own = child_of(verb, "nsubj", "nsubjpass", "csubj")
    if own is not None and span.start <= own.i < span.end:
        subject = own
    inner = _inner(verb, told, span)
    if inner is not None:
        inside = list(_of(inner, told, refrain=refrain ^ away, depth=depth + 1, span=span, subject=subject))
        if lemma(verb) in ("promise", "guarantee", "declare", "pledge", "assure") and told.kind != "promise":
            said = words(verb_phrase(verb, bare=False))
            inside = [replace(one, said=said, promise=True) for one in inside]
        yield from inside
        return
    word = lemma(verb)
    if word in _REFRAIN and (word != "rule" or particle(verb) == "out"):
        held = _held_back(verb)
        if held is not None:
            inside = list(_of(held, told, refrain=not (refrain ^ away), depth=depth + 1, span=span))
            if inside and inside[0].action not in ("", ASPECT):
                whole = _clause(verb, told, span, subject)
                yield from (replace(one, said=whole.text if whole else one.said) for one in inside)
                return
    phrase = _clause(verb, told, span, subject)
    if phrase is not None:
        turned = refrain ^ away
        yield replace(phrase, refrain=not phrase.refrain, said=f"not {phrase.text}") if turned else phrase


def _inner(verb: Token, told: Told, span: Span) -> Token | None:
    """The verb that says what is done, below one that only says that it must, or will, or is agreed."""

    def within(token: Token | None) -> Token | None:
        return token if token is not None and span.start <= token.i < span.end else None

    word = lemma(verb)
    if word in _PROVE:
        by = next((child for child in verb.subtree if child.dep_ == "prep" and child.lower_ == "by"), None)
        return within(child_of(by, "pcomp")) if by is not None else None
    if word in _ENSURE:
        clause = within(child_of(verb, "ccomp"))
        if clause is None:
            sure = child_of(verb, "acomp", "oprd", "ccomp")
            clause = within(child_of(sure, "ccomp")) if sure is not None else None
        if clause is None and word in ("make", "declare", "promise", "guarantee"):
            clause = within(_that_clause(verb, set()))
        if clause is not None:
            return clause
    object_ = within(child_of(verb, "dobj"))
    if object_ is not None and lemma(object_) in _PURPOSE:
        purpose = within(child_of(object_, "acl", "xcomp")) or within(child_of(verb, "advcl", "xcomp"))
        if purpose is not None and purpose.pos_ == "VERB":
            return purpose
    gets = word in _GET and told.kind == "demand"
    if object_ is not None and gets and not object_.conjuncts and noun_action(object_, told):
        return object_
    suffers = told.kind == "threat" and word in _SUFFERS - {"pay", "feel"}
    if object_ is not None and suffers and noun_action(object_, told) is not None:
        return object_
    if object_ is not None and word in _GOES_ON and (noun_action(object_, told) or work_of(object_, told)):
        return object_
    weighs = word in ("consider", "prepare", "plan") and told.kind != "demand"
    if object_ is not None and weighs and noun_action(object_, told) is not None:
        return object_
    if word in ("see", "build", "work", "look"):
        return within(child_of(verb, "ccomp", "advcl", "xcomp"))
    if word in _MATRIX:
        below = within(child_of(verb, "xcomp", "ccomp"))
        if below is not None and below.pos_ in ("VERB", "AUX"):
            return below
        quality = child_of(verb, "acomp", "attr", "oprd")
        if quality is not None and quality.lower_ in _READY:
            deeper = within(child_of(quality, "xcomp", "ccomp"))
            if deeper is not None:
                return deeper
            prep = child_of(quality, "prep")
            return within(child_of(prep, "pobj", "pcomp")) if prep is not None else None
        if word == "be":
            thing = child_of(verb, "attr")
            return within(thing) if thing is not None and noun_action(thing, told) is not None else None
        if word in ("call", "ask", "commit"):
            prep = child_of(verb, "prep")
            return within(child_of(prep, "pobj", "pcomp")) if prep is not None else None
    return None


def _that_clause(head: Token, outside: set[Token]) -> Token | None:
    """The clause with "that" under a word, wherever the parse hangs it."""
    direct = child_of(head, "acl", "ccomp")
    if direct is not None and direct.pos_ in ("VERB", "AUX") and direct not in outside:
        return direct
    for token in head.subtree:
        is_that = token.dep_ == "mark" and token.lower_ == "that" and token not in outside
        if is_that and token.head != head and token.head.pos_ in ("VERB", "AUX"):
            return token.head
    return None


def _held_back(verb: Token) -> Token | None:
    """What a verb of refraining says is not to go on."""
    for child in verb.children:
        if child.dep_ in ("xcomp", "dobj", "pcomp"):
            return child
        if child.dep_ == "nsubjpass":
            return child
        if child.dep_ == "prep" and child.lower_ in ("from", "to", "out"):
            return child_of(child, "pcomp", "pobj")
    return None


def _clause(verb: Token, told: Told, span: Span, subject: Token | None) -> Phrase | None:
    """A verb with its object as an infinitive; its subject comes in where it is not the doer."""
    outside = {token for token in verb.subtree if not span.start <= token.i < span.end}
    if subject is None:
        subject = _lost_subject(verb, span)
    passive = subject is not None and _is_passive(verb, subject)
    tail = verb_phrase(verb, without=outside, names=told.doer)
    object_ = child_of(verb, "dobj")
    action = verb_action(verb, told)
    whole_verb = bool(particle(verb)) and action_of_verb(lemma(verb), particle(verb)) is not None
    open_verb = action is None or action.name == ASPECT or action.light
    open_verb = open_verb or (lemma(verb) in _LIGHT and not whole_verb)
    if object_ is not None and open_verb:
        made_of = work_of(object_, told)
        noun = noun_action(object_, told) or (noun_action(made_of, told) if made_of is not None else None)
        action = noun or action
    moved = object_ is not None and lemma(object_) in _FORCES and (action is None or action.name == "remove")
    if moved and (particle(verb) in ("out", "back", "home") or lemma(verb) == "remove"):
        action = actions()["withdraw"]
    base = lemma(verb)
    if base == "be":
        return None
    received = _received(verb, object_, passive, told, outside)
    if received is not None:
        return received
    if subject is not None and base in _LAPSES | _OPENS and noun_action(subject, told) is not None:
        return next(_of_noun(subject, told, refrain=base in _LAPSES, depth=9, span=span), None)
    if passive and subject is not None:
        thing = words(noun_phrase(subject, names=told.doer, without=outside))
        if subject.lower_ == "nothing":
            thing = "anything"
        if subject.lower_ in VAGUE - {"nothing"}:
            return None
        if noun_action(subject, told) is not None and (open_verb or base in _LIGHT):
            action = noun_action(subject, told)
        return _phrase(f"{base} {_head_first(verb, thing, tail)}", action, told)
    if (
        subject is None
        or subject.lower_ in VAGUE
        or _is_doer(subject, told.doer)
        or _unnamed_forces(subject, told)
    ):
        return _own(verb, subject, object_, tail, base, action, told)
    if told.kind == "threat" and _is_doer(subject, told.other) and told.other_name:
        text = f"make {told.other_name} {base} {words(tail)}"
        noun = noun_action(object_, told) if object_ is not None else None
        return _phrase(text, noun or (actions()["retaliate"] if lemma(verb) in _SUFFERS else action), told)
    if noun_action(subject, told) is not None and action is None:
        return next(_of_noun(subject, told, refrain=False, depth=9, span=span), None)
    if told.kind in ("threat", "fear"):
        return None
    if object_ is not None and subject.pos_ != "PROPN" and noun_action(object_, told) is not None:
        return next(_of_noun(object_, told, refrain=False, depth=9, span=span), None)
    name = words(noun_phrase(subject, without=outside))
    return _phrase(f"let {name} {base} {words(tail)}", action, told)


def _is_passive(verb: Token, subject: Token) -> bool:
    """Whether a subject is what the verb is done to: "aid be let in", "to see the plants closed"."""
    if subject.dep_ == "nsubjpass" or any(child.dep_ == "auxpass" for child in verb.children):
        return True
    bare = not any(child.dep_ == "aux" for child in verb.children)
    seen = verb.tag_ == "VBN" or (verb.tag_ == "VBD" and lemma(verb.head) in ("see", "have", "want", "get"))
    return bare and seen and subject.dep_ == "nsubj" and verb.dep_ in ("ccomp", "acl", "xcomp")


def _lost_subject(verb: Token, span: Span) -> Token | None:
    """The subject that an aside cut off from its verb: "aid workers, she added, must be let in"."""
    loses = lemma(verb) in _OPENS or any(child.dep_ == "auxpass" for child in verb.children)
    if not loses:
        return None
    before = (chunk.root for chunk in span.noun_chunks if chunk.end <= verb.i)
    first = next(before, None)
    return first if first is not None and first.pos_ == "NOUN" else None


_GIVEN = frozenset({
    "give", "grant", "offer", "provide", "supply", "send", "pay", "guarantee", "award", "accord", "hand", "deny", "refuse",
})  # fmt: skip
_RECEIVES = frozenset({"receive", "get", "obtain", "gain"})
_LAPSES = frozenset({"lapse", "expire", "collapse", "end", "break", "fail"})
_OPENS = frozenset({"open", "begin", "start", "resume", "restart", "proceed"})
"""Verbs whose subject says what is done: "talks must open", "let the truce lapse"."""


def _received(
    verb: Token, object_: Token | None, passive: bool, told: Told, outside: set[Token]
) -> Phrase | None:
    """What somebody wants to be given is for the other side to give: "that it receive aid", "if it is denied the right"."""
    if told.kind not in ("demand", "fear", "refusal") or object_ is None or object_.lower_ in VAGUE:
        return None
    base = lemma(verb)
    given = passive and base in _GIVEN
    if not given and not (base in _RECEIVES and told.kind == "demand"):
        return None
    thing = words(noun_phrase(object_, names=told.doer, without=outside))
    thing += "".join(
        f" and {words(noun_phrase(mate, without=outside))}"
        for mate in object_.conjuncts
        if mate.i > object_.i
    )
    denied = base in ("deny", "refuse")
    action = noun_action(object_, told) or actions()["aid"]
    phrase = _phrase(f"{'grant' if denied else base if given else 'give'} {thing}", action, told)
    return replace(phrase, refrain=denied, said=f"deny {thing}" if denied else phrase.said)


def _head_first(verb: Token, thing: str, tail: list[Token]) -> str:
    """The object of a passive verb before the rest, after a particle: "set free the ships"."""
    first = [token for token in tail if token.dep_ in ("prt", "oprd", "acomp") and token.i == verb.i + 1]
    rest = [token for token in tail if token not in first]
    return tidy(f"{words(first)} {thing} {words(rest)}")


def _own(
    verb: Token,
    subject: Token | None,
    object_: Token | None,
    tail: list[Token],
    base: str,
    action: Action | None,
    told: Told,
) -> Phrase | None:
    """An action of the doer itself."""
    forces = _forces_in(subject)
    if forces is not None and (base in ("go", "get") or (action is not None and action.name == "withdraw")):
        place = words(token for token in tail if token.dep_ != "prt" and token.lower_ not in ("gone", "back"))
        if object_ is not None and place:
            place = f"from {place}"
        return _phrase(f"withdraw its {forces.text} {place}", actions()["withdraw"], told)
    if object_ is not None and object_.lower_ in VAGUE:
        if action is None or not action.thing:
            return None
        rest = [token for token in tail if token != object_]
        return _phrase(f"{base} {action.thing} {words(rest)}", action, told)
    text = words([*tail])
    if not text and (action is None or not action.thing):
        return _phrase(base, action, told)
    if not text and action is not None:
        text = action.thing
    return _phrase(f"{base} {text}", action, told)


def _is_doer(token: Token, names: frozenset[str]) -> bool:
    return any(term(part.lower_) in names for part in token.subtree if part.dep_ not in ("relcl", "appos"))


def _forces_in(subject: Token | None) -> Token | None:
    """The troops that a subject names: "most of the Russian SOLDIERS"."""
    if subject is None:
        return None
    if lemma(subject) in _FORCES:
        return subject
    return next(
        (token for token in subject.subtree if token.dep_ == "pobj" and lemma(token) in _FORCES), None
    )


def _unnamed_forces(subject: Token, told: Told) -> bool:
    """Whether a subject is troops or a government that are not said to be the other side's."""
    group = _forces_in(subject) is not None or lemma(subject) in _GROUPS
    return group and not _is_doer(subject, told.other)


def _of_noun(noun: Token, told: Told, *, refrain: bool, depth: int, span: Span) -> Iterator[Phrase]:
    if noun.lower_ in VAGUE:
        return
    outside = {token for token in noun.subtree if not span.start <= token.i < span.end}
    action = noun_action(noun, told)
    made_of = work_of(noun, told) if action is None else None
    if made_of is not None:
        action = noun_action(made_of, told)
        noun = noun if action is not None and action.light else made_of
    refrain ^= any(child.lower_ == "no" for child in noun.children)
    if action is not None and action.name == "promise":
        clause = _that_clause(noun, outside)
        if clause is not None and depth < 5:
            inside = list(_of(clause, told, refrain=refrain, depth=depth + 1, span=span))
            if inside:
                said = f"give {words(noun_phrase(noun, names=told.doer, without=outside))}"
                yield from (replace(one, said=tidy(said), promise=True) for one in inside)
                return
    if action is None and lemma(noun) in _PARTITIVE and (of := child_of(noun, "prep")) is not None:
        inner = child_of(of, "pobj", "pcomp")
        action = noun_action(inner, told) if inner is not None else None
    if action is not None and action.name == ASPECT and depth < 5:
        held = next((child_of(child, "pobj") for child in noun.children if child.dep_ == "prep"), None)
        if held is not None:
            inside = list(_of(held, told, refrain=not refrain, depth=depth + 1, span=span))
            thing = words(noun_phrase(held, names=told.doer, without=outside))
            said = f"{'end' if lemma(noun) == 'end' else action.say} {thing}"
            if inside and inside[0].action:
                yield from (replace(one, said=said) for one in inside)
                return
            made = _phrase(said, action, told)
            yield replace(made, refrain=refrain)
            return
    if lemma(noun) == "use" and (held := child_of(noun, "prep")) is not None:
        thing_ = child_of(held, "pobj")
        if thing_ is not None:
            text = f"use {words(noun_phrase(thing_, names=told.doer, without=outside))}"
            yield from _signed(_phrase(text, noun_action(thing_, told), told), refrain)
            return
    yield from _signed(_noun_as_verb(noun, action, told, outside), refrain)


def _signed(phrase: Phrase, refrain: bool) -> Iterator[Phrase]:
    yield replace(phrase, refrain=refrain, said=f"not {phrase.text}" if refrain else phrase.text)


def _noun_as_verb(noun: Token, action: Action | None, told: Told, outside: set[Token]) -> Phrase:
    whole = words(noun_phrase(noun, names=told.doer, without=outside))
    if action is None:
        verb = "make" if lemma(noun) in _MADE else _NOUN_VERBS.get(told.kind, "bring about")
        return _phrase(f"{verb} {whole}", None, told)
    if action.name == "talk" and lemma(noun) not in {*action.nouns, *_PARTITIVE}:
        return _phrase(f"{_NOUN_VERBS.get(told.kind, 'seek')} {whole}", action, told)
    verb = action.nouns.get(lemma(noun), action.say)
    if action.says_itself:
        return _phrase(f"{verb.split()[0]} {whole}", action, told)
    if lemma(noun) in action.keeps or (action.light and verb == action.say):
        return _phrase(f"{verb} {whole}", action, told)
    object_, rest = _object_of(noun, told, outside)
    if (
        not object_
        and action.sort == "coerces"
        and action.deed
        and "{target}" in action.deed
        and told.other_name
    ):
        object_ = told.other_name
    return _phrase(f"{verb} {object_ or action.thing} {rest}", action, told)


def _object_of(noun: Token, told: Told, outside: set[Token]) -> tuple[str, str]:
    """What a noun of action is done to ("invasion OF UKRAINE", "URANIUM enrichment"), and the rest of its phrase."""
    object_: list[Token] = []
    rest: list[Token] = []
    for child in noun.children:
        if child in outside:
            continue
        if child.dep_ == "prep":
            inner = child_of(child, "pobj")
            if child.lower_ in ("of", "on", "against", "upon", "to") and inner is not None and not object_:
                if not _is_doer(inner, told.doer) or lemma(inner) in _FORCES:
                    object_ = noun_phrase(inner, names=told.doer, without=outside)
            else:
                rest.extend(token for token in child.subtree if token not in outside)
        elif child.dep_ == "compound" and not object_:
            object_ = [token for token in child.subtree if token not in outside]
    return words(object_), words(rest)


_CAPITAL = re.compile(r"(?<=\s)(The|A|An|Any|Every|Its|Their|More|Further|New|Other|All|Talks)(?=\s|$)")
"""Words that stood at the beginning of a sentence and now stand inside a phrase."""
_OF_THE_OTHER = re.compile(r"\bits\b(?! (?:own|troops|forces|soldiers|army|units|men)\b)")
_MADE = frozenset(
    {"move", "gesture", "concession", "effort", "change", "contribution", "statement", "proposal"}
)


def _phrase(text: str, action: Action | None, told: Told) -> Phrase:
    clean = tidy(_CAPITAL.sub(lambda found: found[0].lower(), text))
    if told.kind == "demand" and told.other_name and action is not None and action.name in _DONE_TO:
        clean = _OF_THE_OTHER.sub(f"{told.other_name}'s", clean)
    if clean.lower().rsplit(" ", 1)[-1] in VAGUE:
        clean = tidy(re.sub(r"\s+(?:that|which|whom|who)\b.*$", "", clean))
    own = {term(word) for word in action.words} if action is not None else set()
    return Phrase(
        text=clean,
        action=action.name if action is not None else "",
        refrain=False,
        terms=frozenset(stems(clean) - own - told.doer - _EMPTY_TERMS),
        said=clean,
    )


_EMPTY_TERMS = frozenset(term(word) for word in (
    "agree", "accept", "give", "bring", "make", "let", "impose", "hold", "step", "any", "immediate", "full", "use",
    "take", "certain", "necessary", "new", "further", "ensure", "advance", "continue", "this", "that", "those", "these",
    "such", "every", "some", "all", "about", "into", "against", "over", "for", "not", "no", "never", "its", "than",
))  # fmt: skip
