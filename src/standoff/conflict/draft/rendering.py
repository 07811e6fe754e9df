"""Parts of a parsed sentence as plain words: a verb with what belongs to it, a noun with what belongs to it.

What does not say what is done is left out: subjects, auxiliaries, asides, times, clauses of reason, and relative clauses
where the phrase would grow too long.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 12
"""The most words of a phrase that a person takes in at a glance."""
_ASIDES = frozenset({
    "nsubj", "nsubjpass", "csubj", "csubjpass", "aux", "auxpass", "neg", "mark", "advcl", "parataxis", "discourse",
    "cc", "conj", "npadvmod", "preconj", "intj", "meta", "expl", "dep", "agent",
})  # fmt: skip
_ADVERBS = frozenset({
    "also", "only", "never", "immediately", "now", "again", "soon", "ever", "still", "even", "once", "already", "finally",
    "simply", "instead", "therefore", "however", "whenever", "where", "ultimately", "later", "then", "too", "as", "when",
    "promptly", "urgently", "repeatedly", "yet", "well", "flatly", "firmly", "meanwhile", "otherwise", "so",
    "needless", "further", "no", "longer",
})  # fmt: skip
_TIMES = frozenset({
    "week", "day", "month", "year", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today",
    "tomorrow", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "jan.", "feb.", "time", "hour", "night", "evening", "morning", "moment", "deadline", "once",
    "delay", "basis",
})  # fmt: skip
_LOOSE_ENDS = frozenset({
    "of", "to", "in", "on", "for", "with", "and", "or", "the", "a", "an", "from", "by", "at", "that", "which", "as",
    "its", "their", "into", "than", "such", "including", "between", "over", "there", "here",
})  # fmt: skip
_PARTICLES = frozenset(
    {"back", "out", "off", "in", "up", "down", "away", "home", "free", "over", "on", "across"}
)
_ACROSS = frozenset({"back", "out", "off", "across"})
"""Prepositions that belong to the verb even where a place follows: "out of the town", but not "in this direction"."""
_SHORT = {
    "’re": "be", "'re": "be", "’s": "be", "'s": "be", "re": "be", "’m": "be", "’ll": "will", "’ve": "have",
    "’d": "would",
}  # fmt: skip
VAGUE = frozenset({
    "it", "this", "that", "them", "they", "those", "these", "something", "anything", "nothing", "so", "what", "which",
    "who", "one", "everything", "some", "both", "all", "he", "him", "she", "her", "us", "we", "i", "me", "you", "such",
})  # fmt: skip


def lemma(token: Token) -> str:
    """Return a token's lemma in small letters; a hyphen stays."""
    found = token.lemma_.lower()
    if (
        token.i >= 2
        and token.nbor(-1).text == "-"
        and not token.nbor(-1).whitespace_
        and not token.nbor(-2).whitespace_
    ):
        return f"{token.nbor(-2).lemma_.lower()}-{found}"
    return _SHORT.get(found, found)


def particle(verb: Token) -> str:
    """Return a verb's particle or the adverb that works as one ("pull BACK", "move ACROSS the border")."""
    for child in verb.children:
        if child.dep_ == "prt":
            return child.lower_
        if child.dep_ in ("advmod", "acomp", "oprd") and child.lower_ in _PARTICLES:
            return child.lower_
        governs = any(inner.dep_ in ("pobj", "pcomp") for inner in child.children)
        if child.dep_ == "prep" and child.lower_ in (_ACROSS if governs else _PARTICLES):
            return child.lower_
    return ""


def negated(token: Token) -> bool:
    """Return True where a verb is negated: "not", "never", "no longer", "no weapons be deployed"."""
    for child in token.children:
        if child.dep_ == "neg" or child.lower_ in ("never", "neither"):
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj"):
            if child.lower_ in ("nothing", "nobody", "none"):
                return True
            if any(part.lower_ in ("no", "neither") for part in child.children):
                return True
        if child.dep_ == "advmod" and child.lower_ == "longer":
            return True
    return False


def words(tokens: Iterable[Token]) -> str:
    """Join tokens to a clean phrase: no quotation marks, no loose ends, no double blanks."""
    ordered = sorted(tokens, key=lambda token: token.i)
    text = ""
    previous = None
    for token in ordered:
        if token.is_space:
            continue
        if previous is not None and (previous.i + 1 != token.i or previous.whitespace_ or previous.is_space):
            text += " "
        text += token.text
        previous = token
    return tidy(text)


def tidy(text: str) -> str:
    """Clean a phrase that is already a text."""
    text = re.sub(r"[“”\"„«»]|(?<!\w)['‘’]|['‘’](?![\w])", "", text)
    text = re.sub(r"\s*[–—-]\s+|\s+[–—-]\s*|\s*\([^)]*\)", " ", text)
    text = re.sub(r"\b(?:any such|every such|such)\b(?! as\b)", "", text, flags=re.IGNORECASE)
    text = re.sub(r"\b(your|our|my)\b", "its", text, flags=re.IGNORECASE)
    text = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(text.split()))
    text = text.strip(" ,.;:!?…-–—")
    parts = text.split()
    while parts and parts[-1].lower() in _LOOSE_ENDS:
        parts.pop()
    return " ".join(parts).strip(" ,.;:")


def verb_phrase(
    verb: Token, *, without: Collection[Token] = (), names: frozenset[str] = frozenset(), bare: bool = True
) -> list[Token]:
    """Return the tokens of a verb and what says what is done; `bare` leaves the verb itself to the caller."""
    skip = set(without)
    found: list[Token] = [] if bare else [verb]
    for child in verb.children:
        if child in skip or child.is_punct or child.is_space or child.dep_ in _ASIDES:
            continue
        if child.dep_ == "advmod" and (child.lower_ in _ADVERBS or child.lower_.endswith("ly")):
            continue
        if child.dep_ == "prep" and (_is_time(child) or _names_doer(child, names)):
            continue
        found.extend(_subtree(child, skip))
    return _shortened(verb, found)


def noun_phrase(
    noun: Token, *, names: frozenset[str] = frozenset(), without: Collection[Token] = ()
) -> list[Token]:
    """Return the tokens of a noun and what belongs to it, without asides and without its doer."""
    skip = set(without)
    found = [noun]
    for child in noun.children:
        if child in skip or child.is_space or (child.is_punct and child.text not in "-"):
            continue
        if child.dep_ in (
            "appos",
            "cc",
            "conj",
            "parataxis",
            "predet",
            "preconj",
            "advcl",
        ) or child.lower_ in ("no",):
            continue
        if child.dep_ == "prep" and (_is_time(child) or _names_doer(child, names)):
            continue
        found.extend(_subtree(child, skip))
    return _shortened(noun, found)


def _subtree(token: Token, skip: Collection[Token]) -> list[Token]:
    """A token's subtree without asides inside it."""
    found = [token]
    for child in token.children:
        if child in skip or child.is_space or child.dep_ in ("appos", "parataxis", "advcl", "meta"):
            continue
        if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX") and token.pos_ in ("VERB", "AUX"):
            continue
        if child.dep_ == "cc" and any(
            mate.dep_ == "conj" and mate.pos_ in ("VERB", "AUX") for mate in token.children
        ):
            continue
        if child.dep_ == "prep" and _is_time(child):
            continue
        if child.dep_ == "advmod" and child.lower_ in ("as", "far", "well") and child.i > token.i:
            continue
        found.extend(_subtree(child, skip))
    return found


def _is_time(prep: Token) -> bool:
    """Whether a prepositional phrase says when."""
    if prep.lower_ in ("of", "beyond", "like", "than"):
        return False
    for child in prep.children:
        if child.dep_ in ("pobj", "pcomp"):
            return lemma(child) in _TIMES or (child.is_digit and len(child) == 4)
    return prep.lower_ in ("until", "since", "during")


def _names_doer(prep: Token, names: frozenset[str]) -> bool:
    """Whether a prepositional phrase only says who is to do it: "a promise from NATO"."""
    if prep.lower_ not in ("from", "by") or not names:
        return False
    from standoff.dossier.events.words import term

    return any(child.dep_ == "pobj" and term(child.lower_) in names for child in prep.children)


def _shortened(head: Token, tokens: list[Token]) -> list[Token]:
    """Leave out relative clauses, then trailing prepositional phrases, until the phrase can be taken in."""
    kept = [token for token in tokens if not token.is_punct or token.text in ("-", "'", "’", ",")]
    if len(kept) < LONGEST:
        return tokens
    whole = set(tokens)
    for token in sorted(whole, key=lambda t: t.i, reverse=True):
        essential = token.dep_ == "acl" and token.head == head and token.pos_ == "VERB"
        if token.dep_ in ("relcl", "acl") and token in whole and token != head and not essential:
            whole -= set(token.subtree)
        if len(whole) < LONGEST:
            return list(whole)
    for token in sorted(whole, key=lambda t: t.i, reverse=True):
        if token in whole and token.dep_ in ("prep", "conj") and token != head:
            gone = {part for part in token.subtree if part in whole}
            gone |= {
                part
                for part in whole
                if part.dep_ == "cc" and token.dep_ == "conj" and part.head == token.head
            }
            if len(whole) - len(gone) >= 2:
                whole -= gone
        if len(whole) < LONGEST:
            break
    return list(whole)
